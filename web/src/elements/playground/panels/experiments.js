import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Panel } from './panel.js';
import { SeedTrials } from './seed-trials.js';
import { SettingSweep } from './setting-sweep.js';
import { experimentsTranslator, trialStyles } from './trial.js';
import { differences, shapeOf } from '../../../state/trials.js';
import { idOf, parameterOf } from '../../../state/edits.js';
import { toCsv } from '../../../export/csv.js';
import { formatCount, formatField, formatFixed, formatNumber, listed } from '../../../text/text.js';
import { icon } from '../../../ui/icons.js';
import { plotStyles } from '../../../ui/styles.js';
import { chartPicture } from '../../../view/chart-picture.js';
import { MOST_CURVES, createOverlayChart, overlayColor, overlayDashes, valueNear } from '../../../view/overlay-chart.js';
import { pictureButtons } from '../../take-away/save-picture.js';
import { saveFile } from '../../take-away/save.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { PastRun, RunCurves } from '../../../state/run-history.js'
 * @import { OverlayCurve } from '../../../view/overlay-chart.js'
 */

for (const [tag, element] of Object.entries({ 'mlp-seed-trials': SeedTrials, 'mlp-setting-sweep': SettingSweep })) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

/** @typedef {'runs' | 'seeds' | 'sweep'} Mode */

/** What the horizontal axis of the curves counts. @typedef {'epochs' | 'steps' | 'seconds'} Count */

/** A picture of the curves, in pixels. */
const PICTURE = Object.freeze({ width: 800, height: 400 });
/** Differences written out in a row of the table. */
const MOST_DIFFERENCES = 3;

/** Runs so far, one experiment from many seeds, and sweeps over two settings. */
export class ExperimentsPanel extends Panel {
  static properties = {
    mode: { state: true },
    runs: { state: true },
    shown: { state: true },
    count: { state: true },
    logarithmic: { state: true },
    present: { state: true },
    pointedAt: { state: true },
  };

  static styles = [
    Panel.styles,
    plotStyles,
    trialStyles,
    css`
      .mode {
        margin-bottom: var(--space-4);
      }

      .scroll {
        max-width: 100%;
        overflow-x: auto;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      caption {
        padding-bottom: var(--space-2);
        color: var(--ink-soft);
        text-align: start;
      }

      th,
      td {
        padding: var(--space-1) var(--space-3) var(--space-1) 0;
        border-top: var(--hairline) solid var(--line);
        text-align: start;
        vertical-align: middle;
        white-space: nowrap;
      }

      th {
        color: var(--ink-faint);
        font-weight: normal;
      }

      td.number,
      th.number {
        text-align: end;
      }

      td.settings-cell {
        min-width: 14rem;
        white-space: normal;
      }

      .swatch {
        display: inline-block;
        width: 1rem;
        height: 3px;
        margin-inline-start: var(--space-1);
        vertical-align: middle;
      }

      .chart {
        height: 16rem;
      }

      .chart-tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        margin-bottom: var(--space-2);
      }

      .readout {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        min-height: 1.5em;
        margin: var(--space-1) 0 var(--space-3);
        color: var(--ink-soft);
        font-variant-numeric: tabular-nums;
      }

      .readout .swatch {
        margin-inline: 0 var(--space-1);
      }

      .actions {
        display: flex;
        gap: var(--space-1);
      }
    `,
  ];

  /** @type {ReturnType<typeof createOverlayChart> | undefined} */
  #chart;

  constructor() {
    super();
    /** @type {Mode} */
    this.mode = 'runs';
    /** @type {readonly PastRun[]} */
    this.runs = [];
    /** Numbers of the runs whose curves are drawn. @type {ReadonlySet<number>} */
    this.shown = new Set();
    /** @type {Count} */
    this.count = 'epochs';
    this.logarithmic = false;
    /** The curves of the run that is going on. @type {{ curves: RunCurves, step: number } | undefined} */
    this.present = undefined;
    /** The place of the horizontal axis under the pointer. @type {number | undefined} */
    this.pointedAt = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  refresh() {
    this.runs = this.lab?.pastRuns.runs ?? [];
    this.present = this.lab?.presentCurves();
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    const box = this.renderRoot.querySelector('.chart');
    if (!(box instanceof HTMLElement) || !this.theme) {
      this.#chart?.dispose();
      this.#chart = undefined;
      return;
    }
    const { theme } = this;
    if (!this.#chart) this.#chart = createOverlayChart(box, theme, { onPoint: (place) => (this.pointedAt = place) });
    else if (changed.has('theme')) this.#chart.setTheme(theme);
    if (['runs', 'shown', 'count', 'logarithmic', 'present', 'language'].some((key) => changed.has(key)))
      this.#chart.draw(this.#curves, { logarithmic: this.logarithmic });
    for (const swatch of this.renderRoot.querySelectorAll('[data-style]')) {
      if (swatch instanceof HTMLElement) swatch.style.background = overlayColor(theme, Number(swatch.dataset.style));
    }
  }

  /** The present run and those that are chosen, over what is counted. @returns {OverlayCurve[]} */
  get #curves() {
    const chosen = this.#drawn.map(({ number, curves, step }, style) => ({ label: String(number), style, curves, step }));
    const present = this.present ? [{ label: experimentsTranslator(this.language)('runs.present'), style: -1, ...this.present }] : [];
    return [...present, ...chosen].map(({ label, style, curves, step }) => {
      const { places, train, test, seconds } = curves;
      const last = places[places.length - 1];
      const over = {
        epochs: places,
        steps: places.map((place) => (last > 0 ? Math.round((place / last) * step) : 0)),
        seconds: seconds.map((second) => second ?? 0),
      };
      return { label, style, places: over[this.count], values: test.some((value) => value !== null) ? test : train };
    });
  }

  get #drawn() {
    return this.runs.filter(({ number }) => this.shown.has(number)).slice(0, MOST_CURVES);
  }

