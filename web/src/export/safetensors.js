/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, then the numbers. Written as 32-bit floats; read
 * from any file with 32- or 64-bit floats. Files are hostile until checked.
 */
import { EngineError } from '../engine/errors.js';

/** @import { Model, Tensor } from './model.js' */

const ALIGNMENT = 8;
const LENGTH_BYTES = 8;

/** @type {Readonly<Record<string, { bytes: number, read: (view: DataView, at: number) => number }>>} */
const kinds = Object.freeze({
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
});

/**
 * @param {Model} model
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function toSafetensors({ tensors, size, experiment }) {
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: { format: 'pt', 'mlp-playground.network': JSON.stringify(experiment.network) } };
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, (offset += values.length * 4)] };
  }
  const text = JSON.stringify(header);
  const characters = new TextEncoder().encode(text);
  const length = Math.ceil(characters.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + length + size * 4);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + length);
  bytes.set(characters, LENGTH_BYTES);
  let at = LENGTH_BYTES + length;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Tensor[]}
 * @throws {EngineError} `bad-file`
 */
export function readSafetensors(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view);
  const begin = LENGTH_BYTES + Number(view.getBigUint64(0, true));
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readTensor(view, begin, name, entry));
}

/** @param {DataView} view */
function readHeader(view) {
  const room = view.byteLength - LENGTH_BYTES;
  const length = room < 0 ? 0n : view.getBigUint64(0, true);
  if (length < 2n || length > BigInt(Math.max(0, room))) {
    throw new EngineError(
      'bad-file',
      `expected a safetensors file, got ${view.byteLength} bytes that do not begin with the length of a header`,
    );
  }
  const text = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + LENGTH_BYTES, Number(length)));
  /** @type {unknown} */
  let header;
  try {
    header = JSON.parse(text);
  } catch (thrown) {
    throw new EngineError('bad-file', `expected a header in JSON (${thrown instanceof Error ? thrown.message : String(thrown)})`, {
      cause: thrown,
    });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new EngineError('bad-file', 'expected a header that is an object');
  return /** @type {Record<string, unknown>} */ (header);
}

/**
 * @param {DataView} view
 * @param {number} begin of the numbers
 * @param {string} name
 * @param {unknown} entry
 * @returns {Tensor}
 */
function readTensor(view, begin, name, entry) {
  /** @param {string} expected @param {unknown} got */
  const bad = (expected, got) =>
    new EngineError('bad-file', `${name}: expected ${expected}, got ${JSON.stringify(got) ?? 'none'}`, { path: name });
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = /** @type {Record<string, unknown>} */ (typeof entry === 'object' && entry !== null ? entry : {});
  if (typeof dtype !== 'string' || !Object.hasOwn(kinds, dtype)) throw bad(`a dtype of ${Object.keys(kinds).join(', ')}`, dtype);
  if (!areSizes(shape)) throw bad('a shape', shape);
  if (!areSizes(offsets) || offsets.length !== 2) throw bad('data_offsets', offsets);
  const { bytes, read } = kinds[dtype];
  const count = shape.reduce((product, side) => product * side, 1);
  if (offsets[1] - offsets[0] !== count * bytes)
    throw bad(`${count * bytes} bytes for ${dtype} [${shape.join(', ')}]`, offsets[1] - offsets[0]);
  if (begin + offsets[1] > view.byteLength) throw bad(`${begin + offsets[1]} bytes in the file`, view.byteLength);
  const values = new Float32Array(count);
  for (let i = 0; i < count; ++i) values[i] = read(view, begin + offsets[0] + i * bytes);
  return { name, shape, values };
}

/**
 * @param {unknown} value
 * @returns {value is number[]}
 */
function areSizes(value) {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
