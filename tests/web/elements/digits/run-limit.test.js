import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReached, isSameLimit, limits, targetOf, wayOf } from '../../../../web/src/elements/digits/run-limit.js';

/**
 * @param {number} step
 * @param {number} epoch
 * @param {number} [stepsPerSecond]
 */
function at(step, epoch, stepsPerSecond) {
  return /** @type {import('../../../../web/src/engine/types.js').Progress} */ ({
    step,
    epoch,
    loss: 0,
    status: 'running',
    stepsPerSecond,
  });
}

test('a run stops at its limit, and one that has reached it goes on for as long again', () => {
  assert.deepEqual(targetOf({ epochs: 10 }, at(0, 0)), { epochs: 10 });
  assert.deepEqual(targetOf({ epochs: 10 }, at(900, 9)), { epochs: 10 });
  assert.deepEqual(targetOf({ epochs: 10 }, at(1000, 10)), { epochs: 20 });
  assert.deepEqual(targetOf({ steps: 1000 }, at(1234, 3)), { steps: 2000 });
});

test('a target is reached by its own count', () => {
  assert.equal(isReached({ epochs: 10 }, at(5000, 9)), false);
  assert.equal(isReached({ epochs: 10 }, at(5000, 10)), true);
  assert.equal(isReached({ steps: 5000 }, at(5000, 1)), true);
});

test('the way is told in the units of its target, the time by the pace', () => {
  assert.deepEqual(wayOf({ epochs: 10 }, at(250, 2, 100), 2.5, 100), { done: 2.5, total: 10, seconds: 7.5 });
  assert.deepEqual(wayOf({ steps: 10_000 }, at(2500, 25, 500), 25, 100), { done: 2500, total: 10_000, seconds: 15 });
  assert.equal(wayOf({ steps: 10_000 }, at(0, 0, 0), 0, 100).seconds, undefined);
  assert.deepEqual(wayOf({ epochs: 10 }, at(1100, 11, 100), 11, 100), { done: 10, total: 10, seconds: 0 });
});

test('limits are told apart', () => {
  assert.equal(limits.filter((limit) => isSameLimit(limit, { epochs: 10 })).length, 1);
  assert.equal(isSameLimit({ steps: 1000 }, null), false);
});
