import { css, html, nothing } from 'lit';
import { Panel } from './panel.js';
import { pictureButtons } from '../../take-away/save-picture.js';
import { principalPlane } from '../directions.js';
import {
  GRID_LINES,
  between,
  bordersBetween,
  gridInputs,
  linesAbove,
  pieceOf,
  placesOnAxes,
  placesOnPlane,
  windowAround,
} from '../hidden-plane.js';
import { targetReachOf } from '../pictures.js';
import { outputScaleOf } from '../stage.js';
import { classesOf, domainOf, entryOf, idOf } from '../../../state/edits.js';
import { parameterLayout } from '../../../state/parameter-layout.js';
import { spaceTranslator } from '../../../text/space.js';
import { formatField, formatPercent, labelIn } from '../../../text/text.js';
import { icon } from '../../../ui/icons.js';
import { createHiddenSpace } from '../../../view/hidden-space.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { Activations, FilledExperiment } from '../../../engine/types.js'
 * @import { HiddenSpaceModel } from '../../../view/hidden-space.js'
 * @import { ChosenPoint } from '../trace.js'
 * @import { Line, Piece } from '../hidden-plane.js'
 * @import { PanelLab, Running } from './panel.js'
 */

/** Before or after a layer's activation. @typedef {'z' | 'a'} Part */

/** @typedef {'neurons' | 'widest'} Axes */

/** The rows of one moment: the grid, the samples, and the chosen point where there is one. @typedef {{ running: Running, experiment: FilledExperiment, side: number, samples: number, inputs: Float32Array, parameters: Float32Array, layers: Activations[], prediction: Float32Array, chosen: boolean }} Seen */

/** Samples that are drawn at most. */
const MOST_SAMPLES = 500;
/** Numbers of all layers for all rows: of a large network fewer points of the grid are asked for. */
const MOST_NUMBERS = 2_000_000;
/** Points from one grid line to the next, the finest first. */
const pitches = Object.freeze([5, 3, 2, 1]);
/** Milliseconds on the way from one layer to the next, and at each when all are gone through. */
const WAY = 450;
const STAY = 1400;
/** More layers than this are chosen from a list. */
const MOST_SEGMENTS = 5;

/** The plane of the data as each layer bends it. */
export class SpacePanel extends Panel {
  static interval = 300;

  static properties = {
    layer: { state: true },
    stage: { state: true },
    axes: { state: true },
    neurons: { state: true },
    seen: { state: true },
    going: { state: true },
    point: { attribute: false },
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
        flex: 1 1 18rem;
        flex-direction: column;
        align-items: flex-start;
        gap: var(--space-3);
        min-width: 0;
        max-width: 26rem;
      }

      .controls > mlp-segmented,
      .controls > mlp-select {
        max-width: 100%;
      }

