import { css, html, nothing, svg } from 'lit';
import { amountsWithin, compareAmounts, placeOf } from '../../../digits/amounts.js';
import { USUAL_SAMPLES, withDigits } from '../../../digits/experiment.js';
import { mnist } from '../../../digits/mnist-files.js';
import { asEngineError } from '../../../engine/errors.js';
import { amountTranslator } from '../../../text/amount.js';
import { formatCount, formatPercent } from '../../../text/text.js';
import { DigitsPanel } from './panel.js';

/**
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { AmountResult } from '../../../digits/amounts.js'
 */

const STEPS = Object.freeze(['1000', '3000', '10000']);
/** More rows than there are. */
const ALL = 100_000;
/** The stage of the site's digits that is fetched for this: ten thousand to learn from. */
const STAGE = 2;

/** The drawing, in CSS pixels. */
const WIDTH = 360;
const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [48, 344, 12, 184];
/** The lowest accuracy that the axis shows. */
const LOWEST = 0.4;

/** Trains the lab's network on more and more digits, and draws how well it then reads those, and others. */
export class AmountPanel extends DigitsPanel {
  static properties = { results: { state: true }, going: { state: true }, steps: { state: true }, done: { state: true } };

  static styles = [
    DigitsPanel.styles,
    css`
      .hint {
        max-width: var(--measure);
        margin: 0 0 var(--space-3);
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .settings,
      .found {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-3) var(--space-5);
        margin-bottom: var(--space-4);
      }

      .found {
        align-items: start;
      }

      .settings mlp-select {
        width: 13rem;
      }

      .going {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: var(--control-height);
      }

      progress {
        width: 10rem;
        accent-color: var(--accent);
      }

      svg {
        max-width: 100%;
        font-size: var(--text-small);
      }

      .axis {
        stroke: var(--line);
      }

      text {
        fill: var(--ink-soft);
      }

      .curve {
        fill: none;
        stroke: var(--ink);
        stroke-width: 1.5;
      }

      .curve.test {
        stroke: var(--accent);
        stroke-dasharray: 5 3;
      }

      .dot {
        fill: var(--ink);
      }

      .dot.test {
        fill: var(--paper-raised);
        stroke: var(--accent);
        stroke-width: 1.5;
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--space-1) var(--space-3);
        border-bottom: var(--hairline) solid var(--line);
        text-align: right;
        font-weight: normal;
      }

      th {
        color: var(--ink-soft);
      }
    `,
  ];

  /** The run that trains at the moment. @type {RemoteRun | undefined} */
  #trial;
  #stopped = false;

  constructor() {
    super();
    /** @type {readonly AmountResult[]} */
    this.results = [];
    /** The amount that is trained on; undefined while nothing is. @type {number | undefined} */
    this.going = undefined;
    this.steps = STEPS[1];
    /** The fraction of its steps. */
    this.done = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  #stop() {
    this.#stopped = true;
    this.#trial?.dispose();
  }

