/**
 * Experiments upon experiments: what two documents differ in, the same experiment from many seeds, and sweeps over two settings. Pure;
 * whoever calls brings the training along.
 */
import { idOf, parameterOf, withParameter, withTraining } from './edits.js';

/** @import { FilledExperiment } from '../engine/types.js' */

/** What one training came to. @typedef {{ loss: number, score: number }} Outcome */

/**
 * Trains one document to its end; rejects where it cannot be run.
 * @typedef {(experiment: FilledExperiment) => Promise<Outcome>} Trial
 */

/** @typedef {{ path: string, before: unknown, after: unknown }} Difference */

/**
 * The settings in which two documents differ, by dotted path, in the order of the first.
 * @param {unknown} before
 * @param {unknown} after
 * @param {string} [path]
 * @returns {Difference[]}
 */
export function differences(before, after, path = '') {
  if (Object.is(before, after)) return [];
  // An operation without parameters of its own is written as its name alone.
  const short = (/** @type {unknown} */ value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).join() === 'id'
      ? /** @type {{ id: unknown }} */ (value).id
      : value;
  const [left, right] = [short(before), short(after)];
  if (Object.is(left, right)) return [];
  const structured = (/** @type {unknown} */ value) => typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
  if (!structured(left) || !structured(right) || Array.isArray(left) !== Array.isArray(right))
    return [{ path, before: left, after: right }];
  const a = /** @type {Record<string, unknown>} */ (left);
  const b = /** @type {Record<string, unknown>} */ (right);
  const simple = Array.isArray(left) && [...Object.values(a), ...Object.values(b)].every((item) => typeof item !== 'object');
  if (simple) return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, before: left, after: right }];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differences(a[key], b[key], path ? `${path}.${key}` : key));
}

/**
 * The interval that holds a probability with 95 % confidence when k of n trials succeeded (E. B. Wilson 1927).
 * @param {number} k
 * @param {number} n
 * @returns {[number, number]}
 */
export function successInterval(k, n) {
  if (n === 0) return [0, 1];
  const z = 1.959964;
  const p = k / n;
  const center = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (center - half) / scale), Math.min(1, (center + half) / scale)];
}

/**
 * The experiment from another start: other weights, and the rows in another order; the data stay.
 * @param {FilledExperiment} experiment
 * @param {number} seed
 * @returns {FilledExperiment}
 */
export function withSeed(experiment, seed) {
  return withTraining({ ...experiment, network: { ...experiment.network, seed } }, { seed });
}

/**
 * Trains from the seeds 1 to `count`, in turn, until `stopped` says so.
 * @param {FilledExperiment} experiment
 * @param {number} count
 * @param {Trial} trial
 * @param {{ stopped: () => boolean, onOutcome: (outcome: Outcome, index: number) => void }} watch
 */
export async function trySeeds(experiment, count, trial, { stopped, onOutcome }) {
  for (let index = 0; index < count && !stopped(); ++index) onOutcome(await trial(withSeed(experiment, index + 1)), index);
}

/**
 * A setting that a sweep can vary.
 * @typedef {object} Axis
 * @property {string} id
 * @property {boolean} whole
 * @property {number} lowest
 * @property {number} highest
 * @property {boolean} logarithmic
 * @property {(experiment: FilledExperiment) => number | undefined} read undefined where the experiment has no such setting
 * @property {(experiment: FilledExperiment, value: number) => FilledExperiment} write
 */

/** @param {FilledExperiment} experiment */
const hiddenOf = ({ network }) => network.layers.slice(0, -1);

