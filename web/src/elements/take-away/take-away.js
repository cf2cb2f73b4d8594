import { LitElement, css, html, nothing } from 'lit';
import { copyText, saveFile } from './save.js';
import { EngineError } from '../../engine/errors.js';
import { exporters, fileNameOf } from '../../export/exporters.js';
import { toHistoryCsv } from '../../export/history-csv.js';
import { createModel, nameOf } from '../../export/model.js';
import { readWeights } from '../../export/read-weights.js';
import { classesOf } from '../../state/edits.js';
import { decodeFile, encodeFile } from '../../state/file.js';
import { MAXIMUM_LENGTH } from '../../state/link.js';
import { takeAwayEn } from '../../text/take-away-en.js';
import { takeAwayZh } from '../../text/take-away-zh.js';
import { createTranslator, formatPercent, labelIn } from '../../text/text.js';
import { icon } from '../../ui/icons.js';
import { baseStyles, buttonStyles } from '../../ui/styles.js';
import { TEST_DASH, chartPicture } from '../../view/chart-picture.js';
import { toPng, toSvg } from '../../view/picture-file.js';
import { issueIn } from '../issue-text.js';

/**
 * @import { RemoteRun } from '../../engine/client.js'
 * @import { Catalog, Experiment } from '../../engine/types.js'
 * @import { Exporter } from '../../export/exporters.js'
 * @import { Model } from '../../export/model.js'
 * @import { Own } from '../../state/file.js'
 * @import { Language } from '../../text/text.js'
 * @import { Picture } from '../../view/canvas.js'
 * @import { Theme } from '../../view/color.js'
 */

/** What a lab draws. @typedef {'surface' | 'surface-3d' | 'network' | 'weights' | 'slopes'} DrawnId */

/**
 * A lab's drawings as pictures, and its curves: places are epochs, columns the losses and scores of training and test data.
 * @typedef {{ pictures: Partial<Record<DrawnId, Picture>>, curves: { places: number[], columns: (number | null)[][] } }} Drawings
 */

/**
 * What it asks of the lab that the network is from.
 * @typedef {object} TakeAwayLab
 * @property {Catalog} catalog
 * @property {RemoteRun | null} run
 * @property {boolean} playing
 * @property {Experiment} experiment with its bulk arrays
 * @property {Own | undefined} own what goes along with the experiment
 * @property {(extras?: { parameters?: Float32Array }) => string} link
 * @property {(path: string) => boolean} isLocked
 * @property {(content: { experiment: Experiment, parameters?: Float32Array, own?: Own }) => void} open
 * @property {() => void} requestFrame
 * @property {() => Drawings | undefined} [drawings]
 * @property {boolean} [logarithmic]
 */

