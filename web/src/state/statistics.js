/**
 * What goes on inside the layers, as numbers over many samples: where their sums fall, which neurons still learn, how large gradients
 * are. Pure.
 */
import { parameterLayout } from './parameter-layout.js';

/** @import { Catalog, FilledExperiment } from '../engine/types.js' */

/** A neuron that no sample teaches any more, and one that next to none does. @typedef {'dead' | 'saturated'} Ailment */

/** A slope below this part of the function's steepest is a flat place. */
export const FLAT = 0.1;
/** From this part of the samples on, a neuron on flat places is saturated. */
const SATURATED = 0.95;

/**
 * @param {ArrayLike<number>} values
 * @param {readonly [number, number]} range values beyond it count in the outermost bins
 * @param {number} bins
 */
export function histogramOf(values, [low, high], bins) {
  const counts = new Uint32Array(bins);
  for (let index = 0; index < values.length; ++index) {
    const bin = Math.floor(((values[index] - low) / (high - low)) * bins);
    if (!Number.isNaN(bin)) counts[Math.min(bins - 1, Math.max(0, bin))] += 1;
  }
  return counts;
}

/**
 * A round, even range around zero that holds all but the outermost hundredth of the values, so that a single one far out does not
 * press the others into one bin.
 * @param {ArrayLike<number>} values
 * @param {(values: ArrayLike<number>) => number} round
 * @returns {[number, number]}
 */
export function evenRange(values, round) {
  const sizes = Float64Array.from(values, Math.abs).filter(Number.isFinite).sort();
  const reach = round([sizes[Math.floor((sizes.length - 1) * 0.99)] ?? 0]);
  return [-reach, reach];
}

/**
 * @param {ArrayLike<number>} slopes f'(z), [rows x units]
 * @param {number} units
 * @param {number} steepest of the function's slopes
 * @returns {{ sensitive: number, units: (Ailment | undefined)[] }} the part of all that lies on steep places; what ails each neuron
 */
export function healthOf(slopes, units, steepest) {
  const rows = slopes.length / units;
  const steep = new Uint32Array(units);
  const moved = new Uint32Array(units);
  for (let index = 0; index < slopes.length; ++index) {
    const size = Math.abs(slopes[index]);
    if (size > 0) moved[index % units] += 1;
    if (size > 0 && size >= FLAT * steepest) steep[index % units] += 1;
  }
  return {
    sensitive: slopes.length === 0 ? 0 : steep.reduce((sum, count) => sum + count, 0) / slopes.length,
    units: Array.from(steep, (count, unit) => (moved[unit] === 0 ? 'dead' : count <= (1 - SATURATED) * rows ? 'saturated' : undefined)),
  };
}

/**
 * The standard deviation of numbers, over all of them.
 * @param {ArrayLike<number>} values
 * @returns {number} NaN where there are none
 */
export function deviationOf(values) {
  let [sum, squares] = [0, 0];
  for (let index = 0; index < values.length; ++index) sum += values[index];
  const mean = sum / values.length;
  for (let index = 0; index < values.length; ++index) squares += (values[index] - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/**
 * The mean size of each layer's weights in a list of all parameters, or of their gradients; biases do not count.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {ArrayLike<number>} parameters
 * @returns {number[]}
 */
export function meanSizes(experiment, catalog, parameters) {
  return parameterLayout(experiment, catalog).layers.map(({ units, sources, offset }) => {
    let sum = 0;
    for (let index = offset; index < offset + units * sources; ++index) sum += Math.abs(parameters[index]);
    return sum / (units * sources);
  });
}

/**
 * @param {ArrayLike<number>} slopes f'(z)
 * @param {number} steepest of the function's slopes
 * @param {number} part a slope below this part of the steepest counts as flat
 * @returns {number} the part of them that is flat; 0 of none
 */
export function flatPart(slopes, steepest, part) {
  let flat = 0;
  for (let index = 0; index < slopes.length; ++index) if (!(Math.abs(slopes[index]) >= part * steepest)) flat += 1;
  return slopes.length === 0 ? 0 : flat / slopes.length;
}

/**
 * How sure a softmax is of what it says, over many rows of scores.
 * @param {ArrayLike<number>} scores [rows x classes], at least two classes
 * @param {number} classes
 * @returns {{ lead: number, sure: number }} how far the best score lies above the second, and the best one's probability, on average
 */
export function softmaxLead(scores, classes) {
  const rows = scores.length / classes;
  let [lead, sure] = [0, 0];
  for (let row = 0; row < rows; ++row) {
    const sorted = Float64Array.from({ length: classes }, (_, unit) => scores[row * classes + unit]).sort();
    const best = sorted[classes - 1];
    lead += best - sorted[classes - 2];
    sure += 1 / sorted.reduce((sum, score) => sum + Math.exp(score - best), 0);
  }
  return { lead: lead / rows, sure: sure / rows };
}
