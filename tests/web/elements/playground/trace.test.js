// One point, forward and backward: the engine, asked for the gradient of a table with this one row, is the judge.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { parameterLayout } from '../../../../web/src/elements/playground/parameters.js';
import { chain, featureDocument, featureParameters, targetsOf, tracePoint } from '../../../../web/src/elements/playground/trace.js';
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
  assertClose(gradientsOf(trace), run.gradients('train'), 'gradients');
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
    const { offset } = parameterLayout(experiment).layers[1];
    parameters[offset] = 0;
    run.setParameters(parameters);
    const point = Float32Array.from(inputs);
    const layers = [0, 1].map((layer) => run.activations(point, layer));
    const slopes = layers.map(({ preActivations }, layer) => engine.activation(['tanh', 'identity'][layer], preActivations).slope);
    const [first] = chain({ experiment, parameters, features: point, layers, slopes, lossSlope: [1] });
    assert.equal(first.upstream[0], 0);
    assert.equal(Math.abs(first.weightGradients[0]), 0);
    assert.notEqual(first.upstream[1], 0);
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
