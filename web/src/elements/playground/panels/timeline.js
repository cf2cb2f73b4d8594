import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Panel } from './panel.js';
import { timelineEn } from '../../../text/timeline-en.js';
import { timelineZh } from '../../../text/timeline-zh.js';
import { createTranslator, formatField, formatPercent, parseNumber } from '../../../text/text.js';
import { icon } from '../../../ui/icons.js';

/** @import { Moment, StopReason } from '../../../state/timeline.js' */

const tables = { en: timelineEn, zh: timelineZh };

/** The conditions in their order, with what may be typed. @type {readonly { id: StopReason, minimum: number, maximum: number, whole?: boolean, percent?: boolean }[]} */
const conditions = Object.freeze([
  { id: 'epochs', minimum: 1, maximum: 1e9, whole: true },
  { id: 'loss', minimum: 0, maximum: 1e6 },
  { id: 'accuracy', minimum: 0, maximum: 1, percent: true },
  { id: 'plateau', minimum: 1, maximum: 1e6, whole: true },
]);

/** Back through the run, on from any moment, and when to stop. */
export class TimelinePanel extends Panel {
  static properties = {
    moments: { state: true, hasChanged: () => true },
    shown: { state: true },
    mistakes: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      .panel {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-5) var(--space-7);
        min-height: 8rem;
      }

      .past {
        flex: 2 1 24rem;
        min-width: 0;
      }

      .stop {
        flex: 1 1 16rem;
        min-width: 0;
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: var(--space-3);
        min-height: 1.5rem;
      }

      .where {
        font-variant-numeric: tabular-nums;
      }

      input[type='range'] {
        width: 100%;
        min-height: var(--control-height);
        margin: 0;
        accent-color: var(--accent);
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }

      .mirrored .icon-drawing {
        transform: scaleX(-1);
      }

      h3 {
        margin: 0 0 var(--space-2);
        color: var(--ink-soft);
        font-size: inherit;
        font-weight: normal;
      }

      .conditions {
        display: grid;
        grid-template-columns: 1fr 6.5rem;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }

      .conditions input {
        min-height: var(--control-height);
        min-width: 0;
        padding: 0 var(--space-2);
        border: var(--hairline) solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--paper-raised);
        color: inherit;
        font: inherit;
        font-variant-numeric: tabular-nums;
        text-align: right;
      }

      .conditions input[aria-invalid='true'] {
        border-color: var(--warning);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Moment[]} */
    this.moments = [];
    /** Which of them is shown. */
    this.shown = 0;
    /** @type {ReadonlyMap<StopReason, string>} */
    this.mistakes = new Map();
  }

  refresh() {
    this.moments = this.lab?.moments ?? [];
    const { returned } = this.lab ?? {};
    this.shown = returned ? this.moments.indexOf(returned) : this.moments.length - 1;
  }

  /** @param {number} index */
  async #go(index) {
    const { lab } = this;
    const moment = this.moments[Math.max(0, Math.min(index, this.moments.length - 1))];
    if (!lab || !moment) return;
    this.shown = this.moments.indexOf(moment);
    await lab.goTo(moment);
    this.refresh();
  }

  /**
   * @param {(typeof conditions)[number]} condition
   * @param {string} text
   */
  #setCondition({ id, minimum, maximum, whole, percent }, text) {
    const { lab } = this;
    if (!lab) return;
    const typed = parseNumber(text);
    const value = percent && typed > 1 ? typed / 100 : typed;
    const empty = text.trim() === '';
    const mistakes = new Map(this.mistakes);
    if (!empty && !(value >= minimum && value <= maximum && (!whole || Number.isInteger(value)))) mistakes.set(id, text);
    else {
      mistakes.delete(id);
      const { [id]: _, ...others } = lab.stopConditions;
      lab.setStopConditions(empty ? others : { ...others, [id]: value });
    }
    this.mistakes = mistakes;
  }

  render() {
    const t = createTranslator(tables, this.language);
    const { lab, moments, shown } = this;
    if (!lab) return nothing;
    return html`<div class="panel">${this.#renderPast(t, moments, shown)} ${this.#renderStop(t, lab.stopConditions)}</div>`;
  }

  /**
   * @param {(key: keyof typeof timelineEn, values?: Record<string, string | number>) => string} t
   * @param {readonly Moment[]} moments
   * @param {number} shown
   */
  #renderPast(t, moments, shown) {
    const moment = moments[shown];
    if (!moment) return html`<p class="past hint">${t('empty')}</p>`;
    const where = t('at', { epoch: moment.epoch, step: moment.step });
    const last = moments.length - 1;
    return html`
      <div class="past">
        <div class="head">
          <label for="moment">${t('moments')}</label>
          <output class="where">${where}</output>
        </div>
        <input
          id="moment"
          type="range"
          min="0"
          max=${last}
          step="1"
          .value=${live(String(shown))}
          aria-valuetext="${where} (${t('position', { index: shown + 1, count: moments.length })})"
          @input=${(/** @type {InputEvent & { target: HTMLInputElement }} */ { target }) => this.#go(Number(target.value))}
        />
        <div class="buttons">
          <button type="button" class="button small" ?disabled=${shown === 0} @click=${() => this.#go(0)}>
            ${icon('reset')}${t('first')}
          </button>
          <button type="button" class="button small mirrored" ?disabled=${shown === 0} @click=${() => this.#go(shown - 1)}>
            ${icon('more')}${t('earlier')}
          </button>
          <button type="button" class="button small" ?disabled=${shown === last} @click=${() => this.#go(shown + 1)}>
            ${icon('more')}${t('later')}
          </button>
          <button type="button" class="button small" ?disabled=${shown === last} @click=${() => this.#go(last)}>
            ${icon('step')}${t('last')}
          </button>
        </div>
        <p class="hint">${shown === last ? t('live', { step: moment.step }) : t('returned')}</p>
      </div>
    `;
  }

  /**
   * @param {(key: keyof typeof timelineEn, values?: Record<string, string | number>) => string} t
   * @param {import('../../../state/timeline.js').StopConditions} set
   */
  #renderStop(t, set) {
    return html`
      <div class="stop" role="group" aria-labelledby="stop">
        <h3 id="stop">${t('stop')}</h3>
        <div class="conditions">
          ${conditions.map((condition) => {
            const { id, percent } = condition;
            const value = set[id];
            const mistake = this.mistakes.get(id);
            const text = mistake ?? (value === undefined ? '' : percent ? formatPercent(value) : formatField(value));
            return html`
              <label for=${id}>${t(id)}</label>
              <input
                id=${id}
                type="text"
                inputmode="decimal"
                autocomplete="off"
                placeholder="–"
                .value=${live(text)}
                aria-invalid=${mistake !== undefined}
                aria-describedby="stop-note"
                @change=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => this.#setCondition(condition, target.value)}
              />
            `;
          })}
        </div>
        <div class="note ${this.mistakes.size > 0 ? 'wrong' : ''}" id="stop-note" role="status">
          ${
            this.mistakes.size > 0
              ? conditions
                  .filter(({ id }) => this.mistakes.has(id))
                  .map(({ id, minimum, maximum, percent }) => {
                    const wrong = t('wrong', {
                      text: this.mistakes.get(id) ?? '',
                      minimum: percent ? formatPercent(minimum, 0) : formatField(minimum),
                      maximum: percent ? formatPercent(maximum, 0) : formatField(maximum),
                    });
                    return html`<div>${wrong}</div>`;
                  })
              : t('stop.hint')
          }
        </div>
      </div>
    `;
  }
}
