import { LitElement, css, html, nothing } from 'lit';
import { formatCount } from '../text/text.js';
import { baseStyles } from './styles.js';

/**
 * What the table says, in the reader's language.
 * @typedef {object} ConfusionWords
 * @property {string} about how to read it
 * @property {string} wait what stands there before there are counts
 * @property {string} true a row's heading for those who listen
 * @property {string} guessed a column's
 * @property {(values: { count: number, label: string, guess: string }) => string} cell what a count means
 */

/** @typedef {{ label: number, guess: number }} Pair what it is, and what it is taken for */

/** Which classes are taken for which, as counts. Fires `pair` with the pair of a count that is chosen. */
export class ConfusionTable extends LitElement {
  static properties = {
    counts: { attribute: false },
    words: { attribute: false },
    names: { attribute: false },
    right: { type: Boolean },
    chosen: { attribute: false },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      table {
        border-collapse: collapse;
        table-layout: fixed;
        width: 100%;
        max-width: 26rem;
      }

      caption {
        padding-bottom: var(--space-2);
        color: var(--ink-faint);
        text-align: left;
        line-height: var(--leading-text);
      }

      th {
        height: 1.75rem;
        padding: 0;
        color: var(--ink-soft);
        font-weight: normal;
        text-align: center;
      }

      th span.name {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .named th:first-child {
        width: 6.5rem;
        padding-right: var(--space-2);
        text-align: right;
      }

      .named thead th {
        height: 6rem;
        vertical-align: bottom;
      }

      .named thead .name {
        max-height: 6rem;
        margin-inline: auto;
        writing-mode: vertical-rl;
        transform: rotate(180deg);
      }

      :lang(zh) .named thead .name {
        transform: none;
      }

      td {
        position: relative;
        height: 1.75rem;
        padding: 0;
        border: var(--hairline) solid var(--line);
        text-align: center;
      }

      td::before {
        content: '';
        position: absolute;
        inset: 0;
        background: var(--warning);
        opacity: var(--share, 0);
      }

      td.right::before {
        background: var(--ink-soft);
      }

      button,
      .zero {
        position: relative;
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        min-height: 1.75rem;
        margin: 0;
        padding: 0;
        border: 0;
        background: none;
      }

      button {
        cursor: pointer;
      }

      button:hover {
        text-decoration: underline;
      }

      button[aria-pressed='true'] {
        outline: 2px solid var(--accent);
        outline-offset: -2px;
      }

      @media (pointer: coarse) {
        button {
          min-height: 2.75rem;
        }
      }

      .zero {
        color: var(--ink-faint);
      }

      .note {
        margin: 0;
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }
    `,
  ];

  constructor() {
    super();
    /** [classes x classes], row = the true class. @type {ArrayLike<number> | undefined} */
    this.counts = undefined;
    /** @type {ConfusionWords | undefined} */
    this.words = undefined;
    /** What the classes are called; one without a name by its number. @type {readonly string[]} */
    this.names = [];
    /** Whether those that are right can be chosen too. */
    this.right = false;
    /** @type {Pair | undefined} */
    this.chosen = undefined;
  }

  get #classes() {
    return Math.round(Math.sqrt(this.counts?.length ?? 0));
  }

  /** The tint is set through the style object: style attributes are refused by the pages' security policy. */
  updated() {
    const { counts } = this;
    if (!counts) return;
    const classes = this.#classes;
    const all = Array.from(counts);
    const wrong = Math.max(5, ...all.filter((_, index) => index % (classes + 1) !== 0));
    this.renderRoot.querySelectorAll('td').forEach((cell, index) => {
      const label = Math.floor(index / classes);
      const row = all.slice(label * classes, (label + 1) * classes).reduce((sum, count) => sum + count, 0);
      const share = index % classes === label ? (0.3 * counts[index]) / Math.max(1, row) : (0.45 * counts[index]) / wrong;
      cell.style.setProperty('--share', share.toFixed(3));
    });
  }

  render() {
    const { counts, words } = this;
    if (!words) return nothing;
    if (!counts) return html`<p class="note">${words.wait}</p>`;
    const classes = Array.from({ length: this.#classes }, (_, index) => index);
    const named = this.names.length > 0;
    return html`
      <table class=${named ? 'named' : nothing}>
        <caption>
          ${words.about}
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${words.true}</span></th>
            ${classes.map((guess) => html`<th scope="col"><span class="visually-hidden">${words.guessed}</span> ${this.#heading(guess)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${classes.map(
            (label) =>
              html`<tr>
                <th scope="row">${this.#heading(label)}</th>
                ${classes.map((guess) => this.#cell(words, { label, guess }, counts[label * classes.length + guess]))}
              </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  /** @param {number} label */
  #nameOf(label) {
    return this.names[label] || String(label);
  }

  /** @param {number} label */
  #heading(label) {
    const name = this.#nameOf(label);
    return this.names.length > 0 ? html`<span class="name" title=${name}>${name}</span>` : name;
  }

  /**
   * @param {ConfusionWords} words
   * @param {Pair} pair
   * @param {number} count
   */
  #cell(words, { label, guess }, count) {
    const right = label === guess;
    if ((right && !this.right) || count === 0) {
      return html`<td class=${right ? 'right' : nothing}>
        <span class=${count === 0 ? 'zero' : nothing}>${count === 0 ? '·' : formatCount(count)}</span>
      </td>`;
    }
    const meaning = words.cell({ count, label: this.#nameOf(label), guess: this.#nameOf(guess) });
    const chosen = this.chosen?.label === label && this.chosen.guess === guess;
    return html`<td class=${right ? 'right' : nothing}>
      <button
        type="button"
        aria-label=${meaning}
        title=${meaning}
        aria-pressed=${this.right ? chosen : nothing}
        @click=${() => this.dispatchEvent(new CustomEvent('pair', { detail: { label, guess } }))}
      >
        ${formatCount(count)}
      </button>
    </td>`;
  }
}
