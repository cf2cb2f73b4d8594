/**
 * The reader's own points on the plane and what one does to them: every edit gives new points and leaves the old ones as they are, so
 * that a history of them is undo and redo. Pure.
 */

/** @import { Experiment } from '../engine/types.js' */

/**
 * @typedef {object} OwnPoints
 * @property {number} classes 0 for values (regression)
 * @property {number} rows
 * @property {Float32Array} inputs [rows x 2]
 * @property {Float32Array} values a class index each, or a target each
 */

/** @typedef {{ x: number, y: number }} Place */

/** Half the side of the plane. */
export const PLANE = 6;
export const FEWEST_CLASSES = 2;
/** As many as there are markers. */
export const MOST_CLASSES = 10;
/** Coordinates are kept in hundredths: finer than any screen, and short in a link. */
const GRID = 100;

/**
 * A coordinate on the grid; what is no number is the middle.
 * @param {number} value
 */
export function onGrid(value) {
  return Math.fround(Math.round(value * GRID) / GRID) || 0;
}

/** @param {number} value */
function onPlane(value) {
  return onGrid(Math.min(PLANE, Math.max(-PLANE, value)));
}

/**
 * @param {number} classes
 * @param {ArrayLike<number>} inputs [rows x 2]
 * @param {ArrayLike<number>} values
 * @returns {OwnPoints}
 */
export function ownPoints(classes, inputs, values) {
  return { classes, rows: values.length, inputs: Float32Array.from(inputs), values: Float32Array.from(values) };
}

/** @param {number} classes @returns {OwnPoints} */
export function noPoints(classes) {
  return ownPoints(classes, [], []);
}

/**
 * Points of any origin as own ones, on the grid.
 * @param {number} classes
 * @param {readonly { inputs: ArrayLike<number>, values: ArrayLike<number> }[]} parts
 * @returns {OwnPoints}
 */
export function copiedPoints(classes, parts) {
  return ownPoints(
    classes,
    parts.flatMap(({ inputs }) => Array.from(inputs, onGrid)),
    parts.flatMap(({ values }) => Array.from(values, classes > 0 ? Number : onGrid)),
  );
}

/**
 * Whether a data section holds a table with two columns and one target, or few enough classes to draw.
 * @param {Experiment['data']} data
 */
export function holdsPoints(data) {
  if (data?.id !== 'table' || data.columns !== 2 || !isNumbers(data.inputs)) return false;
  return isNumbers(data.labels)
    ? Number(data.classes ?? FEWEST_CLASSES) <= MOST_CLASSES
    : isNumbers(data.targets) && (data.outputs ?? 1) === 1;
}

/**
 * The points of a document; undefined where it holds none.
 * @param {Experiment['data']} data
 * @returns {OwnPoints | undefined}
 */
export function pointsOfDocument(data) {
  if (!data || !holdsPoints(data)) return undefined;
  const inputs = /** @type {ArrayLike<number>} */ (data.inputs);
  if (!isNumbers(data.labels)) return ownPoints(0, inputs, /** @type {ArrayLike<number>} */ (data.targets));
  const values = Float32Array.from(data.labels);
  const classes = Number(data.classes ?? values.reduce((most, value) => Math.max(most, value + 1), FEWEST_CLASSES));
  return classes <= MOST_CLASSES ? ownPoints(classes, inputs, values) : undefined;
}

/**
 * What of a document's data section the points are.
 * @param {OwnPoints} points
 * @returns {{ id: string, columns: number, inputs: Float32Array, labels?: Uint16Array, classes?: number, targets?: Float32Array, outputs?: number }}
 */
export function documentOfPoints({ classes, inputs, values }) {
  const table = { id: 'table', columns: 2, inputs };
  return classes > 0 ? { ...table, labels: Uint16Array.from(values), classes } : { ...table, targets: values, outputs: 1 };
}

/**
 * @param {unknown} value
 * @returns {value is ArrayLike<number>}
 */
