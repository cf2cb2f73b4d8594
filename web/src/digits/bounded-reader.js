/**
 * Reading a body of known size from a stranger: as it is or gzipped, never more than the stated number of bytes.
 * Counting compressed bytes would not do: four megabytes of gzip can hold four gigabytes of zeros.
 */

/** Raised when a body holds more than it may; the reader has stopped and the rest was never unpacked. */
export class TooManyBytesError extends Error {
  /** @param {number} limit */
  constructor(limit) {
    super(`more than ${limit} bytes`);
    this.name = 'TooManyBytesError';
  }
}

/**
 * Some browsers unpack a whole input chunk before they hand anything on. Deflate grows at most about 1032 times, so that a slice of
 * this size bounds what can be unpacked past the limit to some four megabytes.
 */
const SLICE = 4096;

/** @returns {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
function slices() {
  return new TransformStream({
    transform(chunk, controller) {
      for (let start = 0; start < chunk.length; start += SLICE) controller.enqueue(chunk.subarray(start, start + SLICE));
    },
  });
}

/**
 * Reads a stream to its end.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number} limit
 * @param {(bytes: number) => void} [onProgress] called with the number of bytes so far
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {TooManyBytesError} as soon as there are more than `limit` bytes
 */
export async function readBounded(stream, limit, onProgress) {
  const reader = stream.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      const error = new TooManyBytesError(limit);
      await reader.cancel(error);
      throw error;
    }
    chunks.push(part.value);
    onProgress?.(length);
  }
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

/** @param {Uint8Array} bytes */
export function isGzip(bytes) {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip up to a limit.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} limit
 */
export function gunzipBounded(bytes, limit) {
  const unpacked = new Blob([bytes]).stream().pipeThrough(slices()).pipeThrough(new DecompressionStream('gzip'));
  return readBounded(unpacked, limit);
}
