// Differences between experiments, many seeds, sweeps.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createEngine } from '../../../web/src/index.js';
import { axes, differences, successInterval, sweep, trySeeds, valuesAround, withSeed } from '../../../web/src/state/trials.js';

/** @import { FilledExperiment } from '../../../web/src/engine/types.js' */
/** @import { Engine } from '../../../web/src/index.js' */

/** @type {Engine} */
let engine;
/** @type {FilledExperiment} */
let experiment;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
  experiment = engine.check({}).experiment;
});

describe('differences', () => {
  it('are the settings that are not the same, by path', () => {
    const other = engine.check({ data: { noise: 0.1, features: ['x1'] }, training: { optimizer: 'adam' } }).experiment;
    const paths = differences(experiment, other).map(({ path }) => path);
    for (const path of ['data.noise', 'data.features', 'training.optimizer.id']) assert.ok(paths.includes(path), `${path} in ${paths}`);
    assert.deepEqual(differences(experiment, structuredClone(experiment)), []);
  });

  it('do not count how an operation without parameters is written', () => {
    assert.deepEqual(differences({ activation: 'tanh' }, { activation: { id: 'tanh' } }), []);
    assert.deepEqual(differences({ activation: 'tanh' }, { activation: { id: 'relu' } }), [
      { path: 'activation', before: 'tanh', after: 'relu' },
    ]);
  });
});

describe('the interval of a success rate', () => {
  it('is that of Wilson', () => {
    // 53 of 100: worked out with the formula in exact decimals.
    const [low, high] = successInterval(53, 100);
    assert.ok(Math.abs(low - 0.43289) < 1e-4 && Math.abs(high - 0.62491) < 1e-4, `${low} ${high}`);
    assert.deepEqual(successInterval(0, 0), [0, 1]);
    assert.equal(successInterval(0, 10)[0], 0);
    assert.ok(Math.abs(successInterval(10, 10)[1] - 1) < 1e-12);
  });
});

describe('many seeds', () => {
  it('start from other weights each, and stop when asked', async () => {
    /** @type {number[]} */
    const seeds = [];
    await trySeeds(
      experiment,
      10,
      async ({ network, training }) => {
        seeds.push(Number(network.seed));
        assert.equal(training.seed, network.seed);
        return { loss: 0, score: 1 };
      },
      { stopped: () => seeds.length >= 4, onOutcome: () => {} },
    );
    assert.deepEqual(seeds, [1, 2, 3, 4]);
    assert.equal(withSeed(experiment, 7).data, experiment.data);
  });
});

describe('the axes of a sweep', () => {
  for (const axis of axes) {
    it(`${axis.id}: every value around the present one makes a document that runs`, () => {
      const values = valuesAround(axis, experiment, 5);
      assert.ok(values.length >= 2, values.join());
      assert.deepEqual(
        values,
        values.toSorted((a, b) => a - b),
      );
      for (const value of values) {
        const set = axis.write(experiment, value);
        const { experiment: filled, issues } = engine.check(set);
        assert.deepEqual(issues, [], `${axis.id} ${value}`);
        assert.equal(axis.read(filled), value);
      }
    });
  }

  it('are crossed, and a cell that cannot be run says why', async () => {
    /** @type {string[]} */
    const cells = [];
    const [rate, units] = axes;
    await sweep(
      experiment,
      { axis: rate, values: [0.1, 0.2] },
      { axis: units, values: [1, 2] },
      2,
      async (set) => {
        if (units.read(set) === 2 && rate.read(set) === 0.2) throw new Error('no');
        return { loss: Number(set.network.seed), score: 0 };
      },
      {
        stopped: () => false,
        onCell: ({ column, row, outcome }) => cells.push(`${column}${row}${outcome instanceof Error ? outcome.message : outcome.loss}`),
      },
    );
    assert.deepEqual(cells, ['001.5', '101.5', '011.5', '11no']);
  });
});
