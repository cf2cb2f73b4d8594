// One point, forward and backward: the engine, asked for the gradient of a table with this one row, is the judge.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { chain } from '../../../../web/src/state/chain.js';
import { parameterLayout } from '../../../../web/src/state/parameter-layout.js';
import {
  affineOf,
  piecewiseLinear,
  featureDocument,
  featureParameters,
  targetsOf,
  tracePoint,
} from '../../../../web/src/elements/playground/trace.js';
import { descentOf, sampleOf } from '../../../../web/src/elements/playground/input-gradients.js';
import { runCommands } from '../../../../web/src/engine/commands.js';

/**
 * @import { EngineClient, RemoteRun } from '../../../../web/src/engine/client.js'
 * @import { Catalog, Experiment, FilledExperiment } from '../../../../web/src/engine/types.js'
 * @import { PointTrace } from '../../../../web/src/elements/playground/trace.js'
 */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());

/**
 * The engine at hand in the shape of the one in the worker.
 * @param {ReturnType<typeof engine.createRun>} run
 */
const remote = (run) =>
  /** @type {RemoteRun} */ (
    /** @type {unknown} */ ({
      experiment: run.experiment,
      call: async (/** @type {keyof typeof runCommands} */ name, /** @type {unknown[]} */ ...args) =>
        /** @type {(...all: unknown[]) => unknown} */ (runCommands[name])(run, ...args),
    })
  );
const client = /** @type {EngineClient} */ (
  /** @type {unknown} */ ({
    activation: async (/** @type {Parameters<typeof engine.activation>} */ ...args) => engine.activation(...args),
    loss: async (/** @type {Parameters<typeof engine.loss>} */ ...args) => engine.loss(...args),
  })
);

/**
 * @param {readonly string[]} features
 * @param {readonly number[]} inputs
 */
function featuresAt(features, inputs) {
  const probe = engine.createRun(featureDocument(features, inputs.length));
  probe.setParameters(featureParameters(features.length));
  return probe.activations(Float32Array.from(inputs), 0).outputs;
}

/** @param {PointTrace} trace in the order of the parameters */
const gradientsOf = ({ layers }) => layers.flatMap(({ weightGradients, deltas }) => [...weightGradients, ...deltas]);

/**
 * @param {ArrayLike<number>} actual
 * @param {ArrayLike<number>} expected
 * @param {string} what
 */
function assertClose(actual, expected, what) {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < expected.length; ++i) {
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= 1e-5 * Math.max(1, Math.abs(expected[i])),
      `${what}, ${i}: ${actual[i]} and ${expected[i]}`,
    );
  }
}

const inputs = [1.3, -0.7];

/**
 * @param {Experiment} document
 * @param {number} target
 * @param {number} classes
 */
async function compare(document, target, classes) {
  const run = engine.createRun(document);
  const features = run.experiment.data.features ?? [];
  const trace = await tracePoint(client, remote(run), { inputs, target }, { features: featuresAt(features, inputs), catalog, classes });
  // What activations learn has a gradient of its own, which the trace does not tell.
  const gradients = run.gradients('train');
  const told = parameterLayout(run.experiment, catalog).layers.flatMap(({ units, sources, offset }) => [
    ...gradients.subarray(offset, offset + units * (sources + 1)),
  ]);
  assertClose(gradientsOf(trace), told, 'gradients');
  assert.ok(Math.abs(trace.loss - run.evaluate('train').loss) < 1e-5, `loss ${trace.loss} and ${run.evaluate('train').loss}`);
  return { run, trace };
}

