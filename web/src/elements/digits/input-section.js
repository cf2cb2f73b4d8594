import { html, nothing } from 'lit';
import { idOf } from '../../state/edits.js';
import { presetIds, presetOf, sampleStops, USUAL_SAMPLES, withDigits } from '../../digits/experiment.js';
import { available } from '../../digits/mnist-files.js';
import { digitDataTranslator } from '../../text/digit-data.js';
import { formatCount, formatFixed } from '../../text/text.js';
import { formatMegabytes } from './data-notice.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { Operation } from '../../engine/types.js'
 * @import { PresetId } from '../../digits/experiment.js'
 * @import { DigitsSight } from './sight.js'
 */

/** Scalings that need no numbers of their own. */
const scalings = Object.freeze(/** @type {const} */ (['unit', 'standardized', 'raw']));

/** Standardizing by given numbers: those of all of MNIST, and those of ImageNet, whose photographs are brighter. */
const constants = Object.freeze({ mnist: { mean: 0.1307, std: 0.3081 }, imagenet: { mean: 0.485, std: 0.229 } });
const constantIds = Object.freeze(/** @type {const} */ (['mnist', 'imagenet']));

/**
 * Where to start from, how many digits to learn from, and how their pixels reach the network.
 * `whole`: bytes that are still to be fetched for more digits than come at once; `most`: digits that there are; `statistics`: of the training digits in use, in pixels
 * from 0 to 1.
 * @param {DigitsSight & { whole: number, most: number, statistics: { mean: number, std: number } | undefined, startFrom: (id: PresetId) => void }} sight
 * @returns {TemplateResult}
 */
export function inputSection({ words, language, experiment, locked, edit, whole, most, statistics, startFrom }) {
  const { samples = USUAL_SAMPLES, scaling } = experiment.data;
  const preset = presetOf(experiment);
  const scalingId = scalingOf(scaling);
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
      <mlp-select
        .label=${words('data.scaling')}
        .value=${scalingId}
        .choices=${[...[...scalings, ...constantIds].map((id) => ({ id, label: words(`data.scaling.${id}`) })), ...(scalingId === own.id ? [own] : [])]}
        ?disabled=${locked('data.scaling')}
        @change=${(/** @type {CustomEvent<string>} */ event) => edit(withDigits(experiment, { scaling: scalingNamed(event.detail) }))}
      ></mlp-select>
      <p class="about">${words(`data.scaling.${scalingId}.about`)}</p>
      ${
        statistics
          ? html`<p class="about">
              ${digitDataTranslator(language)('statistics', {
                count: formatCount(samples),
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

/** @param {string} id */
function scalingNamed(id) {
  const found = constantIds.find((each) => each === id);
  return found ? { id: 'standardized', ...constants[found] } : id;
}

/**
 * @param {unknown} scaling
 * @returns {'unit' | 'standardized' | 'raw' | 'mnist' | 'imagenet' | 'own'}
 */
function scalingOf(scaling) {
  if (typeof scaling === 'object' && scaling !== null && 'mean' in scaling && 'std' in scaling) {
    return constantIds.find((id) => constants[id].mean === scaling.mean && constants[id].std === scaling.std) ?? 'own';
  }
  const id = idOf(/** @type {Operation | undefined} */ (scaling));
  return scalings.find((each) => each === id) ?? 'unit';
}
