// The colours of values and classes: what tokens.css promises, held against numbers.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { CLASS_LIMIT, createValueScale, mix, pack, parseColor, scaleIndex, toCss } from '../../../web/src/view/color.js';

/** @import { Lab } from '../../../web/src/view/color.js' */
/** @typedef {'light' | 'dark'} Side */
/** @typedef {[number, number, number]} Triple */

const tokens = await readFile(new URL('../../../web/styles/tokens.css', import.meta.url), 'utf8');

/**
 * A role of tokens.css on one side, as OKLab.
 * @param {string} role
 * @param {Side} side
 * @returns {Lab}
 */
function roleOf(role, side) {
  const text = new RegExp(`--${role}: (.+);`).exec(tokens)?.[1];
  assert.ok(text, `tokens.css has no --${role}`);
  const [, light, dark] = /^light-dark\((.+?\)|#\w+), (.+)\)$/.exec(text) ?? [undefined, text, text];
  return read(side === 'light' ? light : dark);
}

/** @param {string} text @returns {Lab} */
function read(text) {
  if (!text.startsWith('#')) return parseColor(text);
  const [red, green, blue] = [1, 3, 5].map((place) => Number.parseInt(text.slice(place, place + 2), 16));
  return parseColor(`rgb(${red}, ${green}, ${blue})`);
}

/** @param {Lab} color @returns {Triple} its bytes */
function bytesOf(color) {
  const packed = pack(color);
  return [packed & 255, (packed >> 8) & 255, (packed >> 16) & 255];
}

/** @param {Lab} a @param {Lab} b */
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** Full protanopia and deuteranopia, on linear RGB (Machado, Oliveira and Fernandes 2009). @type {Record<string, readonly Triple[]>} */
const deficiencies = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/**
 * A colour as somebody with that deficiency sees it.
 * @param {Lab} color
 * @param {readonly Triple[]} matrix
 */
function seenBy(color, matrix) {
  const linear = bytesOf(color).map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
  const [red, green, blue] = matrix.map((row) => {
    const value = Math.min(1, Math.max(0, row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2]));
    return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
  });
  return parseColor(`rgb(${red}, ${green}, ${blue})`);
}

for (const side of /** @type {const} */ (['light', 'dark'])) {
  describe(`the value scale, ${side}`, () => {
    for (const kind of ['value', 'mark']) {
      const [negative, zero, positive] = ['negative', 'zero', 'positive'].map((end) => roleOf(`${kind}-${end}`, side));

      it(`of ${kind}s has ends of equal lightness, also after rounding to bytes`, () => {
        assert.equal(negative[0], positive[0]);
        const [first, last] = [negative, positive].map((end) => parseColor(toCss(end))[0]);
        assert.ok(Math.abs(first - last) < 0.01, `${first} and ${last}`);
      });

      it(`of ${kind}s has its zero on the background's side, without a hue`, () => {
        const paper = roleOf('paper', side);
        assert.ok(Math.hypot(zero[1], zero[2]) < 0.01);
        assert.ok(Math.abs(zero[0] - paper[0]) < Math.abs(negative[0] - paper[0]), 'zero is nearer to the paper than the ends are');
        assert.equal(zero[0] > negative[0], side === 'light');
      });

      for (const [name, matrix] of Object.entries(deficiencies)) {
        it(`of ${kind}s tells its ends apart under ${name}`, () => {
          assert.ok(distance(seenBy(negative, matrix), seenBy(positive, matrix)) > 0.15);
          for (const end of [negative, positive]) assert.ok(distance(seenBy(end, matrix), seenBy(zero, matrix)) > 0.1);
        });
      }
    }

    it('has an almost invisible zero on surfaces', () => {
      assert.ok(distance(roleOf('value-zero', side), roleOf('paper', side)) < 0.07);
    });
  });

  describe(`the classes, ${side}`, () => {
    it('have ten colours, no two alike', () => {
      const colors = Array.from({ length: CLASS_LIMIT }, (_, index) => roleOf(`class-${index}`, side));
      colors.forEach((color, index) => colors.slice(0, index).forEach((other) => assert.ok(distance(color, other) > 0.05)));
    });

    for (const [name, matrix] of Object.entries(deficiencies)) {
      it(`have three first colours that differ under ${name}`, () => {
        const seen = [0, 1, 2].map((index) => seenBy(roleOf(`class-${index}`, side), matrix));
        seen.forEach((color, index) => seen.slice(0, index).forEach((other) => assert.ok(distance(color, other) > 0.1)));
      });
    }
  });
}

describe('a scale of 256 colours', () => {
  const [negative, zero, positive] = /** @type {const} */ (['negative', 'zero', 'positive']).map((end) => roleOf(`value-${end}`, 'light'));
  const scale = createValueScale(negative, zero, positive);

  it('has the ends at its ends, the zero in its middle', () => {
    assert.equal(scale.css.length, 256);
    assert.equal(scale.css[0], toCss(negative));
    assert.equal(scale.css[255], toCss(positive));
    assert.ok(distance(parseColor(scale.css[128]), zero) < 0.01);
  });

  it('is the same for pixels and for strokes', () => {
    scale.css.forEach((css, index) => {
      const [red, green, blue] = (css.match(/\d+/g) ?? []).map(Number);
      assert.equal(scale.packed[index], (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0);
    });
  });

  it('darkens evenly towards both ends', () => {
    const lightness = scale.css.map((css) => parseColor(css)[0]);
    for (let index = 1; index < 128; ++index) assert.ok(lightness[index] >= lightness[index - 1] - 0.002);
    for (let index = 0; index < 128; ++index) assert.ok(Math.abs(lightness[index] - lightness[255 - index]) < 0.01);
  });

  it('has a place for every number', () => {
    assert.deepEqual([-1, 1, -2, 2, -Infinity, Infinity].map(scaleIndex), [0, 255, 0, 255, 0, 255]);
    assert.ok([0, Number.NaN].map(scaleIndex).every((index) => index === 127 || index === 128));
    for (let value = -1; value <= 1; value += 1 / 64) assert.ok(Number.isInteger(scaleIndex(value)));
  });
});

describe('a computed colour', () => {
  it('is read in each form that browsers answer', () => {
    const orange = parseColor('oklch(0.71 0.115 55)');
    const [red, green, blue] = bytesOf(orange);
    const forms = [`oklab(${orange.join(' ')})`, `rgb(${red}, ${green}, ${blue})`, `color(srgb ${red / 255} ${green / 255} ${blue / 255})`];
    for (const form of forms) assert.ok(distance(parseColor(form), orange) < 0.005, form);
    // White, and the red of sRGB, in CIE Lab.
    assert.ok(distance(parseColor('lab(100 0 0)'), [1, 0, 0]) < 0.001);
    assert.ok(distance(parseColor('lab(54.29 80.8 69.89)'), parseColor('rgb(255, 0, 0)')) < 0.005);
  });

  it('of a form that nobody knows is an error that quotes it', () => {
    assert.throws(() => parseColor('salmon'), /got "salmon"/);
  });

  it('comes back from its bytes', () => {
    for (const text of ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgb(0, 114, 178)', 'rgb(230, 159, 0)', 'rgb(1, 2, 3)'])
      assert.equal(toCss(parseColor(text)), text);
  });

  it('mixes from one to the other', () => {
    assert.deepEqual(mix([0, 0, 0], [1, 0.5, -1], 0.5), [0.5, 0.25, -0.5]);
    assert.deepEqual(mix([0.2, 0.1, 0], [1, 0.5, -1], 0), [0.2, 0.1, 0]);
  });
});
