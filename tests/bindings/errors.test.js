// Hostile and mistaken input at the border: an EngineError that says where, and an engine that goes on.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { EngineError, createEngine } from 'mlp-playground';

/** @import { Engine } from 'mlp-playground' */

/** @type {Engine} */
let engine;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
});

/** @returns {any} */
const cyclic = () => {
  const document = { data: {} };
  document.data = document;
  return document;
};

/** @param {number} depth */
function deep(depth) {
  /** @type {any} */
  let value = {};
  for (let i = 0; i < depth; i += 1) value = { training: value };
  return value;
}

const table = (/** @type {object} */ more) => ({ data: { id: 'table', columns: 1, inputs: [1, 2], targets: [1, 2], ...more } });

describe('documents that are none', () => {
  /** @type {[string, () => any][]} */
  const documents = [
    ['null', () => null],
    ['a number', () => 7],
    ['a text', () => '{"data":{}}'],
    ['a list', () => [{}]],
    ['a function', () => () => ({})],
    ['a symbol', () => Symbol('document')],
    ['a BigInt', () => 1n],
    ['a cycle', cyclic],
    ['ten thousand levels', () => deep(10_000)],
    ['a function inside', () => ({ data: { id: () => 'xor' } })],
    ['a symbol inside', () => ({ training: { l1: Symbol('l1') } })],
    ['a BigInt inside', () => ({ data: { seed: 1n } })],
    ['a Map', () => ({ data: new Map([['id', 'xor']]) })],
    ['a Date', () => ({ data: new Date(0) })],
    ['a text for a number', () => ({ data: { samples: '500' } })],
    ['NaN', () => ({ training: { l1: Number.NaN } })],
    ['infinity', () => ({ training: { optimizer: { id: 'sgd', learningRate: Infinity } } })],
    ['a fraction of a unit', () => ({ network: { layers: [{ units: 1.5 }, {}] } })],
    ['a negative seed', () => ({ data: { seed: -1 } })],
    ['a seed of 33 bits', () => ({ data: { seed: 2 ** 32 } })],
    ['too many layers', () => ({ network: { layers: Array.from({ length: 1000 }, () => ({ units: 1 })) } })],
    ['too many units', () => ({ network: { layers: [{ units: 1e9 }, {}] } })],
    ['too many members', () => ({ data: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])) })],
    ['a key of __proto__', () => JSON.parse('{"__proto__":{"data":{}}}')],
    ['a wrong count of outputs', () => ({ network: { layers: [{ units: 7, activation: 'identity' }] } })],
    ['a table without rows', () => table({ inputs: [], targets: [] })],
    ['a table with half a row', () => table({ columns: 2, inputs: [1, 2, 3] })],
    ['a table with a hole', () => table({ inputs: [1, , 3], targets: [1, 2, 3] })], // eslint-disable-line no-sparse-arrays
    ['a table with NaN', () => table({ inputs: [1, Number.NaN] })],
    ['a table with a text', () => table({ inputs: [1, 'two'] })],
    ['a table with both labels and targets', () => table({ labels: [0, 1] })],
    ['labels that are no classes', () => table({ targets: undefined, labels: [0, -1] })],
    ['labels with fractions', () => table({ targets: undefined, labels: Float32Array.of(0, 0.5) })],
    ['labels beyond the classes', () => table({ targets: undefined, labels: [0, 5], classes: 2 })],
    [
      'a detached array',
      () => {
        const inputs = new Float32Array(2);
        structuredClone(inputs, { transfer: [inputs.buffer] });
        return table({ inputs });
      },
    ],
    ['64-bit integers', () => table({ inputs: BigInt64Array.of(1n, 2n) })],
    ['images that are no file', () => ({ data: { id: 'idx', images: new Uint8Array(20), labels: new Uint8Array(20) } })],
    [
      'an image file that announces four billion images',
      () => ({
        data: {
          id: 'idx',
          images: Uint8Array.of(0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
          labels: new Uint8Array(8),
        },
      }),
    ],
  ];
  for (const [name, make] of documents) {
    it(name, () => {
      assert.throws(
        () => engine.createRun(make()),
        (error) => {
          assert.ok(error instanceof EngineError, String(error));
          assert.match(error.code, /^(invalid-document|invalid-argument|needs-data|bad-file|out-of-memory)$/);
          assert.ok(error.message.length > 10, error.message);
          return true;
        },
      );
      assert.equal(engine.dead, false);
      const run = engine.createRun({});
      assert.equal(run.step().step, 1);
      run.dispose();
    });
  }

  it('are checked without an exception, however wrong', () => {
    for (const document of [{}, { data: 5 }, { data: { id: 'nope' }, network: [], training: 'x' }]) {
      const { experiment, issues } = engine.check(/** @type {any} */ (document));
      const run = engine.createRun(experiment);
      run.dispose();
      assert.equal(issues.length > 0, Object.keys(document).length > 0);
    }
  });

  it('with getters that throw leave the engine alive', () => {
    const document = {
      get data() {
        throw new Error('gotcha');
      },
    };
    assert.throws(() => engine.createRun(/** @type {any} */ (document)), /gotcha/);
    assert.throws(() => engine.check(/** @type {any} */ (document)), /gotcha/);
    assert.equal(engine.dead, false);
  });
});

