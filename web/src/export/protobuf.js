/**
 * As much of the protocol buffers' wire format as writing needs: a message is the bytes of its fields one after the other, each with
 * its number and the way its value is written.
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** @param {number} value a whole number from 0 on */
function varint(value) {
  const bytes = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.from([...bytes, rest]);
}

/** @param {number} field @param {number} type */
const tag = (field, type) => varint(field * 8 + type);

/**
 * @param {readonly Uint8Array[]} parts
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function concat(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/**
 * @param {number} field
 * @param {number} value
 */
export function integer(field, value) {
  return concat([tag(field, VARINT), varint(value)]);
}

/**
 * @param {number} field
 * @param {number} value
 */
export function float(field, value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([tag(field, FIXED_32), bytes]);
}

/**
 * Bytes, a text, or a message.
 * @param {number} field
 * @param {Uint8Array | string | readonly Uint8Array[]} value a message as the list of its fields
 */
export function block(field, value) {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof Uint8Array ? value : concat(value);
  return concat([tag(field, LENGTH_DELIMITED), varint(bytes.length), bytes]);
}
