// Own digits as few bytes.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normaliseStrokes } from '../../../web/src/digits/normalise.js';
import { packDigits, unpackDigits } from '../../../web/src/digits/packed-digits.js';

const PIXELS = 784;

describe('own digits as bytes', () => {
  it('come back as they were, whatever is in them', () => {
    let state = 1;
    const random = () => (state = (16807 * state) % 2147483647) / 2147483647;
    const pictures = [
      new Uint8Array(PIXELS),
      new Uint8Array(PIXELS).fill(255),
      Uint8Array.from({ length: PIXELS }, () => 255 * random()),
      Uint8Array.from({ length: PIXELS }, () => (random() < 0.5 ? 0 : 255)),
      Uint8Array.from({ length: PIXELS }, (_, pixel) => (pixel % 200 < 190 ? 0 : pixel % 7)),
    ];
    const digits = pictures.map((picture, label) => ({ picture, label }));
    assert.deepEqual(unpackDigits(packDigits(digits), digits.length), digits);
    assert.deepEqual(unpackDigits(packDigits([]), 0), []);
  });

  it('are few where there is mostly paper', () => {
    const stroke = [0.2, 0.4, 0.6, 0.8].map((y) => ({ x: 0.5, y }));
    const { pixels } = normaliseStrokes([stroke], 0.08);
    assert.ok(pixels.some((pixel) => pixel > 0));
    assert.ok(packDigits([{ picture: pixels, label: 1 }]).length < PIXELS / 4);
  });

  it('mean the same in every later version', () => {
    // A four: 100 pixels of paper, three of full ink, two as they are, and paper to the end.
    const bytes = Uint8Array.of(4, 99, 130, 193, 17, 254, 127, 127, 127, 127, 127, 38);
    const picture = new Uint8Array(PIXELS);
    picture.set([255, 255, 255, 17, 254], 100);
    assert.deepEqual(unpackDigits(bytes, 1), [{ picture, label: 4 }]);
    assert.deepEqual(packDigits([{ picture, label: 4 }]), bytes);
  });

  it('are refused where they are cut, too many, too long, or no digits', () => {
    const whole = packDigits([{ picture: new Uint8Array(PIXELS).fill(9), label: 3 }]);
    for (const [bytes, message] of /** @type {const} */ ([
      [whole.subarray(0, -1), /expected \d+ more bytes/],
      [whole.subarray(0, 1), /expected 784 pixels, got 0/],
      [Uint8Array.of(10, ...whole.subarray(1)), /labels below 10, got 10/],
      [Uint8Array.of(...whole, ...whole), /at most 1 digits/],
      [Uint8Array.of(1, 127, 127, 127, 127, 127, 127, 127), /expected 784 pixels, got 896/],
    ])) {
      assert.throws(() => unpackDigits(bytes, 1), { name: 'RangeError', message });
    }
  });
});
