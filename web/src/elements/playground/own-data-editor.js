import { LitElement, css, html, nothing, svg } from 'lit';
import { entryOf } from '../../state/edits.js';
import { MOST_LINK_POINTS } from '../../state/link.js';
import {
  MOST_CLASSES,
  PLANE,
  brushed,
  createRandom,
  nearestRow,
  noPoints,
  onGrid,
  withClassAdded,
  withFlippedLabels,
  withMovedRow,
  withOutlier,
  withPoints,
  withoutPointsNear,
  withoutRow,
} from '../../state/own-points.js';
import { ownDataTranslator } from '../../text/own-data.js';
import { formatField, labelIn } from '../../text/text.js';
import { icon } from '../../ui/icons.js';
import { baseStyles, buttonStyles } from '../../ui/styles.js';
import { scaleIndex } from '../../view/color.js';
import { markerOutline } from '../../view/marker.js';
import { OwnData } from './own-data.js';

/**
 * @import { OwnDataTextKey, OwnDataTranslate } from '../../text/own-data.js'
 * @import { Language } from '../../text/text.js'
 * @import { IconName } from '../../ui/icons.js'
 * @import { Theme } from '../../view/color.js'
 * @import { OwnPoints, Place } from '../../state/own-points.js'
 * @import { PlaygroundElement } from '../playground.js'
 */

/** @typedef {'look' | 'brush' | 'erase' | 'move'} Tool */

/** @type {readonly { tool: Tool, icon: IconName, text: OwnDataTextKey }[]} */
const tools = Object.freeze([
  { tool: 'look', icon: 'pointer', text: 'tool.look' },
  { tool: 'brush', icon: 'pen', text: 'tool.brush' },
  { tool: 'erase', icon: 'erase', text: 'tool.erase' },
  { tool: 'move', icon: 'move', text: 'tool.move' },
]);

const LARGEST_BRUSH = 2;
/** How near a point has to be to be taken: a fingertip on a telephone. */
const REACH = 0.45;
const FINE_STEP = 0.25;
const COARSE_STEP = 1;
const MARKER_RADIUS = 5;

/**
 * Tools for the reader's own points, and what pointer and keys do with them on the decision surface. Points appear under the brush at
 * once; the run follows at the end of each stroke.
 */
