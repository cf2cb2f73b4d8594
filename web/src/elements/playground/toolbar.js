import { html, nothing } from 'lit';
import { parameterOf } from '../../state/edits.js';
import { icon } from '../../ui/icons.js';
import { formatCount, formatField } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { FilledExperiment, Progress } from '../../engine/types.js'
 * @import { Language, TextKey, Translate } from '../../text/text.js'
 */

/** Steps a second of slow motion: each step goes on phase by phase. */
export const SLOW_MOTION = 0.25;

/** Steps a second that the speed slider stops at. */
const speeds = Object.freeze([SLOW_MOTION, 1, 2, 5, 10, 30, 100, 300, 1000, 3000, 10_000, Infinity]);

/** Fast enough to see the surface move at once, slow enough to see it move. */
export const USUAL_SPEED = 1000;

/** What the step button goes on by. @typedef {typeof stepUnits[number]} StepUnit */

const stepUnits = /** @type {const} */ (['sample', 'batch', 'epoch']);

/** What the engine names as no longer finite; a loss that is not belongs to no layer. @type {ReadonlyMap<string, TextKey>} */
const divergingQuantities = new Map([
  ['weights', 'quantity.weights'],
  ['biases', 'quantity.biases'],
  ['outputs', 'quantity.outputs'],
  ['activation', 'quantity.activation'],
]);

/**
 * Reset, train or pause, and a step.
 * @param {object} state
 * @param {Translate} state.t
 * @param {boolean} state.ready whether there is a run
 * @param {boolean} state.playing
 * @param {boolean} state.blocked whether training cannot go on: it diverged, or there is nothing to learn
 * @param {boolean} state.seedLocked whether the starting weights may not be others
 * @param {{ reset: () => void, restart: () => void, toggle: () => void, step: (event: MouseEvent) => void }} actions
 * @returns {TemplateResult}
 */
export function transport({ t, ready, playing, blocked, seedLocked }, { reset, restart, toggle, step }) {
  return html`
    <button type="button" class="button" title=${t('transport.reset.hint')} ?disabled=${!ready} @click=${reset}>
      ${icon('reset')}${t('transport.reset')}
    </button>
    <button
      type="button"
      class="button icon"
      aria-label=${t('transport.restart')}
      title=${t('transport.restart.hint')}
      ?disabled=${!ready || seedLocked}
      @click=${restart}
    >
      ${icon('seed')}
    </button>
    <button type="button" class="button primary" ?disabled=${blocked} @click=${toggle}>
      ${icon(playing ? 'pause' : 'play')}${t(playing ? 'transport.pause' : 'transport.train')}
    </button>
    <button type="button" class="button" title=${t('transport.step.shift')} ?disabled=${!ready || blocked || playing} @click=${step}>
      ${icon('step')}${t('transport.step')}
    </button>
  `;
}

/**
 * What a step is, and whether its phases are shown.
 * @param {object} state
 * @param {Translate} state.t
 * @param {StepUnit} state.stepUnit
 * @param {boolean} state.single whether a batch is one sample, so that a step can be one
 * @param {boolean} state.phasesOpen
 * @param {{ unit: (unit: StepUnit) => void, phases: (open: boolean) => void }} actions
 * @returns {TemplateResult}
 */
export function stepTools({ t, stepUnit, single, phasesOpen }, { unit, phases }) {
  return html`
    <div class="step-tools">
      <mlp-select
        small
        label-hidden
        .label=${t('transport.unit')}
        .value=${stepUnit === 'sample' && !single ? 'batch' : stepUnit}
        .choices=${stepUnits.map((id) => {
          const disabled = id === 'sample' && !single;
          return { id, label: t(disabled ? 'transport.unit.single' : `transport.unit.${id}`), disabled };
        })}
        @change=${(/** @type {CustomEvent<StepUnit>} */ event) => unit(event.detail)}
      ></mlp-select>
      <button
        type="button"
        class="button quiet unfolder"
        aria-expanded=${phasesOpen}
        aria-controls="phases"
        @click=${() => phases(!phasesOpen)}
      >
        ${icon(phasesOpen ? 'down' : 'more')}${t('transport.phases')}
      </button>
    </div>
  `;
}

