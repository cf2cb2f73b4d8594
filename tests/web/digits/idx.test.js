import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataFileError } from '../../../web/src/digits/data-file-error.js';
import { decodeIdx, encodeIdx } from '../../../web/src/digits/idx.js';

const pictures = encodeIdx(
  [2, 2, 3],
  Uint8Array.from({ length: 12 }, (_, index) => index * 20),
);

/**
 * @param {() => unknown} action
 * @param {string} reason
 * @param {RegExp} message
 */
function refuses(action, reason, message) {
  assert.throws(action, (error) => {
    assert(error instanceof DataFileError);
    assert.equal(error.reason, reason);
    assert.equal(error.code, 'bad-file');
    assert.equal(error.path, 'pictures');
    assert.match(error.message, message);
    return true;
  });
}

test('what is written is read again, with its shape', () => {
  const { shape, values } = decodeIdx(pictures, 'pictures', [2, 2, 3]);
  assert.deepEqual(shape, [2, 2, 3]);
  assert.deepEqual([...values], [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220]);
});

test('the header is the one of the original files', () => {
  assert.deepEqual([...pictures.subarray(0, 16)], [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3]);
});

test('bytes in the middle of a larger buffer are read from their own start', () => {
  const larger = new Uint8Array(pictures.length + 7);
  larger.set(pictures, 5);
  assert.deepEqual(decodeIdx(larger.subarray(5, 5 + pictures.length), 'pictures').shape, [2, 2, 3]);
});

test('every shorter file is refused as truncated', () => {
  for (let length = 0; length < pictures.length; ++length) {
    refuses(
      () => decodeIdx(pictures.subarray(0, length), 'pictures'),
      'truncated',
      new RegExp(`got ${Math.max(0, length < 16 ? length : length - 16)}`),
    );
  }
});

test('a file with bytes after its values is refused', () => {
  refuses(() => decodeIdx(Uint8Array.of(...pictures, 0), 'pictures'), 'oversized', /expected 12 values after the header, got 13/);
});

test('a file of another kind is refused with the bytes that it starts with', () => {
  refuses(() => decodeIdx(new TextEncoder().encode('<!doctype html>'), 'pictures'), 'foreign', /got 3c 21 64 6f/);
  refuses(() => decodeIdx(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0), 'pictures'), 'foreign', /got 00 00 0d 01/);
  refuses(() => decodeIdx(Uint8Array.of(0, 0, 8, 0), 'pictures'), 'foreign', /got 00 00 08 00/);
});

test('another shape than the expected one is refused before its values are looked at', () => {
  refuses(() => decodeIdx(pictures, 'pictures', [2, 28, 28]), 'mismatch', /expected 2 × 28 × 28 values, the header says 2 × 2 × 3/);
  refuses(() => decodeIdx(pictures, 'pictures', [12]), 'mismatch', /expected 12 values/);
});

test('sizes whose product overflows are refused, not allocated', () => {
  const huge = new Uint8Array(4 + 4 * 255).fill(0xff);
  huge.set([0, 0, 8, 255]);
  refuses(() => decodeIdx(huge, 'pictures'), 'truncated', /got 0/);
});
