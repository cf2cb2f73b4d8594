import { html } from 'lit';
import { withDigits } from '../../digits/experiment.js';
import { scalingIds, scalingNamed, scalingOf } from '../../digits/scaling.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { FilledExperiment } from '../../engine/types.js'
 * @import { ScalingId } from '../../digits/scaling.js'
 * @import { digitsTranslator } from '../../text/digits.js'
 */

/**
 * How pixels reach the network, and what there is to know about that.
 * @param {object} sight
 * @param {ReturnType<typeof digitsTranslator>} sight.words
 * @param {FilledExperiment} sight.experiment
 * @param {(path: string) => boolean} sight.locked
 * @param {(next: FilledExperiment) => void} sight.edit
 * @returns {TemplateResult}
 */
export function scalingControl({ words, experiment, locked, edit }) {
  const chosen = scalingOf(experiment.data.scaling);
  const own = { id: 'own', label: words('data.preset.own'), disabled: true };
  return html`
    <mlp-select
      .label=${words('data.scaling')}
      .value=${chosen}
      .choices=${[...scalingIds.map((id) => ({ id, label: words(`data.scaling.${id}`) })), ...(chosen === own.id ? [own] : [])]}
      ?disabled=${locked('data.scaling')}
      @change=${(/** @type {CustomEvent<ScalingId>} */ event) => edit(withDigits(experiment, { scaling: scalingNamed(event.detail) }))}
    ></mlp-select>
    <p class="about">${words(`data.scaling.${chosen}.about`)}</p>
  `;
}
