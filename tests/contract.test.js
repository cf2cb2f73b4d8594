// The engine's public API, one case per row of its contract, on the built package entry.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EngineError, createEngine } from 'mlp-playground';

/** @import { Engine } from 'mlp-playground' */

const wasmPath = fileURLToPath(import.meta.resolve('mlp-playground/mlp-reproducible.wasm'));

/** Regression by hand: y = 2x, four rows. */
const line = {
  data: { id: 'table', columns: 1, inputs: [0, 1, 2, 3], targets: [0, 2, 4, 6], outputs: 1 },
  network: { layers: [{ activation: 'identity' }], initializer: 'zeros' },
  training: { loss: 'mse', batchSize: 4, sampling: 'sequential', optimizer: { id: 'sgd', learningRate: 0.1 } },
};

/** @type {Engine} */
let engine;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
});

/**
 * @param {object} experiment
 * @param {(run: ReturnType<Engine['createRun']>) => void} use
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
 * @param {string} code
 * @param {string} path
 */
function engineError(code, path) {
  return (/** @type {unknown} */ error) => {
    assert.ok(error instanceof EngineError, String(error));
    assert.equal(error.code, code);
    assert.equal(error.path, path);
    assert.ok(error.message.length > 0);
    return true;
  };
}

describe('createEngine({ wasm?, variant? })', () => {
  it('takes the WebAssembly file as URL, path of a URL, Response, bytes or module', async () => {
    const bytes = await readFile(wasmPath);
    const sources = [
      new URL(`file://${wasmPath}`),
      `file://${wasmPath}`,
      new Response(bytes, { headers: { 'content-type': 'application/wasm' } }),
      new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } }),
      bytes,
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      await WebAssembly.compile(bytes),
    ];
    for (const wasm of sources) {
      const other = await createEngine({ wasm });
      assert.equal(other.variant, 'reproducible');
      assert.equal(other.version, engine.version);
    }
  });

  it('chooses the fast build exactly where it can run', async () => {
    const auto = await createEngine();
    const fast = await createEngine({ variant: 'fast' }).catch((error) => error);
    assert.equal(auto.variant, fast instanceof EngineError ? 'reproducible' : 'fast');
    if (fast instanceof EngineError) assert.equal(fast.code, 'unsupported');
    else assert.equal(fast.variant, 'fast');
  });

  it('refuses what is no engine, and says what it expected', async () => {
    await assert.rejects(createEngine({ wasm: new Uint8Array(100) }), engineError('bad-file', 'wasm'));
    await assert.rejects(createEngine({ wasm: Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 9) }), engineError('bad-file', 'wasm'));
    await assert.rejects(createEngine({ wasm: Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0) }), (error) => error instanceof EngineError);
    await assert.rejects(createEngine({ wasm: new Response('gone', { status: 404 }) }), engineError('unsupported', ''));
    await assert.rejects(createEngine({ wasm: /** @type {never} */ (7) }), engineError('invalid-argument', 'wasm'));
    await assert.rejects(createEngine({ variant: /** @type {never} */ ('turbo') }), engineError('invalid-argument', 'variant'));
    await assert.rejects(createEngine(/** @type {never} */ ({ wsam: 1 })), engineError('invalid-argument', 'options.wsam'));
  });
});

describe('engine.variant, engine.version, engine.catalog()', () => {
  it('lists every table with identifiers, labels in both languages, parameters, formulas and sources', () => {
    assert.match(engine.version, /^\d+\.\d+\.\d+$/);
    const catalog = engine.catalog();
    assert.equal(catalog.version, engine.version);
    for (const table of /** @type {const} */ ([
      'activations',
      'losses',
      'optimizers',
      'initializers',
      'schedules',
      'features',
      'datasets',
    ])) {
      const entries = catalog[table];
      assert.ok(entries.length > 0, table);
      assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length, `${table} has an identifier twice`);
      for (const { id, label, formula, source, parameters } of entries) {
        assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
        assert.ok(label.en && label.zh, `${table}.${id} lacks a label`);
        assert.ok(formula && source, `${table}.${id} lacks formula or source`);
        for (const parameter of parameters) {
          const { name, minimum, maximum, fallback } = parameter;
          const value = parameter.scale === 'choice' ? parameter.choices.findIndex((choice) => choice.id === fallback) : Number(fallback);
          assert.ok(minimum <= value && value <= maximum, `${table}.${id}.${name}`);
        }
      }
    }
  });
});

