import { LitElement, css, html, nothing, svg } from 'lit';
import { baseStyles } from '../ui/styles.js';
import { createBars } from '../view/bars.js';
import { createDigitImage } from '../view/digit-image.js';
import { formatFixed, formatPercent, listed } from '../text/text.js';
import { digitsTranslator } from '../text/digits.js';
import { classNameOf } from './class-names.js';
import { PEN } from './drawing-pad.js';
import { normalisePicture, normaliseStrokes, PICTURE_SIZE, reducePicture, reduceStrokes } from './normalise.js';

/** @import { Normalised, Picture } from './normalise.js' */
/** @import { DrawingPad, Sheet } from './drawing-pad.js' */
/** @import { Language } from '../text/text.js' */
/** @import { Theme } from '../view/color.js' */

/** A lead smaller than this is called undecided. */
const CLEAR_LEAD = 0.2;

/**
 * Write a digit and see it recognised: the pad, the drawing as it is and as the network gets it, and ten probability bars. Fires
 * `picture` whenever what is on the pad changes, with the 784 bytes for the network, or null on blank paper, and the digit's label
 * where it has one.
 */
export class Recognition extends LitElement {
  static properties = {
    theme: { attribute: false },
    language: { type: String },
    probabilities: { attribute: false },
    trained: { type: Boolean },
    scores: { type: Boolean },
    names: { attribute: false },
    centred: { state: true },
    drawn: { state: true },
    normalised: { state: true },
    sheet: { state: true },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }

      .bench {
        display: grid;
        grid-template-columns: minmax(0, 15rem) minmax(10rem, 1fr);
        gap: var(--space-4);
        align-items: start;
      }

      .bars {
        display: block;
        width: 100%;
        height: 15rem;
      }

      .verdict {
        min-height: 1.7em;
        margin: var(--space-2) 0 var(--space-3);
        font-size: var(--text-body);
        line-height: var(--leading-text);
      }

      .verdict strong {
        font-weight: var(--weight-strong);
      }

      .pictures {
        display: grid;
        grid-template-columns: auto auto auto 1fr;
        column-gap: var(--space-3);
        justify-items: start;
      }

      figure {
        margin: 0;
      }

      figcaption {
        padding-top: var(--space-1);
        color: var(--ink-soft);
        white-space: nowrap;
      }

      .frame {
        position: relative;
        width: 84px;
        height: 84px;
        border-radius: 2px;
        outline: var(--hairline) solid var(--line);
      }

      .frame canvas {
        display: block;
        width: 100%;
        height: 100%;
        image-rendering: pixelated;
      }

