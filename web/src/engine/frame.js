/**
 * One frame: everything a page wants to draw of a run at one moment, written into the arrays of an earlier frame where they fit.
 */
import { requireNumbers, requireObject, requireSplit, requireSurface, wrongArgument } from './arguments.js';

/**
 * @import { Frame, FrameRequest, Grid } from './commands.js'
 * @import { Run } from './engine.js'
 * @import { Evaluation, Progress, Split } from './types.js'
 */

/**
 * What the worker knows of the run beside the request.
 * @typedef {object} FrameContext
 * @property {Progress} progress
 * @property {readonly number[]} units of each layer
 * @property {number | undefined} parameters how many the run has, once that was seen
 * @property {(split: Split) => Evaluation | null} evaluate null for a split without rows
 */

const keys = ['parameters', 'surface', 'neurons', 'sums', 'evaluate', 'outcomes', 'activations', 'predict', 'buffers'];

/**
 * @param {Float32Array | undefined} lent
 * @param {number | undefined} length
 * @returns {Float32Array | undefined}
 */
function fitting(lent, length) {
  return lent?.length === length ? lent : undefined;
}

/**
 * @param {unknown} request
 * @returns {FrameRequest}
 */
export function requireFrameRequest(request) {
  const checked = requireObject(request, 'request', keys);
  if (checked.surface !== undefined) requireSurface(checked.surface, 'request.surface');
  for (const key of ['evaluate', 'outcomes']) {
    const splits = checked[key];
    if (splits === undefined) continue;
    if (!Array.isArray(splits)) throw wrongArgument(`request.${key}`, 'a list of splits', splits);
    splits.forEach((split, i) => requireSplit(split, `request.${key}[${i}]`));
  }
  for (const key of ['neurons', 'sums']) if (checked[key] !== undefined) requireSurface(checked[key], `request.${key}`);
  if (checked.activations !== undefined) {
    const activations = requireObject(checked.activations, 'request.activations', ['inputs', 'layers']);
    requireNumbers(activations.inputs, 'request.activations.inputs');
    if (!Array.isArray(activations.layers)) throw wrongArgument('request.activations.layers', 'a list of layers', activations.layers);
  }
  return /** @type {FrameRequest} */ (checked);
}

/**
 * What is one array for all units, as an array for each layer.
 * @param {readonly number[]} units of each layer
 * @param {Grid} grid
 * @param {readonly Float32Array[] | undefined} lent
 * @param {(out: Float32Array | undefined) => Float32Array} read
 */
function byLayer(units, { columns, rows }, lent, read) {
  const cells = columns * rows;
  const total = units.reduce((sum, count) => sum + count, 0) * cells;
  const first = lent?.[0];
  const all = read(fitting(first && new Float32Array(first.buffer), total));
  let start = 0;
  return units.map((count) => {
    const layer = all.subarray(start, start + count * cells);
    start += count * cells;
    return layer;
  });
}

/**
 * @param {Run} run
 * @param {FrameRequest} request
 * @param {FrameContext} context
 * @returns {Frame}
 */
export function buildFrame(run, request, context) {
  const lent = request.buffers;
  /** @type {Frame} */
  const frame = { progress: context.progress };
  if (request.parameters) frame.parameters = run.parameters(fitting(lent?.parameters, context.parameters));
  if (request.surface) {
    const { columns, rows, unit } = request.surface;
    const values = unit === undefined ? context.units[context.units.length - 1] : 1;
    frame.surface = run.surface(request.surface, fitting(lent?.surface, columns * rows * values));
  }
  if (request.neurons) {
    const { neurons: grid } = request;
    frame.neurons = byLayer(context.units, grid, lent?.neurons, (out) => run.maps(grid, out));
  }
  if (request.sums) {
    const { sums: grid } = request;
    frame.sums = byLayer(context.units, grid, lent?.sums, (out) => run.sums(grid, out));
  }
  if (request.activations) {
    const { inputs, layers } = request.activations;
    frame.activations = layers.map((layer) => run.activations(inputs, layer));
  }
  if (request.predict) frame.predict = run.predict(request.predict);
  if (request.outcomes) frame.outcomes = Object.fromEntries(request.outcomes.map((split) => [split, run.outcomes(split)]));
  if (request.evaluate) {
    frame.evaluate = {};
    for (const split of request.evaluate) {
      const evaluation = context.evaluate(split);
      if (evaluation) frame.evaluate[split] = evaluation;
    }
  }
  return frame;
}
