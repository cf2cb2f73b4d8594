import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { gunzipBounded, readBounded, TooManyBytesError } from '../../../web/src/digits/bounded-reader.js';
import { DataFileError } from '../../../web/src/digits/data-file-error.js';
import { encodeIdx } from '../../../web/src/digits/idx.js';
import { loadFiles } from '../../../web/src/digits/mnist-loader.js';

/** @import { ManifestFile } from '../../../web/src/digits/mnist-loader.js' */
/** @typedef {'images' | 'labels' | 'testImages' | 'testLabels'} Role */

/** @type {Record<Role, Uint8Array<ArrayBuffer>>} */
const sources = {
  images: encodeIdx(
    [30, 28, 28],
    Uint8Array.from({ length: 30 * 784 }, (_, index) => (index * 7919) % 256),
  ),
  labels: encodeIdx(
    [30],
    Uint8Array.from({ length: 30 }, (_, index) => index % 10),
  ),
  testImages: encodeIdx(
    [6, 28, 28],
    Uint8Array.from({ length: 6 * 784 }, (_, index) => (index * 104729) % 256),
  ),
  testLabels: encodeIdx([6], Uint8Array.of(9, 8, 7, 6, 5, 4)),
};

/** @param {Uint8Array} bytes */
function zip(bytes) {
  return new Uint8Array(gzipSync(bytes));
}

const packed = /** @type {Record<Role, Uint8Array<ArrayBuffer>>} */ (
  Object.fromEntries(Object.entries(sources).map(([role, bytes]) => [role, zip(bytes)]))
);

const manifest = /** @type {Record<Role, ManifestFile>} */ (
  Object.fromEntries(
    Object.entries(sources).map(([role, bytes]) => [
      role,
      {
        name: `${role}.gz`,
        shape: role.endsWith('mages') ? [(bytes.length - 16) / 784, 28, 28] : [bytes.length - 8],
        bytes: packed[/** @type {Role} */ (role)].length,
        unpackedBytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    ]),
  )
);

const roles = /** @type {Role[]} */ (Object.keys(sources));
const files = roles.map((role) => manifest[role]);
const urlOf = (/** @type {ManifestFile} */ { name }) => name.replace('.gz', '');

/**
 * A server that holds the packed files, but for what is replaced.
 * @param {Partial<Record<Role, BodyInit | Response | Error>>} [replaced]
 * @returns {typeof globalThis.fetch}
 */
function serving(replaced = {}) {
  return async (url) => {
    const role = /** @type {Role} */ (String(url));
    const answer = replaced[role] ?? packed[role];
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : new Response(answer);
  };
}

/** @param {Parameters<typeof serving>[0]} replaced */
async function load(replaced) {
  const loaded = await loadFiles({ files, urlOf, fetch: serving(replaced) });
  return Object.fromEntries(loaded.map((bytes, index) => [roles[index], bytes]));
}

/**
 * @param {Parameters<typeof serving>[0]} replaced
 * @param {string} reason
 * @param {RegExp} [message]
 */
async function refuses(replaced, reason, message = /expected/) {
  await assert.rejects(load(replaced), (error) => {
    assert(error instanceof DataFileError, String(error));
    assert.equal(error.reason, reason, error.message);
    assert.equal(error.path, `${Object.keys(replaced ?? {})[0]}.gz`);
    assert.match(error.message, message);
    return true;
  });
}

test('sound files arrive unpacked, each a whole IDX file', async () => {
  assert.deepEqual({ ...(await load()) }, sources);
});

test('files that the server unpacked on the way are as good', async () => {
  assert.deepEqual({ ...(await load({ images: sources.images })) }, sources);
});

test('progress ends at all the bytes and never falls', async () => {
  /** @type {number[]} */
  const seen = [];
  await loadFiles({ files, urlOf, fetch: serving(), onProgress: (bytes) => seen.push(bytes) });
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(
    seen.at(-1),
    files.reduce((sum, { bytes }) => sum + bytes, 0),
  );
});

test('a missing file, a failing server and a broken connection are told apart', async () => {
  await refuses({ labels: new Response('not here', { status: 404 }) }, 'missing', /404/);
  await refuses({ labels: new Response('busy', { status: 503 }) }, 'unreachable', /503/);
  await refuses({ labels: new TypeError('network') }, 'unreachable', /no answer/);
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(packed.images.subarray(0, 100));
      controller.error(new TypeError('reset'));
    },
  });
  await refuses({ images: broken }, 'unreachable', /connection broke/);
});