/** What sweeps vary; a new one is one entry here and its name in both languages. @type {readonly Axis[]} */
export const axes = Object.freeze([
  {
    id: 'learningRate',
    whole: false,
    lowest: 1e-5,
    highest: 10,
    logarithmic: true,
    read: ({ training }) => parameterOf(training.optimizer, { name: 'learningRate', fallback: 0.03 }),
    write: (experiment, value) =>
      withTraining(experiment, { optimizer: withParameter(experiment.training.optimizer, 'learningRate', value) }),
  },
  {
    id: 'units',
    whole: true,
    lowest: 1,
    highest: 64,
    logarithmic: true,
    read: (experiment) => hiddenOf(experiment)[0]?.units,
    write: (experiment, units) => ({
      ...experiment,
      network: {
        ...experiment.network,
        layers: experiment.network.layers.map((layer, index, all) =>
          index < all.length - 1 ? { ...layer, units } : { activation: layer.activation },
        ),
      },
    }),
  },
  {
    id: 'layers',
    whole: true,
    lowest: 0,
    highest: 8,
    logarithmic: false,
    read: (experiment) => hiddenOf(experiment).length,
    write: (experiment, count) => {
      const hidden = hiddenOf(experiment);
      const pattern = hidden[hidden.length - 1] ?? { units: 4, activation: 'tanh' };
      const { activation } = experiment.network.layers[experiment.network.layers.length - 1];
      return {
        ...experiment,
        network: {
          ...experiment.network,
          layers: [...Array.from({ length: count }, (_, index) => hidden[index] ?? pattern), { activation }],
        },
      };
    },
  },
  {
    id: 'batchSize',
    whole: true,
    lowest: 1,
    highest: 500,
    logarithmic: true,
    read: ({ training }) => training.batchSize,
    write: (experiment, batchSize) => withTraining(experiment, { batchSize }),
  },
  {
    id: 'l2',
    whole: false,
    lowest: 1e-6,
    highest: 1,
    logarithmic: true,
    read: ({ training }) => training.l2,
    write: (experiment, l2) => withTraining(experiment, { l2 }),
  },
  {
    id: 'noise',
    whole: false,
    lowest: 0,
    highest: 1,
    logarithmic: false,
    read: ({ data }) => data.noise,
    write: (experiment, noise) => ({ ...experiment, data: { ...experiment.data, noise } }),
  },
]);

/**
 * Values around the present one: by halves and doubles (thirds and threes for rates) on a logarithmic axis, in even steps on another.
 * @param {Axis} axis
 * @param {FilledExperiment} experiment
 * @param {number} count
 * @returns {number[]}
 */
export function valuesAround({ whole, lowest, highest, logarithmic, read }, experiment, count) {
  const present = read(experiment) ?? lowest;
  if (!logarithmic) {
    const step = whole ? 1 : (highest - lowest) / 10;
    const first = Math.max(lowest, Math.min(present - step * Math.floor(count / 2), highest - step * (count - 1)));
    return Array.from({ length: count }, (_, index) => Number((first + index * step).toPrecision(6))).filter((value) => value <= highest);
  }
  const ratio = whole ? 2 : Math.sqrt(10);
  const round = (/** @type {number} */ value) => (whole ? Math.round(value) : Number(value.toPrecision(1)));
  const center = Math.min(highest, Math.max(lowest, present));
  let first = center / ratio ** Math.floor(count / 2);
  while (first < lowest / 1.01) first *= ratio;
  while (first * ratio ** (count - 1) > highest * 1.01) first /= ratio;
  return [...new Set(Array.from({ length: count }, (_, index) => round(Math.max(lowest, first * ratio ** index))))];
}

/**
 * Trains once (or from several seeds, whose mean counts) for each pair of values.
 * @param {FilledExperiment} experiment
 * @param {{ axis: Axis, values: readonly number[] }} horizontal
 * @param {{ axis: Axis, values: readonly number[] }} vertical
 * @param {number} seeds
 * @param {Trial} trial
 * @param {{ stopped: () => boolean, onCell: (cell: { column: number, row: number, outcome: Outcome | Error }) => void }} watch
 */
export async function sweep(experiment, horizontal, vertical, seeds, trial, { stopped, onCell }) {
  for (let row = 0; row < vertical.values.length; ++row) {
    for (let column = 0; column < horizontal.values.length; ++column) {
      const set = vertical.axis.write(horizontal.axis.write(experiment, horizontal.values[column]), vertical.values[row]);
      let loss = 0;
      let score = 0;
      try {
        for (let seed = 0; seed < seeds; ++seed) {
          if (stopped()) return;
          const outcome = await trial(seeds > 1 ? withSeed(set, seed + 1) : set);
          loss += outcome.loss / seeds;
          score += outcome.score / seeds;
        }
        onCell({ column, row, outcome: { loss, score } });
      } catch (thrown) {
        if (!(thrown instanceof Error)) throw thrown;
        onCell({ column, row, outcome: thrown });
      }
    }
  }
}

/**
 * A name for an experiment, of what sets it apart at first sight.
 * @param {FilledExperiment} experiment
 */
export function shapeOf({ data, network, training }) {
  const units = network.layers.map((layer) => layer.units ?? '?');
  return `${data.id} · ${[data.features?.length ?? data.columns ?? 2, ...units].join('-')} · ${idOf(network.layers[0]?.activation)} · ${idOf(training.optimizer)}`;
}
