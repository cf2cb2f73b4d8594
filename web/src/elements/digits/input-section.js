import { html, nothing } from 'lit';
import { idOf } from '../../state/edits.js';
import { presetIds, presetOf, presets, sampleStops, USUAL_SAMPLES, withDigits } from '../../digits/experiment.js';
import { available } from '../../digits/mnist-files.js';
import { digitDataTranslator } from '../../text/digit-data.js';
import { formatCount } from '../../text/text.js';
import { formatMegabytes } from './data-notice.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { FilledExperiment, Operation } from '../../engine/types.js'
 * @import { PresetId } from '../../digits/experiment.js'
 * @import { DigitsSight } from './sight.js'
 */

/** Scalings that need no numbers of their own. */
const scalings = Object.freeze(/** @type {const} */ (['unit', 'standardized', 'raw']));

/**
 * Where to start from, how many digits to learn from, and how their pixels reach the network.
 * @param {DigitsSight & { whole: number }} sight `whole`: bytes that are still to be fetched for more digits than come at once
 * @returns {TemplateResult}
 */
export function inputSection({ words, language, experiment, locked, edit, whole }) {
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
      @change=${(/** @type {CustomEvent<PresetId>} */ event) =>
        edit(withDigits(/** @type {FilledExperiment} */ (presets[event.detail]), { samples }))}
    ></mlp-select>
    ${preset ? html`<p class="about">${words(`data.preset.${preset}.about`)}</p>` : nothing}
    <mlp-number
      .label=${words('data.samples')}
      .language=${language}
      .minimum=${sampleStops[0]}
      .maximum=${available.train}
      .stops=${sampleStops}
      .value=${samples}
      .fallback=${USUAL_SAMPLES}
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
        .choices=${[...scalings.map((id) => ({ id, label: words(`data.scaling.${id}`) })), ...(scalingId === own.id ? [own] : [])]}
        ?disabled=${locked('data.scaling')}
        @change=${(/** @type {CustomEvent<string>} */ event) => edit(withDigits(experiment, { scaling: event.detail }))}
      ></mlp-select>
      <p class="about">${words(`data.scaling.${scalingId}.about`)}</p>
    </div>
  `;
}

/**
 * @param {unknown} scaling
 * @returns {'unit' | 'standardized' | 'raw' | 'own'}
 */
function scalingOf(scaling) {
  if (typeof scaling === 'object' && scaling !== null && 'mean' in scaling) return 'own';
  const id = idOf(/** @type {Operation | undefined} */ (scaling));
  return scalings.find((each) => each === id) ?? 'unit';
}
