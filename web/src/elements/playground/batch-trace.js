/**
 * What one batch makes of the network and the loss of it: every sample forward and backward, the gradient of the batch, and what
 * penalties, locks and clipping make of it before the optimizer has it. Slopes and losses are the engine's own numbers.
 */
import { targetsOf } from './trace.js';
import { chain } from '../../state/chain.js';
import { entryOf, withParameter } from '../../state/edits.js';
import { learnedActivation, parameterLayout } from '../../state/parameter-layout.js';

/**
 * @import { EngineClient } from '../../engine/client.js'
 * @import { CommandResults } from '../../engine/commands.js'
 * @import { Catalog, FilledExperiment, Operation } from '../../engine/types.js'
 * @import { TracedLayer } from '../../state/chain.js'
 */

/** Beyond so many samples, or numbers to go through, a step is too large to be looked at one sample at a time. */
const MOST_ROWS = 1000;
const MOST_NUMBERS = 4e6;

/** @param {number} rows @param {number} parameters */
export function canTrace(rows, parameters) {
  return rows <= MOST_ROWS && rows * parameters <= MOST_NUMBERS;
}

/**
 * One sample of the batch. Its slopes of the loss are its share of the batch's: added up over the samples they are the gradient.
 * @typedef {object} SampleTrace
 * @property {number} row its place among the training samples
 * @property {number} target class or value
 * @property {number[]} targets as the loss wants them
 * @property {ArrayLike<number>} features
 * @property {readonly Pick<TracedLayer, 'sources' | 'preActivations' | 'outputs' | 'deltas'>[]} layers
 * @property {readonly (Uint8Array | undefined)[]} kept of each layer with dropout: 0 for a neuron that is left out
 * @property {number} loss of this sample alone
 */

/**
 * @typedef {object} BatchGradient in the order of the parameters
 * @property {Float64Array} loss of the loss alone
 * @property {Float64Array} taken as the optimizer has it
 * @property {number} norm after penalties and locks, before clipping
 * @property {number} factor what clipping multiplies with; 1 where it does nothing
 */

/** @typedef {{ samples: SampleTrace[], loss: number, gradient: BatchGradient }} BatchTrace */

/** @typedef {Pick<CommandResults['foresee'], 'rows' | 'parameters' | 'masks'>} BatchOfRun what the run told of its next step */

/**
 * @param {EngineClient} client
 * @param {object} given
 * @param {FilledExperiment} given.experiment
 * @param {Catalog} given.catalog
 * @param {number} given.classes 0 for regression
 * @param {BatchOfRun} given.foreseen
 * @param {ArrayLike<number>} given.features of the batch's rows, [rows x features]
 * @param {ArrayLike<number>} given.targets of the batch's rows: classes or values
 * @returns {Promise<BatchTrace>}
 */
