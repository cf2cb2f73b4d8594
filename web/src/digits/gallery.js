import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { selectAll } from '../ui/events.js';
import { baseStyles, buttonStyles } from '../ui/styles.js';
import { icon } from '../ui/icons.js';
import { formatCount, formatNumber, parseNumber } from '../text/text.js';
import { digitsTranslator } from '../text/digits.js';
import { createDigitImage } from '../view/digit-image.js';
import { classNameOf } from './class-names.js';
import { PICTURE_SIZE } from './normalise.js';
import { worstFirst } from './outcomes.js';

/** @import { Outcomes, Pair } from './outcomes.js' */
/** @import { PictureGrid, PictureItem } from './picture-grid.js' */
/** @import { Digits } from './mnist-store.js' */
/** @import { Language } from '../text/text.js' */
/** @import { Theme } from '../view/color.js' */

/** @typedef {'test' | 'mistakes' | 'train'} Shelf */

const PIXELS = PICTURE_SIZE ** 2;
const PER_PAGE = 48;
/** Side of a picture in CSS pixels, and of one with a name below it. */
const SIZE = 36;
const NAMED_SIZE = 88;
const NAMED_COLUMNS = 4;

/**
 * The digits of the data set, page by page: those learned from, those kept for testing, and those that went wrong, the worst first. Fires
 * `choose` with the picture and its label, and `inside` when it is to be followed through the network, too.
 */
export class DigitGallery extends LitElement {
  static properties = {
    train: { attribute: false },
    test: { attribute: false },
    samples: { type: Number },
    names: { attribute: false },
    outcomes: { attribute: false },
    mistakesOf: { attribute: false },
    pair: { attribute: false },
    shelf: { type: String },
    theme: { attribute: false },
    language: { type: String },
    start: { state: true },
    chosen: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      mlp-segmented {
        display: block;
        margin-bottom: var(--space-3);
      }

      mlp-picture-grid {
        --picture-gap: 4px;
        min-height: 12rem;
      }

      .pages {
        display: flex;
        flex-wrap: wrap;
        white-space: nowrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-1);
        margin-top: var(--space-2);
        color: var(--ink-soft);
      }

      .turned {
        display: grid;
        transform: rotate(180deg);
      }

      .pages label {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        white-space: nowrap;
      }

