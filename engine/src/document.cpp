#include "mlp/document.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "mlp/idx.hpp"

namespace mlp {
namespace {

constexpr std::array<std::string_view, 3> sampling_ids{"shuffle", "replacement", "sequential"};
constexpr std::array<std::string_view, 3> scaling_ids{"raw", "unit", "standardized"};
constexpr std::string_view table_id = "table";
constexpr std::string_view idx_id = "idx";
constexpr std::string_view mnist_id = "mnist";

using Table = std::span<const OperationInfo* const>;

Operation by_id(Table table, std::string_view id) { return default_operation(table, find_operation(table, id)); }

template <class Range, class Name>
std::string joined(const Range& range, Name name) {
  std::string text;
  for (const auto& entry : range) text += (text.empty() ? "" : ", ") + std::string(name(entry));
  return text;
}

std::string ids_of(Table table) {
  return joined(table, [](const OperationInfo* info) { return info->id; });
}

/// The identifiers of `data.id`: the generated sets and the three other sources.
std::string data_ids() { return ids_of(dataset_table()) + ", " + std::string(table_id) + ", " + std::string(idx_id) + ", " + std::string(mnist_id); }

/// A key as it may stand in a path, however long the document made it.
std::string shortened(const std::string& key) {
  constexpr std::size_t longest = 40;
  return key.size() <= longest ? key : "(a key of " + std::to_string(key.size()) + " bytes)";
}

// Reader and Writer have the same members, so that each object of the document is described once (the `describe` functions
// below) and read, checked and written from that description.

class Reader {
 public:
  /// `value` may be a null pointer: an absent object, all of whose fields take their defaults.
  Reader(const Value* value, std::string path, std::vector<Issue>& issues) : path_(std::move(path)), issues_(issues) {
    if (!value) return;
    object_ = value->get<Object>();
    if (!object_) report(path_, "expected an object, got " + value->describe());
  }

  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Members that no description named are errors: a typing mistake must not become a default.
  ~Reader() {
    if (!object_) return;
    std::size_t unknown = 0;
    for (const auto& [key, value] : *object_)
      if (std::find(known_.begin(), known_.end(), key) == known_.end() && ++unknown <= most_unknown)
        report(at(shortened(key)), "unknown; expected " + joined(known_, [](const std::string& k) { return k; }));
  }

  const Value* member(std::string_view key) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
    if (!object_) return nullptr;
    const Value* found = nullptr;
    for (const auto& [name, value] : *object_)
      if (name == key) found = &value;
    return found;
  }

  std::string at(std::string_view key) const { return path_.empty() ? std::string(key) : path_ + "." + std::string(key); }
  void report(std::string path, std::string message, ErrorCode code = ErrorCode::invalid_document) { issues_.push_back({std::move(path), std::move(message), code}); }
  std::vector<Issue>& issues() { return issues_; }

  void number(std::string_view key, double& field, double minimum, double maximum) {
    if (const Value* value = member(key)) number_of(*value, at(key), field, minimum, maximum);
  }

  template <class Integer>
  void integer(std::string_view key, Integer& field, std::size_t minimum, std::size_t maximum) {
    double x = static_cast<double>(field);
    if (const Value* value = member(key)) {
      if (!number_of(*value, at(key), x, static_cast<double>(minimum), static_cast<double>(maximum))) return;
      if (x != std::floor(x)) return report(at(key), "expected a whole number, got " + value->describe());
      field = static_cast<Integer>(x);
    }
  }

  void seed(std::string_view key, std::uint32_t& field) { integer(key, field, 0, 4294967295u); }

  void toggle(std::string_view key, bool& field) {
    const Value* value = member(key);
    if (!value) return;
    if (const bool* b = value->get<bool>())
      field = *b;
    else
      report(at(key), "expected true or false, got " + value->describe());
  }

  template <class Enum, std::size_t N>
  void choice(std::string_view key, Enum& field, const std::array<std::string_view, N>& ids) {
    if (const Value* value = member(key)) choice_of(*value, at(key), field, ids);
  }

  /// "relu" or {"id": "leaky-relu", "slope": 0.1}.
  void operation(std::string_view key, Operation& field, Table table) {
    if (const Value* value = member(key)) operation_of(*value, at(key), field, table);
  }

  void parameters(const OperationInfo& info, Hyperparameters& values) {
    for (std::size_t i = 0; i < info.parameters.size(); ++i) parameter(info.parameters[i], values[i]);
  }

 private:
  /// Of a hostile document's unknown members, as many as a person would read.
  static constexpr std::size_t most_unknown = 20;