describe('engine.check(document)', () => {
  it('fills every default and builds nothing', () => {
    const { experiment, issues, memory } = engine.check({});
    assert.deepEqual(issues, []);
    assert.deepEqual(experiment, engine.catalog().defaults);
    assert.deepEqual(engine.check(experiment), { experiment, issues: [], memory });
  });

  it('states the memory of the run, and nothing for what cannot run', () => {
    const run = engine.createRun({});
    const { memory } = engine.check({});
    assert.ok(memory !== null && memory >= run.memory() && memory < 2 ** 21);
    run.dispose();
    assert.equal(engine.check({ data: { samples: 0 } }).memory, null);
    assert.equal(engine.check({ data: { id: 'mnist' } }).memory, null);
  });

  it('reports all issues with their paths at once', () => {
    const { issues } = engine.check({
      network: { layers: [{ units: 0, activation: 'tanh' }, { activation: 'nope' }] },
      training: { batchsize: 3, l1: -1 },
    });
    assert.deepEqual(
      new Set(issues.map(({ path }) => path)),
      new Set(['network.layers[0].units', 'network.layers[1].activation', 'training.batchsize', 'training.l1']),
    );
    assert.ok(issues.some(({ message }) => message === 'expected 1 to 512, got 0'));
  });
});

describe('engine.activation(op, x)', () => {
  it('gives value and slope, each as long as x', () => {
    const { value, slope } = engine.activation({ id: 'leaky-relu', slope: 0.1 }, [-2, 0.5]);
    assert.deepEqual([...value], [Math.fround(-0.2), 0.5]);
    assert.deepEqual([...slope], [Math.fround(0.1), 1]);
    assert.ok(value instanceof Float32Array && slope instanceof Float32Array);
    assert.equal(engine.activation('tanh', new Float64Array(7)).value.length, 7);
  });

  it('names an unknown operation', () => {
    assert.throws(
      () => engine.activation('nope', [1]),
      (error) => error instanceof EngineError && error.code === 'invalid-argument',
    );
  });
});

describe('engine.loss(op, predictions, targets, outputs)', () => {
  it('gives the scalar loss and its gradient', () => {
    const { value, slope } = engine.loss('mse', [1, 2, 3, 4], [0, 2, 3, 2], 2);
    assert.equal(value, 5 / 4);
    assert.deepEqual([...slope], [0.5, 0, 0, 1]);
  });

  it('takes class indices for cross-entropy', () => {
    const { value, slope } = engine.loss('cross-entropy', [0, 0, 0], [1], 3);
    assert.ok(Math.abs(value - Math.log(3)) < 1e-6);
    assert.ok(Math.abs(slope[1] + 2 / 3) < 1e-6);
    assert.equal(slope.length, 3);
  });
});

describe('run.experiment', () => {
  it('is the document with every default; bulk arrays are descriptors', () => {
    withRun(line, (run) => {
      const { experiment } = run;
      assert.deepEqual(experiment.data.inputs, { type: 'float32', length: 4 });
      assert.equal(experiment.network.layers[0].units, 1);
      assert.equal(experiment.training.seed, 1);
      assert.deepEqual(experiment.training.optimizer, { id: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false });
    });
  });

  it('is another object every time, so that nobody changes the run through it', () => {
    withRun({}, (run) => {
      run.experiment.training.batchSize = 99;
      assert.equal(run.experiment.training.batchSize, 10);
    });
  });
});

describe('run.update(partial)', () => {
  it('changes settings without a reset', () => {
    withRun({}, (run) => {
      run.step(3);
      const before = run.parameters();
      run.update({ training: { optimizer: { id: 'adam' }, batchSize: 20 } });
      assert.equal(run.experiment.training.batchSize, 20);
      assert.deepEqual(run.parameters(), before);
      assert.equal(run.progress.step, 3);
    });
  });

  it('keeps the weights of a layer that becomes wider', () => {
    withRun({}, (run) => {
      const before = run.parameters();
      run.update({ network: { layers: [{ units: 6, activation: 'tanh' }, { units: 2, activation: 'tanh' }, { activation: 'identity' }] } });
      assert.deepEqual(run.parameters().subarray(0, 8), before.subarray(0, 8));
      assert.equal(run.parameters().length, 6 * 3 + 2 * 7 + 3);
    });
  });

  it('refuses other data and other shapes', () => {
    withRun({}, (run) => {
      assert.throws(() => run.update({ data: { id: 'xor' } }), EngineError);
      assert.throws(() => run.update({ network: { layers: [{ activation: 'identity' }] } }), EngineError);
      assert.equal(run.step().status, 'running');
    });
  });
});

