// Numbers over many samples: histograms, neurons that have stopped learning, sizes by layer.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { deviationOf, evenRange, flatPart, healthOf, histogramOf, meanSizes, softmaxLead } from '../../../web/src/state/statistics.js';
import { reachOf } from '../../../web/src/elements/playground/pictures.js';
import { decadesOf } from '../../../web/src/view/layer-bars.js';

/** @import { FilledExperiment } from '../../../web/src/engine/types.js' */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = engine.catalog();

describe('a histogram', () => {
  it('counts every number once, those beyond its ends in the outermost bins', () => {
    assert.deepEqual([...histogramOf([-9, -1, -0.5, 0, 0.49, 0.5, 1, 7], [-1, 1], 4)], [2, 1, 2, 3]);
    assert.deepEqual([...histogramOf([Number.NaN, 0], [-1, 1], 2)], [0, 1], 'what is no number has no bin');
  });

  it('has a round range that one far number does not widen', () => {
    const values = [...Array.from({ length: 500 }, (_, index) => index / 250 - 1), 1e6];
    assert.deepEqual(evenRange(values, reachOf), [-1, 1]);
    assert.deepEqual(evenRange([], reachOf), [-1, 1]);
    assert.deepEqual(evenRange([-4, 3, 4], reachOf), [-5, 5]);
  });
});

describe('the standard deviation', () => {
  it('is that of all numbers, around their mean', () => {
    assert.equal(deviationOf([2, 4, 4, 4, 5, 5, 7, 9]), 2);
    assert.equal(deviationOf([3]), 0);
    assert.ok(Number.isNaN(deviationOf([])));
  });

  it('of many fresh weights is what their initializer says', () => {
    const parameters = engine
      .createRun({
        network: {
          layers: [{ units: 200, activation: 'relu' }, { units: 200, activation: 'relu' }, { activation: 'identity' }],
          initializer: 'he-normal',
        },
      })
      .parameters();
    const weights = parameters.subarray(600, 600 + 200 * 200);
    assert.ok(Math.abs(deviationOf(weights) - Math.sqrt(2 / 200)) < 0.002);
  });
});

describe('health', () => {
  it('calls a neuron dead that no sample moves, saturated where nearly none lies on a steep place', () => {
    const rows = 100;
    const slopes = Float32Array.from({ length: rows * 4 }, (_, index) => {
      const [row, unit] = [Math.floor(index / 4), index % 4];
      if (unit === 0) return 0;
      if (unit === 1) return row < 3 ? 1 : 0.01;
      return unit === 2 ? (row < 10 ? 1 : 0) : 1;
    });
    const { sensitive, units } = healthOf(slopes, 4, 1);
    assert.deepEqual(units, ['dead', 'saturated', undefined, undefined]);
    assert.equal(sensitive, (3 + 10 + 100) / 400);
  });

  it('finds the dead units of a network whose biases are far down', () => {
    const run = engine.createRun({
      data: { id: 'xor' },
      network: { layers: [{ units: 3, activation: 'relu' }, { activation: 'identity' }] },
    });
    const parameters = run.parameters();
    parameters[6 + 1] = -1000;
    run.setParameters(parameters);
    const { inputs } = run.data('train');
    const { preActivations } = run.activations(inputs, 0);
    assert.deepEqual(healthOf(engine.activation('relu', preActivations).slope, 3, 1).units, [undefined, 'dead', undefined]);
  });
});

describe('mean sizes', () => {
  it('take each layer alone, without its biases', () => {
    const run = engine.createRun({
      data: { id: 'xor' },
      network: { layers: [{ units: 2, activation: 'relu' }, { activation: 'identity' }] },
    });
    const experiment = /** @type {FilledExperiment} */ (run.experiment);
    assert.deepEqual(meanSizes(experiment, catalog, [1, -2, 3, -4, 100, 100, -5, 7, 100]), [2.5, 6]);
  });

  it('show a gradient that vanishes: deep sigmoid layers have less the further back they are', () => {
    const layers = [...Array.from({ length: 6 }, () => ({ units: 4, activation: 'sigmoid' })), { activation: 'identity' }];
    const run = engine.createRun({ data: { id: 'circle' }, network: { layers } });
    const sizes = meanSizes(/** @type {FilledExperiment} */ (run.experiment), catalog, run.gradients('train'));
    assert.ok(sizes[0] < sizes[5] / 100, String(sizes));
    const [low, high] = decadesOf(sizes);
    assert.ok(10 ** low <= Math.min(...sizes) && 10 ** high >= Math.max(...sizes));
  });
});

describe('an axis of decades', () => {
  it('spans at least two, and all sizes that there are', () => {
    assert.deepEqual(decadesOf([]), [-2, 0]);
    assert.deepEqual(decadesOf([0.05, 0.02, 0]), [-3, -1]);
    assert.deepEqual(decadesOf([1e-7, 2]), [-7, 1]);
  });
});

describe('the flat part of a function', () => {
  it('is where the slope is small beside the steepest, whatever its sign', () => {
    assert.equal(flatPart([1, -1, 0.05, 0.04, -0.04, 0, Number.NaN, 0.5], 1, 0.05), 0.5);
    assert.equal(flatPart([], 1, 0.05), 0);
  });
});

describe('the lead of a softmax', () => {
  it('is how far the best score lies above the second, with the probability that this makes', () => {
    const { lead, sure } = softmaxLead([0, Math.log(3), Math.log(4), 700, -700, 0], 3);
    assert.ok(Math.abs(lead - (Math.log(4 / 3) + 700) / 2) < 1e-9);
    assert.ok(Math.abs(sure - (0.5 + 1) / 2) < 1e-9, 'scores far apart are no overflow');
  });
});
