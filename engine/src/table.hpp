// Turns a list of operation structs (a std::tuple type) into arrays, one element per struct, in the list's order.
#pragma once

#include <array>
#include <tuple>
#include <utility>

#include "mlp/operation.hpp"

namespace mlp::detail {

template <class List>
struct Table;

template <class... Ops>
struct Table<std::tuple<Ops...>> {
  static constexpr std::size_t size = sizeof...(Ops);
  static constexpr std::array<const OperationInfo*, size> infos{&Ops::info...};

  /// { make.template operator()<Op>() … }
  template <class Make>
  static constexpr auto map(Make make) {
    return std::array{make.template operator()<Ops>()...};
  }
};

}  // namespace mlp::detail
