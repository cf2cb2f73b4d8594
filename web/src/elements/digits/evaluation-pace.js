/** When it is worth the time to evaluate a run that trains. Pure. */

/** @import { Progress } from '../../engine/types.js' */

/** Milliseconds between two evaluations, at least. */
const INTERVAL = 100;
/** Of five milliseconds, evaluation may take one: the rest is for training. */
const REST = 4;

/**
 * Evaluating thousands of digits takes as long as many steps of training. This says when it is worth it, by what it last cost.
 * @param {() => number} [now]
 */
export function createEvaluationPace(now = () => performance.now()) {
  let askedAt = 0;
  let dueAt = 0;
  let knownStep = -1;
  let training = false;
  return {
    /**
     * Whether to evaluate in the next frame.
     * @param {Progress} progress
     * @param {boolean} playing a run that stands still is evaluated at once
     */
    ask({ step }, playing) {
      const time = now();
      if (step === knownStep || (playing && time < dueAt)) return false;
      askedAt = time;
      training = playing;
      return true;
    },
    /** @param {number} step that was evaluated */
    answered(step) {
      const time = now();
      knownStep = step;
      // What took time while nothing was training has kept nothing from it.
      dueAt = training ? time + Math.max(INTERVAL, REST * (time - askedAt)) : time;
    },
    restart() {
      knownStep = -1;
      dueAt = 0;
    },
  };
}
