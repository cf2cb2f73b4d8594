import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAssessor, GLANCE } from '../../../../web/src/elements/digits/assessor.js';

/** @param {number} step */
const at = (step) => /** @type {import('../../../../web/src/engine/types.js').Progress} */ ({ step, epoch: 0, loss: 0, status: 'running' });

function assessorAt() {
  const clock = { time: 0 };
  return { clock, assessor: createAssessor(() => clock.time) };
}

test('one evaluation at a time, and none of what is known', () => {
  const { assessor } = assessorAt();
  assert.ok(assessor.ask(at(0), false, 5000));
  assert.equal(assessor.ask(at(1), false, 5000), null);
  assessor.answered(at(0));
  assert.equal(assessor.ask(at(0), false, 5000), null);
  assert.ok(assessor.ask(at(1), false, 5000));
  assessor.failed();
  assert.ok(assessor.ask(at(1), false, 5000));
  assessor.answered(at(1));
  assessor.restart();
  assert.ok(assessor.ask(at(1), false, 5000));
});

test('while a run trains there is a pause between two', () => {
  const { clock, assessor } = assessorAt();
  assert.ok(assessor.ask(at(1), true, 5000));
  assessor.answered(at(1));
  clock.time = 99;
  assert.equal(assessor.ask(at(2), true, 5000), null);
  clock.time = 100;
  assert.ok(assessor.ask(at(2), true, 5000));
});

test('of many training rows only some are looked at while it trains, and all of them when it stands still', () => {
  const { clock, assessor } = assessorAt();
  assert.equal(assessor.ask(at(1), true, 60_000)?.train, GLANCE);
  assessor.answered(at(1));
  clock.time = 1000;
  assert.equal(assessor.ask(at(1), true, 60_000), null);
  assert.ok((assessor.ask(at(1), false, 60_000)?.train ?? 0) >= 60_000);
  assessor.answered(at(1));
  assert.equal(assessor.ask(at(1), false, 60_000), null);
});
