// One batch, sample by sample; the engine's own gradients and steps are the judge.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import {
  canTrace,
  gradientOf,
  heldIndices,
  meanOutputs,
  shareOf,
  sumDeltas,
  traceBatch,
} from '../../../../web/src/elements/playground/batch-trace.js';
import { featureDocument, featureParameters } from '../../../../web/src/elements/playground/trace.js';
import { runCommands } from '../../../../web/src/engine/commands.js';
import { classesOf } from '../../../../web/src/state/edits.js';
import { parameterLayout } from '../../../../web/src/state/parameter-layout.js';

/**
 * @import { EngineClient } from '../../../../web/src/engine/client.js'
 * @import { Catalog, Experiment } from '../../../../web/src/engine/types.js'
 */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());
const client = /** @type {EngineClient} */ (
  /** @type {unknown} */ ({
    activation: async (/** @type {Parameters<typeof engine.activation>} */ ...args) => engine.activation(...args),
    loss: async (/** @type {Parameters<typeof engine.loss>} */ ...args) => engine.loss(...args),
  })
);

/** @param {Experiment} document @param {number} [steps] made before */
async function trace(document, steps = 3) {
  const run = engine.createRun(document);
  run.step(steps);
  const { experiment } = run;
  const foreseen = runCommands.foresee(run);
  const { inputs, labels, targets: values } = run.data('train');
  const names = experiment.data.features ?? [];
  const probe = engine.createRun(featureDocument(names, 2));
  probe.setParameters(featureParameters(names.length));
  const points = Float32Array.from([...foreseen.rows].flatMap((row) => [inputs[2 * row], inputs[2 * row + 1]]));
  const features = probe.activations(points, 0).outputs;
  const targets = [...foreseen.rows].map((row) => (labels ?? values ?? [])[row]);
  const batch = await traceBatch(client, { experiment, catalog, classes: classesOf(experiment, catalog), foreseen, features, targets });
  return { run, experiment, foreseen, batch, points };
}

/** @param {ArrayLike<number>} actual @param {ArrayLike<number>} expected @param {string} what */
function assertClose(actual, expected, what) {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < expected.length; ++i) {
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= 2e-5 * Math.max(1, Math.abs(expected[i])),
      `${what}, ${i}: ${actual[i]} and ${expected[i]}`,
    );
  }
}

/** @type {Readonly<Record<string, Experiment>>} */
const documents = {
  'two classes': {},
  'several classes, a skip edge and features': {
    data: { id: 'rings', features: ['x1', 'x2', 'sin-x1'] },
    network: { skip: true, layers: [{ units: 4, activation: 'relu' }, { units: 3, activation: 'sigmoid' }, {}] },
  },
  regression: { data: { id: 'saddle' }, network: { layers: [{ units: 5, activation: 'gelu' }, {}] } },
  'sum of squares': { training: { loss: 'sse', optimizer: { id: 'sgd', learningRate: 0.001 } } },
  'learned slopes': { network: { layers: [{ units: 4, activation: 'prelu' }, { units: 3, activation: 'prelu' }, {}] } },
  dropout: { network: { layers: [{ units: 6, activation: 'tanh', dropout: 0.5 }, { units: 5, activation: 'tanh', dropout: 0.2 }, {}] } },
  'penalties, locks, a cut and clipping': {
    network: { locked: ['0.1', '1.0.2', '2'], cut: ['0.0.0'] },
    training: { l1: 0.01, l2: 0.2, clipNorm: 0.05 },
  },
};

