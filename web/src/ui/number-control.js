import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { selectAll, stop } from './events.js';
import { baseStyles, fieldStyles } from './styles.js';
import { createNumberScale } from './number-scale.js';
import { formatField, parseNumber, shortPower, translator } from '../text/text.js';

/** @import { Language } from '../text/text.js' */

/**
 * A number: slider and editable value. Fires `input` while it moves and `change` when it settles; both carry the number in
 * `event.detail` and in `value`. Double click or Backspace on the slider restores the default.
 */
export class NumberControl extends LitElement {
  static properties = {
    label: { type: String },
    value: { type: Number },
    minimum: { type: Number },
    maximum: { type: Number },
    lowest: { type: Number },
    limit: { type: Number },
    fallback: { type: Number },
    scale: { type: String },
    whole: { type: Boolean },
    step: { type: Number },
    stops: { attribute: false },
    format: { attribute: false },
    unit: { type: String },
    zero: { type: String },
    reason: { type: String },
    disabled: { type: Boolean, reflect: true },
    compact: { type: Boolean, reflect: true },
    language: { type: String },
    problem: { state: true },
  };

  static styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      :host([compact]) .field {
        grid-template-columns: auto minmax(5rem, 1fr) auto;
        align-items: center;
        column-gap: var(--space-3);
      }

      :host([compact]) .field > .control {
        grid-column: 2;
        grid-row: 1;
      }

      .value {
        display: inline-flex;
        align-items: baseline;
        justify-content: flex-end;
        gap: 0.2em;
      }

      .value input {
        width: max(5.2em, calc(var(--characters, 0) * 1ch + 0.75rem));
        max-width: 100%;
        height: 1.5rem;
        padding: 0 0.25rem;
        border: var(--hairline) solid transparent;
        border-radius: var(--radius-small);
        background: none;
        text-align: right;
        font-variant-numeric: tabular-nums;
        text-overflow: ellipsis;
      }

      .value input:hover {
        border-color: var(--line);
      }

      .value input:focus {
        border-color: var(--accent);
        background: var(--paper-raised);
        outline: 2px solid var(--accent);
        outline-offset: -1px;
      }

      .value input[aria-invalid='true'] {
        border-color: var(--warning);
      }

      .unit {
        color: var(--ink-faint);
      }

      input[type='range'] {
        appearance: none;
        width: 100%;
        height: var(--touch-target);
        max-height: 1.25rem;
        margin: 0;
        background: none;
        cursor: pointer;
        touch-action: pan-y;
      }

      @media (pointer: coarse) {
        input[type='range'] {
          max-height: none;
        }

        .value input {
          height: var(--touch-target);
        }
      }

      input[type='range']::-webkit-slider-runnable-track {
        height: 3px;
        border-radius: var(--radius-round);
        background: linear-gradient(var(--ink-soft), var(--ink-soft)) no-repeat left / var(--filled, 0%) 100% var(--line);
      }

      input[type='range']::-moz-range-track {
        height: 3px;
        border-radius: var(--radius-round);
        background: var(--line);
      }

      input[type='range']::-moz-range-progress {
        height: 3px;
        border-radius: var(--radius-round);
        background: var(--ink-soft);
      }

      input[type='range']::-webkit-slider-thumb {
        appearance: none;
        width: 14px;
        height: 14px;
        margin-top: -5.5px;
        border: 1.5px solid var(--ink-soft);
        border-radius: 50%;
        background: var(--paper-raised);
      }

      input[type='range']::-moz-range-thumb {
        width: 11px;
        height: 11px;
        border: 1.5px solid var(--ink-soft);
        border-radius: 50%;
        background: var(--paper-raised);
      }

      input[type='range']:hover::-webkit-slider-thumb,
      input[type='range']:focus-visible::-webkit-slider-thumb {
        border-color: var(--accent);
      }

      input[type='range']:hover::-moz-range-thumb,
      input[type='range']:focus-visible::-moz-range-thumb {
        border-color: var(--accent);
      }

      input[type='range']:focus-visible {
        border-radius: var(--radius-small);
      }

      input:disabled {
        cursor: default;
        opacity: 0.5;
      }

      @media (forced-colors: active) {
        input[type='range']::-webkit-slider-runnable-track {
          background: CanvasText;
        }

        input[type='range']::-webkit-slider-thumb {
          background: ButtonFace;
          border-color: ButtonText;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    this.value = 0;
    this.minimum = 0;
    this.maximum = 1;
    /** @type {number | undefined} the smallest number that may be typed, where the slider begins later */
    this.lowest = undefined;
    /** @type {number | undefined} the largest number that may be typed, where the slider ends earlier */
    this.limit = undefined;
    /** @type {number | undefined} */
    this.fallback = undefined;
    /** @type {'linear' | 'log' | 'integer'} */
    this.scale = 'linear';
    this.whole = false;
    /** @type {number | undefined} */
    this.step = undefined;
    /** @type {readonly number[] | undefined} */
    this.stops = undefined;
    /** @type {(value: number) => string} */
    this.format = formatField;
    this.unit = '';
    /** what zero is called, where it means that the setting is off */
    this.zero = '';
    this.reason = '';
    this.disabled = false;
    this.compact = false;
    /** @type {Language} */
    this.language = 'en';
    /** @type {string} */
    this.problem = '';
  }

  get #scale() {
    return createNumberScale({
      minimum: this.minimum,
      maximum: this.maximum,
      scale: this.scale,
      whole: this.whole || this.scale === 'integer',
      step: this.step,
      stops: this.stops,
    });
  }

