import { html, nothing } from 'lit';
import { entryOf, isChoice, isNumeric, withData, withDataset, withFeature } from '../../state/edits.js';
import { THUMBNAIL_CELLS, onPlane } from './pictures.js';
import { icon } from '../../ui/icons.js';
import { formatCount, labelIn } from '../../text/text.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { CatalogEntry } from '../../engine/types.js'
 * @import { Sight } from './sight.js'
 */

const LARGEST_SLIDER_SAMPLES = 10_000;
const SMALLEST_SAMPLES = 4;

/**
 * What goes in: data set, noise, samples, split, features, seed.
 * @param {Sight} sight
 * @returns {TemplateResult}
 */
export function inputSection(sight) {
  const { t, language, experiment, catalog, locked, edit } = sight;
  const { data } = experiment;
  const entry = entryOf(catalog.datasets, data.id);
  const own = data.id === 'table';
  const planar = catalog.datasets.filter(onPlane);
  /** @param {Record<string, unknown>} change */
  const editData = (change) => edit(withData(experiment, change, catalog));
  return html`
    <div class="stack">
      <fieldset class="choices">
        <legend class="visually-hidden">${t('input.dataset')}</legend>
        <div class="caption" aria-hidden="true">
          <span>${t('input.dataset')}</span
          ><span class="current">${entry ? labelIn(entry.label, language) : own ? t('input.own') : data.id}</span>
        </div>
        ${datasetChoices(
          sight,
          planar.filter((dataset) => dataset.task === 'classification'),
          ownChoice(sight),
        )}
        ${datasetChoices(
          sight,
          planar.filter((dataset) => dataset.task !== 'classification'),
        )}
      </fieldset>
      ${(entry?.parameters ?? [])
        .filter(isChoice)
        .map(
          (parameter) => html`
            <mlp-select
              .label=${labelIn(parameter.label, language)}
              ?disabled=${locked(`data.${parameter.name}`)}
              .reason=${t('state.locked')}
              .value=${String(data[parameter.name] ?? parameter.fallback)}
              .choices=${parameter.choices.map(({ id, label }) => ({ id, label: labelIn(label, language) }))}
              @change=${(/** @type {CustomEvent<string>} */ event) => editData({ [parameter.name]: event.detail })}
            ></mlp-select>
          `,
        )}
      ${(entry?.parameters ?? [])
        .filter(isNumeric)
        .map(
          (parameter) => html`
            <mlp-number
              .language=${language}
              .label=${labelIn(parameter.label, language)}
              ?disabled=${locked(`data.${parameter.name}`)}
              .reason=${t('state.locked')}
              .value=${numberIn(data[parameter.name], parameter.fallback)}
              .minimum=${parameter.minimum}
              .maximum=${parameter.maximum}
              .fallback=${parameter.fallback}
              .scale=${parameter.scale}
              @input=${(/** @type {CustomEvent<number>} */ event) => editData({ [parameter.name]: event.detail })}
            ></mlp-number>
          `,
        )}
      ${own ? nothing : generatorSettings(sight, editData)}
      <mlp-number
        .language=${language}
        .label=${t('input.test')}
        ?disabled=${locked('data.testFraction')}
        .reason=${t('state.locked')}
        .value=${percent(data.testFraction ?? 0)}
        .maximum=${95}
        .step=${5}
        .fallback=${percent(numberIn(entry?.testFraction, catalog.defaults.data.testFraction ?? 0))}
        unit="%"
        @input=${(/** @type {CustomEvent<number>} */ event) => editData({ testFraction: event.detail / 100 })}
      ></mlp-number>
      ${featureChoices(sight)}
      ${
        // Own points are not drawn at random: the seed only decides which are kept for testing.
        entry || (data.testFraction ?? 0) > 0
          ? html`<mlp-seed
              .language=${language}
              .label=${t('input.seed')}
              ?disabled=${locked('data.seed')}
              .value=${data.seed ?? 1}
              @change=${(/** @type {CustomEvent<number>} */ event) => editData({ seed: event.detail })}
            ></mlp-seed>`
          : nothing
      }
    </div>
  `;
}

/**
 * Noise and number of samples: what only a generated data set has.
 * @param {Sight} sight
 * @param {(change: Record<string, unknown>) => void} editData
 */
