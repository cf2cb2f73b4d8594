// Text inside PNG files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { isPng, pngText, withPngText } from '../../../web/src/view/png-text.js';
import { plainPng } from '../../support/png.js';

const png = plainPng(1);

describe('text inside a picture', () => {
  it('is read back, the right one of several, and the picture stays one', () => {
    const both = withPngText(withPngText(png, 'first', 'one'), 'second', 'two');
    assert.deepEqual(
      [isPng(both), pngText(both, 'first'), pngText(both, 'second'), pngText(both, 'third')],
      [true, 'one', 'two', undefined],
    );
    assert.deepEqual(both.subarray(-12), png.subarray(-12), 'the end stays the end');
    assert.equal(pngText(withPngText(png, 'none', ''), 'none'), '');
  });

  it('stands in a chunk with its length and checksum', () => {
    const at = png.length - 12;
    const chunk = Buffer.from(withPngText(png, 'k', 'text').subarray(at, -12));
    assert.equal(chunk.readUInt32BE(0), 6);
    assert.equal(chunk.toString('latin1', 4, 14), 'tEXtk\0text');
    assert.equal(chunk.readUInt32BE(14), crc32(chunk.subarray(4, 14)));
  });

  it('is none where it is damaged, cut short, or the file is no picture', () => {
    const whole = withPngText(png, 'k', 'text');
    const damaged = Uint8Array.from(whole);
    damaged[png.length] ^= 1;
    for (const bytes of [damaged, whole.subarray(0, png.length), whole.subarray(1), new Uint8Array(0), png]) {
      assert.equal(pngText(bytes, 'k'), undefined);
    }
  });
});
