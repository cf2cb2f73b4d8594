// The region around a point in which no neuron changes piece.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { insideOf, regionAround } from '../../../web/src/view/plane-overlays.js';

const SIZE = 9;
const cells = Array.from({ length: SIZE * SIZE }, (_, cell) => ({ x: cell % SIZE, y: Math.floor(cell / SIZE) }));
/** Two neurons that fold at x = 3.5 and at y = 5.5, and one with two ends at x + y = 2.5 and 12.5. */
const layers = [
  { sums: [...cells.map(({ x }) => x - 3.5), ...cells.map(({ y }) => 5.5 - y)], units: 2, levels: [0], label: '1' },
  { sums: cells.map(({ x, y }) => x + y - 7.5), units: 1, levels: [-5, 5], label: '2' },
];

it('the region of a cell is where every neuron is on the same piece', () => {
  for (const home of [0, 20, 40, 80]) {
    const inside = insideOf(layers, SIZE * SIZE, home);
    /** @param {{ x: number, y: number }} cell */
    const pattern = ({ x, y }) => `${x > 3.5} ${y < 5.5} ${x + y > 2.5} ${x + y > 12.5}`;
    cells.forEach((cell, index) => assert.equal(inside[index] > 0, pattern(cell) === pattern(cells[home]), `${home}, ${index}`));
  }
});

it('a place out of sight has no region', () => {
  const grid = { area: { x: /** @type {const} */ ([0, 1]), y: /** @type {const} */ ([0, 1]) }, columns: SIZE, rows: SIZE };
  assert.equal(regionAround(grid, layers, [1.5, 0.5]), undefined);
  assert.ok(regionAround(grid, layers, [0.5, 0.5]));
});