describe('arguments', () => {
  /** @type {[string, (run: ReturnType<Engine['createRun']>) => unknown, string][]} */
  const calls = [
    ['evaluate(nothing of a split)', (run) => run.evaluate(/** @type {any} */ ('validation')), 'split'],
    ['evaluate(object)', (run) => run.evaluate(/** @type {any} */ ({})), 'split'],
    ['data()', (run) => run.data(/** @type {any} */ (undefined)), 'split'],
    ['step(0)', (run) => run.step(0), 'budget.steps'],
    ['step(-1)', (run) => run.step(-1), 'budget.steps'],
    ['step(1.5)', (run) => run.step(1.5), 'budget.steps'],
    ['step(2 ** 40)', (run) => run.step(2 ** 40), 'budget.steps'],
    ['train()', (run) => run.train(/** @type {any} */ (undefined)), 'budget'],
    ['train({})', (run) => run.train({}), 'budget'],
    ['train({ milliseconds: NaN })', (run) => run.train({ milliseconds: Number.NaN }), 'budget.milliseconds'],
    ['predict()', (run) => run.predict(/** @type {any} */ (undefined)), 'inputs'],
    ['predict(text)', (run) => run.predict(/** @type {any} */ ('12')), 'inputs'],
    ['predict([1])', (run) => run.predict([1]), 'inputs'],
    ["predict([1, '2'])", (run) => run.predict(/** @type {any} */ ([1, '2'])), 'inputs[1]'],
    ['predict(BigInt64Array)', (run) => run.predict(/** @type {any} */ (BigInt64Array.of(1n, 2n))), 'inputs'],
    ['predict(x, Array)', (run) => run.predict([1, 2], /** @type {any} */ ([])), 'out'],
    ['predict(x, Float64Array)', (run) => run.predict([1, 2], /** @type {any} */ (new Float64Array(1))), 'out'],
    ['parameters(too short)', (run) => run.parameters(new Float32Array(1)), 'out'],
    ['setParameters(too few)', (run) => run.setParameters([1]), 'parameters'],
    ['gradients(train, too long)', (run) => run.gradients('train', new Float32Array(1000)), 'out'],
    ['activations(x, -1)', (run) => run.activations([1, 2], -1), 'layer'],
    ['activations(x, 3)', (run) => run.activations([1, 2], 3), 'layer'],
    ['surface()', (run) => run.surface(/** @type {any} */ (undefined)), 'options'],
    ['surface(huge)', (run) => run.surface({ x: [0, 1], y: [0, 1], columns: 1 << 20, rows: 1 << 20 }), 'options.rows'],
    ['surface(NaN)', (run) => run.surface({ x: [0, Number.NaN], columns: 1, rows: 1 }), 'options.x'],
    ['numericalGradients(epsilon 0)', (run) => run.numericalGradients('train', { epsilon: 0 }), 'options.epsilon'],
    ['restore(text)', (run) => run.restore(/** @type {any} */ ('bytes')), 'bytes'],
    ['update(null)', (run) => run.update(/** @type {any} */ (null)), 'partial'],
  ];
  for (const [name, call, path] of calls) {
    it(name, () => {
      const run = engine.createRun({});
      const before = run.snapshot();
      assert.throws(
        () => call(run),
        (error) => {
          assert.ok(error instanceof EngineError, String(error));
          assert.equal(error.code, 'invalid-argument');
          assert.equal(error.path, path);
          return true;
        },
      );
      assert.deepEqual(run.snapshot(), before, 'the run is as it was');
      run.dispose();
    });
  }

  it('parameters that are not finite diverge instead of spreading', () => {
    const run = engine.createRun({});
    const parameters = run.parameters();
    parameters[3] = Number.NaN;
    try {
      run.setParameters(parameters);
      assert.equal(run.step().status, 'diverged');
    } catch (error) {
      assert.ok(error instanceof EngineError && error.code === 'invalid-argument');
    }
    run.dispose();
  });
});
