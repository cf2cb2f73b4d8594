// The region around a point in which no neuron changes piece.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { arrowsAt, insideOf, regionAround } from '../../../web/src/view/plane-overlays.js';

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

it('arrows begin at their points and lie in their directions, the longest of one length; what is too short is not drawn', () => {
  /** @type {[number, number][]} */
  const lines = [];
  const context = new Proxy(
    {},
    {
      get: (_, name) =>
        name === 'moveTo' || name === 'lineTo' ? (/** @type {number} */ x, /** @type {number} */ y) => lines.push([x, y]) : () => undefined,
      set: () => true,
    },
  );
  const plot = {
    left: 0,
    top: 0,
    size: 100,
    at: (/** @type {readonly [number, number]} */ [x, y]) => /** @type {[number, number]} */ ([10 * x, 100 - 10 * y]),
  };
  arrowsAt([1, 1, 5, 5, 7, 7], [0, 8, -4, 0, 0.01, 0])(/** @type {any} */ (context), plot, /** @type {any} */ ({}));
  assert.equal(lines.length, 2 * 5);
  assert.deepEqual(lines.slice(0, 2), [
    [10, 90],
    [10, 60],
  ]);
  assert.deepEqual(lines.slice(5, 7), [
    [50, 50],
    [35, 50],
  ]);
});
