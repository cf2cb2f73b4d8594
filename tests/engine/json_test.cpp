#include "mlp/json.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "support/errors.hpp"

using Catch::Matchers::ContainsSubstring;

TEST_CASE("JSON becomes values of the same kinds, in the same order", "[json]") {
  const mlp::Value value = mlp::parse_json(R"({"z": true, "a": 1.5, "m": "text", "n": null, "list": ["a", 1], "numbers": [1, 2.5, -3], "empty": [], "object": {}})");
  const auto* object = value.get<mlp::Object>();
  REQUIRE(object);
  CHECK((*object)[0].first == "z");
  CHECK((*object)[1].first == "a");
  CHECK(*value.find("z")->get<bool>());
  CHECK(*value.find("a")->get<double>() == 1.5);
  CHECK(*value.find("m")->get<std::string>() == "text");
  CHECK(value.find("n")->is_null());
  CHECK(value.find("list")->get<mlp::Array>()->size() == 2);
  REQUIRE(value.find("numbers")->get<mlp::Numbers>());
  CHECK(*value.find("numbers")->get<mlp::Numbers>() == mlp::Numbers{1, 2.5, -3});
  CHECK(value.find("empty")->get<mlp::Array>()->empty());
  CHECK(value.find("object")->get<mlp::Object>()->empty());
}

TEST_CASE("what was written reads back as the same text", "[json]") {
  for (const char* text : {"null", "true", "0.1", "\"\xE5\x9C\x86\"", "[]", "{}", R"({"b":[1.5,2.5],"a":{"c":["x",false,null]}})", "5e-324", "1.7976931348623157e+308"}) {
    CAPTURE(text);
    CHECK(mlp::to_json(mlp::parse_json(text)) == text);
  }
  CHECK(mlp::to_json(mlp::Value(mlp::Bytes{1, 255})) == "[1.0,255.0]");
}

TEST_CASE("text that is not JSON is an invalid document, with the place of the first mistake", "[json]") {
  for (const char* text : {"", "{", "[1,]", "{'a': 1}", "nul", "1 2", "\"\xFF\"", "NaN"}) {
    CAPTURE(text);
    CHECK_THAT(test::error_of([&] { mlp::parse_json(text); }), ContainsSubstring("invalid-document | expected JSON: "));
  }
  CHECK_THAT(test::error_of([] { mlp::parse_json("{\n  \"a\" 1}"); }), ContainsSubstring("line 2"));
}

TEST_CASE("nesting that no document has is refused, however deep it goes", "[json]") {
  CHECK(test::error_of([] { mlp::parse_json(std::string(20, '[') + std::string(20, ']')); }) == "nothing");
  for (const std::size_t depth : {100u, 200000u}) {
    CAPTURE(depth);
    CHECK_THAT(test::error_of([&] { mlp::parse_json(std::string(depth, '[') + std::string(depth, ']')); }), ContainsSubstring("invalid-document | expected at most 32 levels"));
  }
}
