import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { selectAll, stop } from './events.js';
import { baseStyles } from './styles.js';
import { numbersTranslator } from '../text/numbers.js';
import { formatNumber, formatWeight, parseNumber, shortPower, translator } from '../text/text.js';

/** @import { Language } from '../text/text.js' */

/**
 * @typedef {object} ParameterLayer
 * @property {string} name
 * @property {readonly string[]} sources names of the columns before the bias
 * @property {number} units
 * @property {number} offset of the layer's first weight
 * @property {readonly string[]} [notes] what else is told of the layer
 */

/**
 * A cell, or a row (no source), or a column (no unit); the bias has the source -1.
 * @typedef {{ layer: number, unit?: number, source?: number }} TablePlace
 */

/** Layers with more numbers than this are told, not listed. */
const LARGEST_TABLE = 600;
/** How far arrow keys move a number, plainly and with Shift. */
const KEY_STEP = 0.1;
const LARGE_KEY_STEP = 1;

/**
 * All weights and biases as tables of editable numbers, a row for each neuron; beside each, where they are given, the gradients in a
 * table of the same shape. Fires `change` with `{ index, value }`, `point` with the place under the pointer, if any, and `choose` with
 * the place of the cell that was entered.
 */
export class ParameterTable extends LitElement {
  static properties = {
    layers: { attribute: false },
    parameters: { attribute: false, hasChanged: () => true },
    gradients: { attribute: false },
    marks: { attribute: false },
    disabled: { type: Boolean, reflect: true },
    language: { type: String },
    pointed: { state: true },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-5) var(--space-6);
      }

      .layer {
        max-width: 100%;
      }

      h3 {
        margin: 0;
        font-size: var(--text-small);
        font-weight: var(--weight-strong);
      }

      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3) var(--space-5);
      }

      .scroll {
        max-width: 100%;
        overflow-x: auto;
      }

      table {
        border-collapse: collapse;
      }

      caption {
        padding: var(--space-2) 0 var(--space-1);
        color: var(--ink-soft);
        text-align: left;
        white-space: nowrap;
      }

      th {
        padding: var(--space-1) var(--space-2);
        color: var(--ink-faint);
        font-weight: normal;
        text-align: right;
        white-space: nowrap;
      }

      tbody td {
        position: relative;
        padding: 0;
        border-top: var(--hairline) solid var(--line);
        text-align: right;
        white-space: nowrap;
      }

      tbody tr {
        height: 1.875rem;
      }

      td.gradient,
      td.sum {
        min-width: 5em;
        padding: 0 var(--space-2);
      }

      td.gradient[data-sign='1'] {
        color: var(--mark-positive);
      }

      td.gradient[data-sign='-1'] {
        color: var(--mark-negative);
      }

      td.sum,
      th.sum {
        color: var(--ink-faint);
      }

      td.bias,
      td.sum {
        border-left: var(--hairline) solid var(--line);
      }

      :is(td, th)[data-lit] {
        background: var(--accent-wash);
      }

      td[data-mark='locked']::before {
        position: absolute;
        inset: 0.3rem auto 0.3rem 0;
        border-left: 2px solid var(--ink-soft);
        content: '';
      }

      td[data-mark='cut'] input {
        color: var(--ink-faint);
        text-decoration: line-through;
      }

      input {
        width: 6.5em;
        min-height: 1.75rem;
        padding: 0 var(--space-1);
        border: var(--hairline) solid transparent;
        border-radius: var(--radius-small);
        background: none;
        text-align: right;
      }

      @media (pointer: coarse) {
        input {
          min-height: var(--touch-target);
        }
      }

      input:hover {
        border-color: var(--line);
      }

      input:focus {
        border-color: var(--accent);
        outline: 2px solid var(--accent);
        outline-offset: -1px;
        background: var(--paper-raised);
      }

      input[aria-invalid='true'] {
        border-color: var(--warning);
      }

      p {
        margin: 0;
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly ParameterLayer[]} */
    this.layers = [];
    /** @type {ArrayLike<number>} */
    this.parameters = [];
    /** @type {ArrayLike<number> | undefined} as many as the parameters */
    this.gradients = undefined;
    /** What keeps a number as it is, by its index. @type {ReadonlyMap<number, 'locked' | 'cut'>} */
    this.marks = new Map();
    this.disabled = false;
    /** @type {Language} */
    this.language = 'en';
    /** @type {TablePlace | undefined} */
    this.pointed = undefined;
  }

  render() {
    return html`${this.layers.map((layer, index) => this.#renderLayer(layer, index))}`;
  }

  get #text() {
    return numbersTranslator(this.language);
  }

  /**
   * @param {ParameterLayer} layer
   * @param {number} index
   */
  #renderLayer(layer, index) {
    const { name, sources, units, notes = [] } = layer;
    const count = units * (sources.length + 1);
    return html`
      <div class="layer">
        <h3>${name}</h3>
        ${notes.map((note) => html`<p>${note}</p>`)}
        ${
          count > LARGEST_TABLE
            ? html`<p>${this.#text('large', { count })}</p>`
            : html`
                <div class="pair">
                  ${this.#renderTable(layer, index, false)} ${this.gradients ? this.#renderTable(layer, index, true) : nothing}
                </div>
              `
        }
      </div>
    `;
  }

  /**
   * @param {ParameterLayer} layer
   * @param {number} index
   * @param {boolean} gradients
   */
  #renderTable({ name, sources, units, offset }, index, gradients) {
    const text = this.#text;
    const bias = translator(this.language)('parameter.bias');
    const columns = sources.length;
    /** @param {number} unit @param {number} source */
    const cell = (unit, source) => {
      const at = source < 0 ? offset + units * columns + unit : offset + unit * columns + source;
      const label = `${name}, ${text('unit', { unit: unit + 1 })}, ${source < 0 ? bias : sources[source]}`;
      const place = { layer: index, unit, source };
      const gradient = this.gradients?.[at] ?? 0;
      return html`<td
        class="${source < 0 ? 'bias' : ''} ${gradients ? 'gradient' : ''}"
        data-mark=${this.marks.get(at) ?? nothing}
        data-sign=${gradients ? Math.sign(gradient) : nothing}
        ?data-lit=${this.#isLit(place)}
        @pointerenter=${() => this.#point(place)}
      >
        ${gradients ? formatNumber(gradient) : this.#renderField(at, place, label)}
      </td>`;
    };
    /** @param {number} unit */
    const sumOf = (unit) => {
      let sum = this.parameters[offset + units * columns + unit];
      for (let source = 0; source < columns; ++source) sum += this.parameters[offset + unit * columns + source];
      return sum;
    };
    return html`
      <div class="scroll">
        <table @pointerleave=${() => this.#point(undefined)}>
          <caption>
            ${text(gradients ? 'gradients' : 'values')}
          </caption>
          <thead>
            <tr>
              <td></td>
              ${[...sources, bias].map((source, column) => {
                const place = { layer: index, source: column === columns ? -1 : column };
                return html`<th scope="col" ?data-lit=${this.#isLit(place)} @pointerenter=${() => this.#point(place)}>${source}</th>`;
              })}
              ${gradients ? nothing : html`<th scope="col" class="sum" title=${text('sum')}>Σ</th>`}
            </tr>
          </thead>
          <tbody>
            ${Array.from({ length: units }, (_, unit) => {
              const place = { layer: index, unit };
              return html`
                <tr>
                  <th scope="row" ?data-lit=${this.#isLit(place)} @pointerenter=${() => this.#point(place)}>${unit + 1}</th>
                  ${sources.map((_source, source) => cell(unit, source))} ${cell(unit, -1)}
                  ${gradients ? nothing : html`<td class="sum" title=${text('sum')}>${formatWeight(sumOf(unit))}</td>`}
                </tr>
              `;
            })}
          </tbody>
        </table>
      </div>
    `;
  }

  /**
   * Whether a cell or a head belongs to what is pointed at.
   * @param {TablePlace} place
   */
  #isLit({ layer, unit, source }) {
    const { pointed } = this;
    if (!pointed || pointed.layer !== layer) return false;
    const sameUnit = pointed.unit === undefined || unit === pointed.unit;
    return sameUnit && (pointed.source === undefined || source === pointed.source);
  }

  /** @param {TablePlace | undefined} place */
  #point(place) {
    this.pointed = place;
    this.dispatchEvent(new CustomEvent('point', { detail: place }));
  }

  /**
   * @param {number} index
   * @param {TablePlace} place
   * @param {string} label
   */
  #renderField(index, place, label) {
    const active = this.shadowRoot?.activeElement;
    const value = this.parameters[index] ?? 0;
    // What the reader is typing stays as it is while training goes on.
    const typed = active instanceof HTMLInputElement && active.dataset.index === String(index) && active.dataset.typing === 'true';
    const mark = this.marks.get(index);
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      data-index=${index}
      ?disabled=${this.disabled || mark === 'cut'}
      aria-label=${label}
      aria-description=${mark ? this.#text(mark) : nothing}
      .value=${live(typed ? active.value : shortPower(formatWeight(value)))}
      @focus=${(/** @type {FocusEvent & { target: HTMLInputElement }} */ event) => {
        selectAll(event);
        this.dispatchEvent(new CustomEvent('choose', { detail: place }));
      }}
      @input=${this.#onInput}
      @blur=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => delete target.dataset.typing}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.#onKey(event, index, value)}
      @change=${this.#onChange}
    />`;
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onInput(event) {
    stop(event);
    event.target.dataset.typing = 'true';
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onChange(event) {
    event.stopPropagation();
    const field = event.target;
    const value = parseNumber(field.value);
    field.setAttribute('aria-invalid', String(!Number.isFinite(value)));
    if (!Number.isFinite(value)) return;
    delete field.dataset.typing;
    this.#change(Number(field.dataset.index), value);
  }

  /**
   * Arrow keys change the number by steps.
   * @param {KeyboardEvent} event
   * @param {number} index
   * @param {number} value
   */
  #onKey(event, index, value) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const field = event.currentTarget;
    if (field instanceof HTMLElement) delete field.dataset.typing;
    const step = (event.shiftKey ? LARGE_KEY_STEP : KEY_STEP) * (event.key === 'ArrowUp' ? 1 : -1);
    this.#change(index, Number((value + step).toFixed(6)));
  }

  /**
   * @param {number} index
   * @param {number} value
   */
  #change(index, value) {
    this.dispatchEvent(new CustomEvent('change', { detail: { index, value }, bubbles: true }));
  }
}
