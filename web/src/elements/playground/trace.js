/**
 * One point on its way through the network and back: what every neuron makes of it, and how the loss of this one point changes with
 * every weight. Values, slopes and loss are the engine's own numbers; what is multiplied here is the chain rule, link by link.
 */
import { chain, outputSlopes } from '../../state/chain.js';
import { entryOf, idOf } from '../../state/edits.js';
import { learnedActivation } from '../../state/parameter-layout.js';

/**
 * @import { EngineClient, RemoteRun } from '../../engine/client.js'
 * @import { Catalog, FilledExperiment, Layer } from '../../engine/types.js'
 * @import { TracedLayer } from '../../state/chain.js'
 */

/**
 * A place of the plane, or a sample, that is looked at.
 * @typedef {object} ChosenPoint
 * @property {readonly number[]} inputs in the data's own units
 * @property {number} target a class, or the value wanted
 * @property {{ split: 'train' | 'test', row: number }} [sample] where it is one
 */

/**
 * @typedef {object} PointTrace
 * @property {ArrayLike<number>} features
 * @property {TracedLayer[]} layers
 * @property {ArrayLike<number>} prediction probabilities where the loss makes them, else the outputs
 * @property {readonly number[]} targets as the loss wants them
 * @property {number} loss
 */

/**
 * The target of one sample as the loss wants it: a class's index for cross-entropy, else a number for each output. Two classes at one
 * output are 0 and 1, or -1 and 1 for losses that measure outputs beyond 0 to 1.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {{ target: number, classes: number }} wanted `classes` 0: the target is a value
 * @returns {number[]}
 */
export function targetsOf({ network, training }, catalog, { target, classes }) {
  if (classes === 0) return [target];
  const loss = entryOf(catalog.losses, training.loss);
  if (loss?.classIndices) return [target];
  const output = network.layers[network.layers.length - 1];
  const low = lowestTarget(catalog, training.loss, output);
  const units = output.units ?? 1;
  return units === 1 ? [target > 0 ? 1 : low] : Array.from({ length: units }, (_, unit) => (unit === target ? 1 : low));
}

/**
 * What an output should be that is not of the class.
 * @param {Catalog} catalog
 * @param {FilledExperiment['training']['loss']} loss
 * @param {Layer} output
 */
function lowestTarget(catalog, loss, output) {
  const entry = entryOf(catalog.losses, loss);
  if (entry?.logits) return 0;
  const [low, high] = /** @type {readonly (number | null)[]} */ (entryOf(catalog.activations, output.activation)?.range ?? [null, null]);
  const fraction = typeof low === 'number' && typeof high === 'number' && low >= 0 && high <= 1;
  return fraction && entry?.id !== 'hinge' ? 0 : -1;
}

/**
 * What the engine says of the features of any point: a network that hands them through, made once for a choice of features.
 * @param {EngineClient} client
 * @param {readonly string[]} features
 * @param {number} columns
 */
export async function createFeatureProbe(client, features, columns) {
  const run = await client.createRun(featureDocument(features, columns));
  await run.call('setParameters', featureParameters(features.length));
  return {
    /** @param {readonly number[]} inputs */
    async at(inputs) {
      return (await run.call('activations', Float32Array.from(inputs), 0)).outputs;
    },
    dispose: () => run.dispose(),
  };
}

/**
 * @param {readonly string[]} features
 * @param {number} columns
 */
export function featureDocument(features, columns) {
  return {
    data: { id: 'table', columns, inputs: new Float32Array(columns), targets: [0], outputs: 1, features: [...features] },
    network: { layers: [{ units: features.length, activation: 'identity' }, { activation: 'identity' }], initializer: 'zeros' },
  };
}

/**
 * The identity matrix, and nothing else.
 * @param {number} count
 */
export function featureParameters(count) {
  const parameters = new Float32Array(count * count + count + count + 1);
  for (let index = 0; index < count; ++index) parameters[index * count + index] = 1;
  return parameters;
}

/**
 * @param {EngineClient} client
 * @param {RemoteRun} run
 * @param {ChosenPoint} point
 * @param {{ features: ArrayLike<number>, catalog: Catalog, classes: number }} known
 * @returns {Promise<PointTrace>}
 */
export async function tracePoint(client, run, { inputs, target }, { features, catalog, classes }) {
  const { experiment } = run;
  const { parameters, layers, prediction } = await run.call('trace', Float32Array.from(inputs));
  const targets = targetsOf(experiment, catalog, { target, classes });
  const scores = layers[layers.length - 1].outputs;
  const [loss, ...curves] = await Promise.all([
    client.loss(experiment.training.loss ?? '', scores, targets, scores.length),
    ...layers.map(({ preActivations }, layer) =>
      client.activation(learnedActivation(experiment, catalog, parameters, layer), preActivations),
    ),
  ]);
  return {
    features,
    layers: chain({ experiment, catalog, parameters, features, layers, slopes: curves.map(({ slope }) => slope), lossSlope: loss.slope }),
    prediction,
    targets,
    loss: loss.value,
  };
}

/** What single precision is sure of, in parts of a number. */
const ROUNDING = 1e-6;

/** Activations that consist of straight pieces: a network of them is affine in every region that no fold crosses. */
export const piecewiseLinear = Object.freeze(new Set(['identity', 'step', 'hard-sigmoid', 'hardtanh', 'relu', 'leaky-relu', 'prelu']));

/**
 * What the network is in the region around the point, where it is affine there: y = slopes · x + offset for each output, in the data's
 * own coordinates.
 * @param {FilledExperiment} experiment
 * @param {PointTrace} trace
 * @returns {{ slopes: number[], offset: number }[] | undefined}
 */
export function affineOf({ data, network }, { layers, features }) {
  const straight = network.layers.every(({ activation }) => piecewiseLinear.has(idOf(activation)));
  if (!straight || !data.features?.every((feature) => /^x\d+$/.test(feature))) return undefined;
  const { outputs } = layers[layers.length - 1];
  return Array.from(outputs, (output, unit) => {
    const slopes = outputSlopes(layers, features.length, unit);
    const products = slopes.map((slope, index) => slope * features[index]);
    const offset = products.reduce((rest, product) => rest - product, output);
    // What single precision leaves of nothing is nothing.
    const noise = ROUNDING * products.reduce((sum, product) => sum + Math.abs(product), Math.abs(output));
    return { slopes, offset: Math.abs(offset) <= noise ? 0 : offset };
  });
}

/**
 * The features of a point where each is one of its inputs.
 * @param {readonly string[]} features
 * @param {readonly number[]} inputs
 * @returns {number[] | undefined}
 */
export function featuresOf(features, inputs) {
  const values = features.map((feature) => inputs[Number(/^x(\d+)$/.exec(feature)?.[1] ?? 0) - 1]);
  return values.includes(/** @type {never} */ (undefined)) ? undefined : values;
}
