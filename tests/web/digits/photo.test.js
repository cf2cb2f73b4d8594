import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkOfImage } from '../../../web/src/digits/photo.js';

/**
 * @param {number} width
 * @param {number} height
 * @param {(column: number, row: number) => readonly [number, number, number, number]} colorOf
 */
function imageOf(width, height, colorOf) {
  const data = Array.from({ length: width * height }, (_, pixel) => colorOf(pixel % width, Math.floor(pixel / width))).flat();
  return { data, width, height };
}

const isInk = (/** @type {number} */ column, /** @type {number} */ row) => column >= 3 && column < 5 && row >= 2 && row < 6;

/** @type {[string, readonly [number, number, number, number], readonly [number, number, number, number]][]} */
const papers = [
  ['dark on light', [20, 20, 20, 255], [250, 250, 250, 255]],
  ['light on dark', [255, 255, 255, 255], [0, 0, 0, 255]],
  ['a colour on another', [200, 0, 0, 255], [240, 240, 120, 255]],
  ['black on nothing', [0, 0, 0, 255], [0, 0, 0, 0]],
];

for (const [name, ink, paper] of papers) {
  test(`ink is found: ${name}`, () => {
    const found = inkOfImage(imageOf(8, 8, (column, row) => (isInk(column, row) ? ink : paper)));
    assert.ok(found);
    assert.deepEqual(
      Array.from(found.values),
      Array.from({ length: 64 }, (_, pixel) => (isInk(pixel % 8, Math.floor(pixel / 8)) ? 255 : 0)),
    );
  });
}

test('a picture that is not square lies in the middle of a sheet that is', () => {
  const found = inkOfImage(imageOf(4, 8, (column, row) => (column === 1 && row === 3 ? [0, 0, 0, 255] : [255, 255, 255, 255])));
  assert.deepEqual([found?.width, found?.height], [8, 8]);
  assert.equal(found?.values[3 * 8 + 3], 255);
  assert.equal(
    found?.values.reduce((sum, value) => sum + value, 0),
    255,
  );
});

test('paper that is not quite even is still paper, and grey edges stay grey', () => {
  const noise = (/** @type {number} */ place) => 230 + ((place * 7919) % 11);
  const found = inkOfImage(
    imageOf(8, 8, (column, row) => {
      const level = isInk(column, row) ? (column === 3 ? 120 : 10) : noise(column + 8 * row);
      return [level, level, level, 255];
    }),
  );
  const { values } = found ?? assert.fail('there is ink');
  assert.equal(values.filter((value) => value > 0).length, 8);
  assert.ok(values[3 * 8 + 3] > 80 && values[3 * 8 + 3] < 150);
});

test('nothing is made of a picture in which nothing stands out', () => {
  assert.equal(inkOfImage(imageOf(8, 8, () => [90, 90, 90, 255])), null);
  const speckled = imageOf(8, 8, (column, row) => {
    const level = ((column * 31 + row * 17) * 7919) % 256;
    return [level, level, level, 255];
  });
  assert.equal(inkOfImage(speckled), null);
});
