/** Digits that the reader wrote: the collection of them, and their way into the training set. Pure. */
import { decodeIdx, encodeIdx } from './idx.js';
import { PICTURE_SIZE } from './normalise.js';

/** @typedef {{ picture: Uint8Array, label: number }} OwnDigit 784 grey levels, 255 is full ink, and the digit that they are */

/**
 * The digits that the reader has: `aside` are those that were removed, or gave way to those of a link or file.
 * @typedef {{ digits: readonly OwnDigit[], used: boolean, aside: readonly OwnDigit[] }} Collection
 */

const PIXELS = PICTURE_SIZE ** 2;
/** Rows that a run may have. */
export const MOST_SAMPLES = 60_000;
/** More than anybody writes; it bounds what a file may hold. */
export const MOST_OWN = 1000;

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

/** @param {OwnDigit} digit */
const keyOf = ({ picture, label }) => `${label}:${picture.join()}`;

/**
 * Digits that are not among others, each once.
 * @param {readonly OwnDigit[]} digits
 * @param {readonly OwnDigit[]} others
 */
function without(digits, others) {
  const known = new Set(others.map(keyOf));
  return digits.filter((digit) => {
    const key = keyOf(digit);
    return !known.has(key) && Boolean(known.add(key));
  });
}

/**
 * Other digits in place of those that there are, which are laid aside: nothing that was written is lost.
 * @param {Collection} collection
 * @param {readonly OwnDigit[]} digits
 * @param {boolean} used
 * @returns {Collection}
 */
export function replaced(collection, digits, used) {
  return { digits, used, aside: without([...collection.digits, ...collection.aside], digits).slice(0, MOST_OWN) };
}

/**
 * What was laid aside is there again, as far as there is room.
 * @param {Collection} collection
 * @returns {Collection}
 */
export function broughtBack({ digits, used, aside }) {
  const room = MOST_OWN - digits.length;
  return { digits: [...digits, ...aside.slice(0, room)], used, aside: aside.slice(room) };
}
