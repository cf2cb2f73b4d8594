/** The legend of a symmetric scale, for pictures that leave the page. */

/** @import { Theme } from './color.js' */

export const LEGEND_HEIGHT = 28;
const RAMP_WIDTH = 112;
const RAMP_HEIGHT = 10;
const RAMP_STEPS = 32;
const FONT_SIZE = 13;
const GAP = 8;

/**
 * Minus the bound, the colours from there to the bound, the bound.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {{ x: number, y: number, bound: string }} legend `y` is its top
 */
export function paintLegend(context, theme, { x, y, bound }) {
  const middle = y + LEGEND_HEIGHT / 2;
  context.font = `${FONT_SIZE}px ${theme.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = theme.inkSoft;
  const low = `−${bound}`;
  const left = x + context.measureText(low).width + GAP;
  context.fillText(low, x, middle);
  context.fillText(bound, left + RAMP_WIDTH + GAP, middle);
  const { css } = theme.values;
  const step = RAMP_WIDTH / RAMP_STEPS;
  for (let index = 0; index < RAMP_STEPS; ++index) {
    context.fillStyle = css[Math.round((index / (RAMP_STEPS - 1)) * (css.length - 1))];
    context.fillRect(left + index * step, middle - RAMP_HEIGHT / 2, step, RAMP_HEIGHT);
  }
}
