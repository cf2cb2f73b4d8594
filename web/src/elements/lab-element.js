/**
 * What every lab has in common: attributes and methods, the run in the shared worker, language and theme, the loop of frames, and the
 * place where errors show. A lab extends it with what it draws and asks.
 */
import { LitElement, css, html, nothing, unsafeCSS } from 'lit';
import catalogData from '../../generated/catalog.json';
import tokens from '../../styles/tokens.css?inline';
import { sharedClient } from '../engine/client.js';
import { EngineError, asEngineError } from '../engine/errors.js';
import { decodeLink, encodeLink } from '../state/link.js';
import { languageOf } from '../text/text.js';
import { defaultsFor, linkDefaults, sameShape, updateBetween, withAttachments } from './document.js';
import { labTranslator } from './lab-text.js';
import { isMissingPart } from './missing-part.js';
import { watchSurroundings } from './surroundings.js';

/**
 * @import { PropertyValues, TemplateResult } from 'lit'
 * @import { EngineClient, RemoteRun } from '../engine/client.js'
 * @import { Frame, FrameRequest, PlayOptions } from '../engine/commands.js'
 * @import { Budget, Catalog, Experiment, FilledExperiment, Issue, Progress, Variant } from '../engine/types.js'
 * @import { Own } from '../state/file.js'
 * @import { Language } from '../text/text.js'
 */

/** How messages are written in Chinese, once that is here. @type {((language: Language, message: string) => string) | undefined} */
let writeIssue;

/** @typedef {'waiting' | 'starting' | 'ready' | 'failed'} LabState */

/** What runs where a document had mistakes: the rest of it, the lab's defaults, or what ran before. @typedef {'rest' | 'defaults' | 'before'} Instead */

/** @typedef {{ kind: 'issues', issues: Issue[], instead: Instead } | { kind: 'error', error: EngineError } | { kind: 'restarted', step: number } | { kind: 'missing' }} Notice */

/** Baked in when the site is built, so that controls do not wait for the worker. */
export const catalog = /** @type {Catalog} */ (/** @type {unknown} */ (catalogData));

/**
 * A list of words in an attribute.
 * @type {import('lit').ComplexAttributeConverter<ReadonlySet<string> | null>}
 */
const wordsConverter = {
  fromAttribute: (text) => (text === null ? null : new Set(text.split(/[\s,]+/).filter(Boolean))),
  toAttribute: (words) => (words ? [...words].join(' ') : null),
};

/**
 * @fires mlp-ready - the first run exists; detail `{ experiment }`
 * @fires mlp-change - the experiment is another one, or has other settings; detail `{ experiment }`
 * @fires mlp-progress - training went on; detail is the progress
 * @fires mlp-diverged - training stopped because a number is no longer finite; detail is the progress with its cause
 * @fires mlp-error - something could not be done; detail is the EngineError
 */