      .pages input {
        width: 3em;
        height: 1.75rem;
        padding: 0 0.25rem;
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius-small);
        background: var(--paper-raised);
        text-align: right;
      }

      .note .button {
        padding: 0;
        color: var(--accent);
      }

      .note .button:hover {
        background: none;
        text-decoration: underline;
      }

      .note {
        margin: var(--space-2) 0 0;
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }

      @media (pointer: coarse) {
        .pages input {
          width: 3.5em;
          height: var(--touch-target);
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Digits | undefined} */
    this.train = undefined;
    /** @type {Digits | undefined} */
    this.test = undefined;
    /** How many of the training digits are in use. */
    this.samples = 0;
    /** What the classes are called. @type {readonly string[]} */
    this.names = [];
    /** What the network makes of each digit, as far as it was asked; nothing before training. */
    /** @type {{ train?: Outcomes, test?: Outcomes }} */
    this.outcomes = {};
    /** Which digits' mistakes are shown. */
    /** @type {'test' | 'train'} */
    this.mistakesOf = 'test';
    /** Narrows the mistakes to one digit read as one other. */
    /** @type {Pair | undefined} */
    this.pair = undefined;
    /** @type {Shelf} */
    this.shelf = 'test';
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {Language} */
    this.language = 'en';
    this.start = 0;
    /** @type {number | undefined} */
    this.chosen = undefined;
    /** Places on the shelf, each the index of a digit. */
    /** @type {readonly number[]} */
    this.order = [];
  }

  /** The digits that the shelf takes from. */
  get #split() {
    return this.shelf === 'mistakes' ? this.mistakesOf : this.shelf;
  }

  get #digits() {
    return this[this.#split];
  }

  get #outcomes() {
    return this.outcomes[this.#split];
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('pair') || changed.has('shelf') || changed.has('mistakesOf')) {
      this.start = 0;
      this.chosen = undefined;
    }
    this.order = this.#shelved();
    if (this.start >= this.order.length) this.start = Math.max(0, Math.floor((this.order.length - 1) / PER_PAGE) * PER_PAGE);
  }

  #shelved() {
    const digits = this.#digits;
    const outcomes = this.#outcomes;
    if (!digits) return [];
    if (this.shelf === 'mistakes') return outcomes ? worstFirst(digits.labels, outcomes, this.pair) : [];
    return numbers(this.shelf === 'train' ? Math.min(this.samples, digits.labels.length) : digits.labels.length);
  }

  updated() {
    const grid = /** @type {PictureGrid | null} */ (this.renderRoot.querySelector('mlp-picture-grid'));
    const digits = this.#digits;
    if (!grid || !digits) return;
    const shown = this.#shown();
    grid.draw((/** @type {ReturnType<typeof createDigitImage>} */ view, place) => {
      const index = shown[place];
      if (index !== undefined) view.draw(pictureOf(digits, index));
    });
  }

  #shown() {
    return this.order.slice(this.start, this.start + PER_PAGE);
  }

  render() {
    const t = digitsTranslator(this.language);
    const shown = this.#shown();
    return html`
      <mlp-segmented
        small
        label=${t('gallery.which')}
        value=${this.shelf}
        .choices=${[
          { id: 'test', label: t('gallery.test') },
          { id: 'mistakes', label: t('gallery.mistakes') },
          { id: 'train', label: t('gallery.train') },
        ]}
        @change=${this.#onShelf}
      ></mlp-segmented>
      <mlp-picture-grid
        smooth
        .size=${this.names.length > 0 ? NAMED_SIZE : SIZE}
        .columns=${this.names.length > 0 ? NAMED_COLUMNS : 0}
        label=${t('gallery.title')}
        .theme=${this.theme}
        .view=${createDigitImage}
        .items=${shown.map((index) => this.#item(index))}
        .selected=${this.chosen === undefined ? -1 : shown.indexOf(this.chosen)}
        @change=${this.#onChoose}
        @dblclick=${this.#onInside}
      ></mlp-picture-grid>
      ${this.order.length > 0 ? this.#pages() : nothing} ${this.#note()}
    `;
  }

  #note() {
    const t = digitsTranslator(this.language);
    const digits = this.#digits;
    if (this.shelf === 'mistakes' && digits) {
      if (!this.#outcomes) return html`<p class="note">${t('gallery.mistakes.wait')}</p>`;
      if (this.pair) {
        return html`<p class="note">
          ${t('gallery.mistakes.pair', {
            label: this.#nameOf(this.pair.label),
            guess: this.#nameOf(this.pair.guess),
          })}
          <button type="button" class="button quiet" @click=${this.#onAll}>${t('gallery.mistakes.all')}</button>
        </p>`;
      }
      if (this.order.length === 0)
        return html`<p class="note">${t(`gallery.mistakes.none.${this.mistakesOf}`, { count: this.#outcomes.losses.length })}</p>`;
    }
    if (this.order.length === 0) return nothing;
    return html`<p class="note">
      ${this.shelf === 'mistakes' ? `${t(`gallery.mistakes.${this.mistakesOf}`)} ` : nothing}${t('gallery.hint')}
    </p>`;
  }

  #pages() {
    const t = digitsTranslator(this.language);
    const { start, order } = this;
    return html`
      <div class="pages">
        <button
          type="button"
          class="button quiet icon"
          aria-label=${t('gallery.previous')}
          ?disabled=${start === 0}
          @click=${() => this.#turn(-1)}
        >
          <span class="turned">${icon('more')}</span>
        </button>
        <span>${t('gallery.page', { first: start + 1, last: Math.min(order.length, start + PER_PAGE), count: order.length })}</span>
        <button
          type="button"
          class="button quiet icon"
          aria-label=${t('gallery.next')}
          ?disabled=${start + PER_PAGE >= order.length}
          @click=${() => this.#turn(1)}
        >
          ${icon('more')}
        </button>
        <label title=${t('gallery.number')}>
          ${t('gallery.number.short')}
          <input
            type="text"
            inputmode="numeric"
            autocomplete="off"
            aria-label=${t('gallery.number')}
            .value=${live(this.chosen === undefined ? '' : formatCount(this.chosen + 1))}
            @focus=${selectAll}
            @change=${this.#onNumber}
          />
        </label>
      </div>
    `;
  }

  /** @param {number} label */
  #nameOf(label) {
    return classNameOf(this.names, label);
  }

  /**
   * @param {number} index
   * @returns {PictureItem}
   */
  #item(index) {
    const t = digitsTranslator(this.language);
    const label = this.#digits?.labels[index] ?? 0;
    const values = { number: index + 1, label: this.#nameOf(label) };
    const split = this.#split;
    const outcomes = this.#outcomes;
    const guess = outcomes?.predicted?.[index];
    if (guess === undefined || !outcomes) return { label: t(`gallery.digit.${split}`, values), caption: '' };
    // Below the picture stands what the network made of it, where that is wrong.
    const wrong = guess !== label;
    const loss = formatNumber(outcomes.losses[index], 3);
    return {
      label: t(`gallery.digit.read.${split}`, { ...values, guess: this.#nameOf(guess), loss }),
      wrong,
      caption: wrong ? this.#nameOf(guess) : '',
      note: this.shelf === 'mistakes' ? loss : undefined,
    };
  }

  /** @param {number} direction */
  #turn(direction) {
    this.start = Math.max(0, this.start + direction * PER_PAGE);
  }

  #onAll() {
    this.pair = undefined;
    this.dispatchEvent(new CustomEvent('pair', { detail: undefined }));
  }

  /** @param {CustomEvent<Shelf>} event */
  #onShelf(event) {
    event.stopPropagation();
    this.shelf = event.detail;
    this.dispatchEvent(new CustomEvent('shelf', { detail: event.detail }));
  }

  /** @param {CustomEvent<number>} event */
  #onChoose(event) {
    event.stopPropagation();
    this.#choose(this.#shown()[event.detail]);
  }

  #onInside() {
    if (this.chosen !== undefined) this.dispatchEvent(new CustomEvent('inside'));
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onNumber(event) {
    event.stopPropagation();
    const index = parseNumber(event.target.value) - 1;
    const place = this.order.indexOf(index);
    if (place >= 0) {
      this.start = Math.floor(place / PER_PAGE) * PER_PAGE;
      this.#choose(index);
    }
    this.requestUpdate();
  }

  /** @param {number | undefined} index */
  #choose(index) {
    const digits = this.#digits;
    if (!digits || index === undefined) return;
    this.chosen = index;
    this.dispatchEvent(new CustomEvent('choose', { detail: { picture: pictureOf(digits, index), label: digits.labels[index] } }));
  }
}

/**
 * @param {Digits} digits
 * @param {number} index
 */
function pictureOf({ images }, index) {
  return images.subarray(index * PIXELS, (index + 1) * PIXELS);
}

/** @param {number} count */
function numbers(count) {
  return Array.from({ length: count }, (_, index) => index);
}
