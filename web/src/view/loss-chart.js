import { linearRange, logarithmicRange, shortNumber } from './chart-scale.js';
import './language-tag.js';
import { formatCount } from '../text/text.js';

/**
 * @import uPlot from 'uplot'
 * @import { Theme } from './color.js'
 */

/**
 * @typedef {object} ChartModel
 * @property {readonly number[]} places epochs
 * @property {readonly (number | null)[]} train
 * @property {readonly (number | null)[]} test
 * @property {boolean} [logarithmic]
 * @property {number} [goal] a height to be reached, drawn as a dotted line
 * @property {Branch} [branch]
 */

/**
 * How the train curve went on before the run branched off from its first point.
 * @typedef {{ places: readonly number[], train: readonly (number | null)[] }} Branch
 */

/** uPlot, fetched for the first curve: a page's first picture does not wait for it. @type {typeof uPlot | undefined} */
let Plot;
/** @type {Promise<void> | undefined} */
let loading;

async function loadPlot() {
  loading ??= import('uplot').then((module) => {
    Plot = module.default;
  });
  try {
    await loading;
  } catch (thrown) {
    // The next point of the curves asks again.
    loading = undefined;
    reportError(thrown);
  }
}

const FONT_SIZE = 13;
const TALLEST_TICKS = 28;

/**
 * Two curves over the epochs: training solid, test dashed.
 * @param {HTMLElement} container
 * @param {Theme} initialTheme
 * @param {object} options
 * @param {readonly [number | null, number | null]} [options.range] of the vertical axis; null follows the curves
 * @param {number} [options.floor] the axis begins at a multiple of this, where it follows the curves
 * @param {boolean} [options.epochs] whether the horizontal axis carries its numbers
 * @param {(value: number) => string} [options.format] of the vertical axis
 * @param {(index: number | undefined) => void} [options.onPoint] the point under the pointer
 */
export function createLossChart(
  container,
  initialTheme,
  { range = [0, null], floor = 0, epochs = true, format = shortNumber, onPoint } = {},
) {
  let theme = initialTheme;
  let logarithmic = false;
  let disposed = false;
  /** @type {uPlot | undefined} */
  let plot;
  /** @type {ChartModel | undefined} */
  let model;

  /** @returns {uPlot.AlignedData} */
  const data = () => [model ? [...model.places] : [], model ? [...model.train] : [], model ? [...model.test] : []];

  /** @param {uPlot} chart */
  function drawGoal({ ctx, bbox, valToPos }) {
    if (model?.goal === undefined) return;
    const place = valToPos(model.goal, 'y', true);
    if (place < bbox.top || place > bbox.top + bbox.height) return;
    const pixel = theme.scale * (globalThis.devicePixelRatio || 1);
    ctx.save();
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = pixel;
    ctx.setLineDash([pixel, 3 * pixel]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, place);
    ctx.lineTo(bbox.left + bbox.width, place);
    ctx.stroke();
    ctx.restore();
  }

  /** Draws the chart anew, once there is a curve to draw and something to draw it with. */
  function build() {
    plot?.destroy();
    plot = undefined;
    if (disposed || (model?.places.length ?? 0) < 2) return;
    if (!Plot) {
      loadPlot().then(() => Plot && !plot && build());
      return;
    }
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0) return;
    /** @type {uPlot.Axis} */
    const axis = {
      stroke: () => theme.inkFaint,
      font: `${FONT_SIZE * theme.scale}px ${theme.font}`,
      grid: { stroke: () => theme.line, width: 1 / (globalThis.devicePixelRatio || 1) },
      ticks: { show: false },
      border: { show: false },
    };
    plot = new Plot(
      {
        width,
        height,
        padding: [8, 14, epochs ? 0 : 4, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, points: { size: 6 } },
        scales: {
          x: { time: false, range: (_, low, high) => [0, Math.max(1, high ?? 1, low ?? 0, model?.branch?.places.at(-1) ?? 0)] },
          y: logarithmic
            ? { distr: 3, range: (_, low, high) => logarithmicRange(low, high) }
            : { range: (_, low, high) => linearRange(range, floor, low, high) },
        },
        axes: [
          {
            ...axis,
            show: epochs,
            size: 24 * theme.scale,
            gap: 4,
            space: 60 * theme.scale,
            grid: { show: false },
            values: (_, splits) => splits.map((split) => (Number.isInteger(split) ? formatCount(split) : '')),
          },
          {
            ...axis,
            size: 50 * theme.scale,
            gap: 6,
            space: TALLEST_TICKS * theme.scale,
            values: (_, splits) => splits.map((split) => (split === null ? '' : format(split))),
          },
        ],
        series: [
          {},
          { stroke: () => theme.ink, width: 1.5 * theme.scale, points: { show: false } },
          { stroke: () => theme.accent, width: 1.5 * theme.scale, dash: [5, 3], points: { show: false } },
        ],
        hooks: { drawAxes: [drawBranch], draw: [drawGoal], setCursor: [(chart) => onPoint?.(chart.cursor.idx ?? undefined)] },
      },
      data(),
      container,
    );
  }

  /**
   * The curve that was left, and a line where it was left.
   * @param {uPlot} chart
   */
  function drawBranch({ ctx: context, bbox: { left, top, width, height }, valToPos }) {
    const { places = [], train = [] } = model?.branch ?? {};
    if (places.length === 0) return;
    const ratio = globalThis.devicePixelRatio || 1;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.strokeStyle = theme.lineStrong;
    context.lineWidth = ratio;
    context.beginPath();
    places.forEach((place, index) => {
      const value = train[index];
      if (value !== null) context.lineTo(valToPos(place, 'x', true), valToPos(value, 'y', true));
    });
    context.stroke();
    context.setLineDash([2 * ratio, 2 * ratio]);
    context.beginPath();
    context.moveTo(valToPos(places[0], 'x', true), top);
    context.lineTo(valToPos(places[0], 'x', true), top + height);
    context.stroke();
    context.restore();
  }

  const observer = new ResizeObserver(() => {
    if (!plot) build();
    else plot.setSize({ width: container.clientWidth, height: container.clientHeight });
  });
  observer.observe(container);

  return {
    /** @param {ChartModel} next */
    draw(next) {
      model = next;
      if ((next.logarithmic ?? false) !== logarithmic) {
        logarithmic = next.logarithmic ?? false;
        build();
      } else if (plot) plot.setData(data());
      else build();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      build();
    },
    dispose() {
      disposed = true;
      observer.disconnect();
      plot?.destroy();
    },
  };
}
