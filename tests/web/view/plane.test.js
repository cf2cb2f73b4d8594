// What is seen of the plane: nearer, farther, elsewhere; and the numbers at its edges.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { moved, niceTicks, sameArea, zoomed } from '../../../web/src/view/plane.js';

/** @typedef {import('../../../web/src/view/plane.js').Area} Area */

/** @type {Area} */
const whole = { x: [-6, 6], y: [-6, 6] };

describe('zooming', () => {
  it('keeps the place under the pointer where it is', () => {
    const near = zoomed(whole, 2, [3, -1.5], whole);
    assert.deepEqual(near, { x: [-1.5, 4.5], y: [-3.75, 2.25] });
    const part = (/** @type {Area} */ { x, y }) => [(3 - x[0]) / (x[1] - x[0]), (-1.5 - y[0]) / (y[1] - y[0])];
    assert.deepEqual(part(near), part(whole));
    assert.ok(sameArea(zoomed(near, 1 / 2, [3, -1.5], whole), whole), 'and the way back leads back');
  });

  it('ends where nothing more is to be seen, inside and outside', () => {
    const nearest = zoomed(whole, 1e9, [0, 0], whole);
    assert.equal(nearest.x[1] - nearest.x[0], 12 / 64);
    const farthest = zoomed(whole, 1e-9, [6, 6], whole);
    assert.deepEqual(farthest, { x: [-48, 48], y: [-48, 48] }, 'centred again, as nothing lies beyond');
  });
});

describe('moving', () => {
  it('goes as far as it is told, and stays near the data', () => {
    assert.deepEqual(moved(whole, 1, -2, whole), { x: [-5, 7], y: [-8, 4] });
    const far = moved(whole, 1e6, 0, whole);
    assert.deepEqual(far.x, [36, 48]);
    assert.deepEqual(far.y, whole.y);
  });
});

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
