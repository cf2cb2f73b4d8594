/**
 * The moments of a run that one can go back to: its state every now and then, few at first and evenly spread however long it trains.
 * Pure.
 */

/** @import { FilledExperiment } from '../engine/types.js' */

/**
 * @typedef {object} Moment
 * @property {number} step
 * @property {number} epoch
 * @property {number} place where it lies on the curves' axis
 * @property {FilledExperiment} experiment the settings that were in force
 * @property {Uint8Array} snapshot
 */

/** Moments kept at most; when they are full every second one goes. */
const MOST_MOMENTS = 240;
/** Bytes of snapshots kept at most. A network so large that this holds fewer than two moments is not recorded. */
const MOST_BYTES = 24 * 2 ** 20;

/**
 * @param {{ moments?: number, bytes?: number }} [limits]
 */
export function createTimeline({ moments: mostMoments = MOST_MOMENTS, bytes: mostBytes = MOST_BYTES } = {}) {
  /** @type {Moment[]} */
  let moments = [];
  /** Steps between two moments that are kept. */
  let spacing = 1;

  return {
    /** Oldest first. @returns {readonly Moment[]} */
    get moments() {
      return moments;
    },
    /**
     * Whether a moment at this step would be kept: asked before the snapshot is made.
     * @param {number} step
     */
    wants(step) {
      const last = moments[moments.length - 1];
      return last === undefined || step >= last.step + spacing;
    },
    /**
     * Takes a moment, later than all others.
     * @param {Moment} moment
     */
    add(moment) {
      const last = moments[moments.length - 1];
      if (last && moment.step <= last.step) return;
      const most = Math.min(mostMoments, Math.floor(mostBytes / moment.snapshot.length));
      if (most < 2) return;
      moments.push(moment);
      if (moments.length <= most) return;
      // The first stays: it is the start, which everybody wants to go back to.
      moments = moments.filter((_, index) => index % 2 === 0);
      spacing = Math.max(spacing, ...moments.slice(1).map(({ step }, index) => step - moments[index].step));
    },
    /**
     * The last moment at or before a step.
     * @param {number} step
     * @returns {Moment | undefined}
     */
    before(step) {
      return moments.findLast((moment) => moment.step <= step);
    },
    /**
     * Training goes on from a step: what came after it is another story now.
     * @param {number} step
     */
    branch(step) {
      moments = moments.filter((moment) => moment.step <= step);
    },
    clear() {
      moments = [];
      spacing = 1;
    },
  };
}

/**
 * Reasons to stop training by itself; fields that are left out do not count.
 * @typedef {object} StopConditions
 * @property {number} [epochs] completed
 * @property {number} [loss] of the training rows, at or below
 * @property {number} [accuracy] of the test rows (of the training rows where there are no others), at or above
 * @property {number} [plateau] epochs without a training loss that is a thousandth lower
 */

/** @typedef {keyof StopConditions} StopReason */

/** What counts as lower on a plateau. */
const IMPROVEMENT = 1e-3;

/**
 * Watches a run for reasons to stop. A condition that is true already when training starts does not stop it: it must become true.
 */
export function createStopWatch() {
  let best = Infinity;
  let bestAt = 0;
  /** @type {Set<StopReason>} */
  let met = new Set();

  /**
   * @param {StopConditions} conditions
   * @param {{ epoch: number, loss?: number, accuracy?: number }} now
   * @returns {StopReason[]}
   */
  function reasons({ epochs, loss, accuracy, plateau }, now) {
    /** @type {StopReason[]} */
    const found = [];
    if (epochs !== undefined && now.epoch >= epochs) found.push('epochs');
    if (loss !== undefined && now.loss !== undefined && now.loss <= loss) found.push('loss');
    if (accuracy !== undefined && now.accuracy !== undefined && now.accuracy >= accuracy) found.push('accuracy');
    if (plateau !== undefined && now.epoch - bestAt >= plateau) found.push('plateau');
    return found;
  }

  return {
    /**
     * Training starts, or conditions change.
     * @param {StopConditions} conditions
     * @param {{ epoch: number, loss?: number, accuracy?: number }} now
     */
    start(conditions, now) {
      best = now.loss ?? Infinity;
      bestAt = now.epoch;
      met = new Set(reasons(conditions, now));
    },
    /**
     * @param {StopConditions} conditions
     * @param {{ epoch: number, loss?: number, accuracy?: number }} now
     * @returns {StopReason | undefined} the first reason that has become true since the start
     */
    check(conditions, now) {
      if (now.loss !== undefined && now.loss < best * (1 - IMPROVEMENT)) {
        best = now.loss;
        bestAt = now.epoch;
      }
      const found = reasons(conditions, now);
      met = new Set([...met].filter((reason) => found.includes(reason)));
      return found.find((reason) => !met.has(reason));
    },
  };
}
