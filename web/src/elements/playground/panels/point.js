import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Panel } from './panel.js';
import { affineFormula, neuronFormula } from './formula.js';
import { nameOfNeuron, parameterIndex } from '../parameters.js';
import { targetReachOf } from '../pictures.js';
import { affineOf, createFeatureProbe, tracePoint } from '../trace.js';
import { classesOf, domainOf, entryOf, parameterOf } from '../../../state/edits.js';
import { DRAWN_UNITS } from '../../../view/network-diagram.js';
import { pointTranslator } from '../../../text/point.js';
import { formatCount, formatFixed, formatNumber, formatWeight, labelIn, listed, parseNumber, shortPower } from '../../../text/text.js';
import { selectAll, stop } from '../../../ui/events.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { FilledExperiment } from '../../../engine/types.js'
 * @import { NeuronPlace, ParameterPlace } from '../../../view/network-diagram.js'
 * @import { ChosenPoint, PointTrace } from '../trace.js'
 * @import { NeuronFormula } from './formula.js'
 */

/** @typedef {'symbols' | 'numbers' | 'code'} Form */

/** What is shown: a point's numbers, and the document they were computed with. @typedef {{ trace: PointTrace, point: ChosenPoint, experiment: FilledExperiment }} Shown */

/** How far arrow keys move a weight, plainly and with Shift. */
const KEY_STEP = 0.1;
const LARGE_KEY_STEP = 1;
/** More classes than this are chosen from a list. */
const MOST_SEGMENTS = 4;

