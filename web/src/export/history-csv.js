/** The curves of a run as CSV. */
import { toCsv } from './csv.js';

/**
 * @typedef {object} Curve
 * @property {string} name
 * @property {readonly (number | null)[]} values null where there is none
 */

/**
 * @param {readonly number[]} epochs whole ones, and parts of one
 * @param {readonly Curve[]} curves those without any value are left out
 * @returns {string}
 */
export function toHistoryCsv(epochs, curves) {
  const shown = curves.filter(({ values }) => values.some((value) => value !== null));
  const head = ['epoch', ...shown.map(({ name }) => name)];
  const rows = epochs.map((epoch, row) => [Number(epoch.toPrecision(9)), ...shown.map(({ values }) => values[row] ?? '')]);
  return toCsv([head, ...rows]);
}
