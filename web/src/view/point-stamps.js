/**
 * Many points at once: each is a stamp of pixels that was drawn a single time, so that tens of thousands cost milliseconds. Places are
 * rounded to whole pixels.
 */

/**
 * @typedef {object} Stamp
 * @property {number} size in device pixels
 * @property {Uint8ClampedArray} pixels RGBA
 */

/**
 * Draws a stamp: `paint` draws around the origin, in CSS pixels.
 * @param {Document} document
 * @param {number} radius how far it reaches, in CSS pixels
 * @param {number} ratio device pixels per CSS pixel
 * @param {(context: CanvasRenderingContext2D) => void} paint
 * @returns {Stamp}
 */
export function makeStamp(document, radius, ratio, paint) {
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
