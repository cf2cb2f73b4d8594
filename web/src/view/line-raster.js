/**
 * Curves drawn straight into pixels. Where no graphics card helps, a canvas takes longer for a hundred wide curves than for everything
 * else on it; these run from left to right without ever turning back, so that a column of pixels at a time does. For pictures that
 * another follows at once: at rest the canvas draws the same curves itself.
 */

/** How a curve rises along its way, column by column: the part of its height, and that part's slope. @typedef {{ rise: Float32Array, slope: Float32Array }} Course */

const ROUNDS = 20;

/**
 * The course of a cubic Bézier curve whose control points stand at half the way: across = 1.5 t (1 - t)² + 1.5 t² (1 - t) + t³ and
 * rise = 3 t² - 2 t³, at the middle of each column.
 * @param {number} columns
 * @returns {Course}
 */
function courseOf(columns) {
  const rise = new Float32Array(columns);
  const slope = new Float32Array(columns);
  for (let column = 0; column < columns; ++column) {
    const across = (column + 0.5) / columns;
    let low = 0;
    let high = 1;
    for (let round = 0; round < ROUNDS; ++round) {
      const t = (low + high) / 2;
      if (1.5 * t * (1 - t) + t * t * t < across) low = t;
      else high = t;
    }
    const rest = 1 - low;
    rise[column] = low * low * (1 + 2 * rest);
    slope[column] = (6 * low * rest) / (1.5 * (1 - 2 * low) + 3 * low * low) / columns;
  }
  return { rise, slope };
}

/**
 * A picture to draw curves into.
 * @param {CanvasRenderingContext2D} context
 */
export function createLineRaster(context) {
  /** @type {ImageData | undefined} */
  let image;
  let pixels = new Uint32Array(0);
  /** @type {Map<number, Course>} */
  const courses = new Map();

  return {
    /** Begins anew, as large as the canvas is now. */
    clear() {
      const { width, height } = context.canvas;
      if (image?.width !== width || image.height !== height) {
        image = context.createImageData(width, height);
        pixels = new Uint32Array(image.data.buffer);
        courses.clear();
      } else pixels.fill(0);
    },
    /**
     * Draws a curve, level at both ends, over what is there; all lengths in pixels.
     * @param {number} left
     * @param {number} from its height on the left, from the top
     * @param {number} right
     * @param {number} to its height on the right
     * @param {number} width
     * @param {number} color packed as the colour tables are
     */
    curve(left, from, right, to, width, color) {
      if (!image) return;
      const first = Math.max(0, Math.round(left));
      const columns = Math.min(image.width, Math.round(right)) - first;
      if (columns <= 0) return;
      let course = courses.get(columns);
      if (!course) courses.set(columns, (course = courseOf(columns)));
      strokeColumns(pixels, image, course, { first, from, height: to - from, half: width / 2, color: color | 0 });
    },
    /** Puts the picture on the canvas, in place of what was there. */
    commit() {
      if (image) context.putImageData(image, 0, 0);
    },
  };
}

/**
 * @param {Uint32Array} pixels
 * @param {{ width: number, height: number }} size
 * @param {Course} course
 * @param {{ first: number, from: number, height: number, half: number, color: number }} curve
 */
function strokeColumns(pixels, { width, height: rows }, { rise, slope }, { first, from, height, half, color }) {
  const edge = half + 0.5;
  const most = Math.min(1, 2 * half);
  for (let column = 0; column < rise.length; ++column) {
    // Pixels have their middle at one half.
    const middle = from + height * rise[column] - 0.5;
    const steepness = height * slope[column];
    // What is so far above or below the curve is so much less far away from it.
    const farness = Math.sqrt(1 + steepness * steepness);
    const nearness = 1 / farness;
    const reach = edge * farness;
    const core = (half - 0.5) * farness;
    const top = Math.max(0, Math.ceil(middle - reach));
    const bottom = Math.min(rows - 1, Math.floor(middle + reach));
    const full = core > 0 ? Math.max(top, Math.ceil(middle - core)) : bottom + 1;
    const after = core > 0 ? Math.min(bottom, Math.floor(middle + core)) + 1 : bottom + 1;
    let row = top;
    let at = top * width + first + column;
    for (; row < full && row <= bottom; ++row, at += width) {
      pixels[at] = over(color, Math.min(most, edge - Math.abs(middle - row) * nearness), pixels[at]);
    }
    for (; row < after; ++row, at += width) pixels[at] = color;
    for (; row <= bottom; ++row, at += width) {
      pixels[at] = over(color, Math.min(most, edge - (row - middle) * nearness), pixels[at]);
    }
  }
}

/**
 * A colour laid over a pixel, covering a part of it.
 * @param {number} color opaque
 * @param {number} part
 * @param {number} below
 * @returns {number} its bits, with whatever sign
 */
function over(color, part, below) {
  const own = (part * 255 + 0.5) | 0;
  const alpha = below >>> 24;
  if (alpha === 255) {
    // Red and blue side by side, green between them.
    const others = (color & 0xff00ff) * own + (below & 0xff00ff) * (255 - own) + 0x800080;
    const green = ((color >> 8) & 0xff) * own + ((below >> 8) & 0xff) * (255 - own) + 0x80;
    return 0xff000000 | ((others >>> 8) & 0xff00ff) | (green & 0xff00);
  }
  if (alpha === 0) return (own << 24) | (color & 0xffffff);
  const rest = (alpha * (255 - own)) / 255;
  const sum = own + rest;
  const a = own / sum;
  const b = rest / sum;
  const red = (color & 0xff) * a + (below & 0xff) * b;
  const green = ((color >> 8) & 0xff) * a + ((below >> 8) & 0xff) * b;
  const blue = ((color >> 16) & 0xff) * a + ((below >> 16) & 0xff) * b;
  return (Math.round(sum) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red);
}
