import { html, nothing } from 'lit';
import { digitDataTranslator } from '../../text/digit-data.js';
import { icon } from '../../ui/icons.js';

/**
 * @import { DataFileError } from '../../digits/data-file-error.js'
 * @import { MnistFiles } from '../../digits/mnist-store.js'
 * @import { digitsTranslator } from '../../text/digits.js'
 * @import { Language } from '../../text/text.js'
 */

/**
 * The reader's own images, from files that are chosen or dropped on the lab. What was there before stays until they are sound.
 */
export class OwnImages {
  #use;
  #changed;
  #fail;
  /** What is wrong with the files that were given last. @type {DataFileError | undefined} */
  #error;

  /**
   * @param {HTMLElement} lab files may be dropped anywhere on it
   * @param {object} options
   * @param {(files: MnistFiles) => void} options.use
   * @param {() => void} options.changed
   * @param {(thrown: unknown) => void} options.fail what is no fault of the files
   */
  constructor(lab, { use, changed, fail }) {
    this.#use = use;
    this.#changed = changed;
    this.#fail = fail;
    // Before whoever opens experiments: a document is a matter of theirs.
    lab.addEventListener(
      'drop',
      (event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length === 0 || files.some(({ name }) => name.endsWith('.json'))) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        this.#read(files);
      },
      { capture: true },
    );
  }

  /** @param {readonly File[]} files */
  async #read(files) {
    this.#error = undefined;
    try {
      const [{ readOwnImages }, { DataFileError: Refused }] = await Promise.all([
        import('../../digits/own-images.js'),
        import('../../digits/data-file-error.js'),
      ]);
      try {
        this.#use(await readOwnImages(files.map((file) => ({ name: file.name, stream: () => file.stream() }))));
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        this.#error = thrown;
      }
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#changed();
  }

  /**
   * @param {{ language: Language, words: ReturnType<typeof digitsTranslator>, own: boolean, disabled: boolean, leave: () => void }}
   *   sight `own`: the experiment is about own images
   */
  render({ language, words, own, disabled, leave }) {
    const text = digitDataTranslator(language);
    const error = this.#error;
    return html`
      <div class="own-images">
        <label class="button" ?data-disabled=${disabled}>
          ${text('own.choose')}
          <input
            class="visually-hidden"
            type="file"
            multiple
            ?disabled=${disabled}
            @change=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => {
              const files = [...(target.files ?? [])];
              target.value = '';
              if (files.length > 0) this.#read(files);
            }}
          />
        </label>
        <p class="about">${text(own ? 'own.note' : 'own.about')}</p>
        ${own ? html`<button type="button" class="button" ?disabled=${disabled} @click=${leave}>${text('own.leave')}</button>` : nothing}
        ${
          error
            ? html`<div class="message" role="alert">
                ${icon('warning')}
                <p class="text">
                  <strong>${text('own.refused')}</strong>
                  ${reasonText(error, language, words)} ${text('own.kept')}
                </p>
              </div>`
            : nothing
        }
      </div>
    `;
  }
}

/**
 * What keeps a file from being used. A reader's own files come from no server, and no one published what they must be.
 * @param {DataFileError} error
 * @param {Language} language
 * @param {ReturnType<typeof digitsTranslator>} words
 */
function reasonText({ reason, path: file }, language, words) {
  const text = digitDataTranslator(language);
  if (reason === 'missing') return text('own.alone', { file });
  if (reason === 'mismatch' || reason === 'damaged') return text(`own.${reason}`, { file });
  return words(`state.file.${reason}`, { file });
}
