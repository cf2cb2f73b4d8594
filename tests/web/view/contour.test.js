// Lines of equal value on a grid.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { traceContour } from '../../../web/src/view/contour.js';

/** @param {number[]} values @param {number} columns @param {number} level */
function piecesOf(values, columns, level) {
  /** @type {number[][]} */
  const pieces = [];
  const context = {
    moveTo: (/** @type {number} */ x, /** @type {number} */ y) => void pieces.push([x, y]),
    lineTo: (/** @type {number} */ x, /** @type {number} */ y) => void pieces[pieces.length - 1].push(x, y),
  };
  const rows = values.length / columns;
  traceContour(context, { columns, rows, over: (cell) => values[cell] - level }, { left: 0, top: 0, width: columns, height: rows });
  return pieces;
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
