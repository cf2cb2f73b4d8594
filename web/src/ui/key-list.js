/**
 * The list of keys: every shortcut of a page in one place. Fetched when it is first asked for.
 */
import { LitElement, css, html } from 'lit';
import { baseStyles, buttonStyles } from './styles.js';
import { icon } from './icons.js';
import { currentLanguage, watchPreferences } from './preferences.js';
import { keysTranslator } from '../text/keys.js';

/** @import { KeysText } from '../text/keys.js' */

/** What one presses, and what it does. @typedef {readonly [keys: readonly string[], text: KeysText]} Row */
/** @typedef {{ title: KeysText, rows: readonly Row[] }} Group */

const arrows = ['←', '↑', '↓', '→'];

/** @type {readonly Group[]} */
const everywhere = [
  {
    title: 'page',
    rows: [
      [['Tab', 'Shift + Tab'], 'page.next'],
      [['Enter', 'Space'], 'page.press'],
      [['?'], 'page.keys'],
    ],
  },
  {
    title: 'slider',
    rows: [
      [['←', '→'], 'slider.step'],
      [['Home', 'End'], 'slider.ends'],
      [['Backspace'], 'slider.default'],
    ],
  },
  {
    title: 'number',
    rows: [
      [['↑', '↓'], 'number.step'],
      [['Enter'], 'number.take'],
      [['Esc'], 'number.leave'],
    ],
  },
];

/** @type {Readonly<Record<string, readonly Group[]>>} */
const groupsOf = Object.freeze({
  playground: [
    ...everywhere,
    {
      title: 'network',
      rows: [
        [['↑', '↓'], 'network.unit'],
        [['←', '→'], 'network.layer'],
        [['Enter'], 'network.edit'],
        [['L'], 'network.lock'],
        [['X'], 'network.cut'],
        [['Esc'], 'network.leave'],
      ],
    },
    {
      title: 'plane',
      rows: [
        [arrows, 'plane.move'],
        [['Enter'], 'plane.choose'],
        [['Esc'], 'plane.leave'],
        [['+', '−'], 'plane.zoom'],
        [['0'], 'plane.whole'],
      ],
    },
    {
      title: 'paint',
      rows: [
        [arrows, 'paint.move'],
        [['Space'], 'paint.put'],
        [['Delete'], 'paint.remove'],
        [['0', '…', '9'], 'paint.class'],
        [['Ctrl + Z'], 'paint.undo'],
      ],
    },
  ],
  digits: [
    ...everywhere,
    {
      title: 'pad',
      rows: [
        [arrows, 'pad.move'],
        [['Space'], 'pad.pen'],
        [['Backspace'], 'pad.undo'],
        [['Delete'], 'pad.clear'],
      ],
    },
    {
      title: 'gallery',
      rows: [
        [arrows, 'gallery.move'],
        [['Enter'], 'gallery.choose'],
      ],
    },
  ],
});

/** `<mlp-key-list>`: a dialog with the keys of its `page`. */
export class KeyList extends LitElement {
  static properties = { page: { type: String } };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      dialog {
        width: min(100% - 2rem, 46rem);
        max-height: calc(100% - 2rem);
        padding: var(--space-4) var(--space-5) var(--space-5);
        border: var(--hairline) solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--paper-raised);
        color: var(--ink);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 40%);
      }

      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }

      h2,
      h3 {
        margin: 0;
        font-weight: var(--weight-strong);
      }

      h2 {
        font-size: var(--text-large);
      }

      h3 {
        padding-bottom: var(--space-1);
        border-bottom: var(--hairline) solid var(--line);
        font-size: var(--text-body);
      }

      .note {
        margin: var(--space-1) 0 var(--space-4);
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .groups {
        columns: 19rem;
        column-gap: var(--space-6);
      }

      section {
        break-inside: avoid;
        padding-bottom: var(--space-4);
      }

      dl {
        display: grid;
        grid-template-columns: 8rem 1fr;
        gap: var(--space-2) var(--space-3);
        align-items: baseline;
        margin: var(--space-2) 0 0;
      }

      dt,
      dd {
        margin: 0;
      }

      dt {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
      }

      kbd {
        min-width: 1.5em;
        padding: 0.1em 0.4em;
        border: var(--hairline) solid var(--line-strong);
        border-radius: var(--radius-small);
        background: var(--paper-sunken);
        font: inherit;
        text-align: center;
        white-space: nowrap;
      }
    `,
  ];

  /** @type {(() => void) | undefined} */
  #stopWatching;

  constructor() {
    super();
    this.page = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stopWatching = watchPreferences(() => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stopWatching?.();
  }

  /** Shows the dialog; whatever had the focus gets it back when it closes. */
  async show() {
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  render() {
    const t = keysTranslator(currentLanguage());
    return html`
      <dialog aria-labelledby="title">
        <form method="dialog" class="top">
          <h2 id="title">${t('title')}</h2>
          <button class="button quiet icon" aria-label=${t('close')} title=${t('close')}>${icon('close')}</button>
        </form>
        <p class="note">${t('note')}</p>
        <div class="groups">
          ${(groupsOf[this.page] ?? everywhere).map(
            ({ title, rows }) => html`
              <section>
                <h3>${t(title)}</h3>
                <dl>
                  ${rows.map(
                    ([keys, text]) => html`
                      <dt>${keys.map((key) => (key === '…' ? key : html`<kbd>${key}</kbd>`))}</dt>
                      <dd>${t(text)}</dd>
                    `,
                  )}
                </dl>
              </section>
            `,
          )}
        </div>
      </dialog>
    `;
  }
}

/**
 * The list of keys of a page, opened.
 * @param {string} page
 */
export async function showKeyList(page) {
  if (!customElements.get('mlp-key-list')) customElements.define('mlp-key-list', KeyList);
  const present = document.querySelector('mlp-key-list');
  const list = present instanceof KeyList ? present : document.body.appendChild(new KeyList());
  list.page = page;
  await list.show();
}