export class OwnDataEditor extends LitElement {
  static properties = {
    language: { type: String },
    theme: { attribute: false },
    tool: { state: true },
    chosenClass: { state: true },
    chosenValue: { state: true },
    size: { state: true },
    share: { state: true },
    unfolded: { state: true },
    said: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        min-width: 0;
        padding: var(--space-1) 0 var(--space-2) 34px;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1);
      }

      .row.apart {
        justify-content: space-between;
      }

      .group {
        display: flex;
        gap: var(--space-1);
      }

      .button.class {
        padding: 0;
      }

      .marker {
        width: 1rem;
        height: 1rem;
        overflow: visible;
        forced-color-adjust: none;
      }

      mlp-number {
        flex: 1;
        min-width: 9rem;
      }

      .note {
        margin: 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }
    `,
  ];

  #lab;
  #random = createRandom(Date.now());
  /** The stroke under way: its points so far, and where its next piece begins. @type {{ points: OwnPoints, from: Place, row: number } | undefined} */
  #stroke;
  /** Where the keyboard puts points. @type {Place} */
  #cursor = { x: 0, y: 0 };

  /** @param {PlaygroundElement} lab */
  constructor(lab) {
    super();
    this.#lab = lab;
    this.own = new OwnData(lab);
    this.own.addEventListener('change', () => this.requestUpdate());
    /** @type {Language} */
    this.language = 'en';
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {Tool} */
    this.tool = 'look';
    this.chosenClass = 0;
    this.chosenValue = 1;
    this.size = 0;
    this.share = 10;
    this.unfolded = false;
    this.said = '';
  }

  /** Whether the surface is there to be painted on, not only to be looked at. */
  get painting() {
    return this.tool !== 'look' && this.own.active;
  }

  /** Own points from now on, with the brush in hand. */
  async start() {
    this.choose('brush');
    await this.own.start();
  }

  /** @param {Tool} tool */
  choose(tool) {
    this.tool = tool;
    this.#lab.stage?.surface.setBrush(undefined);
    this.#lab.requestUpdate();
  }

  get t() {
    return ownDataTranslator(this.language);
  }

  // Pointer.

  /**
   * @param {PointerEvent} event on the surface
   * @returns {boolean} whether it was for painting
   */
  surfaceEvent(event) {
    if (!this.painting || !event.isPrimary) return false;
    const stage = this.#lab.stage;
    const place = stage?.surface.probe(event.offsetX, event.offsetY);
    if (event.type === 'pointerdown' && place && event.button === 0) this.#begin(event, place);
    else if (event.type === 'pointermove' && place && this.#stroke) this.#go(place);
    else if (event.type === 'pointerup') this.#end();
    else if (event.type === 'pointercancel') this.cancelStroke();
    const shown = place && event.type !== 'pointerleave' && (event.pointerType !== 'touch' || this.#stroke);
    this.#showBrush(shown ? place : undefined);
    return true;
  }

  /** @param {Place | undefined} place */
  #showBrush(place) {
    const radius = this.tool === 'brush' ? this.size : this.tool === 'erase' ? Math.max(this.size, REACH) : REACH;
    const color = this.tool === 'brush' ? this.#colorOf(this.value) : undefined;
    this.#lab.stage?.surface.setBrush(place && { x: place.x, y: place.y, radius, color });
  }

  /**
   * @param {PointerEvent} event
   * @param {Place} place
   */
  #begin(event, place) {
    if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    const { points } = this.own;
    const row = this.tool === 'move' ? nearestRow(points, place, REACH) : -1;
    if (this.tool === 'move' && row < 0) return;
    this.#stroke = { points, from: place, row };
    if (this.tool === 'brush') this.#paint(brushed(undefined, place, this.size, this.#random));
    else this.#go(place);
  }

  /** @param {Place} place */
  #go(place) {
    const stroke = this.#stroke;
    if (!stroke) return;
    if (this.tool === 'brush') this.#paint(brushed(stroke.from, place, this.size, this.#random));
    else if (this.tool === 'erase') {
      // Fast strokes leave gaps between two places: everything on the way is erased.
      const reach = Math.max(this.size, REACH);
      const pieces = Math.max(1, Math.ceil(Math.hypot(place.x - stroke.from.x, place.y - stroke.from.y) / reach));
      for (let piece = 1; piece <= pieces; ++piece) {
        const part = piece / pieces;
        const at = { x: stroke.from.x + part * (place.x - stroke.from.x), y: stroke.from.y + part * (place.y - stroke.from.y) };
        stroke.points = withoutPointsNear(stroke.points, at, reach);
      }
      stroke.from = place;
      this.own.sketch(stroke.points);
    } else if (stroke.row >= 0) {
      stroke.points = withMovedRow(stroke.points, stroke.row, place);
      this.own.sketch(stroke.points);
    }
  }

  /** @param {{ places: Place[], end: Place }} piece */
  #paint({ places, end }) {
    const stroke = this.#stroke;
    if (!stroke) return;
    const room = this.own.limit - stroke.points.rows;
    stroke.points = withPoints(stroke.points, places.slice(0, room), this.value);
    stroke.from = end;
    this.own.sketch(stroke.points);
  }

  #end() {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    if (stroke) this.#change(stroke.points);
  }

  /** What was painted before the gesture turned out to be another one is taken back. */
  cancelStroke() {
    if (!this.#stroke) return;
    this.#stroke = undefined;
    this.own.sketch(this.own.points);
  }

  // Keyboard.

  /**
   * @param {KeyboardEvent} event on the surface
   * @returns {boolean} whether it was for painting
   */
  surfaceKey(event) {
    if (!this.painting || event.altKey) return false;
    const taken = event.ctrlKey || event.metaKey ? this.#shortcut(event) : this.#key(event);
    if (taken) event.preventDefault();
    return taken;
  }

  /** @param {KeyboardEvent} event */
  #shortcut({ key, shiftKey }) {
    const letter = key.toLowerCase();
    if (letter === 'z' && !shiftKey) this.#undo();
    else if (letter === 'y' || letter === 'z') this.#redo();
    else return false;
    return true;
  }

  /** @param {KeyboardEvent} event */
  #key({ key, shiftKey }) {
    const step = shiftKey ? COARSE_STEP : FINE_STEP;
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[key];
    if (way) this.#moveCursor(way[0], way[1]);
    else if (key === ' ') this.#putAtCursor();
    else if (key === 'Delete' || key === 'Backspace') this.#removeAtCursor();
    else if (/^\d$/.test(key)) this.#chooseByKey(Number(key));
    else return false;
    return true;
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #moveCursor(x, y) {
    /** @param {number} value */
    const inside = (value) => Math.min(PLANE, Math.max(-PLANE, value));
    this.#cursor = { x: inside(this.#cursor.x + x), y: inside(this.#cursor.y + y) };
    this.#showBrush(this.#cursor);
    this.said = this.t('said.cursor', this.#cursorText());
  }

  #cursorText() {
    return { x: formatField(this.#cursor.x), y: formatField(this.#cursor.y) };
  }

  #putAtCursor() {
    const { points } = this.own;
    if (points.rows >= this.own.limit) {
      this.said = this.t('note.full', { limit: this.own.limit });
      return;
    }
    this.#change(withPoints(points, [this.#cursor], this.value));
    this.#showBrush(this.#cursor);
    this.said = this.t('said.put', { what: this.#what(), ...this.#cursorText(), points: this.#count() });
  }

  #removeAtCursor() {
    const row = nearestRow(this.own.points, this.#cursor, REACH);
    if (row < 0) {
      this.said = this.t('said.nothing');
      return;
    }
    this.#change(withoutRow(this.own.points, row));
    this.said = this.t('said.removed', { points: this.#count() });
  }

  /** @param {number} digit */
  #chooseByKey(digit) {
    const { classes } = this.own.points;
    if (classes === 0 || digit >= classes) return;
    this.#chooseClass(digit);
    this.said = this.#what();
  }

  // What is painted.

  /** The class or the value in hand. */
  get value() {
    const { classes } = this.own.points;
    return classes > 0 ? Math.min(this.chosenClass, classes - 1) : onGrid(this.chosenValue);
  }

  #what() {
    return this.own.points.classes > 0
      ? this.t('said.class', { class: this.value })
      : this.t('said.value', { value: formatField(this.value) });
  }

  #count() {
    return this.t('note.count', { count: this.own.points.rows });
  }

  /** @param {number} value */
  #colorOf(value) {
    const { theme } = this;
    const { classes } = this.own.points;
    if (!theme) return undefined;
    if (classes > 2) return theme.classes[value % theme.classes.length];
    return theme.marks.css[scaleIndex(classes > 0 ? (value > 0 ? 1 : -1) : value)];
  }

  /** @param {number} index */
  #chooseClass(index) {
    this.chosenClass = index;
    if (this.tool !== 'brush') this.choose('brush');
  }

  /** @param {OwnPoints} points */
  #change(points) {
    this.own.change(points);
    this.said = this.t('said.changed', { points: this.#count() });
  }

  #undo() {
    this.own.undo();
    this.said = this.t('said.changed', { points: this.#count() });
  }

  #redo() {
    this.own.redo();
    this.said = this.t('said.changed', { points: this.#count() });
  }

  #addClass() {
    const { points } = this.own;
    this.#change(withClassAdded(points));
    this.#chooseClass(points.classes);
  }

  // The strip.

  render() {
    const { t, own } = this;
    const { points } = own;
    return html`
      <div class="row apart" role="group" aria-label=${t('tools.label')}>
        <div class="group">
          ${tools.map(({ tool, icon: drawing, text }) => this.#button(drawing, t(text), () => this.choose(tool), { pressed: this.tool === tool }))}
        </div>
        <div class="group">
          ${this.#button('undo', t('tool.undo'), () => this.#undo(), { disabled: !own.canUndo })}
          ${this.#button('redo', t('tool.redo'), () => this.#redo(), { disabled: !own.canRedo })}
        </div>
      </div>
      ${this.tool === 'brush' ? (points.classes > 0 ? this.#classes(t) : this.#valueControl(t)) : nothing}
      ${this.tool === 'brush' || this.tool === 'erase' ? this.#sizeControl(t) : nothing}
      <div class="row apart">
        <p class="note">${this.#note(t)}</p>
        <button type="button" class="button quiet small" aria-expanded=${this.unfolded} @click=${() => (this.unfolded = !this.unfolded)}>
          ${icon(this.unfolded ? 'down' : 'more')}${t('tool.more')}
        </button>
      </div>
      ${this.unfolded ? this.#more(t) : nothing}
      <p class="visually-hidden" role="status">${this.said}</p>
    `;
  }

  /**
   * @param {IconName} drawing
   * @param {string} name
   * @param {() => void} act
   * @param {{ pressed?: boolean, disabled?: boolean }} state
   */
  #button(drawing, name, act, { pressed, disabled = false }) {
    return html`
      <button
        type="button"
        class="button icon"
        aria-label=${name}
        title=${name}
        aria-pressed=${pressed ?? nothing}
        ?disabled=${disabled}
        @click=${act}
      >
        ${icon(drawing)}
      </button>
    `;
  }

  /** @param {OwnDataTranslate} t */
  #classes(t) {
    const { classes } = this.own.points;
    return html`
      <div class="row" role="group" aria-label=${t('tool.classes')}>
        ${Array.from({ length: classes }, (_, index) => {
          const name = t('tool.class', { class: index });
          return html`
            <button
              type="button"
              class="button icon class"
              aria-label=${name}
              title=${name}
              aria-pressed=${this.value === index}
              @click=${() => this.#chooseClass(index)}
            >
              <svg class="marker" viewBox="-8 -8 16 16" aria-hidden="true">
                ${svg`<path d=${markerOutline(index, MARKER_RADIUS)} fill=${this.#colorOf(index) ?? 'currentColor'} />`}
              </svg>
            </button>
          `;
        })}
        ${classes < MOST_CLASSES ? this.#button('plus', t('tool.addClass'), () => this.#addClass(), {}) : nothing}
      </div>
    `;
  }

  /** @param {OwnDataTranslate} t */
  #valueControl(t) {
    return html`
      <mlp-number
        compact
        .language=${this.language}
        .label=${t('tool.value')}
        .value=${this.chosenValue}
        .minimum=${-1}
        .maximum=${1}
        .step=${0.1}
        .fallback=${1}
        @input=${(/** @type {CustomEvent<number>} */ event) => (this.chosenValue = event.detail)}
      ></mlp-number>
    `;
  }

  /** @param {OwnDataTranslate} t */
  #sizeControl(t) {
    return html`
      <mlp-number
        compact
        .language=${this.language}
        .label=${t('tool.size')}
        .value=${this.size}
        .minimum=${0}
        .maximum=${LARGEST_BRUSH}
        .step=${0.1}
        .fallback=${0}
        .zero=${t('tool.size.fine')}
        @input=${(/** @type {CustomEvent<number>} */ event) => (this.size = event.detail)}
      ></mlp-number>
    `;
  }

  /** @param {OwnDataTranslate} t */
  #note(t) {
    if (this.own.empty) return t('note.empty');
    if (this.own.tooLargeForLink) return `${this.#count()}. ${t('note.large', { limit: MOST_LINK_POINTS })}`;
    return this.#count();
  }

  /** @param {OwnDataTranslate} t */
  #more(t) {
    const { own } = this;
    const { points, seen } = own;
    return html`
      <div class="row">
        <button type="button" class="button small" @click=${() => this.#lab.showPanel('table')}>${t('more.table')}</button>
        <button type="button" class="button small" @click=${() => this.#change(withOutlier(points, this.#random))}>
          ${t('more.outlier')}
        </button>
        ${
          seen
            ? html`<button type="button" class="button small" @click=${() => this.#change(seen.points)}>
                ${t('more.copy', { name: this.#nameOf(seen.id) })}
              </button>`
            : nothing
        }
        <button type="button" class="button small" ?disabled=${points.rows === 0} @click=${() => this.#change(noPoints(points.classes))}>
          ${icon('clear')}${t('tool.clear')}
        </button>
      </div>
      <div class="row">
        <button
          type="button"
          class="button small"
          ?disabled=${points.rows === 0}
          @click=${() => this.#change(withFlippedLabels(points, this.share / 100, this.#random))}
        >
          ${t(points.classes > 0 ? 'more.flip' : 'more.flip.values')}
        </button>
        <mlp-number
          compact
          .language=${this.language}
          .label=${t('more.flip.share')}
          .value=${this.share}
          .minimum=${1}
          .maximum=${50}
          .fallback=${10}
          .whole=${true}
          unit="%"
          @input=${(/** @type {CustomEvent<number>} */ event) => (this.share = event.detail)}
        ></mlp-number>
      </div>
    `;
  }

  /** @param {string} id */
  #nameOf(id) {
    const entry = entryOf(this.#lab.catalog.datasets, id);
    return entry ? labelIn(entry.label, this.language) : id;
  }
}
