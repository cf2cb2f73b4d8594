/** When it is worth the time to evaluate a run that trains. Pure. */

/** @import { Progress, Split } from '../../engine/types.js' */

/** Milliseconds between two evaluations, at least. */
const INTERVAL = 100;
/** Of ten milliseconds, evaluation may take one: the rest is for training. */
const SHARE = 9;

/**
 * Evaluating thousands of digits takes as long as many steps of training. This says when it is worth it, by what it last cost.
 * @param {() => number} [now]
 */
export function createEvaluationPace(now = () => performance.now()) {
  let askedAt = 0;
  let dueAt = 0;
  let knownStep = -1;
  return {
    /**
     * What to evaluate in the next frame.
     * @param {Progress} progress
     * @param {boolean} playing a run that stands still is evaluated at once
     * @returns {Split[] | undefined}
     */
    ask({ step }, playing) {
      const time = now();
      if (step === knownStep || (playing && time < dueAt)) return undefined;
      askedAt = time;
      return ['train', 'test'];
    },
    /** @param {number} step that was evaluated */
    answered(step) {
      const time = now();
      knownStep = step;
      dueAt = time + Math.max(INTERVAL, SHARE * (time - askedAt));
    },
    restart() {
      knownStep = -1;
      dueAt = 0;
    },
  };
}
