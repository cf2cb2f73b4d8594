import { LitElement, css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { selectAll, stop } from './events.js';
import { baseStyles, buttonStyles } from './styles.js';
import { icon } from './icons.js';
import { formatField, parseNumber, translator } from '../text/text.js';

/** @import { Language } from '../text/text.js' */

/** A small whole number between a minus and a plus, with the number editable: `− 4 +`. Fires `change` with `event.detail`. */
export class StepperControl extends LitElement {
  static properties = {
    label: { type: String },
    value: { type: Number },
    minimum: { type: Number },
    maximum: { type: Number },
    disabled: { type: Boolean, reflect: true },
    language: { type: String },
    problem: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: inline-flex;
        flex-direction: column;
        align-items: center;
      }

      .row {
        display: inline-flex;
        align-items: center;
      }

      .button.icon {
        --control-height: 1.5rem;
        border-radius: var(--radius-small);
        color: var(--ink-soft);
      }

      .button.icon:hover:not(:disabled) {
        color: var(--ink);
      }

      input {
        width: 1.9rem;
        height: 1.5rem;
        padding: 0;
        border: var(--hairline) solid transparent;
        border-radius: var(--radius-small);
        background: none;
        text-align: center;
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

      .note {
        margin: var(--space-1) 0 0;
        color: var(--warning);
        white-space: nowrap;
      }

      /* Under a thumb the buttons meet over the number: where there is no room for three targets, there are two good ones. */
      @media (pointer: coarse) {
        .button.icon {
          --control-height: 2.75rem;
          position: relative;
          z-index: 1;
        }

        .button.icon:hover,
        .button.icon:active {
          background: none;
        }

        .button.icon:first-child {
          justify-content: flex-start;
          margin-right: -0.95rem;
          padding-left: 0.375rem;
        }

        .button.icon:last-child {
          justify-content: flex-end;
          margin-left: -0.95rem;
          padding-right: 0.375rem;
        }

        input {
          height: var(--touch-target);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    this.value = 0;
    this.minimum = 0;
    this.maximum = 10;
    this.disabled = false;
    /** @type {Language} */
    this.language = 'en';
    /** @type {string} */
    this.problem = '';
  }

  render() {
    const t = translator(this.language);
    return html`
      <div class="row" role="group" aria-label=${this.label}>
        <button
          type="button"
          class="button quiet icon"
          aria-label=${t('control.less', { label: this.label })}
          ?disabled=${this.disabled || this.value <= this.minimum}
          @click=${() => this.#set(this.value - 1)}
        >
          ${icon('minus')}
        </button>
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          aria-label=${this.label}
          aria-invalid=${this.problem ? 'true' : 'false'}
          .value=${live(formatField(this.value))}
          ?disabled=${this.disabled}
          @focus=${selectAll}
          @input=${stop}
          @change=${this.#onChange}
          @keydown=${this.#onKey}
        />
        <button
          type="button"
          class="button quiet icon"
          aria-label=${t('control.more', { label: this.label })}
          ?disabled=${this.disabled || this.value >= this.maximum}
          @click=${() => this.#set(this.value + 1)}
        >
          ${icon('plus')}
        </button>
      </div>
      ${this.problem ? html`<p class="note" role="alert">${this.problem}</p>` : ''}
    `;
  }

  /** @param {number} value */
  #set(value) {
    const within = Math.min(this.maximum, Math.max(this.minimum, value));
    this.problem = '';
    if (within === this.value) return;
    this.value = within;
    this.dispatchEvent(new CustomEvent('change', { detail: within, bubbles: true }));
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onChange(event) {
    event.stopPropagation();
    const value = parseNumber(event.target.value);
    if (Number.isInteger(value) && value >= this.minimum && value <= this.maximum) {
      this.#set(value);
      this.requestUpdate();
    } else {
      this.problem = translator(this.language)('control.range', {
        minimum: formatField(this.minimum),
        maximum: formatField(this.maximum),
      });
    }
  }

  /** @param {KeyboardEvent & { target: HTMLInputElement }} event */
  #onKey(event) {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.#set(this.value + (event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
    } else if (event.key === 'Escape') {
      this.problem = '';
      event.target.value = formatField(this.value);
    }
  }
}
