import { LitElement, css, html, nothing } from 'lit';
import { baseStyles, buttonStyles } from '../ui/styles.js';
import { formatFixed, formatNumber } from '../text/text.js';
import { digitsTranslator } from '../text/digits.js';
import { createWeightImage, weightReach } from '../view/weight-images.js';
import { PICTURE_SIZE } from './normalise.js';

/** @import { PictureGrid, PictureItem } from './picture-grid.js' */
/** @import { Language } from '../text/text.js' */
/** @import { Theme } from '../view/color.js' */

const PIXELS = PICTURE_SIZE ** 2;

/** More than these are shown on request: sixty pictures fill the panel. */
const SHOWN_UNITS = 64;

/** The fewer pictures, the larger. */
const TEMPLATE_SIZE = 112;
const TEMPLATE_COLUMNS = 5;
const LARGE_SIZE = 76;
const SMALL_SIZE = 56;
const LARGE_LIMIT = 40;

/**
 * The first layer's weights as pictures, one for each neuron, all on one symmetric scale with its legend. `show` draws them as often
 * as they change. Fires `select` with the neuron, or -1.
 */
export class WeightsPanel extends LitElement {
  static properties = {
    units: { type: Number },
    templates: { type: Boolean },
    theme: { attribute: false },
    language: { type: String },
    selected: { type: Number },
    sum: { type: Number },
    output: { type: Number },
    all: { state: true },
    reach: { state: true },
    described: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .title {
        margin: 0 0 var(--space-2);
        color: var(--ink-soft);
      }

      .legend {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
        margin-top: var(--space-3);
        color: var(--ink-soft);
      }

      .scale {
        display: inline-grid;
        grid-template-columns: auto 7rem auto;
        align-items: center;
        gap: var(--space-2);
      }

      .ramp {
        height: 0.6rem;
        border-radius: 2px;
        border: var(--hairline) solid var(--line);
        background: linear-gradient(in oklab to right, var(--value-negative), var(--value-zero), var(--value-positive));
        forced-color-adjust: none;
      }

      .detail {
        min-height: 1.5em;
        margin: var(--space-2) 0 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .more {
        margin-top: var(--space-2);
      }
    `,
  ];

  constructor() {
    super();
    this.units = 0;
    /** Whether the first layer is the output layer: then each picture is a digit's template. */
    this.templates = false;
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {Language} */
    this.language = 'en';
    this.selected = -1;
    /** What the selected neuron makes of the picture on the pad: its weighted sum, and what its activation makes of that. */
    /** @type {number | undefined} */
    this.sum = undefined;
    /** @type {number | undefined} */
    this.output = undefined;
    this.all = false;
    this.reach = 0;
    /** Grows when the words about the weights are to be read anew. */
    this.described = 0;
    /** The first layer's weights and biases, kept: the arrays of a frame are lent back to the worker. */
    this.parameters = new Float32Array(0);
  }

  get #shown() {
    return this.all ? this.units : Math.min(this.units, SHOWN_UNITS);
  }

  /**
   * @param {Float32Array} parameters of the whole network, first layer first
   * @param {boolean} describe whether the words may change too: pictures change at the display's rate, words at reading speed
   */
  show(parameters, describe) {
    const length = this.units * (PIXELS + 1);
    if (parameters.length < length) return;
    if (this.parameters.length !== length) this.parameters = new Float32Array(length);
    this.parameters.set(parameters.subarray(0, length));
    this.reach = weightReach(this.parameters, this.units * PIXELS);
    this.#draw();
    if (describe) ++this.described;
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const { parameters, reach } = this;
    const grid = /** @type {PictureGrid | null} */ (this.renderRoot?.querySelector('mlp-picture-grid'));
    if (!grid || parameters.length !== this.units * (PIXELS + 1)) return;
    grid.draw((/** @type {ReturnType<typeof createWeightImage>} */ view, unit) => {
      view.draw({ weights: parameters, offset: unit * PIXELS, reach });
    });
  }

  render() {
    const t = digitsTranslator(this.language);
    const hidden = this.units - SHOWN_UNITS;
    const bound = formatNumber(this.reach, 2);
    return html`
      <p class="title">${this.templates ? t('weights.title.templates') : t('weights.title.hidden', { count: this.units })}</p>
      <mlp-picture-grid
        label=${t('weights.grid')}
        .size=${this.templates ? TEMPLATE_SIZE : this.units <= LARGE_LIMIT ? LARGE_SIZE : SMALL_SIZE}
        .columns=${this.templates ? TEMPLATE_COLUMNS : 0}
        .theme=${this.theme}
        .view=${createWeightImage}
        .items=${Array.from({ length: this.#shown }, (_, unit) => this.#item(unit))}
        .selected=${this.selected}
        @change=${this.#onSelect}
      ></mlp-picture-grid>
      ${
        hidden > 0
          ? html`<button type="button" class="button more" @click=${() => (this.all = !this.all)}>
              ${this.all ? t('weights.fewer') : t('weights.more', { count: hidden })}
            </button>`
          : nothing
      }
      ${
        this.reach > 0
          ? html`<div class="legend">
              <span class="scale" role="img" aria-label=${t('weights.legend.range', { minimum: `−${bound}`, maximum: bound })}>
                <span>−${bound}</span><span class="ramp"></span><span>${bound}</span>
              </span>
              <span>${t('weights.legend')}</span>
            </div>`
          : nothing
      }
      <p class="detail">${this.#detail()}</p>
    `;
  }

  /**
   * @param {number} unit
   * @returns {PictureItem}
   */
  #item(unit) {
    const t = digitsTranslator(this.language);
    const caption = this.templates ? String(unit) : undefined;
    const range = this.#rangeOf(unit);
    if (!range) return { label: t(this.templates ? 'weights.detail.template' : 'weights.detail', { unit: this.#nameOf(unit) }), caption };
    return { label: t(this.templates ? 'weights.template' : 'weights.unit', { unit: this.#nameOf(unit), ...range }), caption };
  }

  /** @param {number} unit */
  #nameOf(unit) {
    return String(this.templates ? unit : unit + 1);
  }

  /** @param {number} unit */
  #rangeOf(unit) {
    const { parameters } = this;
    if (parameters.length !== this.units * (PIXELS + 1)) return undefined;
    let [minimum, maximum] = [Infinity, -Infinity];
    for (let place = unit * PIXELS; place < (unit + 1) * PIXELS; ++place) {
      if (parameters[place] < minimum) minimum = parameters[place];
      if (parameters[place] > maximum) maximum = parameters[place];
    }
    const bias = parameters[this.units * PIXELS + unit];
    return { minimum: formatFixed(minimum, 3), maximum: formatFixed(maximum, 3), bias: formatFixed(bias, 3) };
  }

  #detail() {
    const t = digitsTranslator(this.language);
    if (this.reach === 0) return nothing;
    if (this.selected < 0 || this.selected >= this.units) return t('weights.hint');
    const range = this.#rangeOf(this.selected);
    if (!range) return nothing;
    const parts = [t(this.templates ? 'weights.template' : 'weights.unit', { unit: this.#nameOf(this.selected), ...range })];
    if (this.sum !== undefined) {
      const sum = formatFixed(this.sum, 2);
      parts.push(
        this.templates || this.output === undefined
          ? t('weights.detail.sum.template', { sum })
          : t('weights.detail.sum', { sum, output: formatFixed(this.output, 2) }),
      );
    }
    return parts.map((part) => (this.language === 'zh' ? `${part}。` : `${part}. `)).join('');
  }

  /** @param {CustomEvent<number>} event */
  #onSelect(event) {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('select', { detail: event.detail === this.selected ? -1 : event.detail }));
  }
}
