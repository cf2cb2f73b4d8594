/** Going nearer, farther and elsewhere on the plane. */

/** @import { Area } from './plane.js' */

/** How far one may go in, and out to where the network only extrapolates, in times the whole plane's width. */
const NEAREST = 1 / 64;
const FARTHEST = 8;

/** @param {readonly [number, number]} interval */
const widthOf = ([low, high]) => high - low;

/** @param {readonly [number, number]} interval */
const middleOf = ([low, high]) => (low + high) / 2;

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @returns {Area}
 */
function around(x, y, width) {
  return { x: [x - width / 2, x + width / 2], y: [y - width / 2, y + width / 2] };
}

/**
 * The area kept near the whole plane, of which at least an edge stays in sight.
 * @param {Area} area
 * @param {Area} whole
 * @returns {Area}
 */
function kept(area, whole) {
  const width = widthOf(area.x);
  /** @param {'x' | 'y'} axis */
  const middle = (axis) => {
    const [low, high] = whole[axis];
    const reach = Math.max(0, (FARTHEST * (high - low) - width) / 2);
    return Math.min(middleOf(whole[axis]) + reach, Math.max(middleOf(whole[axis]) - reach, middleOf(area[axis])));
  };
  return around(middle('x'), middle('y'), width);
}

/**
 * @param {Area} area
 * @param {number} factor above 1 to go nearer
 * @param {readonly [number, number]} place that stays where it is seen
 * @param {Area} whole
 * @returns {Area}
 */
export function zoomed(area, factor, [x, y], whole) {
  const before = widthOf(area.x);
  const full = widthOf(whole.x);
  const width = Math.min(FARTHEST * full, Math.max(NEAREST * full, before / factor));
  const part = width / before;
  return kept(around(x + (middleOf(area.x) - x) * part, y + (middleOf(area.y) - y) * part, width), whole);
}

/**
 * @param {Area} area
 * @param {number} x how far to go, in units of the plane
 * @param {number} y
 * @param {Area} whole
 * @returns {Area}
 */
export function moved(area, x, y, whole) {
  return kept(around(middleOf(area.x) + x, middleOf(area.y) + y, widthOf(area.x)), whole);
}
