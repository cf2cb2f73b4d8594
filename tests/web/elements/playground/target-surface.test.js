// What a surface should be, cell by cell, and how far from it another is.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gapBetween, targetGrid } from '../../../../web/src/elements/playground/target-surface.js';

const area = { x: /** @type {[number, number]} */ ([-2, 2]), y: /** @type {[number, number]} */ ([0, 2]) };

it('each cell has the mean of its targets, none where no point lies; what is out of sight counts nowhere', () => {
  const inputs = [-1.5, 0.5, -0.5, 0.5, -0.5, 0.9, 1.5, 1.5, 3, 1, 0, -0.1];
  const grid = targetGrid({ inputs, targets: [1, 2, 4, -1, 100, 100], rows: 6 }, { area, side: 2 });
  assert.deepEqual([...grid], [7 / 3, Number.NaN, Number.NaN, -1].map(Math.fround));
});

it('the gap is taken where both are known', () => {
  const { square, size } = gapBetween([1, 5, 0, -3], [2, Number.NaN, 0, -1]);
  assert.equal(square, 5 / 3);
  assert.equal(size, 1);
  assert.ok(Number.isNaN(gapBetween([1], [Number.NaN]).square));
});
