import { html, nothing } from 'lit';
import { goalOf, reaches, USUAL_SAMPLES, withDigits } from '../../digits/experiment.js';
import { digitDataTranslator } from '../../text/digit-data.js';
import { formatCount, formatFixed, formatNumber, formatPercent } from '../../text/text.js';
import { formatMegabytes } from './data-notice.js';
import { GLANCE } from './assessor.js';
import { isReached, isSameLimit, limits, wayOf } from './run-limit.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { Evaluation, Progress } from '../../engine/types.js'
 * @import { Goal } from '../../digits/experiment.js'
 * @import { Limit } from './run-limit.js'
 * @import { DigitsSight } from './sight.js'
 */

/**
 * What the run has come to, beside the sight.
 * @typedef {object} RunSight
 * @property {Limit | null} limit
 * @property {Limit | undefined} target where this run stops
 * @property {Progress | null} progress
 * @property {number} epoch with its fraction
 * @property {number} stepsPerEpoch
 * @property {Evaluation | undefined} test
 * @property {number} whole bytes that are still to be fetched for all digits
 * @property {(limit: Limit | null) => void} setLimit
 * @property {() => void} acceptAll the reader wants all digits
 */

const FOREVER = 'none';

/** @param {Limit} limit */
const nameOf = ({ epochs, steps }) => (epochs === undefined ? `steps-${steps}` : `epochs-${epochs}`);

/**
 * How long to train, how far that is, and whether it has come to what the text says.
 * @param {DigitsSight & RunSight} sight
 * @returns {TemplateResult}
 */
export function goalSection(sight) {
  const { language, limit, setLimit, locked, progress, experiment } = sight;
  const text = digitDataTranslator(language);
  const own = limit && !limits.some((each) => isSameLimit(each, limit)) ? [limit] : [];
  const choices = [
    { id: FOREVER, label: text('limit.none') },
    ...[...limits, ...own].map((each) => ({ id: nameOf(each), label: limitText(each, language) })),
  ];
  const goal = goalOf(experiment);
  return html`
    <div class="limit">
      <mlp-select
        .label=${text('limit')}
        .value=${limit ? nameOf(limit) : FOREVER}
        .choices=${choices}
        ?disabled=${locked('transport')}
        @change=${(/** @type {CustomEvent<string>} */ event) =>
          setLimit([...limits, ...own].find((each) => nameOf(each) === event.detail) ?? null)}
      ></mlp-select>
      ${limit && progress ? way(sight, progress) : nothing}
    </div>
    ${goal ? goalNote(sight, goal) : nothing}
    ${(experiment.data.samples ?? 0) > GLANCE ? html`<p class="about">${text('glance', { count: formatCount(GLANCE) })}</p>` : nothing}
  `;
}

/**
 * @param {Limit} limit
 * @param {DigitsSight['language']} language
 */
function limitText({ epochs, steps }, language) {
  const text = digitDataTranslator(language);
  return epochs === undefined ? text('limit.steps', { count: formatCount(steps ?? 0) }) : text('limit.epochs', { count: epochs });
}

/**
 * @param {DigitsSight & RunSight} sight
 * @param {Progress} progress
 */
function way({ language, limit, target, epoch, stepsPerEpoch }, progress) {
  const text = digitDataTranslator(language);
  const { done, total, seconds } = wayOf(target ?? limit ?? {}, progress, epoch, stepsPerEpoch);
  const counted = (target ?? limit)?.epochs === undefined ? 'steps' : 'epochs';
  const far = text(`way.${counted}`, {
    done: counted === 'steps' ? formatCount(done) : formatFixed(done, 1),
    total: formatCount(total),
  });
  const time = seconds === undefined || done >= total ? '' : text('way.left', { time: durationText(seconds, language) });
  return html`<div class="way">
    <progress max=${total} .value=${done} aria-label=${text('way.label')}></progress>
    <span>${far}${time}</span>
  </div>`;
}

/**
 * @param {number} seconds
 * @param {DigitsSight['language']} language
 */
function durationText(seconds, language) {
  const text = digitDataTranslator(language);
  if (seconds < 99.5) return text('time.seconds', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 5970) return text('time.minutes', { count: Math.round(seconds / 60) });
  return text('time.hours', { count: formatFixed(seconds / 3600, 1) });
}

/**
 * @param {DigitsSight & RunSight} sight
 * @param {Goal} goal
 */
function goalNote({ language, experiment, locked, edit, progress, test, whole, acceptAll }, goal) {
  const text = digitDataTranslator(language);
  const { samples = USUAL_SAMPLES } = experiment.data;
  const result = (/** @type {{ accuracy?: number, loss?: number }} */ { accuracy, loss }, /** @type {number} */ decimals) =>
    loss === undefined
      ? formatPercent(accuracy ?? 0, decimals)
      : text('goal.result', { accuracy: formatPercent(accuracy ?? 0, decimals), loss: formatNumber(loss, decimals === 0 ? 2 : 3) });
  const said = text('goal', {
    result: result(goal, Number.isInteger(goal.accuracy * 100) ? 0 : 1),
    limit: limitText(goal.limit, language),
    samples: formatCount(goal.samples),
  });
  const over = test !== undefined && progress !== null && isReached(goal.limit, progress);
  const found = over ? result({ accuracy: test.accuracy, loss: goal.loss === undefined ? undefined : test.loss }, 1) : '';
  const reached = over && reaches(goal, test);
  const all = samples === goal.samples;
  return html`<div class="goal" ?data-reached=${reached}>
    <p>
      ${said} <span class="line-key">${text('goal.line')}</span>
      ${over ? html`<strong>${text(reached ? 'goal.reached' : 'goal.notYet', { result: found })}</strong>` : nothing}
    </p>
    ${
      all
        ? nothing
        : html`<p>
            ${text('goal.amount', { count: formatCount(samples) })}
            <button
              type="button"
              class="button"
              ?disabled=${locked('data.samples')}
              @click=${() => {
                acceptAll();
                edit(withDigits(experiment, { samples: goal.samples }));
              }}
            >
              ${whole > 0 ? text('goal.fetch', { size: formatMegabytes(whole) }) : text('goal.use')}
            </button>
          </p>`
    }
  </div>`;
}