  bool number_of(const Value& value, const std::string& path, double& field, double minimum, double maximum) {
    const double* x = value.get<double>();
    // Written so that NaN fails.
    if (!x || !(*x >= minimum && *x <= maximum)) {
      report(path, "expected " + to_text(minimum) + " to " + to_text(maximum) + ", got " + value.describe());
      return false;
    }
    field = *x;
    return true;
  }

  template <class Enum, std::size_t N>
  void choice_of(const Value& value, const std::string& path, Enum& field, const std::array<std::string_view, N>& ids) {
    const auto* id = value.get<std::string>();
    const auto found = id ? std::find(ids.begin(), ids.end(), *id) : ids.end();
    if (found == ids.end()) return report(path, "expected one of " + joined(ids, [](std::string_view s) { return s; }) + ", got " + value.describe());
    field = static_cast<Enum>(found - ids.begin());
  }

  void parameter(const Hyperparameter& p, double& field) {
    if (p.scale == Scale::toggle) {
      bool on = field != 0;
      toggle(p.name, on);
      field = on ? 1 : 0;
      return;
    }
    const Value* value = member(p.name);
    if (!value) return;
    if (p.scale == Scale::choice) {
      const auto* id = value->get<std::string>();
      std::size_t i = 0;
      while (id && i < p.choices.size() && p.choices[i].id != *id) ++i;
      if (id && i < p.choices.size()) {
        field = static_cast<double>(i);
        return;
      }
      return report(at(p.name), "expected one of " + joined(p.choices, [](const Choice& choice) { return choice.id; }) + ", got " + value->describe());
    }
    double x = field;
    if (!number_of(*value, at(p.name), x, p.minimum, p.maximum)) return;
    if (p.scale == Scale::integer && x != std::floor(x)) return report(at(p.name), "expected a whole number, got " + value->describe());
    field = x;
  }

  void operation_of(const Value& value, const std::string& path, Operation& field, Table table) {
    const auto* id = value.get<std::string>();
    const Value* member_id = value.find("id");
    if (!id && member_id) id = member_id->get<std::string>();
    if (!id) return report(path, "expected one of " + ids_of(table) + ", or an object with such an id, got " + value.describe());
    const std::size_t index = find_operation(table, *id);
    if (index == table.size())
      return report(value.get<std::string>() ? path : path + ".id", "expected one of " + ids_of(table) + ", got " + Value(*id).describe());
    field = default_operation(table, index);
    if (value.get<std::string>()) return;
    Reader inner(&value, path, issues_);
    inner.member("id");
    inner.parameters(*table[index], field.values);
    for (std::size_t i = 1; table[index]->ordered && i < table[index]->parameters.size(); ++i) {
      const std::string_view low = table[index]->parameters[i - 1].name, high = table[index]->parameters[i].name;
      const double from = field.values[i - 1], to = field.values[i];
      if (from <= to) continue;
      std::string message = "expected ";
      message.append(low).append(" of at most ").append(high).append(", got ").append(low).append(" ").append(to_text(from));
      report(path, message.append(" and ").append(high).append(" ").append(to_text(to)));
      field = default_operation(table, index);
    }
  }

  std::string path_;
  std::vector<Issue>& issues_;
  const Object* object_ = nullptr;
  std::vector<std::string> known_;
};

class Writer {
 public:

  explicit Writer(Object& object) : object_(object) {}

  void number(std::string_view key, const double& field, double, double) { put_number(key, field); }
  template <class Integer>
  void integer(std::string_view key, const Integer& field, std::size_t, std::size_t) { put_number(key, static_cast<double>(field)); }
  void seed(std::string_view key, const std::uint32_t& field) { put_number(key, static_cast<double>(field)); }
  template <class Enum, std::size_t N>
  void choice(std::string_view key, const Enum& field, const std::array<std::string_view, N>& ids) { put(key, ids[static_cast<std::size_t>(field)]); }
  void operation(std::string_view key, const Operation& field, Table table) {
    const OperationInfo& info = *table[field.index];
    if (info.parameters.empty()) return put(key, info.id);
    Object object;
    Writer inner(object);
    inner.put("id", info.id);
    inner.parameters(info, field.values);
    put(key, std::move(object));
  }
  void parameters(const OperationInfo& info, const Hyperparameters& values) {
    for (std::size_t i = 0; i < info.parameters.size(); ++i) put(info.parameters[i].name, to_value(info.parameters[i], values[i]));
  }

  /// Not inlined: that makes and destroys a value wherever a number is written.
  [[gnu::noinline]] void put_number(std::string_view key, double x) { put(key, x); }
  void put(std::string_view key, Value value) { object_.emplace_back(std::string(key), std::move(value)); }

