/**
 * The plane of the data as the layers of a network bend it: the places of its grid and of the samples, and the lines at which the next
 * layer turns. Pure.
 */

/** @typedef {readonly [number, number]} Range */

/**
 * The places where normal · place + offset = 0; above zero is the positive side.
 * @typedef {{ normal: readonly [number, number], offset: number }} Line
 */

/** @typedef {{ from: [number, number], to: [number, number], normal: readonly [number, number] }} Piece of a line, inside a window */

/** Grid lines each way. */
export const GRID_LINES = 13;
/** Room around what is shown, as a part of it. */
const ROOM = 0.06;
const TINY = 1e-12;
/** Beside the size of the numbers. */
const NARROWEST = 1e-6;

/**
 * The inputs at the crossings of a square grid, row by row from the bottom.
 * @param {Range} domain on both axes
 * @param {number} side points on each side
 */
export function gridInputs([low, high], side) {
  const at = (/** @type {number} */ index) => low + ((high - low) * index) / (side - 1);
  return Float32Array.from({ length: side * side * 2 }, (_, index) => {
    const point = index >> 1;
    return at(index % 2 === 0 ? point % side : Math.floor(point / side));
  });
}

/**
 * Where two of a layer's neurons put each row.
 * @param {ArrayLike<number>} values [rows x units]
 * @param {number} units
 * @param {readonly [number, number]} axes
 */
export function placesOnAxes(values, units, [across, up]) {
  const rows = values.length / units;
  return Float32Array.from({ length: rows * 2 }, (_, index) => values[(index >> 1) * units + (index % 2 === 0 ? across : up)]);
}

/**
 * Where rows fall on a plane through the layer's space.
 * @param {ArrayLike<number>} values [rows x units]
 * @param {number} units
 * @param {{ origin: ArrayLike<number>, across: ArrayLike<number>, up: ArrayLike<number> }} plane two directions of length 1 at right angles
 */
export function placesOnPlane(values, units, { origin, across, up }) {
  const rows = values.length / units;
  const places = new Float32Array(rows * 2);
  for (let row = 0; row < rows; ++row) {
    let [x, y] = [0, 0];
    for (let unit = 0; unit < units; ++unit) {
      const away = values[row * units + unit] - origin[unit];
      x += away * across[unit];
      y += away * up[unit];
    }
    places[2 * row] = x;
    places[2 * row + 1] = y;
  }
  return places;
}

/**
 * A window that holds all places; as high as it is wide, so that a turn looks like a turn, unless the axes have nothing in common. Its
 * edges are round numbers: they jump seldom.
 * @param {ArrayLike<number>} places x and y of each
 * @param {boolean} [square]
 * @returns {{ x: [number, number], y: [number, number] }}
 */
export function windowAround(places, square = true) {
  const ends = [
    [Infinity, -Infinity],
    [Infinity, -Infinity],
  ];
  for (let index = 0; index < places.length; ++index) {
    if (!Number.isFinite(places[index])) continue;
    const end = ends[index % 2];
    end[0] = Math.min(end[0], places[index]);
    end[1] = Math.max(end[1], places[index]);
  }
  const spans = ends.map(([low, high]) => (high >= low ? high - low : 0));
  const [x, y] = ends.map(([low, high], axis) => {
    const span = square ? Math.max(...spans) : spans[axis];
    // Places that are all alike have a window of size 1.
    const width = span > NARROWEST * Math.max(Math.abs(low), Math.abs(high)) ? span * (1 + 2 * ROOM) : 1;
    const step = 10 ** Math.floor(Math.log10(width)) / 5;
    const half = Math.ceil(width / step / 2) * step;
    const middle = high >= low ? Math.round((low + high) / 2 / step) * step : 0;
    return /** @type {[number, number]} */ ([rounded(middle - half), rounded(middle + half)]);
  });
  return { x, y };
}

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(10));

/**
 * The lines at which the neurons of the layer above are zero, in the plane of two sources, or along the only one.
 * @param {ArrayLike<number>} weights [units x sources]
 * @param {ArrayLike<number>} biases
 * @param {readonly [number, number]} axes which source lies across, and which up
 * @returns {Line[]} none where there are more sources than a plane has room for
 */
export function linesAbove(weights, biases, [across, up]) {
  const sources = weights.length / biases.length;
  if (sources > 2) return [];
  return Array.from(biases, (offset, unit) => ({
    normal: sources === 1 ? [weights[unit], 0] : [weights[unit * 2 + across], weights[unit * 2 + up]],
    offset,
  }));
}

/**
 * The part of a line that lies in a window, and where all other conditions are met.
 * @param {Line} line
 * @param {{ x: Range, y: Range }} window
 * @param {readonly Line[]} [conditions] lines on whose positive sides the part has to lie
 * @returns {Piece | undefined}
 */
export function pieceOf({ normal, offset }, { x, y }, conditions = []) {
  const square = normal[0] ** 2 + normal[1] ** 2;
  if (!(square > TINY) || !Number.isFinite(square) || !Number.isFinite(offset)) return undefined;
  const foot = [(-offset * normal[0]) / square, (-offset * normal[1]) / square];
  const way = [-normal[1] / Math.sqrt(square), normal[0] / Math.sqrt(square)];
  /** @type {readonly Line[]} */
  const walls = [
    { normal: [1, 0], offset: -x[0] },
    { normal: [-1, 0], offset: x[1] },
    { normal: [0, 1], offset: -y[0] },
    { normal: [0, -1], offset: y[1] },
    ...conditions,
  ];
  let [start, end] = [-Infinity, Infinity];
  for (const wall of walls) {
    const there = wall.normal[0] * foot[0] + wall.normal[1] * foot[1] + wall.offset;
    const slope = wall.normal[0] * way[0] + wall.normal[1] * way[1];
    if (Math.abs(slope) < TINY) {
      if (there < 0) return undefined;
    } else if (slope > 0) start = Math.max(start, -there / slope);
    else end = Math.min(end, -there / slope);
  }
  if (!(start < end) || !Number.isFinite(end - start)) return undefined;
  /** @param {number} t @returns {[number, number]} */
  const at = (t) => [foot[0] + t * way[0], foot[1] + t * way[1]];
  return { from: at(start), to: at(end), normal };
}

/**
 * Where the largest of several linear functions changes: the borders between classes.
 * @param {readonly Line[]} lines one function for each class
 * @param {{ x: Range, y: Range }} window
 * @returns {Piece[]}
 */
export function bordersBetween(lines, window) {
  /** @param {Line} a @param {Line} b @returns {Line} */
  const minus = (a, b) => ({ normal: [a.normal[0] - b.normal[0], a.normal[1] - b.normal[1]], offset: a.offset - b.offset });
  return lines.flatMap((one, index) =>
    lines.slice(index + 1).flatMap((other) => {
      const others = lines.filter((third) => third !== one && third !== other).map((third) => minus(one, third));
      return pieceOf(minus(one, other), window, others) ?? [];
    }),
  );
}

/**
 * Places on their way from one layer to the next.
 * @param {ArrayLike<number>} from
 * @param {ArrayLike<number>} to as many
 * @param {number} part 0 to 1
 */
export function between(from, to, part) {
  return Float32Array.from(to, (value, index) => from[index] + (value - from[index]) * part);
}
