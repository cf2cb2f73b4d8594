import { css, html, nothing } from 'lit';
import { Panel } from './panel.js';
import { pictureButtons } from '../../take-away/save-picture.js';
import { axisDirection, gradientDirections, placeOn, principalPlane, project, randomDirections } from '../directions.js';
import { hasPlace, nameOfParameter, parameterIndex } from '../parameters.js';
import { entryOf, idOf } from '../../../state/edits.js';
import { isCut } from '../../../state/locks.js';
import { parameterLayout } from '../../../state/parameter-layout.js';
import { landscapeTranslator } from '../../../text/landscape.js';
import { formatField, formatNumber, formatPercent } from '../../../text/text.js';
import { createLandscape } from '../../../view/landscape.js';
import { icon } from '../../../ui/icons.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { FilledExperiment } from '../../../engine/types.js'
 * @import { Moment } from '../../../state/timeline.js'
 * @import { ParameterPlace } from '../../../view/network-diagram.js'
 * @import { Plane } from '../directions.js'
 * @import { PanelLab, Running } from './panel.js'
 */

/** @typedef {'weights' | 'gradient' | 'path' | 'random'} Kind */

/** What is set, and for which run; a slice of other settings is another slice. @typedef {{ running: Running, kind: Kind, places: readonly [ParameterPlace, ParameterPlace], seed: number, width: number | undefined }} Wanted */

/** The losses over a plane. @typedef {{ wanted: Wanted, plane: Plane, x: [number, number], y: [number, number], losses: Float64Array, lowest: { place: [number, number], loss: number }, share: number, milliseconds: number, at: number }} Slice */

/** The run as it is now. @typedef {{ parameters: Float32Array, gradient: Float32Array, loss: number, experiment: FilledExperiment }} Present */

/** Cells on each side; an odd number has one in the middle. */
const CELLS = 49;
/** The lowest place is sought between the cells too: this many times as finely, round by round. */
const FINER = 4;
/** Milliseconds that one request to the worker may take: training goes on between them. */
const SLICE_TIME = 30;
/** While training runs, a slice that takes no longer than this follows it, at this interval. */
const CHEAP = 250;
const FOLLOW_INTERVAL = 1500;
/** More parameters than this are not listed: they are chosen in the drawing. */
const MOST_LISTED = 400;
/** Numbers of the path that its principal plane is sought in. */
const MOST_PATH_NUMBERS = 300_000;
/** Half of the narrowest slice that is chosen by itself. */
const leastHalf = Object.freeze({ weights: 2, gradient: 1, path: 0.2, random: 1 });
const MANTISSAS = Object.freeze([1, 1.5, 2, 3, 5, 7, 10]);
/** What still counts as on the plane, beside the size of the parameters: 32-bit numbers are not exact. */
const ON_PLANE = 1e-5;
const CROSS_STEPS = 40;
/** Losses that are convex in what the last layer gives. */
const convexLosses = Object.freeze(new Set(['mse', 'half-mse', 'sse', 'mae', 'huber', 'binary-cross-entropy', 'cross-entropy', 'hinge']));

/** The loss over two directions of the present network's parameters, computed beside its run. */
export class LandscapePanel extends Panel {
  static interval = 400;

  static properties = {
    kind: { state: true },
    places: { state: true },
    seed: { state: true },
    width: { state: true },
    logarithmic: { state: true },
    pointed: { attribute: false },
    slice: { state: true },
    present: { state: true },
    done: { state: true },
    cross: { state: true },
    readout: { state: true },
    former: { state: true },
    note: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      .hint {
        max-width: var(--measure);
        margin: 0 0 var(--space-3);
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .panel {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-6);
      }

      .controls {
        display: flex;
        flex: 1 1 16rem;
        flex-direction: column;
        gap: var(--space-3);
        min-width: 0;
        max-width: 24rem;
      }

      .axis {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: end;
        gap: var(--space-2);
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        min-height: var(--control-height);
      }

      .view {
        flex: 2 1 26rem;
        min-width: 0;
        max-width: 38rem;
      }

      .map {
        position: relative;
        border-radius: var(--radius-small);
      }

      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1.1;
        max-height: 36rem;
        cursor: crosshair;
      }

