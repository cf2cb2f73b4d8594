/** How long a run is to train, how far it is, and how long that will take. Pure. */

/** @import { Progress } from '../../engine/types.js' */

/** @typedef {{ epochs?: number, steps?: number }} Limit so many epochs, or so many steps */

/** @type {readonly Limit[]} */
export const limits = Object.freeze([
  { epochs: 1 },
  { epochs: 5 },
  { epochs: 10 },
  { epochs: 20 },
  { epochs: 50 },
  { epochs: 100 },
  { steps: 1000 },
  { steps: 10_000 },
]);

/**
 * Where a run stops: at the next multiple of its limit, so that a run that has reached it can go on for as long again.
 * @param {Limit} limit
 * @param {Progress} progress
 * @returns {Limit}
 */
export function targetOf({ epochs, steps }, progress) {
  if (epochs !== undefined) return { epochs: epochs * (Math.floor(progress.epoch / epochs) + 1) };
  const count = steps ?? 1;
  return { steps: count * (Math.floor(progress.step / count) + 1) };
}

/**
 * @param {Limit} target
 * @param {Progress} progress
 */
export function isReached({ epochs = Infinity, steps = Infinity }, progress) {
  return progress.epoch >= epochs || progress.step >= steps;
}

/**
 * How much of the way lies behind, and how many seconds are left; undefined where no pace is known.
 * @param {Limit} target
 * @param {Progress} progress
 * @param {number} epoch so far, with its fraction
 * @param {number} stepsPerEpoch
 * @returns {{ done: number, total: number, seconds: number | undefined }}
 */
export function wayOf({ epochs, steps = 0 }, progress, epoch, stepsPerEpoch) {
  const [done, total] = epochs === undefined ? [Math.min(progress.step, steps), steps] : [Math.min(epoch, epochs), epochs];
  const left = (total - done) * (epochs === undefined ? 1 : stepsPerEpoch);
  const { stepsPerSecond = 0 } = progress;
  return { done, total, seconds: stepsPerSecond > 0 ? left / stepsPerSecond : undefined };
}

/**
 * @param {Limit} a
 * @param {Limit | null} b
 */
export function isSameLimit(a, b) {
  return a.epochs === b?.epochs && a.steps === b?.steps;
}
