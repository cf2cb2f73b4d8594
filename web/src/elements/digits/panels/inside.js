import { css, html, nothing } from 'lit';
import { DigitsPanel } from './panel.js';
import { bestOf, inkGradient, largestPlaces, sumOf, tracePicture } from '../trace-picture.js';
import { classNameOf } from '../../../digits/class-names.js';
import { PICTURE_SIZE } from '../../../digits/normalise.js';
import { entryOf, idOf } from '../../../state/edits.js';
import { digitInsideTranslator } from '../../../text/digit-inside.js';
import { formatCount, formatFixed, formatNumber, formatProbability, formatWeight, labelIn } from '../../../text/text.js';
import { gridOf } from '../../../view/cell-grid.js';
import { createDigitImage } from '../../../view/digit-image.js';
import { LEGEND_HEIGHT, paintLegend } from '../../../view/value-legend.js';
import { createWeightImage, weightReach } from '../../../view/weight-images.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { NeuronPlace } from './panel.js'
 * @import { PictureTrace } from '../trace-picture.js'
 * @import { TracedLayer } from '../../../state/chain.js'
 * @import { Picture } from '../../../view/canvas.js'
 * @import { Theme } from '../../../view/color.js'
 */

const PIXELS = PICTURE_SIZE ** 2;
/** So many of a neuron's products are written out. */
const LISTED = 8;
/** CSS pixels of a neuron's cell, at most. */
const CELL = 20;
const LOSS = 'loss';
/** Losses below this are written with an exponent. */
const SURE = 1e-4;
/** Side of a picture that is saved, in CSS pixels: ten for each pixel of a digit. */
const SAVED_SIZE = 10 * PICTURE_SIZE;

/** One picture's way through the network, forward and back, and the arithmetic of one neuron. */
export class InsidePanel extends DigitsPanel {
  static interval = 120;

  static properties = {
    trace: { state: true },
    slopeOf: { state: true },
  };

  static styles = [
    DigitsPanel.styles,
    css`
      .none,
      .hint {
        max-width: var(--measure);
        margin: 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .hint {
        color: var(--ink-faint);
      }

      h3 {
        margin: 0;
        font-size: inherit;
        font-weight: var(--weight-strong);
      }

      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: var(--space-5) var(--space-6);
      }

      section {
        display: grid;
        gap: var(--space-3);
        align-content: start;
        min-width: 0;
      }

      .whole {
        grid-column: 1 / -1;
      }

      .spread {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: var(--space-4) var(--space-6);
      }

      .spread > * {
        min-width: 0;
      }

      .spread > .pictures {
        flex: 0 1 23rem;
      }

      .spread > .pictures:has(.strip-figure) {
        flex: 1 1 24rem;
      }

      .choices {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-2) var(--space-3);
      }

      .choices > * {
        flex: 0 1 11rem;
      }

      figure {
        min-width: 0;
        margin: 0;
      }

      figcaption {
        padding-top: var(--space-1);
        color: var(--ink-soft);
      }

      figcaption .faint {
        color: var(--ink-faint);
      }

      canvas {
        display: block;
        width: 100%;
        border-radius: 2px;
        outline: var(--hairline) solid var(--line);
        image-rendering: pixelated;
        forced-color-adjust: none;
      }

      .square {
        width: min(100%, 7rem);
        aspect-ratio: 1;
      }

      .large {
        width: min(100%, 10.5rem);
        aspect-ratio: 1;
      }

      .pictures {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3) var(--space-4);
      }

      /* Three stand beside one another on a phone too. */
      .pictures > figure {
        flex: 0 1 6.5rem;
      }

      .pictures > .strip-figure {
        flex: 1 1 100%;
      }

      .pictures > .large-figure {
        flex: 0 1 10.5rem;
      }

      .strip {
        position: relative;
        width: 100%;
        max-width: calc(var(--columns) * var(--cell));
        cursor: pointer;
        touch-action: manipulation;
      }

      .strip canvas {
        aspect-ratio: var(--columns) / var(--rows);
      }

      .strip .chosen {
        position: absolute;
        border: 2px solid var(--ink);
        border-radius: 2px;
        pointer-events: none;
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      caption {
        padding-bottom: var(--space-1);
        text-align: left;
      }

      th,
      td {
        height: 1.6rem;
        padding: 0 var(--space-2);
        text-align: right;
        white-space: nowrap;
      }

      th {
        color: var(--ink-faint);
        font-weight: normal;
      }

      :is(th, td):first-child {
        padding-left: 0;
        text-align: left;
      }

      :is(th, td):last-child {
        padding-right: 0;
      }

      tbody tr,
      tfoot tr {
        border-top: var(--hairline) solid var(--line);
      }

      tr[data-truth] :is(th, td) {
        color: var(--ink);
        font-weight: var(--weight-strong);
      }

      td.bar {
        width: 30%;
        min-width: 4rem;
      }

      .share {
        display: block;
        width: calc(var(--share, 0) * 100%);
        min-width: 1px;
        height: 0.6rem;
        background: var(--line-strong);
        forced-color-adjust: none;
      }

      tr[data-best] .share {
        background: var(--accent);
      }

      .outputs {
        width: 100%;
        max-width: 30rem;
      }

      .loss {
        margin: 0;
        font-size: var(--text-body);
      }

      .scale {
        display: inline-grid;
        grid-template-columns: auto 7rem auto;
        align-items: center;
        gap: var(--space-2);
        color: var(--ink-soft);
      }

      .ramp {
        height: 0.6rem;
        border-radius: 2px;
        border: var(--hairline) solid var(--line);
        background: linear-gradient(in oklab to right, var(--value-negative), var(--value-zero), var(--value-positive));
        forced-color-adjust: none;
      }

      .tables {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-6);
      }

      .tables > div {
        min-width: 0;
        max-width: 100%;
        overflow-x: auto;
      }

      .sum tfoot :is(th, td) {
        color: var(--ink);
        font-weight: var(--weight-strong);
      }
    `,
  ];

