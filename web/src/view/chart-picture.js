/**
 * A chart of curves as a picture for files: the same axes and curves as on the page, where uPlot draws them on a canvas of its own.
 */
import { linearRange, logarithmicRange, shortNumber } from './chart-scale.js';

/** @import { Picture } from './canvas.js' */
/** @import { Theme } from './color.js' */

/**
 * @typedef {object} ChartCurve
 * @property {string} name
 * @property {string} color
 * @property {readonly number[]} dash
 * @property {readonly number[]} places on the horizontal axis, never falling
 * @property {readonly (number | null)[]} values
 */

/**
 * @typedef {object} ChartPicture
 * @property {string} title
 * @property {string} across what the horizontal axis counts
 * @property {readonly ChartCurve[]} curves the first is drawn first
 * @property {boolean} [logarithmic]
 * @property {readonly [number | null, number | null]} [range] of the vertical axis; null follows the curves
 * @property {(value: number) => string} [format] of the vertical axis
 */

const MARGIN = Object.freeze({ left: 58, right: 16, top: 34, bottom: 44 });
const FONT_SIZE = 13;
const TICK_ROOM = Object.freeze({ x: 70, y: 32 });
const KEY_LENGTH = 22;
export const TEST_DASH = Object.freeze([5, 3]);

/**
 * @param {ChartPicture} chart
 * @param {Theme} theme
 * @param {number} width
 * @param {number} height
 * @returns {Picture}
 */
export function chartPicture(chart, theme, width, height) {
  const { logarithmic = false, range = [0, null], format = shortNumber } = chart;
  const curves = chart.curves.filter(({ values }) => values.some((value) => value !== null));
  const values = curves
    .flatMap((curve) => curve.values)
    .filter((value) => value !== null && (!logarithmic || value > 0))
    .map(Number);
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [null, null];
  const [bottom, top] = logarithmic ? logarithmicRange(low, high) : linearRange(range, 0, low, high);
  const end = Math.max(0, ...curves.flatMap(({ places }) => places.slice(-1)));
  const last = end > 0 ? end : 1;
  const box = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const x = (/** @type {number} */ place) => box.left + (place / last) * box.width;
  const rise = (/** @type {number} */ value) =>
    logarithmic ? Math.log(value / bottom) / Math.log(top / bottom) : (value - bottom) / (top - bottom);
  const y = (/** @type {number} */ value) => box.top + (1 - rise(value)) * box.height;

  /** @param {CanvasRenderingContext2D} context @param {number} ratio */
  function paint(context, ratio) {
    context.font = `${FONT_SIZE}px ${theme.font}`;
    context.lineWidth = 1 / ratio;
    context.strokeStyle = theme.line;
    context.fillStyle = theme.inkFaint;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const tick of logarithmic ? decades(bottom, top) : ticks(bottom, top, box.height / TICK_ROOM.y)) {
      line(context, box.left, y(tick), box.left + box.width, y(tick));
      context.fillText(format(tick), box.left - 8, y(tick));
    }
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const tick of ticks(0, last, box.width / TICK_ROOM.x)) context.fillText(shortNumber(tick), x(tick), box.top + box.height + 6);
    context.fillText(chart.across, box.left + box.width / 2, box.top + box.height + 24);
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    context.lineWidth = 1.5;
    for (const curve of curves) drawCurve(context, curve);
    context.restore();
    paintHead(context);
  }

  /** Title on the left, the key on the right. @param {CanvasRenderingContext2D} context */
  function paintHead(context) {
    const middle = MARGIN.top / 2;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.fillStyle = theme.ink;
    context.fillText(chart.title, box.left, middle);
    let right = width - MARGIN.right;
    context.textAlign = 'right';
    context.lineWidth = 1.5;
    for (const { name, color, dash } of [...curves].reverse()) {
      context.fillText(name, right, middle);
      right -= context.measureText(name).width + 6;
      context.strokeStyle = color;
      context.setLineDash([...dash]);
      line(context, right - KEY_LENGTH, middle, right, middle);
      right -= KEY_LENGTH + 16;
    }
    context.setLineDash([]);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ChartCurve} curve
   */
  function drawCurve(context, { places, values, color, dash }) {
    context.strokeStyle = color;
    context.setLineDash([...dash]);
    context.beginPath();
    let pen = false;
    values.forEach((value, index) => {
      const drawn = value !== null && (!logarithmic || value > 0);
      if (drawn && pen) context.lineTo(x(places[index]), y(value));
      else if (drawn) context.moveTo(x(places[index]), y(value));
      pen = drawn;
    });
    context.stroke();
    context.setLineDash([]);
  }

  return { width, height, paint };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function line(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/**
 * Round numbers from one end to the other, at most about as many as there is room for.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @returns {number[]}
 */
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * @param {number} low
 * @param {number} high
 */
function decades(low, high) {
  const first = Math.round(Math.log10(low));
  return Array.from({ length: Math.round(Math.log10(high)) - first + 1 }, (_, i) => 10 ** (first + i));
}