 private:
  Object& object_;
};

template <class Io, class Spec>
void describe_training(Io& io, Spec& training) {
  io.operation("loss", training.loss, loss_table());
  io.operation("optimizer", training.optimizer, optimizer_table());
  io.integer("batchSize", training.batch_size, 1, limits::samples);
  io.choice("sampling", training.sampling, sampling_ids);
  io.operation("schedule", training.schedule, schedule_table());
  io.number("l1", training.l1, 0, limits::penalty);
  io.number("l2", training.l2, 0, limits::penalty);
  io.number("clipNorm", training.clip_norm, 0, limits::clip_norm);
  io.seed("seed", training.seed);
}

template <class Io, class Spec>
void describe_generated(Io& io, Spec& data) {
  io.parameters(*dataset_table()[data.dataset.index], data.dataset.values);
  io.integer("samples", data.samples, 1, limits::samples);
  io.number("noise", data.noise, 0, 1);
  if (data.classes > 0) io.number("labelNoise", data.label_noise, 0, limits::label_noise);
}

/// What a set's document means that does not say.
void take_facts(DataSpec& data) {
  const DatasetFacts facts = dataset_facts(data.dataset.index);
  data.columns = facts.dimensions;
  data.samples = facts.samples;
  data.test_fraction = facts.test_fraction;
  data.classes = dataset_classes(data.dataset);
}

template <class Io, class Spec>
void describe_split(Io& io, Spec& data) {
  io.number("testFraction", data.test_fraction, 0, limits::test_fraction);
  io.seed("seed", data.seed);
}

std::string feature_id(const FeatureChoice& feature) {
  if (feature.computed) return std::string(feature_table()[feature.index]->id);
  return "x" + std::to_string(feature.index + 1);
}

/// Digits only, without leading zeros, and few enough for any limit of this file.
std::optional<std::size_t> whole_number(std::string_view digits) {
  constexpr std::size_t most_digits = 9;
  if (digits.empty() || digits.size() > most_digits || (digits[0] == '0' && digits.size() > 1)) return std::nullopt;
  std::size_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + static_cast<std::size_t>(c - '0');
  }
  return number;
}

/// "x7" is the seventh column; other identifiers come from the table and need at most two columns.
std::optional<FeatureChoice> find_feature(std::string_view id, std::size_t columns) {
  if (id.size() > 1 && id[0] == 'x') {
    if (const auto number = whole_number(id.substr(1)); number && *number > 0) {
      if (*number <= columns) return FeatureChoice{false, *number - 1};
      return std::nullopt;
    }
  }
  const std::size_t index = find_operation(feature_table(), id);
  if (index < feature_table().size() && columns <= 2 && feature_columns(index) <= columns) return FeatureChoice{true, index};
  return std::nullopt;
}

std::string feature_ids(std::size_t columns) {
  if (columns > 2) return "x1 to x" + std::to_string(columns);
  std::string text;
  for (std::size_t i = 0; i < feature_table().size(); ++i)
    if (feature_columns(i) <= columns) text += (text.empty() ? "" : ", ") + std::string(feature_table()[i]->id);
  return text;
}

void read_features(Reader& reader, DataSpec& data) {
  data.features.clear();
  for (std::size_t c = 0; c < data.columns; ++c) data.features.push_back({false, c});
  const Value* value = reader.member("features");
  if (!value) return;
  const auto* array = value->get<Array>();
  const std::string expected = "expected a list of at least one of " + feature_ids(data.columns);
  if (!array || array->empty()) return reader.report(reader.at("features"), expected + ", got " + value->describe());
  if (const std::size_t most = data.columns + feature_table().size(); array->size() > most)
    return reader.report(reader.at("features"), "expected at most " + std::to_string(most) + " features, got " + std::to_string(array->size()));
  std::vector<FeatureChoice> chosen;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const std::string path = reader.at("features") + "[" + std::to_string(i) + "]";
    const auto* id = (*array)[i].get<std::string>();
    const auto feature = id ? find_feature(*id, data.columns) : std::nullopt;
    if (!feature) {
      reader.report(path, "expected one of " + feature_ids(data.columns) + ", got " + (*array)[i].describe());
    } else if (std::find(chosen.begin(), chosen.end(), *feature) != chosen.end()) {
      reader.report(path, "\"" + *id + "\" is listed twice");
    } else {
      chosen.push_back(*feature);
    }
  }
  if (!chosen.empty()) data.features = std::move(chosen);
}

