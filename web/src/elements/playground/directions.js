/**
 * Directions among many numbers: along which the loss is sliced, and along which a cloud of points is widest. Pure.
 */
import { parameterLayout } from '../../state/parameter-layout.js';
import { isCut, isHeld } from '../../state/locks.js';

/** @import { Catalog, FilledExperiment } from '../../engine/types.js' */

/**
 * A plane in a space of many numbers: a place is origin + x · across + y · up.
 * @typedef {{ origin: ArrayLike<number>, across: ArrayLike<number>, up: ArrayLike<number> }} Plane
 */

/** What counts as no length at all beside 1. */
const TINY = 1e-12;
const MOST_ROUNDS = 200;
const SETTLED = 1e-10;

/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
function dot(a, b) {
  let sum = 0;
  for (let index = 0; index < a.length; ++index) sum += a[index] * b[index];
  return sum;
}

/**
 * @param {Float64Array} values
 * @param {number} factor
 */
function scale(values, factor) {
  for (let index = 0; index < values.length; ++index) values[index] *= factor;
  return values;
}

/**
 * Takes from a direction what it shares with another.
 * @param {Float64Array} values
 * @param {ArrayLike<number>} other
 */
function orthogonalize(values, other) {
  const size = dot(other, other);
  const shared = size > 0 ? dot(values, other) / size : 0;
  for (let index = 0; index < values.length; ++index) values[index] -= shared * other[index];
  return values;
}

/**
 * The direction of one parameter alone.
 * @param {number} total
 * @param {number} index
 */
export function axisDirection(total, index) {
  const direction = new Float64Array(total);
  direction[index] = 1;
  return direction;
}

/**
 * Which parameters training can change: 1, or 0 for what is locked or cut.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 */
export function movable(experiment, catalog) {
  const { layers, total } = parameterLayout(experiment, catalog);
  const { network } = experiment;
  const free = new Uint8Array(total).fill(1);
  if (!network.locked?.length && !network.cut?.length) return free;
  layers.forEach(({ units, sources, offset }, layer) => {
    for (let unit = 0; unit < units; ++unit) {
      for (let source = -1; source < sources; ++source) {
        const place = { layer, unit, source };
        const index = source < 0 ? offset + units * sources + unit : offset + unit * sources + source;
        if (isHeld(network, place) || isCut(network, place)) free[index] = 0;
      }
    }
  });
  return free;
}

/**
 * A pseudo-random sequence from -1 to 1 for a seed (mulberry32, Tommy Ettinger 2017); it decides nothing but a view.
 * @param {number} seed
 */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/**
 * A random direction that is as long, neuron by neuron, as the neuron's own weights, so that slices of different networks can be
 * compared; biases stay (Li et al. 2018, Visualizing the Loss Landscape of Neural Nets, section 4).
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {ArrayLike<number>} parameters
 * @param {number} seed
 */
export function randomDirection(experiment, catalog, parameters, seed) {
  const { layers, total } = parameterLayout(experiment, catalog);
  const free = movable(experiment, catalog);
  const next = randomFrom(seed);
  const direction = new Float64Array(total);
  for (const { units, sources, offset } of layers) {
    for (let unit = 0; unit < units; ++unit) {
      const start = offset + unit * sources;
      let drawn = 0;
      let own = 0;
      for (let index = start; index < start + sources; ++index) {
        // Three even numbers added come near enough to the normal distribution.
        direction[index] = free[index] * (next() + next() + next());
        drawn += direction[index] ** 2;
        own += parameters[index] ** 2;
      }
      // A neuron whose weights are all zero gets a direction of length 1: there is no other measure.
      const factor = drawn > 0 ? Math.sqrt((own > TINY ? own : 1) / drawn) : 0;
      for (let index = start; index < start + sources; ++index) direction[index] *= factor;
    }
  }
  return direction;
}

/**
 * Two random directions at right angles, the second as long as it was drawn.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {ArrayLike<number>} parameters
 * @param {number} seed
 */
export function randomDirections(experiment, catalog, parameters, seed) {
  const across = randomDirection(experiment, catalog, parameters, 2 * seed);
  const up = randomDirection(experiment, catalog, parameters, 2 * seed + 1);
  const length = Math.sqrt(dot(up, up));
  orthogonalize(up, across);
  const left = Math.sqrt(dot(up, up));
  return { across, up: left > TINY ? scale(up, length / left) : up };
}

/**
 * The way straight down, of length 1, and a random one at right angles to it, of length 1.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {ArrayLike<number>} parameters
 * @param {ArrayLike<number>} gradient
 * @param {number} seed
 */
export function gradientDirections(experiment, catalog, parameters, gradient, seed) {
  const free = movable(experiment, catalog);
  const across = Float64Array.from(gradient, (value, index) => -value * free[index]);
  const steepness = Math.sqrt(dot(across, across));
  if (steepness > TINY) scale(across, 1 / steepness);
  const up = orthogonalize(randomDirection(experiment, catalog, parameters, seed), across);
  const length = Math.sqrt(dot(up, up));
  return { across, up: length > TINY ? scale(up, 1 / length) : up };
}

