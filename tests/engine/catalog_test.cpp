#include "mlp/catalog.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cctype>
#include <set>
#include <string>

#include "mlp/document.hpp"
#include "mlp/json.hpp"

namespace {

const mlp::Array& table(const mlp::Value& catalog, std::string_view name) { return *catalog.find(name)->get<mlp::Array>(); }

const std::string& text(const mlp::Value& entry, std::string_view key) { return *entry.find(key)->get<std::string>(); }

bool is_identifier(const std::string& id) {
  for (const char c : id)
    if (!(std::islower(static_cast<unsigned char>(c)) || std::isdigit(static_cast<unsigned char>(c)) || c == '-')) return false;
  return !id.empty() && std::islower(static_cast<unsigned char>(id.front())) && id.back() != '-' && id.find("--") == std::string::npos;
}

}  // namespace

TEST_CASE("the catalog lists every table whole and in display order", "[catalog]") {
  const mlp::Value catalog = mlp::catalog();
  const std::pair<const char*, std::span<const mlp::OperationInfo* const>> tables[] = {
      {"activations", mlp::activation_table()},   {"losses", mlp::loss_table()},     {"optimizers", mlp::optimizer_table()}, {"initializers", mlp::initializer_table()},
      {"schedules", mlp::schedule_table()}, {"features", mlp::feature_table()}, {"datasets", mlp::dataset_table()},
  };
  for (const auto& [name, infos] : tables) {
    CAPTURE(name);
    const mlp::Array& entries = table(catalog, name);
    REQUIRE(entries.size() == infos.size());
    for (std::size_t i = 0; i < infos.size(); ++i) {
      CHECK(text(entries[i], "id") == infos[i]->id);
      CHECK(text(entries[i], "formula") == infos[i]->formula);
      CHECK(text(entries[i], "source") == infos[i]->source);
      CHECK(entries[i].find("parameters")->get<mlp::Array>()->size() == infos[i]->parameters.size());
    }
  }
}

TEST_CASE("every entry has a stable identifier of its own, labels in both languages, a formula and a source", "[catalog]") {
  const mlp::Value catalog = mlp::catalog();
  for (const char* name : {"activations", "losses", "optimizers", "initializers", "schedules", "features", "datasets", "samplings", "scalings"}) {
    std::set<std::string> ids;
    for (const mlp::Value& entry : table(catalog, name)) {
      CAPTURE(name, text(entry, "id"));
      CHECK(is_identifier(text(entry, "id")));
      CHECK(ids.insert(text(entry, "id")).second);
      CHECK_FALSE(text(*entry.find("label"), "en").empty());
      CHECK_FALSE(text(*entry.find("label"), "zh").empty());
      if (!entry.find("formula")) continue;  // samplings and scalings are mere choices
      CHECK_FALSE(text(entry, "formula").empty());
      CHECK_FALSE(text(entry, "source").empty());
    }
  }
}

TEST_CASE("every parameter has a name, labels and a fallback within its range", "[catalog]") {
  const mlp::Value catalog = mlp::catalog();
  for (const char* name : {"activations", "losses", "optimizers", "initializers", "schedules", "datasets"})
    for (const mlp::Value& entry : table(catalog, name)) {
      CHECK(table(entry, "parameters").size() <= mlp::max_hyperparameters);
      for (const mlp::Value& parameter : table(entry, "parameters")) {
        CAPTURE(name, text(entry, "id"), text(parameter, "name"));
        CHECK_FALSE(text(*parameter.find("label"), "en").empty());
        CHECK_FALSE(text(*parameter.find("label"), "zh").empty());
        const double minimum = *parameter.find("minimum")->get<double>();
        const double maximum = *parameter.find("maximum")->get<double>();
        CHECK(minimum < maximum);
        const std::string& scale = text(parameter, "scale");
        CHECK((scale == "linear" || scale == "log" || scale == "integer" || scale == "toggle" || scale == "choice"));
        if (scale == "log") CHECK(minimum > 0);
        if (scale == "toggle") {
          CHECK(parameter.find("fallback")->get<bool>());
        } else if (scale == "choice") {
          const mlp::Array& choices = table(parameter, "choices");
          CHECK((minimum == 0 && maximum == static_cast<double>(choices.size() - 1)));
          std::set<std::string> ids;
          for (const mlp::Value& each : choices) {
            CHECK(is_identifier(text(each, "id")));
            CHECK(ids.insert(text(each, "id")).second);
            CHECK_FALSE(text(*each.find("label"), "en").empty());
            CHECK_FALSE(text(*each.find("label"), "zh").empty());
          }
          CHECK(ids.contains(text(parameter, "fallback")));
        } else {
          const double fallback = *parameter.find("fallback")->get<double>();
          CHECK((minimum <= fallback && fallback <= maximum));
        }
      }
    }
}

TEST_CASE("every data set states its domain and what its document means that does not say", "[catalog]") {
  const mlp::Value catalog = mlp::catalog();
  for (const mlp::Value& entry : table(catalog, "datasets")) {
    CAPTURE(text(entry, "id"));
    const mlp::Array& domain = table(entry, "domain");
    REQUIRE(domain.size() == 2);
    CHECK(*domain[0].get<double>() < *domain[1].get<double>());
    const double dimensions = *entry.find("dimensions")->get<double>();
    const mlp::CheckedExperiment checked = mlp::check_experiment(mlp::parse_json(R"({"data": {"id": ")" + text(entry, "id") + "\"}}"));
    CHECK(checked.issues.empty());
    CHECK(static_cast<double>(checked.experiment.data.columns) == dimensions);
    CHECK(static_cast<double>(checked.experiment.data.samples) == *entry.find("samples")->get<double>());
    CHECK(checked.experiment.data.test_fraction == *entry.find("testFraction")->get<double>());
    // Sets of one input have the features of one input only.
    const bool two = mlp::check_experiment(mlp::parse_json(R"({"data": {"features": ["x1", "x2-squared"], "id": ")" + text(entry, "id") + "\"}}")).issues.empty();
    CHECK(two == (dimensions == 2));
    CHECK(mlp::check_experiment(mlp::parse_json(R"({"data": {"features": ["x1", "x1-squared", "sin-x1", "cos-x1"], "id": ")" + text(entry, "id") + "\"}}")).issues.empty());
  }
}

TEST_CASE("every optimizer's first parameter is its learning rate", "[catalog]") {
  const mlp::Value catalog = mlp::catalog();
  for (const mlp::Value& entry : table(catalog, "optimizers")) CHECK(text(table(entry, "parameters").front(), "name") == "learningRate");
}

TEST_CASE("the catalog's defaults are a document without issues, its limits those of the engine", "[catalog]") {
  const mlp::Value catalog = mlp::catalog();
  CHECK(mlp::check_experiment(*catalog.find("defaults")).issues.empty());
  CHECK(*catalog.find("limits")->find("units")->get<double>() == static_cast<double>(mlp::limits::units));
  CHECK(*catalog.find("limits")->find("samples")->get<double>() == static_cast<double>(mlp::limits::samples));
  CHECK(text(catalog, "version") == mlp::version());
  CHECK(mlp::version().find('.') != std::string_view::npos);
}

TEST_CASE("the catalog is plain data: it survives being written as JSON", "[catalog]") {
  const std::string json = mlp::to_json(mlp::catalog());
  CHECK(mlp::to_json(mlp::parse_json(json)) == json);
}
