import { html, nothing } from 'lit';
import { digitDataTranslator } from '../../text/digit-data.js';
import { icon } from '../../ui/icons.js';

/**
 * @import { Picture } from '../../digits/normalise.js'
 * @import { Language } from '../../text/text.js'
 * @import { PhotoFault } from './read-photo.js'
 */

/** A picture of a digit for the pad: chosen, dropped anywhere on the lab, or pasted. */
export class PhotoControl {
  #show;
  #open;
  #changed;
  #fail;
  /** What is wrong with the picture that was given last. @type {{ fault: PhotoFault, megabytes: number, pixels: number } | undefined} */
  #refused;

  /**
   * @param {HTMLElement} lab
   * @param {object} options
   * @param {(picture: Picture) => void} options.show
   * @param {(sheet: File) => Promise<boolean>} options.open takes a contact sheet of own digits, where the lab does that
   * @param {() => void} options.changed
   * @param {(thrown: unknown) => void} options.fail
   */
  constructor(lab, { show, open, changed, fail }) {
    this.#show = show;
    this.#open = open;
    this.#changed = changed;
    this.#fail = fail;
    // Before whoever takes files of data.
    lab.addEventListener('drop', (event) => this.#take(event, event.dataTransfer), { capture: true });
  }

  /** Where one pastes there need not be a focus in the lab. @param {ClipboardEvent} event */
  onPaste = (event) => this.#take(event, event.clipboardData);

  /**
   * @param {Event} event
   * @param {DataTransfer | null} transfer
   */
  #take(event, transfer) {
    const [file, ...others] = transfer?.files ?? [];
    if (!file || others.length > 0 || !file.type.startsWith('image/') || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#read(file);
  }

  /** @param {File} file */
  async #read(file) {
    this.#refused = undefined;
    try {
      const { isSheet, MOST_BYTES, MOST_PIXELS, readPhoto } = await import('./read-photo.js');
      if ((await isSheet(file)) && (await this.#open(file))) return;
      const found = await readPhoto(file);
      if (typeof found === 'string') this.#refused = { fault: found, megabytes: MOST_BYTES / 2 ** 20, pixels: MOST_PIXELS };
      else this.#show(found);
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#changed();
  }

  /** @param {Language} language */
  render(language) {
    const text = digitDataTranslator(language);
    const refused = this.#refused;
    return html`
      <div class="own-images photo">
        <label class="button small">
          ${text('photo.choose')}
          <input
            class="visually-hidden"
            type="file"
            accept="image/*"
            @change=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => {
              const [file] = target.files ?? [];
              if (file) this.#read(file);
              // The same file, mended, may be chosen again.
              target.value = '';
            }}
          />
        </label>
        <p class="about">${text('photo.about')}</p>
        ${
          refused
            ? html`<div class="message" role="alert">
                ${icon('warning')}
                <p class="text">${text(`photo.${refused.fault}`, { megabytes: refused.megabytes, pixels: refused.pixels })}</p>
              </div>`
            : nothing
        }
      </div>
    `;
  }
}
