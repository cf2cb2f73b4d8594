import { css, html, nothing } from 'lit';
import { DigitsPanel } from './panel.js';
import { accuraciesByScaling, firstSums } from '../first-sums.js';
import { scalingControl } from '../scaling-control.js';
import { scalingIds, scalingOf } from '../../../digits/scaling.js';
import { entryOf } from '../../../state/edits.js';
import { digitsTranslator } from '../../../text/digits.js';
import { scalingTranslator } from '../../../text/scaling.js';
import { formatCount, formatField, formatFixed, formatNumber, formatPercent, labelIn } from '../../../text/text.js';
import { createHistogram } from '../../../view/histogram.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { FirstSums } from '../first-sums.js'
 */

/**
 * @typedef {object} Seen
 * @property {FirstSums} sums
 * @property {{ scale: number, offset: number, mean: number, std: number }} scaling
 * @property {Awaited<ReturnType<typeof accuraciesByScaling>>} [transfer] of a network that was trained
 */

/** Grey levels of full ink. */
const FULL_INK = 255;

/** The linear softmax as `measured.note` says it, lowest and highest of three seeds. */
const measured = Object.freeze(
  /** @type {const} */ ([
    { scaling: 'standardized', early: [0.9136, 0.9151], accuracy: [0.9214, 0.9244], loss: [0.276, 0.284] },
    { scaling: 'unit', early: [0.8978, 0.8988], accuracy: [0.9193, 0.9223], loss: [0.282, 0.284] },
    { scaling: 'raw', early: [0.8598, 0.8843], accuracy: [0.863, 0.8841], loss: [542, 610] },
  ]),
);

/** What the scaling of the pixels does to the first layer's sums, to the slopes behind them, and to the result. */
export class ScalingPanel extends DigitsPanel {
  static interval = 400;

  static properties = { seen: { state: true } };

