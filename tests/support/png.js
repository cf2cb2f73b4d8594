// Plain black pictures, made with Node's own checksum and compression: a file of a few kilobytes can be a very large one.
import { crc32, deflateSync } from 'node:zlib';

/** @param {string} kind @param {Uint8Array} content */
function chunk(kind, content) {
  const bytes = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(bytes), 4);
  return Buffer.concat([frame.subarray(0, 4), bytes, frame.subarray(4)]);
}

/**
 * A PNG file of one bit a pixel.
 * @param {number} side in pixels
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function plainPng(side) {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Uint8Array.from(Buffer.concat([signature, ...chunks]));
}
