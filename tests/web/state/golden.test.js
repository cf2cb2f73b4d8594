// What version 1 wrote is read by every later version to the same end: documents, snapshots, links and saved files of
// tests/fixtures/version-1, files that never change but for the hashes, which follow the arithmetic.
// Natively: tests/engine/golden_test.cpp.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { fromBase64 } from '../../../web/src/state/base64.js';
import { decodeFile } from '../../../web/src/state/file.js';
import { decodeLink } from '../../../web/src/state/link.js';
import { fnv1a } from '../../support/hash.js';

/** @import { Experiment, Run } from 'mlp-playground' */

/** @typedef {{ filled: object, hashes: Record<string, string> }} Consequence */
/** @typedef {{ documents: string[], snapshots: string[], links: string[], files: string[] }} Index */

const folder = new URL('../../fixtures/version-1/', import.meta.url);

/** @param {string} path */
const read = async (path) => JSON.parse(await readFile(new URL(path, folder), 'utf8'));

/** @type {Index} */
const index = await read('index.json');
const engine = await createEngine({ variant: 'reproducible' });
const catalog = engine.catalog();

/** @param {Float32Array} values */
const hash = (values) => fnv1a(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));

/** @param {string | undefined} dataset */
const defaultsFor = (dataset) => engine.check(dataset === undefined ? {} : { data: { id: dataset } }).experiment;

/** A document as fixtures have it, IDX files in base64 as in saved files. @param {object} document */
const withBytes = (document) => decodeFile(JSON.stringify(document)).experiment;

/**
 * Fails where `actual` lacks or contradicts something of `expected`. It may have more: fields of later versions. An identifier may have
 * become an operation with parameters.
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} path
 */
function assertHolds(actual, expected, path = '') {
  if (typeof expected !== 'object' || expected === null) {
    const id = typeof actual === 'object' && actual !== null && 'id' in actual ? actual.id : undefined;
    const value = typeof expected === 'string' && id !== undefined ? id : actual;
    assert.ok(Object.is(value, expected), `${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(value)}`);
    return;
  }
  assert.ok(typeof actual === 'object' && actual !== null, `${path}: missing`);
  const found = /** @type {Record<string, unknown>} */ (actual);
  if (Array.isArray(expected)) assert.equal(found.length, expected.length, `${path}: another length`);
  for (const [key, value] of Object.entries(expected)) assertHolds(found[key], value, `${path}/${key}`);
}

/**
 * @param {Experiment} experiment
 * @param {(run: Run) => void} use
 */
function withRun(experiment, use) {
  const run = engine.createRun(experiment);
  try {
    use(run);
  } finally {
    run.dispose();
  }
}

/**
 * @param {Run} run
 * @param {Record<string, string>} hashes
 */
function follow(run, hashes) {
  for (const [count, expected] of Object.entries(hashes)) {
    const { status, step } = run.train({ steps: Number(count) - run.progress.step });
    assert.deepEqual({ status, step }, { status: 'running', step: Number(count) });
    assert.equal(hash(run.parameters()), expected, `after ${count} steps`);
  }
}

/**
 * One test per file that the index names in a folder.
 * @template T
 * @param {keyof Index} kind
 * @param {(golden: T) => void} check
 */
function eachFile(kind, check) {
  it(`are all of tests/fixtures/version-1/${kind}`, async () => {
    const names = (await readdir(new URL(kind, folder))).sort();
    assert.deepEqual(index[kind].map((name) => `${name}.json`).sort(), names);
  });
  for (const name of index[kind]) it(`version-1/${kind}/${name}.json`, async () => check(await read(`${kind}/${name}.json`)));
}

describe('documents of version 1 mean what they meant', () => {
  eachFile('documents', (/** @type {Partial<Consequence> & { document: object }} */ { document, filled, hashes }) => {
    const { experiment, issues } = engine.check(withBytes(document));
    assert.deepEqual(issues, []);
    assertHolds(experiment, filled);
    if (hashes) withRun(withBytes(document), (run) => follow(run, hashes));
  });
});

describe('training resumes from snapshots of version 1 with the same bits', () => {
  eachFile('snapshots', (/** @type {{ document: object, snapshot: string, step: number, hashes: Record<string, string> }} */ golden) => {
    withRun(golden.document, (run) => {
      const bytes = fromBase64(golden.snapshot);
      assert.ok(bytes);
      run.restore(bytes);
      assert.equal(run.progress.step, golden.step);
      follow(run, golden.hashes);
    });
  });
});

describe('links of version 1 lead where they led', () => {
  eachFile('links', (/** @type {Consequence & { link: string }} */ { link, filled, hashes }) => {
    const { experiment, parameters, issues } = decodeLink(link, defaultsFor, { catalog });
    assert.deepEqual(issues, []);
    assert.deepEqual(engine.check(experiment).issues, []);
    assertHolds(engine.check(experiment).experiment, filled);
    withRun(experiment, (run) => {
      if (parameters) run.setParameters(parameters);
      follow(run, hashes);
    });
  });
});

describe('files of version 1 bring back what was saved', () => {
  eachFile(
    'files',
    (/** @type {{ file: Record<string, object>, parameters: string, step: number, hashes: Record<string, string> }} */ golden) => {
      const { experiment, parameters, snapshot } = decodeFile(JSON.stringify(golden.file));
      assert.ok(parameters && snapshot);
      assert.equal(hash(parameters), golden.parameters);
      assert.deepEqual(engine.check(experiment).issues, []);
      withRun(experiment, (run) => {
        assertHolds(run.experiment.network, golden.file.network);
        assertHolds(run.experiment.training, golden.file.training);
        run.restore(snapshot);
        assert.deepEqual(run.parameters(), parameters);
        assert.equal(run.progress.step, golden.step);
        follow(run, golden.hashes);
      });
    },
  );
});

describe('a document that lost or changed something of version 1', () => {
  it('is told by the place', () => {
    assertHolds({ a: [{ b: 1, c: 2 }], d: { id: 'relu', e: 3 } }, { a: [{ b: 1 }], d: 'relu' });
    assert.throws(() => assertHolds({ a: [{ b: 1 }] }, { a: [{ b: 2 }] }), /\/a\/0\/b: expected 2, got 1/);
    assert.throws(() => assertHolds({ a: {} }, { a: { b: 1 } }), /\/a\/b/);
    assert.throws(() => assertHolds({ a: ['x'] }, { a: [] }), /\/a: another length/);
    assert.throws(() => assertHolds({ a: { id: 'tanh' } }, { a: 'relu' }), /\/a: expected "relu", got "tanh"/);
  });
});