export async function traceBatch(client, { experiment, catalog, classes, foreseen, features, targets }) {
  const { rows, parameters, masks } = foreseen;
  const count = rows.length;
  const { layers: places } = parameterLayout(experiment, catalog);
  const width = features.length / count;
  const rowOf = (/** @type {ArrayLike<number>} */ values, /** @type {number} */ row, /** @type {number} */ size) =>
    Array.from({ length: size }, (_, index) => values[row * size + index]);
  const inputs = Array.from({ length: count }, (_, row) => rowOf(features, row, width));

  /** Of each layer, for all rows. @type {{ pre: Float32Array, outputs: Float64Array, slopes: Float64Array, learned: Float64Array[] }[]} */
  const forward = [];
  for (const [layer, { units, sources, offset }] of places.entries()) {
    const before = layer === 0 ? undefined : forward[layer - 1].outputs;
    const pre = new Float32Array(count * units);
    for (let row = 0; row < count; ++row) {
      const below = before ? rowOf(before, row, places[layer - 1].units) : inputs[row];
      const all = sources > below.length ? [...below, ...inputs[row]] : below;
      for (let unit = 0; unit < units; ++unit) {
        let sum = parameters[offset + units * sources + unit];
        for (let source = 0; source < sources; ++source) sum += parameters[offset + unit * sources + source] * all[source];
        pre[row * units + unit] = sum;
      }
    }
    const operation = learnedActivation(experiment, catalog, parameters, layer);
    const [curve, ...learned] = await Promise.all([client.activation(operation, pre), ...learnedSlopes(client, catalog, operation, pre)]);
    // What is left out gives nothing; what stays gives more, so that the sum keeps its size.
    const scale = scaleOf(masks[layer], experiment.network.layers[layer].dropout ?? 0);
    forward.push({ pre, outputs: scale(curve.value), slopes: scale(curve.slope), learned: learned.map(scale) });
  }

  const wanted = Array.from(targets, (target) => targetsOf(experiment, catalog, { target, classes }));
  const last = places.length - 1;
  const outputs = places[last].units;
  const loss = experiment.training.loss ?? '';
  const scores = Array.from({ length: count }, (_, row) => rowOf(forward[last].outputs, row, outputs));
  const [whole, ...each] = await Promise.all([
    client.loss(loss, scores.flat(), wanted.flat(), outputs),
    ...scores.map((own, row) => client.loss(loss, own, wanted[row], outputs)),
  ]);

  const gradient = new Float64Array(parameters.length);
  const samples = scores.map((_, row) => {
    const traced = chain({
      experiment,
      catalog,
      parameters,
      features: inputs[row],
      layers: forward.map(({ pre, outputs: all }, layer) => ({
        preActivations: Float32Array.from(rowOf(pre, row, places[layer].units)),
        outputs: Float32Array.from(rowOf(all, row, places[layer].units)),
      })),
      slopes: forward.map(({ slopes }, layer) => rowOf(slopes, row, places[layer].units)),
      lossSlope: rowOf(whole.slope, row, outputs),
    });
    addUp(gradient, traced, places);
    forward.forEach(({ learned }, layer) => {
      const { units, offset, count: numbers } = places[layer];
      learned.forEach((slope, index) => {
        const at = offset + numbers - learned.length + index;
        traced[layer].upstream.forEach((upstream, unit) => (gradient[at] += upstream * slope[row * units + unit]));
      });
    });
    return {
      row: rows[row],
      target: targets[row],
      targets: wanted[row],
      features: inputs[row],
      layers: traced.map(({ sources, preActivations, outputs: out, deltas }) => ({ sources, preActivations, outputs: out, deltas })),
      kept: masks.map((mask, layer) => mask?.subarray(row * places[layer].units, (row + 1) * places[layer].units)),
      loss: each[row].value,
    };
  });
  return { samples, loss: whole.value, gradient: gradientOf(experiment, catalog, parameters, gradient) };
}

/**
 * @param {Uint8Array | undefined} mask
 * @param {number} dropout
 */
function scaleOf(mask, dropout) {
  return (/** @type {Float32Array} */ values) =>
    Float64Array.from(values, (value, index) => (mask === undefined ? value : mask[index] === 0 ? 0 : value / (1 - dropout)));
}

/**
 * How an activation changes with each number that it learns: a central difference, exact where the number is a slope.
 * @param {EngineClient} client
 * @param {Catalog} catalog
 * @param {Operation} operation
 * @param {Float32Array} x
 */
function learnedSlopes(client, catalog, operation, x) {
  const learned = entryOf(catalog.activations, operation)?.parameters.filter((parameter) => parameter.learned) ?? [];
  return learned.map(async ({ name }) => {
    const value = typeof operation === 'object' ? Number(operation[name]) : 0;
    const reach = 0.5;
    const [more, less] = await Promise.all(
      [value + reach, value - reach].map((changed) => client.activation(withParameter(operation, name, changed), x)),
    );
    return more.value.map((above, index) => (above - less.value[index]) / (2 * reach));
  });
}

/**
 * @param {Float64Array} gradient
 * @param {readonly TracedLayer[]} traced of one sample
 * @param {readonly { units: number, sources: number, offset: number }[]} places
 */
