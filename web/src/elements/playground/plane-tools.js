import { css, html, nothing, svg } from 'lit';
import { Panel } from './panels/panel.js';
import { affineFormula } from './panels/formula.js';
import { foldLevels, kindOfFolds } from './folds.js';
import { descentOf, sampleOf } from './input-gradients.js';
import { PlaneNavigation } from './plane-navigation.js';
import { affineOf, featuresOf, tracePoint } from './trace.js';
import { classesOf } from '../../state/edits.js';
import { planeTranslator } from '../../text/plane.js';
import { formatNumber } from '../../text/text.js';
import { icon } from '../../ui/icons.js';
import { niceTicks } from '../../view/plane.js';
import { arrowsAt, dashOf, foldLines, regionAround, ringsAround } from '../../view/plane-overlays.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../engine/client.js'
 * @import { Outcomes } from '../../engine/types.js'
 * @import { IconName } from '../../ui/icons.js'
 * @import { NeuronPlace } from '../../view/network-diagram.js'
 * @import { Area } from '../../view/plane.js'
 * @import { Overlay, Points } from '../../view/surface.js'
 * @import { LayerLines } from '../../view/plane-overlays.js'
 * @import { AnswersTable } from './answers-table.js'
 * @import { OutputView } from './output-section.js'
 * @import { PanelLab, Running } from './panels/panel.js'
 * @import { PlaneOwner } from './plane-navigation.js'
 * @import { Extras, Latest } from './stage.js'
 * @import { ChosenPoint } from './trace.js'
 */

/** What the lab has for these tools besides what panels ask for. @typedef {PanelLab & PlaneOwner & { outputView: OutputView, requestUpdate: () => void }} PlaneLab */

/** Level lines of a regression, about so many. */
const LEVELS = 9;
/** Outputs whose formulas are shown. */
const MOST_FORMULAS = 3;
/** Samples with an arrow. */
const MOST_ARROWS = 200;
/** The radius of a point without loss, and of the one with the largest, in parts of the usual one. */
const SMALLEST = 0.4;
const LARGEST = 1.8;
/** Milliseconds between two changes of sizes while training runs. */
const SIZE_INTERVAL = 150;
/** Parts of the largest loss in the legend. */
const LEGEND = Object.freeze([0, 0.25, 1]);

/**
 * What the plane shows on demand: fold lines, each point's loss and which way it falls, level lines; and buttons to zoom. While nothing of it is on, it costs
 * nothing.
 */
