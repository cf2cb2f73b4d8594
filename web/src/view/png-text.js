/**
 * Text inside a PNG file (a tEXt chunk, W3C PNG section 11.3.3): a picture carries what it was made of. Pure; runs in Node.
 */

const SIGNATURE = Object.freeze([137, 80, 78, 71, 13, 10, 26, 10]);
/** Length, kind and checksum of a chunk. */
const FRAME = 12;

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; ++bit) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/** CRC-32 as PNG has it. @param {Uint8Array} bytes */
function checksumOf(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = checksums[(sum ^ byte) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** @param {Uint8Array} bytes */
export function isPng(bytes) {
  return SIGNATURE.every((byte, place) => bytes[place] === byte);
}

const latin = (/** @type {string} */ text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/**
 * @param {Uint8Array} png
 * @param {string} keyword
 * @param {string} text plain ASCII
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function withPngText(png, keyword, text) {
  const content = latin(`tEXt${keyword}\0${text}`);
  const chunk = new Uint8Array(content.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, content.length - 4);
  chunk.set(content, 4);
  view.setUint32(4 + content.length, checksumOf(content));
  // Before the last chunk, which is empty.
  const end = png.length - FRAME;
  const result = new Uint8Array(png.length + chunk.length);
  result.set(png.subarray(0, end));
  result.set(chunk, end);
  result.set(png.subarray(end), end + chunk.length);
  return result;
}

/**
 * @param {Uint8Array} png
 * @param {string} keyword
 * @returns {string | undefined} undefined where there is no such text, or it is damaged
 */
export function pngText(png, keyword) {
  if (!isPng(png)) return undefined;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const beginning = `tEXt${keyword}\0`;
  for (let at = SIGNATURE.length; at + FRAME <= png.length;) {
    const length = view.getUint32(at);
    const content = png.subarray(at + 4, at + 8 + length);
    const end = at + FRAME + length;
    if (end > png.length) return undefined;
    if (latin(beginning).every((byte, place) => content[place] === byte)) {
      if (view.getUint32(end - 4) !== checksumOf(content)) return undefined;
      let text = '';
      for (const byte of content.subarray(beginning.length)) text += String.fromCharCode(byte);
      return text;
    }
    at = end;
  }
  return undefined;
}
