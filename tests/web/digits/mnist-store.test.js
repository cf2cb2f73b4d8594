import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DataFileError } from '../../../web/src/digits/data-file-error.js';
import { decodeIdx, encodeIdx } from '../../../web/src/digits/idx.js';
import { createMnistStore } from '../../../web/src/digits/mnist-store.js';

/** @import { ManifestFile } from '../../../web/src/digits/mnist-loader.js' */

/** @type {Map<string, Uint8Array<ArrayBuffer>>} */
const server = new Map();

/**
 * @param {string} name
 * @param {number[]} shape
 * @param {number} first what the first value is
 * @returns {ManifestFile}
 */
function put(name, shape, first) {
  const count = shape.reduce((product, size) => product * size, 1);
  const unpacked = encodeIdx(
    shape,
    Uint8Array.from({ length: count }, (_, index) => (first + index) % (shape.length === 1 ? 10 : 251)),
  );
  const packed = new Uint8Array(gzipSync(unpacked));
  server.set(name, packed);
  const sha256 = createHash('sha256').update(unpacked).digest('hex');
  return { name, shape, bytes: packed.length, unpackedBytes: unpacked.length, sha256 };
}

/**
 * Digits of 2 x 2 pixels in parts.
 * @param {'train' | 'test'} split
 * @param {readonly number[]} counts
 */
function parts(split, counts) {
  let first = 0;
  return counts.map((count, index) => {
    const part = {
      images: put(`${split}-images-${index}`, [count, 2, 2], 4 * first),
      labels: put(`${split}-labels-${index}`, [count], first),
    };
    first += count;
    return part;
  });
}

const manifest = {
  train: parts('train', [10, 40, 50]),
  test: parts('test', [5, 15]),
  stages: [
    { train: 1, test: 1 },
    { train: 2, test: 1 },
    { train: 3, test: 2 },
  ],
};

/** @param {(name: string) => Promise<void> | void} [before] */
function storeOf(before) {
  /** @type {string[]} */
  const asked = [];
  const store = createMnistStore({
    manifest,
    urlOf: ({ name }) => name,
    fetch: async (url, options) => {
      asked.push(String(url));
      await before?.(String(url));
      options?.signal?.throwIfAborted();
      return new Response(server.get(String(url)));
    },
  });
  return { store, asked };
}

test('digits arrive stage by stage, the first ones first, and are asked for once', async () => {
  const { store, asked } = storeOf();
  assert.deepEqual(
    [store.available, store.present],
    [
      { train: 100, test: 20 },
      { train: 0, test: 0 },
    ],
  );
  /** @type {[number, number][]} */
  const arrivals = [];
  store.subscribe(() => arrivals.push([store.present.train, store.present.test]));
  await store.need(1);
  assert.deepEqual(arrivals.at(-1), [50, 5]);
  assert.ok(arrivals.findIndex(([train]) => train === 50) > arrivals.findIndex(([train, tests]) => train === 10 && tests === 5));
  assert.deepEqual([store.complete(1), store.complete(2)], [true, false]);
  assert.equal(asked.length, 6);
  await Promise.all([store.need(2), store.need(2), store.need(0)]);
  assert.equal(asked.length, 10);
  assert.equal(store.missing(2), 0);
  const { images, labels } = store.digits('train');
  assert.deepEqual([images.length, [...labels.subarray(8, 12)], images[4 * 10], images[4 * 99 + 3]], [400, [8, 9, 0, 1], 40, 399 % 251]);
});

test('files hold exactly the digits that were asked for, as sound IDX', async () => {
  const { store } = storeOf();
  await store.need(2);
  for (const [train, tests] of [
    [7, 20],
    [50, 5],
    [100, 20],
  ]) {
    const files = store.files({ train, test: tests });
    assert.deepEqual(decodeIdx(files.images, 'images').shape, [train, 2, 2]);
    assert.deepEqual(decodeIdx(files.testLabels, 'labels').shape, [tests]);
    assert.deepEqual(decodeIdx(files.images, 'images').values, store.digits('train', train).images);
    assert.deepEqual(decodeIdx(files.labels, 'labels').values, store.digits('train', train).labels);
  }
  assert.equal(store.files({ train: 100, test: 5 }).images, store.files({ train: 100, test: 5 }).images, 'all of them are not copied');
});

test('digits that are not here yet cannot be handed out', async () => {
  const { store } = storeOf();
  await store.need(0);
  assert.throws(() => store.files({ train: 11, test: 5 }), DataFileError);
});

test('progress is that of what is missing, and ends at one', async () => {
  const { store } = storeOf();
  await store.need(0);
  /** @type {number[]} */
  const seen = [];
  await store.need(2, (fraction) => seen.push(fraction));
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(seen.at(-1), 1);
});

test('after a failure nothing goes on behind its back, and the next call fetches what is missing', async () => {
  let fail = true;
  const { store, asked } = storeOf(async (name) => {
    if (fail && name === 'train-labels-1') throw new TypeError('the line is down');
  });
  await assert.rejects(store.need(2), { reason: 'unreachable' });
  const { present } = store;
  const before = asked.length;
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual([store.present, asked.length], [present, before]);
  fail = false;
  await store.need(2);
  assert.deepEqual(store.present, { train: 100, test: 20 });
  assert.equal(asked.filter((name) => name === 'train-images-0').length, 1);
});

test('what is given up is told so; whoever waits for less gets it', async () => {
  /** @type {() => void} */
  let open = () => {};
  const gate = new Promise((resolve) => (open = () => resolve(undefined)));
  const { store } = storeOf(async (name) => {
    if (name.endsWith('-2')) await gate;
  });
  const all = store.need(2);
  const some = store.need(1);
  await new Promise((resolve) => store.subscribe(() => store.complete(1) && resolve(undefined)));
  store.cancel();
  open();
  await assert.rejects(all, { name: 'AbortError' });
  await assert.rejects(some, { name: 'AbortError' });
  await store.need(1);
  assert.equal(store.present.train, 50);
});
