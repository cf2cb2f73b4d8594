/**
 * The runs of a session: each that was trained and then left for another, and those that the reader keeps. Pure.
 */

/** @import { FilledExperiment } from '../engine/types.js' */

/**
 * Losses of both splits at places in epochs, and the seconds of training until then.
 * @typedef {{ places: readonly number[], train: readonly (number | null)[], test: readonly (number | null)[], seconds: readonly (number | null)[] }} RunCurves
 */

/**
 * @typedef {object} PastRun
 * @property {number} number counts the runs of the session
 * @property {FilledExperiment} experiment
 * @property {number} step
 * @property {number} epoch
 * @property {number} [trainLoss]
 * @property {number} [testLoss]
 * @property {number} [score] accuracy or R², of the test rows where there are any
 * @property {RunCurves} curves
 * @property {Uint8Array} [snapshot] where it stood last
 * @property {boolean} pinned
 */

/** Runs that nobody pinned go when there are more than this. */
const MOST_UNPINNED = 20;

/** @param {{ unpinned?: number }} [limits] */
export function createRunHistory({ unpinned = MOST_UNPINNED } = {}) {
  /** @type {readonly PastRun[]} newest first */
  let runs = [];
  let count = 0;

  return {
    get runs() {
      return runs;
    },
    /**
     * @param {Omit<PastRun, 'number'>} run
     * @returns {PastRun}
     */
    add(run) {
      count += 1;
      const added = { ...run, number: count };
      let kept = 0;
      runs = [added, ...runs].filter(({ pinned }) => pinned || ++kept <= unpinned);
      return added;
    },
    /**
     * @param {number} number
     * @param {boolean} pinned
     */
    pin(number, pinned) {
      runs = runs.map((run) => (run.number === number ? { ...run, pinned } : run));
    },
    /** @param {number} number */
    remove(number) {
      runs = runs.filter((run) => run.number !== number);
    },
  };
}
