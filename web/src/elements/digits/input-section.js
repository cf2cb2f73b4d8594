import { html, nothing } from 'lit';
import { presetIds, presetOf, sampleStops, USUAL_SAMPLES, withDigits } from '../../digits/experiment.js';
import { MOST_SAMPLES } from '../../digits/own-digits.js';
import { available } from '../../digits/mnist-files.js';
import { digitDataTranslator } from '../../text/digit-data.js';
import { formatCount, formatFixed } from '../../text/text.js';
import { formatMegabytes } from './data-notice.js';
import { scalingControl } from './scaling-control.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { PresetId } from '../../digits/experiment.js'
 * @import { DigitsSight } from './sight.js'
 */

/**
 * Where to start from, how many digits to learn from, and how their pixels reach the network.
 * `whole`: bytes that are still to be fetched for more digits than come at once; `most`: digits that there are; `statistics`: of the training digits in use, in pixels
 * from 0 to 1; `own`: own digits that are learned from beside them.
 * @param {DigitsSight & { whole: number, most: number, own: number, statistics: { mean: number, std: number } | undefined, startFrom: (id: PresetId) => void }} sight
 * @returns {TemplateResult}
 */
export function inputSection({ words, language, experiment, locked, edit, whole, most, own: added, statistics, startFrom }) {
  const { samples = USUAL_SAMPLES } = experiment.data;
  const preset = presetOf(experiment);
  const own = { id: 'own', label: words('data.preset.own'), disabled: true };
  return html`
    <mlp-select
      .label=${words('data.preset')}
      .value=${preset ?? own.id}
      .choices=${[...presetIds.map((id) => ({ id, label: words(`data.preset.${id}`) })), ...(preset ? [] : [own])]}
      ?disabled=${locked('preset')}
      @change=${(/** @type {CustomEvent<PresetId>} */ event) => startFrom(event.detail)}
    ></mlp-select>
    ${preset ? html`<p class="about">${words(`data.preset.${preset}.about`)}</p>` : nothing}
    <mlp-number
      .label=${words('data.samples')}
      .language=${language}
      .minimum=${Math.min(most, sampleStops[0])}
      .maximum=${most}
      .stops=${sampleStops}
      .value=${samples}
      .fallback=${Math.min(most, USUAL_SAMPLES)}
      .format=${formatCount}
      .whole=${true}
      ?disabled=${locked('data.samples')}
      @change=${(/** @type {CustomEvent<number>} */ event) => edit(withDigits(experiment, { samples: event.detail }))}
    ></mlp-number>
    ${whole > 0 ? html`<p class="about">${digitDataTranslator(language)('samples.whole', { size: formatMegabytes(whole) })}</p>` : nothing}
    <div class="scaling">
      ${scalingControl({ words, experiment, locked, edit })}
      ${
        statistics
          ? html`<p class="about">
              ${digitDataTranslator(language)(added > 0 ? 'statistics.own' : 'statistics', {
                count: formatCount(Math.min(samples, MOST_SAMPLES - added)),
                own: formatCount(added),
                mean: formatFixed(statistics.mean, 4),
                deviation: formatFixed(statistics.std, 4),
              })}
              ${experiment.data.id === 'mnist' && samples < available.train ? digitDataTranslator(language)('statistics.all') : nothing}
            </p>`
          : nothing
      }
    </div>
  `;
}
