// A box seen from the side.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProjection, farthestFirst } from '../../../web/src/view/projection.js';

const paper = { x: 100, y: 80, scale: 50 };

/** @param {[number, number]} place @param {[number, number]} expected */
const assertAt = (place, expected) =>
  place.forEach((value, axis) => assert.ok(Math.abs(value - expected[axis]) < 1e-9, `${place} instead of ${expected}`));

describe('a projection', () => {
  it('from above is the plane as a map, y upwards', () => {
    const { at } = createProjection({ turn: 0, tilt: Math.PI / 2 }, paper);
    assertAt(at(1, 0, 0.7), [150, 80]);
    assertAt(at(0, 1, -0.7), [100, 30]);
  });

  it('from the side shows heights alone', () => {
    const { at, depth } = createProjection({ turn: 0, tilt: 0 }, paper);
    assertAt(at(0.5, 1, 1), [125, 30]);
    assertAt(at(0.5, -1, 1), [125, 30]);
    assert.ok(depth(0, 1) > depth(0, -1), 'a larger y is farther away');
  });

  it('turned by a quarter looks along the other axis', () => {
    const { at, depth } = createProjection({ turn: Math.PI / 2, tilt: 0.4 }, paper);
    assert.ok(Math.abs(at(1, 0, 0)[0] - 100) < 1e-9);
    assert.ok(depth(1, 0) > depth(-1, 0));
  });
});

it('cells are drawn from the farthest to the nearest', () => {
  assert.deepEqual(farthestFirst(3, true), [2, 1, 0]);
  assert.deepEqual(farthestFirst(3, false), [0, 1, 2]);
});
