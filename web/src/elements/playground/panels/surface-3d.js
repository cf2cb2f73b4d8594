import { css, html, nothing } from 'lit';
import { Panel } from './panel.js';
import { pictureButtons } from '../../take-away/save-picture.js';
import { hasPlace, nameOfNeuron } from '../parameters.js';
import { targetReachOf } from '../pictures.js';
import { gapBetween, targetGrid } from '../target-surface.js';
import { outputScaleOf } from '../stage.js';
import { classesOf, entryOf } from '../../../state/edits.js';
import { surface3dTranslator } from '../../../text/surface-3d.js';
import { formatField, formatFixed, formatNumber } from '../../../text/text.js';
import { scaleIndex } from '../../../view/color.js';
import { createSurface3d } from '../../../view/surface-3d.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { NeuronPlace } from '../../../view/network-diagram.js'
 * @import { SplitData } from '../../../engine/types.js'
 * @import { Area } from '../../../view/plane.js'
 * @import { Eye } from '../../../view/projection.js'
 * @import { Model3d, Pin } from '../../../view/surface-3d.js'
 * @import { Running } from './panel.js'
 */

/** Cells along each side, while training runs and while it rests. */
const SIDE = 33;
const FINE_SIDE = 49;
const START = Object.freeze(/** @type {Eye} */ ({ turn: -0.5, tilt: 0.6 }));
const KEY_TURN = Math.PI / 18;
/** Radians for each pixel that it is dragged. */
const DRAG_TURN = 0.01;
const LOWEST = 0.05;
const HIGHEST = Math.PI / 2;
/** More pins would be a forest. */
const MOST_PINS = 250;
/** Points that tell what the surface should be. */
const DENSE = 30_000;
const DEGREES = 180 / Math.PI;