  #keep() {
    const kept = this.lab?.keepRun();
    if (kept) this.shown = new Set([...this.shown, kept.number].slice(-MOST_CURVES));
    this.refresh();
  }

  /** @param {number} number */
  #toggle(number) {
    const shown = new Set(this.shown);
    if (!shown.delete(number)) shown.add(number);
    this.shown = new Set([...shown].slice(-MOST_CURVES));
  }

  render() {
    const t = experimentsTranslator(this.language);
    const { lab, running, language } = this;
    if (!lab || !running) return nothing;
    const choices = /** @type {Mode[]} */ (['runs', 'seeds', 'sweep']).map((id) => ({ id, label: t(`mode.${id}`) }));
    const experiment = lab.shown;
    return html`
      <mlp-segmented
        class="mode"
        .label=${t('mode')}
        .value=${this.mode}
        .choices=${choices}
        @change=${(/** @type {CustomEvent<Mode>} */ { detail }) => (this.mode = detail)}
      ></mlp-segmented>
      <div ?hidden=${this.mode !== 'runs'}>${this.#renderRuns(t)}</div>
      <mlp-seed-trials ?hidden=${this.mode !== 'seeds'} .lab=${lab} .experiment=${experiment} .language=${language}></mlp-seed-trials>
      <mlp-setting-sweep
        ?hidden=${this.mode !== 'sweep'}
        .lab=${lab}
        .experiment=${experiment}
        .theme=${this.theme}
        .language=${language}
      ></mlp-setting-sweep>
    `;
  }

  /** @param {ReturnType<typeof experimentsTranslator>} t */
  #renderRuns(t) {
    const { runs } = this;
    return html`
      <div class="settings">
        <button type="button" class="button" ?disabled=${(this.lab?.progress?.step ?? 0) === 0} @click=${this.#keep}>
          ${t('runs.keep')}
        </button>
        ${
          runs.length > 0
            ? html`<button type="button" class="button" @click=${this.#save}>${icon('download')}${t('csv')}</button>`
            : nothing
        }
      </div>
      ${this.#drawn.length > 0 ? this.#renderChart(t) : nothing}
      ${
        runs.length === 0
          ? html`<p class="hint">${t('runs.empty')}</p>`
          : html`
              <div class="scroll">
                <table>
                  <caption>
                    ${t('runs.table')}
                  </caption>
                  <thead>
                    <tr>
                      <th scope="col">${t('column.show')}</th>
                      <th scope="col">${t('column.run')}</th>
                      <th scope="col" class="number">${t('column.epochs')}</th>
                      <th scope="col" class="number">${t('column.train')}</th>
                      <th scope="col" class="number">${t('column.test')}</th>
                      <th scope="col" class="number">${t('column.score')}</th>
                      <th scope="col">${t('column.difference')}</th>
                      <th scope="col">${t('column.do')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${repeat(
                      runs,
                      ({ number }) => number,
                      (run) => this.#row(t, run),
                    )}
                  </tbody>
                </table>
              </div>
            `
      }
    `;
  }

  /** @param {ReturnType<typeof experimentsTranslator>} t */
  #renderChart(t) {
    const counts = /** @type {Count[]} */ (['epochs', 'steps', 'seconds']);
    const { pointedAt } = this;
    return html`
      <div class="chart-tools">
        <mlp-segmented
          small
          .label=${t('count')}
          .value=${this.count}
          .choices=${counts.map((id) => ({ id, label: t(`count.${id}`) }))}
          @change=${(/** @type {CustomEvent<Count>} */ { detail }) => (this.count = detail)}
        ></mlp-segmented>
        <button
          type="button"
          class="button quiet small"
          title=${this.t('loss.log.hint')}
          aria-pressed=${this.logarithmic}
          @click=${() => (this.logarithmic = !this.logarithmic)}
        >
          ${this.t('loss.log')}
        </button>
      </div>
      <div class="chart" role="img" aria-label=${t(`runs.curves.${this.count}`)}></div>
      <p class="readout" data-number="pointed-runs">
        ${
          pointedAt === undefined
            ? t('runs.hover')
            : html`<span>${t(`at.${this.count}`, { value: formatField(Number(pointedAt.toPrecision(3))) })}</span> ${this.#curves.map(
                  (curve) => {
                    const value = valueNear(curve, pointedAt);
                    return html`<span
                      ><span class="swatch" data-style=${curve.style}></span>${curve.label}
                      ${value === undefined ? '–' : formatNumber(value)}</span
                    >`;
                  },
                )}`
        }
      </p>
      ${pictureButtons(this, 'runs', this.#picture)}
    `;
  }

  /** The curves as they are drawn, for files. */
  #picture = () => {
    const { theme, count, logarithmic } = this;
    if (!theme) return undefined;
    const t = experimentsTranslator(this.language);
    const curves = this.#curves.map(({ label, style, places, values }) => ({
      name: label,
      color: overlayColor(theme, style),
      dash: overlayDashes[style] ?? [],
      places,
      values,
    }));
    return chartPicture(
      { title: t('column.test'), across: t(`count.${count}`), curves, logarithmic },
      theme,
      PICTURE.width,
      PICTURE.height,
    );
  };

  /** The table as a file. */
  #save() {
    const head = ['run', 'data', 'layers', 'optimizer', 'learningRate', 'loss', 'batchSize', 'networkSeed', 'epochs', 'steps', 'seconds'];
    const rows = this.runs.map(({ number, experiment: { data, network, training }, epoch, step, trainLoss, testLoss, score, curves }) => [
      number,
      data.id,
      network.layers.map(({ units, activation }) => `${units ?? '?'} ${idOf(activation)}`).join('; '),
      idOf(training.optimizer),
      parameterOf(training.optimizer, { name: 'learningRate', fallback: Number.NaN }),
      idOf(training.loss),
      training.batchSize,
      network.seed,
      epoch,
      step,
      Number((curves.seconds[curves.seconds.length - 1] ?? 0).toFixed(2)),
      trainLoss,
      testLoss,
      score,
    ]);
    saveFile('runs.csv', 'text/csv', toCsv([[...head, 'trainLoss', 'testLoss', 'score'], ...rows]));
  }

  /**
   * @param {ReturnType<typeof experimentsTranslator>} t
   * @param {PastRun} run
   */
  #row(t, run) {
    const { lab } = this;
    const { number, experiment, epoch, trainLoss, testLoss, score, pinned } = run;
    const found = differences(experiment, lab?.shown).filter(({ path }) => !path.startsWith('version'));
    const told = found.slice(0, MOST_DIFFERENCES).map(({ path, before, after }) => `${path} ${brief(before)} → ${brief(after)}`);
    if (found.length > MOST_DIFFERENCES) told.push(t('run.more', { count: found.length - MOST_DIFFERENCES }));
    const shown = this.shown.has(number);
    const numberOf = (/** @type {number | undefined} */ value) => (value === undefined ? '–' : formatNumber(value));
    return html`
      <tr>
        <td>
          <input type="checkbox" aria-label=${t('run.show', { number })} .checked=${shown} @change=${() => this.#toggle(number)} />
          ${shown ? html`<span class="swatch" data-style=${this.#drawn.findIndex((each) => each.number === number)}></span>` : nothing}
        </td>
        <td>${formatCount(number)} · ${shapeOf(experiment)}</td>
        <td class="number">${formatCount(epoch)}</td>
        <td class="number">${numberOf(trainLoss)}</td>
        <td class="number">${numberOf(testLoss)}</td>
        <td class="number">${score === undefined ? '–' : formatFixed(score, 3)}</td>
        <td class="settings-cell">${told.length > 0 ? listed(told, this.language) : t('run.same')}</td>
        <td>
          <div class="actions">
            <button type="button" class="button small" aria-label=${t('run.restore.of', { number })} @click=${() => lab?.restoreRun(run)}>
              ${t('run.restore')}
            </button>
            <button
              type="button"
              class="button small"
              aria-pressed=${pinned}
              aria-label=${t('run.pin.of', { number })}
              @click=${() => this.#change(() => lab?.pastRuns.pin(number, !pinned))}
            >
              ${t('run.pin')}
            </button>
            <button
              type="button"
              class="button small icon"
              aria-label=${t('run.remove', { number })}
              @click=${() => this.#change(() => lab?.pastRuns.remove(number))}
            >
              ${icon('close')}
            </button>
          </div>
        </td>
      </tr>
    `;
  }

  /** @param {() => void} change */
  #change(change) {
    change();
    this.refresh();
  }
}

/**
 * A setting's value in a word.
 * @param {unknown} value
 */
function brief(value) {
  if (value === undefined) return '–';
  if (typeof value === 'number') return formatField(value);
  if (Array.isArray(value)) return value.every((each) => typeof each !== 'object') ? value.join(' ') : '…';
  if (typeof value === 'object' && value !== null) return 'id' in value ? String(value.id) : '…';
  return String(value);
}