export class LabElement extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    figure: { type: String, reflect: true },
    theme: { type: String, reflect: true },
    projector: { type: Boolean, reflect: true },
    show: { converter: wordsConverter },
    lock: { converter: wordsConverter },
    autoplay: { type: Boolean, reflect: true },
    labState: { state: true },
    playing: { state: true },
    notice: { state: true },
    language: { state: true },
  };

  /** @returns {string[]} */
  static get observedAttributes() {
    return [...super.observedAttributes, 'experiment', 'lang'];
  }

  /** @type {import('lit').CSSResultGroup} */
  static styles = [
    unsafeCSS(tokens),
    css`
      /* What a page sets for its own text is inherited through the shadow: a lab starts from neutral ground. */
      :host {
        display: block;
        font-style: normal;
        font-weight: normal;
        letter-spacing: normal;
        text-align: start;
        text-indent: 0;
        text-transform: none;
        white-space: normal;
        word-spacing: normal;
      }

      :host([hidden]) {
        display: none;
      }

      /* "auto" is the scheme of the page around the lab, which may differ from the system's. */
      :host(:not([theme='light'], [theme='dark'])) {
        color-scheme: inherit;
      }

      .lab-notice {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--space-2) var(--space-3);
        margin: 0 0 var(--space-3);
        padding: var(--space-3);
        border: var(--hairline) solid var(--warning);
        border-radius: var(--radius);
        background: var(--warning-wash);
        color: var(--ink);
        font-size: var(--text-small);
        line-height: var(--leading-text);
      }

      .lab-notice.calm {
        border-color: var(--line-strong);
        background: var(--paper-sunken);
      }

      .lab-notice .title {
        margin: 0;
        font-weight: var(--weight-strong);
      }

      .lab-notice .close {
        align-self: start;
        min-height: var(--control-height);
        padding: 0 var(--space-3);
        border: var(--hairline) solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--paper-raised);
        color: inherit;
        font: inherit;
        cursor: pointer;
      }

      .lab-notice .text {
        grid-column: 1 / -1;
        margin: 0;
        padding: 0;
        list-style: none;
        overflow-wrap: anywhere;
      }

      .lab-fallback,
      .lab-body[hidden] {
        display: none;
      }

      .lab-fallback.shown {
        display: block;
      }

      @media print {
        .lab-fallback.filled {
          display: block;
        }

        .lab-fallback.filled ~ .lab-body,
        .lab-notice {
          display: none;
        }
      }
    `,
  ];

  /** Which engine the lab's runs live in. @type {Variant} */
  static variant = 'reproducible';

  /**
   * What the owner asked for and no run has taken up yet; its value is null for the figure or the lab's own defaults.
   * @type {{ value: Experiment | string | null, parameters?: Float32Array, own?: Own } | null}
   */
  #pending = { value: null };
  /** The last complete document, with its bulk arrays. @type {FilledExperiment | null} */
  #current = null;
  /** The complete defaults of exactly these data, which links are compared with. @type {FilledExperiment | null} */
  #defaults = null;
  /** Weights that came with a link. @type {Float32Array | undefined} */
  #parameters;
  /** @type {RemoteRun | null} */
  #run = null;
  /** Where a run stood that was given back while the lab was out of the page. @type {Uint8Array | null} */
  #stored = null;
  /** Grows with every new run that is asked for; an answer to an older one is thrown away. */
  #generation = 0;
  /** @type {PlayOptions | null} what goes on whenever the lab can be seen */
  #wanted = null;
  #seen = false;
  #intersecting = false;
  #announced = false;
  /** @type {(() => void)[]} */
  #cleanup = [];
  /** @type {(() => void)[]} */
  #runCleanup = [];
  /** @type {IntersectionObserver | null} */
  #observer = null;

  // The loop of frames: at most one request on its way and one animation frame scheduled.
  #frameAsked = false;
  #frameStale = true;
  #animation = 0;
  #drawnAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #nextFrame;
  /** @type {Frame | null} the frame that may be lent back: the one before the last drawn */
  #spare = null;
  /** @type {Frame | null} */
  #drawn = null;

  constructor() {
    super();
    /** @type {string | null} */
    this.figure = null;
    /** @type {'auto' | 'light' | 'dark'} */
    this.theme = 'auto';
    /** Shown to a room: larger, stronger, with fewer controls. */
    this.projector = false;
    /** The parts to show; null for all. @type {ReadonlySet<string> | null} */
    this.show = null;
    /** The settings that the reader cannot change; null for none. @type {ReadonlySet<string> | null} */
    this.lock = null;
    this.autoplay = false;
    /** @type {LabState} */
    this.labState = 'waiting';
    /** True from `play()` to `pause()`, also while the lab is off screen. */
    this.playing = false;
    /** @type {Notice | null} */
    this.notice = null;
    /** @type {Language} */
    this.language = 'en';
  }

  // What a lab adds.

  /** The document that a lab without attributes starts from. @returns {Experiment} */
  experimentDefaults() {
    return catalog.defaults;
  }

  /**
   * The document of a named figure, or null where the lab has no such figure.
   * @param {string} _name
   * @returns {Experiment | null}
   */
  figureExperiment(_name) {
    return null;
  }

  /**
   * What goes along with the document in links and files and is no part of it.
   * @returns {Own | undefined}
   */
  get own() {
    return undefined;
  }

  /**
   * What came along with a document, for `prepareExperiment` and `runCreated`; nothing where the lab keeps what it has.
   * @param {Own} _own
   * @returns {unknown}
   * @throws {EngineError} for what is wrong with it
   */
  readOwn(_own) {
    return undefined;
  }

  /**
   * The document as the engine takes it; the place to turn a recipe for data into the data.
   * @param {FilledExperiment} experiment
   * @param {unknown} _own what `readOwn` made of what came along
   * @returns {Promise<Experiment> | Experiment}
   */
  prepareExperiment(experiment, _own) {
    return experiment;
  }

  /**
   * A new run stands ready, drawn next; `reset` tells a fresh start from the return of an earlier state, `continued` a run that goes on
   * where the one before it stood; `own` is what `readOwn` made of what came along.
   * @param {RemoteRun} _run
   * @param {{ reset: boolean, continued: boolean, own: unknown }} _details
   * @returns {Promise<void> | void}
   */
  runCreated(_run, _details) {}

  /** The run's document changed in place. @param {FilledExperiment} _experiment */
  experimentChanged(_experiment) {}

  /** Milliseconds from one picture to the next while a run trains, at least; what was changed from outside is drawn at once. */
  get frameInterval() {
    return 0;
  }

  /** What is to be drawn; null when nothing is. @returns {FrameRequest | null} */
  frameRequest() {
    return null;
  }

  /**
   * Draws. The frame's arrays are valid until the frame after the next one.
   * @param {Frame} _frame
   */
  drawFrame(_frame) {}

  /** Colours may have changed: attribute, page or system. */
  themeChanged() {}

  /** The lab itself; Lit's `render` wraps it with notices and the fallback. @returns {TemplateResult | typeof nothing} */
  renderLab() {
    return nothing;
  }

  // What a lab and its page use.

  /** The engine behind every lab of the page. @returns {EngineClient} */
  get client() {
    return sharedClient();
  }

  /** @returns {RemoteRun | null} */
  get run() {
    return this.#run;
  }

  /** @returns {Progress | null} */
  get progress() {
    return this.#run?.progress ?? null;
  }

  /** On screen, in a visible tab. */
  get visible() {
    return this.#intersecting && !document.hidden && this.isConnected;
  }

  /**
   * The complete document, with bulk arrays, once there is a run; what was asked for until then.
   * @returns {Experiment}
   */
  get experiment() {
    return this.#source().experiment;
  }

  /**
   * A document, complete or partial, its JSON, or a link's string. Training starts anew; where the document cannot be run, what was
   * there before stays.
   * @param {Experiment | string | null} value
   */
  set experiment(value) {
    this.#ask({ value });
  }

  /**
   * A document, or a link's string, with the weights to start from and what goes along with it.
   * @param {{ experiment: Experiment | string | null, parameters?: Float32Array, own?: Own }} content
   */
  open({ experiment, parameters, own }) {
    this.#ask({ value: experiment, parameters, own });
  }

  /** @param {{ value: Experiment | string | null, parameters?: Float32Array, own?: Own }} pending */
  #ask(pending) {
    this.#pending = pending;
    this.#stored = null;
    this.#wanted = null;
    this.playing = false;
    if (this.#seen) this.#begin();
  }

  /**
   * The link's string for what is seen now.
   * @param {{ parameters?: Float32Array, own?: Uint8Array }} [extras] weights to carry along, and own digits where they are not the lab's
   */
  link(extras = {}) {
    const { experiment, own } = this;
    const defaults = this.#defaults ?? defaultsFor(catalog, experiment.data?.id);
    return encodeLink(experiment, defaults, { catalog, ...(own?.used && { own: own.digits }), ...extras });
  }

  /**
   * Whether a part of the lab is to be shown.
   * @param {string} part
   */
  isShown(part) {
    return this.show === null || this.show.has(part);
  }

  /**
   * Whether a setting may not be changed: it, or a part that it belongs to, is in `lock`; `lock="all"` holds everything.
   * @param {string} path
   */
  isLocked(path) {
    if (!this.lock) return false;
    const parts = path.split('.');
    return this.lock.has('all') || parts.some((_, i) => this.lock?.has(parts.slice(0, i + 1).join('.')));
  }

  /**
   * Trains, whenever the lab can be seen, until paused.
   * @param {PlayOptions} [options]
   */
  async play(options = {}) {
    this.#wanted = options;
    this.playing = true;
    await this.#attend();
  }

  async pause() {
    this.#wanted = null;
    this.playing = false;
    await this.#attend();
  }

  /**
   * Trains for n batches.
   * @param {number} [n]
   */
  async step(n = 1) {
    await this.pause();
    return this.advance({ steps: n });
  }

  /**
   * Trains by so much, and draws what came of it.
   * @param {Budget} budget
   */
  async advance(budget) {
    const progress = await this.#requireRun().call('train', budget);
    this.requestFrame();
    this.#progressed(progress);
    return progress;
  }

  /** Back to the starting weights of the same experiment; training stops. */
  async reset() {
    this.#stored = null;
    if (this.#run && this.#current) await this.#recreate(this.#current);
  }

  /**
   * Makes the experiment what `next` says: in place where the engine can, keeping what was learned, otherwise by starting anew.
   * @param {FilledExperiment} next
   * @param {{ keep?: boolean, renew?: boolean }} [options] `keep`: other data are no reason to forget; where the network is the same,
   *   learning and training go on; `renew`: what the data are prepared from is something else, whatever the document says
   * @returns {Promise<void>}
   */
  async changeExperiment(next, { keep = false, renew = false } = {}) {
    const run = this.#run;
    const changes = !renew && this.#current && run ? updateBetween(this.#current, next) : null;
    if (!changes || !run) {
      // Weights that came with a link belong to the network of that link.
      this.#parameters = undefined;
      await this.#recreate(next, { keep });
      return;
    }
    if (Object.keys(changes).length === 0) return;
    try {
      const filled = await run.call('update', changes);
      if (run !== this.#run) return;
      this.#current = withAttachments({ ...filled, data: /** @type {FilledExperiment} */ (this.#current).data }, next);
      this.notice = null;
      this.experimentChanged(this.#current);
      this.#tell('mlp-change', { experiment: this.#current });
      this.requestUpdate();
      this.requestFrame();
      await this.#attend();
    } catch (thrown) {
      this.showError(thrown);
    }
  }

  /**
   * Takes up an experiment that was made elsewhere, as it is: with a mistake in it, or where it cannot run, the present one stays, and
   * the mistakes are shown.
   * @param {Experiment} experiment
   * @param {{ parameters?: Float32Array, snapshot?: Uint8Array, own?: Own }} [state] its weights, or where its training stood, and what goes
   *   along with it
   * @returns {Promise<boolean>} whether it could be taken
   */
  async openExperiment(experiment, { parameters, snapshot, own = {} } = {}) {
    const generation = ++this.#generation;
    const before = { parameters: this.#parameters, wanted: this.#wanted };
    try {
      const checked = await this.client.check(experiment);
      if (generation !== this.#generation) return false;
      if (checked.issues.length > 0) {
        const [{ path, message }] = checked.issues;
        this.notice = { kind: 'issues', issues: checked.issues, instead: 'before' };
        this.#tell('mlp-error', new EngineError('invalid-document', message, { path }));
        return false;
      }
      const read = this.readOwn(own);
      this.#parameters = parameters;
      this.#wanted = null;
      await this.#create(withAttachments(checked.experiment, experiment), generation, { snapshot, own: read });
      if (generation !== this.#generation) return false;
      this.playing = false;
      this.notice = null;
      return true;
    } catch (thrown) {
      if (generation === this.#generation) {
        this.#parameters = before.parameters;
        this.#wanted = before.wanted;
        this.showError(thrown);
        this.#attend();
      }
      return false;
    }
  }

  /** After a divergence: the last finite state, or the start where there is none. */
  async recover() {
    const run = this.#requireRun();
    const snapshot = run.lastSnapshot;
    if (!snapshot) {
      await this.reset();
      return;
    }
    try {
      await run.call('restore', snapshot);
      this.requestFrame();
      this.#progressed(run.progress);
    } catch (thrown) {
      // A snapshot from before a change of the optimizer does not fit any more.
      if (asEngineError(thrown).code !== 'bad-file') throw thrown;
      await this.reset();
    }
  }

  /** Asks for a new frame: something else is to be seen, or the run was changed from outside. */
  requestFrame() {
    this.#frameStale = true;
    this.#askFrame();
  }

  /**
   * Shows what went wrong, in place, and tells the page.
   * @param {unknown} thrown
   */
  showError(thrown) {
    const error = errorOf(thrown);
    if (error.code === 'disposed') return;
    if (isMissingPart(thrown)) this.notice = { kind: 'missing' };
    else
      this.notice = error.code === 'invalid-document' ? { kind: 'issues', issues: [error], instead: 'before' } : { kind: 'error', error };
    this.#tell('mlp-error', error);
  }

  // Life in the page.

  connectedCallback() {
    super.connectedCallback();
    this.#observer ??= new IntersectionObserver(([entry]) => this.#intersected(entry.isIntersecting), { rootMargin: '10%' });
    this.#observer.observe(this);
    const onVisibility = () => this.#attend();
    document.addEventListener('visibilitychange', onVisibility);
    this.#cleanup.push(
      () => document.removeEventListener('visibilitychange', onVisibility),
      watchSurroundings(this, { language: () => this.#resolveLanguage(), theme: () => this.#themeChanged() }),
    );
    this.#resolveLanguage();
    if (this.#seen && !this.#run) this.#begin();
    // The observer speaks when everything was laid out and painted; where the lab comes into sight at once, the engine need not wait.
    else if (!this.#seen && !document.hidden && inSight(this)) this.#intersected(true);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    for (const undo of this.#cleanup.splice(0)) undo();
    this.#intersecting = false;
    // A move within the page takes the element out and puts it back at once: only what stays out gives its run back.
    queueMicrotask(() => {
      if (!this.isConnected) this.#store();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} value
   */
  attributeChangedCallback(name, before, value) {
    super.attributeChangedCallback(name, before, value);
    if (before === value) return;
    if (name === 'experiment') this.experiment = value;
    if (name === 'lang' && this.isConnected) this.#resolveLanguage();
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    if (changed.has('theme') || changed.has('projector')) this.#themeChanged();
    if (changed.has('figure') && changed.get('figure') !== undefined) this.experiment = null;
    if (this.notice && this.language !== 'en' && !writeIssue) this.#fetchIssues();
  }

  async #fetchIssues() {
    try {
      ({ issueIn: writeIssue } = await import('./issue-text.js'));
    } catch {
      // Without the words in Chinese the message stands as it came: that is what the reader needs most.
      writeIssue = (_, message) => message;
    }
    this.requestUpdate();
  }

  render() {
    const slotted = html`<div
      class="lab-fallback ${this.labState === 'failed' ? 'shown' : ''} ${this.childElementCount > 0 ? 'filled' : ''}"
    >
      <slot @slotchange=${() => this.requestUpdate()}></slot>
    </div>`;
    return html`${this.#renderNotice()}${slotted}
      <div class="lab-body" part="body" ?hidden=${this.labState === 'failed'}>${this.renderLab()}</div>`;
  }

  #renderNotice() {
    const t = labTranslator(this.language);
    const { notice } = this;
    if (this.labState === 'failed') {
      const message = notice?.kind === 'error' ? issueLine(this.language, notice.error.path, notice.error.message) : '';
      return html`<div class="lab-notice" role="alert">
        <p class="title">${t('failed.title')}</p>
        <button type="button" class="close" @click=${() => this.#begin()}>${t('failed.retry')}</button>
        <p class="text">${message}</p>
      </div>`;
    }
    if (!notice) return nothing;
    const close = html`<button type="button" class="close" @click=${() => (this.notice = null)}>${t('issues.close')}</button>`;
    if (notice.kind === 'restarted') {
      return html`<div class="lab-notice calm" role="status">
        <p class="title">${t('restarted.title')}</p>
        ${close}
        <p class="text">${t('restarted.note', { step: notice.step })}</p>
      </div>`;
    }
    if (notice.kind === 'missing') {
      return html`<div class="lab-notice" role="alert">
        <p class="title">${t('missing.title')}</p>
        ${close}
        <p class="text">${t('missing.note')}</p>
      </div>`;
    }
    if (notice.kind === 'error') {
      return html`<div class="lab-notice" role="alert">
        <p class="title">${t('error.title')}</p>
        ${close}
        <p class="text">${issueLine(this.language, notice.error.path, notice.error.message)}</p>
      </div>`;
    }
    return html`<div class="lab-notice" role="alert">
      <p class="title">${t('issues.title', { count: notice.issues.length })}</p>
      ${close}
      <ul class="text">
        ${notice.issues.map(({ path, message }) => html`<li>${issueLine(this.language, path, message)}</li>`)}
      </ul>
      <p class="text">${t(`issues.${notice.instead}`)}</p>
    </div>`;
  }

  /**
   * What to start from, what goes along with it, and what is wrong with it. The lab's own defaults leave alone what the reader has.
   * @returns {{ experiment: Experiment, parameters?: Float32Array, own?: Own, issues: Issue[] }}
   */
  #source() {
    if (!this.#pending && this.#current) return { experiment: this.#current, parameters: this.#parameters, issues: [] };
    const requested = this.#pending?.value ?? null;
    const defaults = this.experimentDefaults();
    const { parameters, own = {} } = this.#pending ?? {};
    if (typeof requested === 'string' && requested.trim() !== '') {
      const read = readExperiment(requested, defaults);
      return { ...read, own: this.#pending?.own ?? (read.own ? { digits: read.own, used: true } : {}) };
    }
    if (requested !== null && typeof requested === 'object') {
      return { experiment: ofThisLab(requested, defaults), parameters, own, issues: [] };
    }
    if (requested !== null && typeof requested !== 'string') {
      return {
        experiment: defaults,
        issues: [{ path: 'experiment', message: `expected a document, JSON or a link's string, got ${String(requested)}` }],
      };
    }
    if (!this.figure) return { experiment: defaults, issues: [] };
    const experiment = this.figureExperiment(this.figure);
    if (experiment) return { experiment, issues: [] };
    return { experiment: defaults, issues: [{ path: 'figure', message: `expected the name of a figure, got "${this.figure}"` }] };
  }

  /** Starts from what was asked for. */
  async #begin() {
    this.labState = this.#run ? 'ready' : 'starting';
    const generation = ++this.#generation;
    try {
      const { experiment, parameters, own, issues } = this.#source();
      const checked = await this.client.check(experiment);
      if (generation !== this.#generation) return;
      const found = [...issues, ...checked.issues];
      const read = own && this.#ownIn(own, found);
      const filled = withAttachments(checked.experiment, experiment);
      this.notice = found.length > 0 ? { kind: 'issues', issues: found, instead: 'rest' } : null;
      if (found.length > 0) this.#tell('mlp-error', new EngineError('invalid-document', found[0].message, { path: found[0].path }));
      this.#parameters = parameters;
      await this.#createOrDefault(filled, generation, read);
    } catch (thrown) {
      if (generation !== this.#generation) return;
      if (this.#run) this.#pending = null;
      this.#failed(thrown);
    }
  }

  /**
   * @param {Own} own
   * @param {Issue[]} issues
   */
  #ownIn(own, issues) {
    try {
      return this.readOwn(own);
    } catch (thrown) {
      const { path = '', message } = asEngineError(thrown);
      issues.push({ path, message });
      return undefined;
    }
  }

  /**
   * A run of the document, or of the lab's defaults where that cannot be had: the page stays usable.
   * @param {FilledExperiment} filled
   * @param {number} generation
   * @param {unknown} own what came along with it
   */
  async #createOrDefault(filled, generation, own) {
    try {
      await this.#create(filled, generation, { own });
    } catch (thrown) {
      const error = asEngineError(thrown);
      if (generation !== this.#generation) return;
      if (error.code === 'unsupported' || error.code === 'internal' || this.#run) throw error;
      this.#parameters = undefined;
      this.#stored = null;
      const { experiment } = await this.client.check(this.experimentDefaults());
      const issues = this.notice?.kind === 'issues' ? this.notice.issues : [];
      await this.#create(experiment, generation, { own });
      this.showError(error);
      if (this.notice?.kind === 'issues') {
        const others = issues.filter(({ path }) => path !== error.path);
        this.notice = { kind: 'issues', issues: [...others, error], instead: 'defaults' };
      }
    }
  }

  /**
   * @param {FilledExperiment} filled
   * @param {number} generation
   * @param {{ keep?: boolean, snapshot?: Uint8Array, own?: unknown }} [start] where not at the beginning: where the present run stands, or a
   *   snapshot; `own` is what came along
   */
  async #create(filled, generation, { keep = false, snapshot = this.#stored ?? undefined, own } = {}) {
    const document = await this.prepareExperiment(filled, own);
    if (generation !== this.#generation) return;
    // Image files fit no link: the question would only copy them around.
    const { variant } = /** @type {typeof LabElement} */ (this.constructor);
    const [defaults, run] = await Promise.all([
      filled.data.id === 'idx' ? null : this.client.check({ data: filled.data }),
      this.client.createRun(document, { variant, snapshot, parameters: snapshot ? undefined : this.#parameters }),
    ]);
    const kept = keep && (await carryOver(this.#run, run));
    if (generation !== this.#generation) {
      run.dispose();
      return;
    }
    this.#release();
    this.#run = run;
    this.#pending = null;
    this.#stored = null;
    // Data that were prepared stay, in the document, what they were prepared from.
    this.#current = { ...run.experiment, data: filled.data };
    this.#defaults = defaults && linkDefaults(catalog, defaults.experiment);
    this.#listen(run);
    this.labState = 'ready';
    await this.runCreated(run, { reset: snapshot === undefined && !kept, continued: kept, own });
    if (run !== this.#run) return;
    this.#started();
  }

  /** The first frame, the first event, and training where it was asked for. */
  #started() {
    this.requestUpdate();
    this.requestFrame();
    if (!this.#announced) {
      this.#announced = true;
      this.#tell('mlp-ready', { experiment: this.#current });
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (this.autoplay && !calm) this.play();
    }
    this.#tell('mlp-change', { experiment: this.#current });
    this.#attend();
  }

  /**
   * @param {FilledExperiment} experiment
   * @param {{ keep?: boolean }} [options]
   */
  async #recreate(experiment, { keep = false } = {}) {
    const generation = ++this.#generation;
    if (!keep) {
      this.#wanted = null;
      this.playing = false;
    }
    try {
      if (!keep) await this.#attend();
      await this.#create(experiment, generation, { keep });
      this.notice = null;
    } catch (thrown) {
      if (generation === this.#generation) this.showError(thrown);
    }
  }

  /** @param {unknown} thrown */
  #failed(thrown) {
    this.showError(thrown);
    if (!this.#run) this.labState = 'failed';
  }

  /** @param {RemoteRun} run */
  #listen(run) {
    this.#runCleanup = [
      run.on('progress', (progress) => this.#progressed(progress)),
      run.on('stopped', (progress) => {
        this.#wanted = null;
        this.playing = false;
        this.requestFrame();
        this.#progressed(progress);
      }),
      run.on('diverged', (progress) => {
        this.requestFrame();
        this.#tell('mlp-diverged', progress);
      }),
      run.on('restarted', ({ step, error }) => {
        this.notice = { kind: 'restarted', step };
        this.#tell('mlp-error', error);
        this.requestFrame();
      }),
      run.on('error', (error) => {
        this.#wanted = null;
        this.playing = false;
        // Given up by its client: there is nothing behind the controls any more.
        if (error.code === 'internal') this.#release();
        this.#failed(error);
      }),
    ];
  }

  /** @param {Progress} progress */
  #progressed(progress) {
    this.#askFrame();
    this.#tell('mlp-progress', progress);
  }

  /** Gives the run back. */
  #release() {
    for (const undo of this.#runCleanup.splice(0)) undo();
    cancelAnimationFrame(this.#animation);
    clearTimeout(this.#nextFrame);
    this.#nextFrame = undefined;
    this.#animation = 0;
    this.#frameAsked = false;
    this.#frameStale = true;
    this.#spare = null;
    this.#drawn = null;
    this.#run?.dispose();
    this.#run = null;
  }

  /** Keeps the run's state while the lab is out of the page, and frees the rest. */
  async #store() {
    this.#generation += 1;
    const run = this.#run;
    if (!run) return;
    try {
      this.#stored = await run.call('snapshot');
    } catch (thrown) {
      // Without a snapshot the lab starts anew when it comes back; there is no place to show more.
      if (asEngineError(thrown).code === 'invalid-argument') throw thrown;
      this.#stored = run.lastSnapshot;
    }
    if (this.isConnected || run !== this.#run) return;
    this.#release();
  }

  /** @returns {RemoteRun} */
  #requireRun() {
    if (!this.#run) throw new EngineError('invalid-argument', 'The lab has no run yet; wait for mlp-ready.');
    return this.#run;
  }

  /** @param {boolean} intersecting */
  #intersected(intersecting) {
    this.#intersecting = intersecting;
    if (intersecting && !this.#seen) {
      this.#seen = true;
      this.#begin();
    }
    this.#attend();
  }

  /** Trains while somebody looks, and only then. */
  async #attend() {
    const run = this.#run;
    if (!run || run.disposed) return;
    const wanted = this.visible ? this.#wanted : null;
    try {
      if (wanted && run.playOptions !== wanted) await run.play(wanted);
      else if (!wanted && run.playing) {
        await run.pause();
        // The steps since the last frame are to be seen as well.
        this.#frameStale = true;
      }
      if (this.visible) this.#askFrame();
    } catch (thrown) {
      // A run that died is restored, and told to go on, by its client.
      if (asEngineError(thrown).code !== 'internal') this.showError(thrown);
    }
  }

  /** Asks for the next frame, if one is due and none is on its way. */
  async #askFrame() {
    const run = this.#run;
    if (!run || run.disposed || this.#frameAsked || this.#animation !== 0 || !this.visible) return;
    if (!this.#frameStale) {
      if (!run.playing) return;
      const early = this.#drawnAt + this.frameInterval - performance.now();
      if (early > 0) {
        this.#nextFrame ??= setTimeout(() => {
          this.#nextFrame = undefined;
          this.#askFrame();
        }, early);
        return;
      }
    }
    const request = this.frameRequest();
    if (!request) return;
    this.#frameAsked = true;
    this.#frameStale = false;
    const lent = this.#spare ?? undefined;
    this.#spare = null;
    try {
      const frame = await run.frame(lent ? { ...request, buffers: lent } : request);
      if (run !== this.#run) return;
      this.#animation = requestAnimationFrame(() => this.#draw(frame));
    } catch (thrown) {
      // A run that died is restored, and asked again, after 'restarted'.
      if (run === this.#run && asEngineError(thrown).code !== 'internal') this.showError(thrown);
    } finally {
      if (run === this.#run) this.#frameAsked = false;
    }
  }

  /** @param {Frame} frame */
  #draw(frame) {
    this.#animation = 0;
    this.#drawnAt = performance.now();
    this.#spare = this.#drawn;
    this.#drawn = frame;
    try {
      this.drawFrame(frame);
    } catch (thrown) {
      this.showError(thrown);
      return;
    }
    this.#askFrame();
  }

  #resolveLanguage() {
    let element = /** @type {Element | null} */ (this);
    let tag = null;
    while (element && tag === null) {
      tag = element.closest('[lang]:not([lang=""])')?.getAttribute('lang') ?? null;
      const root = element.getRootNode();
      element = root instanceof ShadowRoot ? root.host : null;
    }
    this.language = languageOf(tag ?? navigator.language);
  }

  #themeChanged() {
    this.themeChanged();
  }

  /**
   * @param {'mlp-ready' | 'mlp-change' | 'mlp-progress' | 'mlp-diverged' | 'mlp-error'} name
   * @param {unknown} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** @param {Element} element */
function inSight(element) {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && top < globalThis.innerHeight && bottom >= 0;
}

/**
 * An error for the reader. What is no EngineError is a mistake of ours: the console gets it with its stack.
 * @param {unknown} thrown
 * @returns {EngineError}
 */
function errorOf(thrown) {
  if (thrown instanceof EngineError) return thrown;
  if (!isMissingPart(thrown)) reportError(thrown);
  return new EngineError('internal', thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown), { cause: thrown });
}

/**
 * @param {Language} language
 * @param {string} path
 * @param {string} message with or without its path in front
 */
function issueLine(language, path, message) {
  const rest = path !== '' && message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
  const text = language === 'en' ? rest : (writeIssue?.(language, rest) ?? '…');
  if (path === '') return text;
  return language === 'zh' ? `${path}：${text}` : `${path}: ${text}`;
}

/**
 * A document that names no data set is about the lab's own.
 * @param {Experiment} experiment
 * @param {Experiment} defaults
 * @returns {Experiment}
 */
function ofThisLab(experiment, defaults) {
  const { data } = experiment;
  if ((data !== undefined && (typeof data !== 'object' || data === null || data.id !== undefined)) || !defaults.data?.id) return experiment;
  return { ...experiment, data: { id: defaults.data.id, ...data } };
}

/**
 * Lets a new run go on where another stands.
 * @param {RemoteRun | null} from
 * @param {RemoteRun} to
 * @returns {Promise<boolean>} whether it does: another network has nothing to go on with
 */
async function carryOver(from, to) {
  if (!from || from.disposed || from.progress.status === 'diverged' || !sameShape(from.experiment, to.experiment)) return false;
  const [snapshot, parameters] = await Promise.all([from.call('snapshot'), from.call('parameters')]);
  try {
    await to.call('restore', snapshot);
  } catch (thrown) {
    // The place within an epoch may lie behind the end of fewer rows: the weights at least are what they were.
    if (asEngineError(thrown).code !== 'bad-file') throw thrown;
    await to.call('setParameters', parameters);
  }
  return true;
}

/**
 * The attribute's text: JSON, or a link's string.
 * @param {string} text
 * @param {Experiment} defaults
 * @returns {{ experiment: Experiment, parameters?: Float32Array, own?: Uint8Array, issues: Issue[] }}
 */
function readExperiment(text, defaults) {
  if (!text.trimStart().startsWith('{')) {
    const decoded = decodeLink(text, (dataset) => defaultsFor(catalog, dataset ?? defaults.data?.id), { catalog });
    return { ...decoded, experiment: ofThisLab(decoded.experiment, defaults) };
  }
  try {
    return { experiment: ofThisLab(JSON.parse(text), defaults), issues: [] };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { experiment: defaults, issues: [{ path: 'experiment', message: `expected JSON or a link's string (${reason})` }] };
  }
}