      .frame svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        fill: none;
        stroke: var(--accent);
        stroke-width: 1;
      }

      .frame svg * {
        vector-effect: non-scaling-stroke;
      }

      .arrow {
        line-height: 84px;
        color: var(--ink-faint);
        font-size: var(--text-large);
      }

      .about {
        margin: 0;
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }

      @container (max-width: 32rem) {
        .centring {
          grid-column: 1 / -1;
          margin-top: var(--space-2);
        }
      }

      @container (max-width: 23rem) {
        .bench {
          grid-template-columns: minmax(0, 1fr);
        }

        .bars {
          height: 13rem;
        }

        mlp-drawing-pad {
          width: min(100%, 19rem);
          margin-inline: auto;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {Language} */
    this.language = 'en';
    /** The network's answer to the last picture; none while there is no network or no picture. */
    /** @type {ArrayLike<number> | undefined} */
    this.probabilities = undefined;
    this.trained = false;
    /** Whether the outputs are plain scores, of any size and sign, instead of probabilities. */
    this.scores = false;
    /** What the classes are called. @type {readonly string[]} */
    this.names = [];
    this.centred = true;
    /** The sheet reduced to 28 × 28 and nothing else. */
    /** @type {Uint8Array | null} */
    this.drawn = null;
    /** @type {Normalised | null} */
    this.normalised = null;
    /** @type {Sheet | undefined} */
    this.sheet = undefined;
    /** @type {number | undefined} */
    this.pending = undefined;
    /** @type {ReturnType<typeof createBars> | undefined} */
    this.bars = undefined;
    /** @type {{ drawn: ReturnType<typeof createDigitImage>, seen: ReturnType<typeof createDigitImage> } | undefined} */
    this.pictures = undefined;
  }

  /** The 784 bytes for the network; null on blank paper. */
  get picture() {
    return this.centred ? (this.normalised?.ink ? this.normalised.pixels : null) : this.drawn;
  }

  /**
   * Lays a picture of the data set on the pad.
   * @param {Uint8Array} picture
   * @param {number} label
   */
  show(picture, label) {
    const pad = /** @type {DrawingPad | null} */ (this.renderRoot.querySelector('mlp-drawing-pad'));
    pad?.show(picture, { label });
  }

  /**
   * Lays a picture of any size on the pad.
   * @param {Picture} source its ink, square
   */
  showPhoto(source) {
    const pad = /** @type {DrawingPad | null} */ (this.renderRoot.querySelector('mlp-drawing-pad'));
    pad?.show(reducePicture(source), { source });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.pending !== undefined) cancelAnimationFrame(this.pending);
    this.pending = undefined;
    this.bars?.dispose();
    this.bars = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const { theme } = this;
    if (!theme) return;
    this.#mount(theme);
    if (changed.has('theme')) {
      this.bars?.setTheme(theme);
      this.pictures?.drawn.setTheme(theme);
      this.pictures?.seen.setTheme(theme);
    }
    this.pictures?.drawn.draw(this.drawn ?? blankPicture);
    this.pictures?.seen.draw(this.picture ?? blankPicture);
    const values = this.picture ? this.probabilities : undefined;
    this.bars?.draw({
      values: values ?? noProbabilities,
      best: values && this.trained ? bestOf(values).best : undefined,
      truth: this.sheet?.label,
      names: this.names,
      format: (value) => this.#format(value),
    });
  }

  /** @param {number} label */
  #nameOf(label) {
    return classNameOf(this.names, label);
  }

  /** @param {number} value of an output */
  #format(value) {
    return this.scores ? formatFixed(value, 2) : formatPercent(value);
  }

  /** @param {Theme} theme */
  #mount(theme) {
    if (this.bars) return;
    const [drawn, seen] = this.renderRoot.querySelectorAll('.frame canvas');
    const bars = this.renderRoot.querySelector('.bars');
    if (!(drawn instanceof HTMLCanvasElement && seen instanceof HTMLCanvasElement && bars instanceof HTMLCanvasElement)) return;
    this.bars = createBars(bars, theme);
    this.pictures ??= { drawn: createDigitImage(drawn, theme), seen: createDigitImage(seen, theme) };
  }

  render() {
    const t = digitsTranslator(this.language);
    const verdict = this.#verdict();
    const box = this.centred ? this.normalised?.box : null;
    return html`
      <div class="bench">
        <mlp-drawing-pad .theme=${this.theme} language=${this.language} @input=${this.#onSheet} @change=${this.#onSheet}></mlp-drawing-pad>
        <canvas
          class="bars"
          role="img"
          aria-label="${t(this.scores ? 'recognise.scores' : 'recognise.bars')}. ${this.#barsInWords()}"
        ></canvas>
      </div>
      <p class="verdict" role="status">${verdict}</p>
      <div class="pictures">
        <figure>
          <div class="frame"><canvas role="img" aria-label=${t('recognise.picture.drawn')}></canvas></div>
          <figcaption>${t('recognise.drawn')}</figcaption>
        </figure>
        <span class="arrow" aria-hidden="true">→</span>
        <figure>
          <div class="frame">
            <canvas role="img" aria-label=${t('recognise.picture.seen')}></canvas>
            ${box ? outline(box) : nothing}
          </div>
          <figcaption>${t('recognise.seen')}</figcaption>
        </figure>
        <div class="centring">
          <mlp-toggle label=${t('recognise.centre')} ?checked=${this.centred} @change=${this.#onCentring}></mlp-toggle>
          <p class="about">${t(this.centred ? 'recognise.centre.on' : 'recognise.centre.off')}</p>
        </div>
      </div>
    `;
  }

  #verdict() {
    const t = digitsTranslator(this.language);
    if (!this.picture) return t('recognise.empty');
    if (!this.probabilities) return t('recognise.waiting');
    if (!this.trained) return t('recognise.untrained');
    const { best, second } = bestOf(this.probabilities);
    const values = { digit: this.#nameOf(best), probability: this.#format(this.probabilities[best]) };
    if (this.scores) return t('recognise.scored', values);
    const truth = this.sheet?.label;
    if (truth !== undefined) return t(truth === best ? 'recognise.right' : 'recognise.wrong', { ...values, label: this.#nameOf(truth) });
    return this.probabilities[best] - this.probabilities[second] < CLEAR_LEAD
      ? t('recognise.unsure', { ...values, second: this.#nameOf(second), other: this.#format(this.probabilities[second]) })
      : t('recognise.verdict', values);
  }

  #barsInWords() {
    const { probabilities } = this;
    if (!probabilities || !this.picture) return '';
    return listed(
      Array.from(probabilities, (value, digit) => `${this.#nameOf(digit)}: ${this.#format(value)}`),
      this.language,
    );
  }

  /** @param {CustomEvent<Sheet>} event */
  #onSheet(event) {
    event.stopPropagation();
    this.sheet = event.detail;
    // A fast pen reports several times per frame; the pictures need to be made once.
    this.pending ??= requestAnimationFrame(() => {
      this.pending = undefined;
      this.#read();
    });
  }

  #read() {
    const { sheet } = this;
    if (!sheet || (!sheet.picture && sheet.strokes.length === 0)) {
      this.drawn = null;
      this.normalised = null;
    } else if (sheet.picture) {
      this.drawn = sheet.picture;
      this.normalised = normalisePicture(sheet.source ?? { values: sheet.picture, width: PICTURE_SIZE, height: PICTURE_SIZE });
    } else {
      this.drawn = reduceStrokes(sheet.strokes, PEN);
      this.normalised = normaliseStrokes(sheet.strokes, PEN);
    }
    this.#announce();
  }

  /** @param {CustomEvent<boolean>} event */
  #onCentring(event) {
    event.stopPropagation();
    this.centred = event.detail;
    this.#announce();
  }

  #announce() {
    this.dispatchEvent(new CustomEvent('picture', { detail: { picture: this.picture, label: this.sheet?.label } }));
  }
}

/** The box of the ink, and the middle that its centre of mass was brought to. */
/** @param {{ left: number, top: number, width: number, height: number }} box */
function outline({ left, top, width, height }) {
  return html`<svg viewBox="0 0 ${PICTURE_SIZE} ${PICTURE_SIZE}" aria-hidden="true">
    ${svg`<rect x=${left} y=${top} width=${width} height=${height} stroke-dasharray="2 2" />`} ${svg`<path d="M13.5 14.5h2M14.5 13.5v2" />`}
  </svg>`;
}

/** @param {ArrayLike<number>} values */
function bestOf(values) {
  let best = 0;
  let second = -1;
  for (let index = 1; index < values.length; ++index) {
    if (values[index] > values[best]) {
      second = best;
      best = index;
    } else if (second < 0 || values[index] > values[second]) second = index;
  }
  return { best, second };
}

const blankPicture = new Uint8Array(PICTURE_SIZE ** 2);
const noProbabilities = new Float32Array(10).fill(Number.NaN);
