// What version 1 wrote is read by every later version to the same end: the documents and snapshots of tests/fixtures/version-1, files that
// never change but for the hashes, which follow the arithmetic. (Its links and saved files are JavaScript's: tests/web/state/golden.test.js.)
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mlp/run.hpp"
#include "support/files.hpp"

namespace {

mlp::Bytes from_base64(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  mlp::Bytes bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) throw std::runtime_error("no base64");
    bits = bits << 6u | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> count));
  }
  return bytes;
}

/// A document as fixtures have it: IDX files of its data in base64, as in saved files.
mlp::Value with_bytes(mlp::Value document) {
  for (auto& [section, content] : *document.get<mlp::Object>()) {
    if (section != "data") continue;
    for (auto& [key, value] : *content.get<mlp::Object>())
      if (const mlp::Value* text = value.find("base64")) value = from_base64(*text->get<std::string>());
  }
  return document;
}

/// Where `actual` lacks or contradicts something of `expected`, or "". It may have more: fields of later versions. An identifier may
/// have become an operation with parameters.
std::string difference(const mlp::Value& actual, const mlp::Value& expected, const std::string& path = "") {
  if (const auto* members = expected.get<mlp::Object>()) {
    for (const auto& [key, value] : *members) {
      const std::string at = path + "/" + key;
      const mlp::Value* found = actual.find(key);
      if (!found) return at + ": missing";
      if (std::string inner = difference(*found, value, at); !inner.empty()) return inner;
    }
    return "";
  }
  const auto* list = expected.get<mlp::Array>();
  const auto* found = actual.get<mlp::Array>();
  if (list && found && list->size() == found->size()) {
    for (std::size_t i = 0; i < list->size(); ++i)
      if (std::string inner = difference((*found)[i], (*list)[i], path + "/" + std::to_string(i)); !inner.empty()) return inner;
    return "";
  }
  const mlp::Value* id = expected.get<std::string>() ? actual.find("id") : nullptr;
  const std::string got = mlp::to_json(id ? *id : actual);
  const std::string wanted = mlp::to_json(expected);
  return got == wanted ? "" : path + ": expected " + wanted + ", got " + got;
}

void follow(mlp::Run& run, const mlp::Value& hashes) {
  for (const auto& [count, hash] : *hashes.get<mlp::Object>()) {
    const std::uint64_t steps = std::stoull(count);
    const mlp::Progress progress = run.train({.steps = steps - run.progress().step});
    CHECK(progress.status == mlp::Status::running);
    CHECK(progress.step == steps);
    CHECK(test::hash(run.parameters()) == *hash.get<std::string>());
  }
}

/// Calls `check` with the content of every file that the index names in `folder`.
template <class Check>
void for_each_file(const std::string& folder, Check check) {
  const mlp::Value index = test::read_json("version-1/index.json");
  for (const mlp::Value& name : *index.find(folder)->get<mlp::Array>()) {
    const std::string file = "version-1/" + folder + "/" + *name.get<std::string>() + ".json";
    CAPTURE(file);
    check(test::read_json(file));
  }
}

}  // namespace

TEST_CASE("documents of version 1 mean what they meant", "[golden]") {
  for_each_file("documents", [](const mlp::Value& golden) {
    const mlp::Value document = with_bytes(*golden.find("document"));
    const mlp::CheckedExperiment checked = mlp::check_experiment(document);
    for (const mlp::Issue& issue : checked.issues) FAIL_CHECK(issue.path << ": " << issue.message);
    CHECK(difference(mlp::to_value(checked.experiment), *golden.find("filled")) == "");
    const mlp::Value* hashes = golden.find("hashes");
    if (!hashes || !checked.issues.empty()) return;  // a recipe without its data
    mlp::Run run(document);
    follow(run, *hashes);
  });
}

TEST_CASE("training resumes from snapshots of version 1 with the same bits", "[golden]") {
  for_each_file("snapshots", [](const mlp::Value& golden) {
    mlp::Run run(*golden.find("document"));
    run.restore(from_base64(*golden.find("snapshot")->get<std::string>()));
    CHECK(static_cast<double>(run.progress().step) == *golden.find("step")->get<double>());
    follow(run, *golden.find("hashes"));
  });
}

TEST_CASE("a document that lost or changed something of version 1 is told by the place", "[golden]") {
  const auto told = [](std::string_view actual, std::string_view expected) { return difference(mlp::parse_json(actual), mlp::parse_json(expected)); };
  CHECK(told(R"({"a": [{"b": 1, "c": 2}], "d": {"id": "relu", "e": 3}})", R"({"a": [{"b": 1}], "d": "relu"})") == "");
  CHECK(told(R"({"a": [{"b": true}]})", R"({"a": [{"b": false}]})") == "/a/0/b: expected false, got true");
  CHECK(told(R"({"a": {}})", R"({"a": {"b": 1}})") == "/a/b: missing");
  CHECK(told(R"({"a": ["x"]})", R"({"a": []})") != "");
  CHECK(told(R"({"a": {"id": "tanh"}})", R"({"a": "relu"})") == "/a: expected \"relu\", got \"tanh\"");
}
