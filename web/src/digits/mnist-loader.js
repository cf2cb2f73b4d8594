/**
 * Fetches the site's MNIST files and hands them on as the engine's `idx` data, after everything about them has been checked.
 * Runs wherever there is `fetch`; tests give their own.
 */
import { gunzipBounded, isGzip, readBounded, TooManyBytesError } from './bounded-reader.js';
import { DataFileError } from './data-file-error.js';
import { decodeIdx } from './idx.js';

/** @typedef {'images' | 'labels' | 'testImages' | 'testLabels'} Role the field of the `idx` data that a file fills */

/**
 * @typedef {object} ManifestFile
 * @property {string} name
 * @property {readonly number[]} shape
 * @property {number} bytes as stored, gzipped
 * @property {number} unpackedBytes
 * @property {string} sha256 of the unpacked bytes, in hexadecimal: a server may unpack a file on the way
 */

/** @typedef {Readonly<Record<Role, ManifestFile>>} Manifest */
/** @typedef {Record<Role, Uint8Array<ArrayBuffer>>} MnistFiles each one a complete IDX file */

/** @type {readonly Role[]} */
const roles = ['images', 'labels', 'testImages', 'testLabels'];

const CLASSES = 10;

/**
 * @param {object} options
 * @param {Manifest} options.manifest
 * @param {(file: ManifestFile, role: Role) => string | URL} options.urlOf
 * @param {typeof globalThis.fetch} [options.fetch]
 * @param {(fraction: number) => void} [options.onProgress]
 * @returns {Promise<MnistFiles>}
 * @throws {DataFileError} the first thing that is wrong with a file; the other requests are then given up
 */
export async function loadMnist({ manifest, urlOf, fetch = globalThis.fetch.bind(globalThis), onProgress }) {
  const stop = new AbortController();
  const total = roles.reduce((sum, role) => sum + manifest[role].bytes, 0);
  /** @type {Partial<Record<Role, number>>} */
  const loaded = {};
  try {
    const files = await Promise.all(
      roles.map(async (role) => {
        const file = manifest[role];
        const bytes = await load(file, urlOf(file, role), fetch, stop.signal, (count) => {
          loaded[role] = Math.min(count, file.bytes);
          onProgress?.(roles.reduce((sum, each) => sum + (loaded[each] ?? 0), 0) / total);
        });
        return /** @type {const} */ ([role, bytes]);
      }),
    );
    return /** @type {MnistFiles} */ (Object.fromEntries(files));
  } catch (error) {
    stop.abort();
    throw error;
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
