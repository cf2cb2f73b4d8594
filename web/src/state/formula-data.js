/** Own points sampled from a formula, and the four of a truth table. Pure. */
import { FEWEST_CLASSES, MOST_CLASSES, PLANE, createRandom, onGrid, ownPoints } from './own-points.js';

/** @import { Expression } from './expression.js' */
/** @import { OwnPoints } from './own-points.js' */

/** @typedef {{ x1: number, x2: number, value: number }} Example */

/**
 * Points spread evenly over the plane by a seed, with what the formula says of each. Where it says no finite number the point is left
 * out; a class has to be one.
 * @param {Expression} expression
 * @param {{ samples: number, seed: number, kind: 'classes' | 'values' }} options
 * @returns {{ points: OwnPoints, left: number } | { wrong: Example }} `left`: points left out; `wrong`: the first that is of no class
 */
export function sampleFormula(expression, { samples, seed, kind }) {
  const random = createRandom(seed);
  const inputs = [];
  const values = [];
  let classes = FEWEST_CLASSES;
  for (let sample = 0; sample < samples; ++sample) {
    const x1 = onGrid((2 * random() - 1) * PLANE);
    const x2 = onGrid((2 * random() - 1) * PLANE);
    const value = Math.fround(expression.evaluate(x1, x2));
    if (!Number.isFinite(value)) continue;
    if (kind === 'classes') {
      if (!Number.isInteger(value) || value < 0 || value >= MOST_CLASSES) return { wrong: { x1, x2, value } };
      classes = Math.max(classes, value + 1);
    }
    inputs.push(x1, x2);
    values.push(value);
  }
  return { points: ownPoints(kind === 'classes' ? classes : 0, inputs, values), left: samples - values.length };
}

/** The functions of two truths that have a name: their answers for 00, 01, 10, 11. */
export const gates = Object.freeze(/** @type {const} */ ({ and: [0, 0, 0, 1], or: [0, 1, 1, 1], xor: [0, 1, 1, 0], nand: [1, 1, 1, 0] }));

/**
 * @param {readonly number[]} answers 0 or 1 for 00, 01, 10, 11
 * @param {{ low: number, high: number }} at where 0 and 1 lie on the axes
 * @returns {OwnPoints}
 */
export function truthTable(answers, { low, high }) {
  return ownPoints(2, [low, low, low, high, high, low, high, high], answers);
}
