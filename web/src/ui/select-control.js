import { LitElement, css, html, nothing } from 'lit';
import { stop } from './events.js';
import { baseStyles, fieldStyles } from './styles.js';
import { icon } from './icons.js';

/** @typedef {{ id: string, label: string, disabled?: boolean }} Choice */

/** One of several named choices, as the platform's own menu. Fires `change` with the id in `event.detail`. */
export class SelectControl extends LitElement {
  static properties = {
    label: { type: String },
    value: { type: String },
    choices: { attribute: false },
    disabled: { type: Boolean, reflect: true },
    reason: { type: String },
    note: { type: String },
    small: { type: Boolean, reflect: true },
    labelHidden: { type: Boolean, attribute: 'label-hidden' },
  };

  static styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .menu {
        position: relative;
        display: block;
        min-width: 0;
      }

      select {
        appearance: none;
        width: 100%;
        height: var(--control-height);
        margin: 0;
        padding: 0 1.75rem 0 var(--space-2);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--paper-raised);
        text-overflow: ellipsis;
        cursor: pointer;
      }

      select:hover {
        border-color: var(--line-strong);
      }

      select:disabled {
        border-color: var(--line);
        background: none;
        color: var(--ink-faint);
        cursor: default;
        opacity: 1;
      }

      option {
        background: var(--paper-raised);
        color: var(--ink);
      }

      .icon-drawing {
        position: absolute;
        top: 50%;
        right: 0.55rem;
        width: 0.75rem;
        height: 0.75rem;
        transform: translateY(-50%);
        fill: none;
        stroke: var(--ink-soft);
        stroke-width: 1.8;
        stroke-linecap: round;
        stroke-linejoin: round;
        pointer-events: none;
      }

      :host([small]) select {
        height: 1.75rem;
        padding: 0 1.1rem;
        border-color: transparent;
        background: none;
        color: var(--ink-soft);
        text-align: center;
        text-align-last: center;
      }

      :host([small]) select:hover,
      :host([small]) select:focus-visible {
        border-color: var(--line);
        color: var(--ink);
      }

      :host([small]) .icon-drawing {
        right: 0.35rem;
      }

      @media (pointer: coarse) {
        :host([small]) select {
          height: 2.75rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    this.value = '';
    /** @type {readonly Choice[]} */
    this.choices = [];
    this.disabled = false;
    this.reason = '';
    this.note = '';
    this.small = false;
    this.labelHidden = false;
  }

  render() {
    return html`
      <div class="field">
        <label class=${this.labelHidden ? 'visually-hidden' : 'label'} for="menu">${this.label}</label>
        <span class="control menu">
          <select
            id="menu"
            ?disabled=${this.disabled}
            @change=${this.#onChange}
            @input=${stop}
            title=${this.labelHidden ? this.label : nothing}
          >
            ${this.choices.map(
              (choice) =>
                html`<option value=${choice.id} .selected=${choice.id === this.value} ?disabled=${choice.disabled ?? false}>
                  ${choice.label}
                </option>`,
            )}
          </select>
          ${icon('down')}
        </span>
        ${this.disabled && this.reason ? html`<p class="note">${this.reason}</p>` : this.note ? html`<p class="note">${this.note}</p>` : nothing}
      </div>
    `;
  }

  /** @param {Event & { target: HTMLSelectElement }} event */
  #onChange(event) {
    event.stopPropagation();
    this.value = event.target.value;
    this.dispatchEvent(new CustomEvent('change', { detail: this.value, bubbles: true }));
  }
}