      canvas[data-held] {
        cursor: default;
      }

      .readout {
        min-height: 1.4em;
        margin: 0;
        color: var(--ink-soft);
        font-variant-numeric: tabular-nums;
      }

      .keys {
        display: grid;
        grid-template-columns: 1.25rem 1fr;
        gap: var(--space-1) var(--space-2);
        margin: 0;
        color: var(--ink-soft);
        font-variant-numeric: tabular-nums;
      }

      .keys dt {
        display: flex;
        align-items: center;
        justify-content: center;
        color: var(--ink);
      }

      .keys dd {
        margin: 0;
      }

      .disc {
        width: 0.7rem;
        height: 0.7rem;
        border-radius: 50%;
        background: var(--accent);
      }

      .square {
        width: 0.55rem;
        height: 0.55rem;
        border: 1.5px solid currentcolor;
      }

      .arrow {
        color: var(--accent);
        font-weight: var(--weight-strong);
      }

      progress {
        width: 8rem;
        accent-color: var(--accent);
      }

      @media (forced-colors: active) {
        canvas,
        .disc {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** @type {{ canvas: HTMLCanvasElement, view: ReturnType<typeof createLandscape> } | undefined} */
  #drawn;
  /** A second run of the same document and data, for losses of parameters that the reader's run never had. @type {{ running: Running, run: Promise<RemoteRun> } | undefined} */
  #probe;
  /** Parameters of the moments of the run. @type {WeakMap<Moment, Float32Array>} */
  #passed = new WeakMap();
  /** The moments in their order, as places. @type {Float32Array[]} */
  #path = [];
  /** The computation that is under way; another one, or none, ends it. @type {object | undefined} */
  #task;

  constructor() {
    super();
    /** @type {Kind} */
    this.kind = 'weights';
    /** @type {readonly [ParameterPlace, ParameterPlace]} */
    this.places = [
      { layer: 0, unit: 0, source: 0 },
      { layer: 0, unit: 0, source: 1 },
    ];
    this.seed = 1;
    /** @type {number | undefined} as wide as the path needs, unless the reader says otherwise */
    this.width = undefined;
    this.logarithmic = true;
    /** @type {ParameterPlace | undefined} */
    this.pointed = undefined;
    /** @type {Slice | undefined} */
    this.slice = undefined;
    /** @type {Present | undefined} */
    this.present = undefined;
    /** @type {number | undefined} the part that is computed, while something is */
    this.done = undefined;
    /** @type {[number, number] | undefined} */
    this.cross = undefined;
    this.readout = '';
    /** @type {Float32Array | undefined} what the parameters were before a place was chosen */
    this.former = undefined;
    this.note = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#cancel();
    this.#drawn?.view.dispose();
    this.#drawn = undefined;
    this.#forgetProbe();
  }

  get #text() {
    return landscapeTranslator(this.language);
  }

  /**
   * @param {PanelLab} lab
   * @param {Running} running
   */
  #probeOf(lab, running) {
    if (this.#probe?.running !== running) {
      this.#forgetProbe();
      this.#probe = { running, run: lab.client.createRun({ ...running.experiment, data: running.source.data }) };
    }
    return this.#probe.run;
  }

