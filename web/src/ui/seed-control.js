import { LitElement, css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { stop } from './events.js';
import { baseStyles, buttonStyles, fieldStyles } from './styles.js';
import { icon } from './icons.js';
import { parseNumber, translator } from '../text/text.js';

/** @import { Language } from '../text/text.js' */

const LARGEST_SEED = 2 ** 32 - 1;
/** New seeds stay short enough to read out in class. */
const LARGEST_DRAWN_SEED = 9999;

/** A seed: typed, or drawn anew. Fires `change` with `event.detail`. */
export class SeedControl extends LitElement {
  static properties = {
    label: { type: String },
    value: { type: Number },
    disabled: { type: Boolean, reflect: true },
    language: { type: String },
    problem: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: block;
      }

      .row {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2);
      }

      .entry {
        display: flex;
        align-items: center;
      }

      input {
        width: 5.5em;
        padding: 0.15rem 0.25rem;
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

      .button.icon {
        --control-height: 1.75rem;
      }

      @media (pointer: coarse) {
        .button.icon {
          --control-height: 2.75rem;
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
    this.value = 1;
    this.disabled = false;
    /** @type {Language} */
    this.language = 'en';
    /** @type {string} */
    this.problem = '';
  }

  render() {
    const t = translator(this.language);
    return html`
      <div class="row">
        <label class="label" for="seed" title=${this.label}>${this.label}</label>
        <span class="entry">
          <input
            id="seed"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            aria-invalid=${this.problem ? 'true' : 'false'}
            .value=${live(String(this.value))}
            ?disabled=${this.disabled}
            @input=${stop}
            @change=${this.#onChange}
          />
          <button
            type="button"
            class="button quiet icon"
            title=${t('seed.new')}
            aria-label=${t('seed.new.of', { label: this.label })}
            ?disabled=${this.disabled}
            @click=${this.#onDraw}
          >
            ${icon('seed')}
          </button>
        </span>
      </div>
      ${this.problem ? html`<p class="note wrong" role="alert">${this.problem}</p>` : ''}
    `;
  }

  /** @param {number} value */
  #set(value) {
    this.problem = '';
    this.value = value;
    this.dispatchEvent(new CustomEvent('change', { detail: value, bubbles: true }));
  }

  #onDraw() {
    const drawn = 1 + Math.floor(Math.random() * (LARGEST_DRAWN_SEED - 1));
    this.#set(drawn >= this.value ? drawn + 1 : drawn);
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onChange(event) {
    event.stopPropagation();
    const value = parseNumber(event.target.value);
    if (Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED) this.#set(value);
    else {
      this.problem = translator(this.language)('control.expected.whole', { minimum: 0, maximum: LARGEST_SEED });
    }
  }
}
