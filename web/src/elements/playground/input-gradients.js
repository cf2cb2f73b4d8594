/**
 * How the loss of single samples changes with where they lie: by central differences of the engine's own answers, and its own slope of
 * the loss.
 */
import { targetsOf } from './trace.js';

/**
 * @import { EngineClient, RemoteRun } from '../../engine/client.js'
 * @import { Catalog } from '../../engine/types.js'
 * @import { Points } from '../../view/surface.js'
 */

/** Half the distance that answers are compared over, in the units of the plane. */
const REACH = 1e-2;

/**
 * At most so many samples, evenly over all of them.
 * @param {Points} points
 * @param {number} most
 */
export function sampleOf({ inputs, values, rows }, most) {
  const count = Math.min(rows, most);
  const places = Array.from({ length: count }, (_, sample) => Math.floor((sample * rows) / count));
  return {
    rows: count,
    inputs: Float32Array.from({ length: 2 * count }, (_, index) => inputs[2 * places[index >> 1] + (index & 1)]),
    values: places.map((row) => values[row]),
  };
}

/**
 * Every sample at five places: where it lies, and a little to each side.
 * @param {ArrayLike<number>} inputs
 * @param {number} rows
 */
function aroundOf(inputs, rows) {
  const shifts = [0, 0, REACH, 0, -REACH, 0, 0, REACH, 0, -REACH];
  return Float32Array.from({ length: 10 * rows }, (_, index) => inputs[2 * Math.floor(index / 10) + (index % 2)] + shifts[index % 10]);
}

/**
 * The direction in which the loss of each sample falls fastest, and how fast: minus its gradient by the sample's own place.
 * @param {EngineClient} client
 * @param {RemoteRun} run
 * @param {{ inputs: ArrayLike<number>, values: readonly number[], rows: number }} samples
 * @param {{ catalog: Catalog, classes: number }} known
 * @returns {Promise<Float64Array>} [rows x 2]; all have one factor in common, that of the loss's mean
 */
export async function descentOf(client, run, { inputs, values, rows }, { catalog, classes }) {
  const { experiment } = run;
  const { layers } = experiment.network;
  const { outputs } = await run.call('activations', aroundOf(inputs, rows), layers.length - 1);
  const units = outputs.length / (5 * rows);
  /** @param {number} row @param {number} place @param {number} unit */
  const at = (row, place, unit) => outputs[(5 * row + place) * units + unit];
  const scores = Float32Array.from({ length: rows * units }, (_, index) => at(Math.floor(index / units), 0, index % units));
  const targets = values.flatMap((target) => targetsOf(experiment, catalog, { target, classes }));
  const { slope } = await client.loss(experiment.training.loss ?? '', scores, targets, units);
  const directions = new Float64Array(2 * rows);
  for (let row = 0; row < rows; ++row) {
    for (let unit = 0; unit < units; ++unit) {
      const down = -slope[row * units + unit] / (2 * REACH);
      directions[2 * row] += down * (at(row, 1, unit) - at(row, 2, unit));
      directions[2 * row + 1] += down * (at(row, 3, unit) - at(row, 4, unit));
    }
  }
  return directions;
}
