// Commands that are more than one call into the engine, on the engine itself.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { runCommands } from '../../../web/src/engine/commands.js';

const engine = await createEngine({ variant: 'reproducible' });

const experiment = {
  data: { id: 'moons', samples: 46, testFraction: 0.5 },
  network: { layers: [{ units: 4, activation: 'tanh', dropout: 0.5 }, { units: 3, activation: 'relu' }, { activation: 'identity' }] },
  training: { batchSize: 10, optimizer: 'adam', l2: 0.01, clipNorm: 0.5 },
};

describe('foresee', () => {
  it('tells what the next step does before it is made, and leaves every bit as it was', () => {
    const run = engine.createRun(experiment);
    const unasked = engine.createRun(experiment);
    for (let step = 0; step < 7; ++step) {
      const foreseen = runCommands.foresee(run);
      assert.deepEqual(run.snapshot(), unasked.snapshot());
      assert.equal(foreseen.progress.step, step);
      assert.equal(foreseen.rows.length, step % 3 === 2 ? 3 : 10);
      assert.deepEqual(foreseen.parameters, run.parameters());
      assert.equal(foreseen.optimizer.step, step + 1);
      assert.equal(foreseen.masks[0]?.length, foreseen.rows.length * 4);
      assert.equal(foreseen.masks[1], undefined, 'a layer without dropout has no mask');
      const made = run.step();
      assert.equal(foreseen.after.progress.loss, made.loss);
      assert.deepEqual(foreseen.after.parameters, run.parameters());
      assert.deepEqual(foreseen.masks[0], run.dropoutMask(0));
      unasked.step();
    }
  });

  it('sees a step that diverges, and comes back from it', () => {
    const run = engine.createRun({ ...experiment, training: { optimizer: { id: 'sgd', learningRate: 100 }, loss: 'mse' } });
    let foreseen = runCommands.foresee(run);
    for (let step = 0; step < 1000 && foreseen.after.progress.status !== 'diverged'; ++step) {
      run.step();
      foreseen = runCommands.foresee(run);
    }
    assert.equal(foreseen.after.progress.status, 'diverged');
    assert.equal(run.progress.status, 'running');
    assert.deepEqual(run.step(), foreseen.after.progress);
  });
});

describe('losses', () => {
  it('are those at places of a plane through the parameters, row by row', () => {
    const run = engine.createRun(experiment);
    const twin = engine.createRun(experiment);
    const origin = run.parameters();
    const [across, up] = [1, 2].map((step) => Float32Array.from(origin, (_, index) => Math.sin(step * index)));
    const [xs, ys] = [
      [-1, 0, 0.5],
      [0, 2],
    ];
    const losses = runCommands.losses(run, { origin, across, up, xs, ys });
    assert.equal(losses.length, 6);
    ys.forEach((y, row) =>
      xs.forEach((x, column) => {
        twin.setParameters(origin.map((value, index) => value + x * across[index] + y * up[index]));
        assert.equal(losses[row * 3 + column], twin.evaluate('train').loss);
      }),
    );
  });
});

describe('parametersIn', () => {
  it('are those of the snapshot, at any step', () => {
    const run = engine.createRun(experiment);
    const start = { parameters: run.parameters(), snapshot: run.snapshot() };
    run.train({ steps: 5 });
    const later = { parameters: run.parameters(), snapshot: run.snapshot() };
    for (const { parameters, snapshot } of [start, later]) assert.deepEqual(runCommands.parametersIn(run, snapshot), parameters);
  });
});
