import { LitElement, css, html, nothing } from 'lit';
import { baseStyles, buttonStyles } from '../ui/styles.js';
import { formatFixed, formatNumber } from '../text/text.js';
import { digitsTranslator } from '../text/digits.js';
import { LEGEND_HEIGHT, paintLegend } from '../view/value-legend.js';
import { createWeightImage, weightReach } from '../view/weight-images.js';
import { classNameOf } from './class-names.js';
import { PICTURE_SIZE } from './normalise.js';
import { traceBack } from './trace-back.js';

/** @import { PictureGrid, PictureItem } from './picture-grid.js' */
/** @import { Language } from '../text/text.js' */
/** @import { Picture } from '../view/canvas.js' */
/** @import { Theme } from '../view/color.js' */

const PIXELS = PICTURE_SIZE ** 2;

/** More than these are shown on request: sixty pictures fill the panel, and so do thirty strips. */
const SHOWN_UNITS = 64;
const SHOWN_STRIPS = 32;

/** The fewer pictures, the larger. */
const TEMPLATE_SIZE = 112;
const TEMPLATE_COLUMNS = 5;
const LARGE_SIZE = 76;
const SMALL_SIZE = 56;
const LARGE_LIMIT = 40;
/** A strip is as wide as there is room. */
const STRIP_SIZE = 4096;

/** Where a layer's weights stand among the parameters, [units x sources] from `offset` on, and its biases behind them. @typedef {{ units: number, sources: number, offset: number }} WeightLayer */
/** @typedef {{ layer: number, unit: number }} NeuronPlace */

/**
 * The weights as pictures, one for each neuron of a layer, all on one symmetric scale with its legend. Those of the first layer are laid
 * out as the picture that they look at, those of the others are strips, or traced back to the pixels. `show` draws them as often as they
 * change. Fires `select` with the neuron, or undefined.
 */
export class WeightsPanel extends LitElement {
  static properties = {
    layers: { attribute: false, hasChanged: differ },
    neuron: { attribute: false },
    theme: { attribute: false },
    names: { attribute: false },
    language: { type: String },
    sum: { type: Number },
    output: { type: Number },
    layer: { state: true },
    traced: { state: true },
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

      .choices {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-4);
        margin-bottom: var(--space-3);
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

  /** Draws strips of this many weights. @type {{ width: number, view: typeof createWeightImage } | undefined} */
  #strip;

  constructor() {
    super();
    /** @type {readonly WeightLayer[]} */
    this.layers = [];
    /** The neuron that is looked at. @type {NeuronPlace | undefined} */
    this.neuron = undefined;
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** What the classes are called. @type {readonly string[]} */
    this.names = [];
    /** @type {Language} */
    this.language = 'en';
    /** What the neuron makes of the picture on the pad: its weighted sum, and what its activation makes of that. */
    /** @type {number | undefined} */
    this.sum = undefined;
    /** @type {number | undefined} */
    this.output = undefined;
    /** The layer whose weights are shown. */
    this.layer = 0;
    /** Whether the weights of later layers are traced back to the pixels. */
    this.traced = false;
    this.all = false;
    this.reach = 0;
    /** Grows when the words about the weights are to be read anew. */
    this.described = 0;
    /** All parameters, kept: the arrays of a frame are lent back to the worker. */
    this.parameters = new Float32Array(0);
    /** What is drawn: the weights of the layer, or their traces in the pixels, [units x cells]. */
    /** @type {Float32Array} */
    this.pictures = new Float32Array(0);
  }

  /**
   * The weights that are shown, with their scale, as a picture.
   * @returns {Picture | undefined}
   */
  picture() {
    const { theme, reach } = this;
    const grid = /** @type {PictureGrid | null} */ (this.renderRoot.querySelector('mlp-picture-grid'));
    if (!theme || !grid || reach === 0) return undefined;
    const { width, height, paint } = grid.picture(theme);
    return {
      width,
      height: height + LEGEND_HEIGHT,
      paint(context, ratio) {
        paint(context, ratio);
        paintLegend(context, theme, { x: 0, y: height, bound: formatNumber(reach, 2) });
      },
    };
  }

  get #place() {
    return this.layers[this.layer] ?? { units: 0, sources: PIXELS, offset: 0 };
  }

