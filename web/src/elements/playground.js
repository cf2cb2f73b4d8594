import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { defaultsFor, same } from './document.js';
import { EngineError } from '../engine/errors.js';
import { FileMenu } from './file-menu.js';
import { LabElement, catalog } from './lab-element.js';
import { PanelShelf } from './panel-shelf.js';
import { hiddenLayersTool, layerHeads } from './playground/architecture-section.js';
import { classesOf, columnsOf, domainOf, entryOf, mayNeedAdvice, withParameter, withTraining } from '../state/edits.js';
import { isCut } from '../state/locks.js';
import { parameterLayout } from '../state/parameter-layout.js';
import { createRunHistory } from '../state/run-history.js';
import { createStopWatch, createTimeline } from '../state/timeline.js';
import { lockTools, toggleCut, toggleLock } from './playground/lock-tools.js';
import { inputSection } from './playground/input-section.js';
import { optimizerSection } from './playground/optimizer-section.js';
import { surfaceLegend, surfaceToggles } from './playground/output-section.js';
import { panels } from './playground/panels.js';
import { hasPlace, nameOfNeuron, nameOfParameter, parameterIndex, walk } from './playground/parameters.js';
import { datasetPictures, featureGrids, pointsOf, targetReachOf } from './playground/pictures.js';
import { Pace, finerRequest, networkRequest, surfaceRequest } from './playground/frame-requests.js';
import { createStage, outputScaleOf } from './playground/stage.js';
import { playgroundStyles } from './playground/styles.js';
import { SLOW_MOTION, USUAL_SPEED, divergenceNotice, metrics, speedControl, stepTools, transport } from './playground/toolbar.js';
import { edgeNumbers } from '../view/network-diagram.js';
import { sameArea } from '../view/plane.js';
import { defineControls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { baseStyles, buttonStyles, fieldStyles, plotStyles } from '../ui/styles.js';
import { readTheme, typeScale } from '../ui/theme.js';
import { formatFixed, formatWeight, labelIn, translator } from '../text/text.js';

/**
 * @import { PropertyValues, TemplateResult } from 'lit'
 * @import { Frame, FrameRequest, PlayOptions } from '../engine/commands.js'
 * @import { RemoteRun } from '../engine/client.js'
 * @import { Experiment, FilledExperiment, Progress } from '../engine/types.js'
 * @import { PastRun } from '../state/run-history.js'
 * @import { Moment, StopConditions, StopReason } from '../state/timeline.js'
 * @import { Translate } from '../text/text.js'
 * @import { Theme } from '../view/color.js'
 * @import { EdgeNumbers, NeuronPlace, ParameterGroup, ParameterPlace } from '../view/network-diagram.js'
 * @import { Area } from '../view/plane.js'
 * @import { Overlay, Points } from '../view/surface.js'
 * @import { Picture } from '../view/thumbnail.js'
 * @import { Wanted } from './playground/frame-requests.js'
 * @import { OutputView } from './playground/output-section.js'
 * @import { OwnDataEditor } from './playground/own-data-editor.js'
 * @import { Running } from './playground/panels/panel.js'
 * @import { PhaseStrip, StagedPhase } from './playground/phase-strip.js'
 * @import { PlaneTools } from './playground/plane-tools.js'
 * @import { Sight } from './playground/sight.js'
 * @import { Scene } from './playground/stage.js'
 * @import { Ailment } from '../state/statistics.js'
 * @import { StepUnit } from './playground/toolbar.js'
 * @import { ChosenPoint } from './playground/trace.js'
 */

/** @typedef {'wide' | 'medium' | 'narrow'} Layout */
/** @typedef {'input' | 'architecture' | 'loss' | 'optimizer' | 'more'} Foldable */

/** The widths of the element, in CSS pixels, from which it is laid out in three and in two columns. */
const WIDE = 1080;
const MEDIUM = 680;
/** Milliseconds after the last picture from which the run rests. */
const REST = 200;
/** Milliseconds between two moments that are kept while training runs. */
const RECORD_INTERVAL = 100;
const TABLES = /\.(?:csv|tsv|tab|txt)$/i;
const LARGEST_DRAWN_SEED = 9998;
/** Where the slider of a weight ends, and what may be typed. */
const SLIDER_WEIGHT = 5;
const LARGEST_WEIGHT = 1e6;
/** How much a weight changes with each pixel that its line is dragged. */
const SCRUB_STEP = 0.01;
/** Steps of the arrow keys from the middle of the plane to its edge. */
const CROSS_STEPS = 30;

/** Where a room looks on, and there are two columns: what one sees first. */
const projected = Object.freeze(['toolbar', 'notice', 'architecture', 'output', 'input', 'loss', 'optimizer', 'panels']);

/** The parts of the page in reading order. Where there is little room the surface comes first, and what trains it lies under the thumb. */
const partsIn = Object.freeze(
  /** @type {Record<Layout, readonly string[]>} */ ({
    wide: ['toolbar', 'notice', 'phases', 'input', 'architecture', 'output', 'loss', 'optimizer', 'panels'],
    medium: ['toolbar', 'notice', 'phases', 'output', 'input', 'architecture', 'loss', 'optimizer', 'panels'],
    narrow: ['notice', 'output', 'phases', 'metrics', 'input', 'architecture', 'loss', 'optimizer', 'files', 'panels', 'transport'],
  }),
);

/** What the stage draws on, and the notice, are always there; an author may hide the drawings, never the reason why training stopped. */
const drawn = new Set(['notice', 'architecture', 'output', 'loss']);

/** Toolbar and counters belong to the transport when an author chooses what to show. @type {ReadonlyMap<string, string>} */
const shownWith = new Map([
  ['toolbar', 'transport'],
  ['metrics', 'transport'],
  ['phases', 'transport'],
]);

/**
 * `<mlp-playground>`: data, network, decision surface, curves and optimizer of a small network on a plane, all of it live.
 */
export class PlaygroundElement extends LabElement {
  static properties = {
    layout: { state: true },
    unfolded: { state: true },
    running: { state: true },
    speed: { state: true },
    stepUnit: { state: true },
    phasesOpen: { state: true },
    staged: { state: true },
    inspected: { state: true },
    pointed: { state: true },
    selected: { state: true },
    readout: { state: true },
    point: { state: true },
    cross: { state: true },
    area: { state: true },
    hand: { state: true },
    moreOutput: { state: true },
    planeTools: { state: true },
    planeMarks: { state: true },
    neuron: { state: true },
    lit: { state: true },
    ailments: { state: true },
    outputView: { state: true },
    logarithmic: { state: true },
    edgeNumbers: { state: true },
    hasCurves: { state: true },
    divergence: { state: true },
    stopConditions: { state: true },
    stopReason: { state: true },
    draft: { state: true },
    ownEditor: { state: true },
    advice: { state: true },
  };

  static styles = [LabElement.styles, baseStyles, buttonStyles, fieldStyles, plotStyles, playgroundStyles];

  /** @type {Theme | undefined} */
  #theme;
  /** @type {ReturnType<typeof createStage> | undefined} */
  #stage;
  #panels = new PanelShelf(this, panels);
  #files = new FileMenu(this, { accept: '.json,.csv,.tsv,.txt,application/json,text/csv' });
  /** The settings that unfold, once they were fetched. @type {import('./playground/more-settings.js').moreSettings | undefined} */
  #moreSettings;
  /** One step phase by phase, once that was opened. @type {PhaseStrip | undefined} */
  #phases;
  /** @type {ReadonlyMap<string, Float32Array> | undefined} */
  #featureGrids;
  #pace = new Pace();
  /** Which of the two frames in turn comes next. */
  #turn = 0;
  /** What the frame on its way was asked for. @type {FrameRequest} */
  #asked = {};
  /** Whether the next frame is to be the last picture once more, only finer; whether the one on its way is. */
  #refining = false;
  #finer = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  #targetReach = 1;
  /** @type {ReadonlyMap<string, Picture> | undefined} */
  #datasetPictures;
  #datasetPicturesAsked = false;
  /** @type {ResizeObserver | undefined} */
  #sizeObserver;
  #editing = false;
  /** The step whose numbers were told last. @type {number | undefined} */
  #toldStep;
  /** The runs before this one, and those that the reader keeps. */
  pastRuns = createRunHistory();
  #timeline = createTimeline();
  #stopWatch = createStopWatch();
  /** From `play()` until training has stopped, for whatever reason. */
  #watching = false;
  /** An earlier moment that is shown and that training would go on from. @type {Moment | undefined} */
  #returned;
  /** Ways back that are under way: until the last has arrived, nothing tells where the run is. */
  #returning = 0;
  #recording = false;
  #recordedAt = -Infinity;
  /** Parameters on their way to the run, by index: while some are, the next ones gather. @type {Map<number, number>} */
  #changes = new Map();
  /** @type {Promise<void> | undefined} */
  #changing;
  /** A weight that follows the pointer. @type {{ place: ParameterPlace, from: number, x: number, y: number } | undefined} */
  #scrubbed;
  /** The draft that is on its way. @type {FilledExperiment | undefined} */
  #taken;
  /** Whether what was learned stays where the draft has other data. */
  #keeping = false;
  /** @type {Promise<OwnDataEditor> | undefined} */
  #ownEditorLoading;
  /** @type {Promise<typeof import('./playground/advice.js')> | undefined} */
  #adviceLoading;
  /** @type {Promise<void> | undefined} */
  #planeToolsLoading;

  #actions = Object.freeze({
    reset: () => this.reset(),
    step: (/** @type {MouseEvent} */ event) => this.#onStep(event),
    toggle: () => (this.playing ? this.pause() : this.play()),
    lower: (/** @type {number} */ rate) => this.#lowerRate(rate),
    recover: () => this.recover(),
    restart: () => this.#newWeights(),
  });

  constructor() {
    super();
    defineControls();
    /** @type {Layout} */
    this.layout = 'wide';
    /** @type {ReadonlySet<Foldable>} */
    this.unfolded = new Set();
    /** @type {Running | undefined} */
    this.running = undefined;
    this.speed = USUAL_SPEED;
    /** @type {StepUnit} */
    this.stepUnit = 'batch';
    this.phasesOpen = false;
    /** @type {StagedPhase | undefined} the phase of a step that is looked at, and what the drawings show of it */
    this.staged = undefined;
    /** @type {NeuronPlace | undefined} the neuron under the pointer: the surface shows its output */
    this.inspected = undefined;
    /** @type {ParameterPlace | undefined} the weight or bias under the pointer */
    this.pointed = undefined;
    /** @type {ParameterPlace | undefined} the weight or bias being edited */
    this.selected = undefined;
    /** @type {NeuronPlace | undefined} the neuron that was chosen */
    this.neuron = undefined;
    /** @type {ParameterGroup | undefined} the weights and biases that a panel speaks of */
    this.lit = undefined;
    /** @type {readonly (readonly (Ailment | undefined)[])[] | undefined} what keeps neurons from learning, as long as a panel says so */
    this.ailments = undefined;
    /** @type {ChosenPoint | undefined} the point whose way through the network is looked at */
    this.point = undefined;
    /** @type {[number, number] | undefined} where the keyboard points on the plane */
    this.cross = undefined;
    /** @type {Area | undefined} what is seen of the plane, where it is not the whole */
    this.area = undefined;
    /** Whether dragging moves the plane. */
    this.hand = false;
    /** Whether what the plane shows on demand is unfolded. */
    this.moreOutput = false;
    /** What a panel draws over the points. @type {readonly Overlay[]} */
    this.planeMarks = [];
    /** @type {PlaneTools | undefined} fetched when somebody comes near the plane */
    this.planeTools = undefined;
    /** What the surface says under the pointer. */
    this.readout = '';
    /** @type {OutputView} */
    this.outputView = { showTrain: true, showTest: true, discrete: false };
    this.logarithmic = false;
    /** @type {EdgeNumbers} */
    this.edgeNumbers = 'focus';
    this.hasCurves = false;
    /** @type {Progress | undefined} */
    this.divergence = undefined;
    /** When training stops by itself. @type {StopConditions} */
    this.stopConditions = {};
    /** Why it stopped by itself the last time. @type {StopReason | undefined} */
    this.stopReason = undefined;
    /** @type {FilledExperiment | undefined} what the reader set and the engine has not answered yet */
    this.draft = undefined;
    /** @type {OwnDataEditor | undefined} fetched when the reader first has points of their own */
    this.ownEditor = undefined;
    /** @type {typeof import('./playground/advice.js').advice | undefined} fetched when settings may not go together */
    this.advice = undefined;
  }

  /** Every table of operations, for the panels. */
  get catalog() {
    return catalog;
  }

  /** The drawings and curves as they are now, of an open panel too; nothing before the first frame. */
  drawings() {
    const drawn = this.#stage?.drawings();
    const panel = /** @type {import('./playground/panels/surface-3d.js').Surface3dPanel | undefined} */ (this.#panels.panel('surface-3d'));
    const picture = panel?.picture();
    return drawn && picture ? { ...drawn, pictures: { ...drawn.pictures, 'surface-3d': picture } } : drawn;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#sizeObserver = new ResizeObserver(() => this.#measure());
    this.#sizeObserver.observe(this);
    this.#measure();
    this.#loadPictures();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizeObserver?.disconnect();
    clearTimeout(this.#rest);
    this.#stage?.dispose();
    this.#stage = undefined;
  }

  #measure() {
    // In units of the type: larger type has less room.
    const width = this.clientWidth / typeScale(this.ownerDocument);
    if (width > 0) this.layout = width >= WIDE ? 'wide' : width >= MEDIUM ? 'medium' : 'narrow';
  }

  async #loadPictures() {
    try {
      const domain = domainOf(this.shown.data, catalog);
      const grids = await featureGrids(catalog, domain);
      if (same(domain, domainOf(this.shown.data, catalog))) this.#featureGrids = grids;
      this.requestUpdate();
    } catch (thrown) {
      this.showError(thrown);
    }
  }

  /** The data sets' small pictures: the worker makes them when the first large one is there. */
  async #loadDatasetPictures() {
    this.#datasetPicturesAsked = true;
    try {
      this.#datasetPictures = await datasetPictures(catalog);
      this.requestUpdate();
    } catch (thrown) {
      // The next run asks again.
      this.showError(thrown);
    }
  }

  #readTheme() {
    const probe = this.renderRoot.querySelector('#probe');
    if (!(probe instanceof HTMLElement)) return;
    this.#theme = readTheme(probe);
    this.#stage?.setTheme(this.#theme);
    this.requestUpdate();
  }

  themeChanged() {
    this.#measure();
    this.#readTheme();
  }

  /** What is drawn on, once it is there. */
  get stage() {
    return this.#stage;
  }

  /** @param {PlayOptions} [options] */
  async play(options = {}) {
    if (this.ownEditor?.own.empty) return;
    this.stopReason = undefined;
    this.#watching = true;
    this.#stopWatch.start(this.stopConditions, this.#standing());
    const { epochs } = this.stopConditions;
    const limit = epochs !== undefined && epochs > (this.progress?.epoch ?? 0) ? { limit: { epochs } } : {};
    if (this.#inSlowMotion && options.stepsPerSecond === undefined) {
      const paused = super.pause();
      this.playing = true;
      await Promise.all([paused, this.togglePhases(true)]);
    } else await super.play({ stepsPerSecond: this.speed, ...limit, ...options });
  }

  /** Training goes phase by phase. */
  get #inSlowMotion() {
    return this.speed === SLOW_MOTION;
  }

  /** Pictures follow one another while training runs; in slow motion each stands for itself. */
  get #inFlow() {
    return this.playing && !this.#inSlowMotion;
  }

  /**
   * Opens one step phase by phase, fetching its code the first time, or closes it.
   * @param {boolean} open
   */
  async togglePhases(open) {
    this.phasesOpen = open;
    if (!open) {
      if (this.#inSlowMotion && this.playing) await this.pause();
      return;
    }
    // Where the network is folded away there would be little to see.
    this.#unfold('architecture', true);
    if (this.#phases) return;
    try {
      const { PhaseStrip, phaseStyles } = await import('./playground/phase-strip.js');
      if (!customElements.get('mlp-phases')) customElements.define('mlp-phases', PhaseStrip);
      if (this.#phases) return;
      this.#phases = new PhaseStrip();
      const root = /** @type {ShadowRoot} */ (this.renderRoot);
      if (phaseStyles.styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, phaseStyles.styleSheet];
      this.requestUpdate();
    } catch (thrown) {
      this.phasesOpen = false;
      this.playing = false;
      this.showError(thrown);
    }
  }

  /** @param {StagedPhase | undefined} staged */
  showPhase(staged) {
    this.staged = staged;
  }

  /** One step as large as was chosen, with Shift to the end of the epoch; where phases are shown, all that are left. @param {MouseEvent} event */
  async #onStep({ shiftKey }) {
    try {
      if (shiftKey || this.stepUnit === 'epoch') {
        await this.pause();
        await this.advance({ epochs: 1 });
      } else await (this.phasesOpen && this.#phases ? this.#phases.finish() : this.step());
    } catch (thrown) {
      this.showError(thrown);
    }
  }

  pause() {
    this.#watching = false;
    return super.pause();
  }

  /** What stop conditions are held against. */
  #standing() {
    const { train, test } = this.#stage?.evaluations ?? {};
    return { epoch: this.progress?.epoch ?? 0, loss: train?.loss, accuracy: (test ?? train)?.accuracy };
  }

  /**
   * The document that the controls show: what was set last, else what runs, else, until the engine has answered, what was asked for.
   * @returns {FilledExperiment}
   */
  get shown() {
    return this.draft ?? overDefaults(this.experiment);
  }

  /**
   * Makes the experiment what the reader set it to. While one change is on its way the next ones gather, so that dragging a slider
   * never builds a queue. Training goes on, from the new start where there has to be one.
   * @param {FilledExperiment} next
   * @param {{ keep?: boolean }} [options] `keep`: other data are no reason to forget what was learned
   */
  async edit(next, { keep = false } = {}) {
    // Several changes gathered in one draft: one that starts anew counts for all.
    this.#keeping = keep && (this.#keeping || this.draft === undefined || this.draft === this.#taken);
    this.draft = next;
    if (this.#editing) return;
    this.#editing = true;
    const training = this.playing;
    try {
      while (this.draft && this.draft !== this.#taken) {
        this.#taken = this.draft;
        await this.changeExperiment(this.draft, { keep: this.#keeping });
      }
      if (training && !this.playing) await this.play();
    } finally {
      this.draft = undefined;
      this.#taken = undefined;
      this.#editing = false;
    }
  }

  /**
   * The plane shows data with two inputs.
   * @param {FilledExperiment} experiment
   */
  prepareExperiment(experiment) {
    const columns = columnsOf(experiment.data, catalog);
    if (columns === 2) return experiment;
    const found = columns === undefined ? 'images' : columns;
    throw new EngineError('invalid-document', `"${experiment.data.id}" does not fit the plane: expected data with 2 inputs, got ${found}`, {
      path: 'data.id',
    });
  }

  /**
   * A run for the experiment is there: the points of its splits are fetched once, its frames follow.
   * @param {RemoteRun} run
   * @param {{ continued: boolean }} details
   */
  async runCreated(run, { continued }) {
    if (run.experiment.data.id === 'table') await this.ownData();
    const [train, test] = await Promise.all([
      run.call('data', 'train'),
      (run.experiment.data.testFraction ?? 0) > 0 ? run.call('data', 'test') : undefined,
    ]);
    if (this.run !== run) return;
    // Curves go on over other own points; those of another data set are another story.
    const sameSet = this.running?.experiment.data.id === run.experiment.data.id;
    if (!continued) this.keepRun({ pinned: false });
    this.running = { experiment: run.experiment, source: this.shown, train: pointsOf(train), test: test && pointsOf(test) };
    this.#targetReach = targetReachOf(train.targets ?? []);
    this.#loadPictures();
    this.#datasetPicturesAsked = this.#datasetPictures !== undefined;
    // Earlier moments are of the data that were there.
    this.#timeline.clear();
    this.#returned = undefined;
    this.stopReason = undefined;
    this.#phases?.clear();
    if (continued && sameSet) this.#stage?.relay();
    else {
      this.#stage?.restart();
      this.hasCurves = false;
    }
    this.ownEditor?.own.runCreated(this.experiment);
    this.divergence = undefined;
    this.pointed = undefined;
    this.inspected = undefined;
    this.lit = undefined;
    this.ailments = undefined;
    if (!sameSet) this.area = undefined;
    this.#forgetGone(run.experiment);
    this.point = this.#pointKept();
    this.requestUpdate();
  }

  /**
   * The editor of own points, fetched the first time.
   * @returns {Promise<OwnDataEditor>}
   */
  async ownData() {
    this.#ownEditorLoading ??= import('./playground/own-data-editor.js').then(({ OwnDataEditor }) => {
      if (!customElements.get('mlp-own-data')) customElements.define('mlp-own-data', OwnDataEditor);
      return new OwnDataEditor(this);
    });
    try {
      this.ownEditor = await this.#ownEditorLoading;
    } catch (thrown) {
      // What could not be fetched may be asked for again.
      this.#ownEditorLoading = undefined;
      throw thrown;
    }
    return this.ownEditor;
  }

  /** Own points instead of the data set: those of before, else a copy of what is seen. */
  async startOwnData() {
    try {
      const editor = await this.ownData();
      editor.own.see();
      await editor.start();
    } catch (thrown) {
      this.showError(thrown);
    }
  }

  /** @param {FilledExperiment} experiment */
  experimentChanged(experiment) {
    if (!this.running) return;
    // States of another shape fit this network no more.
    if (!sameShape(this.running.experiment, experiment)) this.#timeline.clear();
    this.running = { ...this.running, experiment };
    this.#forgetGone(experiment);
  }

  /** What can be locked: the chosen weight, bias or neuron. */
  get #chosen() {
    return this.selected ?? (this.neuron && this.neuron.layer >= 0 ? this.neuron : undefined);
  }

  /**
   * What was chosen and is no more.
   * @param {FilledExperiment} experiment
   */
  #forgetGone(experiment) {
    if (this.selected && !hasPlace(experiment, this.selected)) this.selected = undefined;
    if (this.pointed && !hasPlace(experiment, this.pointed)) this.pointed = undefined;
    if (this.neuron && !hasPlace(experiment, this.neuron)) this.neuron = undefined;
  }

  /**
   * Adds the present run, as it was drawn last, to the past ones.
   * @param {{ pinned?: boolean }} [how]
   * @returns {PastRun | undefined} undefined for a run that was never trained, or is among them
   */
  keepRun({ pinned = true } = {}) {
    const { running } = this;
    const stage = this.#stage;
    if (!running || !stage || stage.curvePoints < 2) return undefined;
    const { train, test } = stage.evaluations;
    // A run that the reader keeps already need not gather once more when it is left.
    const kept = this.pastRuns.runs.some(({ step, trainLoss }) => step === stage.step && trainLoss === train?.loss);
    if (kept && !pinned) return undefined;
    const moment = this.#timeline.moments[this.#timeline.moments.length - 1];
    return this.pastRuns.add({
      // With the arrays of own data, which a document that the engine filled only describes.
      experiment: { ...running.experiment, data: running.source.data },
      step: stage.step,
      epoch: stage.epoch,
      trainLoss: train?.loss,
      testLoss: test?.loss,
      score: (test ?? train)?.accuracy ?? (test ?? train)?.r2,
      curves: stage.curves,
      snapshot: moment?.snapshot,
      pinned,
    });
  }

  /** The curves of the present run, where there are any. */
  presentCurves() {
    const stage = this.#stage;
    return stage && stage.curvePoints > 1 ? { curves: stage.curves, step: stage.step } : undefined;
  }

  /**
   * A past run as it stood, settings and numbers.
   * @param {PastRun} past
   */
  async restoreRun(past) {
    await this.pause();
    await this.changeExperiment(past.experiment);
    const { run } = this;
    try {
      if (run && past.snapshot) await run.call('restore', past.snapshot);
      this.requestFrame();
    } catch (thrown) {
      this.showError(thrown);
    }
  }

  /** The moments of this run that one can go back to. */
  get moments() {
    return this.#timeline.moments;
  }

  /** The earlier moment that is shown, if one is. */
  get returned() {
    return this.#returned;
  }

  /** Keeps the state for the timeline, when one is due. */
  async #record() {
    const run = this.run;
    const now = performance.now();
    if (!run || this.#recording || this.#returned || !this.running) return;
    if (!this.#timeline.wants(run.progress.step) || (this.playing && now - this.#recordedAt < RECORD_INTERVAL)) return;
    this.#recording = true;
    this.#recordedAt = now;
    const { experiment } = this.running;
    try {
      const { progress, snapshot } = await run.call('moment');
      if (run !== this.run || this.#returned || progress.status === 'diverged' || this.running?.experiment !== experiment) return;
      const place = this.#stage?.placeOf(progress.step) ?? 0;
      this.#timeline.add({ step: progress.step, epoch: progress.epoch, place, experiment, snapshot });
    } catch (thrown) {
      if (run === this.run && !(thrown instanceof EngineError && thrown.code === 'internal')) this.showError(thrown);
    } finally {
      this.#recording = false;
    }
  }

  /**
   * Shows an earlier moment of this run, with its settings. What came after it stays until training goes on from there.
   * @param {Moment} moment
   */
  async goTo(moment) {
    await this.pause();
    const run = this.run;
    if (!run || !this.running) return;
    this.#returned = moment;
    this.#returning += 1;
    try {
      if (this.running.experiment !== moment.experiment) await this.changeExperiment(moment.experiment);
      await run.call('restore', moment.snapshot);
      if (run !== this.run) return;
      this.#stage?.showMoment(moment);
      this.divergence = undefined;
      this.requestFrame();
    } catch (thrown) {
      this.showError(thrown);
    } finally {
      this.#returning -= 1;
    }
  }

  /** Another start of the same experiment: a new seed for the weights. */
  #newWeights() {
    const experiment = this.shown;
    const seed = 1 + Math.floor(Math.random() * LARGEST_DRAWN_SEED);
    this.edit({ ...experiment, network: { ...experiment.network, seed } });
  }

  /**
   * When training shall stop by itself.
   * @param {StopConditions} conditions
   */
  setStopConditions(conditions) {
    this.stopConditions = conditions;
    if (this.playing) this.play();
  }

  /** While training runs, network and surface are drawn in turn; a first and a last frame are whole. @returns {FrameRequest} */
  frameRequest() {
    const wanted = this.#wanted();
    const finer = this.#refining ? this.#pace.restSide(this.#stage?.surface.pixels ?? 0) : undefined;
    this.#refining = false;
    this.#finer = finer !== undefined;
    this.#asked = finer === undefined ? this.#usualRequest(wanted) : finerRequest(wanted, finer);
    return this.#asked;
  }

  /** @param {Wanted} wanted */
  #usualRequest(wanted) {
    const surface = surfaceRequest(wanted, this.#pace.sideOn(this.#stage?.surface.pixels ?? 0, this.#inFlow));
    if (!this.#inFlow || this.#stage?.waiting !== false) return { ...networkRequest(wanted), ...surface };
    this.#turn = 1 - this.#turn;
    return this.#turn === 0 ? surface : networkRequest(wanted);
  }

  /** What the pictures are to show. @returns {Wanted} */
  #wanted() {
    const domain = domainOf((this.running?.experiment ?? this.shown).data, catalog);
    const neuron = this.inspected && this.inspected.layer >= 0 ? this.inspected : undefined;
    return { domain, area: this.#seenArea, neuron, ...this.planeTools?.wants };
  }

  /** The whole plane of the data. @returns {Area} */
  get wholeArea() {
    const domain = domainOf((this.running?.experiment ?? this.shown).data, catalog);
    return { x: domain, y: domain };
  }

  /** What is seen of it. */
  get #seenArea() {
    return this.area ?? this.wholeArea;
  }

  /** @param {Area} area to be seen from now on */
  look(area) {
    this.area = sameArea(area, this.wholeArea) ? undefined : area;
  }

  /** Zooming, and what the plane shows on demand, are fetched when somebody comes near the plane. */
  #approach = () => {
    this.#planeToolsLoading ??= this.#loadPlaneTools();
    return this.#planeToolsLoading;
  };

  async #loadPlaneTools() {
    try {
      const { PlaneTools } = await import('./playground/plane-tools.js');
      if (!customElements.get('mlp-plane-tools')) customElements.define('mlp-plane-tools', PlaneTools);
      this.planeTools = new PlaneTools(this);
    } catch (thrown) {
      // What could not be fetched may be asked for again.
      this.#planeToolsLoading = undefined;
      this.showError(thrown);
    }
  }

  /** @param {Frame} frame */
  drawFrame(frame) {
    if (!this.#stage) return;
    const request = this.#asked;
    if (this.#finer) {
      this.#stage.refine(frame, request);
      return;
    }
    const started = performance.now();
    this.#stage.drawFrame(frame, request, { last: !this.#inFlow });
    const cost = Math.max(frame.cost ?? 0, performance.now() - started);
    if (request.surface) this.#pace.observe(cost, this.#inFlow);
    this.#refineLater();
    if (!this.#datasetPicturesAsked) this.#loadDatasetPictures();
    // A frame may still be of the moment before: it is the worker's last answer that tells whether training went on.
    if (this.#returned && this.#returning === 0 && this.run?.progress.step !== this.#returned.step) {
      this.#timeline.branch(this.#returned.step);
      this.#returned = undefined;
    }
    this.#record();
    // The last frame comes when the worker has stopped already at the number of epochs.
    const reason = this.#watching ? this.#stopWatch.check(this.stopConditions, this.#standing()) : undefined;
    if (!this.playing) this.#watching = false;
    if (reason) this.#stopFor(reason);
    this.divergence = frame.progress.status === 'diverged' ? frame.progress : undefined;
    this.#showParameters();
    // The last picture of a training has come: now its numbers can be told.
    if (!this.#inFlow && this.#stage.step !== this.#toldStep) this.requestUpdate();
    this.#panels.frameDrawn();
    if (this.moreOutput) this.planeTools?.frameDrawn();
    this.#phases?.frameDrawn();
  }

  /** Once the run has rested for a moment, the surface is drawn as fine as the screen. */
  #refineLater() {
    if (this.#rest !== undefined) clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#refining = false;
    if (this.#inFlow) return;
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.#inFlow || !this.visible || !this.run) return;
      this.#refining = true;
      this.requestFrame();
    }, REST);
  }

  /** What shows single numbers besides the drawings: the editor of the chosen weight, the line being pointed at. */
  #showParameters() {
    const stage = this.#stage;
    if (!stage) return;
    const place = this.selected ?? this.pointed;
    if (place) {
      const value = stage.valueOf(place);
      const shown = this.renderRoot.querySelector('[data-number="pointed"]');
      if (shown) shown.textContent = formatWeight(value);
      const editor = this.renderRoot.querySelector('#parameter');
      if (editor && !editor.matches(':focus-within')) Object.assign(editor, { value });
    }
  }

  /** @param {StopReason} reason */
  async #stopFor(reason) {
    await this.pause();
    this.stopReason = reason;
  }

  /** @returns {Scene | undefined} */
  #scene() {
    if (!this.running) return undefined;
    const { experiment, train, test } = this.running;
    const t = translator(this.language);
    const naming = { t, language: this.language, experiment, catalog };
    return {
      ...this.outputView,
      t,
      language: this.language,
      experiment,
      catalog,
      train,
      test,
      classes: classesOf(experiment, catalog),
      targetReach: this.#targetReach,
      inputs: (experiment.data.features ?? []).map((_, unit) => nameOfNeuron(naming, { layer: -1, unit })),
      featureGrids: this.#featureGrids,
      logarithmic: this.logarithmic,
      edgeNumbers: this.edgeNumbers,
      inspected: this.inspected,
      selected: this.selected,
      lit: this.lit,
      neuron: this.neuron,
      ailments: this.ailments,
      batch: this.staged?.batch,
      flow: this.staged?.flow,
      chosen: onPlane(this.point?.inputs),
      cross: this.cross,
      area: this.#seenArea,
      extras: this.planeTools?.extras,
      marks: this.planeMarks,
    };
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (this.planeTools) {
      const { running, language, point, area } = this;
      Object.assign(this.planeTools, {
        lab: this,
        running,
        language,
        theme: this.#theme,
        point,
        area,
        neuron: this.inspected ?? this.neuron,
      });
    }
    const scene = this.#scene();
    const surface = this.renderRoot.querySelector('#surface');
    if (!this.#theme) this.#readTheme();
    if (this.ownEditor) Object.assign(this.ownEditor, { language: this.language, theme: this.#theme });
    this.#panels.assign({
      lab: this,
      running: this.running,
      language: this.language,
      theme: this.#theme,
      point: this.point,
      neuron: this.neuron ?? this.selected,
      pointed: this.pointed ?? this.selected,
    });
    if (this.#phases) {
      Object.assign(this.#phases, {
        lab: this,
        running: this.running,
        language: this.language,
        point: this.point,
        selected: this.selected,
        slow: this.playing && this.#inSlowMotion && this.phasesOpen,
      });
    }
    if (!scene || !surface || !this.#theme) return;
    if (this.#stage) {
      this.#stage.setScene(scene);
      // What the surface shows is asked for anew.
      if (changed.has('area') || changed.has('inspected')) this.requestFrame();
    } else {
      this.#stage = createStage(/** @type {ShadowRoot} */ (this.renderRoot), this.#theme, scene, {
        onCurves: () => {
          this.hasCurves = (this.#stage?.curvePoints ?? 0) > 1;
        },
      });
      this.requestFrame();
    }
    this.#showParameters();
  }

  /** @returns {TemplateResult} */
  renderLab() {
    const t = translator(this.language);
    const experiment = this.shown;
    /** @type {Sight} */
    const sight = {
      t,
      language: this.language,
      experiment,
      catalog,
      theme: this.#theme,
      datasetPictures: this.#datasetPictures,
      featureGrids: this.#featureGrids,
      trainRows: this.running?.train.rows ?? 1,
      locked: (path) => this.isLocked(path),
      edit: (next) => this.edit(next),
      startOwnData: () => this.startOwnData(),
    };
    const classes = classesOf(experiment, catalog);
    /** @type {Record<string, () => TemplateResult>} */
    const parts = {
      toolbar: () => html`
        <div class="toolbar">
          <div class="transport" role="group" aria-label=${t('transport.label')}>${this.#transport(t)}</div>
          ${this.#stepTools(t)} ${this.#files.render(t)} ${metrics(t, classes)} ${this.#speed(t)}
        </div>
      `,
      files: () => html`<div class="files">${this.#files.render(t)}</div>`,
      notice: () => html`<div class="notice" role="alert">${this.#notice(t)}</div>`,
      phases: () => html`
        <div class="phases" id="phases">
          ${this.layout === 'narrow' ? this.#stepTools(t) : nothing}
          ${this.phasesOpen ? (this.#phases ?? html`<p class="hint">${t('state.loading')}</p>`) : nothing}
        </div>
      `,
      metrics: () => metrics(t, classes),
      input: () => this.#section('input', t('input.title'), inputSection(sight)),
      architecture: () => this.#section('architecture', t('architecture.title'), this.#architecture(sight), hiddenLayersTool(sight)),
      output: () => this.#output(sight, classes),
      loss: () => this.#section('loss', t('loss.title'), this.#curves(t, classes), this.#lossTools(t)),
      optimizer: () => this.#section('optimizer', t('optimizer.title'), this.#optimizer(sight), this.#moreButton(t)),
      panels: () => html`${this.#panels.render({ label: t('panels.label'), loading: t('state.loading'), titleOf: (title) => t(title) })}`,
      transport: () => html` <div class="transport-bar" role="group" aria-label=${t('transport.label')}>${this.#transport(t)}</div> `,
    };
    const parted = this.projector && this.layout === 'medium' ? projected : partsIn[this.layout];
    const order = parted.filter((name) => drawn.has(name) || name === 'panels' || this.isShown(shownWith.get(name) ?? name));
    const columns = ['input', 'architecture', 'output', 'loss'].every((name) => this.isShown(name));
    const layout = columns || this.layout === 'narrow' ? this.layout : 'loose';
    return html`
      <span id="probe" hidden></span>
      <p class="visually-hidden" role="status">${this.#status(t)}</p>
      <div class="lab" data-layout=${layout} data-phase=${this.staged?.phase ?? nothing}>
        ${repeat(
          order,
          (name) => name,
          (name) => parts[name](),
        )}
      </div>
    `;
  }

  /**
   * What state the run is in, in a sentence for those who listen; with its numbers whenever it stands still.
   * @param {Translate} t
   */
  #status(t) {
    if (this.labState !== 'ready') return t('state.loading');
    const drawn = this.#stage?.step;
    // Until the last picture is there, what is known is of a moment before.
    if (this.playing || (drawn !== undefined && drawn !== this.progress?.step)) return t('state.training');
    this.#toldStep = drawn;
    const reason = this.stopReason ? `${t(`stop.because.${this.stopReason}`)} ` : '';
    return `${reason}${t((this.progress?.step ?? 0) > 0 ? 'state.paused' : 'state.ready')} ${this.#stage?.summary() ?? ''}`;
  }

  /**
   * @param {Foldable} name
   * @param {string} heading
   * @param {unknown} content
   * @param {unknown} [tools]
   */
  #section(name, heading, content, tools) {
    return html`
      <mlp-section
        class=${name}
        ?hidden=${!this.isShown(name)}
        .heading=${heading}
        ?foldable=${this.layout === 'narrow'}
        ?open=${this.unfolded.has(name)}
        @toggle=${(/** @type {CustomEvent<boolean>} */ event) => this.#unfold(name, event.detail)}
      >
        ${tools ? html`<div class="tools" slot="tools">${tools}</div>` : nothing} ${content}
      </mlp-section>
    `;
  }

  /**
   * @param {Foldable} name
   * @param {boolean} open
   */
  #unfold(name, open) {
    const unfolded = new Set(this.unfolded);
    if (open) unfolded.add(name);
    else unfolded.delete(name);
    this.unfolded = unfolded;
    if (name === 'more' && open) this.#fetchMoreSettings();
  }

  async #fetchMoreSettings() {
    try {
      ({ moreSettings: this.#moreSettings } = await import('./playground/more-settings.js'));
      this.requestUpdate();
    } catch (thrown) {
      this.#unfold('more', false);
      this.showError(thrown);
    }
  }

  /** @param {Translate} t */
  #transport(t) {
    return transport(
      {
        t,
        ready: this.labState === 'ready',
        playing: this.playing,
        blocked: this.divergence !== undefined || this.ownEditor?.own.empty === true,
        seedLocked: this.isLocked('network.seed'),
      },
      this.#actions,
    );
  }

  /** @param {Translate} t */
  #stepTools(t) {
    return stepTools(
      { t, stepUnit: this.stepUnit, single: this.shown.training.batchSize === 1, phasesOpen: this.phasesOpen },
      { unit: (unit) => (this.stepUnit = unit), phases: (open) => this.togglePhases(open) },
    );
  }

  /**
   * Tables as text go to the table of points.
   * @param {File} file
   * @returns {Promise<boolean>} whether it is one
   */
  async takeFile(file) {
    if (!TABLES.test(file.name) && !/^text\/(?!json)/.test(file.type)) return false;
    await this.readTable(file);
    return true;
  }

  /**
   * A table as text: its columns are chosen in the table of points.
   * @param {Blob} file
   */
  async readTable(file) {
    const panel = await this.showPanel('table');
    if (panel && 'readFile' in panel) await /** @type {import('./playground/panels/table.js').TablePanel} */ (panel).readFile(file);
  }

  /** @param {Translate} t */
  #speed(t) {
    return speedControl(t, this.language, this.speed, (speed) => {
      this.speed = speed;
      if (this.playing) this.play();
    });
  }

  /** @param {Translate} t */
  #notice(t) {
    if (!this.divergence) return this.stopReason ? html`<p class="stopped">${t(`stop.because.${this.stopReason}`)}</p>` : nothing;
    const locked = this.isLocked('training.optimizer.learningRate');
    return divergenceNotice({ t, experiment: this.shown, progress: this.divergence, locked }, this.#actions);
  }

  /** Back to the latest moment that is kept: nearer than the last snapshot of the worker. */
  async recover() {
    const { run } = this;
    const { moments } = this.#timeline;
    const moment = moments[moments.length - 1];
    // A moment from before a change of settings may not fit any more.
    if (!run || !moment || moment.experiment !== this.running?.experiment) {
      await super.recover();
      return;
    }
    await run.call('restore', moment.snapshot);
    this.#returned = moment;
    this.#stage?.showMoment(moment);
    this.divergence = undefined;
    this.requestFrame();
  }

  /**
   * From the last finite numbers on, with a smaller rate.
   * @param {number} rate
   */
  async #lowerRate(rate) {
    await this.recover();
    const experiment = this.shown;
    const optimizer = withParameter(experiment.training.optimizer, 'learningRate', rate);
    await this.edit(withTraining(experiment, { optimizer }));
    await this.play();
  }

  /** @param {Sight} sight */
  #architecture(sight) {
    const { t } = sight;
    const chosen = this.#chosen;
    return html`
      <div class="network">
        <div class="network-inner">
          ${layerHeads(sight)}
          <div
            class="drawing"
            tabindex="0"
            role="group"
            aria-label=${t('architecture.drawing')}
            aria-describedby="network-keys"
            ?data-on=${this.pointed !== undefined || this.inspected !== undefined}
            @pointermove=${this.#onNetworkMove}
            @pointerleave=${this.#onNetworkLeave}
            @pointerdown=${this.#onNetworkDown}
            @pointerup=${this.#endScrub}
            @lostpointercapture=${this.#endScrub}
            @keydown=${this.#onNetworkKey}
          >
            <canvas id="network" role="img"></canvas>
          </div>
        </div>
      </div>
      <p class="visually-hidden" id="network-keys">${t('architecture.hint.keyboard')}</p>
      <div class="inspector">
        <div class="subject">${this.#inspector(sight)}</div>
        <mlp-select
          small
          label-hidden
          .label=${t('architecture.numbers')}
          .value=${this.edgeNumbers}
          .choices=${edgeNumbers.map((id) => ({ id, label: t(`architecture.numbers.${id}`) }))}
          @change=${(/** @type {CustomEvent<EdgeNumbers>} */ event) => (this.edgeNumbers = event.detail)}
        ></mlp-select>
        ${
          chosen && hasPlace(sight.experiment, chosen)
            ? lockTools(sight, chosen)
            : html`<div class="scale" aria-hidden="true"><span>−1</span><span class="bar marks"></span><span>1</span></div>`
        }
      </div>
    `;
  }

  /** @param {Sight} sight */
  #inspector(sight) {
    const { t } = sight;
    const place = this.selected ?? this.pointed;
    if (this.selected) {
      const name = nameOfParameter(sight, this.selected);
      const value = this.#stage?.valueOf(this.selected) ?? 0;
      const cut = isCut(sight.experiment.network, this.selected);
      return html`
        <p class="visually-hidden" aria-live="polite">${name}: ${formatWeight(value)}</p>
        <mlp-number
          id="parameter"
          compact
          .language=${this.language}
          .label=${name}
          .value=${value}
          .minimum=${-SLIDER_WEIGHT}
          .maximum=${SLIDER_WEIGHT}
          .lowest=${-LARGEST_WEIGHT}
          .limit=${LARGEST_WEIGHT}
          .format=${formatWeight}
          ?disabled=${cut || this.isLocked('parameters')}
          .reason=${t(cut ? 'parameter.cut.note' : 'state.locked')}
          @input=${this.#onParameter}
          @keydown=${this.#onEditorKey}
        ></mlp-number>
      `;
    }
    if (place) {
      return html`
        <div class="reading"><span>${nameOfParameter(sight, place)}</span><span class="number" data-number="pointed"></span></div>
      `;
    }
    const neuron = this.neuron ?? this.inspected;
    if (neuron && hasPlace(sight.experiment, neuron) && neuron.layer >= 0) {
      const { layers } = sight.experiment.network;
      const activation = entryOf(catalog.activations, layers[neuron.layer].activation);
      return html`
        <div class="reading">
          <span>${capitalized(nameOfNeuron(sight, neuron))}</span>
          <span>${activation ? labelIn(activation.label, this.language) : nothing}</span>
        </div>
      `;
    }
    return html`<p class="hint">${t('architecture.hint')}</p>`;
  }

  /** @param {PointerEvent} event */
  #onNetworkMove(event) {
    if (this.#scrubbed) {
      this.#scrub(this.#scrubbed, event);
      return;
    }
    const found = this.#stage?.diagram.point(event.offsetX, event.offsetY, { touch: event.pointerType === 'touch' });
    this.pointed = found?.parameter;
    this.inspected = found?.neuron;
  }

  #onNetworkLeave() {
    if (this.#scrubbed) return;
    this.#stage?.diagram.leave();
    this.pointed = undefined;
    this.inspected = undefined;
  }

  /** @param {PointerEvent} event */
  #onNetworkDown(event) {
    this.#onNetworkMove(event);
    this.selected = this.pointed;
    this.neuron = this.inspected && this.inspected.layer >= 0 ? this.inspected : undefined;
    const { selected: place } = this;
    // A finger that moves scrolls; mouse and pen change the weight they took hold of.
    if (!place || event.pointerType === 'touch' || event.button !== 0 || this.isLocked('parameters')) return;
    if (isCut(this.shown.network, place)) return;
    this.#scrubbed = { place, from: this.#stage?.valueOf(place) ?? 0, x: event.clientX, y: event.clientY };
    const drawing = event.currentTarget;
    if (drawing instanceof Element) drawing.setPointerCapture(event.pointerId);
  }

  /**
   * To the right and up is more, to the left and down is less; with Shift ten times as fine.
   * @param {{ place: ParameterPlace, from: number, x: number, y: number }} scrubbed
   * @param {PointerEvent} event
   */
  #scrub({ place, from, x, y }, event) {
    const way = event.clientX - x - (event.clientY - y);
    if (!this.running || way === 0) return;
    const value = from + way * SCRUB_STEP * (event.shiftKey ? 0.1 : 1);
    this.setParameter(parameterIndex(this.running.experiment, catalog, place), Number(value.toFixed(3)));
  }

  #endScrub() {
    this.#scrubbed = undefined;
  }

  /**
   * Arrow keys walk over all weights and biases: up and down within a layer, left and right between layers. L locks, X cuts.
   * @param {KeyboardEvent} event
   */
  #onNetworkKey(event) {
    const experiment = this.running?.experiment;
    if (!experiment || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') {
      this.selected = undefined;
      this.neuron = undefined;
      return;
    }
    if (event.key === 'Enter' && this.selected) {
      event.preventDefault();
      this.#focusEditor();
      return;
    }
    const chosen = this.#chosen;
    const toggle = { l: toggleLock, x: toggleCut }[event.key.toLowerCase()];
    if (chosen && toggle) {
      const editing = { experiment: this.shown, locked: (/** @type {string} */ path) => this.isLocked(path), edit: this.edit.bind(this) };
      if (toggle(editing, chosen)) event.preventDefault();
      return;
    }
    const next = walk(experiment, this.selected, event.key);
    if (!next) return;
    event.preventDefault();
    this.selected = next;
  }

  #focusEditor() {
    const editor = this.renderRoot.querySelector('#parameter');
    const field = editor?.shadowRoot?.querySelector('input[type="text"]');
    if (field instanceof HTMLInputElement) field.focus();
  }

  /** @param {KeyboardEvent} event */
  #onEditorKey(event) {
    if (event.key !== 'Escape') return;
    this.selected = undefined;
    const drawing = this.renderRoot.querySelector('.drawing');
    if (drawing instanceof HTMLElement) drawing.focus();
  }

  /** @param {CustomEvent<number>} event */
  #onParameter(event) {
    if (this.selected && this.running) this.setParameter(parameterIndex(this.running.experiment, catalog, this.selected), event.detail);
  }

  /**
   * @param {number} index
   * @param {number} value
   */
  setParameter(index, value) {
    this.#changes.set(index, value);
    this.#changing ??= this.#sendChanges();
    return this.#changing;
  }

  async #sendChanges() {
    try {
      for (let run = this.run; run && this.#changes.size > 0; run = this.run) {
        const changes = [...this.#changes];
        this.#changes.clear();
        try {
          await run.call('changeParameters', changes);
          this.requestFrame();
        } catch (thrown) {
          // What was meant for a run that another has replaced concerns nobody.
          if (this.run === run) this.showError(thrown);
        }
      }
    } finally {
      this.#changes.clear();
      this.#changing = undefined;
    }
  }

  /** @param {Float32Array} parameters */
  async setParameters(parameters) {
    try {
      await this.run?.call('setParameters', parameters);
      this.requestFrame();
    } catch (thrown) {
      this.showError(thrown);
    }
  }

  /**
   * @param {Sight} sight
   * @param {number} classes
   */
  #output(sight, classes) {
    const { t } = sight;
    const neuron = this.inspected && this.inspected.layer >= 0 ? this.inspected : undefined;
    const editor = this.ownEditor;
    const painting = editor?.painting === true;
    const shown = neuron ? t('output.surface.unit', { neuron: nameOfNeuron(sight, neuron) }) : this.readout;
    return html`
      <mlp-section class="output" ?hidden=${!this.isShown('output')} .heading=${t('output.title')}>
        <div class="tools readout" slot="tools">${shown}</div>
        <div
          class="plane"
          tabindex="0"
          role=${painting ? 'application' : 'group'}
          aria-label=${t('output.plane')}
          aria-describedby=${painting ? 'painting-keys' : 'plane-keys'}
          @keydown=${this.#onPlaneKey}
          @blur=${this.#onPlaneBlur}
          @focus=${this.#approach}
          @pointerenter=${this.#approach}
        >
          <canvas
            id="surface"
            class="surface"
            role="img"
            ?data-painting=${painting}
            ?data-hand=${this.hand}
            @wheel=${this.#onSurfaceWheel}
            @touchstart=${this.#onSurfaceTouch}
            @touchmove=${this.#onSurfaceTouch}
            @touchend=${this.#onSurfaceTouch}
            @touchcancel=${this.#onSurfaceTouch}
            @pointermove=${this.#onSurfaceMove}
            @pointerdown=${this.#onSurfaceMove}
            @pointerup=${this.#onSurfaceEnd}
            @pointercancel=${this.#onSurfaceEnd}
            @pointerleave=${this.#onSurfaceLeave}
            @click=${this.#onSurfaceClick}
          ></canvas>
        </div>
        <p class="visually-hidden" id="plane-keys">${t('output.plane.keyboard')}</p>
        <p class="visually-hidden" aria-live="polite">${this.cross ? this.readout : nothing}</p>
        ${
          editor?.own.active
            ? html`<p class="visually-hidden" id="painting-keys">${editor.t('surface.keys')}</p>
                ${editor}`
            : nothing
        }
        <div class="legend">
          ${surfaceLegend(sight, classes, this.#targetReach, neuron && this.#stage?.reachOf(neuron.layer))}
          ${surfaceToggles(sight, classes, this.outputView, (change) => (this.outputView = { ...this.outputView, ...change }), {
            open: this.moreOutput,
            unfold: (open) => this.#unfoldOutput(open),
          })}
          ${this.moreOutput ? (this.planeTools ?? nothing) : nothing}
          ${
            this.area
              ? html`<button type="button" class="button quiet small" @click=${() => (this.area = undefined)}>${t('output.whole')}</button>`
              : nothing
          }
          ${
            this.point && this.isShown('point')
              ? html`<button type="button" class="button quiet small" @click=${() => this.showPanel('point')}>
                  ${t('output.point.show')}
                </button>`
              : nothing
          }
        </div>
      </mlp-section>
    `;
  }

  /** @param {boolean} open */
  #unfoldOutput(open) {
    this.moreOutput = open;
    this.#approach();
  }

  /** @param {WheelEvent} event */
  #onSurfaceWheel(event) {
    this.planeTools?.navigation.wheel(event);
  }

  /** @param {TouchEvent} event */
  #onSurfaceTouch(event) {
    if (this.planeTools?.navigation.touch(event)) this.ownEditor?.cancelStroke();
  }

  /** @param {PointerEvent} event */
  #onSurfaceEnd(event) {
    if (this.planeTools?.navigation.pointer(event)) return;
    this.ownEditor?.surfaceEvent(event);
  }

  /** @param {PointerEvent} event */
  #onSurfaceLeave(event) {
    this.ownEditor?.surfaceEvent(event);
    this.readout = '';
  }

  /** @param {PointerEvent} event */
  #onSurfaceMove(event) {
    if (this.planeTools?.navigation.pointer(event)) return;
    this.ownEditor?.surfaceEvent(event);
    const surface = this.#stage?.surface;
    const probe = surface?.probe(event.offsetX, event.offsetY);
    const sample = this.planeTools?.losses ? surface?.sampleAt(event.offsetX, event.offsetY) : undefined;
    const said = sample && this.planeTools?.saysOf(this.#stage?.outcomes?.[sample.split], sample.row);
    this.readout = probe ? [this.#readoutOf(probe.x, probe.y), said].filter(Boolean).join(' · ') : '';
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #readoutOf(x, y) {
    const values = [...(this.#stage?.surface.valuesAt(x, y) ?? [])];
    const best = values.indexOf(Math.max(...values));
    const t = translator(this.language);
    const value = values.length > 1 ? `${t('output.class', { class: best })} ${formatFixed(values[best])}` : formatFixed(values[0] ?? 0);
    return t('output.probe', { x1: `x₁ ${formatFixed(x, 1)}`, x2: `x₂ ${formatFixed(y, 1)}`, value });
  }

  /** @param {MouseEvent} event */
  #onSurfaceClick(event) {
    if (this.planeTools?.navigation.clickIsDrag() || this.ownEditor?.painting) return;
    const surface = this.#stage?.surface;
    const probe = surface?.probe(event.offsetX, event.offsetY);
    const sample = surface?.sampleAt(event.offsetX, event.offsetY);
    if (sample) {
      this.chooseSample(sample.split, sample.row);
      this.#openPoint();
    } else if (probe) this.#choosePlace([probe.x, probe.y]);
  }

  /** The computation of the chosen point is there at once, below everything else: what one looks at stays where it is. */
  #openPoint() {
    if (this.isShown('point')) this.#panels.open('point');
  }

  /**
   * Arrow keys move a cross-hair over the plane, Enter chooses the point under it.
   * @param {KeyboardEvent} event
   */
  #onPlaneKey(event) {
    if (this.ownEditor?.surfaceKey(event)) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.planeTools?.navigation.key(event)) {
      event.preventDefault();
      return;
    }
    const { x, y } = this.#seenArea;
    const from = this.cross ?? onPlane(this.point?.inputs) ?? [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
    const step = ((x[1] - x[0]) / (2 * CROSS_STEPS)) * (event.shiftKey ? 5 : 1);
    const moves = new Map([
      ['ArrowLeft', [-step, 0]],
      ['ArrowRight', [step, 0]],
      ['ArrowUp', [0, step]],
      ['ArrowDown', [0, -step]],
    ]);
    const move = moves.get(event.key);
    if (move) {
      /** @param {number} value @param {readonly [number, number]} edges */
      const inside = (value, [low, high]) => Math.min(high, Math.max(low, Number(value.toFixed(6))));
      this.cross = [inside(from[0] + move[0], x), inside(from[1] + move[1], y)];
      this.readout = this.#readoutOf(...this.cross);
    } else if (event.key === 'Enter' && this.cross) {
      this.#choosePlace(this.cross);
      if (this.isShown('point')) this.readout += ` ${translator(this.language)('output.point.opened')}`;
    } else if (event.key === 'Escape' && this.cross) this.#onPlaneBlur();
    else if (event.key === 'Escape') this.choosePoint(undefined);
    else return;
    event.preventDefault();
  }

  #onPlaneBlur() {
    if (!this.cross) return;
    this.cross = undefined;
    this.readout = '';
  }

  /** @param {ChosenPoint | undefined} point */
  choosePoint(point) {
    this.point = point;
  }

  /**
   * A place with no sample: what it should be is the reader's to say. Until then it is the class that the network answers.
   * @param {[number, number]} inputs
   */
  #choosePlace(inputs) {
    const values = [...(this.#stage?.surface.valuesAt(...inputs) ?? [])];
    const classes = classesOf(this.shown, catalog);
    const { center } = outputScaleOf(this.shown, classes, catalog, this.#targetReach);
    const answer = values.length > 1 ? values.indexOf(Math.max(...values)) : Number((values[0] ?? 0) > center);
    this.choosePoint({ inputs, target: classes > 0 ? answer : 0 });
    this.#openPoint();
  }

  /**
   * @param {'train' | 'test'} split
   * @param {number} row
   */
  chooseSample(split, row) {
    const points = this.running?.[split];
    if (!points || row < 0 || row >= points.rows) return;
    const columns = points.inputs.length / points.rows;
    const inputs = Array.from({ length: columns }, (_, column) => points.inputs[row * columns + column]);
    this.choosePoint({ inputs, target: points.values[row], sample: { split, row } });
  }

  /** Other data may have no such sample, no such class, and another plane. */
  #pointKept() {
    const { point, running } = this;
    if (!point || !running) return undefined;
    const { train, experiment } = running;
    if (train.inputs.length !== train.rows * point.inputs.length) return undefined;
    const classes = classesOf(experiment, catalog);
    const there = point.sample && running[point.sample.split];
    const row = (point.sample?.row ?? 0) * point.inputs.length;
    const sample = there && point.inputs.every((value, column) => there.inputs[row + column] === value) ? point.sample : undefined;
    const target = classes > 0 ? Math.min(classes - 1, Math.max(0, Math.round(point.target))) : point.target;
    return { inputs: point.inputs, target, sample };
  }

  /** @param {readonly Overlay[]} marks */
  markPlane(marks) {
    this.planeMarks = marks;
  }

  /** @param {NeuronPlace | undefined} neuron */
  chooseNeuron(neuron) {
    this.neuron = neuron;
    this.selected = undefined;
  }

  /** @param {ParameterPlace} place the weight or bias that is to be edited */
  chooseParameter(place) {
    this.selected = place;
  }

  /** @param {readonly (readonly (Ailment | undefined)[])[] | undefined} ailments */
  showAilments(ailments) {
    this.ailments = ailments;
  }

  /**
   * Marks weights and biases in the drawing.
   * @param {ParameterGroup | undefined} place
   */
  light(place) {
    this.lit = place;
  }

  /** @param {Translate} t */
  #lossTools(t) {
    return html`
      <span class="curves">
        <span class="key train">${t('loss.train')}</span>
        <span class="key test">${t('loss.test')}</span>
      </span>
      <button
        type="button"
        class="button quiet small"
        title=${t('loss.log.hint')}
        aria-pressed=${this.logarithmic}
        @click=${() => (this.logarithmic = !this.logarithmic)}
      >
        ${t('loss.log')}
      </button>
    `;
  }

  /**
   * @param {Translate} t
   * @param {number} classes
   */
  #curves(t, classes) {
    return html`
      <div class="chart" ?data-empty=${!this.hasCurves}>
        <div class="plot" id="loss-chart" role="img"></div>
        <p class="pointed" data-number="pointed-loss"></p>
        ${this.hasCurves ? nothing : html`<p class="empty">${t('loss.empty')}</p>`}
      </div>
      <div class="chart-head">
        <span>${t(classes > 0 ? 'accuracy.title' : 'r2.title')}</span>
        <span class="curves">
          <span class="number" data-number="key-train-score"></span>
          <span class="number" data-number="key-test-score"></span>
        </span>
      </div>
      <div class="chart small" ?data-empty=${!this.hasCurves}><div class="plot" id="score-chart" role="img"></div></div>
    `;
  }

  /** @param {Sight} sight */
  #optimizer(sight) {
    return html`
      ${optimizerSection(sight)} ${this.#advice(sight)} ${this.layout === 'narrow' ? this.#speed(sight.t) : nothing}
      ${this.unfolded.has('more') ? html`<div class="more" id="more">${this.#moreSettings?.(sight) ?? sight.t('state.loading')}</div>` : nothing}
    `;
  }

  /**
   * A sentence where settings do not go together, once its words are here.
   * @param {Sight} sight
   */
  #advice(sight) {
    if (!mayNeedAdvice(sight.experiment)) return nothing;
    if (!this.advice) this.#loadAdvice();
    return this.advice?.(sight, this.running?.train.values ?? []) ?? nothing;
  }

  async #loadAdvice() {
    this.#adviceLoading ??= import('./playground/advice.js');
    try {
      this.advice = (await this.#adviceLoading).advice;
    } catch (thrown) {
      // What could not be fetched may be asked for again.
      this.#adviceLoading = undefined;
      this.showError(thrown);
    }
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

  /**
   * Opens a panel and goes there.
   * @param {string} id
   */
  showPanel(id) {
    return this.#panels.show(id);
  }
}

/**
 * A document as far as it was given, over the defaults: enough to show the controls before the engine has answered.
 * @param {Experiment} experiment
 * @returns {FilledExperiment}
 */
function overDefaults({ data, network, training }) {
  const defaults = defaultsFor(catalog, data?.id);
  // Fields of one kind of data mean nothing to another.
  const known = data?.id === undefined || data.id === defaults.data.id ? defaults.data : { id: data.id };
  return {
    ...defaults,
    data: { ...known, ...data },
    network: { ...defaults.network, ...network, layers: network?.layers ?? defaults.network.layers },
    training: { ...defaults.training, ...training },
  };
}

/**
 * @param {readonly number[] | undefined} inputs
 * @returns {[number, number] | undefined}
 */
function onPlane(inputs) {
  return inputs?.length === 2 ? [inputs[0], inputs[1]] : undefined;
}

/**
 * @param {FilledExperiment} a
 * @param {FilledExperiment} b
 */
function sameShape(a, b) {
  const { total } = parameterLayout(a, catalog);
  return (
    total === parameterLayout(b, catalog).total && a.network.layers.every(({ units }, layer) => units === b.network.layers[layer].units)
  );
}

/** @param {string} text */
function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
