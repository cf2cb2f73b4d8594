// The runs of a session.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRunHistory } from '../../../web/src/state/run-history.js';

/** @import { PastRun } from '../../../web/src/state/run-history.js' */

/** @returns {Omit<PastRun, 'number'>} */
const run = (pinned = false) => ({
  experiment: /** @type {PastRun['experiment']} */ (/** @type {unknown} */ ({})),
  step: 1,
  epoch: 1,
  curves: { places: [], train: [], test: [] },
  pinned,
});

describe('a history of runs', () => {
  it('lets the oldest go that nobody pinned, and numbers them through', () => {
    const history = createRunHistory({ unpinned: 3 });
    history.add(run(true));
    for (let i = 0; i < 5; ++i) history.add(run());
    assert.deepEqual(
      history.runs.map(({ number }) => number),
      [6, 5, 4, 1],
    );
  });

  it('pins, unpins and forgets single ones', () => {
    const history = createRunHistory();
    const { number } = history.add(run());
    history.add(run());
    history.pin(number, true);
    assert.equal(history.runs[1].pinned, true);
    history.remove(number);
    assert.deepEqual(
      history.runs.map((each) => each.number),
      [2],
    );
  });
});
