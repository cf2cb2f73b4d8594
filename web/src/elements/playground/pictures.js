/**
 * The small pictures of the choices, drawn from the engine's own data: a handful of points per data set, each feature over the plane.
 * They are asked for once per page.
 */
import { sharedClient } from '../../engine/client.js';
import { datasetClasses } from '../../state/edits.js';

/**
 * @import { Catalog, CatalogEntry, SplitData } from '../../engine/types.js'
 * @import { Picture } from '../../view/thumbnail.js'
 * @import { Points } from '../../view/surface.js'
 */

export const DOMAIN = 6;
export const THUMBNAIL_CELLS = 24;
const THUMBNAIL_SAMPLES = 160;

/** @type {Promise<ReadonlyMap<string, Picture>> | undefined} */
let datasetsOnce;

/** @type {Promise<ReadonlyMap<string, Float32Array>> | undefined} */
let featuresOnce;

/**
 * The points of one split as the views draw them.
 * @param {SplitData} data
 * @returns {Points}
 */
export function pointsOf({ inputs, labels, targets, rows }) {
  return { inputs, rows, values: labels ?? targets ?? new Float32Array(rows) };
}

/**
 * Pictures of the catalog's data sets on the plane, by id.
 * @param {Catalog} catalog
 */
export function datasetPictures(catalog) {
  datasetsOnce ??= makeDatasetPictures(catalog.datasets.filter(onPlane));
  // What failed (the worker was being replaced, say) may be asked for again.
  datasetsOnce.catch(() => {
    datasetsOnce = undefined;
  });
  return datasetsOnce;
}

/**
 * Each feature's values on the grid of the thumbnails, by id.
 * @param {Catalog} catalog
 */
export function featureGrids(catalog) {
  featuresOnce ??= makeFeatureGrids(catalog);
  featuresOnce.catch(() => {
    featuresOnce = undefined;
  });
  return featuresOnce;
}

/** @param {CatalogEntry} dataset */
export function onPlane(dataset) {
  return dataset.dimensions === 2;
}

/**
 * @param {readonly CatalogEntry[]} datasets
 * @returns {Promise<ReadonlyMap<string, Picture>>}
 */
async function makeDatasetPictures(datasets) {
  /** @type {Map<string, Picture>} */
  const pictures = new Map();
  for (const dataset of datasets) {
    const classes = datasetClasses(dataset);
    const run = await sharedClient().createRun({
      data: { id: dataset.id, samples: THUMBNAIL_SAMPLES, testFraction: 0 },
      network: { layers: [{ activation: 'identity' }] },
      training: { loss: classes > 0 ? 'cross-entropy' : 'mse' },
    });
    try {
      pictures.set(dataset.id, {
        kind: 'points',
        points: pointsOf(await run.call('data', 'train')),
        classes,
        domain: DOMAIN,
      });
    } finally {
      run.dispose();
    }
  }
  return pictures;
}

/**
 * One run answers for all features: a layer whose weights are the identity matrix hands them through.
 * @param {Catalog} catalog
 * @returns {Promise<ReadonlyMap<string, Float32Array>>}
 */
async function makeFeatureGrids({ features }) {
  const ids = features.map(({ id }) => id);
  const count = ids.length;
  const run = await sharedClient().createRun({
    data: { samples: THUMBNAIL_SAMPLES, features: ids },
    network: { layers: [{ units: count, activation: 'identity' }, { activation: 'identity' }], initializer: 'zeros' },
  });
  try {
    const parameters = await run.call('parameters');
    for (let feature = 0; feature < count; ++feature) parameters[feature * count + feature] = 1;
    await run.call('setParameters', parameters);
    /** @type {[number, number]} */
    const extent = [-DOMAIN, DOMAIN];
    const { neurons } = await run.frame({ neurons: { x: extent, y: extent, columns: THUMBNAIL_CELLS, rows: THUMBNAIL_CELLS } });
    const cells = THUMBNAIL_CELLS ** 2;
    return new Map(
      ids.map((id, index) => [id, (neurons?.[0] ?? new Float32Array(count * cells)).slice(index * cells, (index + 1) * cells)]),
    );
  } finally {
    run.dispose();
  }
}

/**
 * A round number at or above the largest magnitude: 1, 2, 5 times a power of ten. It jumps seldom, so colours hold still.
 * @param {ArrayLike<number>} values
 */
export function reachOf(values) {
  let largest = 0;
  for (let index = 0; index < values.length; ++index) {
    const size = Math.abs(values[index]);
    if (size > largest && Number.isFinite(size)) largest = size;
  }
  if (largest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const mantissa = largest / power;
  return (mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10) * power;
}
