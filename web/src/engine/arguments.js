/**
 * Checks of arguments at the engine's door: what is wrong, where, and what was expected. The module behind checks again.
 */
import { EngineError } from './errors.js';

/** @import { Budget, Numbers, Split, SurfaceOptions, TypedArray } from './types.js' */

/**
 * A value in the words of a message.
 * @param {unknown} value
 * @returns {string}
 */
export function describe(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  switch (typeof value) {
    case 'string':
      return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
    case 'object':
      return 'an object';
    case 'function':
      return 'a function';
    case 'bigint':
      return 'a BigInt';
    default:
      return String(value);
  }
}

/**
 * @param {string} path
 * @param {string} expected
 * @param {unknown} got
 * @returns {EngineError}
 */
export function wrongArgument(path, expected, got) {
  return new EngineError('invalid-argument', `${path}: expected ${expected}, got ${describe(got)}`, { path });
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isPlainObject(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  // An object of another realm (an iframe, a vm context) has another Object.prototype, whose own prototype is null again.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A document has five levels; more is a cycle or an attack. */
const DEEPEST = 12;

/**
 * A document as plain values of its own: what a getter or a proxy throws is thrown here and not inside the engine. Typed arrays stay
 * as they are.
 * @param {unknown} value
 * @param {string} [path]
 * @param {number} [depth]
 * @returns {unknown}
 */
export function copyDocument(value, path = '', depth = 0) {
  if (value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value) || ArrayBuffer.isView(value)) return value;
  const at = path === '' ? 'experiment' : path;
  if (depth > DEEPEST) throw new EngineError('invalid-document', `${at}: expected at most ${DEEPEST} levels`, { path });
  if (Array.isArray(value)) {
    return Array.from(value, (each, i) => (typeof each === 'number' ? each : copyDocument(each, `${path}[${i}]`, depth + 1)));
  }
  if (!isPlainObject(value)) throw new EngineError('invalid-document', `${at}: expected plain values, got ${describe(value)}`, { path });
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, each]) => [key, copyDocument(each, path === '' ? key : `${path}.${key}`, depth + 1)]));
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export function requireDocument(value) {
  if (!isPlainObject(value)) throw new EngineError('invalid-document', `experiment: expected an object, got ${describe(value)}`);
  return /** @type {Record<string, unknown>} */ (copyDocument(value));
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {readonly string[]} [allowed]
 * @returns {Record<string, unknown>}
 */
export function requireObject(value, path, allowed) {
  if (!isPlainObject(value)) throw wrongArgument(path, 'an object', value);
  if (allowed) {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key)) {
        throw new EngineError('invalid-argument', `${path}.${key}: unknown, expected one of ${allowed.join(', ')}`, {
          path: `${path}.${key}`,
        });
      }
    }
  }
  return value;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {Split}
 */
export function requireSplit(value, path = 'split') {
  if (value !== 'train' && value !== 'test') throw wrongArgument(path, '"train" or "test"', value);
  return value;
}

/**
 * How many rows of each split to look at, at most.
 * @param {unknown} value
 * @returns {Partial<Record<Split, number>>}
 */
