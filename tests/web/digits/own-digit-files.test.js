// Own digits to files and back: pairs of IDX files, and contact sheets that carry them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DataFileError } from '../../../web/src/digits/data-file-error.js';
import { encodeIdx } from '../../../web/src/digits/idx.js';
import { decodeOwnDigits, digitsInside, encodeOwnDigits, gzip, withDigitsInside } from '../../../web/src/digits/own-digit-files.js';
import { withPngText } from '../../../web/src/view/png-text.js';
import { plainPng } from '../../support/png.js';

const picture = (/** @type {number} */ seed) => Uint8Array.from({ length: 784 }, (_, pixel) => (pixel * seed) % 256);
const own = [
  { picture: picture(3), label: 7 },
  { picture: picture(5), label: 0 },
];
const png = plainPng(1);

describe('own digits in files', () => {
  /** @param {Record<string, Uint8Array<ArrayBuffer>>} files */
  const listOf = (files) => Object.entries(files).map(([name, bytes]) => ({ name, bytes }));

  it('come back as they were, packed or not, whichever file is first', async () => {
    const { images, labels } = encodeOwnDigits(own);
    assert.deepEqual(await decodeOwnDigits(listOf({ images, labels })), own);
    assert.deepEqual(await decodeOwnDigits(listOf({ labels: await gzip(labels), images: await gzip(images) })), own);
  });

  it('come back from a contact sheet, alone or beside others', async () => {
    const sheet = { name: 'sheet.png', bytes: withDigitsInside(png, own) };
    assert.deepEqual(await decodeOwnDigits([sheet]), own);
    assert.deepEqual(await decodeOwnDigits([...listOf(encodeOwnDigits(own)), sheet]), [...own, ...own]);
    assert.equal(digitsInside(png, 'other.png'), undefined);
  });

  it('are refused, with the reason and the file, from other pictures and from sheets that are damaged', async () => {
    const hollow = withPngText(png, 'mlp-playground own digits', 'AAAA');
    for (const [name, bytes, reason] of /** @type {const} */ ([
      ['photo.png', png, 'foreign'],
      ['sheet.png', hollow, 'damaged'],
      ['letters.png', withPngText(png, 'mlp-playground own digits', '?'), 'damaged'],
      ['letter.txt', new TextEncoder().encode('Dear all'), 'foreign'],
      ['own.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0), 'damaged'],
      ['bomb.gz', await gzip(new Uint8Array(1_000_000)), 'mismatch'],
      ['images', encodeOwnDigits(own).images, 'missing'],
      ['images', encodeOwnDigits(own).images.slice(0, -1), 'truncated'],
    ])) {
      await assert.rejects(decodeOwnDigits([{ name, bytes: Uint8Array.from(bytes) }]), { name: 'DataFileError', path: name, reason });
    }
  });

  it('are refused where one is missing, the numbers differ, a label is none, or a picture has another size', async () => {
    const { images, labels } = encodeOwnDigits(own);
    for (const files of [
      { images },
      { labels },
      { images, labels: encodeIdx([1], Uint8Array.of(3)) },
      { images, labels: encodeIdx([2], Uint8Array.of(3, 10)) },
      { images: encodeIdx([2, 8, 8], new Uint8Array(128)), labels },
    ]) {
      await assert.rejects(decodeOwnDigits(listOf(files)), DataFileError);
    }
  });
});
