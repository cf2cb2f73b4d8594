/** The part of the plane that is looked at, and the numbers at its edges. */

/**
 * A square part of the plane.
 * @typedef {{ x: readonly [number, number], y: readonly [number, number] }} Area
 */

const EPSILON = 1e-9;

/**
 * @param {Area} area
 * @param {Area} other
 */
export function sameArea(area, other) {
  const tolerance = EPSILON * (other.x[1] - other.x[0]);
  return /** @type {const} */ (['x', 'y']).every((axis) =>
    area[axis].every((end, index) => Math.abs(end - other[axis][index]) <= tolerance),
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
