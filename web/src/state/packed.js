/**
 * The link's one binary field `packed`: own points and weights. Little-endian throughout.
 *
 *   byte  0      version of this format, 1
 *   then sections, each
 *   byte  0      kind: 1 labelled points, 2 points with targets, 3 parameters
 *   kind 1, 2:   rows u32, columns u16, outputs u16 (0 for kind 1), inputs f32 [rows x columns],
 *                then labels u16 [rows] or targets f32 [rows x outputs]
 *   kind 3:      count u32, parameters f32 [count]
 *
 * Sizes are checked against the bytes that are there before anything is allocated.
 */

/**
 * @typedef {{ columns: number, inputs: Float32Array, labels?: Uint16Array, targets?: Float32Array, outputs?: number }} Points
 * @typedef {{ points?: Points, parameters?: Float32Array }} Packed
 */

const FORMAT = 1;
const LABELLED = 1;
const TARGETED = 2;
const PARAMETERS = 3;

/**
 * @param {Packed} content
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function pack({ points, parameters }) {
  const sections = [Uint8Array.of(FORMAT)];
  if (points) sections.push(packPoints(points));
  if (parameters) {
    const section = new DataView(new ArrayBuffer(5 + parameters.length * 4));
    section.setUint8(0, PARAMETERS);
    section.setUint32(1, parameters.length, true);
    parameters.forEach((value, i) => section.setFloat32(5 + i * 4, value, true));
    sections.push(new Uint8Array(section.buffer));
  }
  const bytes = new Uint8Array(sections.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const section of sections) {
    bytes.set(section, offset);
    offset += section.length;
  }
  return bytes;
}

/**
 * @param {Points} points
 * @returns {Uint8Array<ArrayBuffer>}
 */
function packPoints({ columns, inputs, labels, targets, outputs = 1 }) {
  const rows = inputs.length / columns;
  const tail = labels ? rows * 2 : rows * outputs * 4;
  const view = new DataView(new ArrayBuffer(9 + inputs.length * 4 + tail));
  view.setUint8(0, labels ? LABELLED : TARGETED);
  view.setUint32(1, rows, true);
  view.setUint16(5, columns, true);
  view.setUint16(7, labels ? 0 : outputs, true);
  let offset = 9;
  for (const value of inputs) {
    view.setFloat32(offset, value, true);
    offset += 4;
  }
  if (labels) {
    for (const label of labels) {
      view.setUint16(offset, label, true);
      offset += 2;
    }
  } else {
    for (const value of targets ?? []) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return new Uint8Array(view.buffer);
}

/**
 * @param {Uint8Array} bytes
 * @returns {Packed}
 * @throws {RangeError} with what is wrong, in words
 */
export function unpack(bytes) {
  const reader = createReader(bytes);
  const format = reader.uint8();
  if (format !== FORMAT) throw new RangeError(`expected format ${FORMAT}, got ${format}`);
  /** @type {Packed} */
  const content = {};
  while (reader.left() > 0) {
    const kind = reader.uint8();
    if ((kind === LABELLED || kind === TARGETED) && !content.points) content.points = unpackPoints(reader, kind);
    else if (kind === PARAMETERS && !content.parameters) content.parameters = reader.float32s(reader.uint32());
    else throw new RangeError(`expected points and parameters at most once each, got a part of kind ${kind}`);
  }
  return content;
}

/**
 * @param {ReturnType<typeof createReader>} reader
 * @param {number} kind
 * @returns {Points}
 */
function unpackPoints(reader, kind) {
  const rows = reader.uint32();
  const columns = reader.uint16();
  const outputs = reader.uint16();
  if (rows === 0 || columns === 0) throw new RangeError(`expected at least one point, got ${rows} rows of ${columns} columns`);
  if ((kind === LABELLED) !== (outputs === 0)) throw new RangeError(`expected outputs for targets only, got ${outputs}`);
  const inputs = reader.float32s(rows * columns);
  return kind === LABELLED
    ? { columns, inputs, labels: reader.uint16s(rows) }
    : { columns, inputs, targets: reader.float32s(rows * outputs), outputs };
}

/** @param {Uint8Array} bytes */
function createReader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  /** @param {number} length */
  const take = (length) => {
    if (length > view.byteLength - offset) throw new RangeError(`expected ${length} more bytes, got ${view.byteLength - offset}`);
    const at = offset;
    offset += length;
    return at;
  };
  return {
    left: () => view.byteLength - offset,
    uint8: () => view.getUint8(take(1)),
    uint16: () => view.getUint16(take(2), true),
    uint32: () => view.getUint32(take(4), true),
    /** @param {number} count */
    float32s(count) {
      const at = take(count * 4);
      const values = new Float32Array(count);
      for (let i = 0; i < count; i += 1) {
        values[i] = view.getFloat32(at + i * 4, true);
        if (!Number.isFinite(values[i])) throw new RangeError(`expected finite numbers, got ${values[i]}`);
      }
      return values;
    },
    /** @param {number} count */
    uint16s(count) {
      const at = take(count * 2);
      const values = new Uint16Array(count);
      for (let i = 0; i < count; i += 1) values[i] = view.getUint16(at + i * 2, true);
      return values;
    },
  };
}
