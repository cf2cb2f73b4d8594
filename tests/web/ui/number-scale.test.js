// Where numbers sit on a slider, and where its arrow keys stop.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNumberScale } from '../../../web/src/ui/number-scale.js';

/** @param {ReturnType<typeof createNumberScale>} scale */
const stopsOf = (scale) => Array.from({ length: scale.positions + 1 }, (_, position) => scale.valueAt(position));

/** @type {Record<string, Parameters<typeof createNumberScale>[0]>} */
const scales = {
  linear: { minimum: 0, maximum: 1 },
  'linear with a step that does not fit': { minimum: 0, maximum: 1, step: 0.3 },
  'negative to positive': { minimum: -5, maximum: 5 },
  whole: { minimum: 1, maximum: 10, scale: 'integer' },
  'whole and wide': { minimum: 1, maximum: 60_000, scale: 'integer' },
  logarithmic: { minimum: 1e-5, maximum: 10, scale: 'log' },
  'logarithmic from zero': { minimum: 0, maximum: 1, scale: 'log' },
  'logarithmic, whole': { minimum: 4, maximum: 10_000, scale: 'log', whole: true },
  'a list with an end that is not a number': { minimum: 1, maximum: Infinity, stops: [1, 10, 100, Infinity] },
};

for (const [name, range] of Object.entries(scales)) {
  describe(`a scale: ${name}`, () => {
    const scale = createNumberScale(range);
    const stops = stopsOf(scale);

    it('goes from end to end', () => {
      assert.equal(stops[0], range.minimum);
      assert.equal(stops[stops.length - 1], range.maximum);
    });

    it('rises from stop to stop', () => {
      for (let index = 1; index < stops.length; ++index) assert.ok(stops[index] > stops[index - 1], `${stops[index - 1]}, ${stops[index]}`);
    });

    it('finds every stop where it is, and what is between two of them between', () => {
      stops.slice(0, -1).forEach((value, position) => {
        assert.ok(Math.abs(scale.positionOf(value) - position) < 1e-6, `${value} at ${scale.positionOf(value)}, not ${position}`);
      });
      for (let index = 1; index < stops.length; ++index) {
        const middle = Number.isFinite(stops[index]) ? (stops[index - 1] + stops[index]) / 2 : 1e9;
        const position = scale.positionOf(middle);
        assert.ok(position > index - 1 && position <= Math.max(index, scale.positions), `${middle} at ${position}`);
      }
    });

    it('stays within its ends', () => {
      assert.equal(scale.positionOf(-1e9), 0);
      assert.equal(scale.valueAt(-3), range.minimum);
      assert.equal(scale.valueAt(scale.positions + 3), range.maximum);
    });

    if (range.whole || range.scale === 'integer') {
      it('has whole numbers only', () => assert.ok(stops.every(Number.isInteger)));
    }
  });
}

describe('stops', () => {
  it('of a logarithmic scale are round, the same in every decade', () => {
    const stops = stopsOf(createNumberScale({ minimum: 0.01, maximum: 1, scale: 'log' }));
    assert.deepEqual(stops, [0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1]);
  });

  it('are six to a decade, which Shift jumps over', () => {
    const scale = createNumberScale({ minimum: 1e-5, maximum: 10, scale: 'log' });
    assert.ok(Math.abs(scale.valueAt(scale.positionOf(0.03) + scale.decade) - 0.3) < 1e-12);
  });

  it('include zero where zero is allowed, well below the first number', () => {
    const stops = stopsOf(createNumberScale({ minimum: 0, maximum: 1, scale: 'log' }));
    assert.deepEqual(stops.slice(0, 3), [0, 1e-5, 1.5e-5]);
  });

  it('of a linear scale are round and about a hundred', () => {
    assert.deepEqual(stopsOf(createNumberScale({ minimum: 0, maximum: 100, step: 5 })).slice(0, 3), [0, 5, 10]);
    const scale = createNumberScale({ minimum: 0, maximum: 0.999 });
    assert.equal(scale.valueAt(1), 0.01);
    assert.equal(scale.valueAt(3), 0.03);
  });
});