  #forgetProbe() {
    const run = this.#probe?.run;
    this.#probe = undefined;
    // A run that never came to be needs no end.
    run?.then(
      (made) => made.dispose(),
      () => undefined,
    );
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab, running } = this;
    if (!lab || !running) return;
    const { experiment } = run;
    const [parameters, gradient, { loss }] = await Promise.all([
      run.call('parameters'),
      run.call('gradients', 'train'),
      run.call('evaluate', 'train'),
    ]);
    if (this.running !== running || parameters.length !== parameterLayout(experiment, lab.catalog).total) return;
    this.#keepPlaces(experiment);
    if (parameters.every(Number.isFinite)) await this.#followPath(lab, running);
    if (this.running !== running || !this.isConnected) return;
    this.present = { parameters, gradient, loss, experiment };
    if (this.#due()) this.#compute();
  }

  /**
   * Places of weights that are no more give way to those that are.
   * @param {FilledExperiment} experiment
   */
  #keepPlaces(experiment) {
    const listed = this.#listed(experiment);
    const [across, up] = this.places;
    const there = (/** @type {ParameterPlace} */ place) => hasPlace(experiment, place) && !isCut(experiment.network, place);
    if (there(across) && there(up)) return;
    const others = listed.filter((place) => !samePlace(place, across) && !samePlace(place, up));
    const next = there(across) ? across : (others.shift() ?? across);
    this.places = [next, there(up) ? up : (others.shift() ?? up)];
  }

  /**
   * All weights and biases that are not cut.
   * @param {FilledExperiment} experiment
   * @returns {ParameterPlace[]}
   */
  #listed(experiment) {
    if (!this.lab) return [];
    return parameterLayout(experiment, this.lab.catalog)
      .layers.flatMap(({ units, sources }, layer) =>
        Array.from({ length: units }, (_, unit) => [
          ...Array.from({ length: sources }, (_, source) => ({ layer, unit, source })),
          { layer, unit, source: -1 },
        ]),
      )
      .flat()
      .filter((place) => !isCut(experiment.network, place));
  }

  /**
   * The moments of the run up to the one that is shown, as places among the parameters.
   * @param {PanelLab} lab
   * @param {Running} running
   */
  async #followPath(lab, running) {
    const last = lab.returned?.step ?? Infinity;
    const moments = lab.moments.filter(({ step }) => step <= last);
    const missing = moments.filter((moment) => !this.#passed.has(moment));
    for (const optimizer of new Set(missing.map(optimizerOf))) {
      const group = missing.filter((moment) => optimizerOf(moment) === optimizer);
      // A run reads only the snapshots of its own optimizer: for those of an earlier one there is another, for a moment.
      const own = optimizer === idOf(running.experiment.training.optimizer);
      const probe = await (own ? this.#probeOf(lab, running) : lab.client.createRun({ ...group[0].experiment, data: running.source.data }));
      try {
        await Promise.all(group.map(async (moment) => this.#passed.set(moment, await probe.call('parametersIn', moment.snapshot))));
      } finally {
        if (!own) probe.dispose();
      }
    }
    this.#path = moments.flatMap((moment) => this.#passed.get(moment) ?? []);
  }

  /** @returns {Wanted | undefined} */
  get #wanted() {
    const { running, kind, places, seed, width } = this;
    return running && { running, kind, places, seed, width };
  }

  /** Whether the picture is of other settings. */
  get #outdated() {
    const [now, then] = [this.#wanted, this.slice?.wanted];
    return !now || !then || /** @type {(keyof Wanted)[]} */ (Object.keys(now)).some((key) => now[key] !== then[key]);
  }

  /** Where the run is, seen from the plane. */
  get #here() {
    const { slice, present } = this;
    return slice && present && slice.plane.origin.length === present.parameters.length
      ? project(slice.plane, present.parameters)
      : undefined;
  }

  /** Whether the present parameters are no longer on the plane, or lie beyond its edge. */
  get #stale() {
    const { slice, present } = this;
    const here = this.#here;
    if (!slice || !present || !here) return true;
    const size = Math.hypot(...(present.parameters.length < 1000 ? present.parameters : [Math.sqrt(present.parameters.length)]));
    const outside = here.x < slice.x[0] || here.x > slice.x[1] || here.y < slice.y[0] || here.y > slice.y[1];
    return here.distance > ON_PLANE * (1 + size) || outside;
  }

  /** Whether it is time to compute: at once for other settings, else when training rests or where it costs next to nothing. */
  #due() {
    const { lab, present, slice } = this;
    if (!lab || !present || this.#task || !present.parameters.every(Number.isFinite)) return false;
    if (!slice || this.#outdated) return true;
    if (!this.#stale) return false;
    return !lab.playing || (slice.milliseconds <= CHEAP && performance.now() - slice.at >= FOLLOW_INTERVAL);
  }

  #cancel() {
    this.#task = undefined;
    this.done = undefined;
  }

  /**
   * The plane of the present parameters that the settings ask for.
   * @param {PanelLab} lab
   * @param {Present} present
   * @returns {{ plane: Plane, share: number }}
   */
  #planeOf(lab, { parameters, gradient, experiment }) {
    const total = parameters.length;
    const { catalog } = lab;
    if (this.kind === 'gradient')
      return { plane: { origin: parameters, ...gradientDirections(experiment, catalog, parameters, gradient, this.seed) }, share: 1 };
    if (this.kind === 'path' && this.#path.length > 1) {
      const every = Math.ceil((this.#path.length * total) / MOST_PATH_NUMBERS);
      const rows = this.#path.filter((_, index) => index % every === 0);
      const values = new Float32Array(rows.length * total);
      rows.forEach((row, index) => values.set(row, index * total));
      const { across, up, share } = principalPlane(values, total);
      return { plane: { origin: parameters, across, up }, share };
    }
    if (this.kind === 'weights') {
      const [across, up] = this.places.map((place) => parameterIndex(experiment, catalog, place));
      const origin = parameters.slice();
      // Coordinates are then the weights' own values.
      origin[across] = 0;
      origin[up] = 0;
      return { plane: { origin, across: axisDirection(total, across), up: axisDirection(total, up) }, share: 1 };
    }
    return { plane: { origin: parameters, ...randomDirections(experiment, catalog, parameters, this.seed) }, share: 1 };
  }

  /** A square window around the path and the present place. @param {Plane} plane @param {Float32Array} parameters */
  #windowOf(plane, parameters) {
    const feet = [...this.#path, parameters].map((place) => project(plane, place));
    const [left, right] = [Math.min(...feet.map(({ x }) => x)), Math.max(...feet.map(({ x }) => x))];
    const [bottom, top] = [Math.min(...feet.map(({ y }) => y)), Math.max(...feet.map(({ y }) => y))];
    const half = this.width ? this.width / 2 : roundUp(Math.max(leastHalf[this.kind], 0.65 * Math.max(right - left, top - bottom)));
    /** @param {number} middle @returns {[number, number]} */
    const around = (middle) => {
      const step = half / 10;
      const center = Math.round(middle / step) * step;
      return [Number((center - half).toPrecision(6)), Number((center + half).toPrecision(6))];
    };
    // A width that does not hold the whole path is centred where the run is.
    const held = Math.max(right - left, top - bottom) <= 2 * half;
    const here = feet[feet.length - 1];
    return { x: around(held ? (left + right) / 2 : here.x), y: around(held ? (bottom + top) / 2 : here.y) };
  }

  async #compute() {
    const { lab, present } = this;
    const wanted = this.#wanted;
    if (!lab || !wanted || !present) return;
    const task = {};
    this.#task = task;
    this.done = 0;
    const started = performance.now();
    try {
      const { plane, share } = this.#planeOf(lab, present);
      const { x, y } = this.#windowOf(plane, present.parameters);
      const probe = await this.#probeOf(lab, wanted.running);
      const [xs, ys] = [x, y].map(([low, high]) =>
        Array.from({ length: CELLS }, (_, index) => low + ((index + 0.5) / CELLS) * (high - low)),
      );
      const losses = new Float64Array(CELLS * CELLS);
      for (let row = 0, rows = 1; row < CELLS;) {
        const asked = performance.now();
        const part = await probe.call('losses', { ...plane, xs, ys: ys.slice(row, row + rows) });
        if (this.#task !== task) return;
        losses.set(part, row * CELLS);
        row += rows;
        rows = Math.max(1, Math.min(CELLS, Math.round((rows * SLICE_TIME) / Math.max(1, performance.now() - asked))));
        this.done = Math.min(1, row / CELLS);
      }
      let lowest = lowestOf(losses, xs, ys);
      for (let reach = (x[1] - x[0]) / CELLS; reach > (x[1] - x[0]) / CELLS ** 2; reach /= FINER) {
        const [near, above] = lowest.place.map((middle) =>
          Array.from({ length: 2 * FINER + 1 }, (_, index) => middle + (index / FINER - 1) * reach),
        );
        lowest = lowestOf(await probe.call('losses', { ...plane, xs: near, ys: above }), near, above);
        if (this.#task !== task) return;
      }
      const at = performance.now();
      this.slice = { wanted, plane, x, y, losses, lowest, share, milliseconds: at - started, at };
    } catch (thrown) {
      // What was asked for a run that another has replaced meanwhile concerns nobody.
      if (this.#task === task && this.running === wanted.running) lab.showError(thrown);
    } finally {
      if (this.#task === task) this.#cancel();
    }
  }

  /** @param {PropertyValues} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (['kind', 'places', 'seed', 'width', 'running'].some((key) => changed.has(key)) && this.hasUpdated) {
      this.#cancel();
      this.cross = undefined;
      this.readout = '';
      if (changed.has('running')) this.former = undefined;
      if (this.#due()) this.#compute();
    }
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const canvas = this.renderRoot.querySelector('canvas');
    const { slice, present, theme } = this;
    if (!canvas || !theme) return;
    if (this.#drawn?.canvas !== canvas) {
      this.#drawn?.view.dispose();
      this.#drawn = { canvas, view: createLandscape(canvas, theme) };
    } else if (changed.has('theme')) this.#drawn.view.setTheme(theme);
    const here = this.#here;
    if (!slice || !present || !here) return;
    const { plane } = slice;
    const way = [...this.#path.filter(({ length }) => length === plane.origin.length), present.parameters];
    // The gradient's part within the plane, in the plane's own coordinates.
    const foot = project({ ...plane, origin: new Float64Array(plane.origin.length) }, present.gradient);
    this.#drawn.view.draw({
      losses: slice.losses,
      columns: CELLS,
      rows: CELLS,
      x: slice.x,
      y: slice.y,
      names: this.#names(slice),
      legend: this.#text('legend'),
      logarithmic: this.logarithmic,
      path: way.flatMap((place) => {
        const { x, y } = project(plane, place);
        return [x, y];
      }),
      present: [here.x, here.y],
      downhill: foot.x !== 0 || foot.y !== 0 ? [-foot.x, -foot.y] : undefined,
      lowest: slice.lowest.place,
      cross: this.cross,
    });
  }

  /**
   * @param {Slice} slice
   * @returns {[string, string]}
   */
  #names({ wanted: { kind, places, running } }) {
    const text = this.#text;
    if (kind === 'gradient') return [text('axis.downhill'), text('axis.random')];
    if (kind === 'path') return [text('axis.path.1'), text('axis.path.2')];
    if (kind === 'random') return [text('axis.random.1'), text('axis.random.2')];
    const [across, up] = places.map((place) => this.#nameOf(running.experiment, place));
    return [across, up];
  }

  /**
   * @param {FilledExperiment} experiment
   * @param {ParameterPlace} place
   */
  #nameOf(experiment, place) {
    const { lab, language, t } = this;
    if (!lab || !hasPlace(experiment, place)) return '';
    return nameOfParameter({ t, language, experiment, catalog: lab.catalog }, place);
  }

  render() {
    const { lab, running, slice, present, language } = this;
    const text = this.#text;
    if (!lab || !running || !present) return html`<p class="hint">${this.t('state.loading')}</p>`;
    const { layers } = running.experiment.network;
    const convex =
      layers.length === 1 &&
      idOf(layers[0].activation) === 'identity' &&
      convexLosses.has(entryOf(lab.catalog.losses, running.experiment.training.loss)?.id ?? '');
    const kinds = /** @type {Kind[]} */ (['weights', 'gradient', 'path', 'random']);
    const finite = present.parameters.every(Number.isFinite);
    const half = slice ? slice.x[1] - slice.x[0] : 4;
    return html`
      <p class="hint">${text('hint')} ${convex ? text('hint.convex') : layers.length > 1 ? text('hint.valleys') : nothing}</p>
      <div class="panel">
        <div class="controls">
          <mlp-segmented
            .label=${text('plane')}
            .value=${this.kind}
            .choices=${kinds.map((id) => ({ id, label: text(`plane.${id}`) }))}
            @change=${(/** @type {CustomEvent<Kind>} */ { detail }) => this.#choose(detail)}
          ></mlp-segmented>
          ${
            this.kind === 'weights'
              ? html`${this.#axis(present.experiment, 0)} ${this.#axis(present.experiment, 1)}`
              : html`<p class="hint">${this.#kindHint(text)}</p>`
          }
          ${
            this.kind === 'gradient' || this.kind === 'random'
              ? html`<mlp-seed
                  .language=${language}
                  .label=${text('seed')}
                  .value=${this.seed}
                  @change=${(/** @type {CustomEvent<number>} */ { detail }) => (this.seed = detail)}
                ></mlp-seed>`
              : nothing
          }
          <mlp-number
            .language=${language}
            .label=${text('width')}
            .value=${this.width ?? half}
            .minimum=${0.1}
            .maximum=${100}
            .lowest=${1e-4}
            .limit=${1e4}
            .scale=${'log'}
            @change=${(/** @type {CustomEvent<number>} */ { detail }) => (this.width = detail)}
          ></mlp-number>
          <div class="row">
            <button
              type="button"
              class="button small"
              title=${text('log.hint')}
              aria-pressed=${this.logarithmic}
              @click=${() => (this.logarithmic = !this.logarithmic)}
            >
              ${text('log')}
            </button>
            ${
              this.done === undefined
                ? html`<button type="button" class="button small" ?disabled=${!finite} @click=${() => this.#compute()}>
                    ${text('compute')}
                  </button>`
                : html`<progress max="1" value=${this.done} aria-label=${text('compute')}></progress>
                    <button type="button" class="button small" @click=${() => this.#cancel()}>${text('cancel')}</button>`
            }
          </div>
          <p class="hint" role="status">
            ${!finite ? text('diverged') : this.note ? this.note : slice && !this.#outdated && this.#stale ? text('stale') : nothing}
          </p>
          ${slice ? this.#keys(text, slice, present) : nothing}
          <div class="row">
            <button
              type="button"
              class="button small"
              title=${text('undo.hint')}
              ?disabled=${this.former === undefined || lab.isLocked('parameters')}
              @click=${this.#undo}
            >
              ${icon('undo')}${text('undo')}
            </button>
          </div>
        </div>
        <div class="view">
          <div
            class="map"
            tabindex="0"
            role="group"
            aria-label=${text('map')}
            aria-describedby="keys"
            @keydown=${this.#onKey}
            @blur=${() => (this.cross = undefined)}
          >
            <canvas
              role="img"
              aria-label=${slice ? this.#summary(text, slice, present) : text('map')}
              ?data-held=${lab.isLocked('parameters')}
              @pointermove=${this.#onMove}
              @pointerleave=${() => (this.readout = '')}
              @click=${this.#onClick}
            ></canvas>
          </div>
          <p class="visually-hidden" id="keys">${text('map.keyboard')}</p>
          <p class="readout" aria-live=${this.cross ? 'polite' : 'off'}>${this.readout}</p>
          ${pictureButtons(this, 'loss-landscape', this.#picture)}
        </div>
      </div>
    `;
  }

  #picture = () => (this.slice ? this.#drawn?.view.picture() : undefined);

  /** @param {Kind} kind */
  #choose(kind) {
    this.kind = kind;
    // Widths of one kind mean nothing to another.
    this.width = undefined;
  }

  /** @param {ReturnType<typeof landscapeTranslator>} text */
  #kindHint(text) {
    const { kind, slice } = this;
    if (kind !== 'path') return text(kind === 'gradient' ? 'plane.gradient.hint' : 'plane.random.hint');
    if (this.#path.length < 2) return text('plane.path.none');
    return text('plane.path.hint', { share: slice?.wanted.kind === 'path' ? formatPercent(slice.share, 0) : '…' });
  }

  /**
   * The choice of a weight for an axis: from the list, or the one that is chosen in the drawing.
   * @param {FilledExperiment} experiment
   * @param {0 | 1} axis
   */
  #axis(experiment, axis) {
    const text = this.#text;
    const chosen = this.places[axis];
    const all = this.#listed(experiment);
    const listed = all.length <= MOST_LISTED ? all : [chosen];
    const name = text(axis === 0 ? 'across' : 'up');
    return html`
      <div class="axis">
        <mlp-select
          .label=${name}
          .value=${keyOf(chosen)}
          .choices=${listed.map((place) => ({ id: keyOf(place), label: this.#nameOf(experiment, place) }))}
          @change=${(/** @type {CustomEvent<string>} */ { detail }) => {
            const place = listed.find((each) => keyOf(each) === detail);
            if (place) this.#setPlace(axis, place);
          }}
        ></mlp-select>
        <button
          type="button"
          class="button"
          aria-label=${text('from-drawing.of', { axis: name })}
          @click=${() => {
            this.note = this.pointed ? '' : text('from-drawing.none');
            if (this.pointed && !isCut(experiment.network, this.pointed)) this.#setPlace(axis, this.pointed);
          }}
        >
          ${text('from-drawing')}
        </button>
      </div>
    `;
  }

  /**
   * A weight for an axis; the other axis takes the one that it had, where both would be the same.
   * @param {0 | 1} axis
   * @param {ParameterPlace} place
   */
  #setPlace(axis, place) {
    const [across, up] = this.places;
    const other = axis === 0 ? up : across;
    const given = samePlace(other, place) ? this.places[axis] : other;
    this.places = axis === 0 ? [place, given] : [given, place];
    this.width = undefined;
    this.note = '';
  }

  /**
   * @param {ReturnType<typeof landscapeTranslator>} text
   * @param {Slice} slice
   * @param {Present} present
   */
  #keys(text, { lowest }, { loss }) {
    return html`
      <dl class="keys">
        <dt><span class="disc"></span></dt>
        <dd data-number="present">${text('present', { loss: formatNumber(loss) })}</dd>
        <dt class="arrow">↗</dt>
        <dd>${text('downhill')}</dd>
        <dt><span class="square"></span></dt>
        <dd>${text('start')}</dd>
        <dt>＋</dt>
        <dd data-number="lowest">${text('lowest', { loss: formatNumber(lowest.loss) })}</dd>
      </dl>
    `;
  }

  /**
   * @param {ReturnType<typeof landscapeTranslator>} text
   * @param {Slice} slice
   * @param {Present} present
   */
  #summary(text, slice, { loss }) {
    const [across, up] = this.#names(slice);
    const [left, right, bottom, top] = [...slice.x, ...slice.y].map(formatField);
    return text('summary', { across, up, left, right, bottom, top, loss: formatNumber(loss), lowest: formatNumber(slice.lowest.loss) });
  }

  /**
   * What is at a place of the map.
   * @param {readonly [number, number]} place
   */
  #readoutOf([x, y]) {
    const { slice } = this;
    if (!slice) return '';
    /** @param {number} at @param {readonly [number, number]} range */
    const cell = (at, [low, high]) => Math.min(CELLS - 1, Math.max(0, Math.floor(((at - low) / (high - low)) * CELLS)));
    const loss = slice.losses[cell(y, slice.y) * CELLS + cell(x, slice.x)];
    const [across, up] = this.#names(slice);
    return this.#text('readout', { across, up, x: formatNumber(x), y: formatNumber(y), loss: formatNumber(loss) });
  }

  /** @param {PointerEvent} event */
  #onMove(event) {
    const place = this.#drawn?.view.placeAt(event.offsetX, event.offsetY);
    this.readout = place ? this.#readoutOf(place) : '';
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const place = this.#drawn?.view.placeAt(event.offsetX, event.offsetY);
    if (place) this.#goTo(place);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { slice } = this;
    const here = this.#here;
    if (!slice || !here || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = (event.shiftKey ? 5 : 1) / CROSS_STEPS;
    const moves = new Map([
      ['ArrowLeft', [-step, 0]],
      ['ArrowRight', [step, 0]],
      ['ArrowUp', [0, step]],
      ['ArrowDown', [0, -step]],
    ]);
    const move = moves.get(event.key);
    const from = this.cross ?? [here.x, here.y];
    if (move) {
      /** @param {number} at @param {readonly [number, number]} range @param {number} part */
      const moved = (at, [low, high], part) => Math.min(high, Math.max(low, at + part * (high - low)));
      this.cross = [moved(from[0], slice.x, move[0]), moved(from[1], slice.y, move[1])];
      this.readout = this.#readoutOf(this.cross);
    } else if (event.key === 'Enter' && this.cross) this.#goTo(this.cross);
    else if (event.key === 'Escape' && this.cross) this.cross = undefined;
    else return;
    event.preventDefault();
  }

  /**
   * Moves the network along the plane: to the place, from where it is.
   * @param {readonly [number, number]} place
   */
  #goTo([x, y]) {
    const { lab, slice, present } = this;
    const here = this.#here;
    if (!lab || !slice || !present || !here || this.#outdated || lab.isLocked('parameters')) return;
    this.former = present.parameters;
    if (slice.wanted.kind === 'weights') {
      const [across, up] = slice.wanted.places.map((each) => parameterIndex(present.experiment, lab.catalog, each));
      // One by one: of the other weights no step of training is lost.
      lab.setParameter(across, x);
      lab.setParameter(up, y);
    } else lab.setParameters(placeOn({ ...slice.plane, origin: present.parameters }, x - here.x, y - here.y));
  }

  #undo() {
    const { lab, former } = this;
    this.former = undefined;
    if (lab && former) lab.setParameters(former);
  }
}

/** @param {ParameterPlace} place */
const keyOf = ({ layer, unit, source }) => `${layer}.${unit}.${source}`;

/** @param {ParameterPlace} a @param {ParameterPlace} b */
const samePlace = (a, b) => keyOf(a) === keyOf(b);

/** @param {Moment} moment */
const optimizerOf = ({ experiment }) => idOf(experiment.training.optimizer);

/** @param {number} value */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return Number(((MANTISSAS.find((mantissa) => mantissa * power >= value * 0.999) ?? 10) * power).toPrecision(3));
}

/**
 * The smallest loss of a grid and its place.
 * @param {Float64Array} losses
 * @param {readonly number[]} xs
 * @param {readonly number[]} ys
 */
function lowestOf(losses, xs, ys) {
  let least = 0;
  for (let cell = 1; cell < losses.length; ++cell) if (losses[cell] < losses[least] || Number.isNaN(losses[least])) least = cell;
  return {
    place: /** @type {[number, number]} */ ([xs[least % xs.length], ys[Math.floor(least / xs.length)]]),
    loss: losses[least],
  };
}
