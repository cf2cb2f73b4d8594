/**
 * Zooming and moving over the plane, with wheel, pointer, fingers and keys. A page is never held up by it: the wheel zooms with Ctrl or
 * with the hand tool only, one finger scrolls.
 */
import { moved, zoomed } from '../../view/plane-moves.js';
import { planeTranslator } from '../../text/plane.js';

/**
 * @import { Language } from '../../text/text.js'
 * @import { Area } from '../../view/plane.js'
 */

/**
 * What it asks of the lab.
 * @typedef {object} PlaneOwner
 * @property {Area | undefined} area what is seen, where it is not the whole
 * @property {Area} wholeArea
 * @property {boolean} hand whether dragging moves the plane
 * @property {string} readout
 * @property {Language} language
 * @property {(area: Area) => void} look
 * @property {{ surface: { plot: { left: number, top: number, size: number }, pointRadius: number } } | undefined} stage
 */

/** How much nearer a key or a button goes, and a wheel for each pixel that it turns. */
const STEP = 1.5;
const WHEEL = 0.005;
/** Pixels of one line, where a wheel counts in lines. */
const LINE = 16;
/** Pixels that a pointer may tremble before a press is a drag. */
const TREMBLE = 3;

export class PlaneNavigation {
  #lab;
  /** @type {{ id: number, x: number, y: number, area: Area, moved: boolean } | undefined} */
  #drag;
  /** Two fingers: the place between them, how far apart they are, and the plane when they came. @type {{ place: [number, number], x: number, y: number, distance: number, area: Area } | undefined} */
  #pinch;
  #swallowClick = false;

  /** @param {PlaneOwner} lab */
  constructor(lab) {
    this.#lab = lab;
  }

  get #area() {
    return this.#lab.area ?? this.#lab.wholeArea;
  }

  /**
   * @param {number} factor above 1 to go nearer
   * @param {readonly [number, number]} [place] that stays where it is; the middle where none is given
   */
  zoom(factor, place) {
    const { x, y } = this.#area;
    this.#lab.look(zoomed(this.#area, factor, place ?? [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2], this.#lab.wholeArea));
  }

  nearer() {
    this.zoom(STEP);
  }

  farther() {
    this.zoom(1 / STEP);
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was for this
   */
  key({ key }) {
    if (key === '+' || key === '=') this.nearer();
    else if (key === '-' || key === '_') this.farther();
    else if (key === '0') this.#lab.look(this.#lab.wholeArea);
    else return false;
    return true;
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey && !this.#lab.hand) {
      this.#lab.readout = planeTranslator(this.#lab.language)('zoom.wheel');
      return;
    }
    event.preventDefault();
    const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
    this.zoom(2 ** (-turned * WHEEL), this.#placeAt(event.offsetX, event.offsetY));
  }

  /**
   * Dragging with the hand tool, with Shift, or with the middle button.
   * @param {PointerEvent} event
   * @returns {boolean} whether it was for this
   */
  pointer(event) {
    if (this.#pinch) return true;
    const drag = this.#drag;
    if (event.type === 'pointerdown') {
      this.#swallowClick = false;
      const grasp = event.button === 1 || (event.button === 0 && (this.#lab.hand || event.shiftKey));
      if (!grasp || !event.isPrimary) return false;
      if (event.button === 1) event.preventDefault();
      if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
      this.#drag = { id: event.pointerId, x: event.offsetX, y: event.offsetY, area: this.#area, moved: false };
      return true;
    }
    if (!drag || drag.id !== event.pointerId) return false;
    if (event.type === 'pointermove') {
      const [dx, dy] = [event.offsetX - drag.x, event.offsetY - drag.y];
      drag.moved ||= Math.hypot(dx, dy) > TREMBLE;
      if (drag.moved) this.#shift(drag.area, dx, dy);
    } else {
      this.#drag = undefined;
      this.#swallowClick = drag.moved;
    }
    return true;
  }

  /** Whether a click is only the end of a drag. */
  clickIsDrag() {
    const swallow = this.#swallowClick;
    this.#swallowClick = false;
    return swallow;
  }

  /**
   * Two fingers zoom and move at once.
   * @param {TouchEvent} event
   * @returns {boolean} whether two fingers are there
   */
  touch(event) {
    const [first, second] = event.targetTouches;
    if (!second || !(event.currentTarget instanceof Element)) {
      this.#pinch = undefined;
      return false;
    }
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const x = (first.clientX + second.clientX) / 2 - box.left;
    const y = (first.clientY + second.clientY) / 2 - box.top;
    const distance = Math.max(1, Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY));
    const pinch = this.#pinch;
    if (!pinch) {
      this.#drag = undefined;
      const place = this.#placeAt(x, y);
      if (place) this.#pinch = { place, x, y, distance, area: this.#area };
    } else this.#shift(zoomed(pinch.area, distance / pinch.distance, pinch.place, this.#lab.wholeArea), x - pinch.x, y - pinch.y);
    return true;
  }

  /**
   * What is seen of an area once it was drawn along by so many pixels.
   * @param {Area} area
   * @param {number} dx
   * @param {number} dy
   */
  #shift(area, dx, dy) {
    const plot = this.#lab.stage?.surface.plot;
    if (!plot) return;
    const unit = (area.x[1] - area.x[0]) / plot.size;
    this.#lab.look(moved(area, -dx * unit, dy * unit, this.#lab.wholeArea));
  }

  /**
   * The place of the plane under a point of the canvas, also beyond its edges.
   * @param {number} px
   * @param {number} py
   * @returns {[number, number] | undefined}
   */
  #placeAt(px, py) {
    const plot = this.#lab.stage?.surface.plot;
    if (!plot) return undefined;
    const { x, y } = this.#area;
    const unit = (x[1] - x[0]) / plot.size;
    return [x[0] + (px - plot.left) * unit, y[1] - (py - plot.top) * unit];
  }
}
