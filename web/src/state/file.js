/**
 * The experiment as a file: the document itself as JSON, bulk arrays in base64, and optionally weights or the whole state of training.
 *
 *   { "version": 1, "data": { …, "inputs": { "type": "float32", "base64": "…" } }, "network": …, "training": …,
 *     "parameters": { "type": "float32", "base64": "…" }, "snapshot": { "type": "uint8", "base64": "…" },
 *     "own": { "digits": { "type": "uint8", "base64": "…" }, "used": true, "classNames": ["T-shirt", …] } }
 *
 * `own` is what the digits lab has beside its document: digits that the reader wrote, and names of the classes.
 *
 * Numbers are little-endian, as on every machine that runs WebAssembly SIMD. Files are hostile until checked.
 */
import { EngineError } from '../engine/errors.js';
import { fromBase64, toBase64 } from './base64.js';

/** @import { Experiment } from '../engine/types.js' */

/**
 * What a lab has beside its document: own digits, packed by the lab that they are of, whether it learns from them, and names of classes.
 * @typedef {{ digits?: Uint8Array, used?: boolean, classNames?: readonly string[] }} Own
 */
/** @typedef {{ experiment: Experiment, parameters?: Float32Array, snapshot?: Uint8Array, own?: Own }} FileContent */
/** @typedef {{ type: keyof typeof kinds, base64: string }} Attachment */

export const FILE_VERSION = 1;

/** All of MNIST takes 73 MB in base64; nothing that the engine accepts is larger than this. */
const MAXIMUM_CHARACTERS = 128 * 1024 * 1024;

const kinds = Object.freeze({
  float32: Float32Array,
  float64: Float64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
});

/** The fields of `data` that hold bulk arrays, and the kind that plain arrays of numbers are written as. */
const bulkFields = Object.freeze(
  /** @type {Record<string, keyof typeof kinds>} */ ({
    inputs: 'float32',
    targets: 'float32',
    labels: 'uint32',
    images: 'uint8',
    testImages: 'uint8',
    testLabels: 'uint8',
  }),
);

const sections = Object.freeze(['version', 'data', 'network', 'training']);
const others = Object.freeze(['parameters', 'snapshot', 'own']);

const MOST_NAMES = 64;
const LONGEST_NAME = 40;

/**
 * @param {ArrayBufferView} view
 * @returns {Uint8Array}
 */
function bytesOf(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/**
 * @param {unknown} value
 * @param {keyof typeof kinds} kind for plain arrays and kinds that files do not have
 * @param {string} path
 * @returns {Attachment}
 */
function toAttachment(value, kind, path) {
  const own = /** @type {(keyof typeof kinds)[]} */ (Object.keys(kinds)).find((name) => value instanceof kinds[name]);
  if (own) return { type: own, base64: toBase64(bytesOf(/** @type {ArrayBufferView} */ (value))) };
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    const numbers = /** @type {ArrayLike<number>} */ (/** @type {unknown} */ (value));
    return { type: kind, base64: toBase64(bytesOf(kinds[kind].from(numbers))) };
  }
  throw new EngineError('needs-data', `${path}: expected the data themselves, got a description of them`, { path });
}

/**
 * @param {unknown} value
 * @param {string} path
 */
function fromAttachment(value, path) {
  /** @param {string} expected @param {string} got */
  const bad = (expected, got) => new EngineError('bad-file', `${path}: expected ${expected}, got ${got}`, { path });
  if (typeof value !== 'object' || value === null) throw bad('an object { type, base64 }', String(value));
  const { type, base64 } = /** @type {Partial<Attachment>} */ (value);
  if (typeof type !== 'string' || !Object.hasOwn(kinds, type)) throw bad(`a type of ${Object.keys(kinds).join(', ')}`, String(type));
  const bytes = typeof base64 === 'string' ? fromBase64(base64) : null;
  if (!bytes) throw bad('base64', 'other characters or a cut text');
  const Kind = kinds[type];
  if (bytes.length % Kind.BYTES_PER_ELEMENT !== 0) throw bad(`a multiple of ${Kind.BYTES_PER_ELEMENT} bytes`, `${bytes.length}`);
  return new Kind(bytes.buffer);
}

/**
 * The text of a file.
 * @param {FileContent} content the experiment with its bulk arrays
 * @returns {string}
 */
