/**
 * What the two Python exporters share: lists of numbers, and parameters in base64 where there are too many to read.
 */
import { columnsIn, featureFormula, isPacked, listText, matrixText, offsetsOf, packedText } from './text.js';

/** @import { Model } from './model.js' */
/** @import { Formulas } from './text.js' */

export const BRACKETS = /** @type {const} */ (['[', ']']);

/**
 * Numbers that Python's literals write in the same way.
 * @param {Model} model
 * @param {(rows: string, shape: readonly number[]) => string} matrix wraps a matrix [units x sources]
 * @param {(values: string) => string} vector wraps a list
 * @param {string} indent
 * @returns each layer's weights and biases as expressions
 */
export function layerExpressions(model, matrix, vector, indent) {
  const offsets = offsetsOf(model);
  return model.layers.map(({ units, sources, weights, biases }, index) => {
    const at = offsets[index];
    if (isPacked(model)) {
      return {
        weights: `parameters[${at.weights}:${at.biases}].reshape(${units}, ${sources})`,
        biases: `parameters[${at.biases}:${at.biases + units}]`,
      };
    }
    return {
      weights: matrix(matrixText(weights, sources, indent, BRACKETS), [units, sources]),
      biases: vector(listText(biases, indent, BRACKETS)),
    };
  });
}

/**
 * All parameters as bytes; empty where they are written out.
 * @param {Model} model
 * @param {(bytes: string) => string} floats the expression that reads bytes as little-endian floats
 */
export function packedParameters(model, floats) {
  return isPacked(model) ? `parameters = ${floats(`base64.b64decode("""\n${packedText(model)}""")`)}\n` : '';
}

/**
 * The lines that compute the features of a batch `x`; none where the network sees the columns.
 * @param {Model} model
 * @param {Formulas} table
 * @param {string} language
 * @param {(features: string) => string} stack makes a batch of a list of columns
 */
export function featureLines({ features }, table, language, stack) {
  if (!features) return [];
  const formulas = features.map((id) => featureFormula(table, id, language));
  return [...columnsIn(formulas).map((column) => `x${column} = x[:, ${column - 1}]`), `x = ${stack(`[${formulas.join(', ')}]`)}`];
}

/**
 * A row to try the network on.
 * @param {Model} model
 */
export function exampleRow({ columns }) {
  return columns <= 8
    ? `[[${Array.from({ length: columns }, (_, i) => (i % 2 === 0 ? 0.5 : -1).toFixed(1)).join(', ')}]]`
    : `[[0.0] * ${columns}]`;
}
