import { LitElement, css, html, nothing } from 'lit';
import { baseStyles, buttonStyles } from '../ui/styles.js';
import { icon } from '../ui/icons.js';
import { createCanvas } from '../view/canvas.js';
import { createDigitImage } from '../view/digit-image.js';
import { digitsTranslator } from '../text/digits.js';
import { PICTURE_SIZE } from './normalise.js';

/** @import { Picture, Point, Stroke } from './normalise.js' */
/** @import { Language } from '../text/text.js' */
/** @import { Theme } from '../view/color.js' */
/** @import { Surface } from '../view/canvas.js' */

/** The pen's width, where the pad is 1: at the size at which most people write, MNIST's own. */
export const PEN = 0.085;

/**
 * What lies on the pad: strokes, or a picture of 28 × 28 bytes, with the digit that it is known to be and the larger picture that it was
 * made of where there are such.
 * @typedef {{ strokes: readonly Stroke[], picture: Uint8Array | null, label?: number, source?: Picture }} Sheet
 */

/** @type {Sheet} */
const blank = Object.freeze({ strokes: Object.freeze([]), picture: null });

const HISTORY_LIMIT = 200;

/**
 * A square to write on with mouse, pen or finger, or with the keyboard. Fires `input` while the sheet changes and `change` when a stroke
 * is done; both carry the sheet in `event.detail`.
 */
export class DrawingPad extends LitElement {
  static properties = {
    theme: { attribute: false },
    language: { type: String },
    sheet: { state: true },
    cursor: { state: true },
    penDown: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .sheet {
        position: relative;
        aspect-ratio: 1;
        border: var(--hairline) solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--paper-raised);
        overflow: hidden;
      }

