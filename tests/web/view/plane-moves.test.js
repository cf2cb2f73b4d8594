// What is seen of the plane: nearer, farther, elsewhere.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { moved, zoomed } from '../../../web/src/view/plane-moves.js';
import { sameArea } from '../../../web/src/view/plane.js';

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
