/** What the lab advises where settings do not go together: a sentence, and a button that mends it. Fetched when there may be need. */
import { html, nothing } from 'lit';
import { adviceFor } from '../../state/advice.js';
import { entryOf } from '../../state/edits.js';
import { adviceTranslator } from '../../text/advice.js';
import { labelIn } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { Sight } from './sight.js'
 */

/**
 * @param {Sight} sight
 * @param {ArrayLike<number>} targets of the training rows
 * @returns {TemplateResult | typeof nothing}
 */
export function advice({ language, experiment, catalog, locked, edit }, targets) {
  const text = adviceTranslator(language);
  let [least, most] = [Infinity, -Infinity];
  for (let row = 0; row < targets.length; ++row) {
    least = Math.min(least, targets[row]);
    most = Math.max(most, targets[row]);
  }
  const found = adviceFor(experiment, catalog, [least, most]);
  if (found.length === 0) return nothing;
  return html`${found.map(({ clash, layer, mended }) => {
    const activation = entryOf(catalog.activations, experiment.network.layers[layer].activation);
    const values = { layer: layer + 1, activation: activation ? labelIn(activation.label, language) : '' };
    const path = clash === 'alike' ? 'network.initializer' : `network.layers.${layer}.activation`;
    return html`
      <p class="advice">
        <span>${text(clash, values)}</span>
        <button type="button" class="button small" ?disabled=${locked(path)} @click=${() => edit(mended)}>
          ${text(`mend.${clash}`, values)}
        </button>
      </p>
    `;
  })}`;
}
