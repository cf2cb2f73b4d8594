import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { decodeIdx, encodeIdx } from '../../../web/src/digits/idx.js';
import { readOwnImages } from '../../../web/src/digits/own-images.js';

/** @param {number} count */
const images = (count) =>
  encodeIdx(
    [count, 28, 28],
    Uint8Array.from({ length: count * 784 }, (_, index) => index % 256),
  );
/** @param {number} count */
const labels = (count) =>
  encodeIdx(
    [count],
    Uint8Array.from({ length: count }, (_, index) => index % 10),
  );

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 */
const file = (name, bytes) => ({ name, stream: () => new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]).stream() });

test('four files are told apart by what they hold and by their names, gzipped or not', async () => {
  const found = await readOwnImages([
    file('t10k-labels-idx1-ubyte', labels(6)),
    file('train-images-idx3-ubyte.gz', gzipSync(images(12))),
    file('train-labels-idx1-ubyte', labels(12)),
    file('t10k-images-idx3-ubyte.gz', gzipSync(images(6))),
  ]);
  assert.deepEqual(found, { images: images(12), labels: labels(12), testImages: images(6), testLabels: labels(6) });
});

test('without test files the last sixth is kept for testing', async () => {
  const found = await readOwnImages([file('a.idx', images(12)), file('b.idx', labels(12))]);
  assert.deepEqual(decodeIdx(found.images, 'images').shape, [10, 28, 28]);
  assert.deepEqual([...decodeIdx(found.testLabels, 'labels').values], [0, 1]);
});

test('a pair that is called a test is learned from where it came alone', async () => {
  const found = await readOwnImages([file('t10k-images-idx3-ubyte', images(12)), file('t10k-labels-idx1-ubyte', labels(12))]);
  assert.deepEqual([decodeIdx(found.images, 'images').shape[0], decodeIdx(found.testImages, 'images').shape[0]], [10, 2]);
});

for (const [name, files, reason, guilty = 'a'] of /** @type {const} */ ([
  ['a picture without labels', [file('a', images(6))], 'missing'],
  ['more images than labels', [file('a', images(8)), file('b', labels(7))], 'mismatch'],
  ['images of another size', [file('a', encodeIdx([6, 20, 20], new Uint8Array(2400))), file('b', labels(6))], 'mismatch'],
  ['a label above nine', [file('a', images(6)), file('b', encodeIdx([6], Uint8Array.of(0, 1, 2, 3, 4, 10)))], 'mismatch', 'b'],
  ['something else', [file('a', new TextEncoder().encode('<!doctype html>'))], 'foreign'],
  ['a file that ends too early', [file('a', images(6).subarray(0, 3000))], 'truncated'],
  ['a decompression bomb', [file('a', gzipSync(new Uint8Array(64 << 20)))], 'oversized'],
  ['broken gzip', [file('a', gzipSync(images(6)).subarray(0, 200))], 'damaged'],
])) {
  test(`${name} is refused with its name`, async () => {
    await assert.rejects(readOwnImages(files), { reason, path: guilty });
  });
}
