import { LitElement, css, html, nothing } from 'lit';
import { stop } from './events.js';
import { baseStyles } from './styles.js';

/** @import { Choice } from './select-control.js' */

/** Two to five choices side by side, of which one holds: radio buttons. Fires `change` with the id in `event.detail`. */
export class SegmentedControl extends LitElement {
  static properties = {
    label: { type: String },
    value: { type: String },
    choices: { attribute: false },
    disabled: { type: Boolean, reflect: true },
    small: { type: Boolean, reflect: true },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
      }

      fieldset {
        display: flex;
        margin: 0;
        padding: 0;
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        overflow: hidden;
      }

      label {
        position: relative;
        flex: 1;
        display: flex;
        align-items: center;
        justify-content: center;
        min-height: calc(var(--control-height) - 2 * var(--hairline));
        padding: 0 var(--space-3);
        color: var(--ink-soft);
        white-space: nowrap;
        cursor: pointer;
        transition: background-color var(--fast) var(--ease);
      }

      label + label {
        border-left: var(--hairline) solid var(--line);
      }

      label:hover {
        color: var(--ink);
      }

      label:has(:checked) {
        background: var(--paper-sunken);
        color: var(--ink);
        font-weight: var(--weight-strong);
      }

      /* The bold word decides the width, so nothing moves when the choice changes. */
      .word::after {
        content: attr(data-word);
        display: block;
        height: 0;
        overflow: hidden;
        visibility: hidden;
        font-weight: var(--weight-strong);
      }

      label:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: -2px;
        border-radius: var(--radius);
      }

      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: inherit;
      }

      :host([small]) label {
        min-height: calc(1.75rem - 2px);
        padding: 0 var(--space-2);
      }

      @media (pointer: coarse) {
        label,
        :host([small]) label {
          min-width: var(--touch-target);
          min-height: var(--touch-target);
        }
      }

      @media (forced-colors: active) {
        label:has(:checked) {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
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
    this.small = false;
  }

  render() {
    return html`
      <fieldset aria-label=${this.label} role="radiogroup" ?disabled=${this.disabled}>
        ${this.choices.map(
          (choice) => html`
            <label>
              <input
                type="radio"
                name="choice"
                value=${choice.id}
                .checked=${choice.id === this.value}
                ?disabled=${choice.disabled ?? false}
                title=${choice.label || nothing}
                @input=${stop}
                @change=${this.#onChange}
              />
              <span class="word" data-word=${choice.label}>${choice.label}</span>
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onChange(event) {
    event.stopPropagation();
    this.value = event.target.value;
    this.dispatchEvent(new CustomEvent('change', { detail: this.value, bubbles: true }));
  }
}
