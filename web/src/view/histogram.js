import { createCanvas, crisp } from './canvas.js';
import { scaleIndex } from './color.js';
import { formatField } from '../text/text.js';

/** @import { Theme } from './color.js' */
/** @import { Surface } from './canvas.js' */

/**
 * @typedef {object} HistogramModel
 * @property {ArrayLike<number>} counts one a bin
 * @property {readonly [number, number]} range that the bins divide evenly
 * @property {ArrayLike<number>} [live] one a bin: whether what falls into it can still learn
 * @property {{ value: ArrayLike<number>, slope: ArrayLike<number> }} [curve] a function and its derivative, evenly over the range
 */

const MARGIN = Object.freeze({ left: 4, right: 4, top: 6, bottom: 20 });
const FONT_SIZE = 12;
/** How much of the height the fullest bin takes where a curve shares the room. */
const BARS_PART = 0.62;
/** The steepest slope ends below the top, so that it does not lie on the function's own line. */
const SLOPE_PART = 0.85;

/**
 * How often which number occurs; where it goes through a function, drawn on that function's curve: what stands under a flat part of
 * the curve is paler.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createHistogram(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {HistogramModel | undefined} */
  let model;
  const view = createCanvas(canvas, paint, () => theme.scale);

  /** @param {Surface} surface */
  function paint({ context, width, height, ratio }) {
    if (!model) return;
    const plot = {
      left: MARGIN.left,
      top: MARGIN.top,
      width: width - MARGIN.left - MARGIN.right,
      height: height - MARGIN.top - MARGIN.bottom,
    };
    paintBars(context, model, plot);
    paintAxis(context, model, plot, ratio);
    if (model.curve) paintCurve(context, model.curve, plot);
  }

  /** @typedef {{ left: number, top: number, width: number, height: number }} Plot */

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HistogramModel} model
   * @param {Plot} plot
   */
  function paintBars(context, { counts, live, curve }, { left, top, width, height }) {
    const most = Math.max(1, ...Array.from(counts));
    const bin = width / counts.length;
    for (let index = 0; index < counts.length; ++index) {
      if (counts[index] === 0) continue;
      const size = Math.max(1, (counts[index] / most) * height * (curve ? BARS_PART : 1));
      context.fillStyle = !live || live[index] ? theme.lineStrong : theme.line;
      context.fillRect(left + index * bin, top + height - size, Math.max(1, bin - 1), size);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HistogramModel} model
   * @param {Plot} plot
   * @param {number} ratio
   */
  function paintAxis(context, { range: [low, high] }, { left, top, width, height }, ratio) {
    const bottom = top + height;
    context.fillStyle = theme.lineStrong;
    context.fillRect(left, crisp(bottom, ratio) - 0.5 / ratio, width, 1 / ratio);
    context.fillStyle = theme.inkFaint;
    context.font = `${FONT_SIZE}px ${theme.font}`;
    context.textBaseline = 'top';
    for (const [value, align] of /** @type {const} */ ([
      [low, 'left'],
      [(low + high) / 2, 'center'],
      [high, 'right'],
    ])) {
      context.textAlign = align;
      context.fillText(formatField(value), left + ((value - low) / (high - low)) * width, bottom + 5);
    }
  }

  /**
   * The function in the colours of its values, its derivative as a thin dashed line on a scale of its own, from the axis upwards.
   * @param {CanvasRenderingContext2D} context
   * @param {{ value: ArrayLike<number>, slope: ArrayLike<number> }} curve
   * @param {Plot} plot
   */
  function paintCurve(context, { value, slope }, { left, top, width, height }) {
    const values = Array.from(value).filter(Number.isFinite);
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const reach = Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE);
    /** @param {number} index */
    const x = (index) => left + (index / (value.length - 1)) * width;
    /** @param {number} y */
    const at = (y) => top + height - ((y - low) / (high - low || 1)) * height;
    const slopes = Array.from(slope).filter(Number.isFinite);
    const steepest = Math.max(...slopes, Number.MIN_VALUE);
    const flattest = Math.min(0, ...slopes);
    context.lineJoin = 'round';
    context.lineWidth = 1;
    context.strokeStyle = theme.inkSoft;
    context.setLineDash([3, 3]);
    context.beginPath();
    for (let index = 0; index < slope.length; ++index) {
      context.lineTo(x(index), top + height - ((slope[index] - flattest) / (steepest - flattest)) * height * SLOPE_PART);
    }
    context.stroke();
    context.setLineDash([]);
    context.lineWidth = 2.25;
    for (let index = 0; index + 1 < value.length; ++index) {
      context.strokeStyle = theme.marks.css[scaleIndex((value[index] + value[index + 1]) / (2 * reach))];
      context.beginPath();
      context.moveTo(x(index), at(value[index]));
      context.lineTo(x(index + 1), at(value[index + 1]));
      context.stroke();
    }
  }

  return {
    /** @param {HistogramModel} next */
    draw(next) {
      model = next;
      view.redraw();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      view.redraw();
    },
    picture: view.picture,
    dispose: view.dispose,
  };
}