describe('run.data(split)', () => {
  it("gives the rows in the data's own units", () => {
    withRun(line, (run) => {
      assert.deepEqual(run.data('train'), {
        rows: 4,
        columns: 1,
        inputs: Float32Array.of(0, 1, 2, 3),
        targets: Float32Array.of(0, 2, 4, 6),
      });
    });
    withRun({ data: { id: 'xor', samples: 40, testFraction: 0.25 } }, (run) => {
      const train = run.data('train');
      assert.equal(train.rows, 30);
      assert.equal(train.inputs.length, 60);
      assert.equal(train.labels?.length, 30);
      assert.equal(run.data('test').rows, 10);
    });
  });
});

describe('run.step(n = 1), run.train({ steps, epochs, milliseconds })', () => {
  it('counts completed steps and epochs', () => {
    withRun({}, (run) => {
      assert.deepEqual([run.progress.step, run.progress.epoch, run.progress.status], [0, 0, 'ready']);
      assert.equal(run.step().step, 1);
      assert.equal(run.step(4).step, 5);
      assert.deepEqual(
        [run.train({ epochs: 1 })].map(({ step, epoch }) => [step, epoch]),
        [[25, 1]],
      );
      assert.equal(run.train({ steps: 50 }).epoch, 3);
      assert.equal(run.train({ epochs: 5, steps: 1 }).step, 76);
      assert.ok(run.train({ milliseconds: 1 }).step > 76);
    });
  });

  it("reports the mean over the call's batches, each before its update", () => {
    withRun(line, (run) => {
      assert.equal(run.step().loss, (4 + 16 + 36) / 4);
      assert.ok(run.step().loss < 14);
    });
  });

  it('stops when a number is no longer finite, and names layer and quantity', () => {
    withRun({ ...line, training: { ...line.training, optimizer: { id: 'sgd', learningRate: 10 } } }, (run) => {
      const progress = run.train({ steps: 10_000 });
      assert.equal(progress.status, 'diverged');
      assert.equal(/** @type {{ layer: number }} */ (progress.cause).layer, 0);
      assert.match(/** @type {{ quantity: string }} */ (progress.cause).quantity, /^(weights|biases|outputs|loss)$/);
      assert.equal(run.train({ steps: 10 }).step, progress.step);
    });
  });
});

describe('run.batch(), run.optimizer()', () => {
  it('tells the rows of the next step, as places in data(train), and changes no bit by it', () => {
    for (const sampling of ['shuffle', 'replacement', 'sequential']) {
      const experiment = { data: { samples: 46, testFraction: 0.5 }, training: { batchSize: 10, sampling } };
      withRun(experiment, (run) =>
        withRun(experiment, (unasked) => {
          /** @type {number[]} */
          const seen = [];
          for (let step = 0; step < 3; ++step) {
            const rows = run.batch();
            assert.ok(rows instanceof Uint32Array);
            assert.equal(rows.length, step === 2 && sampling !== 'replacement' ? 3 : 10);
            assert.ok(rows.every((row) => row < 23));
            seen.push(...rows);
            run.step();
            unasked.step();
          }
          if (sampling !== 'replacement') assert.deepEqual(seen.toSorted((a, b) => a - b), Array.from({ length: 23 }, (_, row) => row));
          assert.deepEqual(run.snapshot(), unasked.snapshot());
        }),
      );
    }
  });

  it('tells the rate after the schedule, the number of the update, and what the optimizer remembers', () => {
    withRun({ ...line, training: { ...line.training, optimizer: { id: 'sgd', learningRate: 0.1, momentum: 0.5 }, schedule: { id: 'exponential', decay: 0.5 } } }, (run) => {
      assert.deepEqual(run.optimizer(), { rate: 0.1, step: 1, values: Float32Array.of(0, 0) });
      run.step();
      const { rate, step, values } = run.optimizer();
      assert.equal(rate, 0.05);
      assert.equal(step, 2);
      // d/dw mean (0 - 2 x)^2 = mean -4 x^2, d/db = mean -4 x
      assert.deepEqual([...values], [-14, -6]);
    });
  });
});

describe('run.evaluate(split)', () => {
  it('gives accuracy and confusion, row = true class', () => {
    withRun({}, (run) => {
      run.train({ epochs: 200 });
      const { loss, accuracy, confusion } = run.evaluate('test');
      assert.ok(loss < 0.3);
      assert.ok(confusion instanceof Uint32Array && confusion.length === 4);
      const total = confusion.reduce((sum, count) => sum + count, 0);
      assert.equal(total, run.data('test').rows);
      assert.equal(accuracy, (confusion[0] + confusion[3]) / total);
    });
  });

  it('gives r2 for regression', () => {
    withRun(line, (run) => {
      run.train({ steps: 500 });
      const { r2, accuracy } = run.evaluate('train');
      assert.ok(r2 !== undefined && r2 > 0.999);
      assert.equal(accuracy, undefined);
    });
  });

  it('refuses an empty split', () => {
    withRun(line, (run) =>
      assert.throws(
        () => run.evaluate('test'),
        (error) => error instanceof EngineError && error.code === 'invalid-argument',
      ),
    );
  });
});

