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
  for (const auto& entry : range) text.append(text.empty() ? "" : ", ").append(name(entry));
  return text;
}

std::string ids_of(Table table) {
  return joined(table, [](const OperationInfo* info) { return info->id; });
}

/// A key as it may stand in a path, however long the document made it.
std::string shortened(const std::string& key) {
  constexpr std::size_t longest = 40;
  return key.size() <= longest ? key : Message("(a key of {} bytes)", {key.size()}).text();
}

void add_issue(std::vector<Issue>& issues, const Message& path, const Message& message, ErrorCode code = ErrorCode::invalid_document) {
  issues.push_back({path.text(), message.text(), code});
}

/// What stands where a list of another length was expected.
std::string count_or_kind(const Value& value) {
  const auto* array = value.get<Array>();
  return array ? to_text(static_cast<double>(array->size())) : value.describe();
}

// Reader and Writer have the same members, so that each object of the document is described once (the `describe` functions
// below) and read, checked and written from that description.

class Reader {
 public:
  /// `value` may be a null pointer: an absent object, all of whose fields take their defaults.
  Reader(const Value* value, std::string path, std::vector<Issue>& issues) : path_(std::move(path)), issues_(issues) {
    if (!value) return;
    object_ = value->get<Object>();
    if (!object_) add_issue(issues_, path_, {"expected an object, got {}", {value->describe()}});
  }

  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Members that no description named are errors: a typing mistake must not become a default.
  ~Reader() {
    if (!object_) return;
    std::size_t unknown = 0;
    for (const auto& [key, value] : *object_)
      if (std::find(known_.begin(), known_.end(), key) == known_.end() && ++unknown <= most_unknown)
        report(shortened(key), {"unknown; expected {}", {joined(known_, [](const std::string& k) { return k; })}});
  }

