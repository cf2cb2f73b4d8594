// The numbers at the edges of the plane.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { niceTicks } from '../../../web/src/view/plane.js';

describe('ticks', () => {
  it('are round numbers, 1, 2 or 5 apart, and never more than asked for', () => {
    assert.deepEqual(niceTicks(-6, 6, 6), [-6, -4, -2, 0, 2, 4, 6]);
    assert.deepEqual(niceTicks(-6, 6, 4), [-5, 0, 5]);
    assert.deepEqual(niceTicks(0.11, 0.33, 5), [0.15, 0.2, 0.25, 0.3]);
    assert.deepEqual(niceTicks(-48, 48, 6), [-40, -20, 0, 20, 40]);
    assert.deepEqual(niceTicks(-0.3, 0.3, 3), [-0.2, 0, 0.2]);
    for (let width = 1e-3; width < 1e4; width *= 1.37) {
      const ticks = niceTicks(-width / 3, (2 * width) / 3, 6);
      assert.ok(ticks.length >= 2 && ticks.length <= 7, `${ticks}`);
      assert.ok(ticks.every((tick) => tick >= -width / 3 - 1e-9 && tick <= (2 * width) / 3 + 1e-9 && !Object.is(tick, -0)));
    }
  });

  it('are none where there is no interval', () => {
    assert.deepEqual(niceTicks(1, 1, 5), []);
    assert.deepEqual(niceTicks(0, Infinity, 5), []);
  });
});
