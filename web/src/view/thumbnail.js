import { createCanvas, createGridImage } from './canvas.js';
import { scaleIndex } from './color.js';

/**
 * @import { Surface } from './canvas.js'
 * @import { Theme } from './color.js'
 * @import { Points } from './surface.js'
 */

/**
 * @typedef {{ kind: 'points', points: Points, classes: number, reach: number, domain: readonly [number, number] }
 *   | { kind: 'grid', values: ArrayLike<number>, columns: number, rows: number, reach: number }} Picture
 */

const INSET = 3;
const POINT_RADIUS = 1.15;
/** The few rows of a truth table are drawn larger. */
const FEW = 16;
const LARGE_RADIUS = 2.5;
const VALUE_SIZE = 4;

/**
 * A small picture of a data set's points or of one function over the plane.
 * @param {HTMLCanvasElement} canvas
 */
export function createThumbnail(canvas) {
  const grid = createGridImage(canvas.ownerDocument);
  /** @type {Picture | undefined} */
  let picture;
  /** @type {Theme | undefined} */
  let theme;
  const view = createCanvas(canvas, (surface) => {
    if (!picture || !theme) return;
    if (picture.kind === 'points') paintPoints(surface, picture, theme);
    else paintGrid(surface, picture, theme);
  });

  /**
   * @param {Surface} surface
   * @param {Picture & { kind: 'grid' }} picture
   * @param {Theme} theme
   */
  function paintGrid({ context, width, height }, { values, columns, rows, reach }, { values: scale }) {
    const pixels = grid.pixels(columns, rows);
    for (let row = 0; row < rows; ++row) {
      for (let column = 0; column < columns; ++column) {
        pixels[(rows - 1 - row) * columns + column] = scale.packed[scaleIndex(values[row * columns + column] / reach)];
      }
    }
    grid.commit();
    context.imageSmoothingEnabled = true;
    context.drawImage(grid.canvas, 0, 0, width, height);
  }

  return {
    /**
     * @param {Picture} nextPicture
     * @param {Theme} nextTheme
     */
    draw(nextPicture, nextTheme) {
      picture = nextPicture;
      theme = nextTheme;
      view.redraw();
    },
    dispose: view.dispose,
  };
}

/**
 * @param {Surface} surface
 * @param {Picture & { kind: 'points' }} picture
 * @param {Theme} theme
 */
function paintPoints({ context, width, height }, { points, classes, reach, domain: [low, high] }, theme) {
  const radius = points.rows <= FEW ? LARGE_RADIUS : POINT_RADIUS;
  for (let row = 0; row < points.rows; ++row) {
    const value = points.values[row];
    const x = INSET + ((points.inputs[row * 2] - low) / (high - low)) * (width - 2 * INSET);
    const y = INSET + ((high - points.inputs[row * 2 + 1]) / (high - low)) * (height - 2 * INSET);
    if (classes === 0) {
      // Values cover the picture, in the colours of the surface.
      context.fillStyle = theme.values.css[scaleIndex(value / reach)];
      context.fillRect(x - VALUE_SIZE / 2, y - VALUE_SIZE / 2, VALUE_SIZE, VALUE_SIZE);
      continue;
    }
    context.fillStyle = classes > 2 ? theme.classes[value % theme.classes.length] : theme.marks.css[scaleIndex(value > 0 ? 1 : -1)];
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
}
