#include "mlp/message.hpp"

#include <cmath>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <cstdlib>
#include <limits>

using mlp::Message;

TEST_CASE("numbers are written shortly and read back as the same double", "[message]") {
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

TEST_CASE("texts and numbers take the places in a message, one after the other", "[message]") {
  const std::string name = "units";
  CHECK(Message("{}: expected {} to {}, got {}", {name, 1u, std::uint64_t{1} << 40u, -0.5f}).text() == "units: expected 1 to 1099511627776, got -0.5");
  CHECK(Message("{}{}", {std::string_view(), "x"}).text() == "x");
  CHECK(Message("as it is").text() == "as it is");
}

TEST_CASE("a brace in what somebody wrote is no place for anything", "[message]") {
  CHECK(Message(std::string("a{}b")).text() == "a{}b");
  CHECK(Message("{} and {}", {"{}", 2}).text() == "{} and 2");
}
