/**
 * Many points at once: each is a stamp of pixels that was drawn a single time, so that tens of thousands cost milliseconds. Places are
 * rounded to whole pixels.
 */

/** @import { Points } from './surface.js' */

/**
 * @typedef {object} Stamp
 * @property {number} size in device pixels
 * @property {Uint8ClampedArray} pixels RGBA
 */

/** Those that were drawn, by what they look like. @typedef {Map<string, Stamp>} Stamps */

/** Colours of a regression, in every size, are many: so many stamps are kept. */
const MOST_STAMPS = 4096;

/**
 * Draws a stamp: `paint` draws around the origin, in CSS pixels.
 * @param {Document} document
 * @param {number} radius how far it reaches, in CSS pixels
 * @param {number} ratio device pixels per CSS pixel
 * @param {(context: CanvasRenderingContext2D) => void} paint
 * @returns {Stamp}
 */
function makeStamp(document, radius, ratio, paint) {
  const half = Math.ceil(radius * ratio);
  const size = 2 * half + 1;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  context.setTransform(ratio, 0, 0, ratio, half + 0.5, half + 0.5);
  paint(context);
  return { size, pixels: context.getImageData(0, 0, size, size).data };
}

/**
 * Lays a stamp over a picture, its middle on a pixel; what lies outside is cut off.
 * @param {ImageData} picture
 * @param {Stamp} stamp
 * @param {number} column
 * @param {number} row
 */
export function stamp({ data, width, height }, { size, pixels }, column, row) {
  const half = size >> 1;
  const firstRow = Math.max(0, half - row);
  const endRow = Math.min(size, height - row + half);
  const firstColumn = Math.max(0, half - column);
  const endColumn = Math.min(size, width - column + half);
  for (let y = firstRow; y < endRow; ++y) {
    let from = 4 * (y * size + firstColumn);
    let to = 4 * ((row - half + y) * width + column - half + firstColumn);
    for (let x = firstColumn; x < endColumn; ++x, from += 4, to += 4) {
      const alpha = pixels[from + 3] / 255;
      if (alpha === 0) continue;
      // "Source over" with colours that are not multiplied by their alpha.
      const below = (data[to + 3] / 255) * (1 - alpha);
      const sum = alpha + below;
      for (let channel = 0; channel < 3; ++channel) {
        data[to + channel] = (pixels[from + channel] * alpha + data[to + channel] * below) / sum;
      }
      data[to + 3] = 255 * sum;
    }
  }
}

/**
 * Draws the points of several splits as stamps over the whole of a canvas.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly (Points | undefined)[]} splits the later ones lie above
 * @param {{ x: readonly [number, number], y: readonly [number, number], size: number, ratio: number, reach: number, stamps: Stamps }} plane
 *   where the points lie; its side in CSS pixels, device pixels in each, how far a stamp reaches, and the stamps of earlier times
 * @param {(points: Points, row: number) => { key: string, paint: (context: CanvasRenderingContext2D) => void }} lookOf points with the
 *   same key look the same
 */
export function stampPoints(context, splits, { x, y, size, ratio, reach, stamps }, lookOf) {
  const picture = context.createImageData(context.canvas.width, context.canvas.height);
  for (const points of splits) {
    if (!points) continue;
    if (stamps.size > MOST_STAMPS) stamps.clear();
    for (let row = 0; row < points.rows; ++row) {
      const { key, paint } = lookOf(points, row);
      const known = stamps.get(key);
      const one = known ?? makeStamp(context.canvas.ownerDocument, reach, ratio, paint);
      if (!known) stamps.set(key, one);
      const across = (points.inputs[row * 2] - x[0]) / (x[1] - x[0]);
      const down = 1 - (points.inputs[row * 2 + 1] - y[0]) / (y[1] - y[0]);
      stamp(picture, one, Math.floor(across * size * ratio), Math.floor(down * size * ratio));
    }
  }
  context.putImageData(picture, 0, 0);
}
