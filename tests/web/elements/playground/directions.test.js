// Directions among the parameters: axes, gradient, random ones by the size of the weights, and the plane in which numbers spread.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import {
  axisDirection,
  gradientDirections,
  movable,
  placeOn,
  principalPlane,
  project,
  randomDirection,
  randomDirections,
} from '../../../../web/src/elements/playground/directions.js';

/** @import { Experiment } from '../../../../web/src/engine/types.js' */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = engine.catalog();

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
const dot = (a, b) => Array.from(a).reduce((sum, value, index) => sum + value * b[index], 0);

/** @param {number} value @param {number} expected */
const near = (value, expected, tolerance = 1e-9) => assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not near ${expected}`);

/** @param {Experiment['network']} [network] */
function example(network) {
  const run = engine.createRun({
    network: { layers: [{ units: 3, activation: 'tanh' }, { units: 2, activation: 'tanh' }, { activation: 'identity' }], ...network },
  });
  return { run, experiment: run.experiment, parameters: run.parameters(), gradient: run.gradients('train') };
}

describe('a plane of parameters', () => {
  it('is walked by coordinates that are found again', () => {
    const plane = { origin: [1, 2, 3], across: [1, 0, 1], up: [0.5, 2, 0] };
    const place = placeOn(plane, -2, 0.25);
    assert.deepEqual([...place], [-0.875, 2.5, 1]);
    const foot = project(plane, place);
    near(foot.x, -2, 1e-6);
    near(foot.y, 0.25, 1e-6);
    near(foot.distance, 0, 1e-6);
  });

  it('tells how far a place is from it', () => {
    const plane = { origin: [0, 0, 0], across: axisDirection(3, 0), up: axisDirection(3, 2) };
    assert.deepEqual(project(plane, [4, -3, 5]), { x: 4, y: 5, distance: 3 });
    assert.deepEqual(project({ ...plane, up: [0, 0, 0] }, [4, 0, 3]), { x: 4, y: 0, distance: 3 }, 'a plane that is a line');
  });
});

describe('random directions', () => {
  it('are as long as the weights, neuron by neuron, and leave the biases', () => {
    const { experiment, parameters } = example();
    const direction = randomDirection(experiment, catalog, parameters, 7);
    for (const [start, count] of [
      [0, 2],
      [2, 2],
      [4, 2],
      [9, 3],
      [12, 3],
      [17, 2],
    ]) {
      near(Math.hypot(...direction.subarray(start, start + count)), Math.hypot(...parameters.subarray(start, start + count)), 1e-6);
    }
    assert.deepEqual([...direction.subarray(6, 9), ...direction.subarray(15, 17), direction[19]], [0, 0, 0, 0, 0, 0]);
    assert.deepEqual(randomDirection(experiment, catalog, parameters, 7), direction, 'the same for the same seed');
    assert.notDeepEqual(randomDirection(experiment, catalog, parameters, 8), direction);
  });

  it('stand at right angles and keep what is locked or cut', () => {
    const { experiment, parameters, gradient } = example({ locked: ['0.1', '1.0.bias'], cut: ['2.0.1'] });
    const free = movable(experiment, catalog);
    assert.deepEqual(
      Array.from(free, (value, index) => (value === 0 ? index : -1)).filter((index) => index >= 0),
      [2, 3, 7, 15, 18],
    );
    for (const { across, up } of [
      randomDirections(experiment, catalog, parameters, 3),
      gradientDirections(experiment, catalog, parameters, gradient, 3),
    ]) {
      near(dot(across, up), 0, 1e-7);
      assert.ok(dot(across, across) > 0 && dot(up, up) > 0);
      for (const direction of [across, up]) assert.ok([2, 3, 7, 18].every((index) => Math.abs(direction[index]) < 1e-12));
    }
  });

  it('downhill is against the gradient, of length 1', () => {
    const { run, experiment, parameters, gradient } = example();
    const { across, up } = gradientDirections(experiment, catalog, parameters, gradient, 1);
    near(dot(across, across), 1, 1e-9);
    near(dot(up, up), 1, 1e-9);
    const before = run.evaluate('train').loss;
    run.setParameters(placeOn({ origin: parameters, across, up }, 0.01, 0));
    assert.ok(run.evaluate('train').loss < before);
  });
});

describe('the principal plane', () => {
  it('is the one in which the rows lie, the widest direction first', () => {
    const rows = Array.from({ length: 200 }, (_, index) => {
      const [wide, narrow] = [5 * Math.sin(index), Math.cos(7 * index)];
      return [1 + 0.6 * wide, 2 + narrow, 3 + 0.8 * wide, 4];
    });
    const { origin, across, up, share } = principalPlane(rows.flat(), 4);
    near(origin[3], 4);
    near(share, 1, 1e-9);
    near(Math.abs(dot(across, [0.6, 0, 0.8, 0])), 1, 1e-3);
    near(Math.abs(dot(up, [0, 1, 0, 0])), 1, 1e-3);
    near(dot(across, up), 0);
  });

  it('holds the share of the variance that it holds, and does not flip', () => {
    const rows = Array.from({ length: 300 }, (_, index) => [3 * Math.sin(index), 2 * Math.sin(1.7 * index), Math.sin(2.3 * index)]);
    const first = principalPlane(rows.flat(), 3);
    near(first.share, 13 / 14, 0.02);
    const before = { across: first.across.map((value) => -value), up: first.up };
    const second = principalPlane(rows.flat(), 3, before);
    near(dot(second.across, before.across), 1, 1e-6);
    near(dot(second.up, before.up), 1, 1e-6);
  });

  it('is any plane for rows that are all alike', () => {
    const { across, up, share } = principalPlane([1, 1, 1, 1, 1, 1], 3);
    assert.equal(share, 1);
    near(dot(across, up), 0);
    near(dot(across, across), 1);
    near(dot(up, up), 1);
  });
});
