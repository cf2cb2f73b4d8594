/**
 * A canvas at device pixels: it follows its box and the screen's pixel ratio, and draws again in the same frame, so that it never
 * shows a stretched or empty picture.
 */

/**
 * @typedef {object} Surface
 * @property {CanvasRenderingContext2D} context scaled so that one unit is one CSS pixel, or more where the page's type is larger
 * @property {number} width in units
 * @property {number} height in units
 * @property {number} ratio device pixels per unit
 */

/**
 * A picture that can be painted anywhere.
 * @typedef {object} Picture
 * @property {number} width in CSS pixels
 * @property {number} height in CSS pixels
 * @property {(context: CanvasRenderingContext2D, ratio: number) => void} paint
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(surface: Surface) => void} paint draws the whole picture
 * @param {() => number} [scale] CSS pixels per unit, as text and lines of the page around are larger
 */
export function createCanvas(canvas, paint, scale = () => 1) {
  const context = requireContext(canvas);
  /** @type {Surface} */
  const surface = { context, width: 0, height: 0, ratio: 1 };
  const box = { width: 0, height: 0 };

  const observer = new ResizeObserver(([entry]) => {
    const ratio = globalThis.devicePixelRatio || 1;
    const counted = entry.devicePixelContentBoxSize?.[0];
    const columns = exactPixels(counted?.inlineSize, entry.contentRect.width * ratio);
    const rows = exactPixels(counted?.blockSize, entry.contentRect.height * ratio);
    box.width = entry.contentRect.width;
    box.height = entry.contentRect.height;
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns;
      canvas.height = rows;
    }
    redraw();
  });
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' });
  } catch (error) {
    // Browsers without this box throw a TypeError; the content box and the pixel ratio do nearly as well.
    if (!(error instanceof TypeError)) throw error;
    observer.observe(canvas);
  }

  function redraw() {
    if (box.width === 0 || box.height === 0) return;
    surface.width = box.width / scale();
    surface.height = box.height / scale();
    surface.ratio = canvas.width / surface.width;
    context.setTransform(surface.ratio, 0, 0, surface.ratio, 0, 0);
    context.clearRect(0, 0, surface.width, surface.height);
    paint(surface);
  }

  /**
   * Draws a part of the picture anew, over what is there.
   * @param {(surface: Surface) => void} paintPart
   */
  function repaint(paintPart) {
    if (surface.width > 0) paintPart(surface);
  }

  /**
   * The picture as it is, for other contexts than the canvas's: a file, say.
   * @returns {Picture}
   */
  function picture() {
    return {
      width: surface.width,
      height: surface.height,
      paint: (other, ratio) => paint({ context: other, width: surface.width, height: surface.height, ratio }),
    };
  }

  return { surface, scale, redraw, repaint, picture, dispose: () => observer.disconnect() };
}

/**
 * The browser's own count of device pixels, which knows how the box was rounded; where it is missing, or (as when a device is emulated)
 * counts other pixels than the page's ratio says, the rounded product.
 * @param {number | undefined} counted
 * @param {number} computed
 */
function exactPixels(counted, computed) {
  return counted !== undefined && Math.abs(counted - computed) <= 1 ? counted : Math.round(computed);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {CanvasRenderingContext2D}
 */
function requireContext(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  return context;
}

/**
 * The nearest place where a hairline of one device pixel is sharp.
 * @param {number} position in CSS pixels
 * @param {number} ratio
 */
export function crisp(position, ratio) {
  return (Math.round(position * ratio) + 0.5) / ratio;
}

/**
 * A reusable picture of single values, one pixel each, to be scaled onto a canvas. Its first row is the bottom one.
 * @param {Document} document
 */
export function createGridImage(document) {
  const canvas = document.createElement('canvas');
  const context = requireContext(canvas);
  /** @type {ImageData | undefined} */
  let image;
  /** @type {Uint32Array} */
  let pixels = new Uint32Array(0);
  return {
    canvas,
    /**
     * The pixels to fill, packed as the colour tables are.
     * @param {number} columns
     * @param {number} rows
     */
    pixels(columns, rows) {
      if (!image || image.width !== columns || image.height !== rows) {
        canvas.width = columns;
        canvas.height = rows;
        image = context.createImageData(columns, rows);
        pixels = new Uint32Array(image.data.buffer);
      }
      return pixels;
    },
    commit() {
      if (image) context.putImageData(image, 0, 0);
    },
  };
}