export class PlaneTools extends Panel {
  static properties = {
    point: { attribute: false },
    neuron: { attribute: false },
    area: { attribute: false },
    folds: { state: true },
    losses: { state: true },
    arrows: { state: true },
    levels: { state: true },
    answers: { state: true },
    affine: { state: true },
    largest: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-2);
      }

      p {
        margin: 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .key {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        margin-right: var(--space-2);
        color: var(--ink-soft);
      }

      .key svg {
        flex: none;
        width: 1.75rem;
        height: 1.25rem;
        overflow: visible;
      }

      .formula {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.15em 0.3em;
        min-height: 2rem;
        font-size: var(--text-body);
      }
    `,
  ];

  #navigation;
  /** Outcomes have come, and their largest loss is on its way into the legend. */
  #largestSeen = 0;
  /** What was drawn of each split. @type {WeakMap<Points, { at: number, outcomes: Outcomes, sized: Points }>} */
  #sizes = new WeakMap();
  /** Arrows at the samples of a run, as they were measured last. @type {{ points: Points, drawn: Overlay } | undefined} */
  #arrows;

  /** @param {PlaneLab} lab */
  constructor(lab) {
    super();
    /** @type {PlaneLab} */
    this.plane = lab;
    this.#navigation = new PlaneNavigation(lab);
    /** @type {ChosenPoint | undefined} */
    this.point = undefined;
    /** The neuron whose line stands out. @type {NeuronPlace | undefined} */
    this.neuron = undefined;
    /** What is seen of the plane, where it is not the whole. @type {Area | undefined} */
    this.area = undefined;
    this.folds = false;
    this.losses = false;
    /** Which way the loss of single samples falls. */
    this.arrows = false;
    this.levels = false;
    /** The surface as a table. */
    this.answers = false;
    /** The network around the chosen point. @type {ReturnType<typeof affineOf>} */
    this.affine = undefined;
    /** The loss of the largest points. */
    this.largest = 0;
  }

  get navigation() {
    return this.#navigation;
  }

  get #t() {
    return planeTranslator(this.language);
  }

  get #classes() {
    return this.running ? classesOf(this.running.experiment, this.plane.catalog) : 0;
  }

  /** What frames have to bring for it. */
  get wants() {
    const { running } = this;
    if (!running) return {};
    return {
      ...(this.folds && kindOfFolds(running.experiment) !== 'none' && { sums: true }),
      ...(this.losses && { outcomes: running.test ? /** @type {const} */ (['train', 'test']) : /** @type {const} */ (['train']) }),
    };
  }

  /** What is drawn for it; nothing while nothing is on. @returns {Extras | undefined} */
  get extras() {
    if (!this.folds && !this.losses && !this.levels && !this.arrows) return undefined;
    const reach = this.running ? this.#reach() : 1;
    return {
      levels: this.levels ? niceTicks(-reach, reach, LEVELS) : undefined,
      points: this.losses ? (points, outcomes) => this.#sized(points, outcomes) : undefined,
      overlays: this.folds ? (latest) => this.#foldsOf(latest) : undefined,
      marks: this.losses || this.arrows ? (latest) => [...this.#arrowsNow(), ...(this.losses ? this.#wrongOf(latest) : [])] : undefined,
    };
  }

  #reach() {
    return Math.max(1e-6, ...Array.from(this.running?.train.values ?? [], Math.abs));
  }

  // Fold lines.

  /** @param {Latest} latest @returns {LayerLines[]} */
  #layersOf({ sums }) {
    const { running } = this;
    if (!sums || !running) return [];
    const { layers } = running.experiment.network;
    const cells = sums.columns * sums.rows;
    const straightOutput = kindOfFolds({ ...running.experiment, network: { layers: [{}, layers[layers.length - 1]] } }) === 'straight';
    return layers.map(({ activation, units = 1 }, layer) => ({
      sums: sums.layers[layer] ?? [],
      units: sums.layers[layer]?.length === units * cells ? units : 0,
      levels: layer < layers.length - 1 || straightOutput ? foldLevels(activation, this.plane.catalog) : [],
      label: String(layer + 1),
    }));
  }

  /** @param {Latest} latest @returns {Overlay[]} */
  #foldsOf(latest) {
    const { sums } = latest;
    if (!sums) return [];
    const layers = this.#layersOf(latest);
    const { neuron, point } = this;
    const lines = foldLines(sums, layers, neuron && neuron.layer >= 0 ? neuron : undefined);
    const [x, y] = point?.inputs.length === 2 && this.#straight ? point.inputs : [];
    const region = x === undefined || y === undefined ? undefined : regionAround(sums, layers, [x, y]);
    return region ? [lines, region] : [lines];
  }

  get #straight() {
    return this.running !== undefined && kindOfFolds(this.running.experiment) === 'straight';
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    if (this.largest !== this.#largestSeen) this.largest = this.#largestSeen;
    const { point, running } = this;
    if (this.arrows && running) await this.#measureArrows(run, running);
    const features = point && running ? featuresOf(run.experiment.data.features ?? [], point.inputs) : undefined;
    if (!this.folds || !point || !features || !this.#straight) {
      this.affine = undefined;
      return;
    }
    const { catalog, client } = this.plane;
    const trace = await tracePoint(client, run, point, { features, catalog, classes: this.#classes });
    this.affine = affineOf(run.experiment, trace);
  }

  /**
   * @param {RemoteRun} run
   * @param {Running} running
   */
  async #measureArrows(run, { train }) {
    const samples = sampleOf(train, MOST_ARROWS);
    const { catalog, client } = this.plane;
    const directions = await descentOf(client, run, samples, { catalog, classes: this.#classes });
    this.#arrows = { points: train, drawn: arrowsAt(samples.inputs, directions) };
    // What is drawn is the lab's.
    this.plane.requestUpdate();
  }

  #arrowsNow() {
    const { showTrain } = this.plane.outputView;
    return this.arrows && showTrain && this.#arrows && this.#arrows.points === this.running?.train ? [this.#arrows.drawn] : [];
  }

  frameDrawn() {
    super.frameDrawn();
    if (customElements.get('mlp-answers-table')) this.#table?.frameDrawn();
  }

  get #table() {
    return /** @type {AnswersTable | null | undefined} */ (this.shadowRoot?.querySelector('mlp-answers-table'));
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('point') || changed.has('folds') || changed.has('arrows')) this.frameDrawn();
  }

  // Losses.

  /**
   * Sizes change at reading speed: while training runs, those of a moment ago are kept.
   * @param {Points} points
   * @param {Outcomes | undefined} outcomes
   * @returns {Points}
   */
  #sized(points, outcomes) {
    if (outcomes?.losses.length !== points.rows) return points;
    const before = this.#sizes.get(points);
    const now = performance.now();
    if (before && (before.outcomes === outcomes || (this.plane.playing && now - before.at < SIZE_INTERVAL))) return before.sized;
    const sized = this.#size(points, outcomes);
    this.#sizes.set(points, { at: now, outcomes, sized });
    return sized;
  }

  /**
   * @param {Points} points
   * @param {Outcomes} outcomes
   * @returns {Points}
   */
  #size(points, outcomes) {
    const { losses } = outcomes;
    this.#largestSeen = Math.max(
      points === this.running?.train ? 0 : this.#largestSeen,
      roundUp(losses.reduce((a, b) => Math.max(a, b), 0)),
    );
    return { ...points, sizes: losses.map((loss) => sizeOf(loss / this.#largestSeen)) };
  }

  /** Points that are taken for another class. @param {Latest} latest */
  #wrongOf({ outcomes }) {
    const { running } = this;
    if (!running) return [];
    const { showTrain, showTest } = this.plane.outputView;
    return /** @type {const} */ (['train', 'test']).flatMap((split) => {
      const points = running[split];
      const predicted = outcomes?.[split]?.predicted;
      if (!points || !predicted || predicted.length !== points.rows || !(split === 'train' ? showTrain : showTest)) return [];
      return [
        ringsAround(
          points,
          [...predicted.keys()].filter((row) => predicted[row] !== points.values[row]),
        ),
      ];
    });
  }

  /**
   * What the surface says of a sample under the pointer.
   * @param {Outcomes | undefined} outcomes of its split
   * @param {number} row
   */
  saysOf(outcomes, row) {
    const loss = this.losses ? outcomes?.losses[row] : undefined;
    return loss === undefined ? '' : this.#t('losses.of', { loss: formatNumber(loss) });
  }

  // The strip.

  render() {
    const t = this.#t;
    const { plane } = this;
    return html`
      <div class="row" role="group" aria-label=${t('zoom')}>
        ${this.#button('plus', t('zoom.in'), () => this.#navigation.nearer())}
        ${this.#button('minus', t('zoom.out'), () => this.#navigation.farther())}
        ${this.#button('move', t('zoom.hand'), () => this.#takeHand(!plane.hand), plane.hand)}
        ${this.area ? html`<p>${t('zoom.hint')}</p>` : nothing}
      </div>
      <div class="row">
        ${this.#toggle('folds', t('folds'))} ${this.#toggle('losses', t('losses'))} ${this.#toggle('arrows', t('arrows'))}
        ${this.#classes === 0 ? this.#toggle('levels', t('levels')) : nothing}
        <mlp-toggle
          .label=${t('answers')}
          .checked=${this.answers}
          @change=${(/** @type {CustomEvent<boolean>} */ { detail }) => this.#showAnswers(detail)}
        ></mlp-toggle>
      </div>
      ${this.folds ? this.#foldsKey() : nothing} ${this.losses ? this.#lossesKey() : nothing}
      ${this.arrows ? html`<p>${t('arrows.hint')}</p>` : nothing}
      ${
        this.answers
          ? html`<mlp-answers-table
              .lab=${plane}
              .running=${this.running}
              .language=${this.language}
              .area=${this.area}
            ></mlp-answers-table>`
          : nothing
      }
    `;
  }

  /**
   * @param {IconName} drawing
   * @param {string} name
   * @param {() => void} act
   * @param {boolean} [pressed]
   */
  #button(drawing, name, act, pressed) {
    return html`
      <button type="button" class="button icon" aria-label=${name} title=${name} aria-pressed=${pressed ?? nothing} @click=${act}>
        ${icon(drawing)}
      </button>
    `;
  }

  /** @param {boolean} hand */
  #takeHand(hand) {
    this.plane.hand = hand;
    this.requestUpdate();
  }

  /**
   * @param {'folds' | 'losses' | 'arrows' | 'levels'} name
   * @param {string} label
   */
  #toggle(name, label) {
    return html`
      <mlp-toggle
        .label=${label}
        .checked=${this[name]}
        @change=${(/** @type {CustomEvent<boolean>} */ { detail }) => {
          this[name] = detail;
          this.#largestSeen = 0;
          // What frames bring, and what is drawn, is the lab's.
          this.plane.requestUpdate();
          this.plane.requestFrame();
        }}
      ></mlp-toggle>
    `;
  }

  /** @param {boolean} shown */
  async #showAnswers(shown) {
    this.answers = shown;
    if (!shown || customElements.get('mlp-answers-table')) return;
    try {
      const { AnswersTable } = await import('./answers-table.js');
      if (!customElements.get('mlp-answers-table')) customElements.define('mlp-answers-table', AnswersTable);
    } catch (thrown) {
      this.answers = false;
      this.plane.showError(thrown);
    }
  }

  #foldsKey() {
    const t = this.#t;
    const { running } = this;
    if (!running) return nothing;
    const kind = kindOfFolds(running.experiment);
    const { layers } = running.experiment.network;
    const bending = layers
      .map((_, layer) => layer)
      .filter((layer) => layer < layers.length - 1 && foldLevels(layers[layer].activation, this.plane.catalog).length > 0);
    return html`
      <div class="row">
        ${bending.map(
          (layer) => html`
            <span class="key">
              <svg viewBox="0 0 28 20" aria-hidden="true">
                ${svg`<path d="M0 10H28" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray=${dashOf(layer).join(' ') || nothing} />`}
              </svg>
              ${t('folds.layer', { layer: layer + 1 })}
            </span>
          `,
        )}
      </div>
      <p>${t(kind === 'straight' ? 'folds.hint' : `folds.${kind}`)}</p>
      ${
        this.affine
          ? html`
              <p>${t('folds.region')}</p>
              ${this.affine
                .slice(0, MOST_FORMULAS)
                .map(
                  (piece, unit) =>
                    html`<div class="formula">${affineFormula(piece, (this.affine?.length ?? 1) > 1 ? unit + 1 : undefined)}</div>`,
                )}
            `
          : nothing
      }
    `;
  }

  #lossesKey() {
    const t = this.#t;
    const { plane } = this;
    return html`
      <div class="row">
        ${LEGEND.map((part) => {
          const radius = (plane.stage?.surface.pointRadius ?? 3) * sizeOf(part);
          return html`
            <span class="key">
              <svg viewBox="0 0 28 20" aria-hidden="true">${svg`<circle cx="14" cy="10" r=${radius} fill="currentColor" />`}</svg>
              ${formatNumber(part * this.largest, 2)}
            </span>
          `;
        })}
      </div>
      <p>${t('losses.hint')} ${this.#classes > 0 ? t('losses.wrong') : nothing}</p>
    `;
  }
}

/**
 * The radius of a point with a part of the largest loss: the area grows with the loss.
 * @param {number} part
 */
function sizeOf(part) {
  return Math.min(LARGEST, SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(part > 0 ? part : 0));
}

/**
 * The next of 1, 2, 5, 10, 20 …: a legend that changes in steps can be read.
 * @param {number} value
 */
function roundUp(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5].find((times) => times * power >= value) ?? 10);
}
