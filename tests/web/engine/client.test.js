// The page's side: promises and events over a worker that may die at any time.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createClient } from '../../../web/src/engine/client.js';
import { EngineError } from '../../../web/src/engine/errors.js';
import { createClock, createFakeEngine, createFakeWorker, settle } from './support.js';

/** @type {ReturnType<typeof createClock>} */
let clock;
/** @type {ReturnType<typeof createFakeWorker>[]} */
let workers;

beforeEach(() => {
  clock = createClock();
  workers = [];
});

/** @param {(index: number) => Parameters<typeof createFakeWorker>[1]} [optionsOf] */
function clientOf(optionsOf = () => ({})) {
  return createClient({
    connect: async () => {
      const worker = createFakeWorker(clock, optionsOf(workers.length));
      workers.push(worker);
      return { worker, sources: { reproducible: { url: 'r' }, fast: null } };
    },
    clock,
  });
}

/**
 * The outcome of a promise, with the clock turned on meanwhile.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} [milliseconds]
 * @returns {Promise<T>}
 */
async function within(promise, milliseconds = 50) {
  promise.catch(() => undefined);
  await clock.advance(milliseconds);
  return promise;
}

/** @param {string} code */
const withCode = (code) => (/** @type {unknown} */ error) => error instanceof EngineError && error.code === code;

describe('a client', () => {
  it('starts its worker when it is first asked something, once', async () => {
    const client = clientOf();
    assert.equal(workers.length, 0);
    const answers = await within(Promise.all([client.check({}), client.check({}), client.createRun({})]));
    assert.deepEqual(answers[0], { experiment: {}, issues: [] });
    assert.equal(workers.length, 1);
    assert.equal(workers[0].received[0].command, 'start');
  });

  it('turns errors back into EngineErrors', async () => {
    const client = clientOf();
    await assert.rejects(within(client.createRun(/** @type {never} */ ({ wrong: true }))), (error) => {
      assert.ok(error instanceof EngineError);
      assert.deepEqual([error.code, error.path, error.message], ['invalid-document', 'wrong', 'wrong: expected right']);
      return true;
    });
  });

  it('refuses what no message can carry', async () => {
    const client = clientOf();
    const run = await within(client.createRun({}));
    await assert.rejects(within(run.call('update', { training: { seed: () => 1 } })), withCode('invalid-argument'));
    assert.ok(await within(run.call('parameters')));
  });

  it('fails everything with disposed once it is disposed of', async () => {
    const client = clientOf();
    const run = await within(client.createRun({}));
    const waiting = run.call('parameters');
    client.dispose();
    await assert.rejects(within(waiting), withCode('disposed'));
    await assert.rejects(within(client.check({})), withCode('disposed'));
    assert.ok(workers[0].terminated);
    await clock.advance(5000);
    assert.equal(clock.pending(), 0, 'nothing is waited for any more');
  });
});

