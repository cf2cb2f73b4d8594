import { LitElement, css, html, nothing } from 'lit';
import { experimentsTranslator, trialOf, trialStyles } from './trial.js';
import { axes, sweep, valuesAround, withSeed } from '../../../state/trials.js';
import { mix, toCss } from '../../../view/color.js';
import { toCsv } from '../../../export/csv.js';
import { icon } from '../../../ui/icons.js';
import { saveFile } from '../../take-away/save.js';
import { formatField, formatFixed } from '../../../text/text.js';
import { baseStyles, buttonStyles } from '../../../ui/styles.js';

/**
 * @import { FilledExperiment } from '../../../engine/types.js'
 * @import { Axis, Outcome } from '../../../state/trials.js'
 * @import { Language } from '../../../text/text.js'
 * @import { Theme } from '../../../view/color.js'
 * @import { PanelLab } from './panel.js'
 */

/** Values of each setting. */
const COUNT = 5;

/** @typedef {{ experiment: FilledExperiment, horizontal: Axis, vertical: Axis, xs: readonly number[], ys: readonly number[], epochs: number, seeds: number, cells: ReadonlyMap<string, Outcome | Error> }} Grid */

/** Two settings against each other: the score of every combination of their values. */
export class SettingSweep extends LitElement {
  static properties = {
    lab: { attribute: false },
    experiment: { attribute: false },
    theme: { attribute: false },
    language: { type: String },
    horizontal: { state: true },
    vertical: { state: true },
    epochs: { state: true },
    seeds: { state: true },
    grid: { state: true },
    running: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    trialStyles,
    css`
      .scroll {
        max-width: 100%;
        overflow-x: auto;
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      caption {
        padding-bottom: var(--space-2);
        color: var(--ink-soft);
        text-align: start;
      }

      th {
        padding: var(--space-1) var(--space-2);
        color: var(--ink-faint);
        font-weight: normal;
        text-align: right;
      }

      td {
        padding: 1px;
      }

      td button {
        width: 4.5rem;
        min-height: 2.5rem;
        border: var(--hairline) solid var(--line);
        background: none;
        color: var(--ink);
        font: inherit;
        cursor: pointer;
      }

      td button:disabled {
        color: var(--ink-faint);
        cursor: default;
      }
    `,
  ];

  #stopped = false;

  constructor() {
    super();
    /** @type {PanelLab | undefined} */
    this.lab = undefined;
    /** @type {FilledExperiment | undefined} */
    this.experiment = undefined;
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {Language} */
    this.language = 'en';
    this.horizontal = axes[0].id;
    this.vertical = axes[1].id;
    this.epochs = 50;
    this.seeds = 3;
    /** @type {Grid | undefined} */
    this.grid = undefined;
    this.running = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stopped = true;
  }

