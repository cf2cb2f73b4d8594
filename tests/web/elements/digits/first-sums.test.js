// What the scaling of the pixels does to the first layer, and to what a trained network reads.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { accuraciesByScaling, firstSums } from '../../../../web/src/elements/digits/first-sums.js';
import { encodeIdx } from '../../../../web/src/digits/idx.js';
import { scalingIds, scalingNamed } from '../../../../web/src/digits/scaling.js';
import { runCommands } from '../../../../web/src/engine/commands.js';

/**
 * @import { EngineClient, RemoteRun } from '../../../../web/src/engine/client.js'
 * @import { Catalog, Layer } from '../../../../web/src/engine/types.js'
 * @import { ScalingId } from '../../../../web/src/digits/scaling.js'
 */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());
const ROWS = 60;

// Each class has its own rows of ink, so that a network soon knows them apart.
const labels = Uint8Array.from({ length: ROWS }, (_, row) => row % 10);
const images = Uint8Array.from({ length: ROWS * 784 }, (_, place) => {
  const [row, pixel] = [Math.floor(place / 784), place % 784];
  return Math.floor(pixel / 56) === labels[row] ? 200 + ((place * 7919) % 56) : 0;
});

/**
 * @param {ScalingId} scaling
 * @param {Layer[]} layers
 */
function runOn(scaling, layers) {
  const run = engine.createRun({
    data: {
      id: 'idx',
      images: encodeIdx([ROWS, 28, 28], images),
      labels: encodeIdx([ROWS], labels),
      testFraction: 0,
      scaling: scalingNamed(scaling),
    },
    network: { layers: [...layers, { activation: 'identity' }] },
    training: { loss: 'cross-entropy' },
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
  })
);

describe('the sums of the first layer', () => {
  /** @param {ScalingId} scaling @param {Layer[]} layers */
  const sumsOf = (scaling, layers) => firstSums(client, runOn(scaling, layers).remote, { images, labels }, catalog);

  it('saturate a sigmoid when the pixels are raw, and do not when they are scaled', async () => {
    const layers = [{ units: 8, activation: 'sigmoid' }];
    const [raw, unit] = await Promise.all([sumsOf('raw', layers), sumsOf('unit', layers)]);
    assert.ok(raw.flat > 0.8, `${raw.flat} of the sums are saturated`);
    assert.equal(unit.flat, 0);
    assert.ok(Math.abs(raw.deviation / unit.deviation / 255 - 1) < 0.01);
    assert.equal(raw.flatness, 'both');
    assert.equal(raw.softmax, undefined);
    assert.ok(unit.histogram.range[1] >= 6, 'the flat sides are in the picture');
    assert.equal(
      Array.from(raw.histogram.counts).reduce((sum, count) => sum + count, 0),
      ROWS * 8,
    );
  });

  it('tell on which sides an activation stays flat', async () => {
    const found = await Promise.all(
      ['tanh', 'relu', 'identity'].map(async (activation) => (await sumsOf('unit', [{ units: 4, activation }])).flatness),
    );
    assert.deepEqual(found, ['both', 'one', 'none']);
  });

  it('are the scores of a softmax where there is no hidden layer', async () => {
    const { softmax, flatness } = await sumsOf('raw', []);
    assert.equal(flatness, 'none');
    assert.ok(softmax && softmax.lead > 5 && softmax.sure > 0.9, 'a guess that is sure of itself');
  });
});

describe('a trained network', () => {
  it('reads digits scaled otherwise as one with its parameters does that was given them so', async () => {
    const layers = [{ units: 16, activation: 'tanh' }];
    const { run, remote } = runOn('unit', layers);
    run.train({ steps: 6 });
    const { rows, accuracies } = await accuraciesByScaling(remote, { images, labels });
    assert.equal(rows, ROWS);
    for (const id of scalingIds) {
      const other = runOn(id, layers).run;
      other.setParameters(run.parameters());
      assert.equal(accuracies[id], other.evaluate('train').accuracy, id);
    }
    assert.ok(accuracies.imagenet < accuracies.unit, `${accuracies.imagenet} with the constants of photographs, ${accuracies.unit} without`);
  });
});
