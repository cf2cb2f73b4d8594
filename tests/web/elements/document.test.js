// What labs do with documents: bulk arrays apart, defaults of a data set, changes in a running experiment.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { linkDefaults, same, updateBetween, withAttachments } from '../../../web/src/elements/document.js';

/** @import { Engine, FilledExperiment } from 'mlp-playground' */

/** @type {Engine} */
let engine;
/** @type {FilledExperiment} */
let base;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
  base = engine.catalog().defaults;
});

describe('updateBetween', () => {
  /** @param {object} document */
  const fill = (document) => engine.check(document).experiment;
  const layers = (/** @type {number[]} */ ...units) => ({
    network: { layers: [...units.map((n) => ({ units: n, activation: 'tanh' })), { activation: 'identity' }] },
  });

  it('is what an engine can do without a reset, and the engine agrees', () => {
    /** @type {object[]} */
    const changes = [
      { training: { optimizer: 'adam' } },
      { training: { batchSize: 3, l2: 0.1, schedule: 'cosine' } },
      layers(5, 2),
      { network: { locked: ['0.1', '2'] } },
      { network: { cut: ['1.0.3'], skip: true } },
      { network: { layers: [{ units: 4, activation: 'prelu', dropout: 0.5 }, { units: 2, activation: 'tanh' }, { activation: 'identity' }] } },
      { network: { layers: [{ units: 4, activation: 'relu' }, { units: 2, activation: 'tanh' }, { activation: 'identity' }] } },
    ];
    for (const change of changes) {
      const after = fill(change);
      const update = updateBetween(base, after);
      assert.ok(update, JSON.stringify(change));
      const run = engine.createRun(base);
      run.update(update);
      assert.deepEqual(run.experiment, after);
      run.dispose();
    }
  });

  it('is empty when nothing changed', () => {
    assert.deepEqual(updateBetween(base, structuredClone(base)), {});
  });

  it('is null for other data, other shapes and other starting weights', () => {
    for (const change of [
      { data: { id: 'xor' } },
      { data: { noise: 0.1 } },
      layers(3, 2),
      layers(4),
      layers(4, 2, 2),
      { network: { seed: 2 } },
      { network: { initializer: 'zeros' } },
    ]) {
      assert.equal(updateBetween(base, fill(change)), null, JSON.stringify(change));
    }
  });
});

describe('withAttachments', () => {
  it('puts the arrays back where the engine has descriptors', () => {
    const inputs = Float32Array.of(1, 2);
    const source = { data: { id: 'table', columns: 1, inputs, labels: [0, 1] } };
    const { experiment } = engine.check(source);
    const whole = withAttachments(experiment, source);
    assert.equal(whole.data.inputs, inputs);
    assert.equal(whole.data.labels, source.data.labels);
    assert.equal(whole.data.classes, 2);
    assert.equal(withAttachments(base, {}), base);
  });
});

describe('same', () => {
  it('compares plain values by content and typed arrays by identity', () => {
    const array = new Float32Array(1);
    assert.ok(same({ a: [1, { b: 'c' }], d: array }, { d: array, a: [1, { b: 'c' }] }));
    assert.ok(same(Number.NaN, Number.NaN));
    for (const [a, b] of [
      [{ a: 1 }, { a: 1, b: undefined }],
      [[1], [1, 2]],
      [array, new Float32Array(1)],
      [null, {}],
      [[], {}],
      ['1', 1],
    ])
      assert.ok(!same(a, b));
  });
});

describe('linkDefaults', () => {
  it('has the data of the set and the rest of exactly these data', () => {
    const catalog = { ...engine.catalog(), defaultsByDataset: { xor: engine.check({ data: { id: 'xor' } }).experiment } };
    const ofTheseData = engine.check({ data: { id: 'xor', samples: 33 } }).experiment;
    assert.equal(linkDefaults(catalog, ofTheseData).data.samples, 500);
    const table = engine.check({ data: { id: 'table', columns: 1, inputs: [1, 2, 3], labels: [0, 1, 2] } }).experiment;
    assert.deepEqual(linkDefaults(catalog, table).data, { id: 'table' });
    assert.equal(linkDefaults(catalog, table).training.loss, 'cross-entropy');
  });
});
