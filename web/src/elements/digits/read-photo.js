/** A picture file of one digit, as ink on a sheet. Fetched with the first such file. */
import { DataFileError } from '../../digits/data-file-error.js';
import { digitsInside, LARGEST_FILE } from '../../digits/own-digit-files.js';
import { inkOfImage } from '../../digits/photo.js';

/** @import { Picture } from '../../digits/normalise.js' */

/** What a picture file may have at most. */
export const MOST_BYTES = 8 * 2 ** 20;
export const MOST_PIXELS = 4096;
/** Pixels of the longer side that are looked at: many times those of a digit. */
const SIDE = 448;

/** @typedef {'large' | 'unreadable' | 'blank'} PhotoFault */

/**
 * Whether a picture is a contact sheet of own digits rather than one digit.
 * @param {File} file
 */
export async function isSheet(file) {
  if (file.size > LARGEST_FILE) return false;
  try {
    return digitsInside(new Uint8Array(await file.arrayBuffer()), file.name) !== undefined;
  } catch (thrown) {
    // A sheet whose digits are damaged; whoever reads it says so.
    if (thrown instanceof DataFileError) return true;
    throw thrown;
  }
}

/**
 * How large a picture says it is, before its pixels are unpacked: a few kilobytes can hold gigabytes of them.
 * @param {Blob} file
 * @returns {Promise<number>} 0 where that cannot be known
 */
async function longerSide(file) {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    await new Promise((resolve) => {
      image.onload = resolve;
      image.onerror = resolve;
      image.src = address;
    });
    return Math.max(image.naturalWidth, image.naturalHeight);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * @param {Blob} file
 * @returns {Promise<Picture | PhotoFault>} what is wrong, where it cannot be used
 */
export async function readPhoto(file) {
  if (file.size > MOST_BYTES || (await longerSide(file)) > MOST_PIXELS) return 'large';
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return 'unreadable';
  try {
    const longer = Math.max(bitmap.width, bitmap.height);
    if (longer > MOST_PIXELS) return 'large';
    const scale = Math.min(1, SIDE / longer);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return 'unreadable';
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return inkOfImage(context.getImageData(0, 0, canvas.width, canvas.height)) ?? 'blank';
  } finally {
    bitmap.close();
  }
}