  const Value* member(std::string_view key) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
    if (!object_) return nullptr;
    const Value* found = nullptr;
    for (const auto& [name, value] : *object_)
      if (name == key) found = &value;
    return found;
  }

  /// The path of a member, or of something in it.
  std::string at(const Message& member) const {
    return Message(path_.empty() ? "{}{}" : "{}.{}", {path_, member.text()}).text();
  }
  void report(const Message& member, const Message& message) { add_issue(issues_, at(member), message); }
  /// The message, and what was got instead.
  void reject(const Message& member, const Value& got, const Message& message) { report(member, {"{}, got {}", {message.text(), got.describe()}}); }
  std::vector<Issue>& issues() { return issues_; }

  void number(std::string_view key, double& field, double minimum, double maximum) {
    if (const Value* value = member(key)) number_of(*value, key, field, minimum, maximum);
  }

  template <class Integer>
  void integer(std::string_view key, Integer& field, std::size_t minimum, std::size_t maximum) {
    double x = static_cast<double>(field);
    if (const Value* value = member(key); value && whole_number_of(*value, key, x, static_cast<double>(minimum), static_cast<double>(maximum))) field = static_cast<Integer>(x);
  }

  void seed(std::string_view key, std::uint32_t& field) { integer(key, field, 0, 4294967295u); }

  void toggle(std::string_view key, bool& field) {
    const Value* value = member(key);
    if (!value) return;
    if (const bool* b = value->get<bool>())
      field = *b;
    else
      reject(key, *value, "expected true or false");
  }

  template <class Enum>
  void choice(std::string_view key, Enum& field, std::span<const std::string_view> ids) {
    if (const Value* value = member(key)) {
      const std::size_t found = choice_of(*value, value->get<std::string>(), key, ids);
      if (found < ids.size()) field = static_cast<Enum>(found);
    }
  }

  /// The position of an identifier, which stands in `value`, or how many there are.
  std::size_t choice_of(const Value& value, const std::string* id, std::string_view key, std::span<const std::string_view> ids) {
    const auto found = id ? std::find(ids.begin(), ids.end(), *id) : ids.end();
    if (found == ids.end()) reject(key, value, {"expected one of {}", {joined(ids, [](std::string_view s) { return s; })}});
    return static_cast<std::size_t>(found - ids.begin());
  }

  /// "relu" or {"id": "leaky-relu", "slope": 0.1}.
  void operation(std::string_view key, Operation& field, Table table) {
    if (const Value* value = member(key)) operation_of(*value, key, field, table);
  }

  void parameters(const OperationInfo& info, Hyperparameters& values) {
    for (std::size_t i = 0; i < info.parameters.size(); ++i) parameter(info.parameters[i], values[i]);
  }

 private:
  /// Of a hostile document's unknown members, as many as a person would read.
  static constexpr std::size_t most_unknown = 20;

  bool number_of(const Value& value, std::string_view key, double& field, double minimum, double maximum) {
    const double* x = value.get<double>();
    // Written so that NaN fails.
    if (!x || !(*x >= minimum && *x <= maximum)) {
      reject(key, value, {"expected {} to {}", {minimum, maximum}});
      return false;
    }
    field = *x;
    return true;
  }

  bool whole_number_of(const Value& value, std::string_view key, double& field, double minimum, double maximum) {
    double x = field;
    if (!number_of(value, key, x, minimum, maximum)) return false;
    if (x == std::floor(x)) {
      field = x;
      return true;
    }
    reject(key, value, "expected a whole number");
    return false;
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
      return reject(p.name, *value, {"expected one of {}", {joined(p.choices, [](const Choice& choice) { return choice.id; })}});
    }
    if (p.scale == Scale::integer)
      whole_number_of(*value, p.name, field, p.minimum, p.maximum);
    else
      number_of(*value, p.name, field, p.minimum, p.maximum);
  }

  void operation_of(const Value& value, std::string_view key, Operation& field, Table table) {
    const auto* id = value.get<std::string>();
    const Value* named = id ? &value : value.find("id");
    if (named) id = named->get<std::string>();
    if (!id) return reject(key, value, {"expected one of {}, or an object with such an id", {ids_of(table)}});
    const std::size_t index = find_operation(table, *id);
    if (index == table.size())
      return reject({value.get<std::string>() ? "{}" : "{}.id", {key}}, *named, {"expected one of {}", {ids_of(table)}});
    field = default_operation(table, index);
    if (value.get<std::string>()) return;
    Reader inner(&value, at(key), issues_);
    inner.member("id");
    inner.parameters(*table[index], field.values);
    for (std::size_t i = 1; table[index]->ordered && i < table[index]->parameters.size(); ++i) {
      const std::string_view low = table[index]->parameters[i - 1].name, high = table[index]->parameters[i].name;
      const double from = field.values[i - 1], to = field.values[i];
      if (from <= to) continue;
      report(key, {"expected {} of at most {}, got {} {} and {} {}", {low, high, low, from, high, to}});
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
  template <class Enum>
  void choice(std::string_view key, const Enum& field, std::span<const std::string_view> ids) { put(key, ids[static_cast<std::size_t>(field)]); }
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
  return Message("x{}", {feature.index + 1}).text();
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
  if (columns > 2) return Message("x1 to x{}", {columns}).text();
  std::string text;
  for (std::size_t i = 0; i < feature_table().size(); ++i)
    if (feature_columns(i) <= columns) text.append(text.empty() ? "" : ", ").append(feature_table()[i]->id);
  return text;
}

void read_features(Reader& reader, DataSpec& data) {
  data.features.clear();
  for (std::size_t c = 0; c < data.columns; ++c) data.features.push_back({false, c});
  const Value* value = reader.member("features");
  if (!value) return;
  const auto* array = value->get<Array>();
  if (!array || array->empty()) return reader.reject("features", *value, {"expected a list of at least one of {}", {feature_ids(data.columns)}});
  if (const std::size_t most = data.columns + feature_table().size(); array->size() > most)
    return reader.report("features", {"expected at most {} features, got {}", {most, array->size()}});
  std::vector<FeatureChoice> chosen;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto* id = (*array)[i].get<std::string>();
    const auto feature = id ? find_feature(*id, data.columns) : std::nullopt;
    if (!feature) {
      reader.reject({"features[{}]", {i}}, (*array)[i], {"expected one of {}", {feature_ids(data.columns)}});
    } else if (std::find(chosen.begin(), chosen.end(), *feature) != chosen.end()) {
      reader.report({"features[{}]", {i}}, {"\"{}\" is listed twice", {*id}});
    } else {
      chosen.push_back(*feature);
    }
  }
  if (!chosen.empty()) data.features = std::move(chosen);
}

