import { html, nothing } from 'lit';
import { classNamesIn, fashionNames, LONGEST_NAME } from '../../digits/class-names.js';
import { CLASSES } from '../../digits/experiment.js';
import { digitDataTranslator } from '../../text/digit-data.js';
import { listed } from '../../text/text.js';
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
  /** What is wrong with the names that were typed last. @type {{ fault: 'many' | 'long', given: number } | undefined} */
  #fault;

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
   * @param {object} sight
   * @param {Language} sight.language
   * @param {ReturnType<typeof digitsTranslator>} sight.words
   * @param {boolean} sight.own the experiment is about own images
   * @param {boolean} sight.disabled
   * @param {readonly string[]} sight.names of their classes
   * @param {(names: readonly string[]) => void} sight.rename
   * @param {() => void} sight.leave
   */
  render({ language, words, own, disabled, names, rename, leave }) {
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
        ${own ? this.#names(language, names, rename) : nothing}
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

  /**
   * @param {Language} language
   * @param {readonly string[]} names
   * @param {(names: readonly string[]) => void} rename
   */
  #names(language, names, rename) {
    const text = digitDataTranslator(language);
    const fault = this.#fault;
    /** @param {readonly string[]} next */
    const take = (next) => {
      this.#fault = undefined;
      rename(next);
    };
    return html`
      <div class="class-names">
        <label>
          <span class="label">${text('names')}</span>
          <input
            type="text"
            autocomplete="off"
            spellcheck="false"
            placeholder=${text('names.example')}
            aria-describedby="class-names-note"
            aria-invalid=${fault ? 'true' : nothing}
            .value=${listed(names, language)}
            @change=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => {
              const read = classNamesIn(target.value);
              if ('names' in read) {
                take(read.names);
                return;
              }
              this.#fault = read;
              this.#changed();
            }}
          />
        </label>
        <p class="about ${fault ? 'wrong' : ''}" id="class-names-note" role="status">
          ${fault ? text(`names.${fault.fault}`, { given: fault.given, most: fault.fault === 'many' ? CLASSES : LONGEST_NAME }) : text('names.about')}
        </p>
        <div class="row">
          <button type="button" class="button small" @click=${() => take(fashionNames[language])}>Fashion-MNIST</button>
          ${
            names.length > 0
              ? html`<button type="button" class="button small" @click=${() => take([])}>${text('names.none')}</button>`
              : nothing
          }
        </div>
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