function generatorSettings({ t, language, experiment, catalog, locked }, editData) {
  const { data } = experiment;
  return html`
    <mlp-number
      .language=${language}
      .label=${t('input.noise')}
      ?disabled=${locked('data.noise')}
      .reason=${t('state.locked')}
      .value=${percent(data.noise ?? 0)}
      .maximum=${100}
      .step=${5}
      .fallback=${percent(catalog.defaults.data.noise ?? 0)}
      unit="%"
      @input=${(/** @type {CustomEvent<number>} */ event) => editData({ noise: event.detail / 100 })}
    ></mlp-number>
    <mlp-number
      .language=${language}
      .label=${t('input.samples')}
      ?disabled=${locked('data.samples')}
      .reason=${t('state.locked')}
      .value=${data.samples ?? 0}
      .minimum=${SMALLEST_SAMPLES}
      .maximum=${LARGEST_SLIDER_SAMPLES}
      .limit=${catalog.limits.samples}
      .fallback=${numberIn(entryOf(catalog.datasets, data.id)?.samples, catalog.defaults.data.samples ?? 1)}
      .scale=${'log'}
      .whole=${true}
      .format=${formatCount}
      @input=${(/** @type {CustomEvent<number>} */ event) => editData({ samples: event.detail })}
    ></mlp-number>
  `;
}

/**
 * @param {Sight} sight
 * @param {readonly CatalogEntry[]} datasets
 * @param {unknown} [more] another choice after them
 */
function datasetChoices({ t, language, experiment, catalog, theme, datasetPictures, locked, edit }, datasets, more = nothing) {
  if (datasets.length === 0) return nothing;
  const kind = t(datasets[0].task === 'classification' ? 'input.classification' : 'input.regression');
  return html`
    <div class="thumbnails" role="radiogroup" aria-label=${kind}>
      ${datasets.map((dataset) => {
        const name = labelIn(dataset.label, language);
        return html`
          <label class="thumbnail" title=${name}>
            <input
              type="radio"
              name="dataset"
              aria-label=${name}
              .checked=${dataset.id === experiment.data.id}
              ?disabled=${locked('data.id')}
              @change=${() => edit(withDataset(experiment, dataset.id, catalog))}
            />
            <mlp-thumbnail .picture=${datasetPictures?.get(dataset.id)} .theme=${theme}></mlp-thumbnail>
          </label>
        `;
      })}
      ${more}
    </div>
  `;
}

/** The reader's own points, as one more data set. @param {Sight} sight */
function ownChoice({ t, experiment, locked, startOwnData }) {
  return html`
    <label class="thumbnail" title=${t('input.own.hint')}>
      <input
        type="radio"
        name="dataset"
        aria-label=${t('input.own')}
        .checked=${experiment.data.id === 'table'}
        ?disabled=${locked('data.id') || locked('data.inputs')}
        @change=${startOwnData}
      />
      ${icon('pen')}
    </label>
  `;
}

/** @param {Sight} sight */
function featureChoices({ t, language, experiment, catalog, theme, featureGrids, locked, edit }) {
  const chosen = experiment.data.features ?? [];
  return html`
    <fieldset class="choices">
      <legend class="caption">${t('input.features')}</legend>
      <div class="features">
        ${catalog.features.map((feature) => {
          const name = labelIn(feature.label, language);
          const checked = chosen.includes(feature.id);
          const last = checked && chosen.length === 1;
          const values = featureGrids?.get(feature.id);
          return html`
            <label class="feature" title=${last ? t('input.feature.last') : name}>
              <input
                type="checkbox"
                aria-label=${name}
                .checked=${checked}
                ?disabled=${last || locked('data.features')}
                @change=${() => edit(withFeature(experiment, feature.id, catalog))}
              />
              <mlp-thumbnail
                class="picture"
                .picture=${values && { kind: 'grid', values, columns: THUMBNAIL_CELLS, rows: THUMBNAIL_CELLS, reach: largest(values) }}
                .theme=${theme}
              ></mlp-thumbnail>
              <span>${name}</span>
            </label>
          `;
        })}
      </div>
    </fieldset>
  `;
}

/** @param {Float32Array} values */
function largest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
}

/** @param {number} fraction */
function percent(fraction) {
  return Number((fraction * 100).toFixed(4));
}

/**
 * @param {unknown} value
 * @param {number} fallback
 */
function numberIn(value, fallback) {
  return typeof value === 'number' ? value : fallback;
}
