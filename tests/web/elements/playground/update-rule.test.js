// One parameter's update, line by line; the engine's own steps are the judge.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { updateRule } from '../../../../web/src/elements/playground/update-rule.js';

const engine = await createEngine({ variant: 'reproducible' });

/** @type {readonly { id: string, [setting: string]: string | number | boolean }[]} */
const optimizers = [
  { id: 'sgd', learningRate: 0.1 },
  { id: 'sgd', learningRate: 0.1, momentum: 0.9 },
  { id: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true },
  { id: 'adagrad', learningRate: 0.1 },
  { id: 'rmsprop', learningRate: 0.02, decay: 0.9 },
  { id: 'adam', learningRate: 0.05 },
  { id: 'adamw', learningRate: 0.05, weightDecay: 0.3 },
];

describe('updateRule', () => {
  for (const optimizer of optimizers) {
    it(`gives the engine's next weights: ${JSON.stringify(optimizer)}`, () => {
      const run = engine.createRun({
        data: { samples: 20, testFraction: 0 },
        training: { optimizer, batchSize: 20, schedule: { id: 'exponential', decay: 0.8 } },
      });
      for (let step = 0; step < 4; ++step) {
        const { rate, step: number, values } = run.optimizer();
        const before = run.parameters();
        const gradient = run.gradients('train');
        run.step();
        const after = run.parameters();
        before.forEach((weight, index) => {
          const memory = Array.from({ length: values.length / before.length }, (_, row) => values[row * before.length + index]);
          const told = updateRule(run.experiment.training.optimizer, { weight, gradient: gradient[index], memory, rate, step: number });
          assert.ok(Math.abs(told.weight - after[index]) < 2e-6, `step ${step}, ${index}: ${told.weight} and ${after[index]}`);
          assert.equal(told.lines[told.lines.length - 1].kind, 'update');
        });
      }
    });
  }

  it('has a line for everything that is remembered, and none for what is off', () => {
    const given = { weight: 1, gradient: 0.5, memory: [0.1, 0.2], rate: 0.1, step: 3 };
    const kinds = (/** @type {object} */ optimizer) =>
      updateRule(/** @type {{ id: string }} */ (optimizer), given).lines.map(({ kind }) => kind);
    assert.deepEqual(kinds({ id: 'sgd', momentum: 0 }), ['update']);
    assert.deepEqual(kinds({ id: 'sgd', momentum: 0.9, nesterov: true }), ['velocity', 'ahead', 'update']);
    assert.deepEqual(kinds({ id: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }), ['first', 'second', 'update']);
    assert.deepEqual(kinds({ id: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1 }), [
      'first',
      'second',
      'decay',
      'update',
    ]);
  });
});
