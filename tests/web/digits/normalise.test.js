import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, test } from 'node:test';
import { decodeIdx } from '../../../web/src/digits/idx.js';
import { normalisePicture, normaliseStrokes, reduceStrokes } from '../../../web/src/digits/normalise.js';

const SIDE = 28;
const PEN = 0.085;

/**
 * @param {string} name
 * @param {number[]} shape
 */
async function packed(name, shape) {
  const bytes = gunzipSync(await readFile(new URL(`../../../web/generated/mnist/${name}`, import.meta.url)));
  return decodeIdx(bytes, name, shape).values;
}

/** @param {Uint8Array} pixels */
function measure(pixels) {
  let [left, right, top, bottom, mass, x, y] = [SIDE, -1, SIDE, -1, 0, 0, 0];
  pixels.forEach((value, place) => {
    if (value === 0) return;
    const [column, row] = [place % SIDE, Math.floor(place / SIDE)];
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    mass += value;
    x += value * (column + 0.5);
    y += value * (row + 0.5);
  });
  return { width: right - left + 1, height: bottom - top + 1, mass, x: x / mass, y: y / mass };
}

/**
 * How much of the ink differs, as a fraction of all ink.
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
function difference(one, other) {
  let [apart, mass] = [0, 0];
  one.forEach((value, place) => {
    apart += Math.abs(value - other[place]);
    mass += value;
  });
  return apart / mass;
}

/**
 * @param {Uint8Array} pixels
 * @param {{ size: number, factor: number, left: number, top: number }} place
 */
function enlarged(pixels, { size, factor, left, top }) {
  const values = new Uint8Array(size * size);
  for (let row = 0; row < SIDE * factor; ++row) {
    for (let column = 0; column < SIDE * factor; ++column) {
      values[(top + row) * size + left + column] = pixels[Math.floor(row / factor) * SIDE + Math.floor(column / factor)];
    }
  }
  return { values, width: size, height: size };
}

describe("MNIST's own digits", async () => {
  const parts = await Promise.all([packed('train-images-1.idx.gz', [1000, SIDE, SIDE]), packed('train-images-2.idx.gz', [4000, SIDE, SIDE])]);
  const digits = parts.flatMap((images) =>
    Array.from({ length: images.length / SIDE ** 2 }, (_, index) => images.subarray(index * SIDE ** 2, (index + 1) * SIDE ** 2)),
  );

  test('stay as they are when they are normalised again', () => {
    const changes = digits.map((digit) => difference(digit, normalisePicture({ values: digit, width: SIDE, height: SIDE }).pixels));
    const unchanged = changes.filter((change) => change === 0).length;
    assert(unchanged >= 4990, `expected at least 4,990 of 5,000 digits unchanged to the bit, got ${unchanged}`);
    const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
    assert(mean < 0.001, `expected less than 0.1 % of the ink to move, got ${mean}`);
  });

  test('come back to the bit when they lie enlarged anywhere on a larger sheet', () => {
    digits.slice(0, 100).forEach((digit, index) => {
      const sheet = enlarged(digit, { size: 280, factor: 7, left: index % 70, top: (index * 31) % 80 });
      assert.deepEqual(normalisePicture(sheet).pixels, normalisePicture({ values: digit, width: SIDE, height: SIDE }).pixels);
    });
  });
});

describe('a drawing', () => {
  const two = [
    [
      { x: 0.1, y: 0.2 },
      { x: 0.3, y: 0.05 },
      { x: 0.4, y: 0.3 },
      { x: 0.12, y: 0.6 },
      { x: 0.45, y: 0.62 },
    ],
  ];

  test('fills the box of 20 pixels and has its centre of mass in the middle pixel', () => {
    const { width, height, x, y } = measure(normaliseStrokes(two, PEN).pixels);
    assert.equal(Math.max(width, height), 20);
    assert(x >= 14 && x < 15 && y >= 14 && y < 15, `expected the centre within pixel 14, got ${x}, ${y}`);
  });

  test('is the same wherever and however large it is drawn', () => {
    const reference = normaliseStrokes(two, PEN).pixels;
    for (const [scale, left, top] of [
      [1, 0.3, 0.3],
      [1.5, 0.02, 0.01],
      [0.9, 0.5, 0],
    ]) {
      const moved = two.map((stroke) => stroke.map(({ x, y }) => ({ x: x * scale + left, y: y * scale + top })));
      assert(difference(reference, normaliseStrokes(moved, PEN * scale).pixels) < 0.02);
    }
  });

  test('drawn small does not become a blot', () => {
    const small = two.map((stroke) => stroke.map(({ x, y }) => ({ x: x * 0.2, y: y * 0.2 })));
    const { mass } = measure(normaliseStrokes(small, PEN).pixels);
    assert(mass / 255 < 200, `expected no more ink than MNIST's heavy digits, got ${mass / 255} pixels`);
  });

  test('keeps its proportions', () => {
    const line = normaliseStrokes(
      [
        [
          { x: 0.5, y: 0.1 },
          { x: 0.5, y: 0.9 },
        ],
      ],
      PEN,
    );
    const { width, height } = measure(line.pixels);
    assert.equal(height, 20);
    assert(width <= 4);
  });

  test('without centring is the pad made smaller, where it was drawn', () => {
    const pixels = reduceStrokes([[{ x: 0.1, y: 0.1 }]], PEN);
    const { x, y } = measure(pixels);
    assert(Math.abs(x - 2.8) < 0.05 && Math.abs(y - 2.8) < 0.05, `expected the dot at 2.8, 2.8, got ${x}, ${y}`);
  });

  test('of one dot stays a dot', () => {
    const { width, height, x, y } = measure(normaliseStrokes([[{ x: 0.9, y: 0.9 }]], PEN).pixels);
    assert(width <= 4 && height <= 4);
    assert(x >= 13.5 && x < 15 && y >= 13.5 && y < 15);
  });

  test('heavier on one edge than the box allows stays on the picture', () => {
    const values = new Uint8Array(100 * 100);
    values.fill(255, 0, 100 * 4);
    for (let row = 4; row < 100; ++row) values[row * 100] = 1;
    const { box } = normalisePicture({ values, width: 100, height: 100 });
    assert(box && box.top >= 0 && box.top + box.height <= SIDE && box.left >= 0 && box.left + box.width <= SIDE);
  });

  test('of nothing is blank paper', () => {
    const blank = normaliseStrokes([], PEN);
    assert(blank.pixels.every((value) => value === 0));
    assert.equal(blank.ink, null);
    assert.deepEqual(normalisePicture({ values: new Uint8Array(9), width: 3, height: 3 }).box, null);
  });
});
