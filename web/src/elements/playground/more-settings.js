import { html } from 'lit';
import { LEARNING_RATE, choice, parameterControl } from './optimizer-section.js';
import { entryOf, withLayer, withSkip, withTraining } from '../../state/edits.js';
import { labelIn } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { FilledExperiment } from '../../engine/types.js'
 * @import { Sight } from './sight.js'
 */

const LARGEST_SLIDER_PENALTY = 1;
const DROPOUT_STEP = 0.05;
const LARGEST_SLIDER_NORM = 100;

/**
 * Everything else about training, folded at first.
 * @param {Sight} sight
 * @returns {TemplateResult}
 */
export function moreSettings(sight) {
  const { t, language, experiment, catalog, locked, edit } = sight;
  const { training, network } = experiment;
  const optimizer = entryOf(catalog.optimizers, training.optimizer);
  const loss = entryOf(catalog.losses, training.loss);
  const schedule = entryOf(catalog.schedules, training.schedule);
  const initializer = entryOf(catalog.initializers, network.initializer);
  const others = optimizer?.parameters.filter(({ name }) => name !== LEARNING_RATE).slice(1) ?? [];
  /** @param {Record<string, unknown>} change */
  const editTraining = (change) => edit(withTraining(experiment, change));
  /** @param {Partial<FilledExperiment['network']>} change */
  const editNetwork = (change) => edit({ ...experiment, network: { ...network, ...change } });
  return html`
    <div class="strip">
      ${others.map((parameter) =>
        parameterControl(sight, 'training.optimizer', training.optimizer, parameter, (next) => editTraining({ optimizer: next })),
      )}
      ${(loss?.parameters ?? []).map((parameter) => parameterControl(sight, 'training.loss', training.loss, parameter, (next) => editTraining({ loss: next })))}
      ${network.layers.flatMap((layer, index) =>
        (entryOf(catalog.activations, layer.activation)?.parameters ?? []).map((parameter) =>
          parameterControl(
            sight,
            `network.layers.${index}.activation`,
            layer.activation,
            parameter,
            (next) => edit(withLayer(experiment, index, { activation: next })),
            t('optimizer.layer', { layer: index + 1, parameter: labelIn(parameter.label, language) }),
          ),
        ),
      )}
      ${choice(sight, 'optimizer.schedule', catalog.schedules, training.schedule, (id) => editTraining({ schedule: id }))}
      ${(schedule?.parameters ?? []).map((parameter) =>
        parameterControl(sight, 'training.schedule', training.schedule, parameter, (next) => editTraining({ schedule: next })),
      )}
      ${choice(sight, 'optimizer.sampling', catalog.samplings, training.sampling, (id) => editTraining({ sampling: id }))}
      ${plainNumber(sight, 'optimizer.l1', training.l1, LARGEST_SLIDER_PENALTY, (l1) => editTraining({ l1 }))}
      ${plainNumber(sight, 'optimizer.l2', training.l2, LARGEST_SLIDER_PENALTY, (l2) => editTraining({ l2 }))}
      ${plainNumber(sight, 'optimizer.clipNorm', training.clipNorm, LARGEST_SLIDER_NORM, (clipNorm) => editTraining({ clipNorm }), true)}
      ${network.layers
        .slice(0, -1)
        .map(
          (layer, index) => html`
            <mlp-number
              .language=${language}
              .label=${t('optimizer.dropout', { layer: index + 1 })}
              ?disabled=${locked(`network.layers.${index}.dropout`)}
              .reason=${t('state.locked')}
              .value=${layer.dropout ?? 0}
              .minimum=${0}
              .maximum=${catalog.limits.dropout}
              .fallback=${0}
              .step=${DROPOUT_STEP}
              @input=${(/** @type {CustomEvent<number>} */ event) => edit(withLayer(experiment, index, { dropout: event.detail }))}
            ></mlp-number>
          `,
        )}
      <mlp-toggle
        .label=${t('optimizer.skip')}
        .checked=${network.skip === true}
        ?disabled=${network.layers.length < 2 || locked('network.skip')}
        .reason=${t(network.layers.length < 2 ? 'optimizer.skip.none' : 'state.locked')}
        @change=${(/** @type {CustomEvent<boolean>} */ event) => edit(withSkip(experiment, event.detail))}
      ></mlp-toggle>
      ${choice(sight, 'optimizer.initializer', catalog.initializers, network.initializer, (id) => editNetwork({ initializer: id }))}
      ${(initializer?.parameters ?? []).map((parameter) =>
        parameterControl(sight, 'network.initializer', network.initializer, parameter, (next) => editNetwork({ initializer: next })),
      )}
      <mlp-seed
        .language=${language}
        .label=${t('optimizer.networkSeed')}
        ?disabled=${locked('network.seed')}
        .value=${network.seed ?? 1}
        @change=${(/** @type {CustomEvent<number>} */ event) => editNetwork({ seed: event.detail })}
      ></mlp-seed>
      <mlp-seed
        .language=${language}
        .label=${t('optimizer.trainingSeed')}
        ?disabled=${locked('training.seed')}
        .value=${training.seed ?? 1}
        @change=${(/** @type {CustomEvent<number>} */ event) => edit(withTraining(experiment, { seed: event.detail }))}
      ></mlp-seed>
    </div>
  `;
}

/**
 * A number that is off at zero.
 * @param {Sight} sight
 * @param {'optimizer.l1' | 'optimizer.l2' | 'optimizer.clipNorm'} label
 * @param {number | undefined} value
 * @param {number} maximum
 * @param {(value: number) => void} change
 * @param {boolean} [namedZero] write zero as "off"
 */
function plainNumber({ t, language, catalog, locked }, label, value, maximum, change, namedZero = false) {
  const limits = {
    'optimizer.l1': catalog.limits.penalty,
    'optimizer.l2': catalog.limits.penalty,
    'optimizer.clipNorm': catalog.limits.clipNorm,
  };
  return html`
    <mlp-number
      .language=${language}
      .label=${t(label)}
      ?disabled=${locked(`training.${label.slice('optimizer.'.length)}`)}
      .reason=${t('state.locked')}
      .value=${value ?? 0}
      .maximum=${maximum}
      .limit=${limits[label] ?? maximum}
      .fallback=${0}
      .scale=${'log'}
      .zero=${namedZero ? t('optimizer.clipNorm.off') : ''}
      @input=${(/** @type {CustomEvent<number>} */ event) => change(event.detail)}
    ></mlp-number>
  `;
}
