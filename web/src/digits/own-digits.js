/** Digits that the reader wrote: into the training set, to files and back. Pure but for the packing of files; runs in Node. */
import { gunzipBounded, isGzip } from './bounded-reader.js';
import { DataFileError } from './data-file-error.js';
import { CLASSES } from './experiment.js';
import { decodeIdx, encodeIdx } from './idx.js';
import { PICTURE_SIZE } from './normalise.js';

/** @typedef {{ picture: Uint8Array, label: number }} OwnDigit 784 grey levels, 255 is full ink, and the digit that they are */

const PIXELS = PICTURE_SIZE ** 2;
/** Rows that a run may have. */
const MOST_SAMPLES = 60_000;
/** More than anybody writes; it bounds what a file may hold. */
export const MOST_OWN = 1000;
/** Room for any header. */
const HEADER = 64;

/**
 * Data of IDX files with own digits before the training digits: there they are in use, however many of the others are.
 * @template {{ images?: unknown, labels?: unknown, samples?: number }} Data
 * @param {Data} data
 * @param {readonly OwnDigit[]} own
 * @returns {Data}
 */
export function withOwnDigits(data, own) {
  if (own.length === 0 || !(data.images instanceof Uint8Array) || !(data.labels instanceof Uint8Array)) return data;
  const { shape, values } = decodeIdx(data.images, 'images');
  const { values: labels } = decodeIdx(data.labels, 'labels');
  const pictures = new Uint8Array(own.length * PIXELS + values.length);
  own.forEach(({ picture }, index) => pictures.set(picture, index * PIXELS));
  pictures.set(values, own.length * PIXELS);
  const rows = own.length + shape[0];
  return {
    ...data,
    images: encodeIdx([rows, PICTURE_SIZE, PICTURE_SIZE], pictures),
    labels: encodeIdx([rows], Uint8Array.from([...own.map(({ label }) => label), ...labels])),
    samples: Math.min(MOST_SAMPLES, own.length + (data.samples ?? shape[0])),
  };
}

/**
 * Own digits as the pair of files that MNIST itself comes in.
 * @param {readonly OwnDigit[]} own
 */
export function encodeOwnDigits(own) {
  const pictures = new Uint8Array(own.length * PIXELS);
  own.forEach(({ picture }, index) => pictures.set(picture, index * PIXELS));
  return {
    images: encodeIdx([own.length, PICTURE_SIZE, PICTURE_SIZE], pictures),
    labels: encodeIdx(
      [own.length],
      Uint8Array.from(own, ({ label }) => label),
    ),
  };
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function gzip(bytes) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());
}

/**
 * Reads a pair of IDX files, gzipped or not, in either order.
 * @param {readonly { name: string, bytes: Uint8Array<ArrayBuffer> }[]} files
 * @returns {Promise<OwnDigit[]>}
 * @throws {DataFileError}
 */
export async function decodeOwnDigits(files) {
  const decoded = await Promise.all(
    files.map(async ({ name, bytes }) => decodeIdx(isGzip(bytes) ? await gunzipBounded(bytes, MOST_OWN * PIXELS + HEADER) : bytes, name)),
  );
  const images = decoded.find(({ shape }) => shape.length === 3 && shape[1] === PICTURE_SIZE && shape[2] === PICTURE_SIZE);
  const labels = decoded.find(({ shape }) => shape.length === 1);
  const [name] = files.map((file) => file.name);
  if (!images || !labels) throw new DataFileError('mismatch', name ?? '', 'expected a file of 28 × 28 images and one of their labels');
  const [count] = images.shape;
  if (count !== labels.shape[0] || count > MOST_OWN || labels.values.some((label) => label >= CLASSES)) {
    throw new DataFileError('mismatch', name, `expected at most ${MOST_OWN} images and as many labels from 0 to 9, got ${count}`);
  }
  return Array.from({ length: count }, (_, index) => ({
    picture: images.values.slice(index * PIXELS, (index + 1) * PIXELS),
    label: labels.values[index],
  }));
}
