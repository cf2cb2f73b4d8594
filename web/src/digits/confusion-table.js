import { LitElement, css, html, nothing } from 'lit';
import { baseStyles } from '../ui/styles.js';
import { formatCount } from '../text/text.js';
import { digitsTranslator } from '../text/digits.js';
import { CLASSES } from './experiment.js';

/** @import { Language } from '../text/text.js' */

const digits = Array.from({ length: CLASSES }, (_, digit) => digit);

/** Which digits are taken for which: counts of the test digits. Fires `pair` with `{ label, guess }` of a number that is chosen. */
export class ConfusionTable extends LitElement {
  static properties = {
    counts: { attribute: false },
    language: { type: String },
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
    /** [10 x 10], row = the true digit */
    /** @type {ArrayLike<number> | undefined} */
    this.counts = undefined;
    /** @type {Language} */
    this.language = 'en';
  }

  /** The tint is set through the style object: style attributes are refused by the pages' security policy. */
  updated() {
    const { counts } = this;
    if (!counts) return;
    const cells = this.renderRoot.querySelectorAll('td');
    const largest = digits.map((label) => Math.max(...digits.map((guess) => (label === guess ? 0 : counts[label * CLASSES + guess]))));
    const wrong = Math.max(5, ...largest);
    cells.forEach((cell, index) => {
      const label = Math.floor(index / CLASSES);
      const right = index % CLASSES === label;
      const row = digits.reduce((sum, guess) => sum + counts[label * CLASSES + guess], 0);
      const share = right ? (0.3 * counts[index]) / Math.max(1, row) : (0.45 * counts[index]) / wrong;
      cell.style.setProperty('--share', share.toFixed(3));
    });
  }

  render() {
    const t = digitsTranslator(this.language);
    const { counts } = this;
    if (!counts) return html`<p class="note">${t('confusion.wait')}</p>`;
    return html`
      <table>
        <caption>
          ${t('confusion.about')}
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${t('confusion.true')}</span></th>
            ${digits.map((guess) => html`<th scope="col"><span class="visually-hidden">${t('confusion.read')}</span> ${guess}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${digits.map(
            (label) =>
              html`<tr>
                <th scope="row">${label}</th>
                ${digits.map((guess) => this.#cell(label, guess, counts[label * CLASSES + guess]))}
              </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  /**
   * @param {number} label
   * @param {number} guess
   * @param {number} count
   */
  #cell(label, guess, count) {
    if (label === guess || count === 0) {
      return html`<td class=${label === guess ? 'right' : nothing}>
        <span class=${count === 0 ? 'zero' : nothing}>${count === 0 ? '·' : formatCount(count)}</span>
      </td>`;
    }
    const t = digitsTranslator(this.language);
    const words = t('confusion.cell', { count, label: String(label), guess: String(guess) });
    return html`<td>
      <button
        type="button"
        aria-label=${words}
        title=${words}
        @click=${() => this.dispatchEvent(new CustomEvent('pair', { detail: { label, guess } }))}
      >
        ${formatCount(count)}
      </button>
    </td>`;
  }
}
