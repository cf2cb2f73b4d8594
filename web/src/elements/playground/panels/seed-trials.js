import { LitElement, css, html, nothing } from 'lit';
import { experimentsTranslator, trialOf, trialStyles } from './trial.js';
import { successInterval, trySeeds, withSeed } from '../../../state/trials.js';
import { classesOf } from '../../../state/edits.js';
import { toCsv } from '../../../export/csv.js';
import { icon } from '../../../ui/icons.js';
import { saveFile } from '../../take-away/save.js';
import { formatCount, formatFixed, formatPercent } from '../../../text/text.js';
import { baseStyles, buttonStyles } from '../../../ui/styles.js';

/**
 * @import { FilledExperiment } from '../../../engine/types.js'
 * @import { Outcome } from '../../../state/trials.js'
 * @import { Language } from '../../../text/text.js'
 * @import { PanelLab } from './panel.js'
 */

/** The same experiment from many seeds: how often it succeeds. */
export class SeedTrials extends LitElement {
  static properties = {
    lab: { attribute: false },
    experiment: { attribute: false },
    language: { type: String },
    count: { state: true },
    epochs: { state: true },
    goal: { state: true },
    outcomes: { state: true },
    running: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    trialStyles,
    css`
      .rate {
        margin: 0;
        font-size: var(--text-title);
        font-variant-numeric: tabular-nums;
      }

      .interval {
        margin: 0 0 var(--space-3);
        color: var(--ink-soft);
      }

      .scores {
        display: flex;
        align-items: end;
        gap: 1px;
        height: 6rem;
        max-width: 40rem;
        border-bottom: var(--hairline) solid var(--line-strong);
      }

      .scores > button {
        display: flex;
        flex: 1 1 0;
        align-items: end;
        min-width: 0;
        height: 100%;
        margin: 0;
        padding: 0;
        border: 0;
        background: none;
        cursor: pointer;
      }

      .scores > button:hover {
        background: var(--paper-sunken);
      }

      .scores span {
        flex: 1;
        background: var(--ink-faint);
      }

      .scores .success span {
        background: var(--accent);
      }

      @media (forced-colors: active) {
        .scores span {
          forced-color-adjust: none;
        }
      }
    `,
  ];

  #stopped = false;
  /** What the outcomes are of. @type {{ experiment: FilledExperiment, epochs: number } | undefined} */
  #tried;

  constructor() {
    super();
    /** @type {PanelLab | undefined} */
    this.lab = undefined;
    /** @type {FilledExperiment | undefined} */
    this.experiment = undefined;
    /** @type {Language} */
    this.language = 'en';
    this.count = 50;
    this.epochs = 100;
    this.goal = 0.95;
    /** @type {readonly Outcome[]} */
    this.outcomes = [];
    this.running = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stopped = true;
  }

