/** The network in NumPy, in the style of a first course: parameters in a dictionary, a1 = x W1 + b1, z1 = f(a1). */
import { BRACKETS, exampleRow, featureLines, layerExpressions, packedParameters } from './python.js';
import { activationsIn, constantsText, floatText, formulaOf, headline, isPacked, snakeCase } from './text.js';

/** @import { Model, ModelActivation, ModelLayer } from './model.js' */
/** @import { Formulas } from './text.js' */

const LANGUAGE = 'NumPy';

/** @type {Formulas} */
export const activations = Object.freeze({
  identity: 'x',
  step: 'np.where(x > 0, 1.0, 0.0)',
  sigmoid: '1 / (1 + np.exp(-x))',
  'hard-sigmoid': 'np.clip(x + 3, 0, 6) / 6',
  tanh: 'np.tanh(x)',
  hardtanh: 'np.minimum(np.maximum(x, min), max)',
  relu: 'np.maximum(x, 0)',
  'leaky-relu': 'np.where(x > 0, x, slope * x)',
  prelu: 'np.where(x > 0, x, slope * x)',
  elu: 'np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))',
  selu: '1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))',
  gelu: 'x / 2 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))',
  silu: 'x / (1 + np.exp(-x))',
  softplus: 'np.logaddexp(0, x)',
  softsign: 'x / (1 + np.abs(x))',
  sine: 'np.sin(x)',
});

/** @type {Formulas} */
export const features = Object.freeze({
  x1: 'x1',
  x2: 'x2',
  'x1-squared': 'x1 ** 2',
  'x2-squared': 'x2 ** 2',
  'x1-x2': 'x1 * x2',
  'sin-x1': 'np.sin(x1)',
  'sin-x2': 'np.sin(x2)',
  'cos-x1': 'np.cos(x1)',
  'cos-x2': 'np.cos(x2)',
});

const SOFTMAX = `def softmax(x):
    x = x - np.max(x, axis=-1, keepdims=True)  # against overflow
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
`;

/**
 * @param {Model} model
 * @returns {string}
 */
export function toNumPy(model) {
  const used = activationsIn(model.layers);
  /** @type {ModelActivation} */
  const sigmoid = { id: 'sigmoid', parameters: {}, learned: new Set() };
  if (model.outcome === 'sigmoid' && !used.some(({ id }) => id === 'sigmoid')) used.push(sigmoid);
  const functions = used.map(functionText);
  if (model.outcome === 'softmax') functions.push(SOFTMAX);
  const math = functions.some((text) => text.includes('math.'));
  const imports = [...(isPacked(model) ? ['import base64'] : []), ...(math ? ['import math'] : [])];
  const parts = [
    `"""${headline(model).join('\n')}"""\n${imports.map((line) => `${line}\n`).join('')}${imports.length > 0 ? '\n' : ''}import numpy as np\n`,
    ...functions,
    ...(isPacked(model) ? [packedParameters(model, (bytes) => `np.frombuffer(${bytes}, dtype="<f4").astype(float)`)] : []),
    classText(model),
    `if __name__ == "__main__":\n    network = Network()\n    print(network.predict(np.array(${exampleRow(model)})))\n`,
  ];
  return parts.join('\n\n');
}

/** @param {ModelActivation} activation */
function functionText({ id, parameters }) {
  const names = ['x', ...Object.keys(parameters)].join(', ');
  return `def ${snakeCase(id)}(${names}):\n    return ${formulaOf(activations, id, LANGUAGE)}\n`;
}

/** @param {Model} model */
function classText(model) {
  const expressions = layerExpressions(
    model,
    (rows) => `np.array(${rows})`,
    (values) => `np.array(${values})`,
    '        ',
  );
  const parameters = model.layers.flatMap((layer, index) => {
    const number = index + 1;
    const { weights, biases } = expressions[index];
    return [
      `self.params["W${number}"] = ${weights}.T  # ${layer.sources} x ${layer.units}`,
      `self.params["b${number}"] = ${biases}`,
      ...[...layer.activation.learned].map((name) => `self.params["${name}${number}"] = ${floatText(layer.activation.parameters[name])}`),
    ];
  });
  /** @param {readonly string[]} lines */
  const block = (lines) => lines.map((line) => `        ${line}\n`).join('');
  return `class Network:
    def __init__(self):
        self.params = {}
${block(parameters)}
    def predict(self, x):
        """x: ${model.columns} numbers in a row, as many rows as you like."""
${block(predictLines(model))}`;
}

/** @param {Model} model */
function predictLines(model) {
  const { scaling, layers, outcome } = model;
  const lines = featureLines(model, features, LANGUAGE, (list) => `np.stack(${list}, axis=1)`);
  if (scaling) {
    const [scale, offset] = [scaling.scale, scaling.offset].map((values) => {
      const text = constantsText(values, '        ', BRACKETS);
      return values.length === 1 ? text : `np.array(${text})`;
    });
    lines.push(`x = x * ${scale} + ${offset}`);
  }
  layers.forEach(({ skip, activation }, index) => {
    const number = index + 1;
    const below = index === 0 ? 'x' : `z${index}`;
    const sources = skip ? `np.concatenate([${below}, x], axis=1)` : below;
    lines.push(`a${number} = np.dot(${sources}, self.params["W${number}"]) + self.params["b${number}"]`);
    lines.push(`z${number} = ${activationText(activation, number)}`);
  });
  const last = `z${layers.length}`;
  lines.push(`return ${outcome === 'raw' ? last : `${outcome}(${last})`}`);
  return lines;
}

/**
 * @param {ModelLayer['activation']} activation
 * @param {number} number of the layer, from 1
 */
function activationText({ id, parameters, learned }, number) {
  if (id === 'identity') return `a${number}`;
  const values = Object.entries(parameters).map(([name, value]) =>
    learned.has(name) ? `, self.params["${name}${number}"]` : `, ${floatText(value)}`,
  );
  return `${snakeCase(id)}(a${number}${values.join('')})`;
}
