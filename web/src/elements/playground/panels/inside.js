import { css, html, nothing } from 'lit';
import { Panel } from './panel.js';
import { pictureButtons } from '../../take-away/save-picture.js';
import { learnedActivation, parameterLayout } from '../../../state/parameter-layout.js';
import { reachOf } from '../pictures.js';
import { FLAT, evenRange, healthOf, histogramOf, meanSizes } from '../../../state/statistics.js';
import { entryOf } from '../../../state/edits.js';
import { insideTranslator } from '../../../text/inside.js';
import { formatCount, formatField, formatNumber, formatPercent, labelIn } from '../../../text/text.js';
import { createHistogram } from '../../../view/histogram.js';
import { createLayerBars } from '../../../view/layer-bars.js';
import { pictureSheet } from '../../../view/picture-sheet.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { FilledExperiment, Operation } from '../../../engine/types.js'
 * @import { Picture } from '../../../view/canvas.js'
 * @import { HistogramModel } from '../../../view/histogram.js'
 * @import { Ailment } from '../../../state/statistics.js'
 */

/** @typedef {{ sums: HistogramModel, weights: HistogramModel, sensitive: number, units: (Ailment | undefined)[], gradient: number }} LayerInside */

/** @typedef {{ experiment: FilledExperiment, samples: number, layers: LayerInside[] }} Inside */

/** Samples and numbers that are looked at: a picture needs no more. */
const MOST_SAMPLES = 1000;
const MOST_NUMBERS = 500_000;
const BINS = 48;
const WEIGHT_BINS = 32;
/** More neurons than this are counted, not listed. */
const LISTED = 12;

/** Histograms of sums and weights, gradients by layer, and the neurons that have stopped learning. */
export class InsidePanel extends Panel {
  static interval = 400;

  static properties = { inside: { state: true } };