describe('run.beginEvaluation(split, { most }), run.continueEvaluation(split, milliseconds)', () => {
  it('evaluate in parts the parameters that they began with, and tell the class of each row', () => {
    withRun({ data: { id: 'xor', samples: 2000 } }, (run) => {
      run.step(20);
      const whole = run.evaluate('test');
      run.beginEvaluation('test');
      run.step(20);
      let found = null;
      for (let parts = 0; !found; ++parts) {
        assert.ok(parts < 10);
        found = run.continueEvaluation('test', 0);
      }
      const { predicted, losses, ...evaluation } = found;
      assert.deepEqual(evaluation, whole);
      const { labels } = run.data('test');
      assert.ok(labels && predicted instanceof Uint32Array);
      assert.equal(losses.length, 1000);
      assert.equal(predicted.filter((guess, row) => guess === labels[row]).length / 1000, whole.accuracy);
      assert.throws(() => run.continueEvaluation('test', 1), { code: 'invalid-argument' });
      run.beginEvaluation('train', { most: 10 });
      assert.equal(run.continueEvaluation('train', 1000)?.predicted?.length, 10);
    });
  });
});

describe('run.predict(inputs, out?)', () => {
  it('answers probabilities where the loss makes them', () => {
    withRun({}, (run) => {
      const [p] = run.predict(Float32Array.of(0.3, -1));
      assert.ok(p > 0 && p < 1);
      const logit = run.activations([0.3, -1], 2).outputs[0];
      assert.ok(Math.abs(p - 1 / (1 + Math.exp(-logit))) < 1e-6);
    });
  });

  it("writes into the caller's array, and only into one that fits", () => {
    withRun(line, (run) => {
      run.setParameters([2, 1]);
      const out = new Float32Array(2);
      assert.equal(run.predict([1, 2], out), out);
      assert.deepEqual([...out], [3, 5]);
      assert.throws(() => run.predict([1, 2], new Float32Array(3)), engineError('invalid-argument', 'out'));
    });
  });
});

describe('run.parameters(out?), run.setParameters(p)', () => {
  it('has weights [units x inputs] and biases, layer by layer; setting keeps step and optimizer state', () => {
    withRun(
      { data: { id: 'table', columns: 2, inputs: [1, 2], targets: [0] }, network: { layers: [{ units: 2, activation: 'identity' }, {}] } },
      (run) => {
        run.step();
        run.setParameters([1, 2, 3, 4, 10, 20, 1, 1, 100]);
        assert.deepEqual([...run.predict([1, 2])], [1 + 4 + 10 + 3 + 8 + 20 + 100]);
        assert.equal(run.progress.step, 1);
        const out = new Float32Array(9);
        assert.equal(run.parameters(out), out);
        assert.deepEqual([...out], [1, 2, 3, 4, 10, 20, 1, 1, 100]);
      },
    );
  });
});

describe("run.gradients(split = 'train', out?)", () => {
  it('is the gradient over all rows, without penalties', () => {
    withRun({ ...line, training: { ...line.training, l2: 5 } }, (run) => {
      run.setParameters([1, 0]);
      // d/dw mean (w x - 2 x)^2 = mean -2 x^2, d/db = mean -2 x
      assert.deepEqual([...run.gradients()], [-7, -3]);
      const out = new Float32Array(2);
      assert.equal(run.gradients('train', out), out);
    });
  });
});

describe('run.numericalGradients(split, { epsilon = 1e-6 })', () => {
  it('is the same gradient by central differences in double precision', () => {
    withRun({}, (run) => {
      const exact = run.gradients();
      const { gradients, evaluations } = run.numericalGradients('train');
      assert.ok(gradients instanceof Float64Array);
      assert.equal(evaluations, 2 * exact.length);
      exact.forEach((value, i) => assert.ok(Math.abs(value - gradients[i]) < 1e-5 + 1e-3 * Math.abs(value), `parameter ${i}`));
    });
  });
});

