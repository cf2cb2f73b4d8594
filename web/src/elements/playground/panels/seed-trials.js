import { LitElement, css, html, nothing } from 'lit';
import { experimentsTranslator, trialOf, trialStyles } from './trial.js';
import { successInterval, trySeeds } from '../../../state/trials.js';
import { classesOf } from '../../../state/edits.js';
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

      .scores > span {
        flex: 1 1 0;
        min-width: 0;
        background: var(--ink-faint);
      }

      .scores > .success {
        background: var(--accent);
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
    const sorted = outcomes.map(({ score }) => score).toSorted((a, b) => a - b || 0);
    return html`
      <p class="rate" data-number="rate">
        ${t('rate', { successes: formatCount(successes), total: formatCount(outcomes.length), rate: formatPercent(successes / outcomes.length, 0) })}
      </p>
      <p class="interval">${t('interval', { low: formatPercent(low, 0), high: formatPercent(high, 0) })}</p>
      <div
        class="scores"
        role="img"
        aria-label="${t('scores')}: ${formatFixed(sorted[0] ?? 0)} … ${formatFixed(sorted[sorted.length - 1] ?? 0)}"
      >
        ${sorted.map((score) => html`<span class=${score >= goal ? 'success' : ''}></span>`)}
      </div>
      <p class="hint">${t('scores')}</p>
    `;
  }

  updated() {
    const sorted = this.outcomes.map(({ score }) => score).toSorted((a, b) => a - b || 0);
    this.renderRoot.querySelectorAll('.scores > span').forEach((bar, index) => {
      // Through the object model: the pages' policy allows no style attributes.
      if (bar instanceof HTMLElement) bar.style.height = `${Math.max(2, 100 * Math.min(1, Math.max(0, sorted[index] || 0)))}%`;
    });
  }
}