/// An attachment as numbers, each checked by `accept`, which returns what was expected or nothing. Absent: nullopt.
template <class T>
std::optional<std::vector<T>> read_numbers(Reader& reader, std::string_view key, std::string (*accept)(double)) {
  const Value* value = reader.member(key);
  if (!value) return std::nullopt;
  std::vector<T> result;
  const auto take = [&](const auto& source) {
    result.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
      const auto x = static_cast<double>(source[i]);
      if (const std::string expected = accept(x); !expected.empty()) {
        reader.report(reader.at(key) + "[" + std::to_string(i) + "]", "expected " + expected + ", got " + to_text(x));
        return false;
      }
      result.push_back(static_cast<T>(x));
    }
    return true;
  };
  if (const auto* numbers = value->get<Numbers>()) {
    if (!take(*numbers)) return std::nullopt;
  } else if (const auto* bytes = value->get<Bytes>()) {
    if (!take(*bytes)) return std::nullopt;
  } else if (const auto* array = value->get<Array>(); !array || !array->empty()) {
    reader.report(reader.at(key), "expected an array of numbers, got " + value->describe());
    return std::nullopt;
  }
  return result;
}

std::string finite_float(double x) { return std::isfinite(static_cast<float>(x)) ? "" : "a finite number"; }

void read_table(Reader& reader, DataSpec& data) {
  data.samples = 0;
  data.test_fraction = 0;
  data.columns = 0;
  reader.integer("columns", data.columns, 1, limits::columns);
  auto inputs = read_numbers<float>(reader, "inputs", finite_float);
  std::size_t rows = 0;
  if (data.columns == 0) {
    reader.report(reader.at("columns"), "expected the number of input columns");
    data.columns = 1;
  } else if (!inputs || inputs->empty()) {
    reader.report(reader.at("inputs"), "expected rows x columns numbers, row by row");
  } else if (inputs->size() % data.columns != 0) {
    reader.report(reader.at("inputs"), "expected a multiple of " + std::to_string(data.columns) + " numbers (columns), got " + std::to_string(inputs->size()));
  } else if (inputs->size() / data.columns > limits::samples) {
    reader.report(reader.at("inputs"), "expected at most " + std::to_string(limits::samples) + " rows, got " + std::to_string(inputs->size() / data.columns));
  } else {
    rows = inputs->size() / data.columns;
    data.inputs = std::move(*inputs);
  }
  data.samples = rows;

  const auto expect_rows = [&](std::string_view key, std::size_t expected, std::size_t got) {
    if (rows == 0 || expected == got) return true;
    reader.report(reader.at(key), "expected " + std::to_string(expected) + " numbers for " + std::to_string(rows) + " rows, got " + std::to_string(got));
    return false;
  };
  auto labels = read_numbers<std::uint32_t>(reader, "labels", [](double x) {
    return x >= 0 && x < static_cast<double>(limits::classes) && x == std::floor(x) ? std::string() : "a whole number from 0 to " + std::to_string(limits::classes - 1);
  });
  auto targets = read_numbers<float>(reader, "targets", finite_float);
  const bool has_targets = reader.member("targets") != nullptr;
  const bool has_labels = reader.member("labels") != nullptr;
  if (has_labels == has_targets)
    reader.report(reader.at("targets"), std::string("expected either targets (regression) or labels (classification), got ") + (has_labels ? "both" : "neither"));

  if (has_labels) {
    std::uint32_t largest = 1;
    if (labels)
      for (const std::uint32_t label : *labels) largest = std::max(largest, label);
    data.classes = largest + 1;
    reader.integer("classes", data.classes, 2, limits::classes);
    if (labels && largest >= data.classes)
      reader.report(reader.at("labels"), "expected labels below " + std::to_string(data.classes) + " (classes), got " + std::to_string(largest));
    else if (labels && expect_rows("labels", rows, labels->size()))
      data.labels = std::move(*labels);
  } else {
    data.classes = 0;
    data.targets = 1;
    reader.integer("outputs", data.targets, 1, limits::outputs);
    if (targets && expect_rows("targets", rows * data.targets, targets->size())) data.target_values = std::move(*targets);
  }
  describe_split(reader, data);
  read_features(reader, data);
}

void read_scaling(Reader& reader, DataSpec& data) {
  const Value* value = reader.member("scaling");
  if (!value) return;
  const std::string path = reader.at("scaling");
  const auto* id = value->get<std::string>();
  const Value* member = value->find("id");
  if (!id && member) id = member->get<std::string>();
  const auto found = id ? std::find(scaling_ids.begin(), scaling_ids.end(), *id) : scaling_ids.end();
  if (found == scaling_ids.end()) return reader.report(path, "expected one of " + joined(scaling_ids, [](std::string_view s) { return s; }) + ", got " + value->describe());
  data.scaling = static_cast<Scaling>(found - scaling_ids.begin());
  if (value->get<std::string>()) return;
  Reader inner(value, path, reader.issues());
  inner.member("id");
  if (data.scaling != Scaling::standardized) return;
  double mean = 0;
  double deviation = 0;
  const bool has_mean = inner.member("mean") != nullptr;
  const bool has_deviation = inner.member("std") != nullptr;
  inner.number("mean", mean, -1e3, 1e3);
  inner.number("std", deviation, 1e-6, 1e3);
  if (has_mean != has_deviation) reader.report(path, "expected mean and std together");
  if (has_mean && has_deviation && deviation > 0) {
    data.mean = mean;
    data.deviation = deviation;
  }
}

