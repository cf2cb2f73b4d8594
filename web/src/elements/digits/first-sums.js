/** What the scaling of the pixels does to a network: where the sums of its first layer fall, and how it reads digits scaled otherwise. */
import { affineOf, asIfScaled, scalingIds } from '../../digits/scaling.js';
import { entryOf } from '../../state/edits.js';
import { learnedActivation } from '../../state/parameter-layout.js';
import { deviationOf, flatPart, histogramOf, softmaxLead } from '../../state/statistics.js';
import { weightReach } from '../../view/weight-images.js';
import { bestOf, onPictures } from './trace-picture.js';

/**
 * @import { EngineClient, RemoteRun } from '../../engine/client.js'
 * @import { Catalog, FilledExperiment } from '../../engine/types.js'
 * @import { Digits } from '../../digits/mnist-store.js'
 * @import { ScalingId } from '../../digits/scaling.js'
 * @import { HistogramModel } from '../../view/histogram.js'
 */

/**
 * Which sides of a function stay flat, far from zero.
 * @typedef {'both' | 'one' | 'none'} Flatness
 */

/**
 * @typedef {object} FirstSums
 * @property {FilledExperiment} experiment
 * @property {number} rows digits that were looked at
 * @property {HistogramModel} histogram
 * @property {Flatness} flatness of the activation
 * @property {number} flat the part of the sums whose slope is below FLAT_PART of the steepest
 * @property {number} deviation of the sums
 * @property {{ lead: number, sure: number }} [softmax] where the sums are the scores of a softmax
 */

/** A slope below this part of the steepest hands next to nothing back. */
export const FLAT_PART = 0.05;
/** Digits and numbers that are looked at: a picture needs no more. */
const MOST_ROWS = 500;
const MOST_NUMBERS = 200_000;
const BINS = 64;
/** Steps of the curve from one edge of a bin to the next: even, so that one ends in the middle. */
const BIN_STEPS = 8;
/** Every activation does what it does within this distance of zero, and goes on so beyond. */
const NEAR = 8;
/** Where an activation is flat on both sides, those sides are seen, however close to zero the sums lie. */
const SEEN = 6;
const FAR = 100;
const NEAR_POINTS = 161;

/**
 * The first so many images, as an engine takes them.
 * @param {Uint8Array} images
 * @param {number} pixels of each
 * @param {number} rows
 */
function firstOf(images, pixels, rows) {
  return Float32Array.from(images.subarray(0, rows * pixels));
}

/** @param {readonly [number, number]} range @param {number} count */
function evenly([low, high], count) {
  return Float32Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));
}

/**
 * @param {EngineClient} client
 * @param {RemoteRun} run
 * @param {Digits} digits
 * @param {Catalog} catalog
 * @returns {Promise<FirstSums>}
 */
export async function firstSums(client, run, { images, labels }, catalog) {
  const pixels = images.length / labels.length;
  const experiment = onPictures(run.experiment, pixels);
  const { layers } = experiment.network;
  const rows = Math.min(labels.length, MOST_ROWS, Math.ceil(MOST_NUMBERS / (layers[0].units ?? 1)));
  const [{ preActivations }, parameters] = await Promise.all([
    run.call('activations', firstOf(images, pixels, rows), 0),
    run.call('parameters'),
  ]);
  const activation = learnedActivation(experiment, catalog, parameters, 0);
  const [near, far, { slope }] = await Promise.all([
    client.activation(activation, evenly([-NEAR, NEAR], NEAR_POINTS)),
    client.activation(activation, [-FAR, FAR]),
    client.activation(activation, preActivations),
  ]);
  const steepest = Math.max(...near.slope.map(Math.abs));
  const flatEnds = Math.round(2 * flatPart(far.slope, steepest, FLAT_PART));
  const reach = Math.max(weightReach(preActivations, preActivations.length), flatEnds === 2 ? SEEN : 0);
  const range = /** @type {const} */ ([-reach, reach]);
  const curve = await client.activation(activation, evenly(range, BIN_STEPS * BINS + 1));
  const logits = layers.length === 1 && entryOf(catalog.losses, experiment.training.loss)?.logits === true;
  return {
    experiment,
    rows,
    histogram: {
      counts: histogramOf(preActivations, range, BINS),
      range,
      curve,
      live: Array.from({ length: BINS }, (_, bin) => 1 - flatPart([curve.slope[BIN_STEPS * (bin + 0.5)]], steepest, FLAT_PART)),
    },
    flatness: flatEnds === 2 ? 'both' : flatEnds === 1 ? 'one' : 'none',
    flat: flatPart(slope, steepest, FLAT_PART),
    deviation: deviationOf(preActivations),
    ...(logits && { softmax: softmaxLead(preActivations, layers[0].units ?? 1) }),
  };
}

/**
 * How much of the digits a network reads right when they are scaled as it learned them, and otherwise.
 * @param {RemoteRun} run
 * @param {Digits} digits
 * @returns {Promise<{ rows: number, accuracies: Readonly<Record<ScalingId, number>> }>}
 */
export async function accuraciesByScaling(run, { images, labels }) {
  const pixels = images.length / labels.length;
  const rows = Math.min(labels.length, MOST_ROWS);
  const inputs = firstOf(images, pixels, rows);
  const { scale, offset, mean, std } = await run.call('scaling');
  const accuracies = await Promise.all(
    scalingIds.map(async (id) => {
      const outputs = await run.call('predict', asIfScaled(inputs, { scale, offset }, affineOf(id, { mean, std })));
      const classes = outputs.length / rows;
      let right = 0;
      for (let row = 0; row < rows; ++row) {
        if (bestOf(outputs.subarray(row * classes, (row + 1) * classes)) === labels[row]) right += 1;
      }
      return /** @type {const} */ ([id, right / rows]);
    }),
  );
  return { rows, accuracies: /** @type {Record<ScalingId, number>} */ (Object.fromEntries(accuracies)) };
}
