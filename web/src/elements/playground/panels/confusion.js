import { css, html, nothing } from 'lit';
import { Panel } from './panel.js';
import { classScores, confusionOf, rowsOfPair } from '../confusion.js';
import { classesOf } from '../../../state/edits.js';
import { confusionTranslator } from '../../../text/confusion.js';
import { formatCount, formatFixed, formatNumber, formatPercent } from '../../../text/text.js';
import { ConfusionTable } from '../../../ui/confusion-table.js';
import { ringsAround } from '../../../view/plane-overlays.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { Outcomes, Split } from '../../../engine/types.js'
 * @import { Pair } from '../../../ui/confusion-table.js'
 * @import { Points } from '../../../view/surface.js'
 */

/** What the panel shows: the outcome of every point of one split, as of one moment. @typedef {{ split: Split, points: Points, outcomes: Outcomes, predictions: Float32Array | undefined }} Counted */

/** So many points stand in the list. */
const MOST_ROWS = 40;

/** Which classes are taken for which, and which points those are; for regression, how far each point is off. */
export class ConfusionPanel extends Panel {
  static properties = {
    split: { state: true },
    counted: { state: true },
    pair: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      .parts {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        gap: var(--space-4) var(--space-6);
      }

      .parts > * {
        min-width: 0;
        max-width: 100%;
      }

      .matrix {
        flex: 0 1 26rem;
      }

      .list {
        max-height: 22rem;
        overflow: auto;
      }

      p {
        margin: 0 0 var(--space-2);
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      mlp-segmented {
        display: block;
        max-width: 16rem;
        margin-bottom: var(--space-3);
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        height: 1.75rem;
        padding: 0 var(--space-3) 0 0;
        text-align: right;
        white-space: nowrap;
      }

      th {
        color: var(--ink-soft);
        font-weight: normal;
      }

      :is(th, td):first-child {
        text-align: left;
      }

      tbody tr {
        border-top: var(--hairline) solid var(--line);
      }

      .look {
        min-width: 2.75rem;
        height: 1.75rem;
        padding: 0 var(--space-2) 0 0;
        border: 0;
        background: none;
        color: var(--accent-strong);
        text-align: left;
        cursor: pointer;
      }

      .look:hover {
        text-decoration: underline;
      }

      @media (pointer: coarse) {
        .look {
          height: 2.75rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    if (!customElements.get('mlp-confusion-table')) customElements.define('mlp-confusion-table', ConfusionTable);
    /** @type {Split} */
    this.split = 'test';
    /** @type {Counted | undefined} */
    this.counted = undefined;
    /** The count whose points are shown. @type {Pair | undefined} */
    this.pair = undefined;
  }

  get #t() {
    return confusionTranslator(this.language);
  }

  /** The split that is counted: without test points, those for training. @returns {Split} */
  get #split() {
    return this.running?.test ? this.split : 'train';
  }

  get #classes() {
    const { lab, running } = this;
    return lab && running ? classesOf(running.experiment, lab.catalog) : 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.lab?.markPlane([]);
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('split')) this.frameDrawn();
    if (changed.has('counted') || changed.has('pair')) this.#mark();
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const split = this.#split;
    const points = this.running?.[split];
    if (!points) return;
    const [outcomes, predictions] = await Promise.all([
      run.call('outcomes', split),
      this.#classes === 0 ? run.call('predict', Float32Array.from(points.inputs)) : undefined,
    ]);
    // The points may have become others meanwhile.
    if (this.running?.[split] !== points || outcomes.losses.length !== points.rows) return;
    this.counted = { split, points, outcomes, predictions };
  }

  /** The points of the chosen count. */
  get #rows() {
    const { counted, pair } = this;
    return counted?.outcomes.predicted && pair ? rowsOfPair(counted.points.values, counted.outcomes.predicted, pair) : [];
  }

  #mark() {
    const { counted } = this;
    if (!counted) return;
    const rows = this.#rows;
    this.lab?.markPlane(rows.length > 0 ? [ringsAround(counted.points, rows, { strong: true })] : []);
  }

  render() {
    const t = this.#t;
    const { counted, running } = this;
    if (!running) return html``;
    const choices = /** @type {const} */ (['train', 'test']).map((id) => ({ id, label: t(id) }));
    return html`
      ${
        running.test
          ? html`<mlp-segmented
              small
              .label=${t('which')}
              .value=${this.split}
              .choices=${choices}
              @change=${(/** @type {CustomEvent<Split>} */ { detail }) => (this.split = detail)}
            ></mlp-segmented>`
          : nothing
      }
      ${counted ? (counted.predictions ? this.#residuals(counted) : this.#confusion(counted)) : html`<p>${t('wait')}</p>`}
    `;
  }

  /** @param {Counted} counted */
  #confusion({ points, outcomes }) {
    const t = this.#t;
    const classes = this.#classes;
    const counts = confusionOf(points.values, outcomes.predicted ?? [], classes);
    const right = Array.from({ length: classes }, (_, label) => counts[label * (classes + 1)]).reduce((sum, count) => sum + count, 0);
    return html`
      <div class="parts">
        <div class="matrix">
          <p>
            ${t('accuracy', { right: formatCount(right), count: formatCount(points.rows), accuracy: formatPercent(right / points.rows) })}
          </p>
          <mlp-confusion-table
            right
            .counts=${counts}
            .chosen=${this.pair}
            .words=${{
              about: t('about'),
              wait: t('wait'),
              true: t('true'),
              guessed: t('guessed'),
              cell: (/** @type {{ count: number, label: string, guess: string }} */ values) => t('cell', values),
            }}
            @pair=${(/** @type {CustomEvent<Pair>} */ { detail }) => (this.pair = detail)}
          ></mlp-confusion-table>
        </div>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('class')}</th>
              <th scope="col">${t('points')}</th>
              <th scope="col" title=${t('recall.hint')}>${t('recall')}</th>
              <th scope="col" title=${t('precision.hint')}>${t('precision')}</th>
            </tr>
          </thead>
          <tbody>
            ${classScores(counts, classes).map(
              ({ points: count, recall, precision }, label) => html`
                <tr>
                  <th scope="row">${label}</th>
                  <td>${formatCount(count)}</td>
                  <td>${Number.isNaN(recall) ? '–' : formatPercent(recall)}</td>
                  <td>${Number.isNaN(precision) ? '–' : formatPercent(precision)}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
        ${this.pair ? this.#pairList(this.pair) : nothing}
      </div>
    `;
  }

  /** @param {Pair} pair */
  #pairList(pair) {
    const t = this.#t;
    const rows = this.#rows;
    const meaning = t('cell', { count: rows.length, label: String(pair.label), guess: String(pair.guess) });
    return html`
      <div>
        <p>
          ${meaning}
          <button type="button" class="button small" @click=${() => (this.pair = undefined)}>${t('clear')}</button>
        </p>
        ${rows.length > 0 ? this.#list(rows, [{ head: t('loss'), of: (row) => formatNumber(this.counted?.outcomes.losses[row] ?? 0) }], meaning) : html`<p>${t('gone')}</p>`}
      </div>
    `;
  }

  /** @param {Counted} counted */
  #residuals({ points, predictions }) {
    const t = this.#t;
    const predicted = predictions ?? new Float32Array(0);
    const residual = (/** @type {number} */ row) => predicted[row] - points.values[row];
    const all = Array.from({ length: points.rows }, (_, row) => row);
    const squares = all.reduce((sum, row) => sum + residual(row) ** 2, 0);
    const mean = all.reduce((sum, row) => sum + points.values[row], 0) / points.rows;
    const spread = all.reduce((sum, row) => sum + (points.values[row] - mean) ** 2, 0);
    const farthest = all.sort((a, b) => Math.abs(residual(b)) - Math.abs(residual(a)));
    return html`
      <p>
        ${t('r2', { r2: formatFixed(1 - squares / spread, 3) })}. ${t('error', { error: formatNumber(Math.sqrt(squares / points.rows)) })}.
      </p>
      <p>${t('residuals.about')}</p>
      ${this.#list(
        farthest,
        [
          { head: t('target'), of: (row) => formatFixed(points.values[row]) },
          { head: t('predicted'), of: (row) => formatFixed(predicted[row]) },
          { head: t('residual'), of: (row) => formatFixed(residual(row)) },
        ],
        t('residuals.about'),
      )}
    `;
  }

  /**
   * Points, each to be looked at.
   * @param {readonly number[]} rows
   * @param {{ head: string, of: (row: number) => string }[]} columns
   * @param {string} name
   */
  #list(rows, columns, name) {
    const t = this.#t;
    const { counted, lab } = this;
    if (!counted) return nothing;
    const { points, split } = counted;
    return html`
      <div class="list" tabindex="0" role="region" aria-label=${name}>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('point')}</th>
              <th scope="col">x₁</th>
              <th scope="col">x₂</th>
              ${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, MOST_ROWS).map(
              (row) => html`
                <tr>
                  <td>
                    <button
                      type="button"
                      class="look"
                      aria-label=${t('show', { point: formatCount(row + 1) })}
                      @click=${() => lab?.chooseSample(split, row)}
                    >
                      ${formatCount(row + 1)}
                    </button>
                  </td>
                  <td>${formatFixed(points.inputs[row * 2])}</td>
                  <td>${formatFixed(points.inputs[row * 2 + 1])}</td>
                  ${columns.map(({ of }) => html`<td>${of(row)}</td>`)}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      ${rows.length > MOST_ROWS ? html`<p>${t('more', { count: rows.length - MOST_ROWS })}</p>` : nothing}
    `;
  }
}
