// The phases of one training step: their order, and what it takes to get from one to another.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { phaseAfter, phases, standingOf, wayTo } from '../../../../web/src/elements/playground/phases.js';

/** @import { FilledExperiment } from '../../../../web/src/engine/types.js' */
/** @import { Phase } from '../../../../web/src/elements/playground/phases.js' */

describe('phaseAfter', () => {
  it('goes through the step in order, and on to the next one', () => {
    /** @type {Phase | undefined} */
    let phase;
    const seen = [];
    for (let press = 0; press < 6; ++press) {
      phase = phaseAfter(phase);
      seen.push(phase);
    }
    assert.deepEqual(seen, ['batch', 'forward', 'loss', 'backward', 'update', 'batch']);
  });
});

describe('wayTo', () => {
  it('finds out what the step will do before its first phase is shown', () => {
    for (const to of phases) assert.deepEqual(wayTo(undefined, to), { foresee: true, step: to === 'update' });
  });

  it('makes the step when its update is reached, from wherever that is', () => {
    for (const from of /** @type {const} */ (['batch', 'forward', 'loss', 'backward'])) {
      assert.deepEqual(wayTo(from, 'update'), { foresee: false, step: true });
    }
  });

  it('goes back and forth within a step without touching the run', () => {
    assert.deepEqual(wayTo('backward', 'batch'), { foresee: false, step: false });
    assert.deepEqual(wayTo('batch', 'loss'), { foresee: false, step: false });
  });

  it('begins the next step after the update', () => {
    assert.deepEqual(wayTo('update', 'batch'), { foresee: true, step: false });
    assert.deepEqual(wayTo('update', 'update'), { foresee: false, step: false });
  });
});

describe('standingOf', () => {
  const experiment = /** @type {FilledExperiment} */ ({});
  const foreseen = { progress: { step: 4 }, experiment, parameters: [1, 2], after: { progress: { step: 5 }, parameters: [3, Number.NaN] } };

  it('is the same as long as the run stands where the step begins', () => {
    assert.equal(standingOf('loss', foreseen, { step: 4, parameters: Float32Array.of(1, 2), experiment }), 'same');
    assert.equal(standingOf('loss', foreseen, { step: 4, parameters: undefined, experiment }), 'same');
  });

  it('is another step when weights or settings change under it', () => {
    assert.equal(standingOf('loss', foreseen, { step: 4, parameters: [1, 7], experiment }), 'changed');
    assert.equal(standingOf('loss', foreseen, { step: 4, parameters: [1, 2, 3], experiment }), 'changed');
    assert.equal(
      standingOf('loss', foreseen, { step: 4, parameters: [1, 2], experiment: /** @type {FilledExperiment} */ ({}) }),
      'changed',
    );
  });

  it('is gone when the run went on or back', () => {
    for (const step of [3, 5]) assert.equal(standingOf('backward', foreseen, { step, parameters: [1, 2], experiment }), 'gone');
    assert.equal(standingOf('update', foreseen, { step: 6, parameters: [3, Number.NaN], experiment }), 'gone');
  });

  it('holds the made step against what was foreseen of it, and forgives a picture from before', () => {
    assert.equal(standingOf('update', foreseen, { step: 5, parameters: [3, Number.NaN], experiment }), 'same');
    assert.equal(standingOf('update', foreseen, { step: 4, parameters: [1, 2], experiment }), 'same');
    assert.equal(standingOf('update', foreseen, { step: 5, parameters: [3, 0], experiment }), 'gone');
  });
});