/**
 * Where the foot of a place on the plane lies, in the plane's own coordinates, and how far the place itself is from it.
 * @param {Plane} plane
 * @param {ArrayLike<number>} place
 * @returns {{ x: number, y: number, distance: number }}
 */
export function project({ origin, across, up }, place) {
  let [aa, au, uu, ap, upPart, pp] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < place.length; ++index) {
    const away = place[index] - origin[index];
    aa += across[index] * across[index];
    au += across[index] * up[index];
    uu += up[index] * up[index];
    ap += across[index] * away;
    upPart += up[index] * away;
    pp += away * away;
  }
  const determinant = aa * uu - au * au;
  // A plane that is only a line, or a point, has one coordinate, or none.
  const flat = determinant <= TINY * Math.max(aa * uu, TINY);
  const x = flat ? (aa > 0 ? ap / aa : 0) : (ap * uu - upPart * au) / determinant;
  const y = flat ? 0 : (upPart * aa - ap * au) / determinant;
  return { x, y, distance: Math.sqrt(Math.max(0, pp - x * ap - y * upPart)) };
}

/**
 * The place of many numbers at coordinates of the plane.
 * @param {Plane} plane
 * @param {number} x
 * @param {number} y
 */
export function placeOn({ origin, across, up }, x, y) {
  return Float32Array.from(origin, (value, index) => value + x * across[index] + y * up[index]);
}

/**
 * @typedef {object} PrincipalPlane
 * @property {Float64Array} origin the mean
 * @property {Float64Array} across of length 1
 * @property {Float64Array} up of length 1, at right angles
 * @property {number} share of the variance that lies in the plane
 */

/**
 * The plane in which rows of numbers spread the widest: their first two principal directions, by orthogonal iteration. Directions have no
 * sign of their own: they take that of `before`, so that a view that follows them does not flip.
 * @param {ArrayLike<number>} values [rows x columns]
 * @param {number} columns at least 2
 * @param {{ across: ArrayLike<number>, up: ArrayLike<number> }} [before]
 * @returns {PrincipalPlane}
 */
export function principalPlane(values, columns, before) {
  const rows = values.length / columns;
  const origin = new Float64Array(columns);
  for (let index = 0; index < values.length; ++index) origin[index % columns] += values[index] / rows;
  const centered = Float64Array.from(values, (value, index) => value - origin[index % columns]);
  const total = dot(centered, centered);
  const start = before?.across.length === columns && before.up.length === columns ? before : undefined;
  const random = randomFrom(columns);
  let across = start ? Float64Array.from(start.across) : Float64Array.from({ length: columns }, random);
  let up = start ? Float64Array.from(start.up) : Float64Array.from({ length: columns }, random);
  /** How the rows spread along both: products of the plane with their covariance. */
  const spread = () => {
    const pair = [new Float64Array(columns), new Float64Array(columns)];
    for (let row = 0; row < rows; ++row) {
      const there = centered.subarray(row * columns, (row + 1) * columns);
      const [x, y] = [dot(there, across), dot(there, up)];
      for (let column = 0; column < columns; ++column) {
        pair[0][column] += x * there[column];
        pair[1][column] += y * there[column];
      }
    }
    return pair;
  };
  let [one, two] = [0, 0];
  let known = -1;
  for (let round = 0; round < MOST_ROUNDS && total > 0; ++round) {
    normalize(across, 0);
    normalize(orthogonalize(up, across), 1);
    const [first, second] = spread();
    // The best directions within the plane (Rayleigh and Ritz): a rotation that makes them uncorrelated.
    const [xx, xy, yy] = [dot(across, first), dot(across, second), dot(up, second)];
    const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    one = xx * cosine ** 2 + 2 * xy * cosine * sine + yy * sine ** 2;
    two = xx + yy - one;
    if (Math.abs(one + two - known) <= SETTLED * total) {
      const turned = across.map((value, index) => value * cosine + up[index] * sine);
      up = up.map((value, index) => value * cosine - across[index] * sine);
      across = turned;
      break;
    }
    known = one + two;
    across = first.map((value, index) => value * cosine + second[index] * sine);
    up = second.map((value, index) => value * cosine - first[index] * sine);
  }
  normalize(across, 0);
  normalize(orthogonalize(up, across), 1);
  for (const [direction, like] of /** @type {const} */ ([
    [across, start?.across],
    [up, start?.up],
  ])) {
    const positive = like ? dot(direction, like) >= 0 : largestIn(direction) >= 0;
    if (!positive) scale(direction, -1);
  }
  return { origin, across, up, share: total > 0 ? Math.min(1, (one + two) / total) : 1 };
}

/**
 * To length 1; where there is nothing left, along one of the axes.
 * @param {Float64Array} values
 * @param {number} axis
 */
function normalize(values, axis) {
  const length = Math.sqrt(dot(values, values));
  if (length > TINY) return scale(values, 1 / length);
  values.fill(0);
  values[axis % values.length] = 1;
  return values;
}

/** The number of the largest size. @param {ArrayLike<number>} values */
function largestIn(values) {
  let largest = 0;
  for (let index = 0; index < values.length; ++index) if (Math.abs(values[index]) > Math.abs(largest)) largest = values[index];
  return largest;
}
