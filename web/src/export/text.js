/**
 * What all code exporters share: numbers as text, long lists in lines, and formulas put together from the tables of a language.
 *
 * A language has one table of activations and one of features, keyed by the catalog's identifiers. A formula is an expression of that
 * language over `x` and the activation's parameters by name, or over the inputs `x1`, `x2`.
 */
import { EngineError } from '../engine/errors.js';
import { shapeOf } from './model.js';
import { toBase64 } from '../state/base64.js';

/** @import { Model, ModelActivation, ModelLayer } from './model.js' */

/** @typedef {Readonly<Record<string, string>>} Formulas */

/** From this many parameters on, numbers are packed in base64 where a language can read that: nobody reads so many. */
const PACKED_FROM = 2000;
const LINE = 100;

/** @param {Model} model */
export function isPacked(model) {
  return model.size >= PACKED_FROM;
}

/**
 * The shortest decimal that is read back as exactly this float.
 * @param {number} value
 */
export function floatText(value) {
  for (let digits = 6; digits < 9; ++digits) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * A list of numbers between brackets, in lines that are not too long.
 * @param {ArrayLike<number>} values
 * @param {string} indent of the line on which the list begins
 * @param {readonly [string, string]} brackets
 * @param {(value: number) => string} [format]
 */
export function listText(values, indent, [open, close], format = floatText) {
  const words = Array.from(values, format);
  const line = `${open}${words.join(', ')}${close}`;
  if (indent.length + line.length <= LINE) return line;
  const lines = [''];
  for (const word of words) {
    const last = lines.length - 1;
    if (lines[last] !== '' && indent.length + 2 + lines[last].length + word.length + 2 > LINE) lines.push(`${word},`);
    else lines[last] += `${lines[last] === '' ? '' : ' '}${word},`;
  }
  return `${open}\n${lines.map((each) => `${indent}  ${each}\n`).join('')}${indent}${close}`;
}

/**
 * A matrix as a list of rows.
 * @param {Float32Array} values row by row
 * @param {number} columns
 * @param {string} indent
 * @param {readonly [string, string]} brackets
 * @param {(value: number) => string} [format]
 */
export function matrixText(values, columns, indent, brackets, format = floatText) {
  const inner = `${indent}  `;
  const rows = Array.from({ length: values.length / columns }, (_, row) => {
    return `${inner}${listText(values.subarray(row * columns, (row + 1) * columns), inner, brackets, format)},\n`;
  });
  return `${brackets[0]}\n${rows.join('')}${indent}${brackets[1]}`;
}

/**
 * All parameters as lines of base64: little-endian floats in the engine's order.
 * @param {Model} model
 */
export function packedText({ tensors, size }) {
  const view = new DataView(new ArrayBuffer(size * 4));
  let offset = 0;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return toBase64(new Uint8Array(view.buffer)).replace(/.{1,100}/g, '$&\n');
}

/**
 * Where each layer's numbers begin among all parameters.
 * @param {Model} model
 */
export function offsetsOf({ layers }) {
  let offset = 0;
  return layers.map(({ units, sources, activation }) => {
    const weights = offset;
    const biases = weights + units * sources;
    const learned = biases + units;
    offset = learned + activation.learned.size;
    return { weights, biases, learned };
  });
}

/**
 * @template T
 * @param {Readonly<Record<string, T>>} table
 * @param {string} id
 * @param {string} language
 * @returns {T}
 */
export function formulaOf(table, id, language) {
  if (!Object.hasOwn(table, id)) throw new EngineError('unsupported', `${id}: has no formula in ${language} yet`, { path: id });
  return table[id];
}

/**
 * The formula of a feature; beyond the table, `x7` is the seventh column.
 * @param {Formulas} table
 * @param {string} id
 * @param {string} language
 */
export function featureFormula(table, id, language) {
  return /^x\d+$/.test(id) ? id : formulaOf(table, id, language);
}

/**
 * The columns that formulas ask for, by number from 1.
 * @param {readonly string[]} formulas
 */
export function columnsIn(formulas) {
  const found = new Set(formulas.flatMap((formula) => [...formula.matchAll(/\bx(\d+)\b/g)].map(([, column]) => Number(column))));
  return [...found].sort((a, b) => a - b);
}

/**
 * Every activation that the layers use but the identity, once.
 * @param {readonly ModelLayer[]} layers
 * @returns {ModelActivation[]}
 */
export function activationsIn(layers) {
  const found = new Map(layers.map(({ activation }) => [activation.id, activation]));
  found.delete('identity');
  return [...found.values()];
}

/**
 * The constants of a scaling as text: a number where one stands for all inputs, else a list.
 * @param {Float32Array} values
 * @param {string} indent
 * @param {readonly [string, string]} brackets
 */
export function constantsText(values, indent, brackets) {
  return values.length === 1 ? floatText(values[0]) : listText(values, indent, brackets);
}

/** @param {string} id */
export function snakeCase(id) {
  return id.replaceAll('-', '_');
}

/** @param {string} id */
export function camelCase(id) {
  return id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/**
 * What the first lines of an exported file say.
 * @param {Model} model
 */
export function headline(model) {
  const outcome = { raw: 'scores as the last layer gives them', sigmoid: 'probabilities (sigmoid)', softmax: 'probabilities (softmax)' };
  return [
    `A network trained in MLP Playground on the data "${model.experiment.data.id}": ${shapeOf(model)}, ${model.size} parameters.`,
    `Inputs are in the data's own units; outputs are ${outcome[model.outcome]}.`,
  ];
}
