/**
 * Fetches IDX files of known size and contents and hands them on after everything about them has been checked. Runs wherever there is
 * `fetch`; tests give their own.
 */
import { gunzipBounded, isGzip, readBounded, TooManyBytesError } from './bounded-reader.js';
import { DataFileError } from './data-file-error.js';
import { decodeIdx } from './idx.js';

/**
 * @typedef {object} ManifestFile
 * @property {string} name
 * @property {readonly number[]} shape
 * @property {number} bytes as stored, gzipped
 * @property {number} unpackedBytes
 * @property {string} sha256 of the unpacked bytes, in hexadecimal: a server may unpack a file on the way
 */

const CLASSES = 10;

/**
 * @param {object} options
 * @param {readonly ManifestFile[]} options.files
 * @param {(file: ManifestFile) => string | URL} options.urlOf
 * @param {typeof globalThis.fetch} [options.fetch]
 * @param {AbortSignal} [options.signal] gives the requests up; the promise is then rejected with the signal's reason
 * @param {(bytes: number) => void} [options.onProgress] how many of the stored bytes have arrived
 * @returns {Promise<Uint8Array<ArrayBuffer>[]>} each one a complete IDX file, in the order of `files`
 * @throws {DataFileError} the first thing that is wrong with a file; the other requests are then given up
 */
export async function loadFiles({ files, urlOf, fetch = globalThis.fetch.bind(globalThis), signal, onProgress }) {
  const stop = new AbortController();
  const giveUp = () => stop.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', giveUp);
  const loaded = files.map(() => 0);
  try {
    return await Promise.all(
      files.map((file, index) =>
        load(file, urlOf(file), fetch, stop.signal, (count) => {
          loaded[index] = Math.min(count, file.bytes);
          onProgress?.(loaded.reduce((sum, bytes) => sum + bytes, 0));
        }),
      ),
    );
  } catch (error) {
    stop.abort();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/**
 * @param {ManifestFile} file
 * @param {string | URL} url
 * @param {typeof globalThis.fetch} fetch
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} onProgress
 */
async function load(file, url, fetch, signal, onProgress) {
  const received = await receive(file, url, fetch, signal, onProgress);
  const bytes = isGzip(received) ? await unpack(file, received) : received;
  const { values } = decodeIdx(bytes, file.name, file.shape);
  if (file.shape.length === 1 && values.some((label) => label >= CLASSES)) {
    throw new DataFileError(
      'damaged',
      file.name,
      `expected labels from 0 to ${CLASSES - 1}, got ${values.find((label) => label >= CLASSES)}`,
    );
  }
  const found = await sha256(bytes);
  if (found !== undefined && found !== file.sha256) {
    throw new DataFileError('damaged', file.name, `expected SHA-256 ${file.sha256}, got ${found}`);
  }
  return bytes;
}

/**
 * @param {ManifestFile} file
 * @param {string | URL} url
 * @param {typeof globalThis.fetch} fetch
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} onProgress
 */
async function receive(file, url, fetch, signal, onProgress) {
  const limit = Math.max(file.bytes, file.unpackedBytes);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) {
      const reason = response.status === 404 || response.status === 410 ? 'missing' : 'unreachable';
      throw new DataFileError(reason, file.name, `the server answered ${response.status}`);
    }
    if (!response.body) throw new DataFileError('truncated', file.name, `expected ${file.bytes} bytes, got an empty answer`);
    return await readBounded(response.body, limit, onProgress);
  } catch (error) {
    if (error instanceof DataFileError || signal.aborted) throw error;
    if (error instanceof TooManyBytesError) {
      throw new DataFileError('oversized', file.name, `expected at most ${limit} bytes, got more`, { cause: error });
    }
    throw new DataFileError('unreachable', file.name, 'no answer, or the connection broke', { cause: error });
  }
}

/**
 * @param {ManifestFile} file
 * @param {Uint8Array<ArrayBuffer>} packed
 */
async function unpack(file, packed) {
  if (packed.length < file.bytes) {
    throw new DataFileError('truncated', file.name, `expected ${file.bytes} bytes, got ${packed.length}`);
  }
  try {
    return await gunzipBounded(packed, file.unpackedBytes);
  } catch (error) {
    if (error instanceof TooManyBytesError) {
      throw new DataFileError('oversized', file.name, `expected ${file.unpackedBytes} bytes when unpacked, got more`, { cause: error });
    }
    // The browsers say it with different errors (TypeError, AbortError) and none says more than that it is no sound gzip.
    throw new DataFileError('damaged', file.name, 'the gzip data is broken', { cause: error });
  }
}

/**
 * Undefined where the browser does not offer it: pages served by plain HTTP from another machine.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function sha256(bytes) {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
