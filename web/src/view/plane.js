/** The part of the plane that is looked at: zooming, moving, and the numbers at its edges. */

/**
 * A square part of the plane.
 * @typedef {{ x: readonly [number, number], y: readonly [number, number] }} Area
 */

/** How far one may go in, and out to where the network only extrapolates, in times the whole plane's width. */
const NEAREST = 1 / 64;
const FARTHEST = 8;
const EPSILON = 1e-9;

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

/**
 * @param {Area} area
 * @param {Area} other
 */
export function sameArea(area, other) {
  const tolerance = EPSILON * widthOf(other.x);
  return (
    Math.abs(area.x[0] - other.x[0]) <= tolerance &&
    Math.abs(area.x[1] - other.x[1]) <= tolerance &&
    Math.abs(area.y[0] - other.y[0]) <= tolerance &&
    Math.abs(area.y[1] - other.y[1]) <= tolerance
  );
}

/**
 * Round numbers in an interval, 1, 2 or 5 times a power of ten apart.
 * @param {number} low
 * @param {number} high
 * @param {number} most how many there may be
 * @returns {number[]}
 */
export function niceTicks(low, high, most) {
  const rough = (high - low) / most;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power * (1 + EPSILON) >= rough) ?? 10);
  const first = Math.ceil(low / step - EPSILON);
  const last = Math.floor(high / step + EPSILON);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toFixed(digits)) + 0);
}
