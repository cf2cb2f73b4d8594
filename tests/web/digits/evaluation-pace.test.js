import assert from "node:assert/strict";
import { test } from "node:test";
import { createEvaluationPace } from "../../../web/src/elements/digits/evaluation-pace.js";

/** @import { Progress } from '../../../web/src/engine/types.js' */

/** @param {number} step */
function at(step) {
  return /** @type {Progress} */ ({ step, epoch: 0, loss: 0, status: "running" });
}

test("a new run is evaluated at once, and not twice at the same step", () => {
  const pace = createEvaluationPace(() => 0);
  assert.deepEqual(pace.ask(at(0), false), ["train", "test"]);
  pace.answered(0);
  assert.equal(pace.ask(at(0), false), undefined);
  assert.equal(pace.ask(at(0), true), undefined);
});

test("while it trains, cheap evaluations come ten times a second", () => {
  let time = 0;
  const pace = createEvaluationPace(() => time);
  pace.ask(at(0), true);
  time = 5;
  pace.answered(0);
  time = 104;
  assert.equal(pace.ask(at(100), true), undefined);
  time = 105;
  assert.notEqual(pace.ask(at(100), true), undefined);
});

test("while it trains, dear evaluations take a tenth of the time", () => {
  let time = 0;
  const pace = createEvaluationPace(() => time);
  pace.ask(at(0), true);
  time = 400;
  pace.answered(0);
  time = 3999;
  assert.equal(pace.ask(at(100), true), undefined);
  time = 4000;
  assert.notEqual(pace.ask(at(100), true), undefined);
});

test("a run that stands still after a step is evaluated without waiting", () => {
  let time = 0;
  const pace = createEvaluationPace(() => time);
  pace.ask(at(0), true);
  time = 400;
  pace.answered(0);
  assert.notEqual(pace.ask(at(1), false), undefined);
});

test("after a restart the same step counts as new", () => {
  const pace = createEvaluationPace(() => 0);
  pace.ask(at(0), false);
  pace.answered(0);
  pace.restart();
  assert.notEqual(pace.ask(at(0), true), undefined);
});