  get #isOutput() {
    return this.layer === this.layers.length - 1;
  }

  /** Whether each picture is a digit's template: the first layer is the output layer. */
  get #templates() {
    return this.layers.length === 1;
  }

  /** Whether one pixel of the digits is one cell of the pictures. */
  get #pictorial() {
    return this.layer === 0 || this.traced;
  }

  get #cells() {
    return this.#pictorial ? PIXELS : this.#place.sources;
  }

  get #limit() {
    return this.#pictorial ? SHOWN_UNITS : SHOWN_STRIPS;
  }

  get #shown() {
    const { units } = this.#place;
    return this.all ? units : Math.min(units, this.#limit);
  }

  get #total() {
    const last = this.layers[this.layers.length - 1];
    return last ? last.offset + last.units * (last.sources + 1) : 0;
  }

  /**
   * @param {Float32Array} parameters of the whole network
   * @param {boolean} describe whether the words may change too: pictures change at the display's rate, words at reading speed
   */
  show(parameters, describe) {
    if (parameters.length < this.#total) return;
    if (this.parameters.length !== parameters.length) this.parameters = new Float32Array(parameters.length);
    this.parameters.set(parameters);
    // Tracing back multiplies whole layers: it keeps the pace of the words.
    if (!this.traced || this.layer === 0 || describe) this.#picture();
    this.#draw();
    if (describe) ++this.described;
  }

  /** Makes what is drawn from the parameters. */
  #picture() {
    const { parameters, layers, layer } = this;
    if (layers.length === 0 || parameters.length < this.#total) return;
    const { units, sources, offset } = this.#place;
    this.pictures =
      layer > 0 && this.traced
        ? traceBack(parameters, layers.slice(0, layer + 1), this.#shown)
        : parameters.subarray(offset, offset + units * sources);
    this.reach = weightReach(this.pictures, this.pictures.length);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('neuron') && this.neuron && this.layers[this.neuron.layer]) this.layer = this.neuron.layer;
    if (this.layer >= this.layers.length) this.layer = 0;
    if (['layers', 'layer', 'traced', 'all', 'neuron'].some((name) => changed.has(name))) this.#picture();
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const { pictures, reach } = this;
    const cells = this.#cells;
    const grid = /** @type {PictureGrid | null} */ (this.renderRoot?.querySelector('mlp-picture-grid'));
    if (!grid || pictures.length < this.#shown * cells || cells === 0) return;
    grid.draw((/** @type {ReturnType<typeof createWeightImage>} */ view, unit) => {
      view.draw({ weights: pictures, offset: unit * cells, reach });
    });
  }

  /** One view function for each width: another function tells the grid to make its views anew. */
  get #view() {
    const width = this.#cells;
    if (this.#pictorial) return createWeightImage;
    if (this.#strip?.width !== width) {
      this.#strip = { width, view: (canvas, theme) => createWeightImage(canvas, theme, { width, height: 1 }) };
    }
    return this.#strip.view;
  }

  render() {
    const t = digitsTranslator(this.language);
    const { units } = this.#place;
    const pictorial = this.#pictorial;
    const hidden = units - this.#limit;
    const bound = formatNumber(this.reach, 2);
    const pictureSize = this.#isOutput ? TEMPLATE_SIZE : units <= LARGE_LIMIT ? LARGE_SIZE : SMALL_SIZE;
    return html`
      <p class="title">${this.#title()}</p>
      ${this.layers.length > 1 ? this.#choices() : nothing}
      <mlp-picture-grid
        label=${this.layer === 0 ? t('weights.grid') : t('weights.grid.later')}
        ?strips=${!pictorial}
        .size=${pictorial ? pictureSize : STRIP_SIZE}
        .columns=${pictorial ? (this.#isOutput ? TEMPLATE_COLUMNS : 0) : 1}
        .theme=${this.theme}
        .view=${this.#view}
        .items=${Array.from({ length: this.#shown }, (_, unit) => this.#item(unit))}
        .selected=${this.neuron?.layer === this.layer ? this.neuron.unit : -1}
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
              <span>${t(this.layer === 0 ? 'weights.legend' : pictorial ? 'weights.legend.traced' : 'weights.legend.strips')}</span>
            </div>`
          : nothing
      }
      <p class="detail">${this.#detail()}</p>
    `;
  }

  #title() {
    const t = digitsTranslator(this.language);
    const { units: count } = this.#place;
    if (this.#templates) return t('weights.title.templates');
    if (this.layer === 0) return t('weights.title.hidden', { count });
    return this.#isOutput ? t('weights.title.output') : t('weights.title.later', { count, layer: this.layer + 1 });
  }

  #choices() {
    const t = digitsTranslator(this.language);
    const last = this.layers.length - 1;
    return html`
      <div class="choices">
        <mlp-segmented
          small
          label=${t('weights.layer')}
          value=${String(this.layer)}
          .choices=${this.layers.map((_, layer) => ({
            id: String(layer),
            label: layer === last ? t('weights.layer.output') : t('weights.layer.hidden', { layer: layer + 1 }),
          }))}
          @change=${this.#onLayer}
        ></mlp-segmented>
        ${
          this.layer > 0
            ? html`<mlp-toggle label=${t('weights.traced')} ?checked=${this.traced} @change=${this.#onTraced}></mlp-toggle>`
            : nothing
        }
      </div>
    `;
  }

  /**
   * @param {number} unit
   * @returns {PictureItem}
   */
  #item(unit) {
    const t = digitsTranslator(this.language);
    const caption = this.#isOutput ? classNameOf(this.names, unit) : undefined;
    return { label: this.#words(unit) ?? t(this.#isOutput ? 'weights.detail.template' : 'weights.detail', this.#nameOf(unit)), caption };
  }

  /** @param {number} unit */
  #nameOf(unit) {
    return { unit: this.#isOutput ? classNameOf(this.names, unit) : String(unit + 1), layer: this.layer + 1 };
  }

  /**
   * A neuron's weights in words; none before there are any.
   * @param {number} unit
   */
  #words(unit) {
    const t = digitsTranslator(this.language);
    const { parameters } = this;
    const { units, sources, offset } = this.#place;
    if (parameters.length < this.#total || parameters.length === 0) return undefined;
    let [minimum, maximum] = [Infinity, -Infinity];
    for (let place = offset + unit * sources; place < offset + (unit + 1) * sources; ++place) {
      if (parameters[place] < minimum) minimum = parameters[place];
      if (parameters[place] > maximum) maximum = parameters[place];
    }
    const bias = parameters[offset + units * sources + unit];
    const range = { minimum: formatFixed(minimum, 3), maximum: formatFixed(maximum, 3), bias: formatFixed(bias, 3) };
    const key = this.#templates ? 'weights.template' : this.#isOutput ? 'weights.output' : 'weights.unit';
    return t(key, { ...this.#nameOf(unit), ...range });
  }

  #detail() {
    const t = digitsTranslator(this.language);
    const { neuron } = this;
    if (this.reach === 0) return nothing;
    if (!neuron || neuron.layer !== this.layer || neuron.unit >= this.#place.units) return t('weights.hint');
    const words = this.#words(neuron.unit);
    if (!words) return nothing;
    const parts = [words];
    if (this.sum !== undefined) {
      const sum = formatFixed(this.sum, 2);
      parts.push(
        this.#isOutput || this.output === undefined
          ? t('weights.detail.sum.template', { sum })
          : t('weights.detail.sum', { sum, output: formatFixed(this.output, 2) }),
      );
    }
    return parts.map((part) => (this.language === 'zh' ? `${part}。` : `${part}. `)).join('');
  }

  /** @param {CustomEvent<string>} event */
  #onLayer(event) {
    event.stopPropagation();
    this.layer = Number(event.detail);
    this.#tell(undefined);
  }

  /** @param {CustomEvent<boolean>} event */
  #onTraced(event) {
    event.stopPropagation();
    this.traced = event.detail;
  }

  /** @param {CustomEvent<number>} event */
  #onSelect(event) {
    event.stopPropagation();
    const { layer, neuron } = this;
    this.#tell(neuron?.layer === layer && neuron.unit === event.detail ? undefined : { layer, unit: event.detail });
  }

  /** @param {NeuronPlace | undefined} neuron */
  #tell(neuron) {
    this.dispatchEvent(new CustomEvent('select', { detail: neuron }));
  }
}

/**
 * The layers are described anew with every look; they differ when their numbers do.
 * @param {readonly WeightLayer[]} after
 * @param {readonly WeightLayer[] | undefined} before
 */
function differ(after, before) {
  const numbersOf = (/** @type {readonly WeightLayer[]} */ layers) =>
    layers.flatMap(({ units, sources, offset }) => [units, sources, offset]);
  return numbersOf(after).join() !== numbersOf(before ?? []).join();
}
