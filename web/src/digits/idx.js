/**
 * The IDX format of the original MNIST files: two zero bytes, a type byte, the number of dimensions, the sizes as big-endian 32-bit
 * numbers, then the values. Only unsigned bytes (type 8) are read, which is all that MNIST uses. Pure; runs in Node.
 */
import { DataFileError } from './data-file-error.js';

const UNSIGNED_BYTE = 8;

/** @typedef {{ shape: number[], values: Uint8Array }} Idx */

/**
 * Reads an IDX file of unsigned bytes. The values are a view of the given bytes, not a copy.
 * @param {Uint8Array} bytes
 * @param {string} file the name that an error shall carry
 * @param {readonly number[]} [expected] the shape that it must have
 * @returns {Idx}
 */
export function decodeIdx(bytes, file, expected) {
  if (bytes.length < 4) {
    throw new DataFileError('truncated', file, `expected an IDX file of at least 4 bytes, got ${bytes.length}`);
  }
  const [zero, alsoZero, type, rank] = bytes;
  if (zero !== 0 || alsoZero !== 0 || type !== UNSIGNED_BYTE || rank === 0) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new DataFileError('foreign', file, `expected an IDX file of unsigned bytes (00 00 08 and the rank), got ${start}`);
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw new DataFileError('truncated', file, `expected a header of ${header} bytes, got ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const shape = Array.from({ length: rank }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  if (expected && (expected.length !== rank || expected.some((size, dimension) => size !== shape[dimension]))) {
    throw new DataFileError('mismatch', file, `expected ${expected.join(' × ')} values, the header says ${shape.join(' × ')}`);
  }
  // Up to 255 sizes of 32 bits overflow every integer; as doubles they only lose digits, far above any length that bytes can have.
  const count = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - header;
  if (found < count) throw new DataFileError('truncated', file, `expected ${count} values after the header, got ${found}`);
  if (found > count) throw new DataFileError('oversized', file, `expected ${count} values after the header, got ${found}`);
  return { shape, values: bytes.subarray(header) };
}

/**
 * Writes unsigned bytes as an IDX file.
 * @param {readonly number[]} shape
 * @param {Uint8Array} values
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function encodeIdx(shape, values) {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length) throw new RangeError(`shape ${shape.join(' × ')}: expected ${count} values, got ${values.length}`);
  const header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + values.length);
  bytes.set([0, 0, UNSIGNED_BYTE, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((size, dimension) => view.setUint32(4 + 4 * dimension, size));
  bytes.set(values, header);
  return bytes;
}
