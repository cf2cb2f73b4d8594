// The gradient with respect to a picture's pixels: the loss that the engine's own predictions make, pixel by pixel changed, is the judge.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { chain, inputGradient, outputSlopes } from '../../../web/src/state/chain.js';
import { parameterLayout } from '../../../web/src/state/parameter-layout.js';

/** @import { Catalog, FilledExperiment, Layer } from '../../../web/src/engine/types.js' */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());

const SIDE = 5;
const CLASSES = 10;
const ROWS = 12;

/** @param {number[]} sizes */
function idxFile(...sizes) {
  const bytes = new Uint8Array(4 + 4 * sizes.length + sizes.reduce((product, size) => product * size));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (8 << 8) | sizes.length);
  sizes.forEach((size, index) => view.setUint32(4 + 4 * index, size));
  return bytes;
}

const images = idxFile(ROWS, SIDE, SIDE).map((byte, index) => (index < 16 ? byte : (index * 7919) % 256));
const labels = idxFile(ROWS).map((byte, index) => (index < 8 ? byte : index % CLASSES));
const picture = Float32Array.from({ length: SIDE ** 2 }, (_, pixel) => 40 + ((pixel * 53) % 170));

/**
 * One picture forward and back through a network of smooth activations.
 * @param {readonly Layer[]} layers
 * @param {{ scaling: string, skip: boolean, truth: number }} options
 */
function traced(layers, { scaling, skip, truth }) {
  const run = engine.createRun({
    data: { id: 'idx', images, labels, testFraction: 0, scaling },
    network: { layers: [...layers], initializer: 'xavier-normal', skip },
    training: { loss: 'cross-entropy' },
  });
  const filled = /** @type {FilledExperiment} */ (run.experiment);
  const experiment = { ...filled, data: { ...filled.data, columns: SIDE ** 2 } };
  const activations = experiment.network.layers.map((_, layer) => run.activations(picture, layer));
  const scores = activations[activations.length - 1].outputs;
  const { scale, offset } = run.scaling();
  const features = picture.map((value) => value * Number(scale) + Number(offset));
  const parameters = run.parameters();
  assert.equal(parameterLayout(experiment, catalog).total, parameters.length);
  const steps = chain({
    experiment,
    catalog,
    parameters,
    features,
    layers: activations,
    slopes: experiment.network.layers.map(
      ({ activation = 'identity' }, layer) => engine.activation(activation, activations[layer].preActivations).slope,
    ),
    lossSlope: engine.loss('cross-entropy', scores, [truth], CLASSES).slope,
  });
  return { run, steps, scale: Number(scale) };
}

/**
 * Central differences of a function of the picture.
 * @param {(picture: Float32Array) => number} of
 */
function differences(of) {
  const by = 2;
  return Array.from(picture, (value, pixel) => {
    const [more, less] = [by, -by].map((change) => of(picture.with(pixel, value + change)));
    return (more - less) / (2 * by);
  });
}

/**
 * @param {ArrayLike<number>} actual
 * @param {readonly number[]} expected
 */
function assertClose(actual, expected) {
  assert.equal(actual.length, expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  assert.ok(largest > 0);
  expected.forEach((value, pixel) => {
    assert.ok(Math.abs(actual[pixel] - value) <= 5e-3 * largest, `pixel ${pixel}: ${actual[pixel]} and ${value}`);
  });
}

const hidden = /** @type {const} */ ([
  { units: 6, activation: 'tanh' },
  { units: 4, activation: 'sigmoid' },
]);
const output = Object.freeze({ activation: 'identity' });

describe('the gradient with respect to the pixels', () => {
  for (const [name, layers, options] of /** @type {const} */ ([
    ['without a hidden layer', [output], { scaling: 'unit', skip: false, truth: 1 }],
    ['through two hidden layers', [...hidden, output], { scaling: 'standardized', skip: false, truth: 2 }],
    ['through two hidden layers and past them', [...hidden, output], { scaling: 'unit', skip: true, truth: 0 }],
  ])) {
    it(`is that of the engine's loss: ${name}`, () => {
      const { run, steps, scale } = traced(layers, options);
      const found = inputGradient(steps, picture.length);
      assertClose(
        found.map((value) => value * scale),
        differences((changed) => -Math.log(run.predict(changed)[options.truth])),
      );
    });

    it(`is that of every output: ${name}`, () => {
      const { run, steps, scale } = traced(layers, options);
      for (let unit = 0; unit < CLASSES; ++unit) {
        assertClose(
          outputSlopes(steps, picture.length, unit).map((value) => value * scale),
          differences((changed) => run.activations(changed, layers.length - 1).outputs[unit]),
        );
      }
    });
  }
});