Bytes read_file(Reader& reader, std::string_view key) {
  const Value* value = reader.member(key);
  if (!value) return {};
  if (const auto* bytes = value->get<Bytes>()) return *bytes;
  reader.report(reader.at(key), "expected the bytes of an IDX file, got " + value->describe());
  return {};
}

/// Images and labels of one file pair: checked, and how many there are. 0 if something is wrong.
std::size_t check_pair(Reader& reader, std::string_view image_key, const Bytes& images, std::string_view label_key, const Bytes& labels, DataSpec& data) {
  try {
    const IdxView image_view = read_idx(images, 3, reader.at(image_key));
    const IdxView label_view = read_idx(labels, 1, reader.at(label_key));
    if (image_view.items() != label_view.items()) {
      reader.report(reader.at(label_key), "expected " + std::to_string(image_view.items()) + " labels, one per image, got " + std::to_string(label_view.items()));
      return 0;
    }
    const std::size_t pixels = image_view.item_size();
    if (data.columns == 0) data.columns = pixels;
    if (pixels > limits::columns || pixels != data.columns) {
      reader.report(reader.at(image_key), "expected images of " + std::to_string(pixels > limits::columns ? limits::columns : data.columns) + (pixels > limits::columns ? " pixels at most" : " pixels") + ", got " +
                                              std::to_string(pixels));
      return 0;
    }
    std::size_t largest = 0;
    for (const std::uint8_t label : label_view.values) largest = std::max<std::size_t>(largest, label);
    if (largest >= limits::classes) {
      reader.report(reader.at(label_key), "expected labels below " + std::to_string(limits::classes) + ", got " + std::to_string(largest));
      return 0;
    }
    data.classes = std::max(data.classes, largest + 1);
    return image_view.items();
  } catch (const Error& error) {
    reader.report(error.path(), std::string(error.what()).substr(error.path().size() + 2), error.code());
    return 0;
  }
}

void read_images(Reader& reader, DataSpec& data) {
  constexpr std::size_t digits = 10;
  constexpr std::size_t mnist_pixels = 784;
  data.classes = digits;
  data.test_fraction = 0;
  data.samples = limits::samples;
  if (data.source == Source::mnist) {
    data.columns = mnist_pixels;
    data.samples = 5000;
    reader.integer("samples", data.samples, 1, limits::samples);
  } else {
    data.columns = 0;
    data.images = read_file(reader, "images");
    data.image_labels = read_file(reader, "labels");
    data.test_images = read_file(reader, "testImages");
    data.test_labels = read_file(reader, "testLabels");
    if (data.images.empty() || data.image_labels.empty()) {
      reader.report(reader.at(data.images.empty() ? "images" : "labels"), "expected the bytes of an IDX file");
      data.columns = mnist_pixels;
    } else {
      const std::size_t items = check_pair(reader, "images", data.images, "labels", data.image_labels, data);
      if (data.test_images.empty() != data.test_labels.empty())
        reader.report(reader.at(data.test_images.empty() ? "testImages" : "testLabels"), "expected test images and test labels together");
      else if (!data.test_images.empty())
        check_pair(reader, "testImages", data.test_images, "testLabels", data.test_labels, data);
      data.samples = std::min(items, limits::samples);
      reader.integer("samples", data.samples, 1, std::max<std::size_t>(1, data.samples));
    }
  }
  read_scaling(reader, data);
  describe_split(reader, data);
}

DataSpec read_data(const Value* value, std::vector<Issue>& issues) {
  Reader reader(value, "data", issues);
  DataSpec data;
  data.dataset = default_operation(dataset_table(), 0);
  if (const Value* id = reader.member("id")) {
    const auto* text = id->get<std::string>();
    const std::size_t index = text ? find_operation(dataset_table(), *text) : dataset_table().size();
    if (index < dataset_table().size()) {
      data.dataset = default_operation(dataset_table(), index);
    } else if (text && *text == table_id) {
      data.source = Source::table;
    } else if (text && *text == idx_id) {
      data.source = Source::idx;
    } else if (text && *text == mnist_id) {
      data.source = Source::mnist;
    } else {
      reader.report("data.id", "expected one of " + data_ids() + ", got " + id->describe());
    }
  }
  switch (data.source) {
    case Source::generated:
      take_facts(data);
      describe_generated(reader, data);
      data.classes = dataset_classes(data.dataset);
      describe_split(reader, data);
      read_features(reader, data);
      break;
    case Source::table: read_table(reader, data); break;
    case Source::idx:
    case Source::mnist: read_images(reader, data); break;
  }
  const bool own_tests = !data.test_images.empty();
  if (!own_tests && data.samples > 0 && static_cast<std::size_t>(std::llround(data.test_fraction * static_cast<double>(data.samples))) == data.samples) {
    reader.report("data.testFraction", "leaves none of the " + std::to_string(data.samples) + (data.samples == 1 ? " row" : " rows") + " for training");
    data.test_fraction = 0;
  }
  return data;
}

