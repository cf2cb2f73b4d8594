import { html, nothing, svg } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LabElement, catalog } from './lab-element.js';
import { hiddenLayersTool, layerHeads } from './playground/architecture-section.js';
import { classesOf, entryOf, parameterOf, withParameter, withTraining } from './playground/edits.js';
import { inputSection } from './playground/input-section.js';
import { moreSettings, optimizerSection } from './playground/optimizer-section.js';
import { datasetPictures, featureGrids, pointsOf } from './playground/pictures.js';
import { createStage, frameRequest, outputScaleOf, parameterLayout } from './playground/stage.js';
import { playgroundStyles } from './playground/styles.js';
import { defineControls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { baseStyles, buttonStyles, fieldStyles } from '../ui/styles.js';
import { readTheme } from '../ui/theme.js';
import { markerOutline } from '../view/marker.js';
import { DRAWN_UNITS } from '../view/network-diagram.js';
import { formatCount, formatField, formatFixed, formatWeight, labelIn, translator } from '../text/text.js';

/**
 * @import { PropertyValues, TemplateResult } from 'lit'
 * @import { Frame, FrameRequest, PlayOptions } from '../engine/commands.js'
 * @import { RemoteRun } from '../engine/client.js'
 * @import { Experiment, FilledExperiment, Progress } from '../engine/types.js'
 * @import { ParameterLayer } from '../ui/parameter-table.js'
 * @import { TextKey, Translate } from '../text/text.js'
 * @import { Theme } from '../view/color.js'
 * @import { NeuronPlace, ParameterPlace } from '../view/network-diagram.js'
 * @import { Points } from '../view/surface.js'
 * @import { Picture } from '../view/thumbnail.js'
 * @import { Sight } from './playground/sight.js'
 * @import { Scene } from './playground/stage.js'
 */

/** @typedef {'wide' | 'medium' | 'narrow'} Layout */
/** @typedef {'input' | 'architecture' | 'loss' | 'optimizer' | 'more' | 'numbers'} Foldable */

const WIDE = 1080;
const MEDIUM = 680;
const SLIDER_WEIGHT = 5;
const LARGEST_WEIGHT = 1e6;
const TABLE_INTERVAL = 250;
const speeds = Object.freeze([1, 2, 5, 10, 30, 100, 300, 1000, 3000, 10_000, Infinity]);
const USUAL_SPEED = 1000;
const LEGEND_MARKER = 4.5;

/** The parts of the page in reading order. Where there is little room the surface comes first, and what trains it lies under the thumb. */
const partsIn = Object.freeze(
  /** @type {Record<Layout, readonly string[]>} */ ({
    wide: ['toolbar', 'notice', 'input', 'architecture', 'output', 'loss', 'optimizer', 'numbers'],
    medium: ['toolbar', 'notice', 'output', 'input', 'architecture', 'loss', 'optimizer', 'numbers'],
    narrow: ['notice', 'output', 'metrics', 'input', 'architecture', 'loss', 'optimizer', 'numbers', 'transport'],
  }),
);

/**
 * `<mlp-playground>`: data, network, decision surface, curves and optimizer of a small network on a plane, all of it live.
 */
export class PlaygroundElement extends LabElement {
  static properties = {
    layout: { state: true },
    unfolded: { state: true },
    speed: { state: true },
    inspected: { state: true },
    pointed: { state: true },
    selected: { state: true },
    readout: { state: true },
    showTrain: { state: true },
    showTest: { state: true },
    discrete: { state: true },
    logarithmic: { state: true },
    hasCurves: { state: true },
    divergence: { state: true },
    draft: { state: true },
  };

  static styles = [LabElement.styles, baseStyles, buttonStyles, fieldStyles, playgroundStyles];

  /** @type {Theme | undefined} */
  #theme;
  /** @type {ReturnType<typeof createStage> | undefined} */
  #stage;
  /** @type {Points | undefined} */
  #train;
  /** @type {Points | undefined} */
  #test;
  /** @type {ReadonlyMap<string, Float32Array> | undefined} */
  #featureGrids;
  /** @type {ReadonlyMap<string, Picture> | undefined} */
  #datasetPictures;
  /** @type {ResizeObserver | undefined} */
  #sizeObserver;
  #editing = false;
  #lastTable = 0;

  constructor() {
    super();
    defineControls();
    /** @type {Layout} */
    this.layout = 'wide';
    /** @type {ReadonlySet<Foldable>} */
    this.unfolded = new Set();
    this.speed = USUAL_SPEED;
    /** @type {NeuronPlace | undefined} the neuron under the pointer: the surface shows its output */
    this.inspected = undefined;
    /** @type {ParameterPlace | undefined} the weight or bias under the pointer */
    this.pointed = undefined;
    /** @type {ParameterPlace | undefined} the weight or bias being edited */
    this.selected = undefined;
    this.readout = '';
    this.showTrain = true;
    this.showTest = true;
    this.discrete = false;
    this.logarithmic = false;
    this.hasCurves = false;
    /** @type {Progress | undefined} */
    this.divergence = undefined;
    /** @type {FilledExperiment | undefined} what the reader set and the engine has not answered yet */
    this.draft = undefined;
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
    this.#stage?.dispose();
    this.#stage = undefined;
  }

  #measure() {
    const width = this.clientWidth;
    if (width > 0) this.layout = width >= WIDE ? 'wide' : width >= MEDIUM ? 'medium' : 'narrow';
  }

  async #loadPictures() {
    try {
      [this.#datasetPictures, this.#featureGrids] = await Promise.all([datasetPictures(catalog), featureGrids(catalog)]);
      this.requestUpdate();
    } catch (thrown) {
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
    this.#readTheme();
  }

  /** @param {PlayOptions} [options] */
  play(options = {}) {
    return super.play({ stepsPerSecond: this.speed, ...options });
  }

  /**
   * The document that the controls show: what was set last, else what runs, else, until the engine has answered, what was asked for.
   * @returns {FilledExperiment}
   */
  get #shown() {
    return this.draft ?? overDefaults(this.experiment);
  }

  /**
   * Makes the experiment what the reader set it to. While one change is on its way the next ones gather, so that dragging a slider
   * never builds a queue. Training goes on, from the new start where there has to be one.
   * @param {FilledExperiment} next
   */
  async #edit(next) {
    this.draft = next;
    if (this.#editing) return;
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

  /**
   * A run for the experiment is there: the points of its splits are fetched once, its frames follow.
   * @param {RemoteRun} run
   */
  async runCreated(run) {
    const [train, test] = await Promise.all([
      run.call('data', 'train'),
      (run.experiment.data.testFraction ?? 0) > 0 ? run.call('data', 'test') : undefined,
    ]);
    if (this.run !== run) return;
    this.#train = pointsOf(train);
    this.#test = test && pointsOf(test);
    this.#stage?.restart();
    this.hasCurves = false;
    this.divergence = undefined;
    this.#dropStalePlaces(run.experiment);
    this.requestUpdate();
  }

  /** @returns {FrameRequest} */
  frameRequest() {
    return frameRequest;
  }

  /** @param {Frame} frame */
  drawFrame(frame) {
    if (!this.#stage) return;
    this.#stage.drawFrame(frame, { last: !this.playing });
    this.divergence = frame.progress.status === 'diverged' ? frame.progress : undefined;
    this.#showParameters();
  }

  /** What shows single numbers besides the drawings: the editor of the chosen weight, the line being pointed at, the table. */
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
    const now = performance.now();
    if (this.unfolded.has('numbers') && now - this.#lastTable >= TABLE_INTERVAL) {
      this.#lastTable = now;
      const table = this.renderRoot.querySelector('mlp-parameter-table');
      if (table && stage.parameters) Object.assign(table, { parameters: stage.parameters });
    }
  }

  /** @param {FilledExperiment} experiment */
  #dropStalePlaces(experiment) {
    const layers = experiment.network.layers;
    /** @param {ParameterPlace | NeuronPlace | undefined} place */
    const stale = (place) => place !== undefined && (place.layer >= layers.length || place.unit >= (layers[place.layer]?.units ?? 1));
    if (stale(this.selected)) this.selected = undefined;
    this.pointed = undefined;
    this.inspected = undefined;
  }

  /** @returns {Scene | undefined} */
  #scene() {
    const experiment = this.run?.experiment;
    if (!experiment) return undefined;
    const names = new Map(catalog.features.map(({ id, label }) => [id, labelIn(label, this.language)]));
    return {
      experiment,
      catalog,
      classes: classesOf(experiment, catalog),
      inputs: (experiment.data.features ?? []).map((id) => names.get(id) ?? id),
      featureGrids: this.#featureGrids,
      train: this.#train,
      test: this.#test,
      showTrain: this.showTrain,
      showTest: this.showTest,
      discrete: this.discrete,
      logarithmic: this.logarithmic,
      inspected: this.inspected,
      selected: this.selected,
      t: translator(this.language),
    };
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const scene = this.#scene();
    const surface = this.renderRoot.querySelector('#surface');
    if (!this.#theme) this.#readTheme();
    if (!scene || !surface || !this.#theme) return;
    if (this.#stage) this.#stage.setScene(scene);
    else {
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
    const experiment = this.#shown;
    /** @type {Sight} */
    const sight = {
      t,
      language: this.language,
      experiment,
      catalog,
      theme: this.#theme,
      datasetPictures: this.#datasetPictures,
      featureGrids: this.#featureGrids,
      trainRows: this.#train?.rows ?? 1,
      locked: (path) => this.isLocked(path),
      edit: (next) => this.#edit(next),
    };
    const classes = classesOf(experiment, catalog);
    /** @type {Record<string, () => TemplateResult>} */
    const parts = {
      toolbar: () => html`
        <div class="toolbar">
          <div class="transport" role="group" aria-label=${t('transport.label')}>${this.#transport(t)}</div>
          ${metrics(t, classes)} ${this.#speedControl(t)}
        </div>
      `,
      notice: () => html`<div class="notice" role="alert">${this.#notice(t)}</div>`,
      metrics: () => metrics(t, classes),
      input: () => this.#section('input', t('input.title'), inputSection(sight)),
      architecture: () => this.#section('architecture', t('architecture.title'), this.#architecture(sight), hiddenLayersTool(sight)),
      output: () => this.#output(sight, classes),
      loss: () => this.#section('loss', t('loss.title'), this.#curves(t, classes), this.#lossTools(t)),
      optimizer: () => this.#section('optimizer', t('optimizer.title'), this.#optimizer(sight), this.#moreButton(t)),
      numbers: () => this.#numbers(sight),
      transport: () => html` <div class="transport-bar" role="group" aria-label=${t('transport.label')}>${this.#transport(t)}</div> `,
    };
    const order = partsIn[this.layout].filter(
      (name) => name === 'notice' || this.isShown(name === 'toolbar' || name === 'metrics' ? 'transport' : name),
    );
    return html`
      <span id="probe" hidden></span>
      <p class="visually-hidden" role="status">${this.#status(t)}</p>
      <div class="lab" data-layout=${this.layout}>
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
    if (this.playing) return t('state.training');
    return `${t((this.progress?.step ?? 0) > 0 ? 'state.paused' : 'state.ready')} ${this.#stage?.summary() ?? ''}`;
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
        .heading=${heading}
        ?foldable=${this.layout === 'narrow' || name === 'numbers'}
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
  }

  /** @param {Translate} t */
  #transport(t) {
    const diverged = this.divergence !== undefined;
    return html`
      <button type="button" class="button" title=${t('transport.reset.hint')} @click=${() => this.reset()}>
        ${icon('reset')}${t('transport.reset')}
      </button>
      <button type="button" class="button primary" ?disabled=${diverged} @click=${this.#onTrain}>
        ${icon(this.playing ? 'pause' : 'play')}${t(this.playing ? 'transport.pause' : 'transport.train')}
      </button>
      <button
        type="button"
        class="button"
        title=${t('transport.step.hint')}
        ?disabled=${diverged || this.playing}
        @click=${() => this.step()}
      >
        ${icon('step')}${t('transport.step')}
      </button>
    `;
  }

  #onTrain() {
    if (this.playing) this.pause();
    else this.play();
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
  #notice(t) {
    if (!this.divergence) return nothing;
    const rate = parameterOf(this.#shown.training.optimizer, { name: 'learningRate', fallback: 0 });
    return html`
      <div class="message">
        ${icon('warning')}
        <p class="text">
          <strong>${t('state.diverged.title', { step: this.divergence.step })}</strong>
          ${divergenceCause(t, this.divergence, formatField(rate))}
        </p>
        <div class="actions">
          <button
            type="button"
            class="button primary"
            ?disabled=${this.isLocked('training.optimizer.learningRate')}
            @click=${() => this.#lowerRate(rate / 10)}
          >
            ${t('state.diverged.lower')}
          </button>
          <button type="button" class="button" @click=${() => this.reset()}>${t('state.diverged.reset')}</button>
        </div>
      </div>
    `;
  }

  /**
   * From the last finite numbers on, with a smaller rate.
   * @param {number} rate
   */
  async #lowerRate(rate) {
    await this.recover();
    const experiment = this.#shown;
    const optimizer = withParameter(experiment.training.optimizer, 'learningRate', Number(rate.toPrecision(6)));
    await this.#edit(withTraining(experiment, { optimizer }));
    await this.play();
  }

  /** @param {Sight} sight */
  #architecture(sight) {
    const { t } = sight;
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
            @keydown=${this.#onNetworkKey}
          >
            <canvas id="network" role="img"></canvas>
          </div>
        </div>
      </div>
      <p class="visually-hidden" id="network-keys">${t('architecture.hint.keyboard')}</p>
      <div class="inspector">
        <div class="subject">${this.#inspector(sight)}</div>
        <div class="scale" aria-hidden="true"><span>−1</span><span class="bar marks"></span><span>1</span></div>
      </div>
    `;
  }

  /** @param {Sight} sight */
  #inspector(sight) {
    const { t } = sight;
    const place = this.selected ?? this.pointed;
    if (this.selected) {
      const name = this.#nameOfParameter(sight, this.selected);
      const value = this.#stage?.valueOf(this.selected) ?? 0;
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
          @input=${this.#onParameter}
          @keydown=${this.#onEditorKey}
        ></mlp-number>
      `;
    }
    if (place) {
      return html`
        <div class="reading"><span>${this.#nameOfParameter(sight, place)}</span><span class="number" data-number="pointed"></span></div>
      `;
    }
    if (this.inspected && this.inspected.layer >= 0) {
      const { layers } = sight.experiment.network;
      const activation = entryOf(catalog.activations, layers[this.inspected.layer].activation);
      return html`
        <div class="reading">
          <span>${capitalized(this.#nameOfNeuron(sight, this.inspected))}</span>
          <span>${activation ? labelIn(activation.label, this.language) : nothing}</span>
        </div>
      `;
    }
    return html`<p class="hint">${t('architecture.hint')}</p>`;
  }

  /**
   * @param {Sight} sight
   * @param {NeuronPlace} place
   */
  #nameOfNeuron({ t, experiment }, { layer, unit }) {
    if (layer < 0) {
      const id = experiment.data.features?.[unit] ?? '';
      const feature = entryOf(catalog.features, id);
      return feature ? labelIn(feature.label, this.language) : id;
    }
    const { layers } = experiment.network;
    if (layer < layers.length - 1) return t('parameter.neuron', { layer: layer + 1, unit: unit + 1 });
    return (layers[layer].units ?? 1) > 1 ? t('parameter.output', { unit: unit + 1 }) : t('parameter.output.only');
  }

  /**
   * @param {Sight} sight
   * @param {ParameterPlace} place
   */
  #nameOfParameter(sight, { layer, unit, source }) {
    const { t } = sight;
    const target = this.#nameOfNeuron(sight, { layer, unit });
    if (source < 0) return t('parameter.bias.of', { target });
    return t('parameter.weight.of', { source: this.#nameOfNeuron(sight, { layer: layer - 1, unit: source }), target });
  }

  /** @param {PointerEvent} event */
  #onNetworkMove(event) {
    const found = this.#stage?.diagram.point(event.offsetX, event.offsetY, { touch: event.pointerType === 'touch' });
    this.pointed = found?.parameter;
    this.inspected = found?.neuron;
  }

  #onNetworkLeave() {
    this.#stage?.diagram.leave();
    this.pointed = undefined;
    this.inspected = undefined;
  }

  /** @param {PointerEvent} event */
  #onNetworkDown(event) {
    this.#onNetworkMove(event);
    this.selected = this.pointed;
  }

  /**
   * Arrow keys walk over all weights and biases: up and down within a layer, left and right between layers.
   * @param {KeyboardEvent} event
   */
  #onNetworkKey(event) {
    const experiment = this.run?.experiment;
    if (!experiment || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') {
      this.selected = undefined;
      return;
    }
    if (event.key === 'Enter' && this.selected) {
      event.preventDefault();
      this.#focusEditor();
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
    if (this.selected) this.#setParameter(this.#indexOf(this.selected), event.detail);
  }

  /** @param {ParameterPlace} place */
  #indexOf({ layer, unit, source }) {
    const experiment = this.run?.experiment ?? this.#shown;
    const places = parameterLayout(experiment);
    const sources = layer === 0 ? (experiment.data.features?.length ?? 0) : places[layer - 1].units;
    const { offset, units } = places[layer];
    return source < 0 ? offset + units * sources + unit : offset + unit * sources + source;
  }

  /**
   * @param {number} index
   * @param {number} value
   */
  async #setParameter(index, value) {
    const run = this.run;
    if (!run) return;
    try {
      const parameters = await run.call('parameters');
      parameters[index] = value;
      await run.call('setParameters', parameters);
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
    const heading = t('output.title');
    const shown =
      this.inspected && this.inspected.layer >= 0
        ? t('output.surface.unit', { neuron: this.#nameOfNeuron(sight, this.inspected) })
        : this.readout;
    return html`
      <mlp-section class="output" .heading=${heading}>
        <div class="tools readout" slot="tools">${shown}</div>
        <canvas
          id="surface"
          class="surface"
          role="img"
          @pointermove=${this.#onSurfaceMove}
          @pointerleave=${() => (this.readout = '')}
          @pointerdown=${this.#onSurfaceMove}
        ></canvas>
        <div class="legend">
          ${this.#surfaceLegend(sight, classes)}
          <div class="toggles">
            <div class="points">${this.#pointsToggle(t, classes, true)} ${this.#pointsToggle(t, classes, false)}</div>
            ${
              classes > 0
                ? html`<mlp-toggle
                    .label=${t('output.discrete')}
                    .checked=${this.discrete}
                    @change=${(/** @type {CustomEvent<boolean>} */ event) => (this.discrete = event.detail)}
                  ></mlp-toggle>`
                : nothing
            }
          </div>
        </div>
      </mlp-section>
    `;
  }

  /**
   * @param {Translate} t
   * @param {number} classes
   * @param {boolean} train
   */
  #pointsToggle(t, classes, train) {
    return html`
      <mlp-toggle
        .checked=${train ? this.showTrain : this.showTest}
        @change=${(/** @type {CustomEvent<boolean>} */ event) => {
          if (train) this.showTrain = event.detail;
          else this.showTest = event.detail;
        }}
      >
        <span class="swatch">${marker(0, 'currentColor', train)}${t(train ? 'output.points.train' : 'output.points.test')}</span>
      </mlp-toggle>
    `;
  }

  /**
   * @param {Sight} sight
   * @param {number} classes
   */
  #surfaceLegend({ t, experiment }, classes) {
    if (this.inspected && this.inspected.layer >= 0) {
      const reach = this.#stage?.reachOf(this.inspected.layer) ?? 1;
      return html`
        <div class="scale"><span>${formatField(-reach)}</span><span class="bar values"></span><span>${formatField(reach)}</span></div>
      `;
    }
    if (classes > 2) {
      return html`
        <div class="classes">
          ${Array.from({ length: classes }, (_, index) => html`<span>${marker(index, this.#theme?.classes[index] ?? 'currentColor')}${index}</span>`)}
        </div>
      `;
    }
    const { center, reach } = outputScaleOf(experiment, classes, catalog);
    const marks = this.#theme?.marks.css;
    const low = formatField(center - reach);
    const high = formatField(center + reach);
    return html`
      <div class="scale">
        ${classes === 2 ? html`${marker(0, marks?.[0] ?? 'currentColor')}${t('output.class', { class: 0 })}` : html`<span>${low}</span>`}
        <span class="bar values"></span>
        ${
          classes === 2
            ? html`${t('output.class', { class: 1 })}${marker(1, marks?.[marks.length - 1] ?? 'currentColor')}`
            : html`<span>${high}</span>`
        }
      </div>
    `;
  }

  /** @param {PointerEvent} event */
  #onSurfaceMove(event) {
    const probe = this.#stage?.surface.probe(event.offsetX, event.offsetY);
    if (!probe) {
      this.readout = '';
      return;
    }
    const values = [...(probe.values ?? [])];
    const best = values.indexOf(Math.max(...values));
    const t = translator(this.language);
    const value = values.length > 1 ? `${t('output.class', { class: best })} ${formatFixed(values[best])}` : formatFixed(values[0] ?? 0);
    this.readout = t('output.probe', { x1: `x₁ ${formatFixed(probe.x, 1)}`, x2: `x₂ ${formatFixed(probe.y, 1)}`, value });
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
      ${optimizerSection(sight)} ${this.layout === 'narrow' ? this.#speedControl(sight.t) : nothing}
      ${this.unfolded.has('more') ? html`<div class="more" id="more">${moreSettings(sight)}</div>` : nothing}
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

  /** @param {Sight} sight */
  #numbers(sight) {
    const { t, experiment } = sight;
    const open = this.unfolded.has('numbers');
    return this.#section(
      'numbers',
      t('numbers.title'),
      open
        ? html`
            <mlp-parameter-table
              .language=${this.language}
              .layers=${this.#tableLayers(sight, experiment)}
              .parameters=${this.#stage?.parameters ?? []}
              @change=${(/** @type {CustomEvent<{ index: number, value: number }>} */ event) =>
                this.#setParameter(event.detail.index, event.detail.value)}
            ></mlp-parameter-table>
          `
        : nothing,
    );
  }

  /**
   * @param {Sight} sight
   * @param {FilledExperiment} experiment
   * @returns {ParameterLayer[]}
   */
  #tableLayers(sight, experiment) {
    const places = parameterLayout(experiment);
    return places.map(({ units, offset }, layer) => {
      const sources = layer === 0 ? (experiment.data.features?.length ?? 0) : places[layer - 1].units;
      return {
        name: layer === places.length - 1 ? sight.t('numbers.output') : sight.t('numbers.layer', { layer: layer + 1 }),
        units,
        offset,
        sources: Array.from({ length: sources }, (_, unit) =>
          layer === 0 ? this.#nameOfNeuron(sight, { layer: -1, unit }) : formatCount(unit + 1),
        ),
      };
    });
  }
}

/**
 * The counters; their numbers are written by the stage, frame by frame.
 * @param {Translate} t
 * @param {number} classes
 */
function metrics(t, classes) {
  /** @type {[string, TextKey, boolean][]} */
  const entries = [
    ['epoch', 'transport.epoch', false],
    ['step', 'transport.steps', true],
    ['train-loss', 'metric.trainLoss', false],
    ['test-loss', 'metric.testLoss', true],
    ['test-score', classes > 0 ? 'metric.testAccuracy' : 'metric.testR2', false],
  ];
  return html`
    <dl class="metrics">
      ${entries.map(
        ([name, label, secondary]) => html`
          <div class=${secondary ? 'secondary' : nothing}>
            <dt>${t(label)}</dt>
            <dd data-number=${name}></dd>
          </div>
        `,
      )}
    </dl>
  `;
}

/**
 * A class's marker in a legend.
 * @param {number} index
 * @param {string} color
 * @param {boolean} [filled]
 */
function marker(index, color, filled = true) {
  return html`
    <svg class="marker" viewBox="-7 -7 14 14" aria-hidden="true">
      ${svg`<path d=${markerOutline(index, LEGEND_MARKER)} fill=${filled ? color : 'none'} stroke=${color} stroke-width="1.5" />`}
    </svg>
  `;
}

/** What the engine names as no longer finite; a loss that is not belongs to no layer. @type {ReadonlyMap<string, TextKey>} */
const divergingQuantities = new Map([
  ['weights', 'quantity.weights'],
  ['biases', 'quantity.biases'],
  ['outputs', 'quantity.outputs'],
]);

/**
 * @param {Translate} t
 * @param {Progress} progress
 * @param {string} rate
 */
function divergenceCause(t, { cause }, rate) {
  if (typeof cause !== 'object' || cause.layer === undefined) return t('state.diverged.loss', { rate });
  const quantity = divergingQuantities.get(cause.quantity ?? '');
  return quantity ? t('state.diverged.cause', { quantity: t(quantity), layer: cause.layer + 1, rate }) : t('state.diverged.loss', { rate });
}

/**
 * The weight or bias that a key leads to; undefined for keys that lead nowhere.
 * @param {FilledExperiment} experiment
 * @param {ParameterPlace | undefined} from
 * @param {string} key
 * @returns {ParameterPlace | undefined}
 */
function walk({ data, network }, from, key) {
  const counts = [data.features?.length ?? 0, ...network.layers.map((layer) => layer.units ?? 1)].map((count) =>
    Math.min(count, DRAWN_UNITS),
  );
  const last = counts.length - 2;
  if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) return undefined;
  if (!from) return { layer: 0, unit: 0, source: 0 };
  const sources = counts[from.layer];
  // Within a layer: neuron by neuron, its weights first, then its bias.
  const perUnit = sources + 1;
  const position = from.unit * perUnit + (from.source < 0 ? sources : from.source);
  const end = counts[from.layer + 1] * perUnit - 1;
  /** @param {number} at */
  const placeAt = (at) => ({ layer: from.layer, unit: Math.floor(at / perUnit), source: at % perUnit === sources ? -1 : at % perUnit });
  switch (key) {
    case 'ArrowUp':
      return placeAt(Math.max(0, position - 1));
    case 'ArrowDown':
      return placeAt(Math.min(end, position + 1));
    case 'Home':
      return placeAt(0);
    case 'End':
      return placeAt(end);
    default: {
      const layer = Math.min(last, Math.max(0, from.layer + (key === 'ArrowRight' ? 1 : -1)));
      return { layer, unit: Math.min(from.unit, counts[layer + 1] - 1), source: Math.min(from.source, counts[layer] - 1) };
    }
  }
}

/**
 * A document as far as it was given, over the defaults: enough to show the controls before the engine has answered.
 * @param {Experiment} experiment
 * @returns {FilledExperiment}
 */
function overDefaults({ data, network, training }) {
  const { defaults } = catalog;
  return {
    ...defaults,
    data: { ...defaults.data, ...data },
    network: { ...defaults.network, ...network, layers: network?.layers ?? defaults.network.layers },
    training: { ...defaults.training, ...training },
  };
}

/** @param {string} text */
function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