describe('the gradient of one point', () => {
  for (const { id } of catalog.activations) {
    it(`agrees with the engine's through ${id}`, async () => {
      await compare(
        {
          data: { id: 'table', columns: 2, inputs, labels: [1], classes: 2, features: ['x1', 'x2', 'x1-squared', 'sin-x2'] },
          network: { layers: [{ units: 5, activation: id }, { units: 3, activation: id }, { activation: 'identity' }], seed: 3 },
          training: { loss: 'binary-cross-entropy' },
        },
        1,
        2,
      );
    });
  }

  for (const { id, tasks } of catalog.losses) {
    for (const classes of [0, 2, 3]) {
      const task = classes > 0 ? 'classification' : 'regression';
      if (!(/** @type {string[]} */ (tasks).includes(task))) continue;
      for (const activation of ['identity', 'sigmoid']) {
        const target = classes > 0 ? classes - 1 : 0.4;
        const answer = classes > 0 ? { labels: [target], classes } : { targets: [target], outputs: 1 };
        it(`agrees under ${id} with ${classes} classes behind ${activation}`, async () => {
          const { trace } = await compare(
            {
              data: { id: 'table', columns: 2, inputs, ...answer },
              network: { layers: [{ units: 4, activation: 'tanh' }, { activation }], seed: 5 },
              training: { loss: id },
            },
            target,
            classes,
          );
          assert.ok(trace.loss > 0);
        });
      }
    }
  }

  it('adds up: the terms of every neuron make its z', async () => {
    const { trace } = await compare(
      {
        data: { id: 'table', columns: 2, inputs, labels: [0], classes: 2 },
        network: { layers: [{ units: 6, activation: 'relu' }, { activation: 'identity' }] },
      },
      0,
      2,
    );
    for (const { sources, weights, biases, preActivations } of trace.layers) {
      biases.forEach((bias, unit) => {
        const sum = Array.from(sources).reduce((total, value, source) => total + value * weights[unit * sources.length + source], bias);
        assert.ok(Math.abs(sum - preActivations[unit]) < 1e-5);
      });
    }
  });

  it('does not flow back through a weight of zero', () => {
    const run = engine.createRun({
      data: { id: 'xor' },
      network: { layers: [{ units: 2, activation: 'tanh' }, { activation: 'identity' }] },
    });
    const experiment = /** @type {FilledExperiment} */ (run.experiment);
    const parameters = run.parameters();
    const { offset } = parameterLayout(experiment, catalog).layers[1];
    parameters[offset] = 0;
    run.setParameters(parameters);
    const point = Float32Array.from(inputs);
    const layers = [0, 1].map((layer) => run.activations(point, layer));
    const slopes = layers.map(({ preActivations }, layer) => engine.activation(['tanh', 'identity'][layer], preActivations).slope);
    const [first] = chain({ catalog, experiment, parameters, features: point, layers, slopes, lossSlope: [1] });
    assert.equal(first.upstream[0], 0);
    assert.equal(Math.abs(first.weightGradients[0]), 0);
    assert.notEqual(first.upstream[1], 0);
  });
});

describe('the affine piece around a point', () => {
  it('is what the network is at points near by, and not far away', async () => {
    const run = engine.createRun({
      data: { id: 'table', columns: 2, inputs, targets: [0], outputs: 1 },
      network: { layers: [{ units: 6, activation: 'relu' }, { units: 4, activation: 'leaky-relu' }, { activation: 'identity' }], seed: 7 },
    });
    const experiment = /** @type {FilledExperiment} */ (run.experiment);
    const trace = await tracePoint(client, remote(run), { inputs, target: 0 }, { features: inputs, catalog, classes: 0 });
    const [piece] = affineOf(experiment, trace) ?? [];
    /** @param {number} x @param {number} y */
    const differenceAt = (x, y) => Math.abs(piece.slopes[0] * x + piece.slopes[1] * y + piece.offset - run.predict([x, y])[0]);
    for (const [dx, dy] of [
      [0, 0],
      [1e-3, 0],
      [0, -1e-3],
    ])
      assert.ok(differenceAt(inputs[0] + dx, inputs[1] + dy) < 1e-5);
    assert.ok(Math.max(...[-6, 0, 6].flatMap((x) => [-6, 0, 6].map((y) => differenceAt(x, y)))) > 1e-2, 'somewhere it folds');
  });

  it('is there for straight pieces and plain features only', async () => {
    /** @param {Experiment} document */
    const pieces = async (document) => {
      const run = engine.createRun({ data: { id: 'xor', ...document.data }, ...document });
      const features = featuresAt(run.experiment.data.features ?? [], inputs);
      const trace = await tracePoint(client, remote(run), { inputs, target: 0 }, { features, catalog, classes: 2 });
      return affineOf(/** @type {FilledExperiment} */ (run.experiment), trace);
    };
    const relu = { layers: [{ units: 2, activation: 'relu' }, { activation: 'identity' }] };
    assert.ok(await pieces({ network: relu }));
    assert.equal(await pieces({ network: { layers: [{ units: 2, activation: 'tanh' }, { activation: 'identity' }] } }), undefined);
    assert.equal(await pieces({ data: { id: 'xor', features: ['x1', 'sin-x2'] }, network: relu }), undefined);
  });

  it('knows which activations are straight: those with at most three slopes', () => {
    const x = Array.from({ length: 801 }, (_, index) => index / 100 - 4);
    for (const { id } of catalog.activations) {
      const slopes = new Set([...engine.activation(id, x).slope].map((slope) => slope.toFixed(6)));
      assert.equal(slopes.size <= 3, piecewiseLinear.has(id), id);
    }
  });
});