  static styles = [
    Panel.styles,
    css`
      .hint {
        max-width: var(--measure);
        margin: 0 0 var(--space-3);
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }

      .layers {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
        gap: var(--space-4) var(--space-5);
      }

      .layer {
        min-width: 0;
      }

      h3 {
        margin: 0;
        font-size: var(--text-small);
        font-weight: var(--weight-strong);
      }

      .state {
        min-height: 2.6em;
        margin: var(--space-1) 0;
        color: var(--ink-soft);
        line-height: 1.3;
      }

      .state .ill {
        color: var(--warning);
      }

      .name {
        margin: var(--space-2) 0 0;
        color: var(--ink-soft);
      }

      canvas {
        display: block;
        width: 100%;
      }

      canvas.sums {
        height: 9rem;
      }

      canvas.weights {
        height: 4rem;
      }

      .gradients {
        max-width: 44rem;
        padding-top: var(--space-4);
      }

      .gradients .bars {
        position: relative;
        margin: var(--space-2) 0;
      }

      .gradients canvas {
        height: 15rem;
      }

      .gradients canvas[data-layers='1'],
      .gradients canvas[data-layers='2'],
      .gradients canvas[data-layers='3'] {
        height: 6rem;
      }

      .gradients canvas[data-layers='4'],
      .gradients canvas[data-layers='5'] {
        height: 10rem;
      }

      @media (forced-colors: active) {
        canvas {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** Curves of the activations over a range, as the engine draws them. @type {Map<string, Promise<{ value: Float32Array, slope: Float32Array }>>} */
  #curves = new Map();
  /** @type {WeakMap<HTMLCanvasElement, ReturnType<typeof createHistogram>>} */
  #histograms = new WeakMap();
  /** @type {Set<{ setTheme: ReturnType<typeof createHistogram>['setTheme'], dispose: () => void }>} */
  #views = new Set();
  /** @type {{ canvas: HTMLCanvasElement, view: ReturnType<typeof createLayerBars> } | undefined} */
  #bars;

  constructor() {
    super();
    /** @type {Inside | undefined} */
    this.inside = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const view of this.#views) view.dispose();
    this.#views.clear();
    this.#histograms = new WeakMap();
    this.#bars = undefined;
    this.lab?.showAilments(undefined);
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab, running } = this;
    if (!lab || !running) return;
    const { experiment } = run;
    const places = parameterLayout(experiment, lab.catalog).layers;
    const { inputs, rows } = running.train;
    const columns = inputs.length / rows;
    const samples = Math.min(rows, MOST_SAMPLES, Math.ceil(MOST_NUMBERS / places.reduce((sum, { units }) => sum + units, 0)));
    const [{ parameters, layers }, gradients] = await Promise.all([
      run.call(
        'trace',
        Float32Array.from({ length: samples * columns }, (_, index) => inputs[index]),
      ),
      run.call('gradients', 'train'),
    ]);
    const sizes = meanSizes(experiment, lab.catalog, gradients);
    const seen = await Promise.all(
      layers.map(async ({ preActivations }, layer) => {
        const activation = learnedActivation(experiment, lab.catalog, parameters, layer);
        const range = evenRange(preActivations, reachOf);
        const [curve, { slope }] = await Promise.all([this.#curve(activation, range), lab.client.activation(activation, preActivations)]);
        const steepest = Math.max(...curve.slope.map(Math.abs));
        const { units, sources, offset } = places[layer];
        const weights = parameters.subarray(offset, offset + units * sources);
        const weightRange = evenRange(weights, reachOf);
        return {
          ...healthOf(slope, units, steepest),
          gradient: sizes[layer],
          weights: { counts: histogramOf(weights, weightRange, WEIGHT_BINS), range: weightRange },
          sums: {
            counts: histogramOf(preActivations, range, BINS),
            range,
            curve,
            // Two points of the curve a bin, and one at the end: the odd ones are the middles.
            live: Array.from({ length: BINS }, (_, bin) => {
              const size = Math.abs(curve.slope[2 * bin + 1]);
              return Number(size > 0 && size >= FLAT * steepest);
            }),
          },
        };
      }),
    );
    if (this.running !== running || !this.isConnected) return;
    this.inside = { experiment, samples, layers: seen };
    lab.showAilments(seen.map(({ units }) => units));
  }

  /**
   * @param {Operation} activation
   * @param {readonly [number, number]} range
   */
  #curve(activation, [low, high]) {
    const key = JSON.stringify([activation, low, high]);
    const known = this.#curves.get(key);
    if (known) return known;
    const points = 2 * BINS + 1;
    const asked = Promise.resolve(
      this.lab?.client.activation(
        activation,
        Float32Array.from({ length: points }, (_, index) => low + ((high - low) * index) / (points - 1)),
      ) ?? Promise.reject(new Error('A panel asks for numbers only once it belongs to a lab.')),
    );
    this.#curves.set(key, asked);
    // What failed may be asked for again.
    asked.catch(() => this.#curves.delete(key));
    return asked;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const { inside, theme } = this;
    if (!inside || !theme) return;
    if (changed.has('theme')) for (const view of this.#views) view.setTheme(theme);
    inside.layers.forEach(({ sums, weights }, layer) => {
      this.#histogram(`.sums[data-layer="${layer}"]`)?.draw(sums);
      this.#histogram(`.weights[data-layer="${layer}"]`)?.draw(weights);
    });
    const canvas = this.renderRoot.querySelector('#gradients');
    if (!(canvas instanceof HTMLCanvasElement)) return;
    if (this.#bars?.canvas !== canvas) {
      this.#bars = { canvas, view: createLayerBars(canvas, theme) };
      this.#views.add(this.#bars.view);
    }
    this.#bars.view.draw({
      layers: inside.layers.map(({ gradient }, layer) => ({ name: this.#nameOf(inside, layer), value: gradient })),
      format: (value) => formatNumber(value, 2),
    });
  }

  /** @param {string} selector */
  #histogram(selector) {
    const canvas = this.renderRoot.querySelector(selector);
    if (!(canvas instanceof HTMLCanvasElement) || !this.theme) return undefined;
    const known = this.#histograms.get(canvas);
    if (known) return known;
    const made = createHistogram(canvas, this.theme);
    this.#histograms.set(canvas, made);
    this.#views.add(made);
    return made;
  }

  get #text() {
    return insideTranslator(this.language);
  }

  /**
   * @param {Inside} inside
   * @param {number} layer
   */
  #nameOf({ layers }, layer) {
    return layer === layers.length - 1 ? this.#text('output') : this.#text('layer', { layer: layer + 1 });
  }

  render() {
    const { inside } = this;
    const text = this.#text;
    if (!inside) return html`<p class="hint">${this.t('state.loading')}</p>`;
    const gradients = inside.layers
      .map(({ gradient }, layer) => `${this.#nameOf(inside, layer)} ${formatNumber(gradient)}`)
      .join(text('and'));
    return html`
      <p class="hint">${text('hint', { count: inside.samples })}</p>
      <div class="layers">${inside.layers.map((_, layer) => this.#renderLayer(inside, layer))}</div>
      <div class="gradients">
        <h3>${text('gradients')}</h3>
        <div class="bars">
          <canvas id="gradients" role="img" data-layers=${inside.layers.length} aria-label="${text('gradients')}: ${gradients}"></canvas>
        </div>
        <p class="hint">${text('gradients.hint')}</p>
        ${pictureButtons(this, 'layers', this.#picture)}
      </div>
    `;
  }

  /** Every layer's histograms under its name, and the gradients, on one sheet. */
  #picture = () => {
    const { inside, theme } = this;
    if (!inside || !theme || !this.#bars) return undefined;
    const text = this.#text;
    /** @param {string} title @param {{ picture: () => Picture } | undefined} view */
    const titled = (title, view) => (view ? [{ title, picture: view.picture() }] : []);
    const columns = inside.layers.map((_, layer) => [
      ...titled(this.#captionOf(inside, layer), this.#histogram(`.sums[data-layer="${layer}"]`)),
      ...titled(text('weights'), this.#histogram(`.weights[data-layer="${layer}"]`)),
    ]);
    return pictureSheet([...columns, titled(text('gradients'), this.#bars.view)], theme);
  };

  /**
   * @param {Inside} inside
   * @param {number} layer
   */
  #captionOf(inside, layer) {
    const activation = entryOf(this.lab?.catalog.activations ?? [], inside.experiment.network.layers[layer].activation);
    return this.#text('caption', {
      layer: this.#nameOf(inside, layer),
      activation: activation ? labelIn(activation.label, this.language) : '',
    });
  }

  /**
   * @param {Inside} inside
   * @param {number} layer
   */
  #renderLayer(inside, layer) {
    const text = this.#text;
    const { sums, weights, sensitive, units } = inside.layers[layer];
    const name = this.#nameOf(inside, layer);
    const share = text('sensitive', { share: formatPercent(sensitive, 0) });
    const ill = /** @type {const} */ (['dead', 'saturated']).map((ailment) => [ailment, listOf(units, ailment, text)]);
    /** @param {HistogramModel} model */
    const ends = ({ range: [low, high] }) => ({ layer: name, low: formatField(low), high: formatField(high) });
    return html`
      <div class="layer">
        <h3>${this.#captionOf(inside, layer)}</h3>
        <p class="state">
          ${text('sentence', { text: share })}
          ${
            ill.every(([, list]) => list === '')
              ? text('healthy')
              : ill.map(([ailment, list]) =>
                  list === ''
                    ? nothing
                    : html`<span class="ill"
                        >${text('sentence', { text: text(/** @type {Ailment} */ (ailment), { units: list }) })}</span
                      > `,
                )
          }
        </p>
        <canvas class="sums" data-layer=${layer} role="img" aria-label=${text('sums', { ...ends(sums), sensitive: share })}></canvas>
        <p class="name">${text('weights')}</p>
        <canvas class="weights" data-layer=${layer} role="img" aria-label=${text('weights.summary', ends(weights))}></canvas>
      </div>
    `;
  }
}

/**
 * The neurons with an ailment, counted from 1.
 * @param {readonly (Ailment | undefined)[]} units
 * @param {Ailment} ailment
 * @param {ReturnType<typeof insideTranslator>} text
 */
function listOf(units, ailment, text) {
  const found = units.flatMap((each, unit) => (each === ailment ? [formatCount(unit + 1)] : []));
  const listed = found.slice(0, LISTED).join(text('and'));
  return found.length > LISTED ? text('more', { units: listed, count: found.length - LISTED }) : listed;
}
