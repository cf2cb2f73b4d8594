/** @import { Progress } from '../../engine/types.js' */

/**
 * Epochs with their fraction, from the completed steps and epochs that the engine counts. The batch size may change on the way, so the
 * fraction is summed up step by step and held within the epoch that the engine is in.
 */
export function createEpochClock() {
  let step = 0;
  let time = 0;
  return {
    /**
     * @param {Progress} progress
     * @param {number} stepsPerEpoch as they are now
     */
    at(progress, stepsPerEpoch) {
      time = progress.step >= step ? time + (progress.step - step) / stepsPerEpoch : progress.epoch;
      // One step short of the next epoch at most: that one begins when the engine says so.
      time = Math.min(Math.max(time, progress.epoch), progress.epoch + 1 - 1 / stepsPerEpoch);
      step = progress.step;
      return time;
    },
    /**
     * Where a moment of a little while ago was, as the steps go now.
     * @param {Progress} progress
     * @param {number} stepsPerEpoch
     */
    placeOf(progress, stepsPerEpoch) {
      const place = time - (step - progress.step) / stepsPerEpoch;
      return Math.min(Math.max(place, progress.epoch), progress.epoch + 1 - 1 / stepsPerEpoch);
    },
    restart() {
      step = 0;
      time = 0;
    },
  };
}
