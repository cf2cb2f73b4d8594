// The answer to what is being written: one question at a time, the newest picture next.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createQuickReading } from '../../../../web/src/elements/digits/quick-reading.js';

/** @import { RemoteRun } from '../../../../web/src/engine/client.js' */

/** A lab whose run answers when it is told to. */
function lab() {
  /** @type {{ picture: Float32Array, answer: (prediction: Float32Array) => void, fail: (thrown: unknown) => void }[]} */
  const asked = [];
  const runOf = () =>
    /** @type {RemoteRun} */ (
      /** @type {unknown} */ ({
        disposed: false,
        call: (/** @type {string} */ _, /** @type {Float32Array} */ picture) =>
          new Promise((answer, fail) => {
            asked.push({ picture, answer, fail });
          }),
      })
    );
  const state = {
    run: /** @type {RemoteRun | null} */ (runOf()),
    picture: /** @type {Float32Array | undefined} */ (undefined),
    /** @type {number[]} */
    shown: [],
    /** @type {unknown[]} */
    failures: [],
  };
  const reading = createQuickReading({
    run: () => state.run,
    picture: () => state.picture,
    show: ([first]) => state.shown.push(first),
    fail: (thrown) => state.failures.push(thrown),
  });
  /** @param {number} ink */
  const draw = (ink) => {
    state.picture = Float32Array.of(ink);
    reading.changed();
  };
  return { asked, state, reading, draw, runOf };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the answer to what is being written', () => {
  it('is asked for at once, then for the newest picture, and those between are skipped', async () => {
    const { asked, state, draw } = lab();
    draw(1);
    draw(2);
    draw(3);
    assert.deepEqual(
      asked.map(({ picture: [ink] }) => ink),
      [1],
    );
    asked[0].answer(Float32Array.of(10));
    await turn();
    assert.deepEqual(
      asked.map(({ picture: [ink] }) => ink),
      [1, 3],
    );
    asked[1].answer(Float32Array.of(30));
    await turn();
    assert.deepEqual(state.shown, [10, 30]);
    assert.equal(asked.length, 2);
  });

  it('of a run that was replaced is not shown, nor what went wrong with it', async () => {
    const { asked, state, draw, runOf } = lab();
    draw(1);
    state.run = runOf();
    asked[0].answer(Float32Array.of(10));
    await turn();
    draw(2);
    state.run = null;
    asked[1].fail(new Error('gone'));
    await turn();
    assert.deepEqual([state.shown, state.failures], [[], []]);
  });

  it('that cannot be had is told', async () => {
    const { asked, state, draw } = lab();
    draw(1);
    const wrong = new Error('wrong');
    asked[0].fail(wrong);
    await turn();
    assert.deepEqual(state.failures, [wrong]);
  });
});