      .away {
        visibility: hidden;
      }

      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-3);
        width: 100%;
      }

      .says {
        min-height: 9.5em;
        margin: 0;
      }

      .says p {
        margin: 0 0 var(--space-2);
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .view {
        flex: 2 1 24rem;
        min-width: 0;
        max-width: 34rem;
      }

      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        max-height: 34rem;
      }

      @media (forced-colors: active) {
        canvas {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** @type {{ canvas: HTMLCanvasElement, view: ReturnType<typeof createHiddenSpace> } | undefined} */
  #drawn;
  /** What shall be drawn. @type {HiddenSpaceModel | undefined} */
  #model;
  /** What is drawn: on its way from one layer to another it is something between. @type {HiddenSpaceModel | undefined} */
  #current;
  /** @type {{ from: HiddenSpaceModel, at: number } | undefined} */
  #way;
  /** @type {number | undefined} */
  #frame;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #stay;
  /** The directions of the widest plane, by layer and part. @type {Map<string, { across: Float64Array, up: Float64Array, share: number }>} */
  #widest = new Map();

  constructor() {
    super();
    /** -1 is the data. */
    this.layer = 0;
    /** @type {Part} */
    this.stage = 'a';
    /** @type {Axes} */
    this.axes = 'neurons';
    /** @type {readonly [number, number]} */
    this.neurons = [0, 1];
    /** @type {Seen | undefined} */
    this.seen = undefined;
    /** Whether the layers are gone through. */
    this.going = false;
    /** @type {ChosenPoint | undefined} */
    this.point = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#halt();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#way = undefined;
    this.#drawn?.view.dispose();
    this.#drawn = undefined;
    this.#current = undefined;
  }

  get #text() {
    return spaceTranslator(this.language);
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab, running, point } = this;
    if (!lab || !running) return;
    const { experiment } = run;
    const units = parameterLayout(experiment, lab.catalog).layers.reduce((sum, layer) => sum + layer.units, 0);
    const samples = Math.min(running.train.rows, MOST_SAMPLES);
    const sides = pitches.map((pitch) => (GRID_LINES - 1) * pitch + 1);
    const side = sides.find((points) => (points ** 2 + samples) * units <= MOST_NUMBERS) ?? sides[sides.length - 1];
    const chosen = point?.inputs.length === 2 ? point.inputs : [];
    const grid = gridInputs(domainOf(experiment.data, lab.catalog), side);
    const inputs = Float32Array.from([
      ...grid,
      ...Array.from({ length: 2 * samples }, (_, index) => running.train.inputs[index]),
      ...chosen,
    ]);
    const { parameters, layers, prediction } = await run.call('trace', inputs);
    if (this.running !== running || !this.isConnected) return;
    this.seen = { running, experiment, side, samples, inputs, parameters, layers, prediction, chosen: chosen.length > 0 };
  }

  /** @param {PropertyValues} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    const { seen, lab } = this;
    if (!seen || !lab) return;
    const last = seen.layers.length - 1;
    if (this.layer > last) this.layer = last;
    const units = this.#unitsOf(seen);
    if (this.neurons.some((unit) => unit >= Math.max(2, units))) this.neurons = [0, 1];
    this.#model = this.#modelOf(lab, seen);
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('point')) this.frameDrawn();
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas || !this.theme || !this.#model) return;
    if (this.#drawn?.canvas !== canvas) {
      this.#drawn?.view.dispose();
      this.#drawn = { canvas, view: createHiddenSpace(canvas, this.theme) };
    } else if (changed.has('theme')) this.#drawn.view.setTheme(this.theme);
    const moved = ['layer', 'stage', 'axes', 'neurons'].some((key) => changed.has(key));
    this.#show(this.#model, moved);
  }

  /**
   * Draws the places where they shall be; from one layer to another they wander there.
   * @param {HiddenSpaceModel} target
   * @param {boolean} moved
   */
  #show(target, moved) {
    const from = this.#current;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const alike = from && from.grid.length === target.grid.length && from.places.length === target.places.length;
    if (!alike || calm) this.#way = undefined;
    else if (moved) this.#way = { from, at: performance.now() };
    if (this.#way) this.#frame ??= requestAnimationFrame(this.#step);
    else this.#draw(target);
  }

  #step = () => {
    this.#frame = undefined;
    const [way, target] = [this.#way, this.#model];
    if (!way || !target) return;
    const part = Math.min(1, (performance.now() - way.at) / WAY);
    if (part >= 1) {
      this.#way = undefined;
      this.#draw(target);
      return;
    }
    const { from } = way;
    const eased = part < 0.5 ? 2 * part ** 2 : 1 - 2 * (1 - part) ** 2;
    /** @param {readonly [number, number]} before @param {readonly [number, number]} after @returns {[number, number]} */
    const pair = (before, after) => [before[0] + (after[0] - before[0]) * eased, before[1] + (after[1] - before[1]) * eased];
    this.#draw({
      ...target,
      grid: between(from.grid, target.grid, eased),
      places: between(from.places, target.places, eased),
      chosen: from.chosen && target.chosen && pair(from.chosen, target.chosen),
      x: pair(from.x, target.x),
      y: pair(from.y, target.y),
      lines: [],
    });
    this.#frame = requestAnimationFrame(this.#step);
  };

  /** @param {HiddenSpaceModel} model */
  #draw(model) {
    this.#current = model;
    this.#drawn?.view.draw(model);
  }

  /** @param {Seen} seen */
  #unitsOf({ layers, inputs, side, samples, chosen }) {
    if (this.layer < 0) return 2;
    return layers[this.layer].outputs.length / (inputs.length / 2 || side * side + samples + Number(chosen));
  }

  /**
   * @param {PanelLab} lab
   * @param {Seen} seen
   * @returns {HiddenSpaceModel}
   */
  #modelOf({ catalog }, seen) {
    const { running, experiment, side, samples, prediction, inputs, chosen } = seen;
    const classes = classesOf(experiment, catalog);
    const targets = { center: 0, reach: targetReachOf(running.train.values) };
    const points = side * side;
    const places = this.#placesOf(seen);
    const outputs = prediction.length / (inputs.length / 2);
    const window = windowAround(places.subarray(0, 2 * (points + samples)), this.#unitsOf(seen) > 1);
    return {
      side,
      pitch: (side - 1) / (GRID_LINES - 1),
      grid: places.subarray(0, 2 * points),
      answers: prediction.subarray(0, points * outputs),
      outputs,
      ...outputScaleOf(experiment, classes, catalog, targets.reach),
      places: places.subarray(2 * points, 2 * (points + samples)),
      values: Array.from({ length: samples }, (_, row) => running.train.values[row]),
      classes,
      targets,
      lines: this.#piecesOf(seen, classes, window),
      chosen: chosen ? [places[places.length - 2], places[places.length - 1]] : undefined,
      ...window,
      names: this.#namesOf(seen),
    };
  }

  /**
   * Where every row lies in the picture.
   * @param {Seen} seen
   * @returns {Float32Array}
   */
  #placesOf(seen) {
    const { layers, inputs } = seen;
    if (this.layer < 0) return inputs;
    const { preActivations, outputs } = layers[this.layer];
    const values = this.stage === 'z' ? preActivations : outputs;
    const units = this.#unitsOf(seen);
    if (units === 1) return Float32Array.from(inputs, (value, index) => (index % 2 === 0 ? values[index >> 1] : value));
    if (this.#isWidest(units)) {
      const { origin, ...plane } = this.#widestOf(seen, values, units);
      this.#widest.set(`${this.layer}.${this.stage}`, plane);
      return placesOnPlane(values, units, { origin, ...plane });
    }
    return placesOnAxes(values, units, this.neurons);
  }

  /** @param {number} units */
  #isWidest(units) {
    return this.axes === 'widest' && units > 2;
  }

  /**
   * @param {Seen} seen
   * @param {Float32Array} values
   * @param {number} units
   */
  #widestOf({ side, samples }, values, units) {
    const start = side * side * units;
    return principalPlane(values.subarray(start, start + samples * units), units, this.#widest.get(`${this.layer}.${this.stage}`));
  }

  /**
   * The lines at which the next layer turns, as far as the window shows them.
   * @param {Seen} seen
   * @param {number} classes
   * @param {{ x: [number, number], y: [number, number] }} window
   * @returns {(Piece & { name: string })[]}
   */
  #piecesOf(seen, classes, window) {
    const lines = this.#linesOf(seen);
    const borders = this.#lineKind(seen, classes) === 'borders' ? bordersBetween(lines, window) : undefined;
    if (borders) return borders.map((piece) => ({ ...piece, normal: [0, 0], name: '' }));
    return lines.flatMap((line, unit) => {
      const piece = pieceOf(line, window);
      return piece ? [{ ...piece, name: lines.length > 1 ? String(unit + 1) : '' }] : [];
    });
  }

  /**
   * @param {Seen} seen
   * @returns {Line[]}
   */
  #linesOf(seen) {
    const { experiment, layers, parameters } = seen;
    const { lab, layer } = this;
    const last = layers.length - 1;
    const units = this.#unitsOf(seen);
    if (!lab || (layer >= 0 && this.stage === 'z' && layer < last)) return [];
    if (layer === last) {
      const classes = classesOf(experiment, lab.catalog);
      if (classes !== 2 || units > 2) return [];
      if (units === 2) return [{ normal: this.neurons[0] === 0 ? [1, -1] : [-1, 1], offset: 0 }];
      const { center } = outputScaleOf(experiment, classes, lab.catalog, 1);
      // What the loss squashes by itself turns at one half after that, and at zero before.
      const logits = entryOf(lab.catalog.losses, experiment.training.loss)?.logits === true;
      return [{ normal: [1, 0], offset: this.stage === 'a' && !logits ? -center : 0 }];
    }
    if (layer < 0 && !plainFeatures(experiment)) return [];
    const { units: above, sources, offset } = parameterLayout(experiment, lab.catalog).layers[layer + 1];
    if (sources !== units) return [];
    const weights = parameters.subarray(offset, offset + above * sources);
    const biases = parameters.subarray(offset + above * sources, offset + above * (sources + 1));
    return linesAbove(weights, biases, layer < 0 ? [0, 1] : this.neurons);
  }

  /**
   * What the lines are, if there are any.
   * @param {Seen} seen
   * @param {number} classes
   * @returns {'neurons' | 'decision' | 'borders' | undefined}
   */
  #lineKind(seen, classes) {
    const last = seen.layers.length - 1;
    const lines = this.#linesOf(seen);
    if (lines.length === 0) return undefined;
    if (this.layer < last - 1 || classes === 0) return 'neurons';
    return lines.length > 1 ? 'borders' : 'decision';
  }

  /**
   * @param {Seen} seen
   * @returns {[string, string]}
   */
  #namesOf(seen) {
    const text = this.#text;
    if (this.layer < 0) return ['x₁', 'x₂'];
    const units = this.#unitsOf(seen);
    if (this.#isWidest(units)) return [text('axis.widest.1'), text('axis.widest.2')];
    const [across, up] = this.neurons.map((unit) => text(`axis.${this.stage}`, { unit: unit + 1 }));
    return units === 1 ? [text(`axis.${this.stage}`, { unit: 1 }), 'x₂'] : [across, up];
  }

  render() {
    const { lab, running, seen } = this;
    const text = this.#text;
    if (!lab || !running || !seen) return html`<p class="hint">${this.t('state.loading')}</p>`;
    const last = seen.layers.length - 1;
    const units = this.#unitsOf(seen);
    const choices = Array.from({ length: last + 2 }, (_, index) => ({ id: String(index - 1), label: this.#nameOf(index - 1, last) }));
    /** @param {CustomEvent<string>} event */
    const choose = ({ detail }) => {
      this.#halt();
      this.layer = Number(detail);
    };
    return html`
      <p class="hint">${text('hint')}</p>
      <div class="panel">
        <div class="controls">
          ${
            choices.length <= MOST_SEGMENTS
              ? html`<mlp-segmented
                  .label=${text('layer')}
                  .value=${String(this.layer)}
                  .choices=${choices}
                  @change=${choose}
                ></mlp-segmented>`
              : html`<mlp-select .label=${text('layer')} .value=${String(this.layer)} .choices=${choices} @change=${choose}></mlp-select>`
          }
          <mlp-segmented
            .label=${text('part')}
            class=${this.layer < 0 ? 'away' : ''}
            .value=${this.stage}
            .choices=${/** @type {Part[]} */ (['z', 'a']).map((id) => ({ id, label: text(`part.${id}`) }))}
            @change=${(/** @type {CustomEvent<Part>} */ { detail }) => {
              this.#halt();
              this.stage = detail;
            }}
          ></mlp-segmented>
          <button type="button" class="button" @click=${() => (this.going ? this.#halt() : this.#go())}>
            ${icon(this.going ? 'pause' : 'play')}${text(this.going ? 'pause' : 'play')}
          </button>
          ${this.layer >= 0 && units > 2 ? this.#axesControls(text, units) : nothing}
          <div class="says" aria-live="polite">${this.#says(text, seen).map((sentence) => html`<p>${sentence}</p>`)}</div>
        </div>
        <div class="view">
          <canvas role="img" aria-label=${this.#summary(text, seen, last)} @click=${this.#onClick}></canvas>
          ${pictureButtons(this, 'hidden-space', this.#picture)}
        </div>
      </div>
    `;
  }

  /**
   * @param {number} layer
   * @param {number} last
   */
  #nameOf(layer, last) {
    const text = this.#text;
    return layer < 0 ? text('layer.data') : layer === last ? text('layer.output') : text('layer.hidden', { layer: layer + 1 });
  }

  /**
   * @param {ReturnType<typeof spaceTranslator>} text
   * @param {number} units
   */
  #axesControls(text, units) {
    const neurons = Array.from({ length: units }, (_, unit) => ({ id: String(unit), label: text('neuron', { unit: unit + 1 }) }));
    return html`
      <mlp-segmented
        .label=${text('axes')}
        .value=${this.axes}
        .choices=${/** @type {Axes[]} */ (['neurons', 'widest']).map((id) => ({ id, label: text(`axes.${id}`) }))}
        @change=${(/** @type {CustomEvent<Axes>} */ { detail }) => (this.axes = detail)}
      ></mlp-segmented>
      ${
        this.axes === 'neurons'
          ? html`
              <div class="pair">
                ${
                  /** @type {const} */ (['across', 'up']).map(
                    (name, axis) => html`
                      <mlp-select
                        .label=${text(name)}
                        .value=${String(this.neurons[axis])}
                        .choices=${neurons}
                        @change=${(/** @type {CustomEvent<string>} */ { detail }) => this.#setNeuron(axis, Number(detail))}
                      ></mlp-select>
                    `,
                  )
                }
              </div>
            `
          : nothing
      }
    `;
  }

  /**
   * A neuron for an axis; the other axis takes the one that it had, where both would be the same.
   * @param {number} axis
   * @param {number} unit
   */
  #setNeuron(axis, unit) {
    const [across, up] = this.neurons;
    const other = axis === 0 ? up : across;
    const given = other === unit ? this.neurons[axis] : other;
    this.neurons = axis === 0 ? [unit, given] : [given, unit];
  }

  /**
   * What the picture shows, in sentences.
   * @param {ReturnType<typeof spaceTranslator>} text
   * @param {Seen} seen
   * @returns {string[]}
   */
  #says(text, seen) {
    const { lab, layer, stage: part } = this;
    const { experiment, layers } = seen;
    if (!lab) return [];
    const last = layers.length - 1;
    const units = this.#unitsOf(seen);
    const said = [];
    if (layer < 0) said.push(text('stage.data'));
    else {
      const { activation } = experiment.network.layers[layer];
      const entry = entryOf(lab.catalog.activations, activation);
      if (part === 'a' && idOf(activation) === 'identity') said.push(text('stage.a.identity'));
      else if (part === 'a') said.push(text('stage.a', { activation: entry ? labelIn(entry.label, this.language) : '' }));
      else if (layer === 0) said.push(text('stage.z.first'));
      else said.push(text(layer === last && experiment.network.skip ? 'stage.z.skip' : 'stage.z', { layer }));
      const plane = this.#widest.get(`${layer}.${part}`);
      if (units === 1) said.push(text('stage.one'));
      else if (this.#isWidest(units) && plane) said.push(text('stage.widest', { count: units, share: formatPercent(plane.share, 0) }));
    }
    const kind = this.#lineKind(seen, classesOf(experiment, lab.catalog));
    if (kind) said.push(text(`lines.${kind}`));
    else if (layer < 0) said.push(text('lines.none.features'));
    else if (part === 'a' && layer < last && units > 2) said.push(text('lines.none', { count: units }));
    return said;
  }

  /**
   * @param {ReturnType<typeof spaceTranslator>} text
   * @param {Seen} seen
   * @param {number} last
   */
  #summary(text, seen, last) {
    const [left, right, bottom, top] = [...(this.#model?.x ?? []), ...(this.#model?.y ?? [])].map(formatField);
    const stage = `${this.#nameOf(this.layer, last)}${this.layer < 0 ? '' : `, ${text(`part.${this.stage}`)}`}`;
    return text('summary', { stage, count: seen.samples, left, right, bottom, top });
  }

  /** From the data through all layers, with a stay at each. */
  #go() {
    this.layer = -1;
    this.going = true;
    const next = () => {
      const last = (this.seen?.layers.length ?? 1) - 1;
      const activation = this.seen?.experiment.network.layers[this.layer]?.activation;
      // Where there is no activation there is nothing to see of it.
      const bent = this.layer >= 0 && this.stage === 'z' && idOf(activation) !== 'identity';
      if (bent) this.stage = 'a';
      else if (this.layer < last) {
        this.layer += 1;
        this.stage = 'z';
      } else {
        this.#halt();
        return;
      }
      this.#stay = setTimeout(next, STAY);
    };
    this.#stay = setTimeout(next, STAY);
  }

  #halt() {
    clearTimeout(this.#stay);
    this.#stay = undefined;
    this.going = false;
  }

  #picture = () => (this.#current ? this.#drawn?.view.picture() : undefined);

  /** @param {MouseEvent} event */
  #onClick(event) {
    const row = this.#drawn?.view.sampleAt(event.offsetX, event.offsetY);
    if (row !== undefined) this.lab?.chooseSample('train', row);
  }
}

/**
 * Whether the features are the data's own coordinates, in their order.
 * @param {FilledExperiment} experiment
 */
const plainFeatures = ({ data }) => (data.features ?? []).join() === 'x1,x2';
