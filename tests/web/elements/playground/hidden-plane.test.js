// The plane of the data in a layer's space: places, windows, and the lines at which the next layer turns.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  between,
  bordersBetween,
  gridInputs,
  linesAbove,
  pieceOf,
  placesOnAxes,
  placesOnPlane,
  windowAround,
} from '../../../../web/src/elements/playground/hidden-plane.js';

const window = Object.freeze({ x: /** @type {const} */ ([-1, 1]), y: /** @type {const} */ ([-1, 1]) });

describe('places', () => {
  it('of the grid go row by row from the bottom', () => {
    assert.deepEqual([...gridInputs([-6, 6], 3)], [-6, -6, 0, -6, 6, -6, -6, 0, 0, 0, 6, 0, -6, 6, 0, 6, 6, 6]);
  });

  it('are what two neurons make of each row, or where it falls on a plane', () => {
    const values = [1, 2, 3, 4, 5, 6];
    assert.deepEqual([...placesOnAxes(values, 3, [2, 0])], [3, 1, 6, 4]);
    const plane = { origin: [1, 2, 3], across: [0, 0.6, 0.8], up: [1, 0, 0] };
    assert.deepEqual(
      [...placesOnPlane(values, 3, plane)].map((value) => Number(value.toFixed(5))),
      [0, 0, 4.2, 3],
    );
    assert.deepEqual([...between([0, 10], [4, 20], 0.25)], [1, 12.5]);
  });
});

describe('the window', () => {
  it('holds every place, is square and round', () => {
    const { x, y } = windowAround([-0.97, 3, 0.4, -11.3, Number.NaN, 0, 0.1, Infinity]);
    assert.ok(x[0] <= -0.97 && x[1] >= 0.4 && y[0] <= -11.3 && y[1] >= 3);
    assert.equal(Number((x[1] - x[0] - (y[1] - y[0])).toFixed(9)), 0);
    for (const edge of [...x, ...y]) assert.equal(edge, Math.round(edge / 2) * 2, `${edge} is a whole number of steps`);
  });

  it('has a size of its own on each axis where they have nothing in common, and one where nothing is', () => {
    const { x, y } = windowAround([-100, 0, 100, 1], false);
    assert.ok(x[1] - x[0] > 200 && y[1] - y[0] < 2);
    for (const { x: across, y: up } of [windowAround([]), windowAround([5, 5, 5, 5])]) {
      assert.ok(across[0] < across[1] && up[0] < up[1]);
    }
  });
});

describe('lines', () => {
  it('of the next layer are those of its weights, in the plane of two sources or along one', () => {
    assert.deepEqual(linesAbove([1, 2, 3, 4], [5, 6], [1, 0]), [
      { normal: [2, 1], offset: 5 },
      { normal: [4, 3], offset: 6 },
    ]);
    assert.deepEqual(linesAbove([3], [-6], [0, 1]), [{ normal: [3, 0], offset: -6 }]);
    assert.deepEqual(linesAbove([1, 2, 3], [0], [0, 1]), []);
  });

  it('end at the window, and are not there beyond it', () => {
    const piece = pieceOf({ normal: [1, 1], offset: -1 }, window);
    assert.ok(piece);
    const ends = [piece.from, piece.to].map((end) => end.map((value) => Number(value.toFixed(9)) + 0)).sort(([a], [b]) => a - b);
    assert.deepEqual(ends, [
      [0, 1],
      [1, 0],
    ]);
    assert.equal(pieceOf({ normal: [1, 0], offset: -2 }, window), undefined);
    assert.equal(pieceOf({ normal: [0, 0], offset: 1 }, window), undefined);
    assert.equal(pieceOf({ normal: [Number.NaN, 1], offset: 0 }, window), undefined);
  });

  it('between classes run only where both are ahead of all others', () => {
    // Three classes, each largest towards its own side: three rays from the middle.
    const classes = [0, 1, 2].map((index) => {
      const angle = (2 * Math.PI * index) / 3;
      return { normal: /** @type {const} */ ([Math.cos(angle), Math.sin(angle)]), offset: 0 };
    });
    const borders = bordersBetween(classes, window);
    assert.equal(borders.length, 3);
    for (const { from, to } of borders) {
      assert.ok(Math.min(Math.hypot(...from), Math.hypot(...to)) < 1e-9, 'from the middle');
      assert.ok(Math.max(...from.map(Math.abs), ...to.map(Math.abs)) > 0.99, 'to the edge');
      const middle = from.map((value, axis) => (value + to[axis]) / 2);
      const scores = classes.map(({ normal }) => normal[0] * middle[0] + normal[1] * middle[1]).sort((a, b) => b - a);
      assert.ok(Math.abs(scores[0] - scores[1]) < 1e-9 && scores[2] < scores[0]);
    }
    // A class that is never the largest has no border.
    assert.equal(bordersBetween([classes[0], { normal: [-1, 0], offset: 0 }, { normal: [0, 0], offset: -5 }], window).length, 1);
  });
});
