// Lines over a grid of values: levels, and borders between classes.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { traceBorders, traceContour } from '../../../web/src/view/contour.js';

/**
 * The pieces of what is traced over cells of size 1: [x, y, x, y] each, y downwards.
 * @param {(context: import('../../../web/src/view/contour.js').Tracing) => void} trace
 */
function traced(trace) {
  /** @type {number[][]} */
  const pieces = [];
  trace({
    moveTo: (x, y) => void pieces.push([x, y]),
    lineTo: (x, y) => void pieces[pieces.length - 1].push(x, y),
  });
  return pieces;
}

/** @param {number[]} values @param {number} columns @param {number} level */
function piecesOf(values, columns, level) {
  const rows = values.length / columns;
  return traced((context) =>
    traceContour(context, { columns, rows, over: (cell) => values[cell] - level }, { left: 0, top: 0, width: columns, height: rows }),
  );
}

/** @param {number} size @param {(x: number, y: number) => number[]} at values at the centre of a cell */
const grid = (size, at) => Array.from({ length: size * size }, (_, cell) => at(cell % size, Math.floor(cell / size))).flat();

/** Borders in places of the grid: the centre of the first cell is 0, 0. @param {number} size @param {(x: number, y: number) => number[]} at */
function bordersOf(size, at) {
  const values = grid(size, at);
  const outputs = values.length / size ** 2;
  return traced((context) =>
    traceBorders(context, { values, columns: size, rows: size, outputs }, { left: 0, top: 0, width: size, height: size }),
  ).map(([x1, y1, x2, y2]) => [x1 - 0.5, size - y1 - 0.5, x2 - 0.5, size - y2 - 0.5]);
}

describe('a contour', () => {
  it('passes where the values cross the level, between the centres of the cells', () => {
    // Values rise by 1 to the right: the level 1.25 lies at a quarter after the second centre.
    assert.deepEqual(piecesOf([0, 1, 2, 0, 1, 2], 3, 1.25), [[1.75, 1.5, 1.75, 0.5]]);
    assert.deepEqual(piecesOf([0, 1, 2, 0, 1, 2], 3, 5), []);
  });

  it('goes around a peak, on all four sides', () => {
    assert.equal(piecesOf([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, 0.5).length, 4);
  });

  it('keeps the two lines of a saddle apart', () => {
    for (const values of [
      [1, 0, 0, 1],
      [0, 1, 1, 0],
    ])
      assert.equal(piecesOf(values, 2, 0.5).length, 2);
  });
});

it('a contour closes around a hill: every end is another piece’s end', () => {
  const pieces = piecesOf(
    grid(20, (x, y) => [30 - (x - 9.3) ** 2 - (y - 10.1) ** 2]),
    20,
    0,
  );
  /** @type {Map<string, number>} */
  const ends = new Map();
  for (const [x1, y1, x2, y2] of pieces)
    for (const end of [`${x1.toFixed(6)} ${y1.toFixed(6)}`, `${x2.toFixed(6)} ${y2.toFixed(6)}`]) ends.set(end, (ends.get(end) ?? 0) + 1);
  assert.ok(pieces.length > 30);
  assert.ok([...ends.values()].every((count) => count === 2));
});

describe('borders', () => {
  it('lie where the two best scores are equal', () => {
    const pieces = bordersOf(8, (x, y) => [x, y + 0.4, -99]);
    assert.ok(pieces.length > 8);
    for (const [x1, y1, x2, y2] of pieces) assert.ok(Math.abs(x1 - y1 - 0.4) < 1e-9 && Math.abs(x2 - y2 - 0.4) < 1e-9);
  });

  it('of three classes run between the two best ones, all three of them', () => {
    const at = (/** @type {number} */ x, /** @type {number} */ y) => [x - 5.4, y - 5.4, 8 - x - y];
    const pieces = bordersOf(12, at);
    /** @type {Set<string>} */
    const between = new Set();
    for (const [x, y] of pieces) {
      const ranked = at(x, y)
        .map((score, output) => ({ score, output }))
        .sort((a, b) => b.score - a.score);
      assert.ok(ranked[0].score - ranked[1].score < 0.7, `${x}, ${y}`);
      if (ranked[0].score - ranked[1].score < 1e-6) between.add([ranked[0].output, ranked[1].output].sort().join());
    }
    assert.deepEqual([...between].sort(), ['0,1', '0,2', '1,2']);
  });

  it('of one winner are none', () => {
    assert.deepEqual(
      bordersOf(4, () => [1, 0]),
      [],
    );
  });
});
