/**
 * The link's one binary field `packed`: own points and weights. Little-endian throughout.
 *
 *   byte  0      version of this format, 1
 *   then sections, each
 *   byte  0      kind: 1 labelled points, 2 points with targets, 3 parameters, 4 and 5 as 1 and 2 with inputs on a grid
 *   kind 1, 2:   rows u32, columns u16, outputs u16 (0 for kind 1), inputs f32 [rows x columns],
 *                then labels u16 [rows] or targets f32 [rows x outputs]
 *   kind 3:      count u32, parameters f32 [count]
 *   kind 4, 5:   as 1 and 2, but inputs i16 in hundredths [rows x columns], labels u8 [rows]; for points that this loses nothing of,
 *                as those are that were painted: half as long
 *   kind 6:      length u32, then so many bytes that a lab makes and reads itself: own digits
 *
 * Sizes are checked against the bytes that are there before anything is allocated.
 */

/**
 * @typedef {{ columns: number, inputs: Float32Array, labels?: Uint16Array, targets?: Float32Array, outputs?: number }} Points
 * @typedef {{ points?: Points, parameters?: Float32Array, own?: Uint8Array }} Packed
 */

const FORMAT = 1;
const LABELLED = 1;
const TARGETED = 2;
const PARAMETERS = 3;
const LABELLED_ON_GRID = 4;
const TARGETED_ON_GRID = 5;
const OWN = 6;
const GRID = 100;
const LARGEST_ON_GRID = 0x7fff;
const LARGEST_SHORT_LABEL = 0xff;

/**
 * @param {Packed} content
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function pack({ points, parameters, own }) {
  const sections = [Uint8Array.of(FORMAT)];
  if (points) sections.push(packPoints(points));
  if (parameters) {
    const section = new DataView(new ArrayBuffer(5 + parameters.length * 4));
    section.setUint8(0, PARAMETERS);
    section.setUint32(1, parameters.length, true);
    parameters.forEach((value, i) => section.setFloat32(5 + i * 4, value, true));
    sections.push(new Uint8Array(section.buffer));
  }
  if (own) {
    const section = new DataView(new ArrayBuffer(5));
    section.setUint8(0, OWN);
    section.setUint32(1, own.length, true);
    sections.push(new Uint8Array(section.buffer), Uint8Array.from(own));
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
 * Whether hundredths say exactly what the inputs are.
 * @param {Points} points
 */
function isOnGrid({ inputs, labels }) {
  return (
    inputs.every((value) => {
      const hundredths = Math.round(value * GRID);
      return Math.abs(hundredths) <= LARGEST_ON_GRID && Object.is(Math.fround((hundredths | 0) / GRID), value);
    }) && (labels ?? []).every((/** @type {number} */ label) => label <= LARGEST_SHORT_LABEL)
  );
}

/**
 * @param {Points} points
 * @returns {Uint8Array<ArrayBuffer>}
 */
function packPoints(points) {
  const { columns, inputs, labels, targets = [], outputs = 1 } = points;
  const rows = inputs.length / columns;
  const grid = isOnGrid(points);
  const tail = labels ? rows * (grid ? 1 : 2) : rows * outputs * 4;
  const view = new DataView(new ArrayBuffer(9 + inputs.length * (grid ? 2 : 4) + tail));
  view.setUint8(0, labels ? (grid ? LABELLED_ON_GRID : LABELLED) : grid ? TARGETED_ON_GRID : TARGETED);
  view.setUint32(1, rows, true);
  view.setUint16(5, columns, true);
  view.setUint16(7, labels ? 0 : outputs, true);
  let offset = 9;
  /** @param {number} value */
  const float32 = (value) => {
    view.setFloat32(offset, value, true);
    offset += 4;
  };
  /** @param {number} value */
  const hundredths = (value) => {
    view.setInt16(offset, Math.round(value * GRID), true);
    offset += 2;
  };
  inputs.forEach(grid ? hundredths : float32);
  if (labels) {
    for (const label of labels) {
      if (grid) view.setUint8(offset, label);
      else view.setUint16(offset, label, true);
      offset += grid ? 1 : 2;
    }
  } else {
    targets.forEach(float32);
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
    if ([LABELLED, TARGETED, LABELLED_ON_GRID, TARGETED_ON_GRID].includes(kind) && !content.points)
      content.points = unpackPoints(reader, kind);
    else if (kind === PARAMETERS && !content.parameters) content.parameters = reader.float32s(reader.uint32());
    else if (kind === OWN && !content.own) content.own = reader.bytes(reader.uint32());
    else throw new RangeError(`expected points, parameters and own digits at most once each, got a part of kind ${kind}`);
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
  const labelled = kind === LABELLED || kind === LABELLED_ON_GRID;
  const grid = kind === LABELLED_ON_GRID || kind === TARGETED_ON_GRID;
  if (labelled !== (outputs === 0)) throw new RangeError(`expected outputs for targets only, got ${outputs}`);
  const inputs = grid ? reader.hundredths(rows * columns) : reader.float32s(rows * columns);
  if (!labelled) return { columns, inputs, targets: reader.float32s(rows * outputs), outputs };
  return { columns, inputs, labels: grid ? reader.uint8s(rows) : reader.uint16s(rows) };
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
    bytes(count) {
      const at = take(count);
      return bytes.slice(at, at + count);
    },
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
    hundredths(count) {
      const at = take(count * 2);
      return Float32Array.from({ length: count }, (_, i) => view.getInt16(at + i * 2, true) / GRID);
    },
    /** @param {number} count */
    uint8s(count) {
      const at = take(count);
      return Uint16Array.from({ length: count }, (_, i) => view.getUint8(at + i));
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
