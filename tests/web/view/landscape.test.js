// How losses are spread over colours and lines.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lossScale } from '../../../web/src/view/landscape.js';

describe('the scale of losses', () => {
  it('goes from the lowest to the highest, by the logarithm where that is wanted', () => {
    const even = lossScale([0, 1, 10], false);
    assert.deepEqual([0, 5, 10, 20, -1].map(even.partOf), [0, 0.5, 1, 1, 0]);
    const logs = lossScale([0.01, 1, 100], true);
    assert.ok(Math.abs(logs.partOf(1) - 0.5) < 1e-12);
    assert.equal(logs.partOf(0), 0);
  });

  it('takes what is no number as high, and lives with a flat landscape', () => {
    const scale = lossScale([1, Number.NaN, 2, Infinity], true);
    assert.deepEqual([scale.low, scale.high], [1, 2]);
    assert.equal(scale.partOf(Number.NaN), 1);
    for (const logarithmic of [true, false]) {
      const flat = lossScale([3, 3, 3], logarithmic);
      assert.equal(flat.partOf(3), 0);
      assert.deepEqual(flat.levels(), []);
      assert.deepEqual(lossScale([Number.NaN], logarithmic).levels().every(Number.isFinite), true);
    }
  });

  it('has lines at round losses, between the ends, in rising order', () => {
    assert.deepEqual(lossScale([0.002, 40], true).levels(), [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]);
    for (const [low, high] of [
      [1e-5, 1e3],
      [0.2, 0.9],
      [0.5, 0.51],
      [0, 7],
    ]) {
      for (const logarithmic of [true, false]) {
        const scale = lossScale([low, high], logarithmic);
        const levels = scale.levels();
        assert.ok(levels.length >= 5 && levels.length <= 20, `${low} to ${high}: ${levels}`);
        assert.ok(levels.every((level, index) => level > scale.low && level < high && (index === 0 || level > levels[index - 1])));
      }
    }
  });
});
