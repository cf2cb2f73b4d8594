import { LitElement, css, html } from 'lit';
import { stop } from './events.js';
import { baseStyles } from './styles.js';

/** A setting that is on or off: a checkbox with its words. Fires `change` with a boolean in `event.detail`. */
export class ToggleControl extends LitElement {
  static properties = {
    label: { type: String },
    checked: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    reason: { type: String },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
      }

      label {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--control-height);
        color: var(--ink-soft);
        cursor: pointer;
      }

      label:hover {
        color: var(--ink);
      }

      input {
        width: 1rem;
        height: 1rem;
        margin: 0;
        accent-color: var(--accent);
        cursor: inherit;
      }

      :host([disabled]) label {
        color: var(--ink-faint);
        cursor: default;
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    this.checked = false;
    this.disabled = false;
    this.reason = '';
  }

  render() {
    return html`
      <label title=${this.disabled ? this.reason : ''}>
        <input type="checkbox" .checked=${this.checked} ?disabled=${this.disabled} @input=${stop} @change=${this.#onChange} />
        <slot>${this.label}</slot>
      </label>
    `;
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onChange(event) {
    event.stopPropagation();
    this.checked = event.target.checked;
    this.dispatchEvent(new CustomEvent('change', { detail: this.checked, bubbles: true }));
  }
}
