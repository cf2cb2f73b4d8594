import { css, html, nothing } from 'lit';
import { DigitsPanel } from './panel.js';
import { TooManyBytesError } from '../../../digits/bounded-reader.js';
import { DataFileError } from '../../../digits/data-file-error.js';
import { decodeOwnDigits, encodeOwnDigits, gzip, MOST_OWN } from '../../../digits/own-digits.js';
import { saveFile } from '../../take-away/save.js';
import { ownDigitsTranslator } from '../../../text/own-digits.js';
import { icon } from '../../../ui/icons.js';
import { createDigitImage } from '../../../view/digit-image.js';
import { toPng } from '../../../view/picture-file.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { OwnDigit } from '../../../digits/own-digits.js'
 * @import { PictureGrid } from '../../../digits/picture-grid.js'
 */

const FILES = Object.freeze({ images: 'own-digits-images-idx3-ubyte', labels: 'own-digits-labels-idx1-ubyte' });

/** Digits that the reader wrote: added to the training digits, removed, saved and loaded. */
export class OwnDigitsPanel extends DigitsPanel {
  static properties = {
    own: { attribute: false },
    used: { type: Boolean },
    chosen: { state: true },
    packed: { state: true },
    said: { state: true },
  };

  static styles = [
    DigitsPanel.styles,
    css`
      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: var(--space-4) var(--space-6);
      }

      .parts > div {
        display: grid;
        gap: var(--space-3);
        align-content: start;
        min-width: 0;
      }

      p {
        margin: 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .faint {
        color: var(--ink-faint);
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }

      .said {
        min-height: 1.5em;
      }

      .choose {
        position: relative;
        overflow: hidden;
      }

      .choose input {
        position: absolute;
        inset: 0;
        opacity: 0;
        cursor: pointer;
      }

      .choose:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly OwnDigit[]} */
    this.own = [];
    /** Whether the network learns from them. */
    this.used = true;
    /** The one that can be removed; -1 for none. */
    this.chosen = -1;
    this.packed = true;
    /** What the last click came to. */
    this.said = '';
  }

  get #text() {
    return ownDigitsTranslator(this.language);
  }

  render() {
    const text = this.#text;
    const { own } = this;
    return html`
      <div class="parts">
        <div>
          <p>${text('about')}</p>
          <p class="said" role="status">${this.said}</p>
        </div>
        <div>
          <div class="row">
            <span class="count">${text('count', { count: own.length })}</span>
            <mlp-toggle
              label=${text('use')}
              ?checked=${this.used}
              ?disabled=${own.length === 0}
              @change=${(/** @type {CustomEvent<boolean>} */ event) => this.lab?.setOwnDigits(own, event.detail)}
            ></mlp-toggle>
          </div>
          ${own.length > 0 ? this.#shelf() : nothing}
        </div>
        <div>
          ${own.length > 0 ? this.#savers() : nothing}
          <div class="row">
            <label class="button choose">
              ${icon('open')}${text('load')}
              <input
                type="file"
                multiple
                accept=".gz,application/gzip,application/octet-stream,*/*"
                aria-describedby="load-note"
                @change=${this.#onFiles}
              />
            </label>
          </div>
          <p class="faint" id="load-note">${text('load.note')}</p>
        </div>
      </div>
    `;
  }

  #shelf() {
    const text = this.#text;
    const { own } = this;
    return html`
      <mlp-picture-grid
        .size=${44}
        label=${text('grid')}
        .theme=${this.theme}
        .view=${createDigitImage}
        .items=${own.map(({ label }, index) => ({ label: text('digit', { number: index + 1, label }), caption: String(label) }))}
        .selected=${this.chosen}
        @change=${this.#onChoose}
      ></mlp-picture-grid>
      <div class="row">
        <button type="button" class="button small" ?disabled=${this.chosen < 0} @click=${this.#remove}>${text('remove')}</button>
        <button type="button" class="button small" @click=${() => this.#set([])}>${text('remove.all')}</button>
      </div>
      <p class="faint">${text(this.used ? 'use.on' : 'use.off')} ${text('choose')}</p>
    `;
  }

  #savers() {
    const text = this.#text;
    return html`
      <div class="row" role="group" aria-label=${text('save')}>
        <button type="button" class="button" @click=${() => this.#save('images')}>${icon('download')}${text('save.images')}</button>
        <button type="button" class="button" @click=${() => this.#save('labels')}>${icon('download')}${text('save.labels')}</button>
        <mlp-toggle
          label=${text('save.gzip')}
          ?checked=${this.packed}
          @change=${(/** @type {CustomEvent<boolean>} */ event) => (this.packed = event.detail)}
        ></mlp-toggle>
        <button type="button" class="button" @click=${this.#saveSheet}>${icon('download')}${text('save.sheet')}</button>
      </div>
    `;
  }

  /** @param {PropertyValues} changed */
  willUpdate(changed) {
    if (changed.has('own') && this.chosen >= this.own.length) this.chosen = -1;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const grid = /** @type {PictureGrid | null} */ (this.renderRoot.querySelector('mlp-picture-grid'));
    const { own } = this;
    grid?.draw((/** @type {ReturnType<typeof createDigitImage>} */ view, place) => {
      if (own[place]) view.draw(own[place].picture);
    });
  }

  /** @param {readonly OwnDigit[]} own */
  #set(own) {
    return this.lab?.setOwnDigits(own, this.used);
  }

  #remove() {
    const { own, chosen } = this;
    this.chosen = -1;
    this.#set(own.filter((_, index) => index !== chosen));
  }

  /** @param {CustomEvent<number>} event */
  #onChoose(event) {
    event.stopPropagation();
    this.chosen = event.detail;
    const { picture, label } = this.own[event.detail];
    this.lab?.layOnPad(picture, label);
  }

  /** @param {'images' | 'labels'} kind */
  async #save(kind) {
    const bytes = encodeOwnDigits(this.own)[kind];
    const file = this.packed ? `${FILES[kind]}.gz` : FILES[kind];
    saveFile(file, this.packed ? 'application/gzip' : 'application/octet-stream', this.packed ? await gzip(bytes) : bytes);
    this.said = this.#text('saved', { file });
  }

  async #saveSheet() {
    const { theme, renderRoot } = this;
    const grid = /** @type {PictureGrid | null} */ (renderRoot.querySelector('mlp-picture-grid'));
    if (!theme || !grid) return;
    const file = 'own-digits.png';
    saveFile(file, 'image/png', await toPng(this.ownerDocument, grid.picture(theme), theme.paper));
    this.said = this.#text('saved', { file });
  }

  /** @param {Event & { currentTarget: HTMLInputElement }} event */
  async #onFiles({ currentTarget: input }) {
    const files = [...(input.files ?? [])];
    if (files.length === 0) return;
    try {
      const read = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
      const loaded = await decodeOwnDigits(read);
      const own = [...this.own, ...loaded].slice(0, MOST_OWN);
      await this.#set(own);
      this.said = this.#text('load.done', { count: loaded.length });
    } catch (thrown) {
      // Broken gzip is a TypeError in browsers.
      if (!(thrown instanceof DataFileError || thrown instanceof TooManyBytesError || thrown instanceof TypeError)) throw thrown;
      this.said = this.#text('load.wrong');
    } finally {
      // The same files, mended, may be chosen again.
      input.value = '';
    }
  }
}