  /** @param {number} value */
  #textOf(value) {
    return value === 0 && this.zero ? this.zero : shortPower(this.format(value));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('value') && !changed.has('problem')) this.problem = '';
  }

  /**
   * The track's filled part, and the room for a number that takes more than usual, are set through the style object: style attributes
   * are refused by the pages' security policy.
   */
  updated() {
    const scale = this.#scale;
    const field = this.renderRoot.querySelector('input[type="text"]');
    if (field instanceof HTMLInputElement) field.style.setProperty('--characters', String(field.value.length));
    const slider = this.renderRoot.querySelector('input[type="range"]');
    if (slider instanceof HTMLInputElement) {
      slider.style.setProperty('--filled', `${(scale.positionOf(this.value) / scale.positions) * 100}%`);
    }
  }

  render() {
    const scale = this.#scale;
    const t = translator(this.language);
    const shown = this.#textOf(this.value);
    const hint = this.fallback === undefined ? this.label : t('control.default', { value: this.#textOf(this.fallback) });
    return html`
      <div class="field">
        <label class="label" for="slider" title=${this.label}>${this.label}</label>
        <span class="value">
          <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            spellcheck="false"
            aria-label=${t('control.value', { label: this.label })}
            aria-invalid=${this.problem ? 'true' : 'false'}
            aria-describedby=${this.problem ? 'note' : nothing}
            .value=${live(shown)}
            ?disabled=${this.disabled}
            @focus=${selectAll}
            @input=${stop}
            @change=${this.#onFieldChange}
            @keydown=${this.#onFieldKey}
          />${this.unit ? html`<span class="unit">${this.unit}</span>` : nothing}
        </span>
        <input
          id="slider"
          class="control"
          type="range"
          min="0"
          max=${scale.positions}
          step="any"
          aria-valuetext=${this.unit ? `${shown} ${this.unit}` : shown}
          title=${hint}
          .value=${live(String(scale.positionOf(this.value)))}
          ?disabled=${this.disabled}
          @input=${this.#onSlide}
          @change=${this.#onSettle}
          @dblclick=${this.#onRestore}
          @keydown=${this.#onSliderKey}
        />
        ${
          this.problem
            ? html`<p class="note wrong" id="note" role="alert">${this.problem}</p>`
            : this.disabled && this.reason
              ? html`<p class="note">${this.reason}</p>`
              : nothing
        }
      </div>
    `;
  }

  /**
   * @param {'input' | 'change'} name
   * @param {number} value
   */
  #emit(name, value) {
    this.value = value;
    this.dispatchEvent(new CustomEvent(name, { detail: value, bubbles: true }));
  }

  /** @param {number} value */
  #set(value) {
    if (value === this.value) return;
    this.#emit('input', value);
    this.#emit('change', value);
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onSlide(event) {
    event.stopPropagation();
    const value = this.#scale.valueAt(Number(event.target.value));
    if (value === this.value) this.requestUpdate();
    else this.#emit('input', value);
  }

  /** @param {Event} event */
  #onSettle(event) {
    event.stopPropagation();
    this.#emit('change', this.value);
  }

  #onRestore() {
    if (this.fallback !== undefined && !this.disabled) this.#set(this.fallback);
  }

  /** @param {KeyboardEvent} event */
  #onSliderKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Backspace' || event.key === 'Delete') {
      event.preventDefault();
      this.#onRestore();
      return;
    }
    const direction = directionOf(event.key);
    if (direction !== 0) {
      event.preventDefault();
      this.#move(direction * (event.shiftKey ? this.#scale.decade : 1));
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      this.#set(this.#scale.valueAt(event.key === 'Home' ? 0 : this.#scale.positions));
    }
  }

  /** @param {number} stops how many stops to go, up or down */
  #move(stops) {
    const scale = this.#scale;
    const position = scale.positionOf(this.value);
    const from = stops > 0 ? Math.floor(position + 1e-6) : Math.ceil(position - 1e-6);
    this.#set(scale.valueAt(Math.min(scale.positions, Math.max(0, from + stops))));
  }

  /** @param {KeyboardEvent & { target: HTMLInputElement }} event */
  #onFieldKey(event) {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.#move((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? this.#scale.decade : 1));
    } else if (event.key === 'Enter') {
      this.#commit(event.target);
      event.target.select();
    } else if (event.key === 'Escape') {
      event.target.value = this.#textOf(this.value);
      this.problem = '';
    }
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onFieldChange(event) {
    event.stopPropagation();
    this.#commit(event.target);
  }

  /** @param {HTMLInputElement} field */
  #commit(field) {
    const text = field.value.trim();
    const named = [0, ...(this.stops ?? [])].find((stop) => this.#textOf(stop) === text);
    const value = named ?? parseNumber(text);
    const whole = this.whole || this.scale === 'integer';
    const lowest = this.lowest ?? this.minimum;
    const limit = this.limit ?? this.maximum;
    if (!(value >= lowest && value <= limit) || (whole && Number.isFinite(value) && !Number.isInteger(value))) {
      const t = translator(this.language);
      this.problem = t(whole ? 'control.expected.whole' : 'control.expected', {
        minimum: this.format(lowest),
        maximum: this.format(limit),
      });
      return;
    }
    this.problem = '';
    this.#set(value);
    this.requestUpdate();
  }
}

/** @param {string} key */
function directionOf(key) {
  if (key === 'ArrowUp' || key === 'ArrowRight' || key === 'PageUp') return 1;
  if (key === 'ArrowDown' || key === 'ArrowLeft' || key === 'PageDown') return -1;
  return 0;
}
