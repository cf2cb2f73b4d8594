import uPlot from 'uplot';
import { formatCount } from '../text/text.js';

/** @import { Theme } from './color.js' */

/** @typedef {{ label: string, places: readonly number[], values: readonly (number | null)[] }} OverlayCurve */

/** Curves drawn at most; beyond that nobody can tell them apart. */
export const MOST_CURVES = 8;
/** Told by colour and by dashes. */
const dashes = Object.freeze([[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 3], [4, 4], [1, 2], [10, 2, 2, 2, 2, 2]]);

/**
 * The curves of several runs over their epochs, on one pair of axes.
 * @param {HTMLElement} container
 * @param {Theme} initialTheme
 */
export function createOverlayChart(container, initialTheme) {
  let theme = initialTheme;
  /** @type {readonly OverlayCurve[]} */
  let curves = [];
  /** @type {uPlot | undefined} */
  let plot;

  function build() {
    plot?.destroy();
    plot = undefined;
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0 || curves.length === 0) return;
    const axis = {
      stroke: () => theme.inkFaint,
      font: `${13 * theme.scale}px ${theme.font}`,
      grid: { stroke: () => theme.line, width: 1 / (globalThis.devicePixelRatio || 1) },
      ticks: { show: false },
    };
    plot = new uPlot(
      {
        width,
        height,
        padding: [8, 14, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, points: { size: 6 } },
        scales: { x: { time: false }, y: { range: (_, _low, high) => [0, (high ?? 1) * 1.05 || 1] } },
        axes: [
          { ...axis, size: 24, gap: 4, space: 60, grid: { show: false }, values: (_, splits) => splits.map(formatCount) },
          { ...axis, size: 50, gap: 6, space: 28 },
        ],
        series: [
          {},
          ...curves.map(({ label }, index) => ({
            label,
            stroke: () => overlayColor(theme, index),
            dash: dashes[index],
            width: 1.5,
            points: { show: false },
            spanGaps: true,
          })),
        ],
      },
      uPlot.join(curves.map(({ places, values }) => /** @type {uPlot.AlignedData} */ ([[...places], [...values]]))),
      container,
    );
  }

  const observer = new ResizeObserver(() => {
    if (!plot) build();
    else plot.setSize({ width: container.clientWidth, height: container.clientHeight });
  });
  observer.observe(container);

  return {
    /** @param {readonly OverlayCurve[]} next at most MOST_CURVES */
    draw(next) {
      curves = next;
      build();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      build();
    },
    dispose() {
      observer.disconnect();
      plot?.destroy();
    },
  };
}

/**
 * @param {Theme} theme
 * @param {number} index
 */
export function overlayColor(theme, index) {
  return theme.classes[index % theme.classes.length];
}