describe('run.activations(inputs, layer)', () => {
  it('gives what a layer computes before and after its activation', () => {
    withRun({}, (run) => {
      const { preActivations, outputs } = run.activations([0, 1, 2, 3], 0);
      assert.equal(preActivations.length, 8);
      outputs.forEach((value, i) => assert.ok(Math.abs(value - Math.tanh(preActivations[i])) < 1e-6));
      assert.throws(
        () => run.activations([0, 1], 3),
        (error) => error instanceof EngineError && error.code === 'invalid-argument',
      );
    });
  });
});

describe('run.surface({ x, y, columns, rows, layer?, unit? }, out?)', () => {
  it("has predict's values at cell centres, row 0 at the smallest y", () => {
    withRun({}, (run) => {
      const values = run.surface({ x: [-6, 6], y: [-6, 6], columns: 3, rows: 2 });
      const centres = [-3, 3].flatMap((y) => [-4, 0, 4].flatMap((x) => [x, y]));
      assert.deepEqual(values, run.predict(centres));
      const out = new Float32Array(6);
      assert.equal(run.surface({ x: [-6, 6], y: [-6, 6], columns: 3, rows: 2 }, out), out);
    });
  });

  it('shows one unit of one layer', () => {
    withRun({}, (run) => {
      const unit = run.surface({ x: [-1, 1], y: [-1, 1], columns: 2, rows: 1, layer: 0, unit: 1 });
      const { outputs } = run.activations([-0.5, 0, 0.5, 0], 0);
      assert.deepEqual([...unit], [outputs[1], outputs[5]]);
    });
  });
});

describe('run.snapshot(), run.restore(bytes)', () => {
  it('resumes with the same bits, in another run as well', () => {
    const experiment = { training: { optimizer: { id: 'adam', learningRate: 0.01 } } };
    withRun(experiment, (run) => {
      run.train({ steps: 37 });
      const bytes = run.snapshot();
      const after = run.train({ steps: 50 });
      const parameters = run.parameters();
      run.restore(bytes);
      assert.equal(run.progress.step, 37);
      assert.deepEqual(run.train({ steps: 50 }), after);
      assert.deepEqual(run.parameters(), parameters);
      withRun(experiment, (other) => {
        other.restore(bytes.buffer.slice(0));
        other.train({ steps: 50 });
        assert.deepEqual(other.parameters(), parameters);
      });
    });
  });

  it('refuses bytes that are no snapshot and leaves the run as it was', () => {
    withRun({}, (run) => {
      run.step(5);
      const bytes = run.snapshot();
      for (const bad of [new Uint8Array(0), new Uint8Array(100), bytes.slice(0, -1), bytes.slice(1)]) {
        assert.throws(
          () => run.restore(bad),
          (error) => error instanceof EngineError && error.code === 'bad-file',
        );
      }
      assert.deepEqual(run.snapshot(), bytes);
    });
  });
});

describe('run.dispose()', () => {
  it('frees the run; every later call but dispose throws disposed', () => {
    const run = engine.createRun({});
    run.dispose();
    run.dispose();
    for (const call of [
      () => run.experiment,
      () => run.progress,
      () => run.update({}),
      () => run.data('train'),
      () => run.step(),
      () => run.train({ steps: 1 }),
      () => run.evaluate('test'),
      () => run.predict([0, 0]),
      () => run.parameters(),
      () => run.setParameters([]),
      () => run.gradients(),
      () => run.numericalGradients(),
      () => run.activations([0, 0], 0),
      () => run.surface({ x: [0, 1], y: [0, 1], columns: 1, rows: 1 }),
      () => run.snapshot(),
      () => run.restore(new Uint8Array(1)),
    ]) {
      assert.throws(call, engineError('disposed', ''));
    }
  });

  it('is what a using declaration calls, where the platform has them', { skip: typeof Symbol.dispose !== 'symbol' }, () => {
    const run = engine.createRun({});
    run[/** @type {never} */ (Symbol.dispose)]();
    assert.throws(() => run.step(), engineError('disposed', ''));
  });
});

describe('errors', () => {
  it('needs-data: a recipe without its data', () => {
    assert.throws(
      () => engine.createRun({ data: { id: 'mnist' } }),
      (error) => error instanceof EngineError && error.code === 'needs-data',
    );
  });

  it('invalid-document: the first thing that is wrong, with its path', () => {
    assert.throws(() => engine.createRun({ data: { id: 'nope' } }), engineError('invalid-document', 'data.id'));
  });

  it('invalid-argument: what was expected and what was got', () => {
    withRun({}, (run) => {
      assert.throws(() => run.train(/** @type {never} */ ({ stepz: 1 })), engineError('invalid-argument', 'budget.stepz'));
      assert.throws(() => run.train({ steps: 0.5 }), /budget\.steps: expected a whole number .* got 0\.5/);
    });
  });
});