  static styles = [
    DigitsPanel.styles,
    css`
      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: var(--space-5) var(--space-6);
        align-items: start;
      }

      .sums,
      .tables,
      .table {
        display: grid;
        gap: var(--space-3);
        min-width: 0;
      }

      .tables {
        gap: var(--space-5);
      }

      .table {
        gap: var(--space-1);
      }

      .setting {
        display: grid;
        gap: var(--space-1);
        max-width: 20rem;
      }

      p {
        max-width: var(--measure);
        margin: 0;
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .about,
      .faint {
        color: var(--ink-faint);
      }

      h3 {
        margin: 0;
        font-size: inherit;
        font-weight: var(--weight-strong);
      }

      figure {
        margin: 0;
      }

      canvas {
        display: block;
        width: 100%;
        height: 13rem;
      }

      dl {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-5);
        margin: 0;
      }

      dt {
        color: var(--ink-faint);
      }

      dd {
        margin: 0;
        font-size: var(--text-large);
        font-variant-numeric: tabular-nums;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--space-1) 0 var(--space-1) var(--space-3);
        border-bottom: var(--hairline) solid var(--line);
        text-align: right;
        font-weight: normal;
      }

      th {
        color: var(--ink-soft);
      }

      :is(th, td):first-child {
        padding-left: 0;
        text-align: left;
      }

      tr[data-chosen] > * {
        color: var(--ink);
        font-weight: var(--weight-strong);
      }

      @media (forced-colors: active) {
        canvas {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** @type {{ canvas: HTMLCanvasElement, view: ReturnType<typeof createHistogram> } | undefined} */
  #histogram;

  constructor() {
    super();
    /** @type {Seen | undefined} */
    this.seen = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#histogram?.view.dispose();
    this.#histogram = undefined;
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab } = this;
    const { train, test } = lab?.digits ?? {};
    if (!lab || !train) return;
    const trained = (lab.progress?.step ?? 0) > 0;
    const [sums, scaling, transfer] = await Promise.all([
      firstSums(lab.client, run, train, lab.catalog),
      run.call('scaling'),
      trained && test ? accuraciesByScaling(run, test) : undefined,
    ]);
    if (lab.run === run && this.isConnected) this.seen = { sums, scaling, ...(transfer && { transfer }) };
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const { seen, theme } = this;
    const canvas = this.renderRoot.querySelector('canvas');
    if (!seen || !theme || !canvas) return;
    if (this.#histogram?.canvas !== canvas) this.#histogram = { canvas, view: createHistogram(canvas, theme) };
    if (changed.has('theme')) this.#histogram.view.setTheme(theme);
    this.#histogram.view.draw(seen.sums.histogram);
  }

  get #text() {
    return scalingTranslator(this.language);
  }

  render() {
    const { seen, lab } = this;
    if (!seen || !lab) return html`<p class="faint">${this.t('state.loading')}</p>`;
    return html`
      <div class="parts">
        <div class="sums">
          <div class="setting">
            ${scalingControl({
              words: digitsTranslator(this.language),
              experiment: lab.shown,
              locked: (path) => lab.isLocked(path),
              edit: (next) => lab.edit(next),
            })}
            <p class="about">${this.#text('again')}</p>
          </div>
          ${this.#sums(seen.sums)}
        </div>
        <div class="tables">${this.#statistics(seen.scaling)} ${this.#transfer(seen)} ${this.#measured()}</div>
      </div>
    `;
  }

  /** @param {FirstSums} sums */
  #sums({ experiment, rows, histogram, flatness, flat, deviation, softmax }) {
    const text = this.#text;
    const entry = entryOf(this.lab?.catalog.activations ?? [], experiment.network.layers[0].activation);
    const activation = entry ? labelIn(entry.label, this.language) : '';
    const share = formatPercent(flat, 0);
    const [low, high] = histogram.range;
    const summary = text('chart', { low: formatField(low), high: formatField(high), activation, flat: `${text('flat')}: ${share}` });
    return html`
      <figure>
        <h3>${softmax ? text('caption.softmax') : text('caption', { activation })}</h3>
        <canvas role="img" aria-label=${summary}></canvas>
      </figure>
      <dl>
        <div>
          <dt>${text('deviation')}</dt>
          <dd>${formatNumber(deviation)}</dd>
        </div>
        ${
          softmax
            ? html`<div>
                  <dt>${text('lead')}</dt>
                  <dd>${formatNumber(softmax.lead)}</dd>
                </div>
                <div>
                  <dt>${text('sure')}</dt>
                  <dd>${formatPercent(softmax.sure)}</dd>
                </div>`
            : html`<div>
                <dt>${text('flat')}</dt>
                <dd>${share}</dd>
              </div>`
        }
      </dl>
      <p>${softmax ? text('softmax') : text(`flat.${flatness}`, { activation })}</p>
      <p class="faint">${text(softmax ? 'hint.softmax' : 'hint', { count: formatCount(rows) })}</p>
    `;
  }

  /** @param {Seen['scaling']} scaling */
  #statistics({ scale, offset, mean, std }) {
    const text = this.#text;
    const rows = /** @type {const} */ ([
      ['raw', { scale: 1, offset: 0 }],
      ['unit', { scale: 1 / FULL_INK, offset: 0 }],
      ['network', { scale, offset }],
    ]);
    return html`
      <div class="table">
        <h3>${text('statistics')}</h3>
        <table>
          <thead>
            <tr>
              <td></td>
              <th scope="col">${text('statistics.mean')}</th>
              <th scope="col">${text('statistics.deviation')}</th>
              <th scope="col">${text('statistics.paper')}</th>
              <th scope="col">${text('statistics.ink')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(([name, affine]) => {
              const at = (/** @type {number} */ level) => figure(level * affine.scale + affine.offset);
              return html`<tr>
                <th scope="row">${text(`statistics.${name}`)}</th>
                <td>${at(mean * FULL_INK)}</td>
                <td>${figure(std * FULL_INK * affine.scale)}</td>
                <td>${at(0)}</td>
                <td>${at(FULL_INK)}</td>
              </tr>`;
            })}
          </tbody>
        </table>
        ${this.lab?.shown.data.id === 'mnist' ? html`<p class="faint">${text('statistics.all')}</p>` : nothing}
      </div>
    `;
  }

  /** @param {Seen} seen */
  #transfer({ transfer, sums }) {
    const text = this.#text;
    const words = digitsTranslator(this.language);
    const learned = scalingOf(sums.experiment.data.scaling);
    return html`
      <div class="table">
        <h3>${text('transfer')}</h3>
        ${
          transfer
            ? html`<table>
                  <thead>
                    <tr>
                      <th scope="col">${words('data.scaling')}</th>
                      <th scope="col">${text('transfer.accuracy')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${scalingIds.map((id) => {
                      const scaling = words(`data.scaling.${id}`);
                      return html`<tr ?data-chosen=${id === learned}>
                        <th scope="row">${id === learned ? text('transfer.learned', { scaling }) : scaling}</th>
                        <td>${formatPercent(transfer.accuracies[id])}</td>
                      </tr>`;
                    })}
                  </tbody>
                </table>
                <p class="faint">${text('transfer.note', { count: formatCount(transfer.rows) })}</p>`
            : html`<p class="faint">${text('transfer.wait')}</p>`
        }
      </div>
    `;
  }

  #measured() {
    const text = this.#text;
    const words = digitsTranslator(this.language);
    return html`
      <div class="table">
        <h3>${text('measured')}</h3>
        <table>
          <thead>
            <tr>
              <th scope="col">${words('data.scaling')}</th>
              <th scope="col">${text('measured.early')}</th>
              <th scope="col">${text('measured.accuracy')}</th>
              <th scope="col">${text('measured.loss')}</th>
            </tr>
          </thead>
          <tbody>
            ${measured.map(
              ({ scaling, early, accuracy, loss }) =>
                html`<tr>
                  <th scope="row">${words(`data.scaling.${scaling}`)}</th>
                  <td>${percents(early)}</td>
                  <td>${percents(accuracy)}</td>
                  <td>${formatNumber(loss[0])}–${formatNumber(loss[1])}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <p class="faint">${text('measured.note')}</p>
      </div>
    `;
  }
}

/** Four places where a number is small, as the literature has them. @param {number} value */
function figure(value) {
  // Single precision is forgiven its last digits.
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-5 ? formatCount(whole) : formatFixed(value, Math.abs(value) >= 10 ? 2 : 4);
}

/** @param {readonly [number, number]} accuracies lowest and highest */
function percents([low, high]) {
  return `${formatFixed(100 * low, 1)}–${formatPercent(high)}`;
}