  /** The settings that this experiment has. */
  get #axes() {
    const { experiment } = this;
    return axes.filter((axis) => experiment && axis.read(experiment) !== undefined);
  }

  async #start() {
    const { lab, experiment } = this;
    const horizontal = this.#axes.find(({ id }) => id === this.horizontal);
    const vertical = this.#axes.find(({ id }) => id === this.vertical);
    if (!lab || !experiment || !horizontal || !vertical) return;
    this.#stopped = false;
    this.running = true;
    const [xs, ys] = [valuesAround(horizontal, experiment, COUNT), valuesAround(vertical, experiment, COUNT)];
    this.grid = { experiment, horizontal, vertical, xs, ys, epochs: this.epochs, seeds: this.seeds, cells: new Map() };
    try {
      await sweep(experiment, { axis: horizontal, values: xs }, { axis: vertical, values: ys }, this.seeds, trialOf(lab, this.epochs), {
        stopped: () => this.#stopped,
        onCell: ({ column, row, outcome }) => {
          if (this.grid) this.grid = { ...this.grid, cells: new Map([...this.grid.cells, [`${column},${row}`, outcome]]) };
        },
      });
    } catch (thrown) {
      lab.showError(thrown);
    } finally {
      this.running = false;
    }
  }

  render() {
    const t = experimentsTranslator(this.language);
    const { lab, experiment, running, grid } = this;
    if (!lab || !experiment) return nothing;
    const choices = this.#axes.map(({ id }) => ({ id, label: t(`axis.${/** @type {'l2'} */ (id)}`) }));
    const total = grid ? grid.xs.length * grid.ys.length : 1;
    return html`
      <p class="hint">${t('sweep.hint')}</p>
      <div class="settings">
        <mlp-select
          .label=${t('sweep.horizontal')}
          .value=${this.horizontal}
          .choices=${choices.map((choice) => ({ ...choice, disabled: choice.id === this.vertical }))}
          ?disabled=${running}
          @change=${(/** @type {CustomEvent<string>} */ { detail }) => (this.horizontal = detail)}
        ></mlp-select>
        <mlp-select
          .label=${t('sweep.vertical')}
          .value=${this.vertical}
          .choices=${choices.map((choice) => ({ ...choice, disabled: choice.id === this.horizontal }))}
          ?disabled=${running}
          @change=${(/** @type {CustomEvent<string>} */ { detail }) => (this.vertical = detail)}
        ></mlp-select>
        <mlp-number
          .language=${this.language}
          .label=${t('epochs')}
          .value=${this.epochs}
          .minimum=${1}
          .maximum=${5000}
          .fallback=${50}
          .scale=${'log'}
          .whole=${true}
          ?disabled=${running}
          @change=${(/** @type {CustomEvent<number>} */ { detail }) => (this.epochs = detail)}
        ></mlp-number>
        <mlp-number
          .language=${this.language}
          .label=${t('sweep.seeds')}
          .value=${this.seeds}
          .minimum=${1}
          .maximum=${20}
          .fallback=${3}
          .scale=${'integer'}
          ?disabled=${running}
          @change=${(/** @type {CustomEvent<number>} */ { detail }) => (this.seeds = detail)}
        ></mlp-number>
        ${
          running
            ? html`<button type="button" class="button" @click=${() => (this.#stopped = true)}>${t('stop')}</button>`
            : html`<button type="button" class="button primary" @click=${this.#start}>${t('sweep.run')}</button>`
        }
      </div>
      ${
        running
          ? html`<div class="going" role="status">
              <progress max=${total} value=${grid?.cells.size ?? 0} aria-label=${t('sweep.run')}></progress>
              ${t('progress', { done: grid?.cells.size ?? 0, total })}
            </div>`
          : nothing
      }
      ${grid ? this.#table(t, grid) : nothing}
    `;
  }

  /**
   * @param {ReturnType<typeof experimentsTranslator>} t
   * @param {Grid} grid
   */
  #table(t, grid) {
    const { horizontal, vertical, xs, ys, cells } = grid;
    const names = {
      horizontal: t(`axis.${/** @type {'l2'} */ (horizontal.id)}`),
      vertical: t(`axis.${/** @type {'l2'} */ (vertical.id)}`),
    };
    return html`
      <div class="scroll">
        <table>
          <caption>
            ${t('sweep.table', names)}
          </caption>
          <thead>
            <tr>
              <td></td>
              ${xs.map((x) => html`<th scope="col">${formatField(x)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${ys.map(
              (y, row) => html`
                <tr>
                  <th scope="row">${formatField(y)}</th>
                  ${xs.map((x, column) => {
                    const cell = cells.get(`${column},${row}`);
                    if (cell === undefined || cell instanceof Error)
                      return html`<td><button type="button" disabled>${cell ? t('failed') : '…'}</button></td>`;
                    const score = formatFixed(cell.score);
                    return html`
                      <td>
                        <button
                          type="button"
                          data-score=${cell.score}
                          aria-label=${t('sweep.take', { ...names, x: formatField(x), y: formatField(y), score })}
                          @click=${() => this.#open(grid, x, y)}
                        >
                          ${score}
                        </button>
                      </td>
                    `;
                  })}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <p><button type="button" class="button small" @click=${() => this.#save(grid)}>${icon('download')}${t('csv')}</button></p>
    `;
  }

  /**
   * The run of a cell, in the lab: it trains there as it did here, from the first seed where there were several.
   * @param {Grid} grid
   * @param {number} x
   * @param {number} y
   */
  async #open({ experiment, horizontal, vertical, epochs, seeds }, x, y) {
    if (!this.lab) return;
    const set = vertical.write(horizontal.write(experiment, x), y);
    await this.lab.edit(seeds > 1 ? withSeed(set, 1) : set);
    await this.lab.play({ limit: { epochs } });
  }

  /** @param {Grid} grid */
  #save({ horizontal, vertical, xs, ys, cells }) {
    const rows = ys.flatMap((y, row) =>
      xs.map((x, column) => {
        const cell = cells.get(`${column},${row}`);
        return cell === undefined || cell instanceof Error ? [x, y] : [x, y, cell.loss, cell.score];
      }),
    );
    saveFile('sweep.csv', 'text/csv', toCsv([[horizontal.id, vertical.id, 'loss', 'score'], ...rows]));
  }

  updated() {
    const { theme } = this;
    const buttons = [...this.renderRoot.querySelectorAll('button[data-score]')].filter((each) => each instanceof HTMLElement);
    const scores = buttons.map(({ dataset }) => Number(dataset.score)).filter(Number.isFinite);
    const [low, high] = [Math.min(...scores), Math.max(...scores)];
    for (const button of buttons) {
      const part = high > low ? (Number(button.dataset.score) - low) / (high - low) : 0.5;
      // Through the object model: the pages' policy allows no style attributes.
      button.style.background = theme && Number.isFinite(part) ? toCss(mix(theme.zero, theme.classColors[2], 0.65 * part)) : '';
    }
  }
}