function isNumbers(value) {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/**
 * @param {OwnPoints} a
 * @param {OwnPoints} b
 */
export function samePoints(a, b) {
  /** @param {Float32Array} left @param {Float32Array} right */
  const equal = (left, right) => left.length === right.length && left.every((value, index) => value === right[index]);
  return a === b || (a.classes === b.classes && equal(a.inputs, b.inputs) && equal(a.values, b.values));
}

/**
 * @param {OwnPoints} points
 * @param {readonly Place[]} places
 * @param {number} value of all of them
 * @returns {OwnPoints}
 */
export function withPoints(points, places, value) {
  const inputs = new Float32Array((points.rows + places.length) * 2);
  inputs.set(points.inputs);
  places.forEach(({ x, y }, index) => inputs.set([onPlane(x), onPlane(y)], (points.rows + index) * 2));
  const values = new Float32Array(points.rows + places.length).fill(value, points.rows);
  values.set(points.values);
  return { classes: points.classes, rows: values.length, inputs, values };
}

/**
 * @param {OwnPoints} points
 * @param {(row: number) => boolean} keep
 * @returns {OwnPoints} the same where nothing goes
 */
function filtered(points, keep) {
  const rows = Array.from(points.values, (_, row) => row).filter(keep);
  if (rows.length === points.rows) return points;
  return ownPoints(
    points.classes,
    rows.flatMap((row) => [points.inputs[row * 2], points.inputs[row * 2 + 1]]),
    rows.map((row) => points.values[row]),
  );
}

/**
 * @param {OwnPoints} points
 * @param {Place} place
 * @param {number} reach
 */
export function withoutPointsNear(points, { x, y }, reach) {
  return filtered(points, (row) => Math.hypot(points.inputs[row * 2] - x, points.inputs[row * 2 + 1] - y) > reach);
}

/**
 * @param {OwnPoints} points
 * @param {number} removed
 */
export function withoutRow(points, removed) {
  return filtered(points, (row) => row !== removed);
}

/**
 * @param {OwnPoints} points
 * @param {Place} place
 * @param {number} reach
 * @returns {number} the row of the nearest point; -1 where there is none within reach
 */
export function nearestRow({ inputs, rows }, { x, y }, reach) {
  let nearest = -1;
  let least = reach;
  for (let row = 0; row < rows; ++row) {
    const distance = Math.hypot(inputs[row * 2] - x, inputs[row * 2 + 1] - y);
    if (distance <= least) [nearest, least] = [row, distance];
  }
  return nearest;
}

/**
 * @param {OwnPoints} points
 * @param {number} row
 * @param {Place} place
 * @returns {OwnPoints}
 */
export function withMovedRow(points, row, { x, y }) {
  return withRow(points, row, { x: onPlane(x), y: onPlane(y) });
}

/**
 * A row as it was typed: any number, also off the plane.
 * @param {OwnPoints} points
 * @param {number} row
 * @param {{ x?: number, y?: number, value?: number }} change
 * @returns {OwnPoints}
 */
export function withRow(points, row, { x, y, value }) {
  const inputs = points.inputs.slice();
  const values = points.values.slice();
  if (x !== undefined) inputs[row * 2] = x;
  if (y !== undefined) inputs[row * 2 + 1] = y;
  if (value !== undefined) values[row] = value;
  return { ...points, inputs, values };
}

/**
 * @param {OwnPoints} points
 * @returns {OwnPoints} with room for one class more
 */
export function withClassAdded(points) {
  return { ...points, classes: Math.min(MOST_CLASSES, points.classes + 1) };
}

/**
 * One point far from all others of its class: among those of another, or, for values, at the other end of them.
 * @param {OwnPoints} points
 * @param {() => number} random
 * @returns {OwnPoints}
 */
export function withOutlier(points, random) {
  const row = Math.floor(random() * points.rows);
  const place = points.rows > 0 ? { x: -points.inputs[row * 2], y: -points.inputs[row * 2 + 1] } : { x: 0, y: 0 };
  const length = Math.hypot(place.x, place.y);
  // Outwards to the rim of the plane, on the side across from a point of the same kind.
  const scale = length > 0 ? (0.9 * PLANE) / Math.max(Math.abs(place.x), Math.abs(place.y)) : 0;
  const angle = 2 * Math.PI * random();
  const far =
    scale > 0 ? { x: place.x * scale, y: place.y * scale } : { x: 0.9 * PLANE * Math.cos(angle), y: 0.9 * PLANE * Math.sin(angle) };
  if (points.rows === 0) return withPoints(points, [far], points.classes > 0 ? 0 : 1);
  const value = points.values[row];
  return withPoints(points, [far], points.classes > 0 ? value : onGrid(-3 * (Math.abs(value) < 0.1 ? 1 : value)));
}

/**
 * A share of the labels turned into another class; of values, their sign.
 * @param {OwnPoints} points
 * @param {number} share
 * @param {() => number} random
 * @returns {OwnPoints}
 */
export function withFlippedLabels(points, share, random) {
  const order = Array.from(points.values, (_, row) => row);
  const count = Math.min(points.rows, Math.max(points.rows > 0 ? 1 : 0, Math.round(share * points.rows)));
  const values = points.values.slice();
  for (let index = 0; index < count; ++index) {
    const other = index + Math.floor(random() * (order.length - index));
    [order[index], order[other]] = [order[other], order[index]];
    const row = order[index];
    values[row] = points.classes > 0 ? (values[row] + 1 + Math.floor(random() * (points.classes - 1))) % points.classes : -values[row];
  }
  return { ...points, values };
}

/** Points a length of this apart along a stroke, and the room that one of them takes within a brush. */
const SPACING = 0.3;

/**
 * Where a brush puts points on its way: one after the other with a fine brush, scattered evenly over the disc with a broad one.
 * @param {Place | undefined} from undefined where the stroke begins
 * @param {Place} to
 * @param {number} radius of the brush
 * @param {() => number} random
 * @returns {{ places: Place[], end: Place }} `end`: where the next piece of the stroke begins
 */
export function brushed(from, to, radius, random) {
  const length = from ? Math.hypot(to.x - from.x, to.y - from.y) : 0;
  const pace = Math.max(SPACING, radius / 2);
  const dabs = from ? Math.floor(length / pace) : 1;
  /** @type {Place[]} */
  const places = [];
  let end = from ?? to;
  for (let dab = 1; dab <= dabs; ++dab) {
    const part = from ? (dab * pace) / length : 1;
    end = from ? { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) } : to;
    const count = radius < SPACING ? 1 : Math.round(1 + (2 * radius) / SPACING / (from ? 2 : 1));
    for (let point = 0; point < count; ++point) {
      const distance = radius < SPACING ? 0 : radius * Math.sqrt(random());
      const angle = 2 * Math.PI * random();
      places.push({ x: end.x + distance * Math.cos(angle), y: end.y + distance * Math.sin(angle) });
    }
  }
  return { places, end };
}