export function encodeFile({ experiment, parameters, snapshot, own }) {
  const data = Object.fromEntries(
    Object.entries(experiment.data ?? {}).map(([key, value]) => [
      key,
      Object.hasOwn(bulkFields, key) ? toAttachment(value, bulkFields[key], `data.${key}`) : value,
    ]),
  );
  const file = {
    ...experiment,
    version: FILE_VERSION,
    ...(experiment.data && { data }),
    ...(parameters && { parameters: toAttachment(parameters, 'float32', 'parameters') }),
    ...(snapshot && { snapshot: toAttachment(snapshot, 'uint8', 'snapshot') }),
    ...(own && { own: { ...own, ...(own.digits && { digits: toAttachment(own.digits, 'uint8', 'own.digits') }) } }),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * What a file holds. The document's names and ranges are the engine's to check.
 * @param {string} text
 * @returns {FileContent}
 * @throws {EngineError} `bad-file`
 */
export function decodeFile(text) {
  if (text.length > MAXIMUM_CHARACTERS) {
    throw new EngineError('bad-file', `expected a file of at most ${MAXIMUM_CHARACTERS} characters, got ${text.length}`);
  }
  const parsed = parse(text);
  const unknown = Object.keys(parsed).find((key) => !sections.includes(key) && !others.includes(key));
  if (unknown !== undefined) {
    throw new EngineError('bad-file', `${unknown}: unknown; expected ${sections.join(', ')}, parameters, snapshot or own`, {
      path: unknown,
    });
  }
  if (parsed.version !== FILE_VERSION) {
    const got = parsed.version === undefined ? 'none' : JSON.stringify(parsed.version);
    throw new EngineError('bad-file', `version: expected ${FILE_VERSION}, got ${got}; another version of the laboratory made this file`, {
      path: 'version',
    });
  }
  const { parameters, snapshot, own, ...document } = parsed;
  /** @type {FileContent} */
  const content = { experiment: /** @type {Experiment} */ (document) };
  const { data } = content.experiment;
  if (typeof data === 'object' && data !== null) {
    content.experiment.data = Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        Object.hasOwn(bulkFields, key) && !Array.isArray(value) ? fromAttachment(value, `data.${key}`) : value,
      ]),
    );
  }
  if (parameters !== undefined) {
    const values = fromAttachment(parameters, 'parameters');
    if (!(values instanceof Float32Array))
      throw new EngineError('bad-file', 'parameters: expected the type float32', { path: 'parameters' });
    content.parameters = values;
  }
  if (snapshot !== undefined) {
    const bytes = fromAttachment(snapshot, 'snapshot');
    if (!(bytes instanceof Uint8Array)) throw new EngineError('bad-file', 'snapshot: expected the type uint8', { path: 'snapshot' });
    content.snapshot = bytes;
  }
  if (own !== undefined) content.own = readOwn(own);
  return content;
}

/**
 * @param {unknown} value
 * @returns {Own}
 */
function readOwn(value) {
  /** @param {string} path @param {string} expected */
  const bad = (path, expected) => new EngineError('bad-file', `${path}: expected ${expected}`, { path });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('own', 'an object');
  const { digits, used, classNames, ...rest } = /** @type {Record<string, unknown>} */ (value);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new EngineError('bad-file', `own.${unknown}: unknown; expected digits, used or classNames`, { path: `own.${unknown}` });
  }
  /** @type {Own} */
  const own = {};
  if (digits !== undefined) {
    const bytes = fromAttachment(digits, 'own.digits');
    if (!(bytes instanceof Uint8Array)) throw bad('own.digits', 'the type uint8');
    own.digits = bytes;
  }
  if (used !== undefined) {
    if (typeof used !== 'boolean') throw bad('own.used', 'true or false');
    own.used = used;
  }
  if (classNames !== undefined) {
    const isName = (/** @type {unknown} */ name) => typeof name === 'string' && name.length <= LONGEST_NAME;
    if (!Array.isArray(classNames) || classNames.length > MOST_NAMES || !classNames.every(isName)) {
      throw bad('own.classNames', `a list of at most ${MOST_NAMES} names of at most ${LONGEST_NAME} characters`);
    }
    own.classNames = classNames;
  }
  return own;
}

/**
 * @param {string} text
 * @returns {Record<string, unknown>}
 */
function parse(text) {
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch (thrown) {
    throw new EngineError('bad-file', `expected JSON (${thrown instanceof Error ? thrown.message : String(thrown)})`, { cause: thrown });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new EngineError('bad-file', `expected an experiment, got ${Array.isArray(parsed) ? 'a list' : JSON.stringify(parsed)}`);
  }
  return parsed;
}
