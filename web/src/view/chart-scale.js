/** The vertical axis of a chart of curves: where it begins and ends, and how its numbers are written. */
import { formatNumber } from '../text/text.js';

/** @param {number} value */
export function shortNumber(value) {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e4) ? formatNumber(value, 1) : String(Number(value.toPrecision(3))).replace('-', '\u2212');
}

/**
 * @param {readonly [number | null, number | null]} range null follows the curves
 * @param {number} floor the axis begins at a multiple of this, where it follows the curves
 * @param {number | null} low
 * @param {number | null} high
 * @returns {[number, number]}
 */
export function linearRange([minimum, maximum], floor, low, high) {
  // A score below zero (an R² before the first steps) is not worth the room that the rest of its curve needs.
  const bottom = minimum ?? (floor > 0 ? Math.max(0, Math.floor((low ?? 0) / floor) * floor) : (low ?? 0));
  const top = maximum ?? (high !== null && Number.isFinite(high) ? high * 1.05 : 1);
  return top > bottom ? [bottom, top] : [bottom, bottom + 1];
}

/**
 * Whole decades.
 * @param {number | null} low
 * @param {number | null} high
 * @returns {[number, number]}
 */
export function logarithmicRange(low, high) {
  const top = high !== null && high > 0 ? high : 1;
  const bottom = low !== null && low > 0 ? Math.min(low, top / 10) : top / 10;
  return [10 ** Math.floor(Math.log10(bottom)), 10 ** Math.ceil(Math.log10(top))];
}
