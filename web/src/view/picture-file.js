/** A picture as a file: PNG at twice the size on the screen, or SVG. */
import { createSvgContext } from './svg-context.js';

/** @import { Picture } from './canvas.js' */

/** Printed and projected pictures are looked at more closely than the screen. */
const PNG_RATIO = 2;

/**
 * @param {Document} document
 * @param {Picture} picture
 * @param {string} paper the colour below
 * @returns {Promise<Blob>}
 */
export async function toPng(document, { width, height, paint }, paper) {
  const { canvas, context } = createPlain(document, Math.round(width * PNG_RATIO), Math.round(height * PNG_RATIO));
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(PNG_RATIO, PNG_RATIO);
  paint(context, PNG_RATIO);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser could not write the picture.'))), 'image/png');
  });
}

/**
 * @param {Document} document
 * @param {Picture} picture
 * @param {string} paper
 */
export function toSvg(document, { width, height, paint }, paper) {
  const { canvas, context: ruler } = createPlain(document, 1, 1);
  const svg = createSvgContext(width, height, {
    measure(text, font) {
      ruler.font = font;
      return ruler.measureText(text).width;
    },
    imageUrl(image, x, y, columns, rows) {
      canvas.width = columns;
      canvas.height = rows;
      ruler.drawImage(image, x, y, columns, rows, 0, 0, columns, rows);
      return canvas.toDataURL('image/png');
    },
  });
  paint(svg.context, 1);
  return svg.toString(paper);
}

/**
 * @param {Document} document
 * @param {number} width
 * @param {number} height
 */
function createPlain(document, width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  return { canvas, context };
}
