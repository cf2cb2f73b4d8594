// Memory: what is made is freed, and nothing of the heap reaches a caller.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';

/** @import { Engine, Run } from 'mlp-playground' */

/**
 * A module of its own. Its memory is nobody's business but these tests': it is caught on its way out of the instance.
 * @returns {Promise<{ engine: Engine, heap: () => ArrayBuffer }>}
 */
async function freshEngine() {
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const { instantiate } = WebAssembly;
  /** @param {any[]} args */
  const catching = async (...args) => {
    const instance = await Reflect.apply(instantiate, WebAssembly, args);
    memory = /** @type {WebAssembly.Memory} */ (Object.values(instance.exports).find((each) => each instanceof WebAssembly.Memory));
    return instance;
  };
  WebAssembly.instantiate = /** @type {typeof instantiate} */ (catching);
  try {
    const engine = await createEngine({ variant: 'reproducible' });
    return { engine, heap: () => /** @type {WebAssembly.Memory} */ (memory).buffer };
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

/** @type {Engine} */
let engine;
/** @type {() => ArrayBuffer} */
let heap;
beforeEach(async () => {
  ({ engine, heap } = await freshEngine());
});

/** A run that has used everything there is. @param {Run} run */
function exercise(run) {
  run.train({ epochs: 1 });
  run.evaluate('train');
  run.predict(new Float32Array(200));
  run.surface({ x: [-6, 6], y: [-6, 6], columns: 20, rows: 20 });
  run.maps({ x: [-6, 6], y: [-6, 6], columns: 10, rows: 10 });
  run.sums({ x: [-6, 6], y: [-6, 6], columns: 10, rows: 10 });
  run.outcomes('train');
  run.activations(new Float32Array(20), 0);
  run.gradients();
  run.restore(run.snapshot());
  run.update({ training: { optimizer: { id: 'adam' } } });
  run.data('train');
}

describe('the heap', () => {
  it('is where it was after 1,000 runs were made, used and disposed of', () => {
    const make = (/** @type {number} */ i) => {
      const run = engine.createRun({ data: { seed: i, samples: 100 } });
      exercise(run);
      run.dispose();
    };
    for (let i = 0; i < 50; i += 1) make(i);
    const before = heap().byteLength;
    for (let i = 0; i < 1000; i += 1) make(i);
    assert.equal(heap().byteLength, before);
  });

  it('is where it was after 1,000 documents were refused', () => {
    const refuse = () => {
      assert.throws(() => engine.createRun({ data: { id: 'table', columns: 1, inputs: new Float32Array(5000), targets: [1] } }));
    };
    for (let i = 0; i < 20; i += 1) refuse();
    const before = heap().byteLength;
    for (let i = 0; i < 1000; i += 1) refuse();
    assert.equal(heap().byteLength, before);
  });

  it('holds large data once, and gives them back', () => {
    const inputs = new Float32Array(60_000 * 16);
    const labels = new Uint8Array(60_000);
    const make = () => engine.createRun({ data: { id: 'table', columns: 16, inputs, labels, classes: 2 } });
    make().dispose();
    const before = heap().byteLength;
    for (let i = 0; i < 10; i += 1) make().dispose();
    assert.equal(heap().byteLength, before);
  });

  it('grows under a run that is at work, which does not notice', () => {
    const run = engine.createRun({});
    const twin = engine.createRun({});
    const before = heap().byteLength;
    /** @type {Run[]} */
    const others = [];
    const inputs = new Float32Array(1 << 20);
    while (heap().byteLength === before) {
      others.push(engine.createRun({ data: { id: 'table', columns: 64, inputs, labels: new Uint8Array(inputs.length / 64), classes: 2 } }));
      run.train({ steps: 10 });
    }
    twin.train({ steps: 10 * others.length });
    assert.deepEqual(run.parameters(), twin.parameters());
    for (const each of [run, twin, ...others]) each.dispose();
  });

  it('refuses what is larger than the limit, and goes on', () => {
    const huge = {
      network: { layers: [...Array.from({ length: 8 }, () => ({ units: 512, activation: 'relu' })), { activation: 'identity' }] },
    };
    /** @type {Run[]} */
    const runs = [];
    assert.throws(
      () => {
        for (let i = 0; i < 500; i += 1) runs.push(engine.createRun(huge));
      },
      (error) => error instanceof Error && 'code' in error && error.code === 'out-of-memory',
    );
    for (const run of runs) run.dispose();
    const run = engine.createRun({});
    assert.equal(run.train({ epochs: 1 }).epoch, 1);
    run.dispose();
  });
});

describe('no view of the heap', () => {
  it('reaches a caller: every array has a buffer of its own', () => {
    const run = engine.createRun({});
    const results = [
      run.parameters(),
      run.predict([0, 0]),
      run.gradients(),
      run.numericalGradients().gradients,
      run.snapshot(),
      run.surface({ x: [0, 1], y: [0, 1], columns: 3, rows: 3 }),
      run.maps({ x: [0, 1], y: [0, 1], columns: 3, rows: 3 }),
      run.sums({ x: [0, 1], y: [0, 1], columns: 3, rows: 3 }),
      ...Object.values(run.outcomes('train')),
      ...Object.values(run.activations([0, 0], 0)),
      ...Object.values(run.data('train')).filter((value) => ArrayBuffer.isView(value)),
      run.evaluate('train').confusion,
      ...Object.values(engine.activation('tanh', [1, 2])),
      engine.loss('mse', [1], [2]).slope,
    ];
    for (const result of results) {
      assert.ok(ArrayBuffer.isView(result));
      assert.notEqual(result.buffer, heap());
      assert.equal(result.buffer.byteLength, result.byteLength, 'nothing else lies in the buffer');
    }
    run.dispose();
  });

  it("writes into a caller's array as the caller sees it, also in the middle of a buffer", () => {
    const run = engine.createRun({});
    const around = new Float32Array(27).fill(9);
    run.parameters(around.subarray(1, 26));
    assert.deepEqual(around.subarray(1, 26), run.parameters());
    assert.deepEqual([around[0], around[26]], [9, 9]);
    run.dispose();
  });

  it('keeps what the caller gave: changing it later changes nothing', () => {
    const inputs = Float32Array.of(0, 1, 2);
    const run = engine.createRun({ data: { id: 'table', columns: 1, inputs, targets: [0, 1, 2] } });
    inputs.fill(99);
    assert.deepEqual(run.data('train').inputs, Float32Array.of(0, 1, 2));
    run.dispose();
  });
});
