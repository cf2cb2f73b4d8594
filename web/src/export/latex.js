/**
 * The network as mathematics, in LaTeX: layer by layer the matrices with their numbers, and the functions written out. A layer with more
 * numbers than fit on a page is told by its shapes.
 */
import { featureFormula, formulaOf, headline } from './text.js';

/** @import { Model, ModelLayer } from './model.js' */
/** @import { Formulas } from './text.js' */

const LANGUAGE = 'LaTeX';
/** Rows or columns of a matrix that fit on a page. */
const MOST = 10;
const DIGITS = 4;

/** Of `z`, with the activation's own numbers in the places of their names. @type {Formulas} */
export const activations = Object.freeze({
  identity: 'z',
  step: cases('1', '0'),
  sigmoid: '\\frac{1}{1 + e^{-z}}',
  'hard-sigmoid': '\\frac{\\min(\\max(z + 3, 0), 6)}{6}',
  tanh: '\\tanh z',
  hardtanh: '\\min(\\max(z, <min>), <max>)',
  relu: '\\max(z, 0)',
  'leaky-relu': cases('z', '<slope> \\, z'),
  prelu: cases('z', '<slope> \\, z'),
  elu: cases('z', '<alpha> \\, (e^z - 1)'),
  selu: `1.0507 ${cases('z', '1.6733 \\, (e^z - 1)')}`,
  gelu: '\\frac{z}{2} \\left(1 + \\operatorname{erf} \\frac{z}{\\sqrt{2}}\\right)',
  silu: '\\frac{z}{1 + e^{-z}}',
  softplus: '\\ln(1 + e^z)',
  softsign: '\\frac{z}{1 + |z|}',
  sine: '\\sin z',
});

/** @type {Formulas} */
export const features = Object.freeze({
  x1: 'x_1',
  x2: 'x_2',
  'x1-squared': 'x_1^2',
  'x2-squared': 'x_2^2',
  'x1-x2': 'x_1 x_2',
  'sin-x1': '\\sin x_1',
  'sin-x2': '\\sin x_2',
  'cos-x1': '\\cos x_1',
  'cos-x2': '\\cos x_2',
});

/**
 * A line of the formula, its sides parted by `&`; those of a layer tell which.
 * @typedef {{ tex: string, layer?: number }} Line
 */

/**
 * @param {Model} model
 * @returns {string} lines for a document that uses amsmath and amssymb
 * @throws {EngineError} where an activation or a feature has no formula here
 */
export function toLatex(model) {
  const lines = latexLines(model).map(({ tex }) => `  ${tex}`);
  const comments = [...headline(model), 'For a document with \\usepackage{amsmath, amssymb}.'];
  return `${comments.map((line) => `% ${line}\n`).join('')}\\begin{align*}\n${lines.join(' \\\\\n')}\n\\end{align*}\n`;
}

/**
 * @param {Model} model
 * @param {{ numbers?: boolean }} [options] `numbers`: matrices with their numbers as far as they fit, else all by their shapes
 * @returns {Line[]}
 * @throws {EngineError} where an activation or a feature has no formula here
 */
export function latexLines(model, { numbers = true } = {}) {
  return [
    ...[inputLine(model), ...scalingLines(model)].map((tex) => ({ tex })),
    ...model.layers.flatMap((layer, index) => layerLines(model, layer, index, numbers).map((tex) => ({ tex, layer: index }))),
  ];
}

/**
 * One formula where the sum is positive, another where it is not.
 * @param {string} above
 * @param {string} below
 */
function cases(above, below) {
  return `\\begin{cases} ${above} & z > 0 \\\\ ${below} & z \\le 0 \\end{cases}`;
}

/** @param {string} name @param {number} [index] */
const bold = (name, index) => `\\mathbf{${name}}${index === undefined ? '' : `_{${index}}`}`;

/**
 * Rounded for reading.
 * @param {number} value
 */
function numberText(value) {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(Number(value.toPrecision(DIGITS)));
  const [mantissa, exponent] = value.toExponential(DIGITS - 1).split('e');
  return `${Number(mantissa)} \\cdot 10^{${Number(exponent)}}`;
}

/**
 * Rows between brackets; an array has no limit of columns, as the matrices of amsmath have.
 * @param {readonly (readonly string[])[]} rows
 */
