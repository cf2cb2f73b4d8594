/**
 * The reader's own images: IDX files, gzipped or not, as MNIST and the sets made after it have them. Everything about them is checked
 * before it is used, and nothing is unpacked beyond what a lab can hold.
 */
import { gunzipBounded, isGzip, readBounded, TooManyBytesError } from './bounded-reader.js';
import { DataFileError } from './data-file-error.js';
import { CLASSES } from './experiment.js';
import { decodeIdx, encodeIdx } from './idx.js';
import { PICTURE_SIZE } from './normalise.js';

/** @import { MnistFiles } from './mnist-store.js' */

const MOST_IMAGES = 60_000;
/** Bytes of the largest file that is of use, with its header. */
const LIMIT = MOST_IMAGES * PICTURE_SIZE ** 2 + 16;
/** Of a single pair, one in so many is kept for testing. */
const KEPT = 6;

/** @typedef {{ name: string, stream: () => ReadableStream<Uint8Array<ArrayBuffer>> }} NamedBytes a File, or what stands for one in a test */

/** @param {NamedBytes} file */
async function readIdx({ name, stream }) {
  try {
    const received = await readBounded(stream(), LIMIT);
    const bytes = isGzip(received) ? await gunzipBounded(received, LIMIT) : received;
    return { name, bytes, ...decodeIdx(bytes, name) };
  } catch (thrown) {
    if (thrown instanceof DataFileError) throw thrown;
    if (thrown instanceof TooManyBytesError) {
      throw new DataFileError('oversized', name, `expected at most ${LIMIT} bytes when unpacked, got more`, { cause: thrown });
    }
    throw new DataFileError('damaged', name, 'it cannot be read, or its gzip data is broken', { cause: thrown });
  }
}

/**
 * Reads images with their labels, and test images with theirs where there are any: told apart by `t10k` or `test` in their names.
 * Of a single pair the last sixth is kept for testing.
 * @param {readonly NamedBytes[]} files two or four
 * @returns {Promise<MnistFiles>}
 * @throws {DataFileError} what is wrong, and with which file
 */
export async function readOwnImages(files) {
  /** @type {Partial<MnistFiles>} */
  const found = {};
  /** @type {Record<string, string>} */
  const names = {};
  // One after the other: two large files at once would need twice the memory.
  for (const file of files) {
    const { name, bytes, shape, values } = await readIdx(file);
    const test = /t10k|test/i.test(name);
    const isImages = shape.length === 3 && shape[1] === PICTURE_SIZE && shape[2] === PICTURE_SIZE;
    if (!isImages && shape.length !== 1) {
      throw new DataFileError('mismatch', name, `expected images of 28 × 28 pixels or labels, the header says ${shape.join(' × ')}`);
    }
    if (shape[0] < KEPT || shape[0] > MOST_IMAGES) {
      throw new DataFileError('mismatch', name, `expected ${KEPT} to ${MOST_IMAGES} items, the header says ${shape[0]}`);
    }
    if (!isImages && values.some((label) => label >= CLASSES)) {
      throw new DataFileError('mismatch', name, `expected labels from 0 to ${CLASSES - 1}`);
    }
    const role = isImages ? (test ? 'testImages' : 'images') : test ? 'testLabels' : 'labels';
    found[role] = bytes;
    names[role] = name;
  }
  const trains = found.images !== undefined || found.labels !== undefined;
  // A pair that is called a test, with no other, is all there is to learn from too.
  if (!trains && found.testImages && found.testLabels) return splitOff(pairOf(found.testImages, found.testLabels, names.testImages));
  const train = pairOf(found.images, found.labels, names.images ?? names.labels ?? files[0]?.name ?? '');
  if (!found.testImages && !found.testLabels) return splitOff(train);
  const test = pairOf(found.testImages, found.testLabels, names.testImages ?? names.testLabels);
  return { images: train.images, labels: train.labels, testImages: test.images, testLabels: test.labels };
}

/**
 * @param {Uint8Array<ArrayBuffer> | undefined} images
 * @param {Uint8Array<ArrayBuffer> | undefined} labels
 * @param {string} name
 */
function pairOf(images, labels, name) {
  if (!images || !labels) throw new DataFileError('missing', name, 'expected images together with their labels, got only one of them');
  const [pictures, classes] = [decodeIdx(images, name).shape[0], decodeIdx(labels, name).shape[0]];
  if (pictures !== classes) throw new DataFileError('mismatch', name, `expected as many labels as images, got ${classes} for ${pictures}`);
  return { images, labels, count: pictures };
}

/**
 * @param {{ images: Uint8Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer>, count: number }} pair
 * @returns {MnistFiles}
 */
function splitOff({ images, labels, count }) {
  const kept = Math.floor(count / KEPT);
  const learned = count - kept;
  const pixels = PICTURE_SIZE ** 2;
  const { values: pictures } = decodeIdx(images, 'images');
  const { values: classes } = decodeIdx(labels, 'labels');
  return {
    images: encodeIdx([learned, PICTURE_SIZE, PICTURE_SIZE], pictures.subarray(0, learned * pixels)),
    labels: encodeIdx([learned], classes.subarray(0, learned)),
    testImages: encodeIdx([kept, PICTURE_SIZE, PICTURE_SIZE], pictures.subarray(learned * pixels)),
    testLabels: encodeIdx([kept], classes.subarray(learned)),
  };
}
