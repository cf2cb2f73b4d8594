/**
 * Own digits as few bytes, without loss: they travel in links and files, and are kept between visits. Pure; runs in Node.
 *
 *   digit after digit: its label, then tokens until 784 pixels are there
 *   0 to 127      so many and one more pixels of paper (0)
 *   128 to 191    so many less 127 pixels of full ink (255)
 *   192 to 255    so many less 191 pixels as they follow, a byte each
 */
import { CLASSES } from './experiment.js';
import { PICTURE_SIZE } from './normalise.js';

/** @import { OwnDigit } from './own-digits.js' */

const PIXELS = PICTURE_SIZE ** 2;
const INK = 255;
const FULL = 128;
const PLAIN = 192;
/** Pixels that one token stands for at most. */
const LONGEST = Object.freeze({ paper: FULL, full: PLAIN - FULL, plain: 256 - PLAIN });

/** @param {number} pixel */
const kindOf = (pixel) => (pixel === 0 ? 'paper' : pixel === INK ? 'full' : 'plain');

/**
 * @param {readonly OwnDigit[]} digits
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function packDigits(digits) {
  /** @type {number[]} */
  const bytes = [];
  for (const { picture, label } of digits) {
    bytes.push(label);
    for (let start = 0; start < PIXELS;) {
      const kind = kindOf(picture[start]);
      let end = start + 1;
      while (end < PIXELS && end - start < LONGEST[kind] && kindOf(picture[end]) === kind) ++end;
      bytes.push({ paper: 0, full: FULL, plain: PLAIN }[kind] + end - start - 1);
      if (kind === 'plain') bytes.push(...picture.subarray(start, end));
      start = end;
    }
  }
  return Uint8Array.from(bytes);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} most digits that there may be
 * @returns {OwnDigit[]}
 * @throws {RangeError} with what is wrong, in words
 */
export function unpackDigits(bytes, most) {
  /** @type {OwnDigit[]} */
  const digits = [];
  for (let at = 0; at < bytes.length;) {
    if (digits.length === most) throw new RangeError(`expected at most ${most} digits, got more`);
    const label = bytes[at++];
    if (label >= CLASSES) throw new RangeError(`expected labels below ${CLASSES}, got ${label}`);
    const picture = new Uint8Array(PIXELS);
    for (let pixel = 0; pixel < PIXELS;) {
      if (at === bytes.length) throw new RangeError(`expected ${PIXELS} pixels, got ${pixel}`);
      const token = bytes[at++];
      const plain = token >= PLAIN;
      const count = token + 1 - (plain ? PLAIN : token >= FULL ? FULL : 0);
      if (count > PIXELS - pixel) throw new RangeError(`expected ${PIXELS} pixels, got ${pixel + count}`);
      if (plain) {
        if (count > bytes.length - at) throw new RangeError(`expected ${count} more bytes, got ${bytes.length - at}`);
        picture.set(bytes.subarray(at, at + count), pixel);
        at += count;
      } else if (token >= FULL) picture.fill(INK, pixel, pixel + count);
      pixel += count;
    }
    digits.push({ picture, label });
  }
  return digits;
}