/** One point's whole way through the network and back, with every number. */
export class PointPanel extends Panel {
  static properties = {
    point: { attribute: false },
    neuron: { attribute: false },
    pointed: { attribute: false },
    shown: { state: true },
    form: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-5);
        padding-bottom: var(--space-3);
      }

      .controls mlp-number {
        width: 15rem;
      }

      .controls .pair {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        color: var(--ink-soft);
      }

      .none {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
        margin: 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .flow {
        display: flex;
        align-items: flex-start;
        gap: var(--space-5);
        padding: var(--space-3) 0;
        border-block: var(--hairline) solid var(--line);
        overflow-x: auto;
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      caption {
        padding-bottom: var(--space-1);
        color: var(--ink);
        font-weight: var(--weight-strong);
        text-align: left;
        white-space: nowrap;
      }

      caption .count {
        display: block;
        padding-top: 0.1rem;
        color: var(--ink-faint);
        font-weight: normal;
      }

      th,
      td {
        height: 1.75rem;
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

      tbody tr,
      tfoot tr {
        border-top: var(--hairline) solid var(--line);
      }

      tbody tr[data-chosen] {
        background: var(--accent-wash);
      }

      tbody tr[data-lit] {
        background: var(--paper-sunken);
      }

      tfoot :is(th, td) {
        color: var(--ink);
        font-weight: var(--weight-strong);
      }

      .neuron {
        min-width: 1.75rem;
        height: 1.75rem;
        padding: 0 var(--space-2);
        border: 0;
        border-radius: var(--radius-small);
        background: none;
        cursor: pointer;
        text-align: left;
      }

      .neuron:hover {
        text-decoration: underline;
      }

      .neuron[aria-pressed='true'] {
        color: var(--accent-strong);
        font-weight: var(--weight-strong);
      }

      @media (pointer: coarse) {
        .neuron {
          min-width: 2.75rem;
          height: 2.75rem;
        }
      }

      .rest {
        margin: var(--space-1) 0 0;
        color: var(--ink-faint);
      }

      .detail {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-6);
        padding-top: var(--space-4);
      }

      .detail > * {
        min-width: 0;
        max-width: 100%;
      }

      .formula {
        flex: 1 1 26rem;
      }

      .terms {
        flex: 0 1 auto;
        max-height: 26rem;
        overflow: auto;
      }

      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
      }

      h3::first-letter {
        text-transform: uppercase;
      }

      h3 {
        margin: 0;
        font-size: var(--text-small);
        font-weight: var(--weight-strong);
      }

      .part {
        margin: var(--space-3) 0 var(--space-1);
        color: var(--ink-faint);
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.15em 0.3em;
        min-height: 2rem;
        padding: 0.2em 0 0.2em var(--space-3);
        font-size: var(--text-body);
      }

      .line .note {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      .term {
        padding: 0.1em 0.15em;
        border-radius: var(--radius-small);
      }

      .term[data-lit] {
        background: var(--accent-wash);
        outline: 1px solid var(--accent);
      }

      .code {
        margin: var(--space-3) 0 0;
        padding: var(--space-3);
        border-radius: var(--radius);
        background: var(--paper-sunken);
        font-family: var(--font-code);
        line-height: var(--leading-text);
        overflow-x: auto;
      }

      .terms input {
        width: 6.5em;
        height: 1.5rem;
        padding: 0 0.25rem;
        border: var(--hairline) solid transparent;
        border-radius: var(--radius-small);
        background: none;
        text-align: right;
      }

      .terms input:hover {
        border-color: var(--line);
      }

      .terms input:focus {
        border-color: var(--accent);
        outline: 2px solid var(--accent);
        outline-offset: -1px;
        background: var(--paper-raised);
      }

      .terms input[aria-invalid='true'] {
        border-color: var(--warning);
      }

      @media (pointer: coarse) {
        .terms input {
          height: 2.5rem;
        }
      }

      .hint {
        margin: var(--space-2) 0 0;
        color: var(--ink-faint);
      }
    `,
  ];

  /** @type {{ key: string, probe: ReturnType<typeof createFeatureProbe> } | undefined} */
  #probe;

  constructor() {
    super();
    /** @type {ChosenPoint | undefined} */
    this.point = undefined;
    /** @type {NeuronPlace | undefined} */
    this.neuron = undefined;
    /** @type {ParameterPlace | undefined} */
    this.pointed = undefined;
    /** @type {Shown | undefined} */
    this.shown = undefined;
    /** @type {Form} */
    this.form = 'numbers';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forgetProbe();
    this.lab?.light(undefined);
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('point')) this.frameDrawn();
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab, point, running } = this;
    if (!lab || !point || !running || running.train.inputs.length !== running.train.rows * point.inputs.length) {
      this.shown = undefined;
      return;
    }
    const { experiment } = run;
    const probe = await this.#probeOf(experiment.data.features ?? [], point.inputs.length);
    const features = await probe.at(point.inputs);
    const classes = classesOf(experiment, lab.catalog);
    const trace = await tracePoint(lab.client, run, point, { features, catalog: lab.catalog, classes });
    this.shown = { trace, point, experiment };
  }

  /**
   * @param {readonly string[]} features
   * @param {number} columns
   */
  async #probeOf(features, columns) {
    const { lab } = this;
    if (!lab) throw new Error('A panel asks for numbers only once it belongs to a lab.');
    const key = `${columns} ${features.join(' ')}`;
    if (this.#probe?.key !== key) {
      this.#forgetProbe();
      this.#probe = { key, probe: createFeatureProbe(lab.client, features, columns) };
    }
    return this.#probe.probe;
  }

  #forgetProbe() {
    const forgotten = this.#probe;
    this.#probe = undefined;
    // Where none could be made, whoever waited for it was told.
    forgotten?.probe.then(
      (probe) => probe.dispose(),
      () => undefined,
    );
  }

  get #text() {
    return pointTranslator(this.language);
  }

  render() {
    const { lab, running, point, shown } = this;
    if (!lab || !running) return html``;
    const text = this.#text;
    if (!point) {
      return html`
        <p class="none">
          ${text('hint.none')}
          <button type="button" class="button" @click=${() => lab.chooseSample('train', 0)}>${text('take')}</button>
        </p>
      `;
    }
    return html`
      ${this.#renderControls(point)}
      ${shown ? html`${this.#renderFlow(shown)} ${this.#renderAffine(shown)} ${this.#renderDetail(shown)}` : html`<p class="hint">${this.t('state.loading')}</p>`}
    `;
  }

  /** @param {ChosenPoint} point */
  #renderControls(point) {
    const { lab, running, language } = this;
    if (!lab || !running) return nothing;
    const text = this.#text;
    const classes = classesOf(running.experiment, lab.catalog);
    const [low, high] = domainOf(running.experiment.data, lab.catalog);
    const reach = targetReachOf(running.train.values);
    const split = point.sample?.split ?? 'train';
    const rows = running[split]?.rows ?? 0;
    const choices = Array.from({ length: classes }, (_, index) => ({ id: String(index), label: formatCount(index) }));
    /** @param {CustomEvent<string>} event */
    const setClass = ({ detail }) => lab.choosePoint({ inputs: point.inputs, target: Number(detail) });
    return html`
      <div class="controls">
        ${point.inputs.map(
          (value, column) => html`
            <mlp-number
              compact
              .language=${language}
              .label=${`x${'₁₂₃₄₅₆₇₈₉'[column] ?? column + 1}`}
              .value=${Number(value.toFixed(4))}
              .minimum=${low}
              .maximum=${high}
              .fallback=${0}
              @input=${(/** @type {CustomEvent<number>} */ { detail }) =>
                lab.choosePoint({ inputs: point.inputs.map((each, index) => (index === column ? detail : each)), target: point.target })}
            ></mlp-number>
          `,
        )}
        <span class="pair">
          ${text('target')}
          ${
            classes === 0
              ? html`<mlp-number
                  compact
                  .language=${language}
                  .label=${'t'}
                  .value=${Number(point.target.toFixed(4))}
                  .minimum=${-reach}
                  .maximum=${reach}
                  .lowest=${-1e6}
                  .limit=${1e6}
                  @input=${(/** @type {CustomEvent<number>} */ { detail }) => lab.choosePoint({ inputs: point.inputs, target: detail })}
                ></mlp-number>`
              : classes > MOST_SEGMENTS
                ? html`<mlp-select
                    small
                    label-hidden
                    .label=${text('target')}
                    .value=${String(point.target)}
                    .choices=${choices}
                    @change=${setClass}
                  ></mlp-select>`
                : html`<mlp-segmented
                    small
                    .label=${text('target')}
                    .value=${String(point.target)}
                    .choices=${choices}
                    @change=${setClass}
                  ></mlp-segmented>`
          }
        </span>
        ${
          point.sample
            ? html`
                <span class="pair">
                  ${text(split === 'train' ? 'sample.train' : 'sample.test')}
                  <mlp-stepper
                    .language=${language}
                    .label=${text(split === 'train' ? 'sample.train' : 'sample.test')}
                    .value=${point.sample.row + 1}
                    .minimum=${1}
                    .maximum=${rows}
                    @change=${(/** @type {CustomEvent<number>} */ { detail }) => lab.chooseSample(split, detail - 1)}
                  ></mlp-stepper>
                </span>
              `
            : html`<span class="pair">${text('sample.none')}</span>
                <button type="button" class="button" @click=${() => lab.chooseSample('train', 0)}>${text('take')}</button>`
        }
        <button type="button" class="button quiet" @click=${() => lab.choosePoint(undefined)}>${text('clear')}</button>
      </div>
    `;
  }

  /** @param {Shown} shown */
  #naming({ experiment }) {
    return { t: this.t, language: this.language, experiment, catalog: this.lab?.catalog ?? /** @type {never} */ (undefined) };
  }

  /**
   * The neuron whose formula stands below: the one chosen, as far as there is one.
   * @param {Shown} shown
   * @returns {NeuronPlace}
   */
  #neuronOf({ trace }) {
    const { layer, unit } = this.neuron ?? { layer: 0, unit: 0 };
    const there = trace.layers[layer]?.biases.length ?? 0;
    return unit < there ? { layer, unit } : { layer: 0, unit: 0 };
  }

  /** @param {Shown} shown */
  #renderFlow(shown) {
    const text = this.#text;
    const { trace, point } = shown;
    const naming = this.#naming(shown);
    return html`
      <p class="visually-hidden" aria-live="polite">
        ${text('summary', {
          inputs: listed(
            point.inputs.map((value) => formatFixed(value)),
            this.language,
          ),
          prediction: listed(
            Array.from(trace.prediction, (value) => formatFixed(value, 3)),
            this.language,
          ),
          target: formatFixed(point.target, Number.isInteger(point.target) ? 0 : 3),
          loss: formatNumber(trace.loss),
        })}
      </p>
      <div class="flow">
        <table>
          <caption>
            ${text('features')}
          </caption>
          <thead>
            <tr>
              <th scope="col">${text('column.feature')}</th>
              <th scope="col">${text('column.value')}</th>
            </tr>
          </thead>
          <tbody>
            ${Array.from(
              { length: Math.min(DRAWN_UNITS, trace.features.length) },
              (_, unit) => html`
                <tr>
                  <th scope="row">${nameOfNeuron(naming, { layer: -1, unit })}</th>
                  <td>${formatWeight(trace.features[unit])}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
        ${trace.layers.map((_, layer) => this.#renderLayer(shown, layer))} ${this.#renderResult(shown)}
      </div>
    `;
  }

  /**
   * @param {Shown} shown
   * @param {number} layer
   */
  #renderLayer(shown, layer) {
    const { lab } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const naming = this.#naming(shown);
    const { layers } = shown.experiment.network;
    const { preActivations, outputs, slopes, deltas, sources } = shown.trace.layers[layer];
    const chosen = this.#neuronOf(shown);
    const units = deltas.length;
    const drawn = Math.min(DRAWN_UNITS, units);
    return html`
      <div>
        <table>
          <caption>
            ${text('layer.caption', {
              layer: layer === layers.length - 1 ? text('output') : text('layer', { layer: layer + 1 }),
              activation: activationName(lab, this.language, shown.experiment, layer),
            })}
            <span class="count">${text('layer.count', { units, sources: sources.length, count: units * (sources.length + 1) })}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">${text('column.neuron')}</th>
              <th scope="col">z</th>
              <th scope="col">a</th>
              <th scope="col">f′(z)</th>
              <th scope="col">∂L/∂z</th>
            </tr>
          </thead>
          <tbody>
            ${Array.from({ length: drawn }, (_, unit) => {
              const here = chosen.layer === layer && chosen.unit === unit;
              return html`
                <tr ?data-chosen=${here}>
                  <th scope="row">
                    <button
                      type="button"
                      class="neuron"
                      aria-pressed=${here}
                      aria-label="${unit + 1}: ${text('show.neuron', { neuron: nameOfNeuron(naming, { layer, unit }) })}"
                      @click=${() => lab.chooseNeuron({ layer, unit })}
                    >
                      ${unit + 1}
                    </button>
                  </th>
                  <td>${formatWeight(preActivations[unit])}</td>
                  <td>${formatWeight(outputs[unit])}</td>
                  <td>${formatWeight(slopes[unit])}</td>
                  <td>${formatNumber(deltas[unit])}</td>
                </tr>
              `;
            })}
          </tbody>
        </table>
        ${units > drawn ? html`<p class="rest">${text('layer.rest', { count: units - drawn })}</p>` : nothing}
      </div>
    `;
  }

  /** @param {Shown} shown */
  #renderResult({ trace, experiment }) {
    const { lab } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const loss = entryOf(lab.catalog.losses, experiment.training.loss);
    const { prediction, targets } = trace;
    const drawn = Math.min(DRAWN_UNITS, prediction.length);
    return html`
      <table>
        <caption>
          ${text('layer.caption', { layer: text('result'), activation: loss ? labelIn(loss.label, this.language) : '' })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text('output')}</th>
            <th scope="col">${text('column.prediction')}</th>
            <th scope="col">${text('column.target')}</th>
          </tr>
        </thead>
        <tbody>
          ${Array.from({ length: drawn }, (_, unit) => {
            const target = loss?.classIndices ? Number(unit === targets[0]) : targets[unit];
            return html`
              <tr>
                <th scope="row">${prediction.length > 1 ? formatCount(loss?.classIndices ? unit : unit + 1) : 'y'}</th>
                <td>${formatWeight(prediction[unit])}</td>
                <td>${formatFixed(target, Number.isInteger(target) ? 0 : 3)}</td>
              </tr>
            `;
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="2">${text('result.loss')}</th>
            <td>${formatNumber(trace.loss)}</td>
          </tr>
        </tfoot>
      </table>
    `;
  }

  /** @param {Shown} shown */
  #renderAffine({ trace, experiment }) {
    const affine = affineOf(experiment, trace);
    if (!affine) return nothing;
    return html`
      <div class="affine">
        <p class="part">${this.#text('affine')}</p>
        ${affine.slice(0, DRAWN_UNITS).map((piece, unit) => html`<div class="line">${affineFormula(piece, affine.length > 1 ? unit + 1 : undefined)}</div>`)}
      </div>
    `;
  }

  /** @param {Shown} shown */
  #renderDetail(shown) {
    const { lab, pointed } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const naming = this.#naming(shown);
    const { layer, unit } = this.#neuronOf(shown);
    const { layers, features } = shown.trace;
    const traced = layers[layer];
    const before = layer > 0 ? layers[layer - 1].biases.length : features.length;
    const names = Array.from({ length: traced.sources.length }, (_, source) =>
      source < before
        ? nameOfNeuron(naming, { layer: layer - 1, unit: source })
        : nameOfNeuron(naming, { layer: -1, unit: source - before }),
    );
    const activation = shown.experiment.network.layers[layer].activation ?? 'identity';
    const parameters = entryOf(lab.catalog.activations, activation)?.parameters ?? [];
    /** @type {NeuronFormula} */
    const formula = {
      layer,
      unit,
      names,
      traced,
      above: layers[layer + 1],
      activation,
      activationName: activationName(lab, this.language, shown.experiment, layer),
      constants: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameterOf(activation, parameter)])),
      lit: pointed?.layer === layer && pointed.unit === unit ? pointed.source : undefined,
      light: (source) => lab.light(source === undefined ? undefined : { layer, unit, source }),
      text,
    };
    return html`
      <div class="detail">
        <div class="formula">
          <div class="title">
            <h3>${nameOfNeuron(naming, { layer, unit })}</h3>
            <mlp-segmented
              small
              .label=${text('formula')}
              .value=${this.form}
              .choices=${/** @type {const} */ (['symbols', 'numbers', 'code']).map((id) => ({ id, label: text(`formula.${id}`) }))}
              @change=${(/** @type {CustomEvent<Form>} */ { detail }) => (this.form = detail)}
            ></mlp-segmented>
          </div>
          ${neuronFormula(formula, this.form)}
        </div>
        <div class="terms">${this.#renderTerms(shown, formula)}</div>
      </div>
    `;
  }

  /**
   * The sum of the neuron as a table: each term with its weight, to be changed, and what the loss makes of it.
   * @param {Shown} shown
   * @param {NeuronFormula} formula
   */
  #renderTerms(shown, { layer, unit, names, traced, lit, light }) {
    const text = this.#text;
    const { sources, weights, biases, preActivations, weightGradients, deltas } = traced;
    const count = sources.length;
    /** @param {number} source @param {number} value @param {string} label */
    const field = (source, value, label) => this.#renderField(shown.experiment, { layer, unit, source }, value, label);
    return html`
      <table>
        <thead>
          <tr>
            <th scope="col">${text('column.from')}</th>
            <th scope="col">${text('column.weight')}</th>
            <th scope="col">${text('column.input')}</th>
            <th scope="col">${text('column.product')}</th>
            <th scope="col">${text('column.gradient')}</th>
          </tr>
        </thead>
        <tbody>
          ${names.map(
            (name, source) => html`
              <tr ?data-lit=${lit === source} @pointerenter=${() => light(source)} @pointerleave=${() => light(undefined)}>
                <th scope="row">${name}</th>
                <td>${field(source, weights[unit * count + source], `${text('column.weight')}, ${name}`)}</td>
                <td>${formatWeight(sources[source])}</td>
                <td>${formatWeight(weights[unit * count + source] * sources[source])}</td>
                <td>${formatNumber(weightGradients[unit * count + source])}</td>
              </tr>
            `,
          )}
          <tr ?data-lit=${lit === -1} @pointerenter=${() => light(-1)} @pointerleave=${() => light(undefined)}>
            <th scope="row">${text('row.bias')}</th>
            <td>${field(-1, biases[unit], text('row.bias'))}</td>
            <td>1</td>
            <td>${formatWeight(biases[unit])}</td>
            <td>${formatNumber(deltas[unit])}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="3">${text('row.sum')}</th>
            <td>${formatWeight(preActivations[unit])}</td>
            <td></td>
          </tr>
        </tfoot>
      </table>
      <p class="hint">${text('terms.hint')}</p>
    `;
  }

  /**
   * @param {FilledExperiment} experiment
   * @param {ParameterPlace} place
   * @param {number} value
   * @param {string} label
   */
  #renderField(experiment, place, value, label) {
    const index = this.lab ? parameterIndex(experiment, this.lab.catalog, place) : 0;
    const active = this.shadowRoot?.activeElement;
    const editing = active instanceof HTMLInputElement && active.dataset.index === String(index);
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      data-index=${index}
      aria-label=${label}
      ?disabled=${this.lab?.isLocked('parameters') ?? false}
      .value=${live(editing && active.dataset.typing === 'true' ? active.value : shortPower(formatWeight(value)))}
      @focus=${selectAll}
      @input=${(/** @type {Event & { target: HTMLInputElement }} */ event) => {
        event.target.dataset.typing = 'true';
        stop(event);
      }}
      @blur=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => delete target.dataset.typing}
      @keydown=${(/** @type {KeyboardEvent & { target: HTMLInputElement }} */ event) => this.#onFieldKey(event, index, value)}
      @change=${(/** @type {Event & { target: HTMLInputElement }} */ event) => this.#onField(event, index)}
    />`;
  }

  /**
   * @param {Event & { target: HTMLInputElement }} event
   * @param {number} index
   */
  #onField(event, index) {
    event.stopPropagation();
    const field = event.target;
    const value = parseNumber(field.value);
    delete field.dataset.typing;
    field.setAttribute('aria-invalid', String(!Number.isFinite(value)));
    if (Number.isFinite(value)) this.lab?.setParameter(index, value);
  }

  /**
   * @param {KeyboardEvent & { target: HTMLInputElement }} event
   * @param {number} index
   * @param {number} value
   */
  #onFieldKey(event, index, value) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const step = (event.shiftKey ? LARGE_KEY_STEP : KEY_STEP) * (event.key === 'ArrowUp' ? 1 : -1);
    delete event.target.dataset.typing;
    this.lab?.setParameter(index, Number((value + step).toFixed(6)));
  }
}

/**
 * @param {import('./panel.js').PanelLab} lab
 * @param {'en' | 'zh'} language
 * @param {FilledExperiment} experiment
 * @param {number} layer
 */
function activationName({ catalog }, language, experiment, layer) {
  const entry = entryOf(catalog.activations, experiment.network.layers[layer].activation);
  return entry ? labelIn(entry.label, language) : '';
}