/**
 * The counters; their numbers are written by the stage, frame by frame.
 * @param {Translate} t
 * @param {number} classes
 * @returns {TemplateResult}
 */
export function metrics(t, classes) {
  /** @type {[string, TextKey, boolean][]} */
  const entries = [
    ['epoch', 'transport.epoch', false],
    ['step', 'transport.steps', true],
    ['train-loss', 'metric.trainLoss', false],
    ['test-loss', 'metric.testLoss', true],
    ['test-score', classes > 0 ? 'metric.testAccuracy' : 'metric.testR2', false],
  ];
  return html`
    <dl class="metrics">
      ${entries.map(
        ([name, label, secondary]) => html`
          <div class=${secondary ? 'secondary' : nothing}>
            <dt>${t(label)}</dt>
            <dd data-number=${name}></dd>
          </div>
        `,
      )}
    </dl>
  `;
}

/**
 * @param {Translate} t
 * @param {Language} language
 * @param {number} speed
 * @param {(speed: number) => void} change
 * @returns {TemplateResult}
 */
export function speedControl(t, language, speed, change) {
  return html`
    <mlp-number
      class="speed"
      .language=${language}
      .label=${t('transport.speed')}
      .value=${speed}
      .minimum=${speeds[0]}
      .maximum=${Infinity}
      .fallback=${USUAL_SPEED}
      .stops=${speeds}
      .format=${(/** @type {number} */ value) =>
        value === SLOW_MOTION ? t('transport.speed.slow') : Number.isFinite(value) ? formatCount(value) : t('transport.speed.full')}
      .unit=${Number.isFinite(speed) && speed !== SLOW_MOTION ? t('transport.speed.unit') : ''}
      @input=${(/** @type {CustomEvent<number>} */ event) => change(event.detail)}
    ></mlp-number>
  `;
}

/**
 * Training stopped because a number is no longer finite: where, at which rate, and the ways on.
 * @param {object} state
 * @param {Translate} state.t
 * @param {FilledExperiment} state.experiment
 * @param {Progress} state.progress
 * @param {boolean} state.locked whether the rate may not be changed
 * @param {{ lower: (rate: number) => void, recover: () => void, reset: () => void }} actions
 * @returns {TemplateResult}
 */
export function divergenceNotice({ t, experiment, progress, locked }, { lower, recover, reset }) {
  const rate = parameterOf(experiment.training.optimizer, { name: 'learningRate', fallback: 0 });
  return html`
    <div class="message">
      ${icon('warning')}
      <p class="text">
        <strong>${t('state.diverged.title', { step: progress.step })}</strong>
        ${divergenceCause(t, progress, formatField(rate))}
      </p>
      <div class="actions">
        <button type="button" class="button primary" ?disabled=${locked} @click=${() => lower(Number((rate / 10).toPrecision(6)))}>
          ${t('state.diverged.lower')}
        </button>
        <button type="button" class="button" @click=${recover}>${t('state.diverged.recover')}</button>
        <button type="button" class="button" @click=${reset}>${t('state.diverged.reset')}</button>
      </div>
    </div>
  `;
}

/**
 * @param {Translate} t
 * @param {Progress} progress
 * @param {string} rate
 */
function divergenceCause(t, { cause }, rate) {
  if (typeof cause !== 'object' || cause.layer === undefined) return t('state.diverged.loss', { rate });
  const quantity = divergingQuantities.get(cause.quantity ?? '');
  return quantity ? t('state.diverged.cause', { quantity: t(quantity), layer: cause.layer + 1, rate }) : t('state.diverged.loss', { rate });
}
