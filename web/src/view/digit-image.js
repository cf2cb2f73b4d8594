import { mix, pack, parseColor } from './color.js';

/** @import { Theme } from './color.js' */

const LEVELS = 256;

/**
 * A small picture of one byte per pixel as ink on paper, in the theme's own ink. The canvas has one pixel per value; its size on the
 * page is the style sheet's business.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 * @param {{ width?: number, height?: number }} [size] in pixels of the picture
 */
export function createDigitImage(canvas, initialTheme, { width = 28, height = 28 } = {}) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  const image = context.createImageData(width, height);
  const target = new Uint32Array(image.data.buffer);
  let levels = inkLevels(initialTheme);
  /** @type {ArrayLike<number> | undefined} */
  let pixels;

  function paint() {
    if (!pixels) return;
    for (let place = 0; place < target.length; ++place) target[place] = levels[pixels[place]];
    context?.putImageData(image, 0, 0);
  }

  return {
    /** @param {ArrayLike<number>} next grey levels, row by row; 255 is full ink */
    draw(next) {
      pixels = next;
      paint();
    },
    /** @param {Theme} next */
    setTheme(next) {
      levels = inkLevels(next);
      paint();
    },
    dispose() {
      pixels = undefined;
    },
  };
}

/** @type {WeakMap<Theme, Uint32Array>} */
const levelsOf = new WeakMap();

/**
 * From paper to ink in even steps; one table for all pictures of a theme.
 * @param {Theme} theme
 */
function inkLevels(theme) {
  let levels = levelsOf.get(theme);
  if (!levels) {
    const [paper, ink] = [parseColor(theme.paper), parseColor(theme.ink)];
    levels = Uint32Array.from({ length: LEVELS }, (_, level) => pack(mix(paper, ink, level / (LEVELS - 1))));
    levelsOf.set(theme, levels);
  }
  return levels;
}