function addUp(gradient, traced, places) {
  traced.forEach(({ weightGradients, deltas }, layer) => {
    const { units, sources, offset } = places[layer];
    weightGradients.forEach((slope, index) => (gradient[offset + index] += slope));
    deltas.forEach((slope, unit) => (gradient[offset + units * sources + unit] += slope));
  });
}

/**
 * What becomes of the gradient of the loss: penalties are added, what is locked or cut gets none, and all of it is made shorter where
 * it is longer than the limit; in this order, as the engine does it.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {ArrayLike<number>} parameters
 * @param {Float64Array} loss
 * @returns {BatchGradient}
 */
export function gradientOf(experiment, catalog, parameters, loss) {
  const { l1 = 0, l2 = 0, clipNorm = 0 } = experiment.training;
  const held = heldIndices(experiment, catalog);
  const penalized = loss.map((slope, index) => (held.has(index) ? 0 : slope + l1 * Math.sign(parameters[index]) + l2 * parameters[index]));
  const norm = Math.sqrt(penalized.reduce((sum, slope) => sum + slope * slope, 0));
  // As PyTorch's clip_grad_norm_, whose small number keeps the quotient defined.
  const factor = clipNorm > 0 ? Math.min(1, clipNorm / (norm + 1e-6)) : 1;
  return { loss, taken: penalized.map((slope) => slope * factor), norm, factor };
}

/**
 * The places among the parameters that training leaves as they are.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @returns {Set<number>}
 */
export function heldIndices(experiment, catalog) {
  const { locked = [], cut = [] } = experiment.network;
  const { layers } = parameterLayout(experiment, catalog);
  /** @type {Set<number>} */
  const held = new Set();
  for (const path of [...locked, ...cut]) {
    const [layer, unit, input] = path.split('.');
    const { units, sources, offset, count } = layers[Number(layer)];
    if (unit === undefined) for (let index = 0; index < count; ++index) held.add(offset + index);
    else if (input === undefined) {
      for (let source = 0; source < sources; ++source) held.add(offset + Number(unit) * sources + source);
      held.add(offset + units * sources + Number(unit));
    } else held.add(input === 'bias' ? offset + units * sources + Number(unit) : offset + Number(unit) * sources + Number(input));
  }
  return held;
}

/**
 * What one sample adds to the gradient of the batch, in the order of the parameters; what activations learn is left at 0.
 * @param {SampleTrace} sample
 * @param {readonly { units: number, sources: number, offset: number }[]} places
 * @param {number} total
 */
export function shareOf({ layers }, places, total) {
  const share = new Float64Array(total);
  layers.forEach(({ sources, deltas }, layer) => {
    const { units, sources: width, offset } = places[layer];
    deltas.forEach((delta, unit) => {
      for (let source = 0; source < width; ++source) share[offset + unit * width + source] = delta * sources[source];
      share[offset + units * width + unit] = delta;
    });
  });
  return share;
}

/**
 * The mean over the samples of what each layer hands on, the features first.
 * @param {readonly SampleTrace[]} samples
 * @returns {Float64Array[]}
 */
export function meanOutputs(samples) {
  return over(samples, ({ features, layers }) => [features, ...layers.map(({ outputs }) => outputs)], 1 / samples.length);
}

/**
 * The slopes of the batch's loss with respect to every sum: the samples' shares added up.
 * @param {readonly SampleTrace[]} samples
 * @returns {Float64Array[]}
 */
export function sumDeltas(samples) {
  return over(samples, ({ layers }) => layers.map(({ deltas }) => deltas), 1);
}

/**
 * @param {readonly SampleTrace[]} samples
 * @param {(sample: SampleTrace) => readonly ArrayLike<number>[]} numbers
 * @param {number} part of each that is added
 */
function over(samples, numbers, part) {
  const sums = numbers(samples[0]).map(({ length }) => new Float64Array(length));
  for (const sample of samples) {
    numbers(sample).forEach((values, layer) => {
      for (let unit = 0; unit < values.length; ++unit) sums[layer][unit] += values[unit] * part;
    });
  }
  return sums;
}
