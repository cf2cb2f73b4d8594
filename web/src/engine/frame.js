/**
 * One frame: everything a page wants to draw of a run at one moment, written into the arrays of an earlier frame where they fit.
 */
import { requireNumbers, requireObject, requireSplit, requireSurface, wrongArgument } from './arguments.js';

/**
 * @import { Frame, FrameRequest } from './commands.js'
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

const keys = ['parameters', 'surface', 'neurons', 'evaluate', 'activations', 'predict', 'buffers'];

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
  if (checked.evaluate !== undefined) {
    if (!Array.isArray(checked.evaluate)) throw wrongArgument('request.evaluate', 'a list of splits', checked.evaluate);
    checked.evaluate.forEach((split, i) => requireSplit(split, `request.evaluate[${i}]`));
  }
  if (checked.neurons !== undefined) {
    requireSurface(checked.neurons, 'request.neurons');
  }
  if (checked.activations !== undefined) {
    const activations = requireObject(checked.activations, 'request.activations', ['inputs', 'layers']);
    requireNumbers(activations.inputs, 'request.activations.inputs');
    if (!Array.isArray(activations.layers)) throw wrongArgument('request.activations.layers', 'a list of layers', activations.layers);
  }
  return /** @type {FrameRequest} */ (checked);
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
    const cells = request.neurons.columns * request.neurons.rows;
    const total = context.units.reduce((sum, units) => sum + units, 0) * cells;
    const first = lent?.neurons?.[0];
    const maps = run.maps(request.neurons, fitting(first && new Float32Array(first.buffer), total));
    let start = 0;
    frame.neurons = context.units.map((units) => {
      const layer = maps.subarray(start, start + units * cells);
      start += units * cells;
      return layer;
    });
  }
  if (request.activations) {
    const { inputs, layers } = request.activations;
    frame.activations = layers.map((layer) => run.activations(inputs, layer));
  }
  if (request.predict) frame.predict = run.predict(request.predict);
  if (request.evaluate) {
    frame.evaluate = {};
    for (const split of request.evaluate) {
      const evaluation = context.evaluate(split);
      if (evaluation) frame.evaluate[split] = evaluation;
    }
  }
  return frame;
}
