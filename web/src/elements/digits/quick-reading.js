/**
 * The answer to what is being written, at the pen's pace. A frame waits for its turn beside training and carries whatever else is to be
 * seen; a prediction alone is answered between two slices of training.
 */

/** @import { RemoteRun } from '../../engine/client.js' */

/**
 * @param {object} lab
 * @param {() => RemoteRun | null} lab.run
 * @param {() => Float32Array | undefined} lab.picture
 * @param {(prediction: Float32Array, run: RemoteRun) => void} lab.show
 * @param {(thrown: unknown) => void} lab.fail
 */
export function createQuickReading({ run: runOf, picture: pictureOf, show, fail }) {
  let reading = false;

  async function read() {
    const run = runOf();
    if (reading || !run || run.disposed) return;
    reading = true;
    try {
      // One question at a time: what was drawn meanwhile is asked next, what lies between is skipped.
      /** @type {Float32Array | undefined} */
      let read;
      for (let picture = pictureOf(); picture && picture !== read && runOf() === run; picture = pictureOf()) {
        read = picture;
        const prediction = await run.call('predict', picture);
        if (runOf() === run && pictureOf()) show(prediction, run);
      }
    } catch (thrown) {
      // What was asked of a run that another has replaced meanwhile concerns nobody.
      if (runOf() === run) fail(thrown);
    } finally {
      reading = false;
    }
  }

  return {
    /** The picture is another one. */
    changed: () => read(),
  };
}
