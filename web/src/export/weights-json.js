/** Weights as JSON: every tensor under its name, as nested lists of numbers. */
import { listText, matrixText } from './text.js';

/** @import { Model } from './model.js' */

const BRACKETS = /** @type {const} */ (['[', ']']);

/**
 * @param {Model} model
 * @returns {string}
 */
export function toWeightsJson({ tensors }) {
  const entries = tensors.map(({ name, shape, values }) => {
    const numbers = shape.length === 1 ? listText(values, '  ', BRACKETS) : matrixText(values, shape[1], '  ', BRACKETS);
    return `  ${JSON.stringify(name)}: ${numbers}`;
  });
  // JSON knows no comma before a closing bracket.
  return `{\n${entries.join(',\n')}\n}\n`.replace(/,(?=\s*[\]}])/g, '');
}
