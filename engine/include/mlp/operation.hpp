// What every table of the engine (activations, losses, optimizers, data sets, …) has in common: an entry describes itself once,
// and identifiers, validation, user interface, types and documentation follow from it.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace mlp {

/// A text that nothing but the catalog reads. The WebAssembly modules are built without such texts: the catalog lies beside them.
#if defined(MLP_WITHOUT_PROSE)
struct Prose {
  constexpr Prose(const char*) noexcept {}
  constexpr operator std::string_view() const noexcept { return {}; }
};
#else
using Prose = std::string_view;
#endif

/// A text shown to people, in both languages of the product.
struct Label {
  Prose en;
  Prose zh;
};

/// How a control moves over a range.
enum class Scale { linear, logarithmic, integer, toggle, choice };  // toggle: 0 or 1, written as false or true; choice: written as its id

/// One of a few things that a parameter may name.
struct Choice {
  std::string_view id;  // stable, as those of operations
  Label label;
};

/// One number that an operation can be given, with its range, both ends included; or the position of a choice.
struct Hyperparameter {
  std::string_view name;  // stable: in links and files
  Label label;
  double minimum;
  double maximum;
  double fallback;
  Scale scale = Scale::linear;
  bool learned = false;  // trained with the weights of the layer it belongs to, from the given value on; such parameters come first
  std::span<const Choice> choices = {};
};

/// A parameter that names one of `choices`, the first unless told otherwise.
constexpr Hyperparameter choice(std::string_view name, Label label, std::span<const Choice> choices) {
  return {name, label, 0, static_cast<double>(choices.size() - 1), 0, Scale::choice, false, choices};
}

/// The description of a table's entry.
struct OperationInfo {
  std::string_view id;  // stable: in links and files; lower-case words joined by '-'
  Label label;
  Prose formula;  // TeX
  Prose source;   // where the definition was taken from
  std::span<const Hyperparameter> parameters = {};
  bool ordered = false;  // whether no parameter may be larger than the next
};

inline constexpr std::size_t max_hyperparameters = 5;

/// Values of an operation's hyperparameters, in the order of its description.
using Hyperparameters = std::array<double, max_hyperparameters>;

/// A chosen entry of a table with its hyperparameters.
struct Operation {
  std::size_t index = 0;
  Hyperparameters values{};
  bool operator==(const Operation&) const = default;
};

/// How many of an operation's parameters are learned.
constexpr std::size_t learned_parameters(const OperationInfo& info) noexcept {
  std::size_t count = 0;
  while (count < info.parameters.size() && info.parameters[count].learned) ++count;
  return count;
}

/// The entry with every hyperparameter at its fallback.
inline Operation default_operation(std::span<const OperationInfo* const> table, std::size_t index) {
  Operation operation{index, {}};
  for (std::size_t i = 0; i < table[index]->parameters.size(); ++i) operation.values[i] = table[index]->parameters[i].fallback;
  return operation;
}

/// The position of `id` in a table, or the table's size.
inline std::size_t find_operation(std::span<const OperationInfo* const> table, std::string_view id) noexcept {
  std::size_t i = 0;
  while (i < table.size() && table[i]->id != id) ++i;
  return i;
}

}  // namespace mlp
