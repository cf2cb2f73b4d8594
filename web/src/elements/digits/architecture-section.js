import { html, nothing } from 'lit';
import { idOf, withLayer } from '../../state/edits.js';
import { HIDDEN_LIMIT, parameterCount, UNIT_LIMIT, withHiddenLayers } from '../../digits/experiment.js';
import { PICTURE_SIZE } from '../../digits/normalise.js';
import { labelIn } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { Layer } from '../../engine/types.js'
 * @import { DigitsSight } from './sight.js'
 */

const unitStops = Object.freeze([1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256, 320, 400, 512]);

/**
 * How many hidden layers; stands on the section's title line.
 * @param {DigitsSight} sight
 * @returns {TemplateResult}
 */
export function hiddenLayersTool({ words, language, experiment, locked, edit }) {
  return html`
    <span aria-hidden="true">${words('architecture.hidden')}</span>
    <mlp-stepper
      .language=${language}
      .label=${words('architecture.hidden')}
      .value=${experiment.network.layers.length - 1}
      .maximum=${HIDDEN_LIMIT}
      ?disabled=${locked('network.layers')}
      @change=${(/** @type {CustomEvent<number>} */ event) => edit(withHiddenLayers(experiment, event.detail))}
    ></mlp-stepper>
  `;
}

/**
 * Neurons and activation of every hidden layer, and the network in a line.
 * @param {DigitsSight} sight
 * @returns {TemplateResult}
 */
export function architectureSection(sight) {
  const { t, words, language, experiment, catalog } = sight;
  const { layers } = experiment.network;
  const hidden = layers.slice(0, -1);
  const labels = new Map(catalog.activations.map(({ id, label }) => [id, labelIn(label, language)]));
  const shape = hidden.map(({ units = 0, activation }) => {
    const id = idOf(activation);
    return words('architecture.shape.layer', { units, activation: labels.get(id) ?? id });
  });
  const line = hidden.length === 0 ? words('architecture.none') : words('architecture.shape', { hidden: shape.join('') });
  return html`
    ${hidden.length > 0 ? html`<div class="layers">${hidden.map((layer, index) => layerControls(sight, layer, index))}</div>` : nothing}
    <p class="shape">
      <span>${line}${idOf(experiment.training.loss) === 'cross-entropy' ? words('architecture.softmax') : ''}</span>
      <span>${t('architecture.parameters', { count: parameterCount(layers, PICTURE_SIZE ** 2) })}</span>
    </p>
  `;
}

/**
 * @param {DigitsSight} sight
 * @param {Layer} layer
 * @param {number} index
 */
function layerControls({ words, language, experiment, catalog, locked, edit }, { units = 0, activation }, index) {
  const held = locked('network.layers');
  return html`<div class="layer">
    <mlp-number
      .label=${words('architecture.units', { layer: index + 1 })}
      .language=${language}
      .whole=${true}
      .minimum=${1}
      .maximum=${UNIT_LIMIT}
      .stops=${unitStops}
      .value=${units}
      ?disabled=${held}
      @change=${(/** @type {CustomEvent<number>} */ event) => edit(withLayer(experiment, index, { units: event.detail }))}
    ></mlp-number>
    <mlp-select
      .label=${words('architecture.activation', { layer: index + 1 })}
      label-hidden
      .value=${idOf(activation)}
      .choices=${catalog.activations.map(({ id, label }) => ({ id, label: labelIn(label, language) }))}
      ?disabled=${held}
      @change=${(/** @type {CustomEvent<string>} */ event) => edit(withLayer(experiment, index, { activation: event.detail }))}
    ></mlp-select>
  </div>`;
}
