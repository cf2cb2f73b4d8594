import { css, html, nothing } from 'lit';
import { DigitsPanel } from './panel.js';
import { nothingBeside } from '../beside.js';
import { classNameOf } from '../../../digits/class-names.js';
import { DataFileError } from '../../../digits/data-file-error.js';
import { decodeOwnDigits, encodeOwnDigits, gzip, LARGEST_FILE, withDigitsInside } from '../../../digits/own-digit-files.js';
import { MOST_OWN } from '../../../digits/own-digits.js';
import { MOST_LINK_OWN } from '../../../state/link.js';
import { saveFile } from '../../take-away/save.js';
import { digitsTranslator } from '../../../text/digits.js';
import { ownDigitsTranslator } from '../../../text/own-digits.js';
import { icon } from '../../../ui/icons.js';
import { createDigitImage } from '../../../view/digit-image.js';
import { toPng } from '../../../view/picture-file.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { Beside } from '../beside.js'
 * @import { OwnDigit } from '../../../digits/own-digits.js'
 * @import { PictureGrid } from '../../../digits/picture-grid.js'
 */

const FILES = Object.freeze({ images: 'own-digits-images-idx3-ubyte', labels: 'own-digits-labels-idx1-ubyte' });

/** Digits that the reader wrote: added to the training digits, removed, saved and loaded. */
export class OwnDigitsPanel extends DigitsPanel {
  static properties = {
    beside: { attribute: false },
    chosen: { state: true },
    packed: { state: true },
    said: { state: true },
    wrong: { state: true },
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
        overflow-wrap: anywhere;
      }

      .said.wrong {
        color: var(--warning);
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

      .choose:has(:disabled) {
        color: var(--ink-faint);
      }

      .choose:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }
    `,
  ];

  constructor() {
    super();
    /** The digits that the reader has. @type {Beside} */
    this.beside = nothingBeside;
    /** The one that can be removed; -1 for none. */
    this.chosen = -1;
    this.packed = true;
    /** What the last click came to. */
    this.said = '';
    /** Whether that was nothing. */
    this.wrong = false;
  }

  get #text() {
    return ownDigitsTranslator(this.language);
  }

  render() {
    const text = this.#text;
    const { digits: own, used, aside } = this.beside;
    const locked = this.#locked;
    return html`
      <div class="parts">
        <div>
          <p>${text('about')}</p>
          <p class="said ${this.wrong ? 'wrong' : ''}" role="status">${this.said}</p>
        </div>
        <div>
          <div class="row">
            <span class="count">${text('count', { count: own.length })}</span>
            <mlp-toggle
              label=${text('use')}
              ?checked=${used}
              ?disabled=${own.length === 0 || locked}
              @change=${(/** @type {CustomEvent<boolean>} */ event) => this.lab?.setOwnDigits(own, event.detail)}
            ></mlp-toggle>
          </div>
          ${own.length > 0 ? this.#shelf() : nothing}
          ${
            aside.length > 0
              ? html`<div class="row">
                  <button type="button" class="button small back" ?disabled=${own.length >= MOST_OWN || locked} @click=${this.#bringBack}>
                    ${text('back', { count: aside.length })}
                  </button>
                </div>`
              : nothing
          }
        </div>
        <div>
          ${own.length > 0 ? this.#savers() : nothing}
          <div class="row">
            <label class="button choose" ?data-disabled=${locked}>
              ${icon('open')}${text('load')}
              <input
                type="file"
                multiple
                ?disabled=${locked}
                accept=".gz,.png,application/gzip,application/octet-stream,image/png,*/*"
                aria-describedby="load-note"
                @change=${this.#onFiles}
              />
            </label>
          </div>
          <p class="faint" id="load-note">${text('load.note')}</p>
          <p class="faint">
            ${text(this.#fitsLink ? 'carried' : 'carried.large')}${this.lab?.remembers ? html` ${text('kept')}` : nothing}
          </p>
        </div>
      </div>
    `;
  }

  /** The training digits are the author's to choose. */
  get #locked() {
    return this.lab?.isLocked('data') ?? true;
  }

  /** Whether a link holds them; counted when there are others. */
  get #fitsLink() {
    return (this.lab?.own?.digits?.length ?? 0) <= MOST_LINK_OWN;
  }

  #shelf() {
    const text = this.#text;
    const { digits: own, used } = this.beside;
    return html`
      <mlp-picture-grid
        .size=${44}
        label=${text('grid')}
        .theme=${this.theme}
        .view=${createDigitImage}
        .items=${own.map(({ label }, index) => ({
          label: text('digit', { number: index + 1, label: classNameOf(this.names, label) }),
          caption: classNameOf(this.names, label),
        }))}
        .selected=${this.chosen}
        @change=${this.#onChoose}
      ></mlp-picture-grid>
      <div class="row">
        <button type="button" class="button small" ?disabled=${this.chosen < 0 || this.#locked} @click=${this.#remove}>
          ${text('remove')}
        </button>
        <button type="button" class="button small" ?disabled=${this.#locked} @click=${this.#removeAll}>${text('remove.all')}</button>
      </div>
      <p class="faint">${text(used ? 'use.on' : 'use.off')} ${text('choose')}</p>
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
    if (changed.has('beside') && this.chosen >= this.beside.digits.length) this.chosen = -1;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const grid = /** @type {PictureGrid | null} */ (this.renderRoot.querySelector('mlp-picture-grid'));
    const { digits: own } = this.beside;
    grid?.draw((/** @type {ReturnType<typeof createDigitImage>} */ view, place) => {
      if (own[place]) view.draw(own[place].picture);
    });
  }

  /** @param {readonly OwnDigit[]} own */
  #set(own) {
    return this.lab?.setOwnDigits(own, this.beside.used);
  }

  #remove() {
    const { beside, chosen } = this;
    this.chosen = -1;
    this.#set(beside.digits.filter((_, index) => index !== chosen));
    this.#goOn();
  }

  #removeAll() {
    this.#set([]);
    this.#goOn();
  }

  #bringBack() {
    this.lab?.bringBackOwnDigits();
    this.#goOn();
  }

  /** What was pressed is gone, or can be pressed no more: the keyboard goes on with what there is now. */
  async #goOn() {
    await this.lab?.updateComplete;
    await this.updateComplete;
    const grid = /** @type {PictureGrid | null} */ (this.renderRoot.querySelector('mlp-picture-grid'));
    await grid?.updateComplete;
    const next = grid?.renderRoot.querySelector('button[tabindex="0"]') ?? this.renderRoot.querySelector('.back');
    if (next instanceof HTMLElement) next.focus();
  }

  /** @param {CustomEvent<number>} event */
  #onChoose(event) {
    event.stopPropagation();
    this.chosen = event.detail;
    const { picture, label } = this.beside.digits[event.detail];
    this.lab?.layOnPad(picture, label);
  }

  /** @param {'images' | 'labels'} kind */
  async #save(kind) {
    const bytes = encodeOwnDigits(this.beside.digits)[kind];
    const file = this.packed ? `${FILES[kind]}.gz` : FILES[kind];
    saveFile(file, this.packed ? 'application/gzip' : 'application/octet-stream', this.packed ? await gzip(bytes) : bytes);
    this.#say(this.#text('saved', { file }));
  }

