/**
 * A trained network as every exporter takes it: what happens to a row of raw inputs, layer by layer, with the numbers cut out of the
 * run's parameters and named. The names are those of a PyTorch module's state, so that a weights file fits the exported module.
 */
import { EngineError } from '../engine/errors.js';
import { entryOf, idOf, parameterOf } from '../state/edits.js';

/** @import { Catalog, CatalogEntry, FilledExperiment, Hyperparameter, Layer } from '../engine/types.js' */

/** @typedef {{ name: string, shape: readonly number[], values: Float32Array }} Tensor */

/**
 * @typedef {object} ModelActivation
 * @property {string} id
 * @property {Readonly<Record<string, number>>} parameters by name, the learned ones as they are now
 * @property {ReadonlySet<string>} learned the names of those that are trained with the weights
 */

/**
 * @typedef {object} ModelLayer
 * @property {number} units
 * @property {number} sources
 * @property {boolean} skip its sources are the outputs of the layer below and after them the network's own inputs
 * @property {Float32Array} weights [units x sources], row by row
 * @property {Float32Array} biases
 * @property {ModelActivation} activation
 */

/** What the last layer's outputs become, as `run.predict` gives them. @typedef {'raw' | 'sigmoid' | 'softmax'} Outcome */

/** The network sees value * scale + offset; one number for all, or one for each input. @typedef {{ scale: Float32Array, offset: Float32Array }} Scaling */

/**
 * @typedef {object} Model
 * @property {FilledExperiment} experiment
 * @property {number} columns raw inputs of a row
 * @property {readonly string[] | null} features what is computed of them; null where the network sees the columns themselves
 * @property {Scaling | null} scaling what is done to the features, or columns, before the network sees them
 * @property {readonly ModelLayer[]} layers
 * @property {Outcome} outcome
 * @property {number} outputs
 * @property {number} size of all parameters together
 * @property {readonly Tensor[]} tensors all parameters, in the engine's order
 */

/**
 * @param {object} run
 * @param {FilledExperiment} run.experiment
 * @param {Catalog} run.catalog
 * @param {number} run.columns raw inputs of a row
 * @param {Float32Array} run.parameters in the engine's order
 * @param {{ scale: number | ArrayLike<number>, offset: number | ArrayLike<number> }} [run.scaling] as `run.scaling()` gives it
 * @returns {Model}
 * @throws {EngineError} where the parameters do not fit the document, or are not finite
 */
export function createModel({ experiment, catalog, columns, parameters, scaling }) {
  const { data, network, training } = experiment;
  const plain = !data.features || (data.features.length === columns && data.features.every((id, i) => id === `x${i + 1}`));
  const features = plain || !data.features ? null : data.features;
  const inputs = features?.length ?? columns;
  const last = network.layers.length - 1;
  let offset = 0;
  /** @param {number} length */
  const take = (length) => parameters.subarray(offset, (offset += length));
  /** @type {Tensor[]} */
  const tensors = [];
  let below = inputs;
  const layers = network.layers.map((layer, index) => {
    const units = layer.units ?? 1;
    const skip = network.skip === true && index === last && index > 0;
    const sources = below + (skip ? inputs : 0);
    const weights = take(units * sources);
    const biases = take(units);
    tensors.push({ name: `layer${index + 1}.weight`, shape: [units, sources], values: weights });
    tensors.push({ name: `layer${index + 1}.bias`, shape: [units], values: biases });
    const { activation, learned } = activationOf(catalog, layer, take);
    for (const [name, values] of learned) tensors.push({ name: `${name}${index + 1}`, shape: [1], values });
    below = units;
    return { units, sources, skip, weights, biases, activation };
  });
  if (offset !== parameters.length) {
    throw new EngineError('invalid-argument', `parameters: expected ${offset} numbers, got ${parameters.length}`, { path: 'parameters' });
  }
  requireFinite(tensors);
  return {
    experiment,
    columns,
    features,
    scaling: scaling ? scalingOf(scaling.scale, scaling.offset) : null,
    layers,
    outcome: outcomeOf(catalog, training.loss),
    outputs: below,
    size: offset,
    tensors,
  };
}

/**
 * @param {number | ArrayLike<number>} scale
 * @param {number | ArrayLike<number>} offset
 * @returns {Scaling | null} null where it changes nothing
 */
function scalingOf(scale, offset) {
  const [scales, offsets] = [scale, offset].map((values) => Float32Array.from(typeof values === 'number' ? [values] : values));
  return scales.every((value) => value === 1) && offsets.every((value) => value === 0) ? null : { scale: scales, offset: offsets };
}

/**
 * A layer's activation, with the learned parameters that stand behind the layer's biases.
 * @param {Catalog} catalog
 * @param {Layer} layer
 * @param {(length: number) => Float32Array} take
 */
function activationOf(catalog, { activation }, take) {
  const { parameters = [] } = entryOf(catalog.activations, activation) ?? {};
  const learned = new Map(parameters.filter(isLearned).map(({ name }) => [name, take(1)]));
  const values = parameters.map((parameter) => [parameter.name, learned.get(parameter.name)?.[0] ?? parameterOf(activation, parameter)]);
  return {
    learned,
    activation: { id: idOf(activation), parameters: Object.fromEntries(values), learned: new Set(learned.keys()) },
  };
}

/** @param {Hyperparameter & { learned?: boolean }} parameter */
function isLearned(parameter) {
  return parameter.learned === true;
}

/**
 * @param {Catalog} catalog
 * @param {FilledExperiment['training']['loss']} loss
 * @returns {Outcome}
 */
function outcomeOf(catalog, loss) {
  const entry = entryOf(catalog.losses, loss);
  if (entry?.logits !== true) return 'raw';
  return entry.classIndices === true ? 'softmax' : 'sigmoid';
}

/** @param {readonly Tensor[]} tensors */
function requireFinite(tensors) {
  for (const { name, values } of tensors) {
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw new EngineError('invalid-argument', `${name}: expected finite numbers, got ${wrong}`, { path: name });
  }
}

/**
 * The layers' widths, from the raw inputs on: `2 → 4 → 1`; features of their own stand between.
 * @param {Model} model
 */
export function shapeOf({ columns, features, layers }) {
  return [columns, ...(features ? [features.length] : []), ...layers.map(({ units }) => units)].join(' → ');
}

/**
 * A word for files: the data set and the widths, `circle-2-4-1`.
 * @param {Model} model
 */
export function nameOf(model) {
  return `${model.experiment.data.id}-${[model.columns, ...model.layers.map(({ units }) => units)].join('-')}`;
}
