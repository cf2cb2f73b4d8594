import uPlot from 'uplot';
import { linearRange, logarithmicRange, shortNumber } from './chart-scale.js';
import { formatCount, formatField } from '../text/text.js';

/** @import { Theme } from './color.js' */

/**
 * @typedef {object} OverlayCurve
 * @property {string} label
 * @property {number} style which colour and dashes; -1 is the ink's own, whole line
 * @property {readonly number[]} places never falling
 * @property {readonly (number | null)[]} values
 */

/** Curves drawn at most beside the present one; beyond that nobody can tell them apart. */
export const MOST_CURVES = 8;
/** Told by colour and by dashes. */
export const overlayDashes = Object.freeze([[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 3], [4, 4], [1, 2], [10, 2, 2, 2, 2, 2]]);
const FONT_SIZE = 13;

/**
 * The curves of several runs on one pair of axes.
 * @param {HTMLElement} container
 * @param {Theme} initialTheme
 * @param {{ onPoint: (place: number | undefined) => void }} options `onPoint`: the pointer is over this place of the horizontal axis
 */
export function createOverlayChart(container, initialTheme, { onPoint }) {
  let theme = initialTheme;
  /** @type {readonly OverlayCurve[]} */
  let curves = [];
  let logarithmic = false;
  /** @type {uPlot | undefined} */
  let plot;

  const data = () => uPlot.join(curves.map(({ places, values }) => /** @type {uPlot.AlignedData} */ ([[...places], values.map(drawable)])));

  function build() {
    plot?.destroy();
    plot = undefined;
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0 || curves.length === 0) return;
    /** @type {uPlot.Axis} */
    const axis = {
      stroke: () => theme.inkFaint,
      font: `${FONT_SIZE * theme.scale}px ${theme.font}`,
      grid: { stroke: () => theme.line, width: 1 / (globalThis.devicePixelRatio || 1) },
      ticks: { show: false },
    };
    plot = new uPlot(
      {
        width,
        height,
        padding: [8, 14, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
        scales: {
          x: { time: false },
          y: logarithmic
            ? { distr: 3, range: (_, low, high) => logarithmicRange(low, high) }
            : { range: (_, low, high) => linearRange([0, null], 0, low, high) },
        },
        axes: [
          {
            ...axis,
            size: 24 * theme.scale,
            gap: 4,
            space: 60 * theme.scale,
            grid: { show: false },
            values: (_, splits) => splits.map((split) => (Number.isInteger(split) ? formatCount(split) : formatField(split))),
          },
          {
            ...axis,
            size: 50 * theme.scale,
            gap: 6,
            space: 28 * theme.scale,
            values: (_, splits) => splits.map((split) => (split === null || split === undefined ? '' : shortNumber(split))),
          },
        ],
        series: [
          {},
          ...curves.map(({ label, style }) => ({
            label,
            stroke: () => overlayColor(theme, style),
            dash: overlayDashes[style] ?? [],
            width: (style < 0 ? 2 : 1.5) * theme.scale,
            points: { show: false },
            spanGaps: true,
          })),
        ],
        hooks: {
          setCursor: [
            (self) => {
              const { left } = self.cursor;
              onPoint(left === undefined || left < 0 ? undefined : self.posToVal(left, 'x'));
            },
          ],
        },
      },
      data(),
      container,
    );
  }

  /** A loss of zero has no logarithm. @param {number | null} value */
  const drawable = (value) => (logarithmic && value !== null && value <= 0 ? null : value);

  const observer = new ResizeObserver(() => {
    if (!plot) build();
    else plot.setSize({ width: container.clientWidth, height: container.clientHeight });
  });
  observer.observe(container);

  return {
    /**
     * @param {readonly OverlayCurve[]} next
     * @param {{ logarithmic: boolean }} scale
     */
    draw(next, scale) {
      const same =
        scale.logarithmic === logarithmic &&
        next.length === curves.length &&
        next.every(({ label, style }, index) => label === curves[index].label && style === curves[index].style);
      curves = next;
      logarithmic = scale.logarithmic;
      if (plot && same) plot.setData(data());
      else build();
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
 * @param {number} style
 */
export function overlayColor(theme, style) {
  return style < 0 ? theme.ink : theme.classes[style % theme.classes.length];
}

/**
 * A curve's value nearest to a place of the horizontal axis; nothing where the curve has ended.
 * @param {Pick<OverlayCurve, 'places' | 'values'>} curve
 * @param {number} place
 * @returns {number | undefined}
 */
export function valueNear({ places, values }, place) {
  if (places.length === 0 || place > places[places.length - 1]) return undefined;
  let nearest = 0;
  for (let index = 1; index < places.length; ++index) {
    if (Math.abs(places[index] - place) < Math.abs(places[nearest] - place) && values[index] !== null) nearest = index;
  }
  return values[nearest] ?? undefined;
}