describe('traceBatch', () => {
  for (const [name, document] of Object.entries(documents)) {
    it(`has the loss and the gradient that the engine's step has: ${name}`, async () => {
      const { run, batch, foreseen } = await trace(document);
      const rate = foreseen.optimizer.rate;
      const made = run.step();
      assert.ok(Math.abs(batch.loss - made.loss) < 1e-5 * Math.max(1, made.loss), `${batch.loss} and ${made.loss}`);
      // Plain gradient descent: the step is the gradient times the rate.
      const taken = foreseen.parameters.map((before, index) => (before - run.parameters()[index]) / rate);
      const worst = Math.max(...taken.map((slope, index) => Math.abs(slope - batch.gradient.taken[index])));
      const size = Math.max(...taken.map(Math.abs));
      // The difference of two floats around 1, divided by the rate.
      assert.ok(worst < 2e-6 / rate + 1e-4 * size, `${worst} of ${size}`);
      assert.ok(size > 0);
    });
  }

  it('leaves the gradient alone where nothing acts on it', async () => {
    const { batch } = await trace({});
    assert.deepEqual(batch.gradient.taken, batch.gradient.loss);
    assert.equal(batch.gradient.factor, 1);
  });

  it("agrees with the engine's gradient over all rows, and with its activations", async () => {
    const { run, batch, points } = await trace({ training: { batchSize: 1000 } });
    assertClose(batch.gradient.loss, run.gradients('train'), 'gradient');
    const { outputs } = run.activations(points, 0);
    assertClose(
      batch.samples.flatMap(({ layers }) => [...Array.from(layers[0].outputs)]),
      outputs,
      'outputs',
    );
  });

  it('splits loss and gradient into the shares of the samples', async () => {
    const { batch, experiment } = await trace({ data: { id: 'moons' } });
    const { samples, loss, gradient } = batch;
    assert.equal(samples.length, 10);
    assert.ok(Math.abs(samples.reduce((sum, sample) => sum + sample.loss, 0) / 10 - loss) < 1e-6);
    const { layers, total } = parameterLayout(experiment, catalog);
    const sum = new Float64Array(total);
    for (const sample of samples) shareOf(sample, layers, total).forEach((share, index) => (sum[index] += share));
    assertClose(sum, gradient.loss, 'shares');
    const biases = sumDeltas(samples).flatMap((deltas) => [...deltas]);
    assertClose(
      biases,
      layers.flatMap(({ offset, units, sources }) => [...gradient.loss.subarray(offset + units * sources, offset + units * (sources + 1))]),
      'biases',
    );
    const means = meanOutputs(samples);
    assert.deepEqual(
      means.map(({ length }) => length),
      [2, 4, 2, 1],
    );
    assert.ok(Math.abs(means[0][0] - samples.reduce((mean, { features }) => mean + features[0] / 10, 0)) < 1e-9);
  });

  it('leaves out what dropout leaves out: no output, no slope', async () => {
    const { batch, foreseen } = await trace(documents.dropout);
    let dropped = 0;
    batch.samples.forEach(({ kept, layers }, row) => {
      for (let unit = 0; unit < 6; ++unit) {
        assert.equal(kept[0]?.[unit], foreseen.masks[0]?.[row * 6 + unit]);
        if (kept[0]?.[unit] !== 0) continue;
        ++dropped;
        assert.equal(layers[0].outputs[unit], 0);
        assert.equal(Math.abs(layers[0].deltas[unit]), 0);
      }
      assert.equal(kept[2], undefined);
    });
    assert.ok(dropped > 10);
  });
});

describe('gradientOf', () => {
  it('adds penalties before it clips, and counts nothing that is held', () => {
    const { experiment } = engine.check({
      network: { layers: [{ activation: 'identity' }], locked: ['0.0.1'] },
      training: { l1: 0.5, l2: 2, clipNorm: 1 },
    });
    assert.deepEqual([...heldIndices(experiment, catalog)], [1]);
    const { taken, norm, factor } = gradientOf(experiment, catalog, [-1, 9, 1], Float64Array.of(5.5, 7, 1.5));
    // 5.5 - 0.5 - 2 = 3 and 1.5 + 0.5 + 2 = 4: a length of 5.
    assert.equal(norm, 5);
    assert.ok(Math.abs(factor - 0.2) < 1e-6);
    assertClose(taken, [0.6, 0, 0.8], 'taken');
  });
});

describe('canTrace', () => {
  it('refuses what would take seconds', () => {
    assert.ok(canTrace(250, 500));
    assert.ok(!canTrace(5000, 20));
    assert.ok(!canTrace(500, 100_000));
  });
});
