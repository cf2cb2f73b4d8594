/** The network as one C++17 header without dependencies. */
import {
  activationsIn,
  columnsIn,
  featureFormula,
  floatText,
  formulaOf,
  headline,
  isPacked,
  listText,
  matrixText,
  snakeCase,
} from './text.js';

/** @import { Model, ModelActivation } from './model.js' */
/** @import { Formulas } from './text.js' */

const LANGUAGE = 'C++';
const BRACKETS = /** @type {const} */ (['{', '}']);

/** @type {Formulas} */
export const activations = Object.freeze({
  identity: 'x',
  step: 'x > 0 ? 1.0 : 0.0',
  sigmoid: '1 / (1 + std::exp(-x))',
  'hard-sigmoid': 'std::min(std::max(x + 3, 0.0), 6.0) / 6',
  tanh: 'std::tanh(x)',
  hardtanh: 'std::min(std::max(x, min), max)',
  relu: 'std::max(x, 0.0)',
  'leaky-relu': 'x > 0 ? x : slope * x',
  prelu: 'x > 0 ? x : slope * x',
  elu: 'x > 0 ? x : alpha * std::expm1(x)',
  selu: '1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * std::expm1(x))',
  gelu: 'x / 2 * (1 + std::erf(x / std::sqrt(2.0)))',
  silu: 'x / (1 + std::exp(-x))',
  softplus: 'std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)))',
  softsign: 'x / (1 + std::abs(x))',
  sine: 'std::sin(x)',
});

/** @type {Formulas} */
export const features = Object.freeze({
  x1: 'x1',
  x2: 'x2',
  'x1-squared': 'x1 * x1',
  'x2-squared': 'x2 * x2',
  'x1-x2': 'x1 * x2',
  'sin-x1': 'std::sin(x1)',
  'sin-x2': 'std::sin(x2)',
  'cos-x1': 'std::cos(x1)',
  'cos-x2': 'std::cos(x2)',
});

const LAYER = `// f(W x + b) for one layer.
template <std::size_t Units, std::size_t Sources, class Activation>
std::array<double, Units> layer(const float (&weights)[Units][Sources], const float (&biases)[Units], const std::array<double, Sources>& x,
                                Activation activation) {
  std::array<double, Units> y{};
  for (std::size_t unit = 0; unit < Units; ++unit) {
    double sum = biases[unit];
    for (std::size_t source = 0; source < Sources; ++source) sum += weights[unit][source] * x[source];
    y[unit] = activation(sum);
  }
  return y;
}
`;

const JOIN = `// One list after the other: the output layer also sees the network's inputs.
template <std::size_t M, std::size_t N>
std::array<double, M + N> join(const std::array<double, M>& a, const std::array<double, N>& b) {
  std::array<double, M + N> all{};
  std::copy(a.begin(), a.end(), all.begin());
  std::copy(b.begin(), b.end(), all.begin() + M);
  return all;
}
`;

/**
 * @param {Model} model
 * @returns {string}
 */
export function toCpp(model) {
  const functions = activationsIn(model.layers).map(functionText);
  const parts = [
    ...(functions.length > 0 ? [functions.join('')] : []),
    LAYER,
    ...(model.layers.some(({ skip }) => skip) ? [JOIN] : []),
    numbersText(model),
  ];
  return `${headline(model)
    .map((line) => `// ${line}\n`)
    .join('')}#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace mlp_network {

inline constexpr std::size_t inputs = ${model.columns};
inline constexpr std::size_t outputs = ${model.outputs};

namespace detail {

${parts.join('\n')}
}  // namespace detail