/**
 * Evenly spread numbers from 0 to 1 that a seed repeats, for what is sampled here on the page; the engine's own data sets have the
 * engine's generator. Marsaglia, Xorshift RNGs (2003), the triple 13, 17, 5.
 * @param {number} seed
 * @returns {() => number}
 */
export function createRandom(seed) {
  // Neighbouring seeds differ in a few bits only: the first numbers, which would be alike, are thrown away.
  let state = (Math.imul(seed >>> 0, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  const next = () => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
  for (let thrown = 0; thrown < 16; ++thrown) next();
  return next;
}

/** More than anybody takes back one by one, and little enough memory for large tables. */
const MOST_STEPS = 200;
const MOST_BYTES = 1 << 25;

/**
 * Undo and redo over states that are never changed in place.
 * @param {OwnPoints} initial
 */
export function createHistory(initial) {
  /** @type {OwnPoints[]} */
  let past = [];
  /** @type {OwnPoints[]} */
  let future = [];
  let present = initial;
  return {
    get present() {
      return present;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    /** @param {OwnPoints} next @returns {boolean} whether that was a change */
    push(next) {
      if (samePoints(present, next)) return false;
      past.push(present);
      present = next;
      future = [];
      let bytes = 0;
      const oldest = past.findLastIndex(({ inputs, values }) => (bytes += inputs.byteLength + values.byteLength) > MOST_BYTES);
      past = past.slice(Math.max(oldest + 1, past.length - MOST_STEPS));
      return true;
    },
    undo() {
      const before = past.pop();
      if (!before) return;
      future.push(present);
      present = before;
    },
    redo() {
      const after = future.pop();
      if (!after) return;
      past.push(present);
      present = after;
    },
  };
}
