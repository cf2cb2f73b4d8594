/** The network as a JavaScript module without dependencies, for browsers and Node.js. */
import {
  activationsIn,
  camelCase,
  columnsIn,
  featureFormula,
  floatText,
  formulaOf,
  headline,
  isPacked,
  listText,
  matrixText,
  offsetsOf,
  packedText,
} from './text.js';

/** @import { Model, ModelActivation, Scaling } from './model.js' */
/** @import { Formulas } from './text.js' */

const LANGUAGE = 'JavaScript';
const BRACKETS = /** @type {const} */ (['[', ']']);

/** @type {Formulas} */
export const activations = Object.freeze({
  identity: 'x',
  step: 'x > 0 ? 1 : 0',
  sigmoid: '1 / (1 + Math.exp(-x))',
  'hard-sigmoid': 'Math.min(Math.max(x + 3, 0), 6) / 6',
  tanh: 'Math.tanh(x)',
  hardtanh: 'Math.min(Math.max(x, min), max)',
  relu: 'Math.max(x, 0)',
  'leaky-relu': 'x > 0 ? x : slope * x',
  prelu: 'x > 0 ? x : slope * x',
  elu: 'x > 0 ? x : alpha * Math.expm1(x)',
  selu: '1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))',
  gelu: '(x / 2) * (1 + erf(x / Math.SQRT2))',
  silu: 'x / (1 + Math.exp(-x))',
  softplus: 'Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))',
  softsign: 'x / (1 + Math.abs(x))',
  sine: 'Math.sin(x)',
});

/** @type {Formulas} */
export const features = Object.freeze({
  x1: 'x1',
  x2: 'x2',
  'x1-squared': 'x1 * x1',
  'x2-squared': 'x2 * x2',
  'x1-x2': 'x1 * x2',
  'sin-x1': 'Math.sin(x1)',
  'sin-x2': 'Math.sin(x2)',
  'cos-x1': 'Math.cos(x1)',
  'cos-x2': 'Math.cos(x2)',
});

/** All terms of this series have the same sign, so nothing is lost to cancellation. */
const ERF = `// The error function, by a series whose terms all have the sign of x.
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); ++n) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
`;

const SOFTMAX = `function softmax(scores) {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power);
  return powers.map((power) => power / total);
}
`;

const UNPACK = `const parameters = new Float32Array(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)).buffer);

// Rows of weights, cut out of all parameters.
function rows(begin, units, sources) {
  return Array.from({ length: units }, (_, unit) => parameters.subarray(begin + unit * sources, begin + (unit + 1) * sources));
}
`;

/**
 * @param {Model} model
 * @returns {string}
 */
export function toJavaScript(model) {
  const used = activationsIn(model.layers);
  const functions = used.map((activation) => functionText(activation));
  if (model.outcome === 'sigmoid' && !used.some(({ id }) => id === 'sigmoid')) functions.unshift(sigmoid());
  const parts = [
    `${headline(model)
      .map((line) => `// ${line}\n`)
      .join('')}`,
    ...(functions.some((text) => text.includes('erf(')) ? [ERF] : []),
    ...(functions.length > 0 ? [functions.join('')] : []),
    ...(model.outcome === 'softmax' ? [SOFTMAX] : []),
    ...(isPacked(model) ? [`const packed = \`\n${packedText(model)}\`;\n${UNPACK}`] : []),
    layersText(model),
    predictText(model),
  ];
  return parts.join('\n');
}

const sigmoid = () => functionText({ id: 'sigmoid', parameters: {}, learned: new Set() });

/** @param {ModelActivation} activation */
function functionText({ id, parameters }) {
  const names = ['x', ...Object.keys(parameters)].join(', ');
  return `const ${camelCase(id)} = (${names}) => ${formulaOf(activations, id, LANGUAGE)};\n`;
}

/** @param {Model} model */
function layersText(model) {
  const offsets = offsetsOf(model);
  const layers = model.layers.map((layer, index) => {
    const { units, sources, weights, biases, activation } = layer;
    const at = offsets[index];
    const [rows, column] = isPacked(model)
      ? [`rows(${at.weights}, ${units}, ${sources})`, `parameters.subarray(${at.biases}, ${at.biases + units})`]
      : [matrixText(weights, sources, '    ', BRACKETS), listText(biases, '    ', BRACKETS)];
    return `  {\n    weights: ${rows},\n    biases: ${column},\n    activation: ${activationText(activation)},\n  },\n`;
  });
  return `// Weights are rows, one for each unit.\nconst layers = [\n${layers.join('')}];\n`;
}

/** @param {ModelActivation} activation */
function activationText({ id, parameters }) {
  if (id === 'identity') return '(x) => x';
  const values = Object.values(parameters).map((value) => `, ${floatText(value)}`);
  return values.length === 0 ? camelCase(id) : `(x) => ${camelCase(id)}(x${values.join('')})`;
}

/** @param {Model} model */
function inputLines(model) {
  const { scaling } = model;
  const lines = [];
  if (model.features) {
    const formulas = model.features.map((id) => featureFormula(features, id, LANGUAGE));
    for (const column of columnsIn(formulas)) lines.push(`const x${column} = x[${column - 1}];`);
    lines.push(`const inputs = [${formulas.join(', ')}]${scaling ? scaledBy(scaling) : ''};`);
  } else lines.push(`const inputs = Array.from(x)${scaling ? scaledBy(scaling) : ''};`);
  return lines;
}

/** @param {Scaling} scaling */
function scaledBy({ scale, offset }) {
  const factor = scale.length === 1 ? floatText(scale[0]) : 'scales[input]';
  const term = offset.length === 1 ? floatText(offset[0]) : 'offsets[input]';
  const both = scale.length === 1 && offset.length === 1;
  return `.map((${both ? 'value' : 'value, input'}) => value * ${factor} + ${term})`;
}

/** @param {Scaling | null} scaling */
function scalingText(scaling) {
  const lists = scaling
    ? /** @type {const} */ ([
        ['scales', scaling.scale],
        ['offsets', scaling.offset],
      ]).filter(([, values]) => values.length > 1)
    : [];
  return lists.map(([name, values]) => `const ${name} = ${listText(values, '', BRACKETS)};\n`).join('');
}

/** @param {Model} model */
function predictText(model) {
  const { columns, layers, outcome, scaling } = model;
  const skips = layers.some(({ skip }) => skip);
  const below = skips ? 'below' : 'values';
  const lines = [
    ...inputLines(model),
    'let values = inputs;',
    'for (const { weights, biases, activation } of layers) {',
    ...(skips
      ? [
          '  // The output layer also sees the inputs.',
          '  const below = weights[0].length > values.length ? [...values, ...inputs] : values;',
        ]
      : []),
    '  values = weights.map((row, unit) => {',
    `    const sum = row.reduce((total, weight, source) => total + weight * ${below}[source], biases[unit]);`,
    '    return activation(sum);',
    '  });',
    '}',
    { raw: 'return values;', sigmoid: 'return values.map((score) => sigmoid(score));', softmax: 'return softmax(values);' }[outcome],
  ];
  return `${scalingText(scaling)}/**
 * The network's answer to one row of inputs.
 * @param {ArrayLike<number>} x ${columns} ${columns === 1 ? 'number' : 'numbers'}
 * @returns {number[]} ${model.outputs} ${model.outputs === 1 ? 'number' : 'numbers'}
 */
export function predict(x) {
${lines.map((line) => `  ${line}\n`).join('')}}
`;
}