test('truncated files are refused, packed or not', async () => {
  await refuses({ images: packed.images.slice(0, -1) }, 'truncated');
  await refuses({ images: packed.images.slice(0, 40) }, 'truncated');
  await refuses({ images: sources.images.slice(0, 5000) }, 'truncated');
  await refuses({ labels: new Uint8Array(0) }, 'truncated');
  await refuses({ labels: new Response(null) }, 'truncated');
});

test('a page of HTML in place of a file is no IDX file', async () => {
  await refuses({ testLabels: '<!doctype html>' }, 'foreign', /3c 21 64 6f/);
});

test('a wrong magic number, another shape and labels above nine are refused', async () => {
  const floats = sources.testImages.slice();
  floats[2] = 13;
  await refuses({ testImages: floats }, 'foreign', /00 00 0d 03/);
  await refuses({ testLabels: encodeIdx([5], Uint8Array.of(1, 2, 3, 4, 5)) }, 'mismatch', /expected 6 values/);
  await refuses({ testLabels: encodeIdx([6], Uint8Array.of(1, 2, 3, 10, 5, 6)) }, 'damaged', /labels from 0 to 9, got 10/);
});

test('one flipped bit anywhere in the gzip is noticed', async () => {
  // Bytes 3 to 9 of the header (flags, time, system) change nothing of what is unpacked, or add fields that are then not there.
  for (const place of [2, 12, packed.images.length >> 1, packed.images.length - 6, packed.images.length - 2]) {
    const flipped = packed.images.slice();
    flipped[place] ^= 4;
    await assert.rejects(load({ images: flipped }), DataFileError, `byte ${place}`);
  }
});

test('another file of the right shape fails its sum', async () => {
  const other = sources.images.slice();
  other[500] ^= 1;
  await refuses({ images: other }, 'damaged', /SHA-256/);
});

test('more bytes than the file may have are refused while they arrive', async () => {
  let given = 0;
  const endless = new ReadableStream({
    pull(controller) {
      given += 65536;
      controller.enqueue(new Uint8Array(65536));
    },
  });
  await refuses({ images: endless }, 'oversized');
  assert(given < 1e6, `expected the reading to stop soon after ${manifest.images.unpackedBytes} bytes, ${given} were given`);
});

test('a decompression bomb is stopped at the limit', async () => {
  await assert.rejects(gunzipBounded(zip(new Uint8Array(64 << 20)), 1 << 20), TooManyBytesError);
  // Small enough to pass for the file while it is packed, 900 times too large when it is not.
  const bomb = zip(new Uint8Array(20 << 20));
  assert(bomb.length >= manifest.images.bytes && bomb.length <= manifest.images.unpackedBytes);
  await refuses({ images: bomb }, 'oversized', /when unpacked/);
});

test('a stream is read to its limit, not beyond', async () => {
  const stream = () => new Response(new Uint8Array(1000)).body ?? assert.fail();
  assert.equal((await readBounded(stream(), 1000)).length, 1000);
  await assert.rejects(readBounded(stream(), 999), TooManyBytesError);
});

test('the first error ends the other requests', async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  await assert.rejects(
    loadFiles({
      files,
      urlOf,
      fetch: (url, options) => {
        if (options?.signal) signals.push(options.signal);
        if (url === 'labels') return Promise.resolve(new Response('', { status: 404 }));
        return new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
      },
    }),
    DataFileError,
  );
  assert.equal(signals.length, 4);
  assert(signals.every((signal) => signal.aborted));
});

test('requests that are given up end, with the reason they were given up for', async () => {
  const stop = new AbortController();
  /** @type {AbortSignal[]} */
  const signals = [];
  const loading = loadFiles({
    files,
    urlOf,
    signal: stop.signal,
    fetch: (_, options) =>
      new Promise((_resolve, reject) => {
        const { signal } = options ?? {};
        if (signal) signals.push(signal);
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  stop.abort();
  await assert.rejects(loading, { name: 'AbortError' });
  assert(signals.length === 4 && signals.every(({ aborted }) => aborted));
  await assert.rejects(loadFiles({ files, urlOf, signal: stop.signal, fetch: serving() }), { name: 'AbortError' });
});
