/**
 * Own digits in files: the pair of IDX files that MNIST itself comes in, gzipped or not, and contact sheets, which are pictures that carry
 * their digits as the text of a PNG file. Runs in Node.
 */
import { fromBase64, toBase64 } from '../state/base64.js';
import { isPng, pngText, withPngText } from '../view/png-text.js';
import { gunzipBounded, isGzip, TooManyBytesError } from './bounded-reader.js';
import { DataFileError } from './data-file-error.js';
import { CLASSES } from './experiment.js';
import { decodeIdx, encodeIdx } from './idx.js';
import { PICTURE_SIZE } from './normalise.js';
import { MOST_OWN } from './own-digits.js';
import { packDigits, unpackDigits } from './packed-digits.js';

/** @import { OwnDigit } from './own-digits.js' */

/** @typedef {{ name: string, bytes: Uint8Array<ArrayBuffer> }} NamedFile */

/** No sheet or file of so many digits is larger; a file beyond is not even read. */
export const LARGEST_FILE = 16 * 2 ** 20;

const PIXELS = PICTURE_SIZE ** 2;
/** Room for any header. */
const HEADER = 64;
const KEYWORD = 'mlp-playground own digits';

/**
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
 * A picture with digits inside.
 * @param {Uint8Array} png
 * @param {readonly OwnDigit[]} digits
 */
export function withDigitsInside(png, digits) {
  return withPngText(png, KEYWORD, toBase64(packDigits(digits)));
}

/**
 * The digits that a picture carries.
 * @param {Uint8Array} png
 * @param {string} name of the file
 * @returns {OwnDigit[] | undefined} undefined for any other file
 * @throws {DataFileError} for a sheet whose digits are damaged
 */
export function digitsInside(png, name) {
  const text = pngText(png, KEYWORD);
  if (text === undefined) return undefined;
  try {
    const bytes = fromBase64(text);
    if (bytes) return unpackDigits(bytes, MOST_OWN);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  throw new DataFileError('damaged', name, 'the digits in this sheet are damaged');
}

/** @param {NamedFile} file */
async function readIdx({ name, bytes }) {
  try {
    return { name, ...decodeIdx(isGzip(bytes) ? await gunzipBounded(bytes, MOST_OWN * PIXELS + HEADER) : bytes, name) };
  } catch (thrown) {
    if (thrown instanceof DataFileError) throw thrown;
    if (thrown instanceof TooManyBytesError) throw new DataFileError('mismatch', name, `expected at most ${MOST_OWN} images`);
    // Broken gzip is a TypeError in browsers.
    throw new DataFileError('damaged', name, 'its gzip data are broken', { cause: thrown });
  }
}

/**
 * Reads contact sheets, and a pair of IDX files, gzipped or not, in either order.
 * @param {readonly NamedFile[]} files
 * @returns {Promise<OwnDigit[]>}
 * @throws {DataFileError} what is wrong, and with which file
 */
export async function decodeOwnDigits(files) {
  const sheets = files.filter(({ bytes }) => isPng(bytes));
  const inside = sheets.flatMap(({ name, bytes }) => {
    const digits = digitsInside(bytes, name);
    if (!digits) throw new DataFileError('foreign', name, 'expected a contact sheet of this page, got another picture');
    return digits;
  });
  const pair = files.filter((file) => !sheets.includes(file));
  return pair.length === 0 && sheets.length > 0 ? inside : [...inside, ...(await decodePair(pair))];
}

/** @param {readonly NamedFile[]} files */
async function decodePair(files) {
  const decoded = await Promise.all(files.map(readIdx));
  const images = decoded.find(({ shape }) => shape.length === 3 && shape[1] === PICTURE_SIZE && shape[2] === PICTURE_SIZE);
  const labels = decoded.find(({ shape }) => shape.length === 1);
  const strange = decoded.find((each) => each !== images && each !== labels);
  if (strange) throw new DataFileError('mismatch', strange.name, `expected one file of 28 × 28 images and one of their labels`);
  if (!images || !labels) {
    throw new DataFileError('missing', (images ?? labels)?.name ?? '', 'expected images together with their labels, got only one of them');
  }
  const [count] = images.shape;
  if (count !== labels.shape[0] || count > MOST_OWN || labels.values.some((label) => label >= CLASSES)) {
    throw new DataFileError('mismatch', labels.name, `expected at most ${MOST_OWN} images and as many labels from 0 to 9, got ${count}`);
  }
  return Array.from({ length: count }, (_, index) => ({
    picture: images.values.slice(index * PIXELS, (index + 1) * PIXELS),
    label: labels.values[index],
  }));
}