  async #saveSheet() {
    const { theme, renderRoot } = this;
    const grid = /** @type {PictureGrid | null} */ (renderRoot.querySelector('mlp-picture-grid'));
    if (!theme || !grid) return;
    const file = 'own-digits.png';
    const picture = await toPng(this.ownerDocument, grid.picture(theme), theme.paper);
    saveFile(file, 'image/png', withDigitsInside(new Uint8Array(await picture.arrayBuffer()), this.beside.digits));
    this.#say(this.#text('saved', { file }));
  }

  /** @param {string} words */
  #say(words, wrong = false) {
    this.said = words;
    this.wrong = wrong;
  }

  /** @param {Event & { currentTarget: HTMLInputElement }} event */
  async #onFiles({ currentTarget: input }) {
    const files = [...(input.files ?? [])];
    if (files.length === 0) return;
    await this.load(files);
    // The same files, mended, may be chosen again.
    input.value = '';
  }

  /**
   * Adds the digits of files to those that there are.
   * @param {readonly File[]} files
   */
  async load(files) {
    const text = this.#text;
    try {
      for (const { name, size } of files) {
        if (size > LARGEST_FILE) throw new DataFileError('oversized', name, `expected at most ${LARGEST_FILE} bytes, got ${size}`);
      }
      const read = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
      const loaded = await decodeOwnDigits(read);
      const own = this.beside.digits;
      const room = MOST_OWN - own.length;
      await this.#set([...own, ...loaded.slice(0, room)]);
      this.#say(
        loaded.length <= room
          ? text('load.done', { count: loaded.length })
          : text('load.room', { count: room, most: MOST_OWN, left: loaded.length - room }),
      );
    } catch (thrown) {
      if (!(thrown instanceof DataFileError)) throw thrown;
      this.#say(this.#reason(thrown), true);
    }
  }

  /** @param {DataFileError} error */
  #reason({ reason, path: file }) {
    if (reason === 'truncated' || reason === 'oversized') return digitsTranslator(this.language)(`state.file.${reason}`, { file });
    return this.#text(`load.${reason === 'unreachable' ? 'damaged' : reason}`, { file });
  }
}
