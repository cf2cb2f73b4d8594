import { LitElement, css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { selectAll, stop } from './events.js';
import { baseStyles } from './styles.js';
import { formatWeight, parseNumber, translator } from '../text/text.js';

/** @import { Language } from '../text/text.js' */

/**
 * @typedef {object} ParameterLayer
 * @property {string} name
 * @property {readonly string[]} sources names of the columns before the bias
 * @property {number} units
 * @property {number} offset of the layer's first weight
 */

/** Layers with more numbers than this are told, not listed. */
const LARGEST_TABLE = 600;

/**
 * All weights and biases as tables of editable numbers, a row for each neuron. Fires `change` with `{ index, value }`.
 */
export class ParameterTable extends LitElement {
  static properties = {
    layers: { attribute: false },
    parameters: { attribute: false, hasChanged: () => true },
    disabled: { type: Boolean, reflect: true },
    language: { type: String },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-5) var(--space-6);
      }

      .scroll {
        max-width: 100%;
        overflow-x: auto;
      }

      table {
        border-collapse: collapse;
      }

      caption {
        padding-bottom: var(--space-2);
        color: var(--ink-soft);
        text-align: left;
      }

      th {
        padding: var(--space-1) var(--space-2);
        color: var(--ink-faint);
        font-weight: normal;
        text-align: right;
        white-space: nowrap;
      }

      tbody td {
        padding: 0;
        border-top: var(--hairline) solid var(--line);
      }

      td.bias {
        border-left: var(--hairline) solid var(--line);
      }

      input {
        width: 5em;
        min-height: 1.75rem;
        padding: 0 var(--space-2);
        border: var(--hairline) solid transparent;
        border-radius: var(--radius-small);
        background: none;
        text-align: right;
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

      p {
        margin: 0;
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }

      p.hint {
        flex-basis: 100%;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly ParameterLayer[]} */
    this.layers = [];
    /** @type {ArrayLike<number>} */
    this.parameters = [];
    this.disabled = false;
    /** @type {Language} */
    this.language = 'en';
  }

  render() {
    const t = translator(this.language);
    return html`
      <p class="hint">${t('numbers.hint')}</p>
      ${this.layers.map((layer) => this.#renderLayer(layer))}
    `;
  }

  /** @param {ParameterLayer} layer */
  #renderLayer({ name, sources, units, offset }) {
    const t = translator(this.language);
    const count = units * (sources.length + 1);
    if (count > LARGEST_TABLE) return html`<p>${name}: ${t('numbers.large', { count })}</p>`;
    return html`
      <div class="scroll">
        <table>
          <caption>
            ${name}
          </caption>
          <thead>
            <tr>
              <td></td>
              ${sources.map((source) => html`<th scope="col">${source}</th>`)}
              <th scope="col">${t('parameter.bias')}</th>
            </tr>
          </thead>
          <tbody>
            ${Array.from({ length: units }, (_, unit) => {
              const row = t('numbers.unit', { unit: unit + 1 });
              return html`
                <tr>
                  <th scope="row">${unit + 1}</th>
                  ${sources.map((source, index) => html`<td>${this.#renderCell(offset + unit * sources.length + index, `${name}, ${row}, ${source}`)}</td>`)}
                  <td class="bias">
                    ${this.#renderCell(offset + units * sources.length + unit, `${name}, ${row}, ${t('parameter.bias')}`)}
                  </td>
                </tr>
              `;
            })}
          </tbody>
        </table>
      </div>
    `;
  }

  /**
   * @param {number} index
   * @param {string} label
   */
  #renderCell(index, label) {
    const editing = this.shadowRoot?.activeElement?.getAttribute('data-index') === String(index);
    const shown = formatWeight(this.parameters[index] ?? 0);
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      data-index=${index}
      ?disabled=${this.disabled}
      aria-label=${label}
      .value=${editing ? live(this.#typed(index) ?? shown) : live(shown)}
      @focus=${selectAll}
      @input=${stop}
      @change=${this.#onChange}
    />`;
  }

  /**
   * What the reader is typing stays as it is while training goes on.
   * @param {number} index
   */
  #typed(index) {
    const field = this.renderRoot.querySelector(`input[data-index="${index}"]`);
    return field instanceof HTMLInputElement ? field.value : undefined;
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onChange(event) {
    event.stopPropagation();
    const field = event.target;
    const index = Number(field.dataset.index);
    const value = parseNumber(field.value);
    field.setAttribute('aria-invalid', String(!Number.isFinite(value)));
    if (!Number.isFinite(value)) return;
    this.dispatchEvent(new CustomEvent('change', { detail: { index, value }, bubbles: true }));
  }
}