describe('a run', () => {
  it('keeps document and progress up to date', async () => {
    const run = await within(clientOf().createRun({}));
    assert.equal(run.progress.step, 0);
    await within(run.call('step', 3));
    assert.equal(run.progress.step, 3);
    await within(run.call('update', { training: { l2: 1 } }));
    assert.deepEqual(run.experiment.training, { l2: 1 });
  });

  it('plays, tells, and pauses', async () => {
    const run = await within(clientOf().createRun({}));
    /** @type {number[]} */
    const steps = [];
    const off = run.on('progress', ({ step }) => steps.push(step));
    await within(run.play());
    assert.ok(run.playing);
    await clock.advance(500);
    assert.ok(steps.length >= 4);
    off();
    const heard = steps.length;
    await within(run.pause());
    assert.ok(!run.playing);
    await clock.advance(500);
    assert.equal(steps.length, heard);
    assert.equal(run.progress.stepsPerSecond, 0);
  });

  it('stops playing at its limit, but not for the end of an earlier play', async () => {
    const run = await within(clientOf().createRun({}));
    let stops = 0;
    run.on('stopped', () => (stops += 1));
    await within(run.play({ limit: { steps: 10 } }), 0);
    // The limit is reached while the next play is already on its way.
    const again = run.play();
    await within(again, 100);
    assert.ok(run.playing);
    assert.equal(stops, 0);
    await within(run.play({ limit: { steps: run.progress.step + 500 } }), 2000);
    assert.ok(!run.playing);
    assert.equal(stops, 1);
  });

  it('tells of a divergence', async () => {
    const run = await within(clientOf(() => ({ engine: createFakeEngine(clock, { divergeAt: 5 }) })).createRun({}));
    let diverged = 0;
    run.on('diverged', () => (diverged += 1));
    await within(run.play());
    assert.equal(diverged, 1);
    assert.ok(!run.playing);
  });

  it('gives frames one at a time and lends buffers', async () => {
    const run = await within(clientOf().createRun({}));
    const first = run.frame({ parameters: true });
    await assert.rejects(run.frame({ parameters: true }), withCode('invalid-argument'));
    const frame = await within(first);
    assert.equal(frame.parameters?.length, 5);
    const next = await within(run.frame({ parameters: true, buffers: frame }));
    assert.equal(frame.parameters?.length, 0);
    assert.equal(next.parameters?.length, 5);
  });

  it('is freed in the worker when it is disposed of, and silent from then on', async () => {
    const engine = createFakeEngine(clock);
    const client = clientOf(() => ({ engine }));
    const run = await within(client.createRun({}));
    run.on('progress', () => assert.fail('heard something'));
    const playing = run.play();
    run.dispose();
    run.dispose();
    await within(
      playing.catch(() => undefined),
      5000,
    );
    assert.equal(engine.log.disposed, 1);
    await assert.rejects(run.call('parameters'), withCode('disposed'));
    assert.equal(clock.pending(), 0);
  });
});

describe('a worker that dies', () => {
  it('is replaced, its runs go on from their last snapshots, playing ones play on', async () => {
    const engines = [createFakeEngine(clock), createFakeEngine(clock)];
    const client = clientOf((index) => ({ engine: engines[index] }));
    const playing = await within(client.createRun({ training: { l1: 1 } }));
    const resting = await within(client.createRun({}));
    /** @type {number[]} */
    const restarts = [];
    playing.on('restarted', ({ step, error }) => {
      assert.equal(error.code, 'internal');
      restarts.push(step);
    });
    await within(playing.play({ stepsPerSecond: 20 }));
    await within(playing.call('update', { training: { l2: 2 } }), 4500);
    const waiting = playing.call('parameters');
    workers[0].onerror?.({ message: 'out of luck' });
    await assert.rejects(within(waiting, 1000), withCode('internal'));
    assert.ok(workers[0].terminated);
    assert.equal(workers.length, 2);
    assert.equal(restarts.length, 1);
    assert.ok(restarts[0] >= 40, String(restarts));
    assert.deepEqual(engines[1].log.restored, restarts);
    assert.ok(playing.playing);
    assert.ok(playing.progress.step > restarts[0]);
    assert.deepEqual(playing.experiment.training, { l2: 2 });
    assert.ok(await within(resting.call('parameters')));
  });

  it('is replaced after a trap of the engine, and after a message that cannot be read', async () => {
    const client = clientOf((index) => ({ engine: createFakeEngine(clock, { trapAt: index === 0 ? 30 : Infinity }) }));
    const run = await within(client.createRun({}));
    await within(run.play(), 1000);
    assert.equal(workers.length, 2);
    assert.ok(run.playing && run.progress.step > 100);
    workers[1].onmessageerror?.({});
    await clock.advance(1000);
    assert.equal(workers.length, 3);
    assert.ok(run.playing);
  });

  it('is given up when it keeps dying', async () => {
    const client = clientOf(() => ({ engine: createFakeEngine(clock, { trapAt: 1 }) }));
    const run = await within(client.createRun({}));
    /** @type {EngineError[]} */
    const errors = [];
    run.on('error', (error) => errors.push(error));
    await within(
      run.play().catch(() => undefined),
      10_000,
    );
    assert.equal(workers.length, 4);
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['internal'],
    );
    assert.ok(!run.playing);
  });

  it('answers again after being given up, for whoever asks anew', async () => {
    const client = clientOf((index) => ({ engine: createFakeEngine(clock, { trapAt: index < 4 ? 1 : Infinity }) }));
    const run = await within(client.createRun({}));
    await within(
      run.play().catch(() => undefined),
      10_000,
    );
    await clock.advance(120_000);
    const other = await within(client.createRun({}));
    assert.equal((await within(other.call('step', 5))).step, 5);
  });

  it('gives back what it was lent at its making: own data are sent again', async () => {
    const client = clientOf();
    const data = { id: 'table', columns: 1, inputs: Float32Array.of(1, 2), labels: [0, 1] };
    const run = await within(client.createRun({ data }));
    await within(run.call('update', { training: { l1: 1 } }));
    workers[0].onerror?.({ message: 'gone' });
    await clock.advance(1000);
    const again = workers[1].received.find(({ command }) => command === 'createRun');
    assert.deepEqual(again.args[0].data, data);
    assert.deepEqual(again.args[0].training, { l1: 1 });
  });
});