bool is_image(const DataSpec& data) { return data.source == Source::idx || data.source == Source::mnist; }

NetworkSpec default_network(const DataSpec& data) {
  const Operation identity = by_id(activation_table(), "identity");
  const Operation tanh = by_id(activation_table(), "tanh");
  NetworkSpec network;
  if (is_image(data))
    network.layers = {{32, by_id(activation_table(), "relu")}, {1, identity}};
  else if (data.source == Source::generated && data.columns == 1)
    network.layers = {{8, tanh}, {1, identity}};
  else
    network.layers = {{4, tanh}, {2, tanh}, {1, identity}};
  network.initializer = by_id(initializer_table(), "xavier-uniform");
  return network;
}

TrainingSpec default_training(const DataSpec& data) {
  TrainingSpec training;
  const bool binary = data.source == Source::generated && data.classes == 2;
  training.loss = by_id(loss_table(), data.classes == 0 ? "mse" : binary ? "binary-cross-entropy" : "cross-entropy");
  training.optimizer = by_id(optimizer_table(), "sgd");
  training.schedule = by_id(schedule_table(), "constant");
  if (is_image(data)) training.batch_size = 32;
  return training;
}

std::string path_text(const ParameterPath& path) {
  std::string text = std::to_string(path.layer);
  if (path.unit != ParameterPath::all) text.append(".").append(std::to_string(path.unit));
  if (path.input == ParameterPath::bias) return text.append(".bias");
  if (path.input != ParameterPath::all) text.append(".").append(std::to_string(path.input));
  return text;
}

/// "layer", "layer.unit", "layer.unit.input" or "layer.unit.bias" in this network. What is wrong with `text` goes to `wrong`.
ParameterPath find_parameters(std::string_view text, const Experiment& experiment, std::string& wrong) {
  ParameterPath path;
  const auto part = [&](std::string_view what, std::size_t& field, std::size_t count) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    const auto number = whole_number(text.substr(0, dot));
    field = number.value_or(count);
    if (field >= count) wrong.append("expected ").append(what).append(" from 0 to ").append(std::to_string(count - 1));
    text.remove_prefix(dot);
    const bool more = wrong.empty() && text.size() > 1;  // a dot at the very end stays, and is wrong below
    if (more) text.remove_prefix(1);
    return more;
  };
  if (part("a layer", path.layer, experiment.network.layers.size()) && part("a unit", path.unit, experiment.network.layers[path.layer].units)) {
    if (text == "bias") {
      path.input = ParameterPath::bias;
      return path;
    }
    part("an input", path.input, experiment.links(path.layer));
  }
  if (wrong.empty() && !text.empty()) wrong.append("expected \"layer\", \"layer.unit\", \"layer.unit.input\" or \"layer.unit.bias\"");
  return path;
}

/// `locked` or `cut`. Read when the sizes of all layers are known.
void read_paths(const Value* value, const std::string& at, bool links_only, const Experiment& experiment, std::vector<ParameterPath>& paths, std::vector<Issue>& issues) {
  if (!value) return;
  const auto* array = value->get<Array>();
  if (!array || array->size() > limits::paths) {
    issues.push_back({at, "expected a list of at most " + std::to_string(limits::paths) + " texts such as \"0.1.2\", got " + (array ? std::to_string(array->size()) : value->describe())});
    return;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto* text = (*array)[i].get<std::string>();
    std::string wrong;
    const ParameterPath path = find_parameters(text ? std::string_view(*text) : "", experiment, wrong);
    if (links_only && wrong.empty() && path.input >= ParameterPath::bias) wrong.append("expected a link, \"layer.unit.input\"");
    if (wrong.empty())
      paths.push_back(path);
    else
      issues.push_back({at + "[" + std::to_string(i) + "]", wrong.append(", got ").append((*array)[i].describe())});
  }
}

/// What of a network can only be read when the data and the loss have said how many outputs there are.
struct LaterFields {
  std::vector<std::size_t> output_units;  // as given, or empty
  const Value* locked = nullptr;
  const Value* cut = nullptr;
};

