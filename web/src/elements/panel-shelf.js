import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { labTranslator } from './lab-text.js';
import { isMissingPart } from './missing-part.js';
import { icon } from '../ui/icons.js';

/**
 * @import { Language } from '../text/text.js'
 * @import { LitElement, ReactiveElement, TemplateResult } from 'lit'
 * @import { PanelOwner } from './panel.js'
 */

/** What the shelf asks of a panel, whichever lab it is of. @typedef {LitElement & { frameDrawn: () => void }} OpenPanel */

/**
 * A panel that a lab offers.
 * @template {OpenPanel} P
 * @template {string} Title
 * @typedef {object} PanelEntry
 * @property {string} id also its name in the lab's `show` attribute
 * @property {Title} title key of its heading
 * @property {() => Promise<new () => P>} load fetches its code
 */

/**
 * The panels below a lab: a row of buttons, and under it those that are open. The code of a panel is fetched when it is opened for the
 * first time.
 * @template {OpenPanel} P
 * @template {string} Title
 */
export class PanelShelf {
  #owner;
  #entries;
  /** The elements of the panels that were opened, by name. @type {Map<string, P>} */
  #panels = new Map();
  /** @type {ReadonlySet<string>} */
  #open = new Set();
  /** Those whose code could not be fetched. @type {Set<string>} */
  #missing = new Set();

  /**
   * @param {PanelOwner & ReactiveElement & { isShown: (part: string) => boolean, language: Language }} owner
   * @param {readonly PanelEntry<P, Title>[]} entries in the order of their buttons
   */
  constructor(owner, entries) {
    this.#owner = owner;
    this.#entries = entries;
  }

  /** @param {string} id */
  isOpen(id) {
    return this.#open.has(id);
  }

  /**
   * The panel of that name, if it is open.
   * @param {string} id
   */
  panel(id) {
    return this.isOpen(id) ? this.#panels.get(id) : undefined;
  }

  /** The run was drawn: open panels follow. */
  frameDrawn() {
    for (const id of this.#open) this.#panels.get(id)?.frameDrawn();
  }

  /**
   * Gives every panel that was ever opened what it shows.
   * @param {object} properties
   */
  assign(properties) {
    for (const panel of this.#panels.values()) Object.assign(panel, properties);
  }

  /**
   * Opens a panel, fetching its code the first time.
   * @param {string} id
   * @returns {Promise<P | undefined>}
   */
  async open(id) {
    const entry = this.#entries.find((panel) => panel.id === id);
    if (!entry) return undefined;
    this.#missing.delete(id);
    this.#setOpen([...this.#open, id]);
    try {
      const PanelElement = await entry.load();
      const tag = `mlp-panel-${id}`;
      if (!customElements.get(tag)) customElements.define(tag, PanelElement);
      if (!this.#panels.has(id)) this.#panels.set(id, new PanelElement());
      this.#owner.requestUpdate();
      await this.#owner.updateComplete;
      return this.#panels.get(id);
    } catch (thrown) {
      if (isMissingPart(thrown)) {
        this.#missing.add(id);
        this.#owner.requestUpdate();
      } else {
        this.close(id);
        this.#owner.showError(thrown);
      }
      return undefined;
    }
  }

  /**
   * Opens a panel and goes there.
   * @param {string} id
   */
  async show(id) {
    const panel = await this.open(id);
    panel?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    return panel;
  }

  /** @param {string} id */
  close(id) {
    this.#setOpen([...this.#open].filter((open) => open !== id));
  }

  /** @param {Iterable<string>} ids */
  #setOpen(ids) {
    this.#open = new Set(ids);
    this.#owner.requestUpdate();
  }

  /**
   * @param {object} words
   * @param {string} words.label of the row of buttons
   * @param {string} words.loading
   * @param {(title: Title) => string} words.titleOf
   * @returns {TemplateResult | typeof nothing}
   */
  render({ label, loading, titleOf }) {
    const offered = this.#entries.filter(({ id }) => this.#owner.isShown(id));
    if (offered.length === 0) return nothing;
    return html`
      <div class="panels">
        <div class="panel-buttons" role="group" aria-label=${label}>
          ${offered.map(({ id, title }) => {
            const open = this.isOpen(id);
            return html`
              <button
                type="button"
                class="button quiet unfolder"
                aria-expanded=${open}
                aria-controls="panel-${id}"
                @click=${() => (open ? this.close(id) : this.open(id))}
              >
                ${icon(open ? 'down' : 'more')}${titleOf(title)}
              </button>
            `;
          })}
        </div>
        ${repeat(
          offered,
          ({ id }) => id,
          ({ id, title }) => html`
            <mlp-section id="panel-${id}" class="panel" ?hidden=${!this.isOpen(id)} .heading=${titleOf(title)}>
              ${this.isOpen(id) ? (this.#panels.get(id) ?? (this.#missing.has(id) ? this.#renderMissing(id) : html`<p class="hint">${loading}</p>`)) : nothing}
            </mlp-section>
          `,
        )}
      </div>
    `;
  }
  /** @param {string} id */
  #renderMissing(id) {
    const t = labTranslator(this.#owner.language);
    return html`
      <p role="alert">${t('missing.title')}${this.#owner.language === 'zh' ? '。' : '. '}${t('missing.note')}</p>
      <button type="button" class="button" @click=${() => this.open(id)}>${t('missing.retry')}</button>
    `;
  }
}
