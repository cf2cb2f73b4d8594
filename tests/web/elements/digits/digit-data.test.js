import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataFileError } from '../../../../web/src/digits/data-file-error.js';
import { createDigitData } from '../../../../web/src/elements/digits/digit-data.js';

/** A store whose downloads end when the test says so. */
function createFakeStore() {
  const stages = [
    { train: 10, test: 5 },
    { train: 50, test: 5 },
    { train: 100, test: 20 },
  ];
  let here = -1;
  /** @type {{ stage: number, settle: (error?: unknown) => void } | undefined} */
  let loading;
  return {
    stages,
    available: stages[2],
    get present() {
      return stages[here] ?? { train: 0, test: 0 };
    },
    complete: (/** @type {number} */ stage) => here >= stage,
    missing: (/** @type {number} */ stage) => 1000 * (stage - here),
    need: (/** @type {number} */ stage) =>
      /** @type {Promise<void>} */ (
        new Promise((resolve, reject) => {
          loading = {
            stage,
            settle: (error) => {
              loading = undefined;
              if (error) reject(error);
              else {
                here = stage;
                resolve();
              }
            },
          };
        })
      ),
    cancel: () => loading?.settle(new DOMException('given up', 'AbortError')),
    subscribe: () => () => {},
    digits: () => ({ images: new Uint8Array(0), labels: new Uint8Array(0) }),
    files: (/** @type {unknown} */ counts) => /** @type {any} */ (counts),
    get loading() {
      return loading?.stage;
    },
    arrive: (/** @type {unknown} */ error) => loading?.settle(error),
  };
}

/** Lets every promise that is ready go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp() {
  const store = createFakeStore();
  /** @type {DataFileError[]} */
  const errors = [];
  const data = createDigitData({ store, changed: () => {}, failed: (error) => errors.push(error) });
  return { store, data, errors };
}

test('what is small is fetched at once, with the test digits that go with it', async () => {
  const { store, data } = setUp();
  const files = data.files(7);
  await settle();
  assert.deepEqual([store.loading, data.state.kind], [1, 'loading']);
  store.arrive(undefined);
  assert.deepEqual(await files, { train: 7, test: 5 });
  assert.equal(data.state.kind, 'idle');
  assert.deepEqual(await data.files(50), { train: 50, test: 5 });
});

test('what is large is fetched once the reader wants it', async () => {
  const { store, data } = setUp();
  assert.deepEqual([data.isLarge(50), data.isLarge(51)], [false, true]);
  const files = data.files(60);
  await settle();
  assert.deepEqual([store.loading, data.state], [undefined, { kind: 'offer', bytes: 3000 }]);
  data.accept();
  await settle();
  assert.deepEqual([store.loading, data.state.kind], [2, 'loading']);
  store.arrive(undefined);
  assert.deepEqual(await files, { train: 60, test: 20 });
  assert.equal(data.isLarge(60), false);
});

test('an offer or a download that is declined ends quietly, and is offered again', async () => {
  const { store, data } = setUp();
  const offered = data.files(60);
  await settle();
  data.cancel();
  await assert.rejects(offered, { code: 'disposed' });
  const files = data.files(60);
  await settle();
  data.accept();
  await settle();
  data.cancel();
  await assert.rejects(files, { code: 'disposed' });
  assert.deepEqual([store.loading, data.state.kind], [undefined, 'idle']);
  data.files(60).catch(() => {});
  await settle();
  assert.equal(data.state.kind, 'offer');
});

test('another choice takes the place of one that waits', async () => {
  const { store, data } = setUp();
  const first = data.files(60);
  await settle();
  data.supersede();
  await assert.rejects(first, { code: 'disposed' });
  const second = data.files(20);
  await settle();
  assert.equal(store.loading, 1);
  store.arrive(undefined);
  assert.deepEqual(await second, { train: 20, test: 5 });
  assert.equal(data.state.kind, 'idle');
});

test('a failure is told, and fetched again when the reader asks for it', async () => {
  const { store, data, errors } = setUp();
  const files = data.files(20);
  await settle();
  store.arrive(new DataFileError('missing', 'train-images-1', 'the server answered 404'));
  await settle();
  assert.deepEqual([data.state.kind, errors.length], ['failed', 1]);
  data.retry();
  await settle();
  store.arrive(undefined);
  assert.deepEqual(await files, { train: 20, test: 5 });
});

test('a failure of all digits can be left: what is here stays', async () => {
  const { store, data } = setUp();
  data.accept();
  const files = data.files(60);
  await settle();
  store.arrive(new DataFileError('unreachable', 'train-images-3', 'no answer'));
  await settle();
  assert.deepEqual([data.state.kind, data.state.kind === 'failed' && data.state.whole], ['failed', true]);
  data.cancel();
  await assert.rejects(files, { code: 'disposed' });
  assert.equal(data.state.kind, 'idle');
});