describe('targets', () => {
  it('follow loss, classes and output', () => {
    /** @param {Experiment} document */
    const filled = (document) => /** @type {FilledExperiment} */ (engine.check(document).experiment);
    const blobs = { id: 'blobs', classes: 3 };
    assert.deepEqual(targetsOf(filled({ data: blobs, training: { loss: 'cross-entropy' } }), catalog, { target: 2, classes: 3 }), [2]);
    assert.deepEqual(targetsOf(filled({ data: blobs, training: { loss: 'mse' } }), catalog, { target: 2, classes: 3 }), [-1, -1, 1]);
    assert.deepEqual(targetsOf(filled({ training: { loss: 'hinge' } }), catalog, { target: 0, classes: 2 }), [-1]);
    assert.deepEqual(targetsOf(filled({ data: { id: 'plane' } }), catalog, { target: 0.25, classes: 0 }), [0.25]);
  });
});

describe('arrows down the loss', () => {
  const settings = [
    { name: 'binary cross-entropy', data: { id: 'circle' }, classes: 2, loss: 'binary-cross-entropy' },
    { name: 'squared error of classes', data: { id: 'xor' }, classes: 2, loss: 'mse' },
    { name: 'cross-entropy of several classes', data: { id: 'blobs', classes: 3 }, classes: 3, loss: 'cross-entropy' },
    { name: 'a regression', data: { id: 'saddle' }, classes: 0, loss: 'mse' },
  ];
  for (const { name, data, classes, loss } of settings) {
    it(`are minus the gradient by the sample's place: ${name}`, async () => {
      const layers = [{ units: 5, activation: 'tanh' }, { activation: 'identity' }];
      const run = engine.createRun({ data: { ...data, samples: 40 }, network: { layers }, training: { loss } });
      run.train({ epochs: 5 });
      const { inputs, labels, targets, rows } = run.data('train');
      const samples = sampleOf({ inputs, values: labels ?? targets ?? [], rows }, 12);
      assert.equal(samples.rows, 12);
      const known = { catalog, classes };
      const directions = await descentOf(client, remote(run), samples, known);
      for (let row = 0; row < 12; ++row) {
        const place = [...samples.inputs.subarray(2 * row, 2 * row + 2)];
        const point = { inputs: place, target: samples.values[row] };
        const { layers: traced } = await tracePoint(client, remote(run), point, { ...known, features: place });
        // The mean over the samples has each sample's own gradient in it once.
        [0, 1].forEach((source) => {
          const slope = traced[0].deltas.reduce((sum, delta, unit) => sum + delta * traced[0].weights[2 * unit + source], 0);
          assert.ok(Math.abs(directions[2 * row + source] * 12 + slope) < 1e-3 * (1 + Math.abs(slope)), `${row}.${source}`);
        });
      }
      run.dispose();
    });
  }
});