NetworkSpec read_network(const Value* value, const DataSpec& data, LaterFields& later, std::vector<Issue>& issues) {
  Reader reader(value, "network", issues);
  NetworkSpec network = default_network(data);
  if (const Value* layers = reader.member("layers")) {
    const auto* array = layers->get<Array>();
    if (!array || array->empty() || array->size() > limits::layers + 1) {
      reader.report("network.layers", "expected a list of 1 to " + std::to_string(limits::layers + 1) + " layers, the output layer last, got " +
                                          (array ? std::to_string(array->size()) : layers->describe()));
    } else {
      network.layers.assign(array->size(), {1, by_id(activation_table(), "identity")});
      for (std::size_t i = 0; i < array->size(); ++i) {
        const bool output = i + 1 == array->size();
        const std::string path = "network.layers[" + std::to_string(i) + "]";
        if (!(*array)[i].get<Object>()) {
          reader.report(path, "expected an object such as {\"units\": 4, \"activation\": \"tanh\"}, got " + (*array)[i].describe());
          continue;
        }
        Reader layer(&(*array)[i], path, issues);
        LayerSpec& spec = network.layers[i];
        if (!output) spec.activation = by_id(activation_table(), "tanh");
        const bool has_units = layer.member("units") != nullptr;
        if (!has_units && !output) reader.report(path + ".units", "expected 1 to " + std::to_string(limits::units) + "; only the output layer's may be left out");
        layer.integer("units", spec.units, 1, limits::units);
        layer.operation("activation", spec.activation, activation_table());
        layer.number("dropout", spec.dropout, 0, limits::dropout);
        if (output && spec.dropout > 0) {
          layer.report(path + ".dropout", "expected 0: the output layer drops nothing, got " + to_text(spec.dropout));
          spec.dropout = 0;
        }
        if (output && has_units) later.output_units.push_back(spec.units);
      }
    }
  }
  reader.toggle("skip", network.skip);
  if (network.skip && network.layers.size() == 1) {
    reader.report("network.skip", "expected false: without a hidden layer there is nothing to skip, got true");
    network.skip = false;
  }
  later.locked = reader.member("locked");
  later.cut = reader.member("cut");
  reader.operation("initializer", network.initializer, initializer_table());
  reader.seed("seed", network.seed);
  return network;
}

Value descriptor(std::string_view type, std::size_t length) {
  Object object;
  object.emplace_back("type", type);
  object.emplace_back("length", static_cast<double>(length));
  return object;
}

Value data_to_value(const DataSpec& data) {
  Object object;
  Writer writer(object);
  const auto put_features = [&] {
    Array features;
    for (const FeatureChoice& feature : data.features) features.emplace_back(feature_id(feature));
    writer.put("features", std::move(features));
  };
  switch (data.source) {
    case Source::generated:
      writer.put("id", dataset_table()[data.dataset.index]->id);
      describe_generated(writer, data);
      describe_split(writer, data);
      put_features();
      break;
    case Source::table:
      writer.put("id", table_id);
      writer.put_number("columns", static_cast<double>(data.columns));
      writer.put("inputs", descriptor("float32", data.inputs.size()));
      if (data.classes > 0) {
        writer.put("labels", descriptor("uint32", data.labels.size()));
        writer.put_number("classes", static_cast<double>(data.classes));
      } else {
        writer.put("targets", descriptor("float32", data.target_values.size()));
        writer.put_number("outputs", static_cast<double>(data.targets));
      }
      describe_split(writer, data);
      put_features();
      break;
    case Source::idx:
    case Source::mnist:
      writer.put("id", data.source == Source::idx ? idx_id : mnist_id);
      if (data.source == Source::idx) {
        writer.put("images", descriptor("uint8", data.images.size()));
        writer.put("labels", descriptor("uint8", data.image_labels.size()));
        if (!data.test_images.empty()) {
          writer.put("testImages", descriptor("uint8", data.test_images.size()));
          writer.put("testLabels", descriptor("uint8", data.test_labels.size()));
        }
      }
      writer.put_number("samples", static_cast<double>(data.samples));
      if (data.mean && data.deviation) {
        Object scaling;
        scaling.emplace_back("id", scaling_ids[static_cast<std::size_t>(data.scaling)]);
        scaling.emplace_back("mean", *data.mean);
        scaling.emplace_back("std", *data.deviation);
        writer.put("scaling", std::move(scaling));
      } else {
        writer.choice("scaling", data.scaling, scaling_ids);
      }
      describe_split(writer, data);
      break;
  }
  return object;
}

}  // namespace

TargetEncoding target_encoding(const Experiment& experiment) noexcept {
  const TargetEncoding encoding = loss_facts(experiment.training.loss.index).encoding;
  if (encoding != TargetEncoding::signs_or_bits) return encoding;
  const Range range = activation_range(experiment.network.layers.back().activation.index);
  return range.minimum >= 0 && range.maximum <= 1 ? TargetEncoding::bits : TargetEncoding::signs;
}

