// The worker's side with the real engine: what a page sees is what the engine says.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { createClient } from '../../../web/src/engine/client.js';
import { createClock, createFakeWorker } from './support.js';

/** @import { Engine } from 'mlp-playground' */
/** @import { EngineClient } from '../../../web/src/engine/client.js' */

/** @type {Engine} */
let engine;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
});

/** @type {ReturnType<typeof createClock>} */
let clock;
/** @type {ReturnType<typeof createFakeWorker>[]} */
let workers;
/** @type {EngineClient} */
let client;
beforeEach(() => {
  clock = createClock();
  workers = [];
  client = createClient({
    connect: async () => {
      const worker = createFakeWorker(clock, { engine });
      workers.push(worker);
      return { worker, sources: { reproducible: { url: '' }, fast: null } };
    },
    clock,
  });
});

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function done(promise) {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  for (let i = 0; i < 1000 && !settled; i += 1) await clock.advance(10);
  return promise;
}

describe('a frame', () => {
  it('holds what the engine answers to the same questions', async () => {
    const experiment = {
      data: { id: 'xor', noise: 0.1 },
      network: { layers: [{ units: 3, activation: 'tanh' }, { activation: 'identity' }] },
    };
    const remote = await done(client.createRun(experiment));
    const local = engine.createRun(experiment);
    await done(remote.call('step', 40));
    local.step(40);
    /** @type {{ x: [number, number], y: [number, number], columns: number, rows: number }} */
    const grid = { x: [-6, 6], y: [-6, 6], columns: 4, rows: 3 };
    const inputs = Float32Array.of(1, 2, 3, 4);
    const request = {
      parameters: true,
      surface: grid,
      neurons: grid,
      evaluate: /** @type {('train' | 'test')[]} */ (['train', 'test']),
      activations: { inputs, layers: [0, 1] },
      predict: inputs,
    };
    const frame = await done(remote.frame(request));
    assert.deepEqual(frame.parameters, local.parameters());
    assert.deepEqual(frame.surface, local.surface(grid));
    assert.deepEqual(frame.evaluate, { train: local.evaluate('train'), test: local.evaluate('test') });
    assert.deepEqual(frame.activations, [local.activations(inputs, 0), local.activations(inputs, 1)]);
    assert.deepEqual(frame.predict, local.predict(inputs));
    assert.deepEqual(
      frame.neurons?.map(({ length }) => length),
      [3 * 12, 12],
    );
    assert.deepEqual(frame.neurons?.[0].slice(12, 24), local.surface({ ...grid, layer: 0, unit: 1 }));
    const again = await done(remote.frame({ ...request, buffers: frame }));
    assert.deepEqual(again.parameters, local.parameters());
    assert.deepEqual(again.neurons?.[1], local.surface({ ...grid, layer: 1, unit: 0 }));
    local.dispose();
  });

  it('has no figures for a split without rows', async () => {
    const remote = await done(client.createRun({ data: { testFraction: 0 } }));
    const { evaluate } = await done(remote.frame({ evaluate: ['train', 'test'] }));
    assert.deepEqual(Object.keys(evaluate ?? {}), ['train']);
  });

  it('follows a network that becomes wider', async () => {
    const remote = await done(client.createRun({}));
    const first = await done(remote.frame({ parameters: true, neurons: { x: [-1, 1], y: [-1, 1], columns: 1, rows: 1 } }));
    await done(
      remote.call('update', {
        network: { layers: [{ units: 8, activation: 'tanh' }, { units: 2, activation: 'tanh' }, { activation: 'identity' }] },
      }),
    );
    const second = await done(remote.frame({ parameters: true, neurons: { x: [-1, 1], y: [-1, 1], columns: 1, rows: 1 }, buffers: first }));
    assert.equal(second.parameters?.length, 8 * 3 + 2 * 9 + 3);
    assert.deepEqual(
      second.neurons?.map(({ length }) => length),
      [8, 2, 1],
    );
  });
});

describe('a run whose worker died', () => {
  it('goes on with the same bits as one that lived', async () => {
    const experiment = { training: { optimizer: { id: 'adam' } } };
    const remote = await done(client.createRun(experiment));
    await done(remote.call('step', 100));
    await clock.advance(3000);
    workers[0].onerror?.({ message: 'gone' });
    await clock.advance(100);
    assert.equal(workers.length, 2);
    assert.equal(remote.progress.step, 100);
    await done(remote.call('step', 100));
    const local = engine.createRun(experiment);
    local.step(200);
    assert.deepEqual(await done(remote.call('parameters')), local.parameters());
    local.dispose();
  });

  it('comes back wider, and with the optimizer that it had last', async () => {
    const remote = await done(client.createRun({}));
    await done(remote.call('step', 10));
    await clock.advance(3000);
    const layers = [{ units: 6, activation: 'tanh' }, { units: 2, activation: 'tanh' }, { activation: 'identity' }];
    await done(remote.call('update', { network: { layers }, training: { optimizer: 'adam' } }));
    await clock.advance(10);
    const parameters = await done(remote.call('parameters'));
    workers[0].onerror?.({ message: 'gone' });
    await clock.advance(100);
    assert.deepEqual(await done(remote.call('parameters')), parameters);
    assert.equal(remote.progress.step, 10);
  });
});