  /** @type {WeakMap<HTMLCanvasElement, { key: string, theme: Theme, view: { draw: (model: never) => void } }>} */
  #views = new WeakMap();

  constructor() {
    super();
    /** @type {PictureTrace | undefined} */
    this.trace = undefined;
    /** What the picture of slopes is of: the loss, or the score of a digit. */
    this.slopeOf = LOSS;
  }

  get #text() {
    return digitInsideTranslator(this.language);
  }

  /**
   * The slopes in the pixels, with their scale, as a picture.
   * @returns {Picture | undefined}
   */
  slopesPicture() {
    const { trace, theme } = this;
    const canvas = this.renderRoot.querySelector('canvas[data-view="slopes"]');
    if (!trace || !theme || !(canvas instanceof HTMLCanvasElement)) return undefined;
    const { reach } = this.#slopes(trace);
    return {
      width: SAVED_SIZE,
      height: SAVED_SIZE + LEGEND_HEIGHT,
      paint(context) {
        context.imageSmoothingEnabled = false;
        context.drawImage(canvas, 0, 0, SAVED_SIZE, SAVED_SIZE);
        paintLegend(context, theme, { x: 0, y: SAVED_SIZE, bound: formatNumber(reach, 2) });
      },
    };
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab, picture, truth } = this;
    this.trace = lab && picture ? await tracePicture(lab.client, run, picture, { catalog: lab.catalog, truth }) : undefined;
  }

  render() {
    const text = this.#text;
    const { trace } = this;
    if (!this.picture) return html`<p class="none">${text('none')}</p>`;
    if (!trace) return html`<p class="hint">${this.t('state.loading')}</p>`;
    return html`<div class="parts">${this.#forward(trace)} ${this.#outputs(trace)} ${this.#gradient(trace)} ${this.#sum(trace)}</div>`;
  }

  /** The neuron whose sum is shown: the one that was chosen, else the first of the first layer. @param {PictureTrace} trace */
  #neuronIn({ layers }) {
    const { neuron } = this;
    return neuron && layers[neuron.layer] && neuron.unit < layers[neuron.layer].biases.length ? neuron : { layer: 0, unit: 0 };
  }

  /** @param {NeuronPlace} place */
  #choose({ layer, unit }) {
    this.lab?.chooseNeuron({ layer, unit });
  }

  /**
   * @param {PictureTrace} trace
   * @param {number} layer
   */
  #layerName({ layers }, layer) {
    return layer === layers.length - 1 ? this.#text('output') : this.#text('layer', { layer: layer + 1 });
  }

  /**
   * @param {PictureTrace} trace
   * @param {number} layer
   */
  #activationName({ experiment }, layer) {
    const entry = this.lab && entryOf(this.lab.catalog.activations, experiment.network.layers[layer].activation);
    return entry ? labelIn(entry.label, this.language) : idOf(experiment.network.layers[layer].activation);
  }

  /** Digits name the outputs, numbers from 1 the neurons of hidden layers. @param {PictureTrace} trace @param {NeuronPlace} place */
  #unitName({ layers }, { layer, unit }) {
    return layer === layers.length - 1 ? classNameOf(this.names, unit) : String(unit + 1);
  }

  /** @param {PictureTrace} trace */
  #forward(trace) {
    const text = this.#text;
    const known = this.truth === undefined ? '' : String(this.truth);
    return html`
      <section>
        <h3>${text('forward')}</h3>
        <div class="choices">
          <mlp-select
            .label=${text('truth')}
            .value=${known}
            .choices=${[
              { id: '', label: text('truth.open') },
              ...Array.from(trace.prediction, (_, digit) => ({ id: String(digit), label: classNameOf(this.names, digit) })),
            ]}
            @change=${(/** @type {CustomEvent<string>} */ event) => this.lab?.setTruth(event.detail === '' ? undefined : Number(event.detail))}
          ></mlp-select>
        </div>
        <figure>
          <canvas class="square" data-view="picture" role="img" aria-label=${text('picture')}></canvas>
          <figcaption>${text('pixels')}</figcaption>
        </figure>
        ${trace.layers.map((layer, index) => this.#strip(trace, layer, index))}
        <p class="hint">${text('forward.hint')}</p>
      </section>
    `;
  }

  /**
   * The outputs of a layer as a row of cells: one stop of the Tab key, within which the arrow keys choose.
   * @param {PictureTrace} trace
   * @param {TracedLayer} layer
   * @param {number} index
   */
  #strip(trace, { outputs, preActivations }, index) {
    const text = this.#text;
    const count = outputs.length;
    const name = this.#layerName(trace, index);
    const chosen = this.#neuronIn(trace);
    const unit = chosen.layer === index ? chosen.unit : 0;
    const words = text('neuron', {
      unit: this.#unitName(trace, { layer: index, unit }),
      sum: formatFixed(preActivations[unit], 3),
      output: formatFixed(outputs[unit], 3),
    });
    return html`
      <figure class="layer">
        <div
          class="strip"
          data-layer=${index}
          tabindex="0"
          role="slider"
          aria-label=${text('strip', { layer: name, count })}
          aria-valuemin="1"
          aria-valuemax=${count}
          aria-valuenow=${unit + 1}
          aria-valuetext=${words}
          title=${chosen.layer === index ? words : nothing}
          @click=${(/** @type {MouseEvent & { currentTarget: HTMLElement }} */ event) => this.#onStrip(event, index, count)}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.#onStripKey(event, index, unit, count)}
        >
          <canvas data-view="strip" data-layer=${index}></canvas>
          ${chosen.layer === index ? html`<span class="chosen"></span>` : nothing}
        </div>
        <figcaption>
          ${text('caption', { layer: name, activation: this.#activationName(trace, index), count: formatCount(count) })}
          <span class="faint">${text('scale', { reach: formatNumber(weightReach(outputs, count), 2) })}</span>
        </figcaption>
      </figure>
    `;
  }

  /**
   * @param {MouseEvent & { currentTarget: HTMLElement }} event
   * @param {number} layer
   * @param {number} count
   */
  #onStrip({ currentTarget, clientX, clientY }, layer, count) {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const { columns, rows } = gridOf(count);
    const column = Math.min(columns - 1, Math.max(0, Math.floor(((clientX - left) / width) * columns)));
    const row = Math.min(rows - 1, Math.max(0, Math.floor(((clientY - top) / height) * rows)));
    const unit = row * columns + column;
    if (unit < count) this.#choose({ layer, unit });
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} layer
   * @param {number} unit
   * @param {number} count
   */
  #onStripKey(event, layer, unit, count) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { columns } = gridOf(count);
    const target = new Map([
      ['ArrowLeft', unit - 1],
      ['ArrowRight', unit + 1],
      ['ArrowUp', unit - columns],
      ['ArrowDown', unit + columns],
      ['Home', 0],
      ['End', count - 1],
    ]).get(event.key);
    if (target === undefined) return;
    event.preventDefault();
    this.#choose({ layer, unit: Math.min(count - 1, Math.max(0, target)) });
  }

  /** @param {PictureTrace} trace */
  #outputs(trace) {
    const text = this.#text;
    const { outputs, upstream } = trace.layers[trace.layers.length - 1];
    const { prediction, wanted, truth, loss } = trace;
    const entry = this.lab && entryOf(this.lab.catalog.losses, trace.experiment.training.loss);
    const probabilities = entry?.logits === true;
    const best = bestOf(prediction);
    // Four decimals would say that nothing is left to learn.
    const sure = loss < SURE;
    const lossText = sure ? formatNumber(loss, 3) : formatFixed(loss, 4);
    return html`
      <section>
        <h3>${text('outputs')}</h3>
        <table class="outputs">
          <thead>
            <tr>
              <th scope="col">${text('outputs.digit')}</th>
              <th scope="col">${text('outputs.score')}</th>
              ${probabilities ? html`<th scope="col" colspan="2">${text('outputs.prediction')}</th>` : nothing}
              <th scope="col">${text('outputs.wanted')}</th>
              <th scope="col">${text('outputs.slope')}</th>
            </tr>
          </thead>
          <tbody>
            ${Array.from(
              outputs,
              (score, digit) => html`
                <tr ?data-truth=${digit === truth} ?data-best=${digit === best}>
                  <th scope="row">${classNameOf(this.names, digit)}</th>
                  <td>${formatFixed(score, 3)}</td>
                  ${
                    probabilities
                      ? html`<td class="bar"><span class="share"></span></td>
                          <td>${formatProbability(prediction[digit])}</td>`
                      : nothing
                  }
                  <td>${wanted[digit]}</td>
                  <td>${formatProbability(upstream[digit])}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
        <p class="loss">
          ${
            entry?.classIndices === true
              ? text('loss.logarithm', {
                  probability: sure ? formatProbability(prediction[truth]) : formatNumber(prediction[truth], 4),
                  loss: lossText,
                })
              : text('loss', { loss: lossText })
          }
        </p>
      </section>
    `;
  }

  /** @param {PictureTrace} trace */
  #slopes(trace) {
    const output = this.slopeOf === LOSS ? undefined : Number(this.slopeOf);
    const slopes = inkGradient(trace, output);
    return { slopes, reach: weightReach(slopes, slopes.length) };
  }

  /** @param {PictureTrace} trace */
  #gradient(trace) {
    const text = this.#text;
    const what =
      this.slopeOf === LOSS ? text('gradient.loss') : text('gradient.score', { digit: classNameOf(this.names, Number(this.slopeOf)) });
    const { slopes, reach } = this.#slopes(trace);
    const [strongest] = largestPlaces(slopes, 1);
    const words =
      strongest === undefined
        ? text('gradient.flat', { what })
        : text('gradient.picture', { what, ...placeOf(strongest), value: formatNumber(slopes[strongest], 3) });
    const bound = formatNumber(reach, 2);
    return html`
      <section>
        <h3>${text('gradient')}</h3>
        <div class="choices">
          <mlp-select
            .label=${text('gradient.of')}
            .value=${this.slopeOf}
            .choices=${[
              { id: LOSS, label: text('gradient.loss') },
              ...Array.from(trace.prediction, (_, digit) => ({
                id: String(digit),
                label: text('gradient.score', { digit: classNameOf(this.names, digit) }),
              })),
            ]}
            @change=${(/** @type {CustomEvent<string>} */ event) => (this.slopeOf = event.detail)}
          ></mlp-select>
        </div>
        <div class="pictures">
          <figure class="large-figure">
            <canvas class="large" data-view="picture" role="img" aria-label=${text('picture')}></canvas>
            <figcaption>${text('pixels')}</figcaption>
          </figure>
          <figure class="large-figure">
            <canvas class="large" data-view="slopes" role="img" aria-label=${words}></canvas>
            <figcaption>${text('gradient.caption')}</figcaption>
          </figure>
        </div>
        <span class="scale"><span>−${bound}</span><span class="ramp"></span><span>${bound}</span></span>
        <p class="hint">${text('gradient.hint')}</p>
      </section>
    `;
  }

  /** @param {PictureTrace} trace */
  #sum(trace) {
    const text = this.#text;
    const place = this.#neuronIn(trace);
    const layer = trace.layers[place.layer];
    const { weights, products, raising, lowering, bias, sum, output } = sumOf(layer, place.unit);
    const pictorial = layer.sources.length === PIXELS;
    const shape = pictorial ? 'square' : 'flat';
    const last = place.layer === trace.layers.length - 1;
    const parts = [
      { name: text('sum.raising'), value: raising },
      { name: text('sum.lowering'), value: lowering },
      { name: text('sum.bias'), value: bias },
    ];
    /** @param {'inputs' | 'weights' | 'products'} id @param {string} label */
    const figure = (id, label) => html`
      <figure class=${pictorial ? '' : 'strip-figure'}>
        ${
          pictorial
            ? html`<canvas class=${shape} data-view=${id} role="img" aria-label=${label}></canvas>`
            : html`<div class="strip" data-sources=${layer.sources.length}>
                <canvas class=${shape} data-view=${id} role="img" aria-label=${label}></canvas>
              </div>`
        }
        <figcaption>${text(`sum.${id}`)}</figcaption>
      </figure>
    `;
    return html`
      <section class="whole">
        <h3>${text('sum')}</h3>
        <div class="choices">
          <mlp-select
            .label=${text('sum.layer')}
            .value=${String(place.layer)}
            .choices=${trace.layers.map((_, index) => ({ id: String(index), label: this.#layerName(trace, index) }))}
            @change=${(/** @type {CustomEvent<string>} */ event) => this.#choose({ layer: Number(event.detail), unit: 0 })}
          ></mlp-select>
          <mlp-number
            .language=${this.language}
            .label=${text('sum.neuron')}
            .whole=${true}
            .minimum=${last ? 0 : 1}
            .maximum=${layer.biases.length - (last ? 1 : 0)}
            .value=${place.unit + (last ? 0 : 1)}
            @input=${(/** @type {CustomEvent<number>} */ event) => this.#choose({ layer: place.layer, unit: event.detail - (last ? 0 : 1) })}
          ></mlp-number>
        </div>
        <div class="spread">
          <div class="pictures">
            ${figure('inputs', text('sum.inputs.label'))}
            ${figure('weights', text('sum.weights.label', { reach: formatNumber(weightReach(weights, weights.length), 2) }))}
            ${figure('products', text('sum.products.label', { reach: formatNumber(weightReach(products, products.length), 2) }))}
          </div>
          <div class="tables">
            <div>
              <table class="sum">
                <tbody>
                  ${parts.map(
                    ({ name, value }) =>
                      html`<tr>
                        <th scope="row">${name}</th>
                        <td>${formatFixed(value, 3)}</td>
                      </tr>`,
                  )}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row">${text('sum.total')}</th>
                    <td>${formatFixed(sum, 3)}</td>
                  </tr>
                  <tr>
                    <th scope="row">${text('sum.activated', { activation: this.#activationName(trace, place.layer) })}</th>
                    <td>${formatFixed(output, 3)}</td>
                  </tr>
                </tfoot>
              </table>
            </div>
            <div>${this.#largest(trace, place, { weights, products })}</div>
          </div>
        </div>
      </section>
    `;
  }

  /**
   * @param {PictureTrace} trace
   * @param {NeuronPlace} place
   * @param {{ weights: Float32Array, products: Float64Array }} terms
   */
  #largest(trace, { layer }, { weights, products }) {
    const text = this.#text;
    const { sources } = trace.layers[layer];
    const before = layer === 0 ? 0 : trace.layers[layer - 1].biases.length;
    /** @param {number} source */
    const nameOf = (source) => (source < before ? text('sum.unit', { unit: source + 1 }) : text('sum.pixel', placeOf(source - before)));
    return html`
      <table>
        <caption>
          ${text('sum.largest')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text('sum.source')}</th>
            <th scope="col">${text('sum.input')}</th>
            <th scope="col">${text('sum.weight')}</th>
            <th scope="col">${text('sum.product')}</th>
          </tr>
        </thead>
        <tbody>
          ${largestPlaces(products, LISTED).map(
            (source) =>
              html`<tr>
                <th scope="row">${nameOf(source)}</th>
                <td>${formatFixed(sources[source], 3)}</td>
                <td>${formatWeight(weights[source])}</td>
                <td>${formatFixed(products[source], 3)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const { trace, theme } = this;
    if (!trace || !theme) return;
    this.#layOut(trace);
    const place = this.#neuronIn(trace);
    const layer = trace.layers[place.layer];
    const { weights, products } = sumOf(layer, place.unit);
    const { slopes } = this.#slopes(trace);
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const view = canvas.dataset.view ?? '';
      if (view === 'picture') this.#drawPicture(canvas, theme, trace.picture);
      else if (view === 'strip') this.#drawValues(canvas, theme, trace.layers[Number(canvas.dataset.layer)].outputs);
      else if (view === 'slopes') this.#drawValues(canvas, theme, slopes);
      else this.#drawValues(canvas, theme, { inputs: layer.sources, weights, products }[view] ?? []);
    }
  }

  /** Sizes that follow from the numbers; style attributes are refused by the pages' security policy. @param {PictureTrace} trace */
  #layOut(trace) {
    const { prediction } = trace;
    this.renderRoot.querySelectorAll('.share').forEach((bar, digit) => {
      if (bar instanceof HTMLElement) bar.style.setProperty('--share', String(Math.min(1, Math.max(0, prediction[digit]))));
    });
    const chosen = this.#neuronIn(trace);
    for (const strip of this.renderRoot.querySelectorAll('.strip')) {
      if (!(strip instanceof HTMLElement)) continue;
      const { columns, rows } = gridOf(Number(strip.dataset.sources ?? trace.layers[Number(strip.dataset.layer)].biases.length));
      strip.style.setProperty('--columns', String(columns));
      strip.style.setProperty('--rows', String(rows));
      strip.style.setProperty('--cell', `${CELL}px`);
      const mark = strip.querySelector('.chosen');
      if (!(mark instanceof HTMLElement)) continue;
      const [column, row] = [chosen.unit % columns, Math.floor(chosen.unit / columns)];
      Object.assign(mark.style, {
        left: `${(100 * column) / columns}%`,
        top: `${(100 * row) / rows}%`,
        width: `${100 / columns}%`,
        height: `${100 / rows}%`,
      });
    }
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Theme} theme
   * @param {ArrayLike<number>} picture
   */
  #drawPicture(canvas, theme, picture) {
    this.#viewOn(canvas, 'ink', theme, () => createDigitImage(canvas, theme)).draw(picture);
  }

  /**
   * Numbers of either sign, a cell each: as a picture where there is one for each pixel.
   * @param {HTMLCanvasElement} canvas
   * @param {Theme} theme
   * @param {ArrayLike<number>} values
   */
  #drawValues(canvas, theme, values) {
    const { length } = values;
    const { columns, rows } = length === PIXELS ? { columns: PICTURE_SIZE, rows: PICTURE_SIZE } : gridOf(length);
    const size = { width: columns, height: rows };
    const view = this.#viewOn(canvas, `${columns}×${rows}`, theme, () => createWeightImage(canvas, theme, size));
    view.draw({ weights: values, offset: 0, reach: weightReach(values, length) });
  }

  /**
   * What draws on a canvas, made anew when it is to show something of another size or in other colours.
   * @template {{ draw: (model: never) => void }} View
   * @param {HTMLCanvasElement} canvas
   * @param {string} key
   * @param {Theme} theme
   * @param {() => View} create
   * @returns {View}
   */
  #viewOn(canvas, key, theme, create) {
    const known = this.#views.get(canvas);
    if (known && known.key === key && known.theme === theme) return /** @type {View} */ (/** @type {unknown} */ (known.view));
    const view = create();
    this.#views.set(canvas, { key, theme, view });
    return view;
  }
}

/** Row and column of a pixel, counted from 1. @param {number} pixel */
function placeOf(pixel) {
  return { row: Math.floor(pixel / PICTURE_SIZE) + 1, column: (pixel % PICTURE_SIZE) + 1 };
}
