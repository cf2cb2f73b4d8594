import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  goalOf,
  goals,
  parameterCount,
  presetIds,
  presetOf,
  presets,
  reaches,
  sampleStops,
  withDigits,
  withHiddenLayers,
} from '../../../web/src/digits/experiment.js';

/** @import { FilledExperiment } from '../../../web/src/engine/types.js' */

/**
 * A document as the engine answers it: output units filled in, operations with all their parameters.
 * @param {import('../../../web/src/digits/experiment.js').PresetId} id
 */
function filled(id) {
  const experiment = /** @type {FilledExperiment} */ (structuredClone(presets[id]));
  const { layers } = experiment.network;
  layers[layers.length - 1].units = 10;
  experiment.data.seed = 1;
  experiment.data.testFraction = 0;
  return experiment;
}

test('every starting point is recognised, also after the engine has filled it in', () => {
  for (const id of presetIds) {
    assert.equal(presetOf(presets[id]), id);
    assert.equal(presetOf(filled(id)), id);
  }
});

test('operations with and without their parameters are the same starting point', () => {
  const experiment = filled('default');
  experiment.network.layers[0].activation = { id: 'relu' };
  experiment.network.initializer = { id: 'he-uniform' };
  experiment.training.optimizer = { id: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  assert.equal(presetOf(experiment), 'default');
});

test('seeds and the amount of data leave the starting point as it is, everything else does not', () => {
  const experiment = filled('linear');
  experiment.network.seed = 7;
  experiment.training.seed = 8;
  assert.equal(presetOf(withDigits(experiment, { samples: 1000 })), 'linear');
  assert.equal(presetOf(withDigits(experiment, { scaling: 'raw' })), undefined);
  assert.equal(presetOf(withHiddenLayers(experiment, 1)), undefined);
  assert.equal(
    presetOf({ ...experiment, training: { ...experiment.training, optimizer: { id: 'sgd', learningRate: 0.02, momentum: 0.9 } } }),
    undefined,
  );
});

test('the text’s own result is for its own digits: other images make no other starting point, but no goal', () => {
  const experiment = filled('linear');
  assert.equal(goalOf(experiment), goals.linear);
  const own = { ...experiment, data: { ...experiment.data, id: 'idx', images: new Uint8Array(20) } };
  assert.deepEqual([presetOf(own), goalOf(own)], ['linear', undefined]);
  assert.equal(goalOf(filled('default')), undefined);
});

test('the published parameter counts come out: 7,850 and 39,760', () => {
  assert.equal(parameterCount(filled('linear').network.layers, 784), 7850);
  assert.equal(parameterCount(filled('two-layer').network.layers, 784), 39760);
  assert.equal(parameterCount(filled('default').network.layers, 784), 25450);
});

test('a batch is never larger than the data', () => {
  const experiment = withDigits(filled('two-layer'), { samples: 1000 });
  assert.equal(experiment.training.batchSize, 100);
  const batch = { ...experiment, training: { ...experiment.training, batchSize: 500 } };
  assert.equal(withDigits(batch, { samples: sampleStops[0] }).training.batchSize, 100);
});

test('a hidden layer that is added is like the last one; the output stays', () => {
  const experiment = filled('two-layer');
  const deeper = withHiddenLayers(experiment, 3).network.layers;
  assert.deepEqual(deeper, [
    { units: 50, activation: 'sigmoid' },
    { units: 50, activation: 'sigmoid' },
    { units: 50, activation: 'sigmoid' },
    { activation: 'identity', units: 10 },
  ]);
  assert.deepEqual(withHiddenLayers(experiment, 0).network.layers, [{ activation: 'identity', units: 10 }]);
  assert.deepEqual(withHiddenLayers(filled('linear'), 1).network.layers[0], { units: 32, activation: 'relu' });
});

test('edits leave the document that they were given untouched', () => {
  const experiment = filled('default');
  const before = structuredClone(experiment);
  withHiddenLayers(experiment, 2);
  withDigits(experiment, { samples: 100 });
  assert.deepEqual(experiment, before);
});

test('a goal is reached within what other starting weights make of it', () => {
  const { linear, 'two-layer': twoLayer } = goals;
  assert.ok(linear && twoLayer);
  assert.equal(reaches(linear, { accuracy: 0.9215, loss: 0.2803 }), true);
  assert.equal(reaches(linear, { accuracy: 0.9215, loss: 0.294 }), false);
  assert.equal(reaches(linear, { accuracy: 0.903, loss: 0.27 }), false);
  assert.equal(reaches(twoLayer, { accuracy: 0.9455, loss: 0.19 }), true);
  assert.equal(reaches(twoLayer, { accuracy: 0.93, loss: 0.19 }), false);
});
