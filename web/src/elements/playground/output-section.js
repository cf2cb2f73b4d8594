import { html, nothing, svg } from 'lit';
import { outputScaleOf } from './stage.js';
import { markerOutline } from '../../view/marker.js';
import { formatField } from '../../text/text.js';
import { icon } from '../../ui/icons.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { Sight } from './sight.js'
 */

const LEGEND_MARKER = 4.5;

/**
 * What of the output is shown; part of the lab's own state, not of the experiment.
 * @typedef {object} OutputView
 * @property {boolean} showTrain
 * @property {boolean} showTest
 * @property {boolean} discrete only the decision
 */

/**
 * What the surface's colours and markers mean.
 * @param {Sight} sight
 * @param {number} classes
 * @param {number} targetReach how far a regression's targets are from zero
 * @param {number | undefined} neuronReach set while the surface shows a neuron: the output at which its colour is full
 * @returns {TemplateResult}
 */
export function surfaceLegend({ t, experiment, catalog, theme }, classes, targetReach, neuronReach) {
  if (neuronReach !== undefined) {
    return html`
      <div class="scale">
        <span>${formatField(-neuronReach)}</span><span class="bar values"></span><span>${formatField(neuronReach)}</span>
      </div>
    `;
  }
  if (classes > 2) {
    return html`
      <div class="classes">
        ${Array.from({ length: classes }, (_, index) => html`<span>${marker(index, theme?.classes[index])}${index}</span>`)}
      </div>
    `;
  }
  const marks = theme?.marks.css;
  const { center, reach } = outputScaleOf(experiment, classes, catalog, targetReach);
  const [low, high] =
    classes === 2
      ? [
          html`${marker(0, marks?.[0])}${t('output.class', { class: 0 })}`,
          html`${t('output.class', { class: 1 })}${marker(1, marks?.[marks.length - 1])}`,
        ]
      : [html`<span>${formatField(center - reach)}</span>`, html`<span>${formatField(center + reach)}</span>`];
  return html`<div class="scale">${low}<span class="bar values"></span>${high}</div>`;
}

/**
 * Which points to show, and whether to show more than the decision.
 * @param {Sight} sight
 * @param {number} classes
 * @param {OutputView} view
 * @param {(change: Partial<OutputView>) => void} change
 * @param {{ open: boolean, unfold: (open: boolean) => void }} more what is shown on demand
 * @returns {TemplateResult}
 */
export function surfaceToggles({ t }, classes, { showTrain, showTest, discrete }, change, more) {
  return html`
    <div class="toggles">
      <div class="points">
        <mlp-toggle .checked=${showTrain} @change=${(/** @type {CustomEvent<boolean>} */ event) => change({ showTrain: event.detail })}>
          <span class="swatch">${marker(0, undefined, true)}${t('output.points.train')}</span>
        </mlp-toggle>
        <mlp-toggle .checked=${showTest} @change=${(/** @type {CustomEvent<boolean>} */ event) => change({ showTest: event.detail })}>
          <span class="swatch">${marker(0, undefined, false)}${t('output.points.test')}</span>
        </mlp-toggle>
      </div>
      ${
        classes > 0
          ? html`<mlp-toggle
              .label=${t('output.discrete')}
              .checked=${discrete}
              @change=${(/** @type {CustomEvent<boolean>} */ event) => change({ discrete: event.detail })}
            ></mlp-toggle>`
          : nothing
      }
      <button type="button" class="button quiet small" aria-expanded=${more.open} @click=${() => more.unfold(!more.open)}>
        ${icon(more.open ? 'down' : 'more')}${t('output.more')}
      </button>
    </div>
  `;
}

/**
 * A class's marker in a legend.
 * @param {number} index
 * @param {string} [color]
 * @param {boolean} [filled] as training points are; test points are hollow
 */
function marker(index, color = 'currentColor', filled = true) {
  return html`
    <svg class="marker" viewBox="-7 -7 14 14" aria-hidden="true">
      ${svg`<path d=${markerOutline(index, LEGEND_MARKER)} fill=${filled ? color : 'none'} stroke=${color} stroke-width="1.5" />`}
    </svg>
  `;
}