std::size_t output_units(const Experiment& experiment) noexcept {
  const DataSpec& data = experiment.data;
  if (data.classes == 0) return data.targets;
  if (data.classes == 2 && loss_facts(experiment.training.loss.index).encoding != TargetEncoding::class_index) return 1;
  return data.classes;
}

namespace {

/// Apart from check(), so that every Reader has reported its unknown members before the result is given away.
void read_experiment(const Value& document, const DataSpec* known_data, Experiment& experiment, std::vector<Issue>& issues) {
  Reader reader(&document, "", issues);
  if (const Value* value = reader.member("version")) {
    const double* x = value->get<double>();
    if (!x || *x != static_cast<double>(document_version))
      reader.report("version", "expected " + std::to_string(document_version) + ", got " + value->describe() + "; this document is from another version");
  }
  const Value* data = reader.member("data");
  experiment.data = known_data ? *known_data : read_data(data, issues);
  LaterFields later;
  experiment.network = read_network(reader.member("network"), experiment.data, later, issues);
  experiment.training = default_training(experiment.data);
  {
    Reader training(reader.member("training"), "training", issues);
    describe_training(training, experiment.training);
  }
  if (experiment.data.classes == 0 && !loss_facts(experiment.training.loss.index).regression) {
    reader.report("training.loss", "\"" + std::string(loss_table()[experiment.training.loss.index]->id) + "\" is for classes, but the data's targets are numbers");
    experiment.training.loss = by_id(loss_table(), "mse");
  }
  const std::size_t outputs = output_units(experiment);
  if (!later.output_units.empty() && later.output_units.front() != outputs)
    reader.report("network.layers[" + std::to_string(experiment.network.layers.size() - 1) + "].units",
                  "expected " + std::to_string(outputs) + ", which data and loss ask for, got " + std::to_string(later.output_units.front()));
  experiment.network.layers.back().units = outputs;
  read_paths(later.locked, "network.locked", false, experiment, experiment.network.locked, issues);
  read_paths(later.cut, "network.cut", true, experiment, experiment.network.cut, issues);
}

CheckedExperiment check(const Value& document, const DataSpec* known_data) {
  CheckedExperiment checked;
  read_experiment(document, known_data, checked.experiment, checked.issues);
  return checked;
}

Experiment without_issues(CheckedExperiment checked) {
  if (!checked.issues.empty()) throw Error(checked.issues.front().code, checked.issues.front().path, checked.issues.front().message);
  return std::move(checked.experiment);
}

}  // namespace

CheckedExperiment check_experiment(const Value& document) { return check(document, nullptr); }

Experiment parse_experiment(const Value& document) { return without_issues(check(document, nullptr)); }

Experiment parse_settings(const Value& document, const DataSpec& data) { return without_issues(check(document, &data)); }

Operation read_operation(const Value& value, const std::string& path, std::span<const OperationInfo* const> table, std::vector<Issue>& issues) {
  Operation operation = default_operation(table, 0);
  Object wrapper;
  wrapper.emplace_back(path, value);
  const Value object(std::move(wrapper));
  Reader(&object, "", issues).operation(path, operation, table);
  return operation;
}

Value to_value(const Hyperparameter& parameter, double value) {
  if (parameter.scale == Scale::toggle) return value != 0;
  if (parameter.scale == Scale::choice) return parameter.choices[static_cast<std::size_t>(value)].id;
  return value;
}

Value to_value(const Experiment& experiment) {
  Object layers_and_more;
  Writer network(layers_and_more);
  Array layers;
  for (const LayerSpec& spec : experiment.network.layers) {
    const bool output = &spec == &experiment.network.layers.back();
    Object layer;
    Writer writer(layer);
    writer.integer("units", spec.units, 1, limits::units);
    writer.operation("activation", spec.activation, activation_table());
    if (!output) writer.put_number("dropout", spec.dropout);
    layers.emplace_back(std::move(layer));
  }
  const auto put_paths = [&](std::string_view key, const std::vector<ParameterPath>& paths) {
    Array texts;
    for (const ParameterPath& path : paths) texts.emplace_back(path_text(path));
    network.put(key, std::move(texts));
  };
  network.put("layers", std::move(layers));
  network.put("skip", experiment.network.skip);
  put_paths("locked", experiment.network.locked);
  put_paths("cut", experiment.network.cut);
  network.operation("initializer", experiment.network.initializer, initializer_table());
  network.seed("seed", experiment.network.seed);

  Object training;
  Writer training_writer(training);
  describe_training(training_writer, experiment.training);

  Object document;
  Writer writer(document);
  writer.put_number("version", static_cast<double>(document_version));
  writer.put("data", data_to_value(experiment.data));
  writer.put("network", std::move(layers_and_more));
  writer.put("training", std::move(training));
  return document;
}

}  // namespace mlp
