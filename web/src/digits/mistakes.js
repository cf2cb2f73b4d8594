import { LitElement, css, html, nothing } from 'lit';
import { baseStyles, buttonStyles } from '../ui/styles.js';
import { formatCount } from '../text/text.js';
import { digitsTranslator } from '../text/digits.js';
import { classNameOf } from './class-names.js';
import { CLASSES } from './experiment.js';
import { confusedPairs } from './outcomes.js';

/** @import { Language } from '../text/text.js' */

/** @typedef {'test' | 'train'} Split */

/** So many of the pairs that are confused most stand in words. */
const PAIRS = 5;

/**
 * Which digits are taken for which, among the test digits or those learned from: the table, and the pairs that are confused most. Fires
 * `split` with the digits that are to be counted, and `pair` with `{ label, guess }` when a number is chosen.
 */
export class Mistakes extends LitElement {
  static properties = {
    split: { type: String },
    counts: { attribute: false },
    names: { attribute: false },
    language: { type: String },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr));
        gap: var(--space-3) var(--space-6);
        min-width: 0;
      }

      .table {
        grid-column: 1 / -1;
        min-width: 0;
      }

      mlp-segmented {
        margin-bottom: var(--space-3);
      }

      h3 {
        margin: 0 0 var(--space-1);
        color: var(--ink-soft);
        font-size: inherit;
        font-weight: normal;
      }

      ol {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .pairs {
        grid-column: 1 / -1;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Split} */
    this.split = 'test';
    /** [10 x 10], row = the true digit */
    /** @type {ArrayLike<number> | undefined} */
    this.counts = undefined;
    /** What the classes are called. @type {readonly string[]} */
    this.names = [];
    /** @type {Language} */
    this.language = 'en';
  }

  render() {
    const t = digitsTranslator(this.language);
    return html`
      <div class="table">
        <mlp-segmented
          small
          label=${t('confusion.which')}
          value=${this.split}
          .choices=${[
            { id: 'test', label: t('gallery.test') },
            { id: 'train', label: t('gallery.train') },
          ]}
          @change=${this.#onSplit}
        ></mlp-segmented>
        <mlp-confusion-table
          .counts=${this.counts}
          .names=${this.names}
          .words=${{
            about: t('confusion.about'),
            wait: t('confusion.wait'),
            true: t('confusion.true'),
            guessed: t('confusion.read'),
            cell: (/** @type {{ count: number, label: string, guess: string }} */ values) => t('confusion.cell', values),
          }}
          @pair=${(/** @type {CustomEvent<{ label: number, guess: number }>} */ { detail }) => this.#choose(detail)}
        ></mlp-confusion-table>
      </div>
      ${this.#pairs()}
    `;
  }

  #pairs() {
    const t = digitsTranslator(this.language);
    const pairs = this.counts ? confusedPairs(this.counts, CLASSES, PAIRS) : [];
    if (pairs.length === 0) return nothing;
    return html`
      <div class="pairs">
        <h3 id="pairs">${t('confusion.pairs')}</h3>
        <ol aria-labelledby="pairs">
          ${pairs.map(
            ({ label, guess, count }) => html`
              <li>
                <button type="button" class="button small" @click=${() => this.#choose({ label, guess })}>
                  ${t('confusion.pair', { label: classNameOf(this.names, label), guess: classNameOf(this.names, guess), count: formatCount(count) })}
                </button>
              </li>
            `,
          )}
        </ol>
      </div>
    `;
  }

  /** @param {CustomEvent<string>} event */
  #onSplit(event) {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('split', { detail: event.detail }));
  }

  /** @param {{ label: number, guess: number }} pair */
  #choose({ label, guess }) {
    this.dispatchEvent(new CustomEvent('pair', { detail: { label, guess } }));
  }
}