const tables = { en: takeAwayEn, zh: takeAwayZh };
const translators = { en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') };

/** As much of a file as is shown: enough to see how it is made. */
const PREVIEW_LINES = 120;
const PREVIEW_COLUMNS = 240;
/** Larger networks are not written out anew while they train: that would take the processor from the training. */
const LIVE_SIZE = 5000;
const CHART = Object.freeze({ width: 640, height: 360 });

/** @typedef {DrawnId | 'loss' | 'score' | 'r2'} PictureId */
/** @typedef {'share' | 'network' | 'load' | 'pictures'} Part of the panel */

/**
 * A trained network and what belongs to it, to take away: link and document, code and weights files, pictures, curves; and weights to
 * bring back. The owner calls `refresh` when the run has gone on.
 */
export class TakeAway extends LitElement {
  static properties = {
    lab: { attribute: false },
    columns: { type: Number },
    language: { type: String },
    theme: { attribute: false },
    format: { state: true },
    model: { state: true },
    problem: { state: true },
    said: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        container-type: inline-size;
      }

      .parts {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-5) var(--space-6);
      }

      @container (min-width: 46rem) {
        .parts {
          grid-template-columns: minmax(0, 1fr) minmax(0, 21rem);
        }
      }

      .rest {
        display: grid;
        align-content: start;
        gap: var(--space-5);
        min-width: 0;
      }

      h3 {
        margin: 0 0 var(--space-2);
        font-size: inherit;
        font-weight: var(--weight-strong);
      }

      p {
        margin: var(--space-2) 0 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }

      .formats {
        gap: var(--space-2) var(--space-4);
      }

      .word {
        color: var(--ink-soft);
      }

      pre {
        max-height: 24rem;
        margin: var(--space-3) 0;
        padding: var(--space-3);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--paper-sunken);
        font-family: var(--font-code);
        line-height: var(--leading-text);
        overflow: auto;
        tab-size: 4;
      }

      .pictures {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: center;
        gap: var(--space-1) var(--space-2);
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

      .choose:has(:disabled) {
        color: var(--ink-faint);
      }

      .said {
        min-height: 1.5em;
        margin-top: var(--space-1);
        overflow-wrap: anywhere;
      }

      .said.wrong {
        color: var(--warning);
      }
    `,
  ];

  /** @type {{ model: Model, id: string, content: string | Uint8Array<ArrayBuffer> } | undefined} */
  #encoded;

  constructor() {
    super();
    /** @type {TakeAwayLab | undefined} */
    this.lab = undefined;
    /** How many raw inputs a row of the data has. */
    this.columns = 2;
    /** @type {Language} */
    this.language = 'en';
    /** @type {Theme | undefined} */
    this.theme = undefined;
    this.format = exporters[0].id;
    /** The network and the step it was taken at. @type {{ network: Model, step: number } | undefined} */
    this.model = undefined;
    /** Why there is no network. */
    this.problem = '';
    /** What the last click came to, and at which part of the panel. @type {{ at: Part, text: string, wrong: boolean }} */
    this.said = { at: 'share', text: '', wrong: false };
  }

  get #t() {
    return translators[this.language];
  }

  get #exporter() {
    return exporters.find(({ id }) => id === this.format) ?? exporters[0];
  }

  /**
   * Takes the network as it is now.
   * @param {RemoteRun} run
   */
  async refresh(run) {
    const [parameters, scaling] = await Promise.all([run.call('parameters'), run.call('scaling')]);
    const { lab } = this;
    if (!lab || lab.run !== run) return;
    if (this.model && lab.playing && this.model.network.size > LIVE_SIZE) return;
    try {
      // The files that a recipe stands for are the lab's business: what is taken away is called by the recipe.
      const { data } = run.experiment;
      const experiment = { ...run.experiment, data: { ...data, id: lab.experiment.data?.id ?? data.id } };
      const network = createModel({ experiment, catalog: lab.catalog, columns: this.columns, parameters, scaling });
      this.model = { network, step: run.progress.step };
      this.problem = '';
    } catch (thrown) {
      // Training that diverged leaves numbers that no file is for.
      if (!(thrown instanceof EngineError)) throw thrown;
      this.model = undefined;
      this.problem = this.#reason(thrown);
    }
  }

  render() {
    const t = this.#t;
    return html`
      <div class="parts">
        <section aria-labelledby="part-network">
          <h3 id="part-network">${t('network')}</h3>
          ${this.model ? this.#network(this.model) : html`<p>${this.problem && t('network.none', { reason: this.problem })}</p>`}
          ${this.#said('network')}
        </section>
        <div class="rest">
          <section aria-labelledby="part-share">
            <h3 id="part-share">${t('share')}</h3>
            <div class="row">
              <button type="button" class="button" @click=${() => this.#copyLink(false)}>${icon('link')}${t('share.link')}</button>
              <button type="button" class="button" ?disabled=${!this.model} @click=${() => this.#copyLink(true)}>
                ${icon('link')}${t('share.link.weights')}
              </button>
              <button type="button" class="button" ?disabled=${!this.model} @click=${this.#saveDocument}>
                ${icon('download')}${t('share.document')}
              </button>
            </div>
            <p>${t('share.note')}</p>
            ${this.#said('share')}
          </section>
          <section aria-labelledby="part-load">
            <h3 id="part-load">${t('load')}</h3>
            <label class="button choose">
              ${t('load.choose')}
              <input
                type="file"
                accept=".json,.safetensors,application/json"
                aria-describedby="load-note"
                ?disabled=${this.lab?.isLocked('parameters') ?? true}
                @change=${this.#onFile}
              />
            </label>
            <p id="load-note">${t(this.lab?.isLocked('parameters') ? 'load.locked' : 'load.note')}</p>
            ${this.#said('load')}
          </section>
          ${this.lab?.drawings ? this.#drawings() : nothing}
        </div>
      </div>
    `;
  }

  /** @param {{ network: Model, step: number }} model */
  #network({ network, step }) {
    const t = this.#t;
    const exporter = this.#exporter;
    const file = fileNameOf(exporter, network);
    const label = labelIn(exporter.label, this.language);
    const text = this.#shown(exporter, network);
    const { shown, rest } = previewOf(text);
    return html`
      <div class="row formats">
        ${
          /** @type {const} */ (['code', 'weights']).map(
            (kind) => html`
              <div class="row" role="group" aria-label=${t(`network.${kind}`)}>
                <span class="word" aria-hidden="true">${t(`network.${kind}`)}</span>
                ${exporters.filter((each) => each.kind === kind).map((each) => this.#formatButton(each))}
              </div>
            `,
          )
        }
      </div>
      <p>${t(/** @type {keyof typeof takeAwayEn} */ (`note.${exporter.id}`))}</p>
      <pre tabindex="0" role="region" lang="en" aria-label=${t('network.preview', { format: label })}><code>${shown}</code></pre>
      ${rest > 0 ? html`<p>${t('network.rest', { count: rest })}</p>` : nothing}
      <div class="row">
        <button type="button" class="button" @click=${() => this.#copy(text)}>${t('network.copy')}</button>
        <button type="button" class="button" @click=${() => this.#save(exporter, network)}>
          ${icon('download')}${t('network.download', { file })}
        </button>
        <span class="word">${t('network.at', { step })}</span>
      </div>
    `;
  }

  /** @param {Exporter} exporter */
  #formatButton({ id, label }) {
    return html`
      <button type="button" class="button small" aria-pressed=${id === this.format} @click=${() => (this.format = id)}>
        ${labelIn(label, this.language)}
      </button>
    `;
  }

  #drawings() {
    const t = this.#t;
    return html`
      <section aria-labelledby="part-pictures">
        <h3 id="part-pictures">${t('pictures')}</h3>
        <div class="pictures">
          ${this.#pictureIds.map(
            (id) => html`
              <span>${t(`picture.${id}`)}</span>
              ${
                /** @type {const} */ (['PNG', 'SVG']).map(
                  (format) => html`
                    <button
                      type="button"
                      class="button small"
                      aria-label=${t('picture.as', { picture: t(`picture.${id}`), format })}
                      @click=${() => this.#savePicture(id, format)}
                    >
                      ${format}
                    </button>
                  `,
                )
              }
            `,
          )}
          <span>${t('history')}</span>
          <button type="button" class="button small" aria-label=${t('history.csv')} @click=${this.#saveHistory}>CSV</button>
        </div>
        ${this.#said('pictures')}
      </section>
    `;
  }

  /**
   * What the last click came to, where the reader clicked.
   * @param {Part} at
   */
  #said(at) {
    const { text, wrong } = this.said.at === at ? this.said : { text: '', wrong: false };
    return html`<p class="said ${wrong ? 'wrong' : ''}" role="status">${text}</p>`;
  }

  /**
   * @param {Part} at
   * @param {string} text
   */
  #say(at, text, wrong = false) {
    this.said = { at, text, wrong };
  }

  /**
   * What could not be done, in place.
   * @param {Part} at
   * @param {unknown} thrown
   */
  #sayError(at, thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    this.#say(at, this.#reason(thrown), true);
  }

  /** @param {EngineError} error */
  #reason({ path, message }) {
    const words = path && message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
    const told = issueIn(this.language, words);
    return path ? `${path}${this.language === 'zh' ? '：' : ': '}${told}` : told;
  }

  /**
   * The whole text that is shown of a format: the file, or the program that reads it.
   * @param {Exporter} exporter
   * @param {Model} network
   */
  #shown({ id, encode, usage, ...rest }, network) {
    if (usage) return usage(network, fileNameOf({ id, encode, usage, ...rest }, network));
    if (this.#encoded?.model !== network || this.#encoded.id !== id) this.#encoded = { model: network, id, content: encode(network) };
    return String(this.#encoded.content);
  }

  /** @param {string} text */
  async #copy(text) {
    const copied = await copyText(text);
    this.#say('network', this.#t(copied ? 'copied' : 'copy.failed'), !copied);
  }

  /**
   * @param {Exporter} exporter
   * @param {Model} network
   */
  #save(exporter, network) {
    const file = fileNameOf(exporter, network);
    saveFile(file, exporter.mime, exporter.encode(network));
    this.#say('network', this.#t('downloaded', { file }));
  }

  /** @param {Model} network */
  #parametersOf({ tensors, size }) {
    const parameters = new Float32Array(size);
    let offset = 0;
    for (const { values } of tensors) {
      parameters.set(values, offset);
      offset += values.length;
    }
    return parameters;
  }

  /** @param {boolean} weights */
  async #copyLink(weights) {
    const t = this.#t;
    const network = this.model?.network;
    let link;
    try {
      link = this.lab?.link(weights && network ? { parameters: this.#parametersOf(network) } : {}) ?? '';
    } catch (thrown) {
      // Image files fit no link, as the engine's own description of them says.
      if (!(thrown instanceof EngineError)) throw thrown;
      this.#say('share', t('share.link.data'), true);
      return;
    }
    if (link.length > MAXIMUM_LENGTH) {
      this.#say('share', t(weights ? 'share.link.long' : 'share.link.data'), true);
      return;
    }
    const address = new URL(`#${link}`, location.href).href;
    const copied = await copyText(address);
    this.#say('share', copied ? t('copied') : t('copy.link.failed', { link: address }), !copied);
  }

  #saveDocument() {
    const { lab, model } = this;
    if (!lab || !model) return;
    try {
      const file = `${nameOf(model.network)}-document.json`;
      saveFile(
        file,
        'application/json',
        encodeFile({ experiment: lab.experiment, parameters: this.#parametersOf(model.network), own: lab.own }),
      );
      this.#say('share', this.#t('downloaded', { file }));
    } catch (thrown) {
      this.#sayError('share', thrown);
    }
  }

  /** @param {Event & { currentTarget: HTMLInputElement }} event */
  async #onFile({ currentTarget: input }) {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      await this.#load(file.name, new Uint8Array(await file.arrayBuffer()));
    } catch (thrown) {
      this.#sayError('load', thrown);
    } finally {
      // The same file, mended, may be chosen again.
      input.value = '';
    }
  }

  /**
   * @param {string} file
   * @param {Uint8Array} bytes
   */
  async #load(file, bytes) {
    const { lab, model } = this;
    const run = lab?.run;
    if (!lab || !run) return;
    const text = documentIn(bytes);
    if (text !== undefined) {
      lab.open(decodeFile(text));
      this.#say('load', this.#t('load.document', { file }));
      return;
    }
    if (!model) {
      this.#say('load', this.#t('network.none', { reason: this.problem }), true);
      return;
    }
    const parameters = readWeights(bytes, model.network);
    await run.call('setParameters', parameters);
    lab.requestFrame();
    this.#say('load', this.#t('load.done', { file, count: parameters.length }));
  }

  get #regression() {
    const { lab, model } = this;
    return lab !== undefined && model !== undefined && classesOf(model.network.experiment, lab.catalog) === 0;
  }

  /** @returns {PictureId[]} */
  get #pictureIds() {
    const drawn = /** @type {DrawnId[]} */ (Object.keys(this.lab?.drawings?.()?.pictures ?? {}));
    return [...drawn, 'loss', this.#regression ? 'r2' : 'score'];
  }

  get #fileName() {
    return this.model ? nameOf(this.model.network) : 'mlp-playground';
  }

  /**
   * @param {PictureId} id
   * @returns {Picture | undefined} undefined where the part is not on the page
   */
  #picture(id) {
    const drawings = this.lab?.drawings?.();
    const { theme } = this;
    if (!drawings || !theme) return undefined;
    if (id !== 'loss' && id !== 'score' && id !== 'r2') {
      const picture = drawings.pictures[id];
      return picture && picture.width > 0 ? picture : undefined;
    }
    const t = this.#t;
    const { places, columns } = drawings.curves;
    const first = id === 'loss' ? 0 : 2;
    return chartPicture(
      {
        title: t(`picture.${id}`),
        across: t('picture.epochs'),
        curves: [
          { name: t('picture.train'), color: theme.ink, dash: [], places, values: columns[first] },
          { name: t('picture.test'), color: theme.accent, dash: TEST_DASH, places, values: columns[first + 1] },
        ],
        logarithmic: id === 'loss' && this.lab?.logarithmic,
        range: id === 'loss' ? [0, null] : [id === 'score' ? 0 : null, 1],
        format: id === 'score' ? (value) => formatPercent(value, 0) : undefined,
      },
      theme,
      CHART.width,
      CHART.height,
    );
  }

  /**
   * @param {PictureId} id
   * @param {'PNG' | 'SVG'} format
   */
  async #savePicture(id, format) {
    const t = this.#t;
    const picture = this.#picture(id);
    if (!picture || !this.theme) {
      this.#say('pictures', t('picture.none'), true);
      return;
    }
    const file = `${this.#fileName}-${id}.${format.toLowerCase()}`;
    const { ownerDocument, theme } = this;
    if (format === 'PNG') saveFile(file, 'image/png', await toPng(ownerDocument, picture, theme.paper));
    else saveFile(file, 'image/svg+xml', toSvg(ownerDocument, picture, theme.paper));
    this.#say('pictures', t('downloaded', { file }));
  }

  #saveHistory() {
    const curves = this.lab?.drawings?.()?.curves;
    if (!curves || curves.places.length < 2) {
      this.#say('pictures', this.#t('history.none'), true);
      return;
    }
    const score = this.#regression ? 'r2' : 'accuracy';
    const names = ['train_loss', 'test_loss', `train_${score}`, `test_${score}`];
    const file = `${this.#fileName}-curves.csv`;
    saveFile(
      file,
      'text/csv',
      toHistoryCsv(
        curves.places,
        names.map((name, i) => ({ name, values: curves.columns[i] })),
      ),
    );
    this.#say('pictures', this.#t('downloaded', { file }));
  }
}

/**
 * The beginning of a text, and how many lines are not shown.
 * @param {string} text
 */
function previewOf(text) {
  const lines = text.replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, PREVIEW_LINES).map((line) => (line.length > PREVIEW_COLUMNS ? `${line.slice(0, PREVIEW_COLUMNS)}…` : line));
  return { shown: shown.join('\n'), rest: lines.length - shown.length };
}

/**
 * The text of a file that holds a document rather than bare weights: its first fields tell.
 * @param {Uint8Array} bytes
 * @returns {string | undefined}
 */
function documentIn(bytes) {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 200));
  return /^\s*\{\s*"(?:version|data|network|training)"/.test(beginning) ? new TextDecoder().decode(bytes) : undefined;
}
