#include "mlp/value.hpp"

#include <cmath>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <limits>

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

TEST_CASE("numbers are written shortly and read back as the same double", "[value]") {
  CHECK(mlp::to_text(0) == "0");
  CHECK(mlp::to_text(-12) == "-12");
  CHECK(mlp::to_text(60000) == "60000");
  CHECK(mlp::to_text(4294967295.0) == "4294967295");
  CHECK(mlp::to_text(0.03) == "0.03");
  CHECK(mlp::to_text(1e-7) == "1e-7");
  CHECK(mlp::to_text(-0.5) == "-0.5");
  CHECK(mlp::to_text(123.456) == "123.456");
  CHECK(mlp::to_text(0.0000625) == "0.0000625");
  CHECK(mlp::to_text(1.5e300) == "1.5e300");
  CHECK(mlp::to_text(std::numeric_limits<double>::quiet_NaN()) == "NaN");
  CHECK(mlp::to_text(-std::numeric_limits<double>::infinity()) == "-Infinity");
  for (const double x : {1.0 / 3, 0.1 + 0.2, 1e300, -9.99999999951, 123456789.125, -1e15 + 0.5, 1e-300}) {
    const double read = std::strtod(mlp::to_text(x).c_str(), nullptr);
    CHECK(std::fabs(read - x) <= 1e-8 * std::fabs(x));
  }
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