${predictText(model)}
}  // namespace mlp_network
`;
}

/** @param {ModelActivation} activation */
function functionText({ id, parameters }) {
  const names = ['x', ...Object.keys(parameters)].map((name) => `double ${name}`).join(', ');
  return `inline double ${snakeCase(id)}(${names}) { return ${formulaOf(activations, id, LANGUAGE)}; }\n`;
}

/** Nine digits always tell a float; the shortest text is for readers. @param {Model} model */
function literalOf(model) {
  const digits = isPacked(model) ? (/** @type {number} */ value) => String(Number(value.toPrecision(9))) : floatText;
  return (/** @type {number} */ value) => {
    const text = digits(value);
    return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
  };
}

/** @param {Model} model */
function numbersText(model) {
  const literal = literalOf(model);
  const lines = model.layers.flatMap(({ units, sources, weights, biases }, index) => [
    `inline constexpr float weights${index + 1}[${units}][${sources}] = ${matrixText(weights, sources, '', BRACKETS, literal)};\n`,
    `inline constexpr float biases${index + 1}[${units}] = ${listText(biases, '', BRACKETS, literal)};\n`,
  ]);
  for (const [name, values] of Object.entries(model.scaling ?? {})) {
    if (values.length > 1) lines.push(`inline constexpr float ${name}[${values.length}] = ${listText(values, '', BRACKETS, literal)};\n`);
  }
  return lines.join('');
}

/** @param {Model} model */
function predictText(model) {
  const { layers, outcome, scaling } = model;
  const lines = inputLines(model);
  if (scaling) {
    const [factor, term] = /** @type {const} */ (['scale', 'offset']).map((name) =>
      scaling[name].length === 1 ? floatText(scaling[name][0]) : `detail::${name}[i]`,
    );
    lines.push(`for (std::size_t i = 0; i < x.size(); ++i) x[i] = x[i] * ${factor} + ${term};`);
  }
  layers.forEach(({ skip, activation }, index) => {
    const number = index + 1;
    const below = index === 0 ? 'x' : `h${index}`;
    const sources = skip ? `detail::join(${below}, x)` : below;
    const result = index === layers.length - 1 ? 'y' : `h${number}`;
    const call = `detail::layer(detail::weights${number}, detail::biases${number}, ${sources}, [](double a) { return ${activationText(activation)}; })`;
    lines.push(`const auto ${result} = ${call};`);
  });
  lines.push('std::array<float, outputs> answer{};', ...outcomeLines[outcome], 'return answer;');
  return `/// The network's answer to one row of inputs.
inline std::array<float, outputs> predict(const std::array<float, inputs>& input) {
${lines.map((line) => `  ${line}\n`).join('')}}
`;
}

const outcomeLines = Object.freeze({
  raw: ['for (std::size_t i = 0; i < outputs; ++i) answer[i] = static_cast<float>(y[i]);'],
  sigmoid: ['for (std::size_t i = 0; i < outputs; ++i) answer[i] = static_cast<float>(1 / (1 + std::exp(-y[i])));'],
  softmax: [
    'const double largest = *std::max_element(y.begin(), y.end());',
    'double total = 0;',
    'for (const double score : y) total += std::exp(score - largest);',
    'for (std::size_t i = 0; i < outputs; ++i) answer[i] = static_cast<float>(std::exp(y[i] - largest) / total);',
  ],
});

/** @param {Model} model */
function inputLines(model) {
  const fixed = model.scaling ? '' : 'const ';
  if (!model.features) {
    return ['std::array<double, inputs> x{};', 'std::copy(input.begin(), input.end(), x.begin());'];
  }
  const formulas = model.features.map((id) => featureFormula(features, id, LANGUAGE));
  return [
    ...columnsIn(formulas).map((column) => `const double x${column} = input[${column - 1}];`),
    `${fixed}std::array<double, ${formulas.length}> x{${formulas.join(', ')}};`,
  ];
}

/** @param {ModelActivation} activation */
function activationText({ id, parameters }) {
  if (id === 'identity') return 'a';
  const values = Object.values(parameters).map((value) => `, ${floatText(value)}`);
  return `detail::${snakeCase(id)}(a${values.join('')})`;
}