export function requireRows(value) {
  const checked = requireObject(value, 'rows', ['train', 'test']);
  return Object.fromEntries(Object.entries(checked).map(([split, most]) => [split, requireWhole(most, `rows.${split}`, { minimum: 1 })]));
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {{ minimum?: number, maximum?: number }} [range]
 * @returns {number}
 */
export function requireWhole(value, path, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = {}) {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum || value > maximum) {
    const range = maximum === Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
    throw wrongArgument(path, `a whole number ${range}`, value);
  }
  return value;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {number}
 */
export function requirePositive(value, path) {
  if (typeof value !== 'number' || !(value > 0)) throw wrongArgument(path, 'a number above 0', value);
  return value;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {string}
 */
export function requireId(value, path) {
  if (typeof value !== 'string' || value === '') throw wrongArgument(path, 'an identifier', value);
  return value;
}

/**
 * Any array of numbers as a Float32Array: the same object when it is one, otherwise a copy with every element checked.
 * @param {unknown} value
 * @param {string} path
 * @returns {Float32Array}
 */
export function requireNumbers(value, path) {
  if (value instanceof Float32Array) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    if (value instanceof BigInt64Array || value instanceof BigUint64Array) throw wrongArgument(path, 'an array of numbers', value);
    return new Float32Array(/** @type {TypedArray} */ (/** @type {unknown} */ (value)));
  }
  if (!Array.isArray(value)) throw wrongArgument(path, 'an array of numbers', value);
  const numbers = new Float32Array(value.length);
  for (let i = 0; i < value.length; i += 1) {
    if (typeof value[i] !== 'number') throw wrongArgument(`${path}[${i}]`, 'a number', value[i]);
    numbers[i] = value[i];
  }
  return numbers;
}

/**
 * The caller's array for results, or undefined when there is none.
 * @param {unknown} value
 * @returns {Float32Array | undefined}
 */
export function requireOut(value) {
  if (value === undefined || value instanceof Float32Array) return value;
  throw wrongArgument('out', 'a Float32Array', value);
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {Uint8Array}
 */
export function requireBytes(value, path) {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw wrongArgument(path, 'bytes in a Uint8Array or an ArrayBuffer', value);
}

/** Counters cross the border as 32-bit numbers, times up to an hour. */
const MOST_STEPS = 0xffff_ffff;
const LONGEST = 3_600_000;

/**
 * @param {unknown} value
 * @returns {Budget}
 */
export function requireBudget(value) {
  const { steps, epochs, milliseconds } = requireObject(value, 'budget', ['steps', 'epochs', 'milliseconds']);
  /** @type {Budget} */
  const budget = {};
  if (steps !== undefined) budget.steps = requireWhole(steps, 'budget.steps', { minimum: 1, maximum: MOST_STEPS });
  if (epochs !== undefined) budget.epochs = requireWhole(epochs, 'budget.epochs', { minimum: 1, maximum: MOST_STEPS });
  if (milliseconds !== undefined) budget.milliseconds = Math.min(requirePositive(milliseconds, 'budget.milliseconds'), LONGEST);
  if (Object.keys(budget).length === 0) throw wrongArgument('budget', 'steps, epochs or milliseconds', value);
  return budget;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {[number, number]}
 */
function requireInterval(value, path) {
  if (!Array.isArray(value) || value.length !== 2 || !value.every((end) => typeof end === 'number' && Number.isFinite(end))) {
    throw wrongArgument(path, 'two finite numbers [minimum, maximum]', value);
  }
  return [value[0], value[1]];
}

/** Cells of one grid: enough for any screen, small enough for any memory. */
const MAXIMUM_CELLS = 1 << 22;

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {SurfaceOptions}
 */
export function requireSurface(value, path = 'options') {
  const { x, y, columns, rows, layer, unit } = requireObject(value, path, ['x', 'y', 'columns', 'rows', 'layer', 'unit']);
  /** @type {SurfaceOptions} */
  const options = {
    x: requireInterval(x, `${path}.x`),
    columns: requireWhole(columns, `${path}.columns`, { minimum: 1, maximum: MAXIMUM_CELLS }),
    rows: rows === undefined ? 1 : requireWhole(rows, `${path}.rows`, { minimum: 1, maximum: MAXIMUM_CELLS }),
  };
  if (options.columns * options.rows > MAXIMUM_CELLS) {
    const message = `${path}.rows: expected at most ${MAXIMUM_CELLS} cells in all, got ${options.columns * options.rows}`;
    throw new EngineError('invalid-argument', message, { path: `${path}.rows` });
  }
  if (y !== undefined) options.y = requireInterval(y, `${path}.y`);
  if (layer !== undefined) options.layer = requireWhole(layer, `${path}.layer`);
  if (unit !== undefined) options.unit = requireWhole(unit, `${path}.unit`);
  return options;
}
