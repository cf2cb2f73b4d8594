import { LitElement, css, html } from 'lit';
import { baseStyles, buttonStyles } from './styles.js';
import { icon } from './icons.js';
import {
  currentAppearance,
  currentLanguage,
  currentProjector,
  setAppearance,
  setLanguage,
  setProjector,
  watchPreferences,
} from './preferences.js';
import { languages, translator } from '../text/text.js';

/** @import { Appearance } from './preferences.js' */
/** @import { Language } from '../text/text.js' */

const pages = Object.freeze(
  /** @type {const} */ ([
    { id: 'playground', href: './', text: 'site.playground' },
    { id: 'digits', href: './digits.html', text: 'site.digits' },
  ]),
);

/** @type {Readonly<Record<Language, string>>} */
const languageNames = Object.freeze({ zh: '中文', en: 'EN' });

/** @type {readonly Appearance[]} */
const appearances = ['auto', 'light', 'dark'];

/** Name, pages, language and appearance: the same line on top of every page. */
export class SiteHeader extends LitElement {
  static properties = { page: { type: String } };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        border-bottom: var(--hairline) solid var(--line);
        font-size: var(--text-small);
      }

      header {
        display: flex;
        align-items: center;
        gap: var(--space-5);
        max-width: var(--page-width);
        min-height: 3rem;
        margin-inline: auto;
        padding-inline: clamp(1rem, 2.2vw, 2rem);
      }

      .skip {
        position: absolute;
        top: var(--space-1);
        left: var(--space-2);
        z-index: 1;
        padding: var(--space-3);
        line-height: 1.5;
        border: var(--hairline) solid var(--accent);
        border-radius: var(--radius);
        background: var(--paper-raised);
        color: var(--accent);
      }

      .skip:not(:focus) {
        clip-path: inset(50%);
        pointer-events: none;
      }

      .name {
        color: var(--ink);
        font-size: var(--text-body);
        font-weight: var(--weight-strong);
        letter-spacing: -0.01em;
        line-height: 3rem;
        text-align: center;
        text-decoration: none;
        white-space: nowrap;
      }

      nav {
        display: flex;
        flex: 1;
        gap: var(--space-1);
      }

      nav a {
        display: inline-flex;
        align-items: center;
        min-height: 3rem;
        padding-inline: var(--space-2);
        border-bottom: 2px solid transparent;
        margin-bottom: -1px;
        color: var(--ink-soft);
        text-decoration: none;
        white-space: nowrap;
      }

      nav a:hover {
        color: var(--ink);
      }

      nav a[aria-current='page'] {
        border-bottom-color: var(--ink);
        color: var(--ink);
      }

      .switches {
        display: flex;
        align-items: center;
        gap: var(--space-1);
      }

      .languages {
        display: flex;
        align-items: center;
        color: var(--line-strong);
      }

      .languages .button {
        padding-inline: var(--space-2);
        color: var(--ink-soft);
      }

      .languages .button[aria-pressed='true'] {
        background: none;
        border-color: transparent;
        color: var(--ink);
        font-weight: var(--weight-strong);
      }

      /* What is transparent otherwise shows. */
      @media (forced-colors: active) {
        nav a:not([aria-current='page']) {
          border-bottom-color: Canvas;
        }
      }

      @media (max-width: 34rem) {
        header {
          gap: var(--space-3);
        }

        .name {
          min-width: 2.75rem;
        }

        .name .rest {
          display: none;
        }

        nav a {
          padding-inline: var(--space-1);
        }

        .languages .button {
          padding-inline: var(--space-1);
          min-width: max(2rem, var(--touch-target));
        }

        .languages span {
          display: none;
        }

        /* A telephone has no keys and is not projected; what is on can be switched off. */
        .keys,
        .projector[aria-pressed='false'] {
          display: none;
        }
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
    document.addEventListener('keydown', this.#onKey);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stopWatching?.();
    document.removeEventListener('keydown', this.#onKey);
  }

  /** A question mark asks for the list of keys, except where it is text. @param {KeyboardEvent} event */
  #onKey = (event) => {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.matches('input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select'))
      return;
    event.preventDefault();
    this.#showKeys();
  };

  async #showKeys() {
    try {
      const { showKeyList } = await import('./key-list.js');
      await showKeyList(this.page);
    } catch (thrown) {
      // Without the network the list stays away; everything else works.
      reportError(thrown);
    }
  }

  render() {
    const language = currentLanguage();
    const t = translator(language);
    const appearance = currentAppearance();
    const projector = currentProjector();
    const appearanceText = t(/** @type {const} */ (`site.theme.${appearance}`));
    return html`
      <header>
        <a class="skip" href="#laboratory">${t('site.skip')}</a>
        <a class="name" href="./">MLP<span class="rest"> Playground</span></a>
        <nav aria-label=${t('site.navigation')}>
          ${pages.map((page) => html`<a href=${page.href} aria-current=${page.id === this.page ? 'page' : 'false'}>${t(page.text)}</a>`)}
        </nav>
        <div class="switches">
          <div class="languages" role="group" aria-label=${t('site.language')}>
            ${[...languages].reverse().map(
              (choice, index) => html`
                ${index > 0 ? html`<span aria-hidden="true">|</span>` : ''}
                <button
                  type="button"
                  class="button quiet"
                  lang=${choice}
                  aria-pressed=${choice === language}
                  @click=${() => setLanguage(choice)}
                >
                  ${languageNames[choice]}
                </button>
              `,
            )}
          </div>
          <button
            type="button"
            class="button quiet icon keys"
            title="${t('site.keys')} (?)"
            aria-label=${t('site.keys')}
            aria-haspopup="dialog"
            @click=${() => this.#showKeys()}
          >
            ${icon('keys')}
          </button>
          <button
            type="button"
            class="button quiet icon projector"
            title=${t('site.projector.hint')}
            aria-label=${t('site.projector')}
            aria-pressed=${projector}
            @click=${() => setProjector(!projector)}
          >
            ${icon('projector')}
          </button>
          <button
            type="button"
            class="button quiet icon"
            title="${t('site.theme')}: ${appearanceText}"
            aria-label="${t('site.theme')}: ${appearanceText}"
            @click=${() => setAppearance(appearances[(appearances.indexOf(appearance) + 1) % appearances.length])}
          >
            ${icon(appearance)}
          </button>
        </div>
      </header>
    `;
  }
}

/** Registers `<mlp-site-header>`; safe to call more than once. */
export function defineSiteHeader() {
  if (!customElements.get('mlp-site-header')) customElements.define('mlp-site-header', SiteHeader);
}
