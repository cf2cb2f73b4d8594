import { html } from 'lit';
import { idOf, withHiddenLayers, withLayer } from '../../state/edits.js';
import { parameterLayout } from '../../state/parameter-layout.js';
import { formatCount, labelIn } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { Sight } from './sight.js'
 */

/**
 * How many hidden layers; stands on the section's title line.
 * @param {Sight} sight
 * @returns {TemplateResult}
 */
export function hiddenLayersTool({ t, language, experiment, catalog, locked, edit }) {
  return html`
    <span aria-hidden="true">${t('architecture.hidden')}</span>
    <mlp-stepper
      .language=${language}
      .label=${t('architecture.hidden')}
      ?disabled=${locked('network.layers')}
      .value=${experiment.network.layers.length - 1}
      .maximum=${catalog.limits.layers}
      @change=${(/** @type {CustomEvent<number>} */ event) => edit(withHiddenLayers(experiment, event.detail))}
    ></mlp-stepper>
  `;
}

/**
 * The heads of the drawing's columns: neurons and activation of each layer. They share the drawing's grid of equal columns.
 * @param {Sight} sight
 * @returns {TemplateResult}
 */
export function layerHeads({ t, language, experiment, catalog, locked, edit }) {
  const { layers } = experiment.network;
  const { layers: places } = parameterLayout(experiment, catalog);
  const choices = catalog.activations.map(({ id, label }) => ({ id, label: labelIn(label, language) }));
  return html`
    <div class="heads">
      <div class="head"><span class="name">${t('architecture.inputs')}</span></div>
      ${layers.map((layer, index) => {
        const output = index === layers.length - 1;
        return html`
          <div class="head">
            ${
              output
                ? html`<span class="name">${t('architecture.output')}</span>`
                : html`
                    <mlp-stepper
                      .language=${language}
                      .label=${t('architecture.units', { layer: index + 1 })}
                      ?disabled=${locked(`network.layers.${index}.units`)}
                      .value=${layer.units ?? 1}
                      .minimum=${1}
                      .maximum=${catalog.limits.units}
                      @change=${(/** @type {CustomEvent<number>} */ event) => edit(withLayer(experiment, index, { units: event.detail }))}
                    ></mlp-stepper>
                  `
            }
            <mlp-select
              small
              label-hidden
              .label=${output ? t('architecture.activation.output') : t('architecture.activation', { layer: index + 1 })}
              .value=${idOf(layer.activation)}
              .choices=${choices}
              ?disabled=${locked(`network.layers.${index}.activation`)}
              @change=${(/** @type {CustomEvent<string>} */ event) => edit(withLayer(experiment, index, { activation: event.detail }))}
            ></mlp-select>
            <span class="count" title=${t('architecture.parameters', { count: places[index].count })}>${sumText(places[index])}</span>
          </div>
        `;
      })}
    </div>
  `;
}

/**
 * How a layer's parameters add up: weights, biases, and what its activation learns.
 * @param {{ units: number, sources: number, count: number }} layer
 */
export function sumText({ units, sources, count }) {
  const learned = count - units * (sources + 1);
  return `${sources}×${units}+${units}${learned > 0 ? `+${learned}` : ''} = ${formatCount(count)}`;
}
