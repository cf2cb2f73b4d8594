/**
 * Trained networks of every kind, with the engine's own answers: what every exported form is held against.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from 'mlp-playground';
import { createModel } from '../../../web/src/export/model.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { Catalog, Experiment } from '../../../web/src/engine/types.js'
 * @import { Model } from '../../../web/src/export/model.js'
 */

/** @typedef {{ name: string, model: Model, inputs: Float32Array, answers: Float32Array, parameters: Float32Array }} Case */

export const engine = await createEngine({ variant: 'reproducible' });
export const catalog = /** @type {Catalog} */ (engine.catalog());

/** Numbers between -1 and 1 that look random and are always the same. @param {number} length */
function spread(length, factor = 1) {
  return Float32Array.from({ length }, (_, i) => factor * Math.sin(12.9898 * (i + 1)));
}

/** @param {number} columns */
function tableOf(columns, rows = 40) {
  return { id: 'table', columns, inputs: spread(rows * columns, 2), testFraction: 0 };
}

/** @param {readonly number[]} sizes @param {number} type the IDX format's code of bytes */
function idxFile(sizes, type = 8) {
  const bytes = new Uint8Array(4 + 4 * sizes.length + sizes.reduce((a, b) => a * b));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (type << 8) | sizes.length);
  sizes.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  return bytes;
}

/** Pictures of random grey and their labels, as IDX files. @param {number} rows @param {number} side */
function picturesOf(rows, side) {
  const images = idxFile([rows, side, side]);
  images.forEach((_, i) => i >= 16 && (images[i] = (i * 7919) % 256));
  const labels = idxFile([rows]);
  labels.forEach((_, i) => i >= 8 && (labels[i] = i % 10));
  return { id: 'idx', images, labels, testFraction: 0 };
}

/** @returns {{ name: string, experiment: Experiment, factor?: number }[]} */
function documents() {
  const { defaults } = catalog;
  const labels = Uint32Array.from({ length: 40 }, (_, i) => i % 3);
  const hidden = [{ units: 5, activation: 'tanh' }, { activation: 'identity' }];
  const list = catalog.activations.map(({ id }) => ({
    name: `activation ${id}`,
    experiment: {
      network: { layers: [{ units: 6, activation: id }, { units: 4, activation: id }, { activation: 'identity' }], initializer: 'normal' },
    },
    factor: 6,
  }));
  const parameterised = [
    { id: 'hardtanh', min: -0.5, max: 2 },
    { id: 'leaky-relu', slope: 0.3 },
    { id: 'elu', alpha: 2.5 },
  ];
  return [
    ...list,
    ...parameterised.map((activation) => ({
      name: `activation ${activation.id} with parameters`,
      experiment: { network: { layers: [{ units: 6, activation }, { activation: 'sigmoid' }] }, training: { loss: 'mse' } },
      factor: 6,
    })),
    { name: 'the default', experiment: defaults, factor: 6 },
    {
      name: 'every feature',
      experiment: { data: { id: 'xor', features: catalog.features.map(({ id }) => id) } },
      factor: 6,
    },
    { name: 'features without x1', experiment: { data: { id: 'xor', features: ['x2', 'sin-x2'] } }, factor: 6 },
    { name: 'classes', experiment: { data: { id: 'spirals' }, training: { loss: 'cross-entropy' } }, factor: 6 },
    { name: 'regression', experiment: { data: { id: 'plane' } }, factor: 6 },
    { name: 'hinge', experiment: { data: { id: 'xor' }, training: { loss: 'hinge' } }, factor: 6 },
    { name: 'a linear model', experiment: { data: { id: 'gauss' }, network: { layers: [{ activation: 'identity' }] } }, factor: 6 },
    { name: 'a table of classes', experiment: { data: { ...tableOf(5), labels, classes: 3 }, network: { layers: hidden } } },
    {
      name: 'some columns of a table',
      experiment: { data: { ...tableOf(5), labels, classes: 3, features: ['x5', 'x2'] }, network: { layers: hidden } },
    },
    {
      name: 'one column',
      experiment: { data: { ...tableOf(1), labels, classes: 3, features: ['x1', 'x1-squared'] }, network: { layers: hidden } },
    },
    { name: 'a table of targets', experiment: { data: { ...tableOf(3), targets: spread(80), outputs: 2 }, network: { layers: hidden } } },
    {
      name: 'several binary outputs',
      experiment: { data: { ...tableOf(3), labels, classes: 3 }, network: { layers: hidden }, training: { loss: 'binary-cross-entropy' } },
    },
    ...['raw', 'unit', 'standardized'].map((scaling) => ({
      name: `images, ${scaling}`,
      experiment: { data: { ...picturesOf(20, 6), scaling }, network: { layers: hidden } },
      factor: 100,
    })),
    {
      name: 'a large network',
      experiment: {
        data: { ...picturesOf(20, 28), scaling: { id: 'standardized', mean: 0.1307, std: 0.3081 } },
        network: { layers: [{ units: 32, activation: 'relu' }, { activation: 'identity' }] },
      },
      factor: 100,
    },
  ];
}

