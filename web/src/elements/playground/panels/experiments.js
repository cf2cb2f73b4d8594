import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Panel } from './panel.js';
import { SeedTrials } from './seed-trials.js';
import { SettingSweep } from './setting-sweep.js';
import { experimentsTranslator, trialStyles } from './trial.js';
import { differences, shapeOf } from '../../../state/trials.js';
import { formatCount, formatField, formatFixed, formatNumber } from '../../../text/text.js';
import { icon } from '../../../ui/icons.js';
import { plotStyles } from '../../../ui/styles.js';
import { MOST_CURVES, createOverlayChart, overlayColor } from '../../../view/overlay-chart.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { PastRun } from '../../../state/run-history.js'
 */

for (const [tag, element] of Object.entries({ 'mlp-seed-trials': SeedTrials, 'mlp-setting-sweep': SettingSweep })) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

/** @typedef {'runs' | 'seeds' | 'sweep'} Mode */

/** Differences written out in a row of the table. */
const MOST_DIFFERENCES = 3;

/** Runs so far, one experiment from many seeds, and sweeps over two settings. */
export class ExperimentsPanel extends Panel {
  static properties = {
    mode: { state: true },
    runs: { state: true },
    shown: { state: true },
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
        height: 14rem;
        margin-bottom: var(--space-3);
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
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  refresh() {
    this.runs = this.lab?.pastRuns.runs ?? [];
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
    if (!this.#chart) this.#chart = createOverlayChart(box, theme);
    else if (changed.has('theme')) this.#chart.setTheme(theme);
    const drawn = this.#drawn;
    this.#chart.draw(
      drawn.map(({ number, curves }) => ({
        label: String(number),
        places: curves.places,
        values: curves.test.some((value) => value !== null) ? curves.test : curves.train,
      })),
    );
    drawn.forEach(({ number }, index) => {
      const swatch = this.renderRoot.querySelector(`[data-swatch="${number}"]`);
      if (swatch instanceof HTMLElement) swatch.style.background = overlayColor(theme, index);
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
      </div>
      ${this.#drawn.length > 0 ? html`<div class="chart" role="img" aria-label=${t('runs.curves')}></div>` : nothing}
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
          ${shown ? html`<span class="swatch" data-swatch=${number}></span>` : nothing}
        </td>
        <td>${formatCount(number)} · ${shapeOf(experiment)}</td>
        <td class="number">${formatCount(epoch)}</td>
        <td class="number">${numberOf(trainLoss)}</td>
        <td class="number">${numberOf(testLoss)}</td>
        <td class="number">${score === undefined ? '–' : formatFixed(score, 3)}</td>
        <td class="settings-cell">${told.length > 0 ? told.join('; ') : t('run.same')}</td>
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
