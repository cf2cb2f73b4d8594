// Markers tell the classes apart without colour.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLASS_LIMIT, classShapes } from '../../../web/src/view/color.js';
import { markerOutline } from '../../../web/src/view/marker.js';

const radius = 10;

/**
 * The corners of a polygon's outline.
 * @param {number} index
 */
function cornersOf(index) {
  const numbers = (markerOutline(index, radius)?.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, corner) => /** @type {const} */ ([numbers[2 * corner], numbers[2 * corner + 1]]));
}

/** @param {readonly (readonly [number, number])[]} corners */
const areaOf = (corners) =>
  Math.abs(
    corners.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = corners[(index + 1) % corners.length];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );

const polygons = classShapes.flatMap((shape, index) => (shape === 'circle' ? [] : [{ shape, index }]));

describe('markers', () => {
  it('are ten different shapes, one for each class that has a colour', () => {
    assert.equal(classShapes.length, CLASS_LIMIT);
    assert.equal(new Set(classShapes).size, CLASS_LIMIT);
    assert.equal(new Set(classShapes.map((_, index) => markerOutline(index, radius))).size, CLASS_LIMIT);
  });

  it('are closed paths that SVG and canvas both read', () => {
    for (let index = 0; index < CLASS_LIMIT; ++index)
      assert.match(markerOutline(index, radius) ?? '', /^M[-\d.]+ [-\d.]+(?:[LA][-\d. ]+)+Z$/);
  });

  for (const { shape, index } of polygons) {
    it(`of the ${shape} cover about as much as the circle, around the same middle`, () => {
      const corners = cornersOf(index);
      const share = areaOf(corners) / (Math.PI * radius ** 2);
      assert.ok(share > 0.6 && share < 1.4, `${share.toFixed(2)} of the circle`);
      for (const axis of /** @type {const} */ ([0, 1])) {
        const middle = corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
        assert.ok(Math.abs(middle) < 0.01 * radius);
      }
      assert.ok(corners.every(([x, y]) => Math.hypot(x, y) <= 1.6 * radius));
    });
  }

  it('grow with the radius', () => {
    for (const { index } of polygons) {
      const [first] = cornersOf(index);
      const [again] = (markerOutline(index, 2 * radius)?.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
      assert.ok(Math.abs(again - 2 * first[0]) < 0.01);
    }
  });

  it('begin again after the last class', () => assert.equal(markerOutline(CLASS_LIMIT, radius), markerOutline(0, radius)));
});
