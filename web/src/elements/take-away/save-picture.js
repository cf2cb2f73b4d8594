import { LitElement, css, html } from 'lit';
import { saveFile } from './save.js';
import { define } from '../define.js';
import { savePictureTranslator } from '../../text/save-picture.js';
import { icon } from '../../ui/icons.js';
import { baseStyles, buttonStyles } from '../../ui/styles.js';
import { toPng, toSvg } from '../../view/picture-file.js';

/**
 * @import { Language } from '../../text/text.js'
 * @import { Picture } from '../../view/canvas.js'
 * @import { Theme } from '../../view/color.js'
 */

/** Two buttons below a view: what it shows as a PNG or an SVG file. */
export class SavePicture extends LitElement {
  static properties = {
    lab: { attribute: false },
    language: { type: String },
    theme: { attribute: false },
    name: { type: String },
    picture: { attribute: false },
    said: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }

      p {
        margin: 0;
        color: var(--ink-soft);
      }
    `,
  ];

  constructor() {
    super();
    /** What shows that a file could not be made. @type {{ showError: (thrown: unknown) => void } | undefined} */
    this.lab = undefined;
    /** @type {Language} */
    this.language = 'en';
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** The file's name without its ending. */
    this.name = 'picture';
    /** The view as it is now; undefined while nothing is drawn. @type {(() => Picture | undefined) | undefined} */
    this.picture = undefined;
    this.said = '';
  }

  render() {
    const t = savePictureTranslator(this.language);
    return html`
      ${
        /** @type {const} */ (['PNG', 'SVG']).map(
          (format) =>
            html`<button type="button" class="button small" @click=${() => this.#save(format)}>
              ${icon('download')}${t('save', { format })}
            </button>`,
        )
      }
      <p role="status">${this.said}</p>
    `;
  }

  /** @param {'PNG' | 'SVG'} format */
  async #save(format) {
    const { theme, ownerDocument } = this;
    const picture = this.picture?.();
    if (!picture || !theme) return;
    const file = `${this.name}.${format.toLowerCase()}`;
    try {
      if (format === 'PNG') saveFile(file, 'image/png', await toPng(ownerDocument, picture, theme.paper));
      else saveFile(file, 'image/svg+xml', toSvg(ownerDocument, picture, theme.paper));
    } catch (thrown) {
      this.lab?.showError(thrown);
      return;
    }
    this.said = savePictureTranslator(this.language)('saved', { file });
  }
}

/**
 * The two buttons for a panel's view.
 * @param {Pick<SavePicture, 'lab' | 'language' | 'theme'>} panel
 * @param {string} name of the file, without its ending
 * @param {() => Picture | undefined} picture the view as it is now; undefined while nothing is drawn
 */
export function pictureButtons({ lab, language, theme }, name, picture) {
  define('mlp-save-picture', SavePicture);
  return html`<mlp-save-picture .lab=${lab} .language=${language} .theme=${theme} .name=${name} .picture=${picture}></mlp-save-picture>`;
}
