/** When a run is evaluated, and on how much of its data. Pure. */

/** @import { Progress, Split } from '../../engine/types.js' */

/** Milliseconds between two evaluations while a run trains, at least. */
const INTERVAL = 100;
/** While it trains, no more training rows than this are looked at: the curve says as much, and has more points. */
export const GLANCE = 5000;
/** More rows than there are. */
const ALL = 100_000;

/**
 * The worker evaluates beside training, at its own pace. This says whether there is anything to find out.
 * @param {() => number} [now]
 */
export function createAssessor(now = () => performance.now()) {
  let busy = false;
  let askedAt = -Infinity;
  let whole = false;
  let knownStep = -1;
  let knownWhole = false;
  return {
    /**
     * How many rows of each split to look at, at most; null for not now.
     * @param {Progress} progress
     * @param {boolean} playing a run that stands still is evaluated on all of its rows
     * @param {number} trainRows
     * @returns {Record<Split, number> | null}
     */
    ask({ step }, playing, trainRows) {
      if (busy || (playing && now() - askedAt < INTERVAL)) return null;
      const all = !playing || trainRows <= GLANCE;
      if (step === knownStep && (knownWhole || !all)) return null;
      busy = true;
      whole = all;
      askedAt = now();
      return { train: all ? ALL : GLANCE, test: ALL };
    },
    /** @param {Progress} progress that of the parameters which were evaluated */
    answered({ step }) {
      busy = false;
      knownStep = step;
      knownWhole = whole;
    },
    failed() {
      busy = false;
    },
    restart() {
      busy = false;
      knownStep = -1;
      knownWhole = false;
    },
  };
}