  async #start() {
    const { lab } = this;
    if (!lab || this.going !== undefined) return;
    this.#stopped = false;
    this.results = [];
    this.going = 0;
    try {
      if (lab.experiment.data?.id === 'mnist') await mnist.need(STAGE);
      await compareAmounts(
        amountsWithin(mnist.present.train),
        (samples) => this.#train(samples),
        (results) => (this.results = results),
      );
    } catch (thrown) {
      lab.showError(thrown);
    } finally {
      this.going = undefined;
    }
  }

  /**
   * @param {number} samples
   * @returns {Promise<AmountResult | null>}
   */
  async #train(samples) {
    const { lab } = this;
    if (!lab?.run || this.#stopped) return null;
    this.going = samples;
    this.done = 0;
    const steps = Number(this.steps);
    const { data, ...rest } = withDigits(lab.run.experiment, { samples });
    const files = mnist.files({ train: samples, test: mnist.present.test });
    try {
      const run = await lab.client.createRun(
        { ...rest, data: { id: 'idx', samples, scaling: data.scaling, ...files } },
        { variant: 'fast' },
      );
      this.#trial = run;
      const undo = run.on('progress', ({ step }) => (this.done = step / steps));
      if (this.#stopped) return null;
      await run.call('train', { steps });
      undo();
      const { train, test } = await run.assess({ train: ALL, test: ALL });
      return { samples, train: train?.accuracy ?? Number.NaN, test: test?.accuracy ?? Number.NaN };
    } catch (thrown) {
      if (this.#stopped && asEngineError(thrown).code === 'disposed') return null;
      throw thrown;
    } finally {
      this.#trial?.dispose();
      this.#trial = undefined;
    }
  }

  render() {
    const text = amountTranslator(this.language);
    const { going, results } = this;
    const samples = this.lab?.run?.experiment.data.samples ?? USUAL_SAMPLES;
    return html`
      <p class="hint">${text('hint')}</p>
      <div class="settings">
        <mlp-select
          .label=${text('steps')}
          .value=${this.steps}
          .choices=${STEPS.map((id) => ({ id, label: formatCount(Number(id)) }))}
          ?disabled=${going !== undefined}
          @change=${(/** @type {CustomEvent<string>} */ event) => (this.steps = event.detail)}
        ></mlp-select>
        ${
          going === undefined
            ? html`<button type="button" class="button primary" ?disabled=${!this.lab?.run} @click=${() => this.#start()}>
                ${text('start')}
              </button>`
            : html`<div class="going">
                <button type="button" class="button" @click=${() => this.#stop()}>${text('stop')}</button>
                <progress max="1" .value=${this.done} aria-label=${text('going', { count: formatCount(going) })}></progress>
                <span>${text('going', { count: formatCount(going) })}</span>
              </div>`
        }
      </div>
      ${results.length === 0 ? nothing : html`<div class="found">${this.#chart(text)} ${this.#table(text)}</div>`}
      ${mnist.present.train < mnist.available.train && samples < mnist.available.train ? html`<p class="hint">${text('more')}</p>` : nothing}
    `;
  }

  /** @param {ReturnType<typeof amountTranslator>} text */
  #chart(text) {
    const { results } = this;
    const x = (/** @type {number} */ samples) => LEFT + placeOf(samples) * (RIGHT - LEFT);
    const y = (/** @type {number} */ accuracy) => BOTTOM - ((Math.max(LOWEST, accuracy) - LOWEST) / (1 - LOWEST)) * (BOTTOM - TOP);
    const curve = (/** @type {'train' | 'test'} */ split) => {
      const points = results.map((result) => `${x(result.samples)},${y(result[split])}`);
      return svg`<polyline class="curve ${split}" points=${points.join(' ')}></polyline>
        ${results.map((result) => svg`<circle class="dot ${split}" cx=${x(result.samples)} cy=${y(result[split])} r="3.5"></circle>`)}`;
    };
    return html`<svg width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${text('chart')}>
      ${[0.4, 0.6, 0.8, 1].map(
        (accuracy) => svg`<line class="axis" x1=${LEFT} x2=${RIGHT} y1=${y(accuracy)} y2=${y(accuracy)}></line>
          <text x=${LEFT - 6} y=${y(accuracy) + 4} text-anchor="end">${formatPercent(accuracy, 0)}</text>`,
      )}
      ${[100, 1000, 10_000].map(
        (samples) => svg`<text x=${x(samples)} y=${BOTTOM + 18} text-anchor="middle">${formatCount(samples)}</text>`,
      )}
      <text x=${(LEFT + RIGHT) / 2} y=${HEIGHT - 4} text-anchor="middle">${text('samples')}</text>
      ${curve('train')} ${curve('test')}
    </svg>`;
  }

  /** @param {ReturnType<typeof amountTranslator>} text */
  #table(text) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${text('samples')}</th>
          <th scope="col">${text('train')}</th>
          <th scope="col">${text('test')}</th>
        </tr>
      </thead>
      <tbody>
        ${this.results.map(
          ({ samples, train, test }) =>
            html`<tr>
              <th scope="row">${formatCount(samples)}</th>
              <td>${formatPercent(train)}</td>
              <td>${formatPercent(test)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
