#include "mlp/value.hpp"

#include <catch2/catch_test_macros.hpp>

#include "mlp/json.hpp"

using mlp::Value;

TEST_CASE("a value holds exactly one kind of content", "[value]") {
  CHECK(Value().is_null());
  CHECK(*Value(true).get<bool>());
  CHECK(*Value(2.5).get<double>() == 2.5);
  CHECK(*Value("text").get<std::string>() == "text");  // not a bool
  CHECK(Value("text").get<bool>() == nullptr);
  CHECK(Value(1.0).get<std::string>() == nullptr);
  CHECK_FALSE(Value(mlp::Object{}).is_null());
}

TEST_CASE("members are found by key and set once", "[value]") {
  Value object;
  object.set("a", 1.0);
  object.set("b", "two");
  object.set("a", 3.0);
  REQUIRE(object.find("a"));
  CHECK(*object.find("a")->get<double>() == 3);
  CHECK(object.get<mlp::Object>()->size() == 2);
  CHECK(object.find("c") == nullptr);
  CHECK(Value(1.0).find("a") == nullptr);
}

TEST_CASE("values are described as a person would call them", "[value]") {
  CHECK(Value().describe() == "null");
  CHECK(Value(false).describe() == "false");
  CHECK(Value(0.5).describe() == "0.5");
  CHECK(Value("relu").describe() == "\"relu\"");
  CHECK(Value(std::string(1000, 'x')).describe() == "a text of 1000 bytes");
  CHECK(Value(mlp::Object{}).describe() == "an object");
  CHECK(Value(mlp::Array{}).describe() == "an array");
  CHECK(Value(mlp::Numbers{1}).describe() == "an array");
  CHECK(Value(mlp::Bytes{1}).describe() == "an array of bytes");
}

TEST_CASE("merge lays objects over objects and replaces all else", "[value]") {
  const auto merged = [](std::string_view base, std::string_view changes) { return mlp::to_json(mlp::merge(mlp::parse_json(base), mlp::parse_json(changes))); };
  CHECK(merged(R"({"a":{"b":1.5,"c":2},"d":3.5})", R"({"a":{"c":4.5,"e":5.5}})") == R"({"a":{"b":1.5,"c":4.5,"e":5.5},"d":3.5})");
  CHECK(merged(R"({"a":{"b":1}})", R"({"a":"text"})") == R"({"a":"text"})");
  CHECK(merged(R"({"a":"text"})", R"({"a":{"b":1.5}})") == R"({"a":{"b":1.5}})");
  CHECK(merged(R"({"a":[1,2,3]})", R"({"a":[4.5]})") == R"({"a":[4.5]})");
  CHECK(merged(R"({"a":1.5})", R"({})") == R"({"a":1.5})");
}

TEST_CASE("merge replaces an operation by another whole, and keeps the parameters of the same one", "[value]") {
  const auto merged = [](std::string_view base, std::string_view changes) { return mlp::to_json(mlp::merge(mlp::parse_json(base), mlp::parse_json(changes))); };
  const char* sgd = R"({"optimizer":{"id":"sgd","momentum":true}})";
  CHECK(merged(sgd, R"({"optimizer":{"id":"adam"}})") == R"({"optimizer":{"id":"adam"}})");
  CHECK(merged(sgd, R"({"optimizer":{"id":"sgd","rate":false}})") == R"({"optimizer":{"id":"sgd","momentum":true,"rate":false}})");
  CHECK(merged(sgd, R"({"optimizer":{"momentum":false}})") == R"({"optimizer":{"id":"sgd","momentum":false}})");
}
