/**
 * What the digits lab adds to the experiment: its defaults, its named starting points, and what its own controls change. Pure.
 */
import { idOf, withTraining } from '../state/edits.js';

/** @import { Experiment, FilledExperiment, Layer } from '../engine/types.js' */

export const CLASSES = 10;
export const HIDDEN_LIMIT = 4;
export const UNIT_LIMIT = 512;
/** Training digits of an experiment that does not say how many, as the engine fills it in. */
export const USUAL_SAMPLES = 5000;
export const sampleStops = Object.freeze([
  100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 4000, 5000, 7000, 10000, 15000, 20000, 30000, 40000, 50000, 60000,
]);
export const BATCHES = Object.freeze([1, 2, 5, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 1000]);

/** Units of a layer that is added to a network without hidden layers. */
const FIRST_UNITS = 32;

/** @typedef {'default' | 'linear' | 'two-layer'} PresetId */

/**
 * @type {Readonly<Record<PresetId, Experiment>>}
 */
export const presets = Object.freeze({
  default: {
    version: 1,
    data: { id: 'mnist', samples: 5000, scaling: 'unit' },
    network: { layers: [{ units: 32, activation: 'relu' }, { activation: 'identity' }], initializer: 'he-uniform', seed: 1 },
    training: {
      loss: 'cross-entropy',
      optimizer: { id: 'adam', learningRate: 0.001 },
      batchSize: 32,
      sampling: 'shuffle',
      schedule: 'constant',
      l1: 0,
      l2: 1e-4,
      clipNorm: 0,
      seed: 1,
    },
  },
  linear: {
    version: 1,
    data: { id: 'mnist', samples: 5000, scaling: { id: 'standardized', mean: 0.1307, std: 0.3081 } },
    network: { layers: [{ activation: 'identity' }], initializer: 'pytorch-default', seed: 1 },
    training: {
      loss: 'cross-entropy',
      optimizer: { id: 'sgd', learningRate: 0.01, momentum: 0.9 },
      batchSize: 128,
      sampling: 'shuffle',
      schedule: 'constant',
      l1: 0,
      l2: 0,
      clipNorm: 0,
      seed: 1,
    },
  },
  'two-layer': {
    version: 1,
    data: { id: 'mnist', samples: 5000, scaling: 'unit' },
    network: {
      layers: [{ units: 50, activation: 'sigmoid' }, { activation: 'identity' }],
      initializer: { id: 'normal', std: 0.01 },
      seed: 1,
    },
    training: {
      loss: 'cross-entropy',
      optimizer: { id: 'sgd', learningRate: 0.1, momentum: 0 },
      batchSize: 100,
      sampling: 'replacement',
      schedule: 'constant',
      l1: 0,
      l2: 0,
      clipNorm: 0,
      seed: 1,
    },
  },
});

/**
 * What a starting point comes to in the text that it is from: on so many training digits and all 10,000 test digits, after so long.
 * Other starting weights and other orders of the digits give other results, `within` these of the same.
 * @typedef {object} Goal
 * @property {number} samples
 * @property {{ epochs?: number, steps?: number }} limit
 * @property {number} accuracy of the test digits
 * @property {number} [loss] of the test digits
 * @property {{ accuracy: number, loss: number }} within
 */

/** @type {Readonly<Partial<Record<PresetId, Goal>>>} */
export const goals = Object.freeze({
  linear: { samples: 60_000, limit: { epochs: 10 }, accuracy: 0.92, loss: 0.28, within: { accuracy: 0.005, loss: 0.005 } },
  'two-layer': { samples: 60_000, limit: { steps: 10_000 }, accuracy: 0.947, within: { accuracy: 0.003, loss: 0 } },
});

/**
 * Whether a run comes up to its goal.
 * @param {Goal} goal
 * @param {{ accuracy?: number, loss: number }} test
 */
export function reaches({ accuracy, loss = Infinity, within }, test) {
  return (test.accuracy ?? 0) >= accuracy - within.accuracy && test.loss <= loss + within.loss;
}

/** @type {readonly PresetId[]} */
export const presetIds = ['default', 'linear', 'two-layer'];

/**
 * The starting point that a document still is, whatever it learns from and seeds apart; none once anything else was changed.
 * @param {Experiment} experiment
 * @returns {PresetId | undefined}
 */
export function presetOf(experiment) {
  return presetIds.find((id) => {
    const { data, ...rest } = presets[id];
    return holds(experiment, { ...rest, data: { scaling: data?.scaling } });
  });
}

/**
 * What the text's own result is for an experiment: only with the text's digits.
 * @param {Experiment} experiment
 * @returns {Goal | undefined}
 */
export function goalOf(experiment) {
  const preset = experiment.data?.id === 'mnist' ? presetOf(experiment) : undefined;
  return preset && goals[preset];
}

/** Fields that do not make another starting point. */
const free = new Set(['version', 'seed', 'samples', 'testFraction', 'units']);

/**
 * Whether everything that `expected` says holds in `found`; what it leaves to the engine may be anything.
 * @param {unknown} found
 * @param {unknown} expected
 * @returns {boolean}
 */
function holds(found, expected) {
  if (Array.isArray(expected)) {
    return Array.isArray(found) && found.length === expected.length && expected.every((part, index) => holdsLayer(found[index], part));
  }
  if (typeof expected === 'object' && expected !== null) {
    const fields = /** @type {Record<string, unknown>} */ (typeof found === 'string' ? { id: found } : (found ?? {}));
    return Object.entries(expected).every(([name, value]) => free.has(name) || holds(fields[name], value));
  }
  return found === expected || (typeof expected === 'string' && idOf(/** @type {never} */ (found)) === expected);
}

/**
 * A hidden layer's units belong to the starting point, the output's follow from the data.
 * @param {unknown} found
 * @param {Layer} expected
 */
function holdsLayer(found, expected) {
  const layer = /** @type {Layer} */ (found ?? {});
  return (expected.units === undefined || layer.units === expected.units) && holds(layer.activation, expected.activation);
}

/**
 * @param {FilledExperiment} experiment
 * @param {Record<string, unknown>} data
 * @returns {FilledExperiment}
 */
export function withDigits(experiment, data) {
  const next = { ...experiment, data: { ...experiment.data, ...data } };
  const { samples = 0 } = next.data;
  const { batchSize = 1 } = next.training;
  return batchSize > samples ? withTraining(next, { batchSize: samples }) : next;
}

/**
 * More or fewer hidden layers; a new one is like the last one.
 * @param {FilledExperiment} experiment
 * @param {number} count
 * @returns {FilledExperiment}
 */
export function withHiddenLayers(experiment, count) {
  const { layers } = experiment.network;
  const hidden = layers.slice(0, -1).slice(0, count);
  const pattern = hidden[hidden.length - 1] ?? { units: FIRST_UNITS, activation: 'relu' };
  while (hidden.length < count) hidden.push({ ...pattern });
  return { ...experiment, network: { ...experiment.network, layers: [...hidden, layers[layers.length - 1]] } };
}

/**
 * Weights and biases of the network.
 * @param {readonly Layer[]} layers
 * @param {number} inputs
 */
export function parameterCount(layers, inputs) {
  let count = 0;
  let width = inputs;
  layers.forEach(({ units }, index) => {
    const next = index === layers.length - 1 ? CLASSES : (units ?? 0);
    count += (width + 1) * next;
    width = next;
  });
  return count;
}
