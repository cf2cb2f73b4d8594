import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weightReach } from '../../../web/src/view/weight-images.js';

/** @param {number} index */
function noise(index) {
  return Math.sin(index * 12.9898) * 0.1;
}

test('the scale ends at a round number that holds nearly all weights', () => {
  const weights = Float32Array.from({ length: 10000 }, (_, index) => noise(index));
  assert.equal(weightReach(weights, weights.length), 0.1);
  assert.equal(
    weightReach(
      weights.map((weight) => weight * 1.3),
      weights.length,
    ),
    0.15,
  );
});

test('a few outliers do not pale all others', () => {
  const weights = Float32Array.from({ length: 10000 }, (_, index) => (index < 20 ? 5 : noise(index)));
  assert.equal(weightReach(weights, weights.length), 0.15);
});

test('only the first weights count, those of other layers do not', () => {
  assert.equal(weightReach([0.5, -0.5, 100], 2), 0.5);
});

test('weights that are all zero, or not finite, still have a scale', () => {
  assert.equal(weightReach(new Float32Array(100), 100), 1);
  assert(Number.isFinite(weightReach([Number.NaN, Infinity, 0.3, -0.2], 4)));
});