/// Whether an attachment holds numbers only, each of which `fits`.
bool has_numbers(Reader& reader, std::string_view key, const Value& value, bool (*fits)(double), const Message& expected) {
  const auto* numbers = value.get<Numbers>();
  const auto* bytes = value.get<Bytes>();
  if (!numbers && !bytes) {
    const auto* array = value.get<Array>();
    if (array && array->empty()) return true;
    reader.reject(key, value, "expected an array of numbers");
    return false;
  }
  const std::size_t size = numbers ? numbers->size() : bytes->size();
  for (std::size_t i = 0; i < size; ++i) {
    const double x = numbers ? (*numbers)[i] : (*bytes)[i];
    if (fits(x)) continue;
    reader.report({"{}[{}]", {key, i}}, {"expected {}, got {}", {expected.text(), x}});
    return false;
  }
  return true;
}

/// An attachment as numbers. Absent or wrong: nullopt.
template <class T>
std::optional<std::vector<T>> read_numbers(Reader& reader, std::string_view key, bool (*fits)(double), const Message& expected) {
  const Value* value = reader.member(key);
  if (!value || !has_numbers(reader, key, *value, fits, expected)) return std::nullopt;
  std::vector<T> result;
  const auto take = [&](const auto& source) {
    result.reserve(source.size());
    for (const auto x : source) result.push_back(static_cast<T>(x));
  };
  if (const auto* numbers = value->get<Numbers>()) take(*numbers);
  if (const auto* bytes = value->get<Bytes>()) take(*bytes);
  return result;
}

std::optional<std::vector<float>> read_floats(Reader& reader, std::string_view key) {
  return read_numbers<float>(reader, key, [](double x) { return std::isfinite(static_cast<float>(x)); }, "a finite number");
}