      .sheet:focus-within {
        border-color: var(--accent);
      }

      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        border-radius: inherit;
        cursor: crosshair;
        touch-action: none;
        user-select: none;
        -webkit-touch-callout: none;
      }

      canvas:focus-visible {
        outline-offset: -2px;
      }

      .hint {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        margin: 0;
        padding: var(--space-4);
        color: var(--ink-faint);
        text-align: center;
        line-height: var(--leading-text);
        pointer-events: none;
      }

      /* Read out to everybody who hears the page, shown to those who came by keyboard. */
      .keys {
        margin: var(--space-2) 0 0;
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }

      .sheet:not(:has(canvas:focus-visible)) ~ .keys {
        position: absolute;
        width: 1px;
        height: 1px;
        margin: -1px;
        overflow: hidden;
        clip-path: inset(50%);
      }

      .tools {
        display: flex;
        justify-content: space-between;
        gap: var(--space-2);
        margin-top: var(--space-2);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {Language} */
    this.language = 'en';
    /** @type {Sheet} */
    this.sheet = blank;
    /** Where the keyboard's pen is; none until a key moves it. */
    /** @type {Point | undefined} */
    this.cursor = undefined;
    this.penDown = false;
    /** @type {Sheet[]} */
    this.history = [];
    /** @type {number | undefined} */
    this.pointer = undefined;
    /** @type {ReturnType<typeof createCanvas> | undefined} */
    this.view = undefined;
    /** @type {HTMLCanvasElement | undefined} */
    this.pictureCanvas = undefined;
    /** @type {ReturnType<typeof createDigitImage> | undefined} */
    this.pictureView = undefined;
  }

  get #canvas() {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) throw new Error('The pad has not been rendered yet.');
    return canvas;
  }

  /**
   * Lays a picture on the pad in place of what is there; undo brings that back.
   * @param {Uint8Array} picture
   * @param {{ label?: number, source?: Picture }} known
   */
  show(picture, known) {
    this.#lift();
    this.#remember();
    this.#set({ strokes: [], picture, ...known }, 'change');
  }

  clear() {
    this.#lift();
    if (this.sheet === blank) return;
    this.#remember();
    this.#set(blank, 'change');
  }

  undo() {
    this.#lift();
    const previous = this.history.pop();
    if (previous) this.#set(previous, 'change');
  }

  firstUpdated() {
    this.view = createCanvas(this.#canvas, (surface) => this.#paint(surface));
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated && !this.view) this.view = createCanvas(this.#canvas, (surface) => this.#paint(surface));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.view?.dispose();
    this.view = undefined;
  }

  updated() {
    this.view?.redraw();
  }

  render() {
    const t = digitsTranslator(this.language);
    const empty = this.sheet === blank;
    return html`
      <div class="sheet">
        <canvas
          tabindex="0"
          role="application"
          aria-label=${t('pad.label')}
          aria-describedby="keys"
          @pointerdown=${this.#onDown}
          @pointermove=${this.#onMove}
          @pointerup=${this.#onUp}
          @pointercancel=${this.#onUp}
          @keydown=${this.#onKey}
          @blur=${this.#onBlur}
        ></canvas>
        ${empty && !this.cursor ? html`<p class="hint" aria-hidden="true">${t('pad.hint')}</p>` : nothing}
        <span class="visually-hidden" role="status"> ${this.cursor ? t(this.penDown ? 'pad.down' : 'pad.up') : nothing} </span>
      </div>
      <div class="tools">
        <button type="button" class="button" ?disabled=${this.history.length === 0} @click=${this.undo}>
          ${icon('reset')}${t('pad.undo')}
        </button>
        <button type="button" class="button" ?disabled=${empty} @click=${this.clear}>${icon('erase')}${t('pad.clear')}</button>
      </div>
      <p class="keys" id="keys">${t('pad.keys')}</p>
    `;
  }

  /** @param {Surface} surface */
  #paint({ context, width, height }) {
    const { theme, sheet } = this;
    if (!theme) return;
    if (sheet.picture) {
      this.pictureCanvas ??= document.createElement('canvas');
      this.pictureView ??= createDigitImage(this.pictureCanvas, theme);
      this.pictureView.setTheme(theme);
      this.pictureView.draw(sheet.picture);
      context.imageSmoothingEnabled = false;
      context.drawImage(this.pictureCanvas, 0, 0, width, height);
    }
    context.strokeStyle = theme.ink;
    context.lineWidth = PEN * width;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const stroke of sheet.strokes) {
      context.beginPath();
      // A line to itself, so that a single point shows as a dot.
      context.moveTo(stroke[0].x * width, stroke[0].y * height);
      for (const { x, y } of stroke) context.lineTo(x * width, y * height);
      context.stroke();
    }
    if (this.cursor) this.#paintCursor(context, this.cursor.x * width, this.cursor.y * height, (PEN * width) / 2, theme);
  }

  /**
   * A ring where the pen stands, filled while it draws.
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {Theme} theme
   */
  #paintCursor(context, x, y, radius, theme) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = this.penDown ? theme.accent : theme.paper;
    context.fill();
    context.strokeStyle = theme.accent;
    context.lineWidth = 2;
    context.stroke();
  }

  /**
   * @param {Sheet} sheet
   * @param {'input' | 'change'} name
   */
  #set(sheet, name) {
    this.sheet = sheet;
    this.dispatchEvent(new CustomEvent(name, { detail: sheet, bubbles: true }));
  }

  #remember() {
    this.history.push(this.sheet);
    if (this.history.length > HISTORY_LIMIT) this.history.shift();
  }

  /** @param {readonly Point[]} points the first points of a new stroke; a picture gives way to it */
  #begin(points) {
    this.#remember();
    this.#set({ strokes: [...this.sheet.strokes, points], picture: null }, 'input');
  }

  /** @param {readonly Point[]} points */
  #extend(points) {
    const { strokes } = this.sheet;
    const last = strokes[strokes.length - 1];
    this.#set({ strokes: [...strokes.slice(0, -1), [...last, ...points]], picture: null }, 'input');
  }

  /** @param {PointerEvent} event */
  #pointOf(event) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: clamp((event.clientX - left) / width), y: clamp((event.clientY - top) / height) };
  }

  /** @param {PointerEvent} event */
  #onDown(event) {
    // One pen at a time: a second finger or a resting palm draws nothing.
    if (this.pointer !== undefined || event.button !== 0 || !event.isPrimary) return;
    this.#lift();
    this.cursor = undefined;
    this.pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#begin([this.#pointOf(event)]);
  }

  /** @param {PointerEvent} event */
  #onMove(event) {
    if (event.pointerId !== this.pointer) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    this.#extend((moves.length > 0 ? moves : [event]).map((move) => this.#pointOf(move)));
  }

  /** @param {PointerEvent} event */
  #onUp(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = undefined;
    this.#set(this.sheet, 'change');
  }

  #lift() {
    this.pointer = undefined;
    this.penDown = false;
  }

  #onBlur() {
    this.cursor = undefined;
    this.penDown = false;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const undoes = event.key === 'Backspace' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z');
    if (undoes) {
      event.preventDefault();
      this.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directions[event.key];
    if (direction) this.#steer(direction, event.shiftKey ? 4 : 1);
    else if (event.key === ' ') this.#togglePen();
    else if (event.key === 'Delete') this.clear();
    else return;
    event.preventDefault();
  }

  /**
   * @param {Point} direction
   * @param {number} pixels
   */
  #steer(direction, pixels) {
    const from = this.cursor ?? { x: 0.5, y: 0.5 };
    const step = pixels / PICTURE_SIZE;
    this.cursor = { x: clamp(from.x + direction.x * step), y: clamp(from.y + direction.y * step) };
    if (this.penDown) this.#extend([this.cursor]);
  }

  #togglePen() {
    this.cursor ??= { x: 0.5, y: 0.5 };
    this.penDown = !this.penDown;
    if (this.penDown) this.#begin([this.cursor]);
    else this.#set(this.sheet, 'change');
  }
}

/** @type {Readonly<Record<string, Point>>} */
const directions = Object.freeze({
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
});

/** @param {number} value */
function clamp(value) {
  return Math.min(1, Math.max(0, value));
}
