// Own digits: before the others among the training digits, and the collection of them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { decodeIdx, encodeIdx } from '../../../web/src/digits/idx.js';
import { broughtBack, MOST_OWN, replaced, withOwnDigits } from '../../../web/src/digits/own-digits.js';

const PIXELS = 784;
const picture = (/** @type {number} */ seed) => Uint8Array.from({ length: PIXELS }, (_, pixel) => (pixel * seed) % 256);
const own = [
  { picture: picture(3), label: 7 },
  { picture: picture(5), label: 0 },
];

/** @param {number} rows */
function dataOf(rows) {
  const images = Uint8Array.from({ length: rows * PIXELS }, (_, place) => (place * 11) % 256);
  return {
    images: encodeIdx([rows, 28, 28], images),
    labels: encodeIdx(
      [rows],
      Uint8Array.from({ length: rows }, (_, row) => row % 10),
    ),
  };
}

describe('own digits among the training digits', () => {
  it('stand first, in use beside as many of the others as were', () => {
    const data = { id: 'idx', ...dataOf(30), samples: 20 };
    const { images, labels, samples } = withOwnDigits(data, own);
    assert.equal(samples, 22);
    const pictures = decodeIdx(images, 'images');
    assert.deepEqual(pictures.shape, [32, 28, 28]);
    assert.deepEqual(pictures.values.subarray(0, PIXELS), own[0].picture);
    assert.deepEqual(pictures.values.subarray(PIXELS, 2 * PIXELS), own[1].picture);
    assert.deepEqual(pictures.values.subarray(2 * PIXELS), decodeIdx(data.images, 'images').values);
    assert.deepEqual([...decodeIdx(labels, 'labels').values.subarray(0, 4)], [7, 0, 0, 1]);
  });

  it('leave the data alone where there are none', () => {
    const data = dataOf(3);
    assert.equal(withOwnDigits(data, []), data);
  });

  it('are what the engine then learns from', async () => {
    const engine = await createEngine();
    const run = engine.createRun({
      data: { id: 'idx', testFraction: 0, ...withOwnDigits({ ...dataOf(10), samples: 10 }, own) },
      network: { layers: [{ activation: 'identity' }] },
      training: { loss: 'cross-entropy' },
    });
    const { inputs, labels, rows } = run.data('train');
    assert.equal(rows, 12);
    assert.deepEqual([...inputs.subarray(0, PIXELS)], [...own[0].picture]);
    assert.deepEqual([...(labels ?? [])].slice(0, 3), [7, 0, 0]);
  });
});

describe('the collection of own digits', () => {
  const [seven, zero] = own;

  it('lays aside what gives way to others, each once, and takes back what comes again', () => {
    const collection = { digits: own, used: true, aside: [] };
    const without = replaced(collection, [zero], true);
    assert.deepEqual(without, { digits: [zero], used: true, aside: [seven] });
    const nothing = replaced(without, [], false);
    assert.deepEqual(nothing, { digits: [], used: false, aside: [zero, seven] });
    const copy = { picture: Uint8Array.from(seven.picture), label: 7 };
    assert.deepEqual(replaced(nothing, [copy], true), { digits: [copy], used: true, aside: [zero] });
  });

  it('brings back as many as there is room for', () => {
    const collection = { digits: Array.from({ length: MOST_OWN - 1 }, () => zero), used: true, aside: [seven, zero] };
    const back = broughtBack(collection);
    assert.equal(back.digits.length, MOST_OWN);
    assert.deepEqual([back.digits.at(-1), back.aside], [seven, [zero]]);
  });
});
