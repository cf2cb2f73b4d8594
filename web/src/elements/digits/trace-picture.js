/** One picture forward through the network and back: sums, outputs, loss, and what every pixel has to do with them. */
import { learnedActivation } from '../../state/parameter-layout.js';
import { chain, inputGradient, outputSlopes } from '../../state/chain.js';
import { targetsOf } from '../playground/trace.js';

/**
 * @import { EngineClient, RemoteRun } from '../../engine/client.js'
 * @import { Catalog, FilledExperiment } from '../../engine/types.js'
 * @import { TracedLayer } from '../../state/chain.js'
 */

/** Grey levels of full ink. */
const FULL_INK = 255;

/**
 * @typedef {object} PictureTrace
 * @property {Float32Array} picture grey levels, 0 to 255
 * @property {Float32Array} features the same as the network sees them
 * @property {FilledExperiment} experiment
 * @property {TracedLayer[]} layers forward and backward, of the loss of this one picture
 * @property {ArrayLike<number>} prediction probabilities where the loss makes them, else the outputs
 * @property {readonly number[]} wanted what each output should be
 * @property {number} truth
 * @property {number} loss
 * @property {number} scale the network sees a pixel as value * scale + offset
 */

/**
 * An experiment on pictures with the number of its inputs, which the document of image files leaves to the files.
 * @param {FilledExperiment} experiment
 * @param {number} pixels
 * @returns {FilledExperiment}
 */
export function onPictures(experiment, pixels) {
  return { ...experiment, data: { ...experiment.data, columns: pixels } };
}

/**
 * @param {EngineClient} client
 * @param {RemoteRun} run
 * @param {Float32Array} picture grey levels, 0 to 255
 * @param {{ catalog: Catalog, truth: number | undefined }} known `truth` the digit that it is; without, the one that it is taken for
 * @returns {Promise<PictureTrace>}
 */
export async function tracePicture(client, run, picture, { catalog, truth: known }) {
  const experiment = onPictures(run.experiment, picture.length);
  const [{ parameters, layers, prediction }, scaling] = await Promise.all([run.call('trace', picture), run.call('scaling')]);
  const [scale, offset] = [Number(scaling.scale), Number(scaling.offset)];
  const features = picture.map((value) => value * scale + offset);
  const scores = layers[layers.length - 1].outputs;
  const truth = known ?? bestOf(prediction);
  const targets = targetsOf(experiment, catalog, { target: truth, classes: scores.length });
  const [loss, ...curves] = await Promise.all([
    client.loss(experiment.training.loss ?? '', scores, targets, scores.length),
    ...layers.map(({ preActivations }, layer) =>
      client.activation(learnedActivation(experiment, catalog, parameters, layer), preActivations),
    ),
  ]);
  return {
    picture,
    features,
    experiment,
    layers: chain({ experiment, catalog, parameters, features, layers, slopes: curves.map(({ slope }) => slope), lossSlope: loss.slope }),
    prediction,
    wanted: targets.length === scores.length ? targets : Array.from(scores, (_, unit) => Number(unit === truth)),
    truth,
    loss: loss.value,
    scale,
  };
}

/**
 * How the loss, or one output, changes when a pixel goes from paper to full ink, as far as the slope at this picture tells.
 * @param {PictureTrace} trace
 * @param {number} [output] the loss where none is named
 * @returns {Float64Array}
 */
export function inkGradient({ features, layers, scale }, output) {
  const slopes = output === undefined ? inputGradient(layers, features.length) : outputSlopes(layers, features.length, output);
  return Float64Array.from(slopes, (slope) => slope * scale * FULL_INK);
}

/**
 * The sum of one neuron, term by term.
 * @param {TracedLayer} layer
 * @param {number} unit
 */
export function sumOf({ sources, weights, biases, preActivations, outputs }, unit) {
  const width = sources.length;
  const products = Float64Array.from({ length: width }, (_, source) => weights[unit * width + source] * sources[source]);
  let [raising, lowering] = [0, 0];
  for (const product of products) {
    if (product > 0) raising += product;
    else lowering += product;
  }
  return {
    weights: weights.subarray(unit * width, (unit + 1) * width),
    products,
    raising,
    lowering,
    bias: biases[unit],
    sum: preActivations[unit],
    output: outputs[unit],
  };
}

/**
 * The places of the largest sizes, largest first.
 * @param {ArrayLike<number>} values
 * @param {number} count
 */
export function largestPlaces(values, count) {
  return Array.from(values, (value, place) => ({ place, size: Math.abs(value) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size || a.place - b.place)
    .slice(0, count)
    .map(({ place }) => place);
}

/** @param {ArrayLike<number>} values the place of the largest, the first of equals */
export function bestOf(values) {
  let best = 0;
  for (let place = 1; place < values.length; ++place) if (values[place] > values[best]) best = place;
  return best;
}
