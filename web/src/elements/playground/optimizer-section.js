import { html, nothing } from 'lit';
import {
  classesOf,
  entryOf,
  idOf,
  isNumeric,
  lossFits,
  parameterOf,
  withLayer,
  withLoss,
  withOptimizer,
  withParameter,
  withSkip,
  withTraining,
} from '../../state/edits.js';
import { formatCount, labelIn } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { CatalogEntry, FilledExperiment, Hyperparameter, Operation } from '../../engine/types.js'
 * @import { Sight } from './sight.js'
 */

const LEARNING_RATE = 'learningRate';
/** The slider's own ends, where the engine's limits lie far beyond what one tries. */
const RATE_RANGE = Object.freeze([1e-5, 10]);
const LARGEST_SLIDER_PENALTY = 1;
const DROPOUT_STEP = 0.05;
const LARGEST_SLIDER_NORM = 100;

/**
 * The settings one reaches for first: loss, optimizer, rate, batch size, and the optimizer's own first parameter.
 * @param {Sight} sight
 * @returns {TemplateResult}
 */
export function optimizerSection(sight) {
  const { t, language, experiment, catalog, trainRows, locked, edit } = sight;
  const { training } = experiment;
  const classes = classesOf(experiment, catalog);
  const optimizer = entryOf(catalog.optimizers, training.optimizer);
  const rate = optimizer?.parameters.filter(isNumeric).find(({ name }) => name === LEARNING_RATE);
  const others = optimizer?.parameters.filter(({ name }) => name !== LEARNING_RATE) ?? [];
  const squashedTwice =
    entryOf(catalog.losses, training.loss)?.logits === true &&
    idOf(experiment.network.layers[experiment.network.layers.length - 1].activation) !== 'identity';
  /** @param {Operation} next */
  const editOptimizer = (next) => edit(withTraining(experiment, { optimizer: next }));
  return html`
    <div class="strip">
      ${choice(
        sight,
        'optimizer.loss',
        catalog.losses.filter((loss) => lossFits(loss, classes)),
        training.loss,
        (id) => edit(withLoss(experiment, id, catalog)),
        squashedTwice ? t('optimizer.loss.logits') : '',
      )}
      ${choice(sight, 'optimizer.optimizer', catalog.optimizers, training.optimizer, (id) => edit(withOptimizer(experiment, id)))}
      ${
        rate
          ? html`
              <mlp-number
                .language=${language}
                .label=${labelIn(rate.label, language)}
                ?disabled=${locked('training.optimizer.learningRate')}
                .reason=${t('state.locked')}
                .value=${parameterOf(training.optimizer, rate)}
                .minimum=${Math.max(rate.minimum, RATE_RANGE[0])}
                .maximum=${Math.min(rate.maximum, RATE_RANGE[1])}
                .limit=${rate.maximum}
                .fallback=${rate.fallback}
                .scale=${'log'}
                @input=${(/** @type {CustomEvent<number>} */ event) =>
                  editOptimizer(withParameter(training.optimizer, LEARNING_RATE, event.detail))}
              ></mlp-number>
            `
          : nothing
      }
      <mlp-number
        .language=${language}
        .label=${t('optimizer.batchSize')}
        ?disabled=${locked('training.batchSize')}
        .reason=${t('state.locked')}
        .value=${training.batchSize ?? 1}
        .minimum=${1}
        .maximum=${Math.max(2, trainRows)}
        .fallback=${Math.min(trainRows, catalog.defaults.training.batchSize ?? 1)}
        .scale=${'log'}
        .whole=${true}
        .format=${formatCount}
        @input=${(/** @type {CustomEvent<number>} */ event) => edit(withTraining(experiment, { batchSize: event.detail }))}
      ></mlp-number>
      ${others.slice(0, 1).map((parameter) => parameterControl(sight, 'training.optimizer', training.optimizer, parameter, editOptimizer))}
    </div>
  `;
}

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
 * @param {Sight} sight
 * @param {'optimizer.loss' | 'optimizer.optimizer' | 'optimizer.schedule' | 'optimizer.sampling' | 'optimizer.initializer'} label
 * @param {readonly CatalogEntry[]} entries
 * @param {Operation | undefined} chosen
 * @param {(id: string) => void} choose
 * @param {string} [note]
 */
function choice({ t, language, locked }, label, entries, chosen, choose, note = '') {
  const name = label.slice('optimizer.'.length);
  return html`
    <mlp-select
      .label=${t(label)}
      .note=${note}
      ?disabled=${locked(name === 'initializer' ? 'network.initializer' : `training.${name}`)}
      .reason=${t('state.locked')}
      .value=${idOf(chosen)}
      .choices=${entries.map((entry) => ({ id: entry.id, label: labelIn(entry.label, language) }))}
      @change=${(/** @type {CustomEvent<string>} */ event) => choose(event.detail)}
    ></mlp-select>
  `;
}

/**
 * One parameter of an operation, as the catalog describes it.
 * @param {Sight} sight
 * @param {string} path of the operation in the document
 * @param {Operation | undefined} operation
 * @param {Hyperparameter} parameter
 * @param {(next: Operation) => void} change
 * @param {string} [label]
 */
function parameterControl({ t, language, locked }, path, operation, parameter, change, label = labelIn(parameter.label, language)) {
  const value = parameterOf(operation, parameter);
  if (!isNumeric(parameter)) {
    return html`
      <mlp-toggle
        .label=${label}
        .checked=${value !== 0}
        ?disabled=${locked(`${path}.${parameter.name}`)}
        .reason=${t('state.locked')}
        @change=${(/** @type {CustomEvent<boolean>} */ event) => change(withParameter(operation, parameter.name, event.detail))}
      ></mlp-toggle>
    `;
  }
  return html`
    <mlp-number
      .language=${language}
      .label=${label}
      ?disabled=${locked(`${path}.${parameter.name}`)}
      .reason=${t('state.locked')}
      .value=${value}
      .minimum=${parameter.minimum}
      .maximum=${parameter.maximum}
      .fallback=${parameter.fallback}
      .scale=${parameter.scale}
      .unit=${parameter.unit ?? ''}
      @input=${(/** @type {CustomEvent<number>} */ event) => change(withParameter(operation, parameter.name, event.detail))}
    ></mlp-number>
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
