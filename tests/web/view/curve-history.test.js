// Curves that stay short however long the run is.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCurveHistory } from '../../../web/src/view/curve-history.js';

describe('a history', () => {
  it('keeps points as they come, each curve in its own column', () => {
    const history = createCurveHistory(2);
    history.push(0, [1, 2]);
    history.push(1, [0.5, Number.NaN]);
    assert.equal(history.length, 2);
    assert.deepEqual(history.places, [0, 1]);
    assert.deepEqual(history.column(0), [1, 0.5]);
    assert.deepEqual(history.column(1), [2, null], 'what is no number is a gap');
  });

  it('takes no second point at the same place, and none before it', () => {
    const history = createCurveHistory(1);
    history.push(1, [1]);
    history.push(1, [2]);
    history.push(0.5, [3]);
    assert.deepEqual(history.column(0), [1]);
  });

  it('never grows beyond its limit, spans the whole run and rises', () => {
    const history = createCurveHistory(1, 50);
    for (let at = 0; at <= 10_000; ++at) {
      history.push(at, [at * 2]);
      assert.ok(history.length <= 50);
      assert.equal(history.places[0], 0);
      assert.equal(history.places[history.length - 1], at, 'the newest is always there');
      assert.equal(history.column(0)[history.length - 1], at * 2);
    }
    assert.ok(history.length > 20, 'and it stays detailed');
    history.places.forEach((place, index) => {
      assert.equal(history.column(0)[index], place * 2, 'each value stays with its place');
      if (index > 0) assert.ok(place > history.places[index - 1]);
    });
  });

  it('has no large gaps, however long the run', () => {
    const history = createCurveHistory(1, 100);
    for (let at = 0; at < 50_000; ++at) history.push(at, [0]);
    const gaps = history.places.slice(1).map((place, index) => place - history.places[index]);
    assert.ok(Math.max(...gaps) < (3 * 50_000) / 50);
  });

  it('forgets what lies after a place that the run goes back to', () => {
    const history = createCurveHistory(2);
    for (let at = 0; at < 10; ++at) history.push(at, [at, -at]);
    history.truncate(4);
    assert.deepEqual(history.places, [0, 1, 2, 3, 4]);
    assert.deepEqual(history.column(1), [-0, -1, -2, -3, -4]);
    history.push(4.5, [7, 7]);
    assert.equal(history.length, 6);
    assert.deepEqual(history.column(0).slice(-2), [4, 7]);
  });
});