/** Documents that this engine may not know yet, by the setting that it would have to know. @returns {{ name: string, experiment: Experiment, factor: number }[]} */
function newerDocuments() {
  const layers = [{ units: 6, activation: 'tanh' }, { activation: 'identity' }];
  return Object.hasOwn(catalog.defaults.network, 'skip')
    ? [
        {
          name: 'a skip edge',
          experiment: { data: { id: 'circle', features: ['x1', 'x2', 'sin-x1'] }, network: { layers, skip: true } },
          factor: 6,
        },
        {
          name: 'a skip edge of plain columns',
          experiment: { data: { id: 'spirals' }, network: { layers, skip: true }, training: { loss: 'cross-entropy' } },
          factor: 6,
        },
      ]
    : [];
}

/**
 * A trained network with the engine's answers to a few rows.
 * @param {{ name: string, experiment: Experiment, factor?: number }} document
 * @returns {Case}
 */
function caseOf({ name, experiment, factor = 2 }) {
  const run = engine.createRun(experiment);
  try {
    run.train({ steps: 60 });
    // Biases of some size as well: every term of every formula counts.
    const parameters = run.parameters().map((value, i) => value * 1.5 + 0.2 * Math.sin(i));
    run.setParameters(parameters);
    const { columns } = run.data('train');
    const model = createModel({ experiment: run.experiment, catalog, columns, parameters, scaling: run.scaling() });
    const inputs = spread(16 * columns, factor);
    return { name, model, inputs, answers: run.predict(inputs), parameters };
  } finally {
    run.dispose();
  }
}

/** @type {readonly Case[]} */
export const cases = [...documents(), ...newerDocuments()].map(caseOf);

/**
 * Holds answers to the engine's: 1e-5 of 1, or of the answer where that is larger.
 * @param {string} name
 * @param {ArrayLike<number>} actual
 * @param {ArrayLike<number>} expected
 */
export function assertClose(name, actual, expected) {
  assert.equal(actual.length, expected.length, `${name}: count of answers`);
  for (let i = 0; i < expected.length; ++i) {
    const error = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    assert.ok(error <= 1e-5, `${name}: answer ${i} is ${actual[i]}, the engine's is ${expected[i]}`);
  }
}

/** A folder that goes with the test. @param {TestContext} test */
export async function folderFor(test) {
  const folder = await mkdtemp(join(tmpdir(), 'mlp-export-'));
  test.after(() => rm(folder, { recursive: true }));
  return folder;
}

/**
 * Runs a program that has to succeed.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @returns {string} what it wrote
 */
export function succeed(command, parameters) {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(status, 0, `${command} ${parameters.join(' ')}\n${error ?? ''}${stderr}`);
  return stdout;
}

/** The first Python that can import a module; undefined where none can. @param {string} module */
export function pythonWith(module) {
  return ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0);
}
