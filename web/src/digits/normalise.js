/**
 * Brings a drawing into the form of MNIST's own digits. The National Institute's scans were cropped to their ink, scaled to fit a box
 * of 20 × 20 pixels with their proportions kept, which made the greys, and laid into 28 × 28 so that their centre of mass falls on the
 * middle. A network that learned such pictures knows no others: the same stroke a few pixels aside is a different input.
 * Pure; runs in Node.
 */

/** Side of a MNIST picture. */
export const PICTURE_SIZE = 28;

/** The longer side of the ink in every MNIST picture. */
export const BOX_SIZE = 20;

/**
 * MNIST's 60,000 pictures have their centre of mass within the pixel of row and column 14 (counted from 0), spread evenly over it:
 * they were moved by whole pixels.
 */
const CENTRE_PIXEL = 14;

/** Raster pixels per picture pixel when a stroke is drawn before it is shrunk. */
const OVERSAMPLING = 8;

/** Thinnest and thickest pen of MNIST's writers, tenth and ninetieth percentile, in picture pixels. */
const THINNEST = 1.8;
const THICKEST = 3.6;

/**
 * Grey levels, row by row from the top; 0 is paper and 255 full ink.
 * @typedef {object} Picture
 * @property {Uint8Array | Float32Array} values
 * @property {number} width
 * @property {number} height
 */

/** @typedef {{ x: number, y: number }} Point from 0 to 1 over the pad, y downwards */
/** @typedef {readonly Point[]} Stroke */

/**
 * @typedef {object} Normalised
 * @property {Uint8Array} pixels 28 × 28
 * @property {{ left: number, top: number, width: number, height: number } | null} ink where the ink was, in the picture given; null on blank paper
 * @property {{ left: number, top: number, width: number, height: number } | null} box where it is now
 */

/**
 * Crops, scales and centres a picture.
 * @param {Picture} picture
 * @param {number} [scale] picture pixels per pixel given; fits the box unless it is said
 * @returns {Normalised}
 */
export function normalisePicture(picture, scale) {
  const pixels = new Uint8Array(PICTURE_SIZE ** 2);
  const ink = inkOf(picture);
  if (!ink) return { pixels, ink: null, box: null };
  const factor = scale ?? BOX_SIZE / Math.max(ink.width, ink.height);
  const width = Math.max(1, Math.round(ink.width * factor));
  const height = Math.max(1, Math.round(ink.height * factor));
  const small = resample(picture, ink, width, height);
  const centre = centreOfMass(small, width, height);
  const left = placeOf(centre.x, width);
  const top = placeOf(centre.y, height);
  for (let row = 0; row < height; ++row) {
    for (let column = 0; column < width; ++column) {
      pixels[(top + row) * PICTURE_SIZE + left + column] = Math.round(small[row * width + column]);
    }
  }
  return { pixels, ink, box: { left, top, width, height } };
}

/**
 * Shrinks a picture to 28 × 28 and does nothing else.
 * @param {Picture} picture
 * @returns {Uint8Array}
 */
export function reducePicture(picture) {
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  return Uint8Array.from(resample(picture, whole, PICTURE_SIZE, PICTURE_SIZE), Math.round);
}

/**
 * Strokes as MNIST would have them. The pen is scaled with the drawing, but kept within what MNIST's writers used: a digit drawn small
 * on the pad would otherwise become a blot.
 * @param {readonly Stroke[]} strokes
 * @param {number} pen its width, where the pad is 1
 * @returns {Normalised}
 */
export function normaliseStrokes(strokes, pen) {
  const bounds = boundsOf(strokes);
  if (!bounds) return { pixels: new Uint8Array(PICTURE_SIZE ** 2), ink: null, box: null };
  const extent = Math.max(bounds.width, bounds.height);
  const width = Math.min(THICKEST, Math.max(THINNEST, (pen * BOX_SIZE) / (extent + pen)));
  const scale = extent > 0 ? ((BOX_SIZE - width) / extent) * OVERSAMPLING : 0;
  const margin = (width / 2) * OVERSAMPLING + 1;
  const picture = rasterise(strokes, {
    size: BOX_SIZE * OVERSAMPLING + 2,
    scale,
    left: margin - bounds.left * scale,
    top: margin - bounds.top * scale,
    pen: width * OVERSAMPLING,
  });
  // A single dot fits no box: blown up to 20 pixels it would be a disc that no pen draws.
  return normalisePicture(picture, extent > 0 ? undefined : 1 / OVERSAMPLING);
}

/**
 * Strokes as the pad shows them, shrunk to 28 × 28.
 * @param {readonly Stroke[]} strokes
 * @param {number} pen its width, where the pad is 1
 */
