import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEvaluationPace } from '../../../web/src/elements/digits/evaluation-pace.js';

/** @import { Progress } from '../../../web/src/engine/types.js' */

/** @param {number} step */
function at(step) {
  return /** @type {Progress} */ ({ step, epoch: 0, loss: 0, status: 'running' });
}

test('a new run is evaluated at once, and not twice at the same step', () => {
  const pace = createEvaluationPace(() => 0);
  assert.equal(pace.ask(at(0), false), true);
  pace.answered(0);
  assert.equal(pace.ask(at(0), false), false);
  assert.equal(pace.ask(at(0), true), false);
});

test('while it trains, cheap evaluations come ten times a second', () => {
  let time = 0;
  const pace = createEvaluationPace(() => time);
  pace.ask(at(0), true);
  time = 5;
  pace.answered(0);
  time = 104;
  assert.equal(pace.ask(at(100), true), false);
  time = 105;
  assert.equal(pace.ask(at(100), true), true);
});

test('while it trains, dear evaluations take a fifth of the time', () => {
  let time = 0;
  const pace = createEvaluationPace(() => time);
  pace.ask(at(0), true);
  time = 400;
  pace.answered(0);
  time = 1999;
  assert.equal(pace.ask(at(100), true), false);
  time = 2000;
  assert.equal(pace.ask(at(100), true), true);
});

test('a run that stands still after a step is evaluated without waiting', () => {
  let time = 0;
  const pace = createEvaluationPace(() => time);
  pace.ask(at(0), true);
  time = 400;
  pace.answered(0);
  assert.equal(pace.ask(at(1), false), true);
});

test('after a restart the same step counts as new', () => {
  const pace = createEvaluationPace(() => 0);
  pace.ask(at(0), false);
  pace.answered(0);
  pace.restart();
  assert.equal(pace.ask(at(0), true), true);
});

test('an evaluation before training does not delay the first one of it', () => {
  let time = 0;
  const pace = createEvaluationPace(() => time);
  pace.ask(at(0), false);
  time = 500;
  pace.answered(0);
  assert.equal(pace.ask(at(1), true), true);
});