void read_table(Reader& reader, DataSpec& data) {
  data.samples = 0;
  data.test_fraction = 0;
  data.columns = 0;
  reader.integer("columns", data.columns, 1, limits::columns);
  auto inputs = read_floats(reader, "inputs");
  std::size_t rows = 0;
  if (data.columns == 0) {
    reader.report("columns", "expected the number of input columns");
    data.columns = 1;
  } else if (!inputs || inputs->empty()) {
    reader.report("inputs", "expected rows x columns numbers, row by row");
  } else if (inputs->size() % data.columns != 0) {
    reader.report("inputs", {"expected a multiple of {} numbers (columns), got {}", {data.columns, inputs->size()}});
  } else if (inputs->size() / data.columns > limits::samples) {
    reader.report("inputs", {"expected at most {} rows, got {}", {limits::samples, inputs->size() / data.columns}});
  } else {
    rows = inputs->size() / data.columns;
    data.inputs = std::move(*inputs);
  }
  data.samples = rows;

  const auto expect_rows = [&](std::string_view key, std::size_t expected, std::size_t got) {
    if (rows == 0 || expected == got) return true;
    reader.report(key, {"expected {} numbers for {} rows, got {}", {expected, rows, got}});
    return false;
  };
  auto labels = read_numbers<std::uint32_t>(
      reader, "labels", [](double x) { return x >= 0 && x < static_cast<double>(limits::classes) && x == std::floor(x); },
      {"a whole number from 0 to {}", {limits::classes - 1}});
  auto targets = read_floats(reader, "targets");
  const bool has_targets = reader.member("targets") != nullptr;
  const bool has_labels = reader.member("labels") != nullptr;
  if (has_labels == has_targets)
    reader.report("targets", {"expected either targets (regression) or labels (classification), got {}", {has_labels ? "both" : "neither"}});

  if (has_labels) {
    std::uint32_t largest = 1;
    if (labels)
      for (const std::uint32_t label : *labels) largest = std::max(largest, label);
    data.classes = largest + 1;
    reader.integer("classes", data.classes, 2, limits::classes);
    if (labels && largest >= data.classes)
      reader.report("labels", {"expected labels below {} (classes), got {}", {data.classes, largest}});
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
  const auto* id = value->get<std::string>();
  const Value* member = value->find("id");
  if (!id && member) id = member->get<std::string>();
  const std::size_t found = reader.choice_of(*value, id, "scaling", scaling_ids);
  if (found == scaling_ids.size()) return;
  data.scaling = static_cast<Scaling>(found);
  if (value->get<std::string>()) return;
  Reader inner(value, reader.at("scaling"), reader.issues());
  inner.member("id");
  if (data.scaling != Scaling::standardized) return;
  double mean = 0;
  double deviation = 0;
  const bool has_mean = inner.member("mean") != nullptr;
  const bool has_deviation = inner.member("std") != nullptr;
  inner.number("mean", mean, -1e3, 1e3);
  inner.number("std", deviation, 1e-6, 1e3);
  if (has_mean != has_deviation) reader.report("scaling", "expected mean and std together");
  if (has_mean && has_deviation && deviation > 0) {
    data.mean = mean;
    data.deviation = deviation;
  }
}

Bytes read_file(Reader& reader, std::string_view key) {
  const Value* value = reader.member(key);
  if (!value) return {};
  if (const auto* bytes = value->get<Bytes>()) return *bytes;
  reader.reject(key, *value, "expected the bytes of an IDX file");
  return {};
}

/// Images and labels of one file pair: checked, and how many there are. 0 if something is wrong.
std::size_t check_pair(Reader& reader, std::string_view image_key, const Bytes& images, std::string_view label_key, const Bytes& labels, DataSpec& data) {
  try {
    const IdxView image_view = read_idx(images, 3, reader.at(image_key));
    const IdxView label_view = read_idx(labels, 1, reader.at(label_key));
    if (image_view.items() != label_view.items()) {
      reader.report(label_key, {"expected {} labels, one per image, got {}", {image_view.items(), label_view.items()}});
      return 0;
    }
    const std::size_t pixels = image_view.item_size();
    if (data.columns == 0) data.columns = pixels;
    if (pixels > limits::columns || pixels != data.columns) {
      if (pixels > limits::columns)
        reader.report(image_key, {"expected images of {} pixels at most, got {}", {limits::columns, pixels}});
      else
        reader.report(image_key, {"expected images of {} pixels, got {}", {data.columns, pixels}});
      return 0;
    }
    std::size_t largest = 0;
    for (const std::uint8_t label : label_view.values) largest = std::max<std::size_t>(largest, label);
    if (largest >= limits::classes) {
      reader.report(label_key, {"expected labels below {}, got {}", {limits::classes, largest}});
      return 0;
    }
    data.classes = std::max(data.classes, largest + 1);
    return image_view.items();
  } catch (const Error& error) {
    add_issue(reader.issues(), error.path(), std::string_view(error.what()).substr(error.path().size() + 2), error.code());
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
      reader.report(data.images.empty() ? "images" : "labels", "expected the bytes of an IDX file");
      data.columns = mnist_pixels;
    } else {
      const std::size_t items = check_pair(reader, "images", data.images, "labels", data.image_labels, data);
      if (data.test_images.empty() != data.test_labels.empty())
        reader.report(data.test_images.empty() ? "testImages" : "testLabels", "expected test images and test labels together");
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
      reader.reject("id", *id, {"expected one of {}, {}, {}, {}", {ids_of(dataset_table()), table_id, idx_id, mnist_id}});
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
    reader.report("testFraction", {"leaves none of the {} {} for training", {data.samples, data.samples == 1 ? "row" : "rows"}});
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
  if (path.unit == ParameterPath::all) return to_text(static_cast<double>(path.layer));
  if (path.input == ParameterPath::all) return Message("{}.{}", {path.layer, path.unit}).text();
  if (path.input == ParameterPath::bias) return Message("{}.{}.bias", {path.layer, path.unit}).text();
  return Message("{}.{}.{}", {path.layer, path.unit, path.input}).text();
}

/// "layer", "layer.unit", "layer.unit.input" or "layer.unit.bias" in this network. What is wrong with `text` goes to `wrong`.
ParameterPath find_parameters(std::string_view text, const Experiment& experiment, std::string& wrong) {
  ParameterPath path;
  const auto part = [&](std::string_view what, std::size_t& field, std::size_t count) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    const auto number = whole_number(text.substr(0, dot));
    field = number.value_or(count);
    if (field >= count) wrong = Message("expected {} from 0 to {}", {what, count - 1}).text();
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
  if (wrong.empty() && !text.empty()) wrong = "expected \"layer\", \"layer.unit\", \"layer.unit.input\" or \"layer.unit.bias\"";
  return path;
}

/// `locked` or `cut`. Read when the sizes of all layers are known.
void read_paths(const Value* value, const char* at, bool links_only, const Experiment& experiment, std::vector<ParameterPath>& paths, std::vector<Issue>& issues) {
  if (!value) return;
  const auto* array = value->get<Array>();
  if (!array || array->size() > limits::paths) {
    return add_issue(issues, at, {"expected a list of at most {} texts such as \"0.1.2\", got {}", {limits::paths, count_or_kind(*value)}});
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto* text = (*array)[i].get<std::string>();
    std::string wrong;
    const ParameterPath path = find_parameters(text ? std::string_view(*text) : "", experiment, wrong);
    if (links_only && wrong.empty() && path.input >= ParameterPath::bias) wrong = "expected a link, \"layer.unit.input\"";
    if (wrong.empty())
      paths.push_back(path);
    else
      add_issue(issues, {"{}[{}]", {at, i}}, {"{}, got {}", {wrong, (*array)[i].describe()}});
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
      reader.report("layers", {"expected a list of 1 to {} layers, the output layer last, got {}", {limits::layers + 1, count_or_kind(*layers)}});
    } else {
      network.layers.assign(array->size(), {1, by_id(activation_table(), "identity")});
      for (std::size_t i = 0; i < array->size(); ++i) {
        const bool output = i + 1 == array->size();
        if (!(*array)[i].get<Object>()) {
          reader.reject({"layers[{}]", {i}}, (*array)[i], "expected an object such as {\"units\": 4, \"activation\": \"tanh\"}");
          continue;
        }
        Reader layer(&(*array)[i], reader.at({"layers[{}]", {i}}), issues);
        LayerSpec& spec = network.layers[i];
        if (!output) spec.activation = by_id(activation_table(), "tanh");
        const bool has_units = layer.member("units") != nullptr;
        if (!has_units && !output) layer.report("units", {"expected 1 to {}; only the output layer's may be left out", {limits::units}});
        layer.integer("units", spec.units, 1, limits::units);
        layer.operation("activation", spec.activation, activation_table());
        layer.number("dropout", spec.dropout, 0, limits::dropout);
        if (output && spec.dropout > 0) {
          layer.report("dropout", {"expected 0: the output layer drops nothing, got {}", {spec.dropout}});
          spec.dropout = 0;
        }
        if (output && has_units) later.output_units.push_back(spec.units);
      }
    }
  }
  reader.toggle("skip", network.skip);
  if (network.skip && network.layers.size() == 1) {
    reader.report("skip", "expected false: without a hidden layer there is nothing to skip, got true");
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
      reader.report("version", {"expected {}, got {}; this document is from another version", {document_version, value->describe()}});
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
    reader.report("training.loss", {"\"{}\" is for classes, but the data's targets are numbers", {loss_table()[experiment.training.loss.index]->id}});
    experiment.training.loss = by_id(loss_table(), "mse");
  }
  const std::size_t outputs = output_units(experiment);
  if (!later.output_units.empty() && later.output_units.front() != outputs)
    reader.report({"network.layers[{}].units", {experiment.network.layers.size() - 1}},
                  {"expected {}, which data and loss ask for, got {}", {outputs, later.output_units.front()}});
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
