import { createCanvas, crisp } from './canvas.js';

/** @import { Theme } from './color.js' */
/** @import { Surface } from './canvas.js' */

/**
 * @typedef {object} BarsModel
 * @property {ArrayLike<number>} values drawn from 0 to 1; not a number where there is none
 * @property {number | undefined} best the winner's index
 * @property {number | undefined} truth the index that would be right, where that is known
 * @property {readonly string[]} [names] of the classes; one without is written by its number
 * @property {(value: number) => string} format
 */

const FONT_SIZE = 13;
const LABEL_WIDTH = 20;
/** Names take so much of the width at most. */
const NAMES_SHARE = 0.4;
/** Between a name and the bar, with the mark of the truth. */
const LABEL_GAP = 14;
const NUMBER_WIDTH = 64;

/**
 * Probabilities as horizontal bars, one per class, on a common scale from 0 to 1.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createBars(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {BarsModel | undefined} */
  let model;
  const view = createCanvas(canvas, paint, () => theme.scale);

  /** @param {Surface} surface */
  function paint({ context, width, height, ratio }) {
    if (!model) return;
    const { values, best, truth, format, names = [] } = model;
    const nameOf = (/** @type {number} */ index) => names[index] || String(index);
    const row = height / values.length;
    const thickness = Math.max(4, Math.min(14, row * 0.55));
    context.font = `600 ${FONT_SIZE}px ${theme.font}`;
    const longest = Math.max(0, ...names.map((name) => context.measureText(name).width));
    const [left, right] = [Math.max(LABEL_WIDTH, Math.min(longest + LABEL_GAP, NAMES_SHARE * width)), width - NUMBER_WIDTH];
    context.textBaseline = 'middle';
    for (let index = 0; index < values.length; ++index) {
      const middle = (index + 0.5) * row;
      const value = values[index];
      const wins = index === best;
      context.font = `${wins ? '600 ' : ''}${FONT_SIZE}px ${theme.font}`;
      context.textAlign = 'left';
      context.fillStyle = wins ? theme.ink : theme.inkSoft;
      context.fillText(nameOf(index), 2, middle, left - LABEL_GAP + 2);
      // The track is a hairline: an empty row is still a place on the scale.
      context.fillStyle = theme.line;
      context.fillRect(left, crisp(middle, ratio) - 0.5 / ratio, right - left, 1 / ratio);
      if (index === truth) drawTruth(context, left - 5, middle);
      if (!Number.isFinite(value)) continue;
      context.fillStyle = wins ? theme.accent : theme.lineStrong;
      const length = (right - left) * Math.min(1, Math.max(0, value));
      if (length > 0) context.fillRect(left, middle - thickness / 2, Math.max(1 / ratio, length), thickness);
      context.textAlign = 'right';
      context.fillStyle = wins ? theme.ink : theme.inkSoft;
      context.fillText(format(value), width - 1, middle);
    }
  }

  /**
   * A small triangle that points at the right answer.
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   */
  function drawTruth(context, x, y) {
    context.fillStyle = theme.ink;
    context.beginPath();
    context.moveTo(x + 3, y);
    context.lineTo(x - 2, y - 4);
    context.lineTo(x - 2, y + 4);
    context.closePath();
    context.fill();
  }

  return {
    /** @param {BarsModel} next */
    draw(next) {
      model = next;
      view.redraw();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      view.redraw();
    },
    dispose: view.dispose,
  };
}
