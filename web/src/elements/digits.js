import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LabElement, catalog } from './lab-element.js';
import { besideAfter, besideIn, keepsakeOf, nothingBeside, ownOf } from './digits/beside.js';
import { architectureSection, hiddenLayersTool } from './digits/architecture-section.js';
import { createAssessor } from './digits/assessor.js';
import { createColumnLift } from './digits/column-lift.js';
import { createCurves, createEvaluationHistory } from './digits/curves.js';
import { dataNotice } from './digits/data-notice.js';
import { createDigitData } from './digits/digit-data.js';
import { createEpochClock } from './digits/epoch-clock.js';
import { goalSection } from './digits/goal-section.js';
import { inputSection } from './digits/input-section.js';
import { OwnImages } from './digits/own-images-control.js';
import { panels } from './digits/panels.js';
import { PhotoControl } from './digits/photo-control.js';
import { createQuickReading } from './digits/quick-reading.js';
import { isReached, targetOf } from './digits/run-limit.js';
import { digitsStyles } from './digits/styles.js';
import { onPictures } from './digits/trace-picture.js';
import { FileMenu } from './file-menu.js';
import { PanelShelf } from './panel-shelf.js';
import { entryOf, isNumeric, parameterOf, withParameter, withTraining } from '../state/edits.js';
import { parameterLayout } from '../state/parameter-layout.js';
import { moreSettings } from './playground/more-settings.js';
import { optimizerSection } from './playground/optimizer-section.js';
import { playgroundStyles } from './playground/styles.js';
import { defineDigitsParts } from '../digits/controls.js';
import { classNameOf } from '../digits/class-names.js';
import { CLASSES, goalOf, goals, presets, USUAL_SAMPLES, withDigits } from '../digits/experiment.js';
import { decodeIdx } from '../digits/idx.js';
import { mnist } from '../digits/mnist-files.js';
import { PICTURE_SIZE } from '../digits/normalise.js';
import { broughtBack, MOST_OWN, MOST_SAMPLES, replaced, withOwnDigits } from '../digits/own-digits.js';
import { digitsTranslator } from '../text/digits.js';
import { formatCount, formatField, formatFixed, formatNumber, formatPercent, translator } from '../text/text.js';
import { asEngineError } from '../engine/errors.js';
import { defineControls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { baseStyles, buttonStyles, fieldStyles, plotStyles } from '../ui/styles.js';
import { readTheme, typeScale } from '../ui/theme.js';

/**
 * @import { PropertyValues, TemplateResult } from 'lit'
 * @import { RemoteRun } from '../engine/client.js'
 * @import { Beside } from './digits/beside.js'
 * @import { Own } from '../state/file.js'
 * @import { InsidePanel } from './digits/panels/inside.js'
 * @import { OwnDigitsPanel } from './digits/panels/own-digits.js'
 * @import { NeuronPlace } from './digits/panels/panel.js'
 * @import { Drawings } from './take-away/take-away.js'
 * @import { Limit } from './digits/run-limit.js'
 * @import { DigitsSight } from './digits/sight.js'
 * @import { Assessment, Frame, FrameRequest, PlayOptions } from '../engine/commands.js'
 * @import { Evaluation, Experiment, FilledExperiment, Outcomes, Progress, Split, Variant } from '../engine/types.js'
 * @import { DigitGallery, Shelf } from '../digits/gallery.js'
 * @import { Digits, MnistFiles } from '../digits/mnist-store.js'
 * @import { Pair } from '../digits/outcomes.js'
 * @import { PresetId } from '../digits/experiment.js'
 * @import { OwnDigit } from '../digits/own-digits.js'
 * @import { Recognition } from '../digits/recognition.js'
 * @import { SectionPanel } from '../ui/section-panel.js'
 * @import { WeightsPanel } from '../digits/weights-panel.js'
 * @import { Translate } from '../text/text.js'
 * @import { Theme } from '../view/color.js'
 */

/** @typedef {'wide' | 'medium' | 'narrow'} Layout */
/** @typedef {'input' | 'architecture' | 'output' | 'loss' | 'optimizer' | 'confusion'} Part */
/** @typedef {Part | 'metrics' | 'files' | 'panels'} Place what stands where there is a place for it */

const PIXELS = PICTURE_SIZE ** 2;
/** Bytes before the labels of an IDX file. */
const LABELS_HEADER = 8;
const WIDE = 1080;
const MEDIUM = 700;
/** Pictures change at the display's rate, numbers and words at reading speed. */
const NUMBERS_INTERVAL = 120;
/** Dozens of pictures of weights change with each: more often nobody sees, and the processor trains meanwhile. */
const PICTURE_INTERVAL = 60;
const WORDS_INTERVAL = 1000;

/** Steps per second. Freely running, ten epochs are over in the blink of an eye. */
const speeds = Object.freeze([1, 3, 10, 30, 100, 300, 1000, Infinity]);
const USUAL_SPEED = 300;

/** @type {Readonly<Record<Layout, readonly Place[]>>} the order in which one reads, tabs and listens */
const order = Object.freeze({
  wide: ['input', 'architecture', 'output', 'optimizer', 'confusion', 'loss', 'panels'],
  medium: ['output', 'input', 'loss', 'architecture', 'optimizer', 'confusion', 'panels'],
  narrow: ['output', 'metrics', 'architecture', 'loss', 'input', 'optimizer', 'confusion', 'files', 'panels'],
});

/**
 * `<mlp-digits>`: trains a network on handwritten digits, shows its weights as pictures, and reads what one writes.
 */
export class DigitsElement extends LabElement {
  static properties = {
    layout: { state: true },
    unfolded: { state: true },
    colors: { state: true },
    shelf: { state: true },
    pair: { state: true },
    outcomes: { state: true },
    confusions: { state: true },
    mistakesOf: { state: true },
    neuron: { state: true },
    picture: { state: true },
    truth: { state: true },
    beside: { state: true },
    metrics: { state: true },
    summary: { state: true },
    speed: { state: true },
    limit: { state: true },
    statistics: { state: true },
    draft: { state: true },
  };

  static styles = [LabElement.styles, baseStyles, buttonStyles, fieldStyles, plotStyles, playgroundStyles, digitsStyles];

  /** Last bits may differ from machine to machine here: nobody compares them, and training gets faster. @type {Variant} */
  static variant = 'fast';

  #data = createDigitData({
    store: mnist,
    changed: () => this.requestUpdate(),
    failed: (error) => this.dispatchEvent(new CustomEvent('mlp-error', { detail: error, bubbles: true, composed: true })),
  });
  /** The data of the last run that was made, own digits before the others. @type {FilledExperiment['data'] | undefined} */
  #prepared;
  /** @type {(() => void) | undefined} */
  #unsubscribe;
  /** @type {Digits | undefined} */
  #train;
  /** @type {Digits | undefined} */
  #test;
  /** @type {ReturnType<typeof createCurves> | undefined} */
  #curves;
  /** @type {ResizeObserver | undefined} */
  #sizeObserver;
  /** @type {ReturnType<typeof createColumnLift> | undefined} */
  #columns;
  /** What the picture on the pad is known to be. @type {number | undefined} */
  #label;
  #quickReading = createQuickReading({
    run: () => this.run,
    picture: () => this.picture,
    show: (prediction, { progress }) => this.#showReading(prediction, progress),
    fail: (thrown) => this.showError(thrown),
  });
  #panels = new PanelShelf(this, panels);
  #fileMenu = new FileMenu(this, { accept: '.json,application/json' });
  #history = createEvaluationHistory();
  #photo = new PhotoControl(this, {
    show: (picture) => this.#recognition?.showPhoto(picture),
    open: (sheet) => this.#openSheet(sheet),
    changed: () => this.requestUpdate(),
    fail: (thrown) => this.showError(thrown),
  });
  #ownImages = new OwnImages(this, {
    use: (files) => this.#useOwnImages(files),
    changed: () => this.requestUpdate(),
    fail: (thrown) => this.showError(thrown),
  });
  /** Where this run stops by itself. @type {Limit | undefined} */
  #target;
  #assessor = createAssessor();
  #clock = createEpochClock();
  #editing = false;
  #numbersAt = 0;
  #wordsAt = 0;
  #judgedAt = 0;
  /** The picture that the frame on its way reads. @type {Float32Array | undefined} */
  #asked;

  constructor() {
    super();
    defineControls();
    defineDigitsParts();
    /** @type {Layout} */
    this.layout = 'wide';
    /** @type {ReadonlySet<Part | 'more'>} */
    this.unfolded = new Set(['architecture']);
    /** @type {Theme | undefined} */
    this.colors = undefined;
    /** @type {Shelf} */
    this.shelf = 'test';
    /** @type {Pair | undefined} */
    this.pair = undefined;
    /** What the network makes of each digit. @type {{ train?: Outcomes, test?: Outcomes }} */
    this.outcomes = {};
    /** Which digits are taken for which, counted at the same moment. @type {{ train?: Uint32Array, test?: Uint32Array }} */
    this.confusions = {};
    /** Which digits' mistakes are looked at. @type {Split} */
    this.mistakesOf = 'test';
    /** The neuron that is looked at. @type {NeuronPlace | undefined} */
    this.neuron = undefined;
    /** What lies on the pad as the network gets it, 784 grey levels; none where there is no ink. @type {Float32Array | undefined} */
    this.picture = undefined;
    /** The digit that it is, where that is known. @type {number | undefined} */
    this.truth = undefined;
    /** What the reader has beside the document. @type {Beside} */
    this.beside = nothingBeside;
    /** Whether the page keeps that until the next visit. */
    this.remembers = false;
    /** @type {{ train?: Evaluation, test?: Evaluation }} */
    this.metrics = {};
    /** Epochs so far, with their fraction. */
    this.epoch = 0;
    this.summary = '';
    this.speed = USUAL_SPEED;
    /** After how long a run stops by itself. @type {Limit | null} */
    this.limit = null;
    /** Of the training digits, in pixels from 0 to 1. @type {{ mean: number, std: number } | undefined} */
    this.statistics = undefined;
    /** What the reader set and the engine has not answered yet. @type {FilledExperiment | undefined} */
    this.draft = undefined;
  }

  // The experiment.

  experimentDefaults() {
    return presets.default;
  }

  /**
   * `mnist` is a recipe: here it becomes the site's files. Without them there is no run yet, but everything else stays usable; the
   * promise is kept as soon as a later attempt brings them.
   * @param {FilledExperiment} experiment
   * @param {unknown} own what `readOwn` made of what came along
   * @returns {Promise<Experiment>}
   */
  async prepareExperiment(experiment, own) {
    const recipe = experiment.data.id === 'mnist';
    const files = recipe && (await this.#data.files(experiment.data.samples ?? USUAL_SAMPLES));
    const data = files ? { ...experiment.data, id: 'idx', ...files } : experiment.data;
    const { digits, used } = /** @type {Beside | undefined} */ (own) ?? this.beside;
    this.#prepared = withOwnDigits(data, used ? digits : []);
    return { ...experiment, data: this.#prepared };
  }

  get own() {
    return ownOf(this.beside);
  }

  /**
   * Digits that come along with a document take the place of the reader's, and those are laid aside.
   * @param {Own} own
   * @returns {Beside}
   */
  readOwn(own) {
    return besideAfter(own, this.beside);
  }

  /**
   * What is to be kept until the next visit.
   * @param {string | undefined} previous what is kept so far
   */
  keepsake(previous) {
    return keepsakeOf(this.beside, previous);
  }

  /**
   * What was kept, before there is a run.
   * @param {string} keepsake
   */
  recall(keepsake) {
    this.beside = besideIn(keepsake) ?? this.beside;
  }

  /** The document that the controls show, complete also before there is a run. @returns {FilledExperiment} */
  get #document() {
    if (this.draft) return this.draft;
    const { data, network, training } = this.experiment;
    const { layers } = network ?? {};
    const fallback = presets.default;
    return /** @type {FilledExperiment} */ ({
      version: 1,
      data: { ...fallback.data, ...data },
      network: { ...fallback.network, ...network, layers: layers ?? fallback.network?.layers },
      training: { ...fallback.training, ...training },
    });
  }

  /**
   * Makes the experiment what the reader set it to. While one change is on its way the next ones gather, so that dragging a slider
   * never builds a queue. Training goes on, from the new start where there has to be one.
   * @param {FilledExperiment} next
   */
  async #edit(next) {
    if (!this.run) {
      this.experiment = next;
      this.requestUpdate();
      return;
    }
    this.draft = next;
    if (this.#editing) {
      this.#data.supersede();
      return;
    }
    this.#editing = true;
    const training = this.playing;
    try {
      for (let taken = null; this.draft && this.draft !== taken;) {
        taken = this.draft;
        await this.changeExperiment(taken);
      }
      if (training && !this.playing) await this.play();
    } finally {
      this.draft = undefined;
      this.#editing = false;
    }
  }

  /** @param {PlayOptions} [options] */
  play(options = {}) {
    const { progress } = this;
    if (!this.limit) this.#target = undefined;
    else if (progress && (!this.#target || isReached(this.#target, progress))) this.#target = targetOf(this.limit, progress);
    return super.play({ stepsPerSecond: this.speed, ...(this.#target && { limit: this.#target }), ...options });
  }

  /** What is seen in a pause is where training stands, not the last frame before it. */
  async pause() {
    await super.pause();
    this.requestFrame();
  }

  // The run.

  /**
   * @param {RemoteRun} _run
   * @param {{ continued: boolean, own: unknown }} details
   */
  runCreated(_run, { continued, own }) {
    if (own) this.beside = /** @type {Beside} */ (own);
    this.#assessor.restart();
    this.#describeData();
    if (!continued) {
      this.#target = undefined;
      this.#clock.restart();
      this.epoch = 0;
      this.#history.clear();
      this.#curves?.draw();
      this.metrics = {};
    }
    this.outcomes = {};
    this.confusions = {};
    this.#numbersAt = 0;
    this.#wordsAt = 0;
    this.#judgedAt = 0;
    this.#loadDigits();
    if (this.neuron && !this.#hasNeuron(this.neuron)) this.neuron = undefined;
    const recognition = this.#recognition;
    if (recognition) recognition.probabilities = undefined;
  }

  async #describeData() {
    const { run } = this;
    this.statistics = undefined;
    if (!run) return;
    try {
      const { mean, std } = await run.call('scaling');
      if (run === this.run) this.statistics = { mean, std };
    } catch (thrown) {
      // A run that another has replaced, or that died and is restored, is described when it is made.
      if (run === this.run && asEngineError(thrown).code !== 'internal') this.showError(thrown);
    }
  }

  /** @param {Limit | null} limit */
  #setLimit(limit) {
    this.limit = limit;
    this.#target = undefined;
    if (this.playing) this.play();
  }

  /** @param {MnistFiles} files */
  #useOwnImages(files) {
    const experiment = this.#document;
    const count = files.labels.length - LABELS_HEADER;
    const { samples = USUAL_SAMPLES, scaling } = experiment.data;
    const data = { id: 'idx', ...files, samples: Math.min(count, samples), scaling };
    this.#edit(withDigits({ ...experiment, data }, {}));
  }

  /** @param {PresetId} id */
  #startFrom(id) {
    this.#setLimit(goals[id]?.limit ?? null);
    // Network, training and scaling are the starting point's; the images stay what they are, own ones too.
    const preset = /** @type {FilledExperiment} */ (presets[id]);
    this.#edit(withDigits(preset, { ...this.#document.data, scaling: preset.data.scaling }));
  }

  /** The digits of the site again, for the network as it is. */
  #leaveOwnImages() {
    const experiment = this.#document;
    const { scaling } = experiment.data;
    this.#edit({ ...experiment, data: /** @type {FilledExperiment['data']} */ ({ ...presets.default.data, scaling }) });
  }

  /** The digits as the page shows them; the run has its own copy. */
  #loadDigits() {
    const files = /** @type {Partial<MnistFiles>} */ (this.#prepared ?? {});
    this.#train = digitsOf(files?.images, files?.labels);
    this.#test = digitsOf(files?.testImages, files?.testLabels);
  }

  /** Before there is a run, the first digits are something to look at. */
  #showArrived() {
    if (this.run || this.#document.data.id !== 'mnist') return;
    this.#train = mnist.digits('train');
    this.#test = mnist.digits('test');
    this.requestUpdate();
  }

  /** Where each layer's numbers stand among the parameters. */
  get #layers() {
    const { network } = this.#document;
    const layers = network.layers.map((layer, index) => (index === network.layers.length - 1 ? { ...layer, units: CLASSES } : layer));
    return parameterLayout(onPictures({ ...this.#document, network: { ...network, layers } }, PIXELS), catalog).layers;
  }

  /** @param {NeuronPlace} place */
  #hasNeuron({ layer, unit }) {
    const { layers } = this.#document.network;
    return layer < layers.length && unit < (layer === layers.length - 1 ? CLASSES : (layers[layer].units ?? 0));
  }

  /** What the classes are called: own names are for own images. */
  get #names() {
    return this.#document.data.id === 'idx' ? this.beside.classNames : nothingBeside.classNames;
  }

  /** @param {readonly string[]} classNames */
  #rename(classNames) {
    this.beside = { ...this.beside, classNames };
    this.#tellBeside();
  }

  /** Own digits that the network learns from. */
  get #ownRows() {
    const { used, digits } = this.beside;
    return used ? digits.length : 0;
  }

  /** Digits that the network learns from, own ones among them. */
  get #trainRows() {
    return Math.min(MOST_SAMPLES, (this.#document.data.samples ?? USUAL_SAMPLES) + this.#ownRows);
  }

  get #stepsPerEpoch() {
    return Math.ceil(this.#trainRows / (this.#document.training.batchSize ?? 1));
  }

  get #recognition() {
    return /** @type {Recognition | null} */ (this.renderRoot.querySelector('mlp-recognition'));
  }

  get frameInterval() {
    return PICTURE_INTERVAL;
  }

  /** @returns {FrameRequest | null} */
  frameRequest() {
    if (!this.progress) return null;
    /** @type {FrameRequest} */
    const request = { parameters: true };
    this.#asked = this.picture;
    if (this.picture) request.predict = this.picture;
    if (this.picture && this.neuron) request.activations = { inputs: this.picture, layers: [this.neuron.layer] };
    return request;
  }

  /** @param {Frame} frame */
  drawFrame(frame) {
    const { progress, parameters, predict, activations } = frame;
    const now = performance.now();
    this.epoch = this.#clock.at(progress, this.#stepsPerEpoch);
    const words = !this.playing || now - this.#wordsAt >= WORDS_INTERVAL;
    const weights = /** @type {WeightsPanel | null} */ (this.renderRoot.querySelector('mlp-weights-panel'));
    if (weights && parameters) {
      weights.show(parameters, words);
      weights.sum = activations?.[0]?.preActivations[this.neuron?.unit ?? 0];
      weights.output = activations?.[0]?.outputs[this.neuron?.unit ?? 0];
    }
    // What was written meanwhile has its own answer.
    if (predict && this.#asked === this.picture) this.#showReading(predict.slice(), progress);
    this.#assess();
    this.#panels.frameDrawn();
    if (words) {
      this.#wordsAt = now;
      this.summary = this.#inWords(progress);
    }
    if (!this.playing || now - this.#numbersAt >= NUMBERS_INTERVAL) {
      this.#numbersAt = now;
      this.requestUpdate();
    }
  }

  /**
   * What the network reads the pad's picture as.
   * @param {Float32Array} probabilities
   * @param {Progress} progress
   */
  #showReading(probabilities, { step }) {
    const recognition = this.#recognition;
    if (recognition) Object.assign(recognition, { probabilities, trained: step > 0 });
  }

  /** Has the worker evaluate the run, beside training, whenever there is something new to be found out. */
  async #assess() {
    const { run, progress } = this;
    const rows = run && progress ? this.#assessor.ask(progress, this.playing, this.#train?.labels.length ?? 0) : null;
    if (!run || !rows) return;
    try {
      const found = await run.assess(rows);
      if (run !== this.run) return;
      this.#assessor.answered(found.progress);
      this.#showAssessment(found);
    } catch (thrown) {
      if (run !== this.run) return;
      this.#assessor.failed();
      // A run that died is restored, and assessed with its next frame.
      if (asEngineError(thrown).code !== 'internal') this.showError(thrown);
      return;
    }
    this.#assess();
  }

  /** @param {Assessment} found */
  #showAssessment({ progress, train, test }) {
    this.metrics = { train, test };
    this.#history.push(this.#clock.placeOf(progress, this.#stepsPerEpoch), this.metrics);
    this.#curves?.draw();
    const now = performance.now();
    // Marks in the gallery and the table of mistakes change at reading speed.
    if (progress.step === 0 || (this.playing && now - this.#judgedAt < WORDS_INTERVAL)) return;
    this.#judgedAt = now;
    this.confusions = { train: train?.confusion, test: test?.confusion };
    this.outcomes = { train, test };
    if (!this.playing) this.summary = this.#inWords(progress);
  }

  /** @param {Progress} progress */
  #inWords({ step }) {
    const t = digitsTranslator(this.language);
    if (step === 0) return t('summary.idle');
    return t('summary.metrics', {
      epoch: formatFixed(this.epoch, 1),
      trainLoss: lossText(this.metrics.train?.loss),
      testAccuracy: accuracyText(this.metrics.test?.accuracy),
    });
  }

  // Life in the page.

  connectedCallback() {
    super.connectedCallback();
    this.#sizeObserver = new ResizeObserver(() => this.#measure());
    this.#sizeObserver.observe(this);
    this.#columns = createColumnLift();
    this.ownerDocument.addEventListener('paste', this.#photo.onPaste);
    this.#unsubscribe = mnist.subscribe(() => this.#showArrived());
    this.#measure();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizeObserver?.disconnect();
    this.#columns?.dispose();
    this.ownerDocument.removeEventListener('paste', this.#photo.onPaste);
    this.#unsubscribe?.();
    this.#curves?.dispose();
    this.#curves = undefined;
  }

  #measure() {
    // In units of the type: larger type has less room.
    const width = this.clientWidth / typeScale(this.ownerDocument);
    if (width > 0) this.layout = width >= WIDE ? 'wide' : width >= MEDIUM ? 'medium' : 'narrow';
  }

  themeChanged() {
    this.#measure();
    const probe = this.renderRoot?.querySelector('#probe');
    if (!(probe instanceof HTMLElement)) return;
    this.colors = readTheme(probe);
    this.#curves?.setTheme(this.colors);
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (!this.colors) this.themeChanged();
    const { language, picture, truth, neuron } = this;
    this.#panels.assign({
      lab: this,
      language,
      theme: this.colors,
      picture,
      truth,
      neuron,
      names: this.#names,
      beside: this.beside,
    });
    const { colors } = this;
    const [loss, accuracy] = this.renderRoot.querySelectorAll('.plot');
    if (!this.#curves && colors && loss instanceof HTMLElement && accuracy instanceof HTMLElement) {
      this.#curves = createCurves({ loss, accuracy }, colors, this.#history);
    }
    this.#alignColumns();
    this.#curves?.setGoal(goalOf(this.#document) ?? {});
  }

  /** Beside a high pad, what stands below the weights moves up to them. */
  #alignColumns() {
    /** @param {Part} part */
    const section = (part) =>
      this.layout === 'wide' ? /** @type {SectionPanel | null} */ (this.renderRoot.querySelector(`mlp-section.${part}`)) : null;
    this.#columns?.follow(section('architecture') ?? undefined, section('optimizer') ?? section('confusion') ?? undefined);
  }

  // What one sees.

  /** @returns {DigitsSight} */
  #sight() {
    const experiment = this.#document;
    return {
      t: translator(this.language),
      words: digitsTranslator(this.language),
      language: this.language,
      experiment,
      catalog,
      trainRows: experiment.data.samples ?? USUAL_SAMPLES,
      locked: (path) => this.isLocked(path),
      edit: (next) => this.#edit(next),
    };
  }

  renderLab() {
    const sight = this.#sight();
    const { t, words } = sight;
    const narrow = this.layout === 'narrow';
    /** @type {Record<Place, () => TemplateResult>} */
    const parts = {
      metrics: () => this.#metrics(t),
      input: () => this.#section('input', words('data.title'), this.#input(sight)),
      architecture: () => this.#section('architecture', t('architecture.title'), this.#architecture(sight), hiddenLayersTool(sight)),
      output: () => this.#section('output', words('recognise.title'), this.#output()),
      loss: () => this.#section('loss', t('loss.title'), this.#loss(sight), this.#keys(t)),
      optimizer: () => this.#section('optimizer', t('optimizer.title'), this.#optimizer(sight), this.#moreButton(t)),
      confusion: () => this.#section('confusion', words('confusion.title'), this.#confusion()),
      files: () => html`<div class="files">${this.#fileMenu.render(t)}</div>`,
      panels: () =>
        html`${this.#panels.render({ label: t('panels.label'), loading: t('state.loading'), titleOf: (title) => words(title) })}`,
    };
    return html`
      <span id="probe" hidden></span>
      <div class="lab digits" data-layout=${this.layout} role="group" aria-label=${words('lab.label')}>
        ${
          narrow
            ? nothing
            : html`<div class="toolbar">
                <div class="transport" role="group" aria-label=${t('transport.label')}>${this.#transport(t)}</div>
                ${this.#fileMenu.render(t)} ${this.#metrics(t)} ${this.#speedControl(t)}
              </div>`
        }
        <div class="notice">${dataNotice(this.#data, sight)}${this.#divergence(t)}</div>
        ${repeat(
          order[this.layout].filter((part) => part === 'metrics' || part === 'files' || part === 'panels' || this.isShown(part)),
          (part) => part,
          (part) => parts[part](),
        )}
        ${narrow ? html`<div class="transport-bar" role="group" aria-label=${t('transport.label')}>${this.#transport(t)}</div>` : nothing}
        <p class="visually-hidden" role="status">${this.summary}</p>
      </div>
    `;
  }

  /**
   * @param {Part} part
   * @param {string} heading
   * @param {TemplateResult} content
   * @param {TemplateResult} [tools] on the title's line
   */
  #section(part, heading, content, tools) {
    return html`
      <mlp-section
        class=${part}
        .heading=${heading}
        ?foldable=${this.layout === 'narrow' && part !== 'output'}
        ?open=${this.unfolded.has(part)}
        @toggle=${(/** @type {CustomEvent<boolean>} */ event) => this.#unfold(part, event.detail)}
      >
        ${tools ? html`<div class="tools" slot="tools">${tools}</div>` : nothing} ${content}
      </mlp-section>
    `;
  }

  /**
   * @param {Part | 'more'} part
   * @param {boolean} open
   */
  #unfold(part, open) {
    const unfolded = new Set(this.unfolded);
    if (open) unfolded.add(part);
    else unfolded.delete(part);
    this.unfolded = unfolded;
  }

  /** @param {Translate} t */
  #transport(t) {
    const idle = !this.run || this.isLocked('transport');
    const diverged = this.progress?.status === 'diverged';
    return html`
      <button type="button" class="button" title=${t('transport.reset.hint')} ?disabled=${idle} @click=${() => this.reset()}>
        ${icon('reset')}${t('transport.reset')}
      </button>
      <button
        type="button"
        class="button primary"
        ?disabled=${idle || diverged}
        @click=${() => (this.playing ? this.pause() : this.play())}
      >
        ${icon(this.playing ? 'pause' : 'play')}${t(this.playing ? 'transport.pause' : 'transport.train')}
      </button>
      <button
        type="button"
        class="button"
        title=${t('transport.step.hint')}
        ?disabled=${idle || diverged || this.playing}
        @click=${() => this.#attempt(() => this.step())}
      >
        ${icon('step')}${t('transport.step')}
      </button>
    `;
  }

  /** @param {() => Promise<unknown>} action */
  async #attempt(action) {
    try {
      await action();
    } catch (thrown) {
      this.showError(thrown);
    }
  }

  /** @param {Translate} t */
  #speedControl(t) {
    return html`
      <mlp-number
        class="speed"
        .language=${this.language}
        .label=${t('transport.speed')}
        .value=${this.speed}
        .minimum=${speeds[0]}
        .maximum=${Infinity}
        .fallback=${USUAL_SPEED}
        .stops=${speeds}
        .format=${(/** @type {number} */ speed) => (Number.isFinite(speed) ? formatCount(speed) : t('transport.speed.full'))}
        .unit=${Number.isFinite(this.speed) ? t('transport.speed.unit') : ''}
        @input=${this.#onSpeed}
      ></mlp-number>
    `;
  }

  /** @param {CustomEvent<number>} event */
  #onSpeed(event) {
    this.speed = event.detail;
    if (this.playing) this.play();
  }

  /** @param {Translate} t */
  #metrics(t) {
    const { train, test } = this.metrics;
    return html`
      <dl class="metrics">
        ${metric(t('transport.epoch'), formatFixed(this.epoch, 1))} ${metric(t('metric.trainLoss'), lossText(train?.loss))}
        ${metric(t('metric.testLoss'), lossText(test?.loss), true)}
        ${metric(t('metric.trainAccuracy'), accuracyText(train?.accuracy), true)}
        ${metric(t('metric.testAccuracy'), accuracyText(test?.accuracy))}
      </dl>
    `;
  }

  /** @param {Translate} t */
  #divergence(t) {
    const { progress } = this;
    if (progress?.status !== 'diverged') return nothing;
    const rate = formatField(rateOf(this.#document));
    return html`<div class="message" role="alert">
      ${icon('warning')}
      <p class="text"><strong>${t('state.diverged.title', { step: progress.step })}</strong> ${divergenceText(t, progress, rate)}</p>
      <div class="actions">
        <button
          type="button"
          class="button primary"
          ?disabled=${this.isLocked('training.optimizer.learningRate')}
          @click=${() => this.#attempt(() => this.#lowerRate())}
        >
          ${t('state.diverged.lower')}
        </button>
        <button type="button" class="button" @click=${() => this.reset()}>${t('state.diverged.reset')}</button>
      </div>
    </div>`;
  }

  /** From the last finite numbers on, with a tenth of the rate. */
  async #lowerRate() {
    await this.recover();
    const experiment = this.#document;
    const rate = Number((rateOf(experiment) / 10).toPrecision(6));
    const optimizer = withParameter(experiment.training.optimizer, 'learningRate', rate);
    await this.#edit(withTraining(experiment, { optimizer }));
    await this.play();
  }

  /** @param {DigitsSight} sight */
  #input(sight) {
    return html`
      <div class="stack">
        ${inputSection({
          ...sight,
          whole: sight.experiment.data.id === 'mnist' ? mnist.missing(mnist.stages.length - 1) : 0,
          most: sight.experiment.data.id === 'mnist' ? mnist.available.train : (this.#train?.labels.length ?? USUAL_SAMPLES),
          statistics: this.statistics,
          own: this.#ownRows,
          startFrom: (id) => this.#startFrom(id),
        })}
        ${this.#ownImages.render({ ...sight, own: sight.experiment.data.id === 'idx', disabled: sight.locked('data'), names: this.beside.classNames, rename: (names) => this.#rename(names), leave: () => this.#leaveOwnImages() })}
        <mlp-digit-gallery
          .train=${this.#train}
          .test=${this.#test}
          .samples=${this.#trainRows}
          .names=${this.#names}
          .outcomes=${this.outcomes}
          .mistakesOf=${this.mistakesOf}
          .pair=${this.pair}
          .shelf=${this.shelf}
          .theme=${this.colors}
          .language=${this.language}
          @choose=${this.#onChoose}
          @inside=${() => this.#panels.show('digit-inside')}
          @shelf=${this.#onShelf}
          @pair=${() => (this.pair = undefined)}
        ></mlp-digit-gallery>
      </div>
    `;
  }

  /**
   * The picture's way through the network is there at once, below everything else: what one looks at stays where it is.
   * @param {CustomEvent<{ picture: Uint8Array, label: number }>} event
   */
  #onChoose({ detail: { picture, label } }) {
    this.layOnPad(picture, label);
    if (this.isShown('digit-inside')) this.#panels.open('digit-inside');
  }

  /** @param {CustomEvent<Shelf>} event */
  #onShelf({ detail }) {
    this.shelf = detail;
    this.pair = undefined;
  }

  /** @param {DigitsSight} sight */
  #architecture(sight) {
    return html`
      ${architectureSection(sight)}
      <mlp-weights-panel
        .layers=${this.#layers}
        .neuron=${this.neuron}
        .names=${this.#names}
        .theme=${this.colors}
        .language=${this.language}
        @select=${this.#onNeuron}
      ></mlp-weights-panel>
    `;
  }

  /** @param {CustomEvent<NeuronPlace | undefined>} event */
  #onNeuron({ detail }) {
    this.chooseNeuron(detail);
  }

  /**
   * Looks at a neuron: its weights and its sum.
   * @param {NeuronPlace | undefined} neuron
   */
  chooseNeuron(neuron) {
    this.neuron = neuron;
    this.requestFrame();
  }

  /**
   * Lays a picture on the pad.
   * @param {Uint8Array} picture
   * @param {number} label
   */
  layOnPad(picture, label) {
    this.#recognition?.show(picture, label);
  }

  /**
   * Makes these the reader's own digits. What was learned stays, and training goes on with them.
   * @param {readonly OwnDigit[]} own
   * @param {boolean} used whether the network learns from them
   */
  setOwnDigits(own, used) {
    return this.#setBeside({ ...this.beside, ...replaced(this.beside, own, used) });
  }

  /**
   * Adds the digits of a contact sheet.
   * @param {File} sheet
   * @returns {Promise<boolean>} whether that is done here
   */
  async #openSheet(sheet) {
    if (!this.isShown('own-digits') || this.isLocked('data')) return false;
    const panel = /** @type {OwnDigitsPanel | undefined} */ (await this.#panels.show('own-digits'));
    await panel?.load([sheet]);
    return true;
  }

  /** Own digits that were removed or gave way to others are there again. */
  bringBackOwnDigits() {
    return this.#setBeside({ ...this.beside, ...broughtBack(this.beside) });
  }

  /** @param {Beside} beside */
  async #setBeside(beside) {
    const before = this.#ownRows;
    this.beside = beside;
    if (this.run && (before > 0 || this.#ownRows > 0)) await this.changeExperiment(this.#document, { keep: true, renew: true });
    else this.#tellBeside();
  }

  /** Whoever keeps what the lab has hears also of what changes no run. */
  #tellBeside() {
    this.dispatchEvent(new CustomEvent('mlp-change', { detail: { experiment: this.experiment }, bubbles: true, composed: true }));
  }

  /**
   * Adds what is on the pad to the reader's own digits.
   * @param {number} label the digit that it is
   */
  addOwnDigit(label) {
    const { picture, beside } = this;
    if (!picture || beside.digits.length >= MOST_OWN) return;
    this.truth = label;
    this.setOwnDigits([...beside.digits, { picture: Uint8Array.from(picture), label }], beside.used);
  }

  /**
   * What the reader says that the picture on the pad is.
   * @param {number | undefined} truth
   */
  setTruth(truth) {
    this.truth = truth;
  }

  /**
   * Opens a panel, fetching its code the first time.
   * @param {string} id
   */
  openPanel(id) {
    return this.#panels.open(id);
  }

  /**
   * What is drawn as pictures, and the curves.
   * @returns {Drawings}
   */
  drawings() {
    const weights = /** @type {WeightsPanel | null} */ (this.renderRoot.querySelector('mlp-weights-panel'))?.picture();
    const inside = /** @type {InsidePanel | undefined} */ (this.#panels.panel('digit-inside'));
    const slopes = inside?.slopesPicture();
    const history = this.#history;
    return {
      pictures: { ...(weights && { weights }), ...(slopes && { slopes }) },
      curves: { places: [...history.places], columns: [0, 1, 2, 3].map((curve) => [...history.column(curve)]) },
    };
  }

  /** The document that the controls show, for the panels. */
  get shown() {
    return this.#document;
  }

  /**
   * Makes the experiment what a panel set it to.
   * @param {FilledExperiment} next
   */
  edit(next) {
    return this.#edit(next);
  }

  /** The digits of the run; before there is one, those that have arrived. @returns {{ train?: Digits, test?: Digits }} */
  get digits() {
    return { ...(this.#train && { train: this.#train }), ...(this.#test && { test: this.#test }) };
  }

  /** Every table of operations, for the panels. */
  get catalog() {
    return catalog;
  }

  #output() {
    return html`
      <mlp-recognition
        .theme=${this.colors}
        .language=${this.language}
        .names=${this.#names}
        .scores=${!this.#givesProbabilities}
        @picture=${this.#onPicture}
      ></mlp-recognition>
      ${this.#photo.render(this.language)} ${this.#panels.isOpen('own-digits') ? this.#teaching() : nothing}
      ${
        this.isShown('digit-inside')
          ? html`<button
              type="button"
              class="button small follow"
              ?disabled=${!this.picture}
              @click=${() => this.#panels.show('digit-inside')}
            >
              ${digitsTranslator(this.language)('recognise.inside')}
            </button>`
          : nothing
      }
    `;
  }

  /** What is on the pad becomes a training digit, as long as the panel of own digits is open. */
  #teaching() {
    const words = digitsTranslator(this.language);
    const idle = !this.picture || this.isLocked('data') || this.beside.digits.length >= MOST_OWN;
    return html`
      <div class="teaching ${this.#names.length > 0 ? 'named' : ''}" role="group" aria-label=${words('teach.label')}>
        <span aria-hidden="true">${words('teach')}</span>
        ${Array.from(
          { length: CLASSES },
          (_, digit) => html`
            <button
              type="button"
              class="button small"
              aria-label=${words('teach.as', { digit: classNameOf(this.#names, digit) })}
              ?disabled=${idle}
              @click=${() => this.addOwnDigit(digit)}
            >
              ${classNameOf(this.#names, digit)}
            </button>
          `,
        )}
      </div>
      <p class="about" role="status">${words('teach.count', { count: this.beside.digits.length })}</p>
    `;
  }

  /** Whether the outputs are probabilities; other losses leave plain scores. */
  get #givesProbabilities() {
    return entryOf(catalog.losses, this.#document.training.loss)?.logits === true;
  }

  /** @param {CustomEvent<{ picture: Uint8Array | null, label: number | undefined }>} event */
  #onPicture({ detail: { picture, label } }) {
    // What the reader said of a drawing holds until there is another one.
    if (label !== undefined || this.#label !== undefined || !picture) this.truth = label;
    this.#label = label;
    this.picture = picture ? Float32Array.from(picture) : undefined;
    this.#quickReading.changed();
    this.requestFrame();
  }

  /** @param {Translate} t */
  #keys(t) {
    return html`<span class="curves"
      ><span class="key train">${t('loss.train')}</span> <span class="key test">${t('loss.test')}</span></span
    >`;
  }

  /** @param {DigitsSight} sight */
  #loss(sight) {
    return html`
      ${goalSection({
        ...sight,
        limit: this.limit,
        target: this.#target,
        progress: this.progress,
        epoch: this.epoch,
        stepsPerEpoch: this.#stepsPerEpoch,
        test: this.metrics.test,
        whole: mnist.missing(mnist.stages.length - 1),
        setLimit: (limit) => this.#setLimit(limit),
        acceptAll: () => this.#data.accept(),
      })}
      ${this.#charts(sight.t)}
    `;
  }

  /** @param {Translate} t */
  #charts(t) {
    const { train, test } = this.metrics;
    const empty = (this.progress?.step ?? 0) === 0;
    const losses = `${t('metric.trainLoss')} ${lossText(train?.loss)}, ${t('metric.testLoss')} ${lossText(test?.loss)}`;
    const accuracies = `${t('metric.trainAccuracy')} ${accuracyText(train?.accuracy)}, ${t('metric.testAccuracy')} ${accuracyText(test?.accuracy)}`;
    return html`
      <div class="chart" ?data-empty=${empty}>
        <div class="plot" id="loss-chart" role="img" aria-label=${t('loss.chart', { metrics: losses })}></div>
        ${empty ? html`<p class="empty">${t('loss.empty')}</p>` : nothing}
      </div>
      <div class="chart-head"><span>${t('accuracy.title')}</span></div>
      <div class="chart" ?data-empty=${empty}>
        <div class="plot" id="accuracy-chart" role="img" aria-label=${t('accuracy.chart', { metrics: accuracies })}></div>
      </div>
    `;
  }

  /** @param {Translate} t */
  #moreButton(t) {
    const open = this.unfolded.has('more');
    return html`
      <button type="button" class="button quiet unfolder" aria-expanded=${open} @click=${() => this.#unfold('more', !open)}>
        ${icon(open ? 'down' : 'more')}${t('optimizer.more')}
      </button>
    `;
  }

  /** @param {DigitsSight} sight */
  #optimizer(sight) {
    return html`
      ${this.layout === 'narrow' ? this.#speedControl(sight.t) : nothing} ${optimizerSection(sight)}
      ${this.unfolded.has('more') ? html`<div class="more">${moreSettings(sight)}</div>` : nothing}
    `;
  }

  #confusion() {
    const { mistakesOf, language } = this;
    return html`<mlp-mistakes
      .split=${mistakesOf}
      .counts=${this.confusions[mistakesOf]}
      .names=${this.#names}
      .language=${language}
      @split=${this.#onMistakesOf}
      @pair=${this.#onPair}
    ></mlp-mistakes>`;
  }

  /** @param {CustomEvent<Split>} event */
  #onMistakesOf({ detail }) {
    this.mistakesOf = detail;
    this.pair = undefined;
    this.requestFrame();
  }

  /** @param {CustomEvent<Pair>} event */
  #onPair({ detail }) {
    this.shelf = 'mistakes';
    this.pair = detail;
    if (this.layout === 'narrow') this.#unfold('input', true);
    this.#bringGalleryIntoSight();
  }

  /** The table of mistakes and the gallery are far apart where there is little room. */
  async #bringGalleryIntoSight() {
    await this.updateComplete;
    const gallery = /** @type {DigitGallery | null} */ (this.renderRoot.querySelector('mlp-digit-gallery'));
    await gallery?.updateComplete;
    gallery?.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {FilledExperiment} experiment */
function rateOf({ training }) {
  const parameters = entryOf(catalog.optimizers, training.optimizer)?.parameters ?? [];
  const rate = parameters.filter(isNumeric).find(({ name }) => name === 'learningRate');
  return rate ? parameterOf(training.optimizer, rate) : 0;
}

/**
 * @param {Uint8Array | undefined} images
 * @param {Uint8Array | undefined} labels
 * @returns {Digits | undefined}
 */
function digitsOf(images, labels) {
  if (!images || !labels) return undefined;
  const pictures = decodeIdx(images, 'images');
  if (pictures.shape[1] !== PICTURE_SIZE || pictures.shape[2] !== PICTURE_SIZE) return undefined;
  return { images: pictures.values, labels: decodeIdx(labels, 'labels').values };
}

/**
 * @param {string} name
 * @param {string} value
 * @param {boolean} [secondary] left out where there is little room
 */
function metric(name, value, secondary = false) {
  return html`<div class=${secondary ? 'secondary' : nothing}>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** @param {number | undefined} loss */
function lossText(loss) {
  return loss === undefined ? '–' : formatNumber(loss, 3);
}

/** @param {number | undefined} accuracy */
function accuracyText(accuracy) {
  return accuracy === undefined ? '–' : formatPercent(accuracy);
}

/**
 * @param {Translate} t
 * @param {Progress} progress
 * @param {string} rate
 */
function divergenceText(t, { cause }, rate) {
  const { layer, quantity } = typeof cause === 'object' ? cause : {};
  return layer !== undefined && (quantity === 'weights' || quantity === 'biases' || quantity === 'outputs')
    ? t('state.diverged.cause', { quantity: t(`quantity.${quantity}`), layer: layer + 1, rate })
    : t('state.diverged.loss', { rate });
}