describe('a worker that does not answer', () => {
  it('at the start: the reason is told, and the next question tries anew', async () => {
    const client = clientOf((index) => ({ silent: index === 0 }));
    await assert.rejects(within(client.check({}), 10_000), (error) => {
      assert.ok(withCode('unsupported')(error));
      assert.match(/** @type {Error} */ (error).message, /worker-src/);
      return true;
    });
    assert.ok(workers[0].terminated);
    assert.ok(await within(client.check({})));
  });

  it('later: it is stopped and replaced', async () => {
    const client = clientOf();
    const run = await within(client.createRun({}));
    workers[0].hang();
    const waiting = run.call('numericalGradients');
    await assert.rejects(within(waiting, 70_000), (error) => {
      assert.ok(withCode('internal')(error));
      assert.match(/** @type {Error} */ (error).message, /did not answer "numericalGradients"/);
      return true;
    });
    assert.ok(workers[0].terminated);
    await clock.advance(100);
    assert.ok(await within(run.call('parameters')));
  });

  it('while it trains is noticed within seconds, and the run goes on from its last snapshot', async () => {
    const client = clientOf();
    const run = await within(client.createRun({}));
    await within(run.play({ limit: { steps: 100 } }));
    await within(run.play({ stepsPerSecond: 50 }), 12_000);
    const { step } = run.progress;
    assert.ok(step > 100 && run.lastSnapshot);
    workers[0].hang();
    const frame = run.frame({ parameters: true });
    await assert.rejects(within(frame, 16_000), withCode('internal'));
    assert.ok(workers[0].terminated);
    await clock.advance(1000);
    assert.equal(workers.length, 2);
    assert.ok(run.playing && run.progress.step > run.lastSnapshot[0]);
  });

  it('between long steps, or while something long was asked, is left alone', async () => {
    const client = clientOf(() => ({ engine: createFakeEngine(clock, { stepTime: 20_000 }) }));
    const run = await within(client.createRun({}));
    await within(run.play(), 300_000);
    assert.ok(run.progress.step >= 10);
    await within(run.pause(), 60_000);
    await clock.advance(300_000);
    assert.equal(workers.length, 1);
    assert.ok(workers[0].received.every(({ command }) => command !== 'ping'));
    assert.equal(clock.pending(), 0, 'nobody listens for what does not train');
  });

  it('but trains as long as it was asked to', async () => {
    const client = clientOf(() => ({ engine: createFakeEngine(clock, { stepTime: 1000 }) }));
    const run = await within(client.createRun({}));
    const progress = await within(run.call('step', 200), 300_000);
    assert.equal(progress.step, 200);
    assert.equal(workers.length, 1);
  });

  it('cannot be started at all: the error of the attempt is told', async () => {
    const client = createClient({ connect: async () => Promise.reject(new EngineError('unsupported', 'no workers here')), clock });
    await assert.rejects(within(client.check({})), /no workers here/);
    await settle();
  });
});
