/**
 * The digits of a lab, between the reader and the store: fetches what an experiment needs, asks before much is fetched, and says where
 * that stands.
 */
import { DataFileError } from '../../digits/data-file-error.js';
import { EngineError } from '../../engine/errors.js';

/** @import { createMnistStore, MnistFiles } from '../../digits/mnist-store.js' */

/**
 * `bytes`: what is still to be fetched.
 * @typedef {{ kind: 'idle' } | { kind: 'offer', bytes: number } | { kind: 'loading', fraction: number, bytes: number, whole: boolean }
 *   | { kind: 'failed', error: DataFileError, whole: boolean }} DataState
 */

/** A run waits for the second stage at least: the first one is something to look at meanwhile. */
const FIRST_STAGE = 1;

/**
 * @param {object} options
 * @param {ReturnType<typeof createMnistStore>} options.store
 * @param {() => void} options.changed the state is another one
 * @param {(error: DataFileError) => void} options.failed
 */
export function createDigitData({ store, changed, failed }) {
  const last = store.stages.length - 1;
  /** @type {DataState} */
  let state = { kind: 'idle' };
  /** Whether the reader wants the last, large stage. */
  let accepted = false;
  /** Goes on after the reader's decision. @type {(() => void) | undefined} */
  let goOn;
  /** Gives up what waits. @type {(() => void) | undefined} */
  let giveUp;

  /** @param {DataState} next */
  function show(next) {
    state = next;
    changed();
  }

  /** @param {number} samples */
  function stageOf(samples) {
    const stage = store.stages.findIndex(({ train }, index) => index >= FIRST_STAGE && train >= samples);
    return stage < 0 ? last : stage;
  }

  /** @returns {Promise<void>} settled by `accept` and `retry` */
  const decision = () => new Promise((resolve) => (goOn = () => resolve()));

  /** @param {number} stage */
  async function fetchStage(stage) {
    while (!store.complete(stage)) {
      const bytes = store.missing(stage);
      const whole = stage === last;
      if (whole && !accepted) {
        show({ kind: 'offer', bytes });
        await decision();
      }
      show({ kind: 'loading', fraction: 0, bytes, whole });
      try {
        await store.need(stage, (fraction) => show({ kind: 'loading', fraction, bytes, whole }));
      } catch (thrown) {
        if (!(thrown instanceof DataFileError)) throw thrown;
        show({ kind: 'failed', error: thrown, whole });
        failed(thrown);
        await decision();
      }
    }
  }

  return {
    get state() {
      return state;
    },

    stageOf,

    /**
     * Whether an experiment on so many training digits would have to be fetched with the reader's consent.
     * @param {number} samples
     */
    isLarge: (samples) => stageOf(samples) === last && !store.complete(last),

    /**
     * The files for an experiment on the first so many training digits, and on the test digits that go with them.
     * @param {number} samples
     * @returns {Promise<MnistFiles>}
     * @throws {EngineError} `disposed` when the reader gave it up, or wants something else meanwhile
     */
    async files(samples) {
      giveUp?.();
      const stage = stageOf(samples);
      const abandoned = new Promise((_, reject) => {
        giveUp = () => reject(new EngineError('disposed', 'The digits are not wanted any more.'));
      });
      const mine = giveUp;
      // Asked for less than what is on its way: the rest of that is not wanted.
      if (store.complete(stage)) store.cancel();
      try {
        await Promise.race([fetchStage(stage), abandoned]);
        if (state.kind !== 'idle') show({ kind: 'idle' });
      } catch (thrown) {
        if (thrown instanceof DOMException && thrown.name === 'AbortError') {
          throw new EngineError('disposed', 'The download was given up.', { cause: thrown });
        }
        throw thrown;
      } finally {
        if (giveUp === mine) giveUp = undefined;
      }
      return store.files({ train: samples, test: store.stages[stage].test });
    },

    /** The reader wants the large stage, now or when it is asked for. */
    accept() {
      accepted = true;
      goOn?.();
    },

    /** After a failure. */
    retry() {
      goOn?.();
    },

    /** The reader wants neither the large stage nor to wait for it. */
    cancel() {
      accepted = false;
      store.cancel();
      giveUp?.();
      show({ kind: 'idle' });
    },

    /** Something else is wanted: whoever waits is told so; what is on its way goes on until it is known whether that needs it. */
    supersede() {
      giveUp?.();
    },
  };
}
