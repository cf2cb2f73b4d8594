import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEpochClock } from '../../../../web/src/elements/digits/epoch-clock.js';

/**
 * @param {number} step
 * @param {number} epoch
 */
function at(step, epoch) {
  return /** @type {import('../../../../web/src/engine/types.js').Progress} */ ({ step, epoch, loss: 0, status: 'running' });
}

test('steps are fractions of an epoch', () => {
  const clock = createEpochClock();
  assert.equal(clock.at(at(0, 0), 100), 0);
  assert.equal(clock.at(at(25, 0), 100), 0.25);
  assert.equal(clock.at(at(100, 1), 100), 1);
  assert.equal(clock.at(at(350, 3), 100), 3.5);
});

test('after a change of the batch size the fraction goes on from where it was', () => {
  const clock = createEpochClock();
  clock.at(at(50, 0), 100);
  assert.equal(clock.at(at(55, 0), 20), 0.75);
});

test('it never leaves the epoch that the engine is in', () => {
  const clock = createEpochClock();
  assert(clock.at(at(120, 0), 100) < 1);
  assert.equal(clock.at(at(121, 4), 100), 4);
});

test('a run that was set back, or resumed, is followed', () => {
  const clock = createEpochClock();
  clock.at(at(500, 5), 100);
  assert.equal(clock.at(at(200, 2), 100), 2);
  clock.restart();
  assert.equal(clock.at(at(0, 0), 100), 0);
  clock.restart();
  assert(Math.abs(clock.at(at(730, 7), 100) - 7.3) < 1e-9);
});

test('a moment of a little while ago has its place before now', () => {
  const clock = createEpochClock();
  clock.at(at(350, 3), 100);
  assert(Math.abs(clock.placeOf(at(310, 3), 100) - 3.1) < 1e-9);
  assert(Math.abs(clock.placeOf(at(280, 2), 100) - 2.8) < 1e-9);
  // The batch size changed on the way: what the engine counts holds.
  assert(clock.placeOf(at(340, 2), 100) < 3);
});
