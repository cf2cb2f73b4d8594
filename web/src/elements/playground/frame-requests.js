/**
 * What is asked of the run for each picture, and how finely: coarser while a large network trains, finer where there is time, and
 * finest when the run rests.
 */
import { THUMBNAIL_CELLS } from './pictures.js';

/**
 * @import { FrameRequest } from '../../engine/commands.js'
 * @import { Split } from '../../engine/types.js'
 * @import { NeuronPlace } from '../../view/network-diagram.js'
 * @import { Area } from '../../view/plane.js'
 */

/**
 * @typedef {object} Wanted
 * @property {readonly [number, number]} domain of the data, which the neurons' pictures show
 * @property {Area} area of the plane that is looked at
 * @property {NeuronPlace} [neuron] whose output is looked at instead of the network's
 * @property {boolean} [sums] what the neurons' activations are given, for fold lines
 * @property {readonly Split[]} [outcomes] the splits whose points are each judged
 */

/** Cells along each side of the surface while training runs. */
const SIDES = Object.freeze([32, 50, 70, 100, 140]);
const USUAL = 3;
const FINEST = 300;
/** Pixels of the screen along each side of a cell, at least, while one picture follows the other. */
const MOVING_CELL = 2;
/** Milliseconds of a picture from which it is drawn coarser, and below which a finer one may be tried. */
const DEAR = 14;
const CHEAP = 5;
/** So many cheap pictures in a row tell a quick machine from a lucky moment. */
const PATIENCE = 30;
/** What the finest picture may cost, as nobody waits for the one after it. */
const REST_COST = 150;
/** A picture that is hardly finer is not worth another one. */
const WORTHWHILE = 1.15;
/** Fold lines bend at few places: they do with fewer cells. */
const SUMS_SIDE = 72;
const FINEST_SUMS = 160;

/** How finely the surface is drawn. */
export class Pace {
  #level = USUAL;
  #cheap = 0;
  /** Of the last picture. */
  #cost = 0;

  /** Cells along each side of the last picture. */
  #side = SIDES[USUAL];

  /** Cells along each side, for now. */
  get side() {
    return SIDES[this.#level];
  }

  /**
   * Cells along each side of the next picture: while training runs, no more than are seen.
   * @param {number} pixels of the screen along each side of the surface; 0 while nobody knows
   * @param {boolean} training
   */
  sideOn(pixels, training) {
    const most = training && pixels > 0 ? pixels / MOVING_CELL : Infinity;
    this.#side = SIDES.findLast((side) => side <= Math.min(this.side, most)) ?? SIDES[0];
    return this.#side;
  }

  /**
   * A picture was made.
   * @param {number} cost milliseconds, of the worker or of the page, whichever took longer
   * @param {boolean} training whether more of them follow
   */
  observe(cost, training) {
    this.#cost = cost;
    if (!training) return;
    if (cost > DEAR && this.#level > 0) {
      this.#level -= 1;
      this.#cheap = 0;
      return;
    }
    const next = SIDES[this.#level + 1];
    const affordable = next !== undefined && cost * (next / this.#side) ** 2 < CHEAP;
    this.#cheap = affordable ? this.#cheap + 1 : 0;
    if (this.#cheap < PATIENCE) return;
    this.#level += 1;
    this.#cheap = 0;
  }

  /**
   * The finest side that is seen and that does not take long; undefined where that is no gain.
   * @param {number} pixels of the device, along each side of the surface
   */
  restSide(pixels) {
    const affordable = this.#side * Math.sqrt(REST_COST / Math.max(1, this.#cost));
    const side = Math.floor(Math.min(FINEST, pixels, affordable));
    return side >= this.#side * WORTHWHILE ? side : undefined;
  }
}

/**
 * The surface's grid: the network's answer, or one neuron's output.
 * @param {Wanted} wanted
 * @param {number} side
 */
function surfaceOf({ area, neuron }, side) {
  return { x: pair(area.x), y: pair(area.y), columns: side, rows: side, ...(neuron && { layer: neuron.layer, unit: neuron.unit }) };
}

/** @param {readonly [number, number]} interval @returns {[number, number]} */
const pair = ([low, high]) => [low, high];

/**
 * What is drawn of the network, and what is counted.
 * @param {Wanted} wanted
 * @returns {FrameRequest}
 */
export function networkRequest({ domain }) {
  return {
    parameters: true,
    neurons: { x: pair(domain), y: pair(domain), columns: THUMBNAIL_CELLS, rows: THUMBNAIL_CELLS },
    evaluate: ['train', 'test'],
  };
}

/**
 * What is drawn on the plane.
 * @param {Wanted} wanted
 * @param {number} side
 * @returns {FrameRequest}
 */
export function surfaceRequest(wanted, side) {
  const { area, sums, outcomes } = wanted;
  const cells = Math.min(side, SUMS_SIDE);
  return {
    surface: surfaceOf(wanted, side),
    ...(sums && { sums: { x: pair(area.x), y: pair(area.y), columns: cells, rows: cells } }),
    ...(outcomes && { outcomes: [...outcomes] }),
  };
}

/**
 * The same moment once more, only finer.
 * @param {Wanted} wanted
 * @param {number} side
 * @returns {FrameRequest}
 */
export function finerRequest(wanted, side) {
  const { area, sums } = wanted;
  const cells = Math.min(side, FINEST_SUMS);
  return {
    surface: surfaceOf(wanted, side),
    ...(sums && { sums: { x: pair(area.x), y: pair(area.y), columns: cells, rows: cells } }),
  };
}