export function reduceStrokes(strokes, pen) {
  const size = PICTURE_SIZE * OVERSAMPLING;
  return reducePicture(rasterise(strokes, { size, scale: size, left: 0, top: 0, pen: pen * size }));
}

/**
 * The whole-pixel place that brings a centre of mass into the middle pixel, as far as the ink stays on the picture.
 * @param {number} centre in pixels from the ink's edge
 * @param {number} length of the ink
 */
function placeOf(centre, length) {
  return Math.min(PICTURE_SIZE - length, Math.max(0, Math.ceil(CENTRE_PIXEL - centre)));
}

/** @param {Picture} picture */
function inkOf({ values, width, height }) {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let row = 0; row < height; ++row) {
    for (let column = 0; column < width; ++column) {
      if (values[row * width + column] <= 0) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      bottom = row;
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * @param {Float32Array} values
 * @param {number} width
 * @param {number} height
 */
function centreOfMass(values, width, height) {
  let mass = 0;
  let x = 0;
  let y = 0;
  for (let row = 0; row < height; ++row) {
    for (let column = 0; column < width; ++column) {
      const value = values[row * width + column];
      mass += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return { x: x / mass, y: y / mass };
}

/**
 * Part of a picture at another size. Each new pixel is the mean of the area that it covers, so that no ink is lost however thin.
 * @param {Picture} picture
 * @param {{ left: number, top: number, width: number, height: number }} part
 * @param {number} width
 * @param {number} height
 */
function resample(picture, part, width, height) {
  const rows = new Float32Array(width * part.height);
  const across = overlaps(part.width, width);
  for (let row = 0; row < part.height; ++row) {
    const from = (part.top + row) * picture.width + part.left;
    for (const { source, target, weight } of across) rows[row * width + target] += weight * picture.values[from + source];
  }
  const result = new Float32Array(width * height);
  for (const { source, target, weight } of overlaps(part.height, height)) {
    for (let column = 0; column < width; ++column) result[target * width + column] += weight * rows[source * width + column];
  }
  return result;
}

/**
 * Which old pixels each new one covers, and with what share of it, along one side.
 * @param {number} from
 * @param {number} to
 */
function overlaps(from, to) {
  const list = [];
  const ratio = from / to;
  for (let target = 0; target < to; ++target) {
    const start = target * ratio;
    const end = start + ratio;
    for (let source = Math.floor(start); source < Math.min(from, Math.ceil(end)); ++source) {
      const weight = (Math.min(end, source + 1) - Math.max(start, source)) / ratio;
      if (weight > 0) list.push({ source, target, weight });
    }
  }
  return list;
}

/** @param {readonly Stroke[]} strokes */
function boundsOf(strokes) {
  const points = strokes.flat();
  if (points.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/**
 * Draws strokes with a round pen.
 * @param {readonly Stroke[]} strokes
 * @param {{ size: number, scale: number, left: number, top: number, pen: number }} options in raster pixels
 * @returns {Picture}
 */
function rasterise(strokes, { size, scale, left, top, pen }) {
  const values = new Uint8Array(size * size);
  const radius = pen / 2;
  for (const stroke of strokes) {
    for (let index = 0; index < stroke.length; ++index) {
      const from = stroke[Math.max(0, index - 1)];
      const to = stroke[index];
      segment(from.x * scale + left, from.y * scale + top, to.x * scale + left, to.y * scale + top);
    }
  }
  return { values, width: size, height: size };

  /**
   * Every pixel by its distance from the line, with an edge one pixel soft; where strokes cross, the darker one stays.
   * @param {number} x1
   * @param {number} y1
   * @param {number} x2
   * @param {number} y2
   */
  function segment(x1, y1, x2, y2) {
    const reach = radius + 0.5;
    const [dx, dy] = [x2 - x1, y2 - y1];
    const length = dx * dx + dy * dy;
    const lastColumn = Math.min(size - 1, Math.floor(Math.max(x1, x2) + reach));
    const lastRow = Math.min(size - 1, Math.floor(Math.max(y1, y2) + reach));
    for (let row = Math.max(0, Math.floor(Math.min(y1, y2) - reach)); row <= lastRow; ++row) {
      for (let column = Math.max(0, Math.floor(Math.min(x1, x2) - reach)); column <= lastColumn; ++column) {
        const [px, py] = [column + 0.5 - x1, row + 0.5 - y1];
        const along = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
        const distance = Math.sqrt((px - along * dx) ** 2 + (py - along * dy) ** 2);
        const ink = Math.round(255 * Math.min(1, reach - distance));
        const place = row * size + column;
        if (ink > values[place]) values[place] = ink;
      }
    }
  }
}