/** The network's answer as a landscape over the plane, with the data as pins. */
export class Surface3dPanel extends Panel {
  static properties = {
    neuron: { attribute: false },
    shown: { state: true },
    eye: { state: true },
    pins: { state: true },
    aim: { state: true },
    height: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-2) var(--space-4);
      }

      .view {
        width: 100%;
        max-width: 44rem;
        border-radius: var(--radius-small);
        outline-offset: -2px;
      }

      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 4 / 3;
        max-height: 70vh;
        cursor: grab;
        touch-action: pan-y;
      }

      canvas:active {
        cursor: grabbing;
      }

      p {
        max-width: var(--measure);
        margin: var(--space-2) 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }
    `,
  ];

  /** @type {ReturnType<typeof createSurface3d> | undefined} */
  #surface;
  /** @type {{ id: number, x: number, y: number, turn: number, tilt: number } | undefined} */
  #drag;

  constructor() {
    super();
    /** The chosen neuron. @type {NeuronPlace | undefined} */
    this.neuron = undefined;
    /** What was fetched last. @type {{ values: Float32Array, side: number, outputs: number, area: Area, neuron: NeuronPlace | undefined, dense?: SplitData, loss?: number } | undefined} */
    this.shown = undefined;
    /** @type {Eye} */
    this.eye = { ...START };
    this.pins = true;
    /** Whether what the surface should be is drawn as well. */
    this.aim = false;
    /** What the height is: `output`, the number of a class, or `neuron`. */
    this.height = 'output';
  }

  /** Many points of the data set, without noise. @type {{ running: Running, points: Promise<SplitData> } | undefined} */
  #dense;

  get #t() {
    return surface3dTranslator(this.language);
  }

  get #classes() {
    const { lab, running } = this;
    return lab && running ? classesOf(running.experiment, lab.catalog) : 0;
  }

  /** A neuron that can be shown: one that is chosen, and still there. */
  get #neuron() {
    const { neuron, running } = this;
    return neuron && running && neuron.layer >= 0 && hasPlace(running.experiment, neuron)
      ? { layer: neuron.layer, unit: neuron.unit }
      : undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#surface?.dispose();
    this.#surface = undefined;
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab } = this;
    if (!lab) return;
    const neuron = this.height === 'neuron' ? this.#neuron : undefined;
    const area = lab.area ?? lab.wholeArea;
    const [x, y] = [area.x, area.y].map(([low, high]) => /** @type {[number, number]} */ ([low, high]));
    const side = lab.playing ? SIDE : FINE_SIDE;
    const values = await run.call('surface', { x, y, columns: side, rows: side, ...neuron });
    const [dense, evaluation] = this.#aims && !neuron ? await Promise.all([this.#densePoints(), run.call('evaluate', 'train')]) : [];
    const outputs = Math.round(values.length / side ** 2);
    this.shown = { values, side, outputs, area, neuron, dense, loss: evaluation?.loss };
  }

  /** Own points tell nothing of the places between them: only a data set's rule does. */
  get #known() {
    const { lab, running } = this;
    return lab && running ? entryOf(lab.catalog.datasets, running.experiment.data.id) !== undefined : false;
  }

  get #aims() {
    return this.aim && this.#known;
  }

  /** @returns {Promise<SplitData | undefined>} */
  async #densePoints() {
    const { lab, running } = this;
    if (!lab || !running) return undefined;
    if (this.#dense?.running.experiment.data !== running.experiment.data) {
      const data = { ...running.experiment.data, samples: DENSE, noise: 0, testFraction: 0 };
      const points = lab.client.createRun({ ...running.experiment, data }).then(async (run) => {
        try {
          return await run.call('data', 'train');
        } finally {
          run.dispose();
        }
      });
      this.#dense = { running, points };
    }
    return this.#dense?.points;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('height') || changed.has('neuron') || changed.has('aim')) this.frameDrawn();
    const canvas = this.renderRoot.querySelector('canvas');
    const model = this.#model();
    if (!canvas || !this.theme || !model) return;
    this.#surface ??= createSurface3d(canvas, this.theme);
    if (changed.has('theme')) this.#surface.setTheme(this.theme);
    this.#surface.draw(model);
    canvas.setAttribute('aria-label', this.#summary(model));
  }

  /** Which output is the height. */
  get #index() {
    const index = Number(this.height);
    return Number.isInteger(index) && index < (this.shown?.outputs ?? 1) ? index : 0;
  }

  /** @returns {Model3d | undefined} */
  #model() {
    const { lab, running, shown, theme, eye } = this;
    if (!lab || !running || !shown || !theme) return undefined;
    const classes = this.#classes;
    const { area, side, outputs, neuron } = shown;
    const index = this.#index;
    const values = outputs > 1 ? Float32Array.from({ length: side ** 2 }, (_, cell) => shown.values[cell * outputs + index]) : shown.values;
    const names = /** @type {const} */ (['x₁', 'x₂', this.#heightName()]);
    if (neuron) {
      const reach = Math.max(
        1e-6,
        values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
      );
      return { values, columns: side, rows: side, area, center: 0, reach, pins: [], names, eye };
    }
    const { center, reach } = outputScaleOf(running.experiment, classes, lab.catalog, targetReachOf(running.train.values));
    const classIndex = outputs > 1 ? index : undefined;
    const pins = this.pins ? this.#pinsOf(center, reach, classIndex) : [];
    const targets = this.#targetsOf(center, reach, classIndex);
    return { values, columns: side, rows: side, area, center, reach, classIndex, targets, pins, names, eye };
  }

  /**
   * What the values should be.
   * @param {number} center
   * @param {number} reach
   * @param {number | undefined} classIndex
   */
  #targetsOf(center, reach, classIndex) {
    const { shown } = this;
    if (!this.#aims || !shown?.dense) return undefined;
    const { inputs, labels, targets, rows } = shown.dense;
    const wanted = labels
      ? Float32Array.from(labels, (label) => center + ((classIndex === undefined ? label > 0 : label === classIndex) ? reach : -reach))
      : (targets ?? []);
    return targetGrid({ inputs, targets: wanted, rows }, shown);
  }

  /** How far apart both surfaces are. */
  #gap() {
    const model = this.#model();
    if (!model?.targets) return nothing;
    const { square, size } = gapBetween(model.values, model.targets);
    return html`<p>
      ${this.#t('aim.gap', { points: DENSE, square: formatNumber(square), size: formatNumber(size), loss: formatNumber(this.shown?.loss ?? Number.NaN) })}
    </p>`;
  }

  /**
   * @param {number} center
   * @param {number} reach
   * @param {number | undefined} classIndex
   * @returns {Pin[]}
   */
  #pinsOf(center, reach, classIndex) {
    const { running, theme } = this;
    if (!running || !theme) return [];
    const { inputs, values, rows } = running.train;
    const classes = this.#classes;
    const step = Math.max(1, rows / MOST_PINS);
    return Array.from({ length: Math.min(rows, MOST_PINS) }, (_, pin) => {
      const row = Math.floor(pin * step);
      const value = values[row];
      const hit = classIndex === undefined ? value > 0 : value === classIndex;
      const target = classes === 0 ? value : center + (hit ? reach : -reach);
      const color =
        classes > 2
          ? theme.classes[value % theme.classes.length]
          : theme.marks.css[scaleIndex(classes > 0 ? (value > 0 ? 1 : -1) : (value - center) / reach)];
      return { x: inputs[row * 2], y: inputs[row * 2 + 1], target, color };
    });
  }

  #heightName() {
    const { shown, running, lab } = this;
    const t = this.#t;
    if (shown?.neuron && running && lab) return t('neuron', { neuron: this.#nameOf(shown.neuron) });
    return (shown?.outputs ?? 1) > 1 ? t('class', { class: this.#index }) : t('output');
  }

  /** @param {NeuronPlace} neuron */
  #nameOf(neuron) {
    const { lab, running } = this;
    if (!lab || !running) return '';
    return nameOfNeuron({ t: this.t, language: this.language, experiment: running.experiment, catalog: lab.catalog }, neuron);
  }

  /** @param {Model3d} model */
  #summary({ values, columns, area, eye }) {
    const best = values.reduce((at, value, cell) => (value > values[at] ? cell : at), 0);
    /** @param {readonly [number, number]} interval @param {number} index */
    const place = ([low, high], index) => formatFixed(low + ((index + 0.5) / columns) * (high - low), 1);
    return this.#t('summary', {
      low: formatNumber(values.reduce((least, value) => Math.min(least, value), Infinity)),
      high: formatNumber(values[best]),
      x: place(area.x, best % columns),
      y: place(area.y, Math.floor(best / columns)),
      turn: formatField(Math.round(eye.turn * DEGREES)),
      tilt: formatField(Math.round(eye.tilt * DEGREES)),
    });
  }

  render() {
    const { running } = this;
    if (!running) return html``;
    const t = this.#t;
    const classes = this.#classes;
    const neuron = this.#neuron;
    const choices = [
      ...(classes > 2
        ? Array.from({ length: classes }, (_, index) => ({ id: String(index), label: t('class', { class: index }) }))
        : [{ id: 'output', label: t('output') }]),
      ...(neuron ? [{ id: 'neuron', label: t('neuron', { neuron: this.#nameOf(neuron) }) }] : []),
    ];
    const chosen = choices.some(({ id }) => id === this.height) ? this.height : choices[0].id;
    return html`
      <div class="controls">
        <mlp-select
          small
          .label=${t('height')}
          .value=${chosen}
          .choices=${choices}
          @change=${(/** @type {CustomEvent<string>} */ { detail }) => (this.height = detail)}
        ></mlp-select>
        ${
          this.shown?.neuron
            ? nothing
            : html`<mlp-toggle
                .label=${t('pins')}
                .checked=${this.pins}
                @change=${(/** @type {CustomEvent<boolean>} */ { detail }) => (this.pins = detail)}
              ></mlp-toggle>`
        }
        ${
          this.shown?.neuron || !this.#known
            ? nothing
            : html`<mlp-toggle
                .label=${t('aim')}
                .checked=${this.aim}
                @change=${(/** @type {CustomEvent<boolean>} */ { detail }) => (this.aim = detail)}
              ></mlp-toggle>`
        }
      </div>
      <div class="view" tabindex="0" role="group" aria-label=${t('view')} aria-describedby="keys" @keydown=${this.#onKey}>
        <canvas
          role="img"
          @pointerdown=${this.#onDown}
          @pointermove=${this.#onMove}
          @pointerup=${this.#onUp}
          @pointercancel=${this.#onUp}
        ></canvas>
      </div>
      <p class="visually-hidden" id="keys">${t('keys')}</p>
      <p>${t('hint')}</p>
      ${this.#gap()} ${pictureButtons(this, 'surface-3d', this.picture)}
    `;
  }

  /**
   * @param {number} turn
   * @param {number} tilt
   */
  #look(turn, tilt) {
    this.eye = { turn: Math.atan2(Math.sin(turn), Math.cos(turn)), tilt: Math.min(HIGHEST, Math.max(LOWEST, tilt)) };
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { turn, tilt } = this.eye;
    if (event.key === 'ArrowLeft') this.#look(turn - KEY_TURN, tilt);
    else if (event.key === 'ArrowRight') this.#look(turn + KEY_TURN, tilt);
    else if (event.key === 'ArrowUp') this.#look(turn, tilt + KEY_TURN);
    else if (event.key === 'ArrowDown') this.#look(turn, tilt - KEY_TURN);
    else if (event.key === 'Home') this.eye = { ...START };
    else return;
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  #onDown(event) {
    if (!event.isPrimary || event.button !== 0) return;
    if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    this.#drag = { id: event.pointerId, x: event.clientX, y: event.clientY, ...this.eye };
  }

  /** A finger that moves up or down scrolls the page: it only turns. @param {PointerEvent} event */
  #onMove(event) {
    const drag = this.#drag;
    if (drag?.id !== event.pointerId) return;
    const down = event.pointerType === 'touch' ? 0 : event.clientY - drag.y;
    this.#look(drag.turn + (event.clientX - drag.x) * DRAG_TURN, drag.tilt + down * DRAG_TURN);
  }

  #onUp() {
    this.#drag = undefined;
  }

  /** What is drawn now. */
  picture = () => (this.shown ? this.#surface?.picture() : undefined);
}
