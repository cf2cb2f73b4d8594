/**
 * What the digits lab has beside its document: digits that the reader wrote and names of the classes. As they go along with links and
 * files, and as a text that a page keeps between visits. Pure.
 */
import { packDigits, unpackDigits } from '../../digits/packed-digits.js';
import { MOST_OWN, replaced } from '../../digits/own-digits.js';
import { EngineError } from '../../engine/errors.js';
import { fromBase64, toBase64 } from '../../state/base64.js';

/**
 * @import { Collection } from '../../digits/own-digits.js'
 * @import { Own } from '../../state/file.js'
 */

/** @typedef {Collection & { classNames: readonly string[] }} Beside no names where classes are called by their numbers */

/** @type {Beside} */
export const nothingBeside = Object.freeze({ digits: [], used: true, aside: [], classNames: [] });

/**
 * What goes along with a document.
 * @param {Beside} beside
 * @returns {Own | undefined}
 */
export function ownOf({ digits, used, classNames }) {
  if (digits.length === 0 && classNames.length === 0) return undefined;
  return { ...(digits.length > 0 && { digits: packDigits(digits), used }), ...(classNames.length > 0 && { classNames }) };
}

/**
 * What there is after a document was opened: its digits are learned from, or none, and those that were there before are laid aside.
 * @param {Own} own
 * @param {Beside} beside
 * @returns {Beside}
 * @throws {EngineError} for digits that are none
 */
export function besideAfter(own, beside) {
  const classNames = own.classNames ?? beside.classNames;
  if (!own.digits) return { ...beside, used: beside.digits.length === 0, classNames };
  try {
    return { ...replaced(beside, unpackDigits(own.digits, MOST_OWN), own.used ?? true), classNames };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new EngineError('bad-file', `own.digits: ${thrown.message}`, { path: 'own.digits', cause: thrown });
  }
}

/**
 * The text that a page keeps. What another page of the site kept meanwhile is laid aside.
 * @param {Beside} beside
 * @param {string | undefined} previous what is kept so far
 * @returns {string | undefined} undefined where there is nothing to keep
 */
export function keepsakeOf(beside, previous) {
  const before = previous === undefined ? undefined : besideIn(previous);
  const { digits, used, classNames } = beside;
  const others = before ? [...beside.aside, ...before.digits, ...before.aside] : beside.aside;
  const { aside } = replaced({ digits: [], used, aside: others }, digits, used);
  if (!before && digits.length === 0 && aside.length === 0 && classNames.length === 0) return undefined;
  return JSON.stringify({ digits: toBase64(packDigits(digits)), used, aside: toBase64(packDigits(aside)), classNames });
}

/**
 * @param {string} text
 * @returns {Beside | undefined} undefined for a text that is none of ours
 */
export function besideIn(text) {
  try {
    const { digits, used, aside, classNames } = JSON.parse(text);
    const names = Array.isArray(classNames) ? classNames.filter((name) => typeof name === 'string') : [];
    return { digits: digitsIn(digits), used: used !== false, aside: digitsIn(aside), classNames: names };
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof RangeError || thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}

/** @param {unknown} text */
function digitsIn(text) {
  const bytes = fromBase64(String(text));
  if (!bytes) throw new RangeError('expected base64');
  return unpackDigits(bytes, MOST_OWN);
}