  async #start() {
    const { lab, experiment } = this;
    if (!lab || !experiment) return;
    this.#stopped = false;
    this.running = true;
    this.outcomes = [];
    this.#tried = { experiment, epochs: this.epochs };
    try {
      await trySeeds(experiment, this.count, trialOf(lab, this.epochs), {
        stopped: () => this.#stopped,
        onOutcome: (outcome) => (this.outcomes = [...this.outcomes, outcome]),
      });
    } catch (thrown) {
      lab.showError(thrown);
    } finally {
      this.running = false;
    }
  }

  render() {
    const t = experimentsTranslator(this.language);
    const { lab, experiment, outcomes, running, goal } = this;
    if (!lab || !experiment) return nothing;
    const classes = classesOf(experiment, lab.catalog);
    return html`
      <p class="hint">${t('seeds.hint')}</p>
      <div class="settings">
        <mlp-number
          .language=${this.language}
          .label=${t('seeds.count')}
          .value=${this.count}
          .minimum=${2}
          .maximum=${500}
          .fallback=${50}
          scale="integer"
          .scale=${'integer'}
          ?disabled=${running}
          @change=${(/** @type {CustomEvent<number>} */ { detail }) => (this.count = detail)}
        ></mlp-number>
        <mlp-number
          .language=${this.language}
          .label=${t('epochs')}
          .value=${this.epochs}
          .minimum=${1}
          .maximum=${5000}
          .fallback=${100}
          .scale=${'log'}
          .whole=${true}
          ?disabled=${running}
          @change=${(/** @type {CustomEvent<number>} */ { detail }) => (this.epochs = detail)}
        ></mlp-number>
        <mlp-number
          .language=${this.language}
          .label=${t(classes > 0 ? 'seeds.goal' : 'seeds.goal.value')}
          .value=${goal}
          .minimum=${0}
          .maximum=${1}
          .fallback=${0.95}
          @input=${(/** @type {CustomEvent<number>} */ { detail }) => (this.goal = detail)}
        ></mlp-number>
        ${
          running
            ? html`<button type="button" class="button" @click=${() => (this.#stopped = true)}>${t('stop')}</button>`
            : html`<button type="button" class="button primary" @click=${this.#start}>${t('seeds.run')}</button>`
        }
      </div>
      ${
        running
          ? html`<div class="going" role="status">
              <progress max=${this.count} value=${outcomes.length} aria-label=${t('seeds.run')}></progress>
              ${t('progress', { done: outcomes.length, total: this.count })}
            </div>`
          : nothing
      }
      ${outcomes.length > 0 ? this.#result(t, outcomes, goal) : nothing}
    `;
  }

  /**
   * @param {ReturnType<typeof experimentsTranslator>} t
   * @param {readonly Outcome[]} outcomes
   * @param {number} goal
   */
  #result(t, outcomes, goal) {
    const successes = outcomes.filter(({ score }) => score >= goal).length;
    const [low, high] = successInterval(successes, outcomes.length);
    const sorted = sortedByScore(outcomes);
    return html`
      <p class="rate" data-number="rate">
        ${t('rate', { successes: formatCount(successes), total: formatCount(outcomes.length), rate: formatPercent(successes / outcomes.length, 0) })}
      </p>
      <p class="interval">${t('interval', { low: formatPercent(low, 0), high: formatPercent(high, 0) })}</p>
      <div class="scores" role="group" aria-label=${t('scores')}>
        ${sorted.map(({ score, seed }) => {
          const name = t('seeds.open', { seed, score: formatFixed(score) });
          return html`<button
            type="button"
            class=${score >= goal ? 'success' : ''}
            title=${name}
            aria-label=${name}
            data-score=${score}
            @click=${() => this.#open(seed)}
          >
            <span></span>
          </button>`;
        })}
      </div>
      <p class="hint">${t('scores')} ${t('seeds.open.hint')}</p>
      <button type="button" class="button small" @click=${this.#save}>${icon('download')}${t('csv')}</button>
    `;
  }

  /**
   * The run of a seed, in the lab: it trains there as it did here.
   * @param {number} seed
   */
  async #open(seed) {
    const tried = this.#tried;
    if (!this.lab || !tried) return;
    await this.lab.edit(withSeed(tried.experiment, seed));
    await this.lab.play({ limit: { epochs: tried.epochs } });
  }

  #save() {
    const rows = this.outcomes.map(({ loss, score }, index) => [index + 1, loss, score, Number(score >= this.goal)]);
    saveFile('seeds.csv', 'text/csv', toCsv([['seed', 'loss', 'score', 'success'], ...rows]));
  }

  updated() {
    for (const bar of this.renderRoot.querySelectorAll('.scores button')) {
      const [score, drawn] = bar instanceof HTMLElement ? [Number(bar.dataset.score), bar.querySelector('span')] : [];
      // Through the object model: the pages' policy allows no style attributes.
      if (drawn) drawn.style.height = `${Math.max(2, 100 * Math.min(1, Math.max(0, score || 0)))}%`;
    }
  }
}

/**
 * From the worst to the best, each with its seed.
 * @param {readonly Outcome[]} outcomes
 */
function sortedByScore(outcomes) {
  return outcomes.map(({ score }, index) => ({ score, seed: index + 1 })).toSorted((a, b) => a.score - b.score || a.seed - b.seed);
}
