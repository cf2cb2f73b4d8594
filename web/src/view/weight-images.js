import { scaleIndex } from './color.js';

/** @import { Theme } from './color.js' */

/** Share of the weights that lie within the scale; the few beyond it take the end colours, so that they do not pale all others. */
const WITHIN = 0.995;

/**
 * @typedef {object} WeightModel
 * @property {ArrayLike<number>} weights
 * @property {number} offset of the neuron's first weight
 * @property {number} reach the size of weight at which the colour is full
 */

/**
 * The weights of one neuron of the first layer, laid out as the picture that it looks at: one pixel per weight.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 * @param {{ width?: number, height?: number }} [size]
 */
export function createWeightImage(canvas, initialTheme, { width = 28, height = 28 } = {}) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  const image = context.createImageData(width, height);
  const target = new Uint32Array(image.data.buffer);
  let { packed } = initialTheme.values;
  /** @type {WeightModel | undefined} */
  let model;

  function paint() {
    if (!model) return;
    const { weights, offset, reach } = model;
    let changed = false;
    for (let place = 0; place < target.length; ++place) {
      const pixel = packed[scaleIndex(weights[offset + place] / reach)];
      if (target[place] === pixel) continue;
      target[place] = pixel;
      changed = true;
    }
    // A canvas that was drawn on is copied to the screen, whether there is anything new on it or not.
    if (changed) context?.putImageData(image, 0, 0);
  }

  return {
    /** @param {WeightModel} next */
    draw(next) {
      model = next;
      paint();
    },
    /** @param {Theme} next */
    setTheme(next) {
      ({ packed } = next.values);
      paint();
    },
    dispose() {
      model = undefined;
    },
  };
}

/**
 * The end of a symmetric scale for weights: nearly all lie within, and it is a round number, so that it does not tremble while they
 * change.
 * @param {ArrayLike<number>} weights
 * @param {number} count how many from the start
 * @returns {number}
 */
export function weightReach(weights, count) {
  let largest = 0;
  for (let index = 0; index < count; ++index) {
    const size = Math.abs(weights[index]);
    if (size > largest && size < Infinity) largest = size;
  }
  if (largest === 0) return 1;
  // A histogram finds the percentile in one pass, sorting a quarter of a million weights sixty times a second would not.
  const bins = new Uint32Array(512);
  const width = largest / bins.length;
  for (let index = 0; index < count; ++index) {
    const bin = Math.floor(Math.abs(weights[index]) / width);
    bins[bin < bins.length ? bin : bins.length - 1] += 1;
  }
  let below = 0;
  let bin = 0;
  while (bin < bins.length - 1 && below + bins[bin] < WITHIN * count) below += bins[bin++];
  return roundUp((bin + 1) * width);
}

/**
 * The next larger of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten.
 * @param {number} value
 */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const mantissa = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value * (1 - 1e-6)) ?? 10;
  return Number((mantissa * power).toPrecision(2));
}
