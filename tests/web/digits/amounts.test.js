import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountsWithin, compareAmounts, placeOf } from '../../../web/src/digits/amounts.js';

test('only amounts that there are digits for are tried', () => {
  assert.deepEqual(amountsWithin(10_000), [100, 300, 1000, 3000, 10_000]);
  assert.equal(amountsWithin(60_000).at(-1), 60_000);
});

test('amounts are tried in turn, and what is known is told at once', async () => {
  /** @type {number[]} */
  const tried = [];
  /** @type {number[]} */
  const told = [];
  const trial = async (/** @type {number} */ samples) => {
    tried.push(samples);
    return { samples, train: 1, test: 0.5 };
  };
  assert.equal(await compareAmounts([100, 300], trial, (results) => told.push(results.length)), true);
  assert.deepEqual(
    [tried, told],
    [
      [100, 300],
      [1, 2],
    ],
  );
});

test('a stop ends it, and keeps what was found', async () => {
  /** @type {number[]} */
  const told = [];
  const trial = async (/** @type {number} */ samples) => (samples < 1000 ? { samples, train: 1, test: 0.5 } : null);
  assert.equal(await compareAmounts([100, 300, 1000, 3000], trial, (results) => told.push(results.length)), false);
  assert.deepEqual(told, [1, 2]);
});

test('the axis is logarithmic', () => {
  assert.deepEqual([placeOf(100), placeOf(60_000)], [0, 1]);
  assert.ok(Math.abs(placeOf(1000) - placeOf(100) - (placeOf(10_000) - placeOf(1000))) < 1e-12);
});