function matrix(rows) {
  const columns = 'r'.repeat(rows[0].length);
  return `\\left(\\begin{array}{${columns}} ${rows.map((row) => row.join(' & ')).join(' \\\\ ')} \\end{array}\\right)`;
}

/** A column of words. @param {readonly string[]} words */
const column = (words) => matrix(words.map((word) => [word]));

/** @param {Model} model */
function inputLine({ features: ids, columns }) {
  const words = (ids ?? Array.from({ length: columns }, (_, index) => `x${index + 1}`)).map((id) =>
    Object.hasOwn(features, id) ? features[id] : featureFormula(features, id, LANGUAGE).replace(/^x(\d+)$/, 'x_{$1}'),
  );
  return words.length > MOST
    ? `${bold('x')} &= \\left(${words[0]}, \\dots, ${words[words.length - 1]}\\right)^\\top \\in \\mathbb{R}^{${words.length}}`
    : `${bold('x')} &= ${column(words)}`;
}

/** What is done to the inputs first. @param {Model} model */
function scalingLines({ scaling }) {
  if (!scaling) return [];
  const { scale, offset } = scaling;
  /** @param {Float32Array} values @param {string} name */
  const vector = (values, name) => (values.length > MOST ? bold(name) : column(Array.from(values, numberText)));
  const product = scale.length === 1 ? `${numberText(scale[0])} \\, ${bold('x')}` : `${vector(scale, 's')} \\odot ${bold('x')}`;
  const added = offset.length === 1 ? `${factorText(offset[0])} \\cdot ${bold('1')}` : vector(offset, 'o');
  const shapes = scale.length > MOST ? `, \\quad ${bold('s')}, ${bold('o')} \\in \\mathbb{R}^{${scale.length}}` : '';
  return [`${bold('a', 0)} &= ${product} + ${added}${shapes}`];
}

/**
 * A layer: its numbers, or their shapes, and its function.
 * @param {Model} model
 * @param {ModelLayer} layer
 * @param {number} index
 * @param {boolean} numbers
 */
function layerLines({ layers, scaling, outcome }, { units, sources, skip, weights, biases, activation }, index, numbers) {
  const number = index + 1;
  const last = number === layers.length;
  const first = scaling ? bold('a', 0) : bold('x');
  const below = index === 0 ? first : bold('a', index);
  const incoming = skip ? column([below, first]) : below;
  const large = !numbers || units > MOST || sources > MOST;
  const written = large
    ? [bold('W', number), bold('b', number)]
    : [
        matrix(Array.from({ length: units }, (_, unit) => Array.from(weights.subarray(unit * sources, (unit + 1) * sources), numberText))),
        column(Array.from(biases, numberText)),
      ];
  const sum = `${written[0]} ${incoming} + ${written[1]}`;
  const formula = functionText(activation);
  const plain = activation.id === 'identity';
  const lines = [`${bold('a', number)} &= ${plain ? sum : `f_{${number}}\\!\\left(${sum}\\right)`}`];
  if (!plain) lines.push(`f_{${number}}(z) &= ${formula}`);
  if (large) lines.push(`${written[0]} &\\in \\mathbb{R}^{${units} \\times ${sources}}, \\quad ${written[1]} \\in \\mathbb{R}^{${units}}`);
  if (!last) return lines;
  const answer = {
    raw: bold('a', number),
    sigmoid: `\\sigma(${bold('a', number)})`,
    softmax: `\\operatorname{softmax}(${bold('a', number)})`,
  };
  const meaning = {
    raw: '',
    sigmoid: ', \\quad \\sigma(z) = \\frac{1}{1 + e^{-z}}',
    softmax: ', \\quad \\operatorname{softmax}(\\mathbf{z})_k = \\frac{e^{z_k}}{\\sum_j e^{z_j}}',
  };
  return [...lines, `${bold('y')} &= ${answer[outcome]}${meaning[outcome]}`];
}

/** @param {ModelLayer['activation']} activation */
function functionText({ id, parameters }) {
  return formulaOf(activations, id, LANGUAGE).replace(/<(\w+)>/g, (_, name) => factorText(parameters[name]));
}

/** In brackets where a minus would follow another sign. @param {number} value */
function factorText(value) {
  return value < 0 ? `(${numberText(value)})` : numberText(value);
}
