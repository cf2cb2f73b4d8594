// One picture through the network and back, as the panel shows it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { inkGradient, largestPlaces, sumOf, tracePicture } from '../../../../web/src/elements/digits/trace-picture.js';
import { runCommands } from '../../../../web/src/engine/commands.js';

/**
 * @import { EngineClient, RemoteRun } from '../../../../web/src/engine/client.js'
 * @import { Catalog } from '../../../../web/src/engine/types.js'
 */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());
const PIXELS = 784;

/** @param {number[]} sizes */
function idxFile(...sizes) {
  const bytes = new Uint8Array(4 + 4 * sizes.length + sizes.reduce((product, size) => product * size));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (8 << 8) | sizes.length);
  sizes.forEach((size, index) => view.setUint32(4 + 4 * index, size));
  return bytes;
}

const images = idxFile(20, 28, 28).map((byte, index) => (index < 16 ? byte : (index * 7919) % 256));
const labels = idxFile(20).map((byte, index) => (index < 8 ? byte : index % 10));
const picture = Float32Array.from({ length: PIXELS }, (_, pixel) => (pixel * 53) % 256);

/** @param {string} loss */
function runOn(loss) {
  const run = engine.createRun({
    data: { id: 'idx', images, labels, testFraction: 0, scaling: 'standardized' },
    network: { layers: [{ units: 6, activation: 'tanh' }, { activation: 'identity' }] },
    training: { loss },
  });
  const remote = {
    experiment: run.experiment,
    call: async (/** @type {keyof typeof runCommands} */ name, /** @type {unknown[]} */ ...args) =>
      /** @type {(...all: unknown[]) => unknown} */ (runCommands[name])(run, ...args),
  };
  return { run, remote: /** @type {RemoteRun} */ (/** @type {unknown} */ (remote)) };
}

const client = /** @type {EngineClient} */ (
  /** @type {unknown} */ ({
    activation: async (/** @type {Parameters<typeof engine.activation>} */ ...args) => engine.activation(...args),
    loss: async (/** @type {Parameters<typeof engine.loss>} */ ...args) => engine.loss(...args),
  })
);

describe('the trace of a picture', () => {
  it('ends at minus the logarithm of the probability of the true digit', async () => {
    const { run, remote } = runOn('cross-entropy');
    const { loss, wanted, layers } = await tracePicture(client, remote, picture, { catalog, truth: 3 });
    assert.ok(Math.abs(loss + Math.log(run.predict(picture)[3])) < 1e-5);
    assert.deepEqual(wanted, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    const slopes = [...layers[1].upstream];
    [...run.predict(picture)].forEach((probability, digit) => {
      assert.ok(Math.abs(slopes[digit] - (probability - wanted[digit])) < 1e-6, `softmax minus wanted, ${digit}`);
    });
  });

  it('takes the picture for what it is read as where nobody says what it is', async () => {
    const { run, remote } = runOn('cross-entropy');
    const prediction = [...run.predict(picture)];
    const { truth } = await tracePicture(client, remote, picture, { catalog, truth: undefined });
    assert.equal(truth, prediction.indexOf(Math.max(...prediction)));
  });

  for (const loss of ['mse', 'binary-cross-entropy', 'hinge']) {
    it(`works for losses on outputs of their own, too: ${loss}`, async () => {
      const { run, remote } = runOn(loss);
      const trace = await tracePicture(client, remote, picture, { catalog, truth: 5 });
      assert.equal(trace.wanted[5], 1);
      const by = 4;
      const lossAt = (/** @type {number} */ value) => {
        const outputs = run.activations(picture.with(300, value), 1).outputs;
        return engine.loss(loss, outputs, [...trace.wanted], 10).value;
      };
      const slope = ((lossAt(picture[300] + by) - lossAt(picture[300] - by)) / (2 * by)) * 255;
      assert.ok(Math.abs(inkGradient(trace)[300] - slope) < 2e-3, `${inkGradient(trace)[300]} and ${slope}`);
    });
  }

  it('adds up: products and bias are the sum of a neuron, in every layer', async () => {
    const { remote } = runOn('cross-entropy');
    const { layers } = await tracePicture(client, remote, picture, { catalog, truth: 0 });
    layers.forEach((layer, index) => {
      for (let unit = 0; unit < layer.biases.length; ++unit) {
        const { raising, lowering, bias, sum } = sumOf(layer, unit);
        assert.ok(Math.abs(raising + lowering + bias - sum) < 1e-4 * Math.max(1, raising), `layer ${index}, unit ${unit}`);
      }
    });
  });
});

it('the largest of some numbers stand first, whatever their sign, and zeros never', () => {
  assert.deepEqual(largestPlaces([0.5, -3, 0, 2, 3], 3), [1, 4, 3]);
  assert.deepEqual(largestPlaces([0, 0, 1], 3), [2]);
});
