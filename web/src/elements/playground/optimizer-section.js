import { html, nothing } from 'lit';
import {
  classesOf,
  entryOf,
  idOf,
  isNumeric,
  lossFits,
  parameterOf,
  withLoss,
  withOptimizer,
  withParameter,
  withTraining,
} from '../../state/edits.js';
import { formatCount, labelIn } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { CatalogEntry, FilledExperiment, Hyperparameter, Operation } from '../../engine/types.js'
 * @import { Sight } from './sight.js'
 */

export const LEARNING_RATE = 'learningRate';
/** The slider's own ends, where the engine's limits lie far beyond what one tries. */
const RATE_RANGE = Object.freeze([1e-5, 10]);

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
 * @param {Sight} sight
 * @param {'optimizer.loss' | 'optimizer.optimizer' | 'optimizer.schedule' | 'optimizer.sampling' | 'optimizer.initializer'} label
 * @param {readonly CatalogEntry[]} entries
 * @param {Operation | undefined} chosen
 * @param {(id: string) => void} choose
 */
export function choice({ t, language, locked }, label, entries, chosen, choose) {
  const name = label.slice('optimizer.'.length);
  return html`
    <mlp-select
      .label=${t(label)}
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
export function parameterControl({ t, language, locked }, path, operation, parameter, change, label = labelIn(parameter.label, language)) {
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
