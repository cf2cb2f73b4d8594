/**
 * The small pictures of the choices, drawn from the engine's own data: a handful of points per data set, each feature over the plane.
 * They are asked for once per page.
 */
import { sharedClient } from '../../engine/client.js';
import { datasetClasses, domainOf } from '../../state/edits.js';

/**
 * @import { Catalog, CatalogEntry, SplitData } from '../../engine/types.js'
 * @import { Picture } from '../../view/thumbnail.js'
 * @import { Points } from '../../view/surface.js'
 */

export const THUMBNAIL_CELLS = 24;
const THUMBNAIL_SAMPLES = 160;
/** So many that they cover the picture: values are seen as an area, classes as points. */
const THUMBNAIL_VALUES = 2000;

/** @type {Promise<ReadonlyMap<string, Picture>> | undefined} */
let datasetsOnce;

/** By domain. @type {Map<string, Promise<ReadonlyMap<string, Float32Array>>>} */
const featuresOnce = new Map();

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
  datasetsOnce ??= makeDatasetPictures(catalog);
  // What failed (the worker was being replaced, say) may be asked for again.
  datasetsOnce.catch(() => {
    datasetsOnce = undefined;
  });
  return datasetsOnce;
}

/**
 * Each feature's values on the grid of the thumbnails, by id.
 * @param {Catalog} catalog
 * @param {[number, number]} domain of the plane that the grid covers
 */
export function featureGrids(catalog, domain) {
  const key = domain.join();
  const made = featuresOnce.get(key) ?? makeFeatureGrids(catalog, domain);
  featuresOnce.set(key, made);
  made.catch(() => featuresOnce.delete(key));
  return made;
}

/** @param {CatalogEntry} dataset */
export function onPlane(dataset) {
  return dataset.dimensions === 2;
}

/**
 * @param {Catalog} catalog
 * @returns {Promise<ReadonlyMap<string, Picture>>}
 */
async function makeDatasetPictures(catalog) {
  /** @type {Map<string, Picture>} */
  const pictures = new Map();
  for (const dataset of catalog.datasets.filter(onPlane)) {
    const classes = datasetClasses(dataset);
    const samples = classes === 0 ? THUMBNAIL_VALUES : Math.min(THUMBNAIL_SAMPLES, Number(dataset.samples));
    const run = await sharedClient().createRun({
      data: { id: dataset.id, samples, testFraction: 0 },
      network: { layers: [{ activation: 'identity' }] },
      training: { loss: classes > 0 ? 'cross-entropy' : 'mse' },
    });
    try {
      const points = pointsOf(await run.call('data', 'train'));
      const reach = classes > 0 ? 1 : largestOf(points.values);
      pictures.set(dataset.id, { kind: 'points', points, classes, reach, domain: domainOf({ id: dataset.id }, catalog) });
    } finally {
      run.dispose();
    }
  }
  return pictures;
}

/**
 * One run answers for all features: a layer whose weights are the identity matrix hands them through.
 * @param {Catalog} catalog
 * @param {[number, number]} extent
 * @returns {Promise<ReadonlyMap<string, Float32Array>>}
 */
async function makeFeatureGrids({ features }, extent) {
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
    const { neurons } = await run.frame({ neurons: { x: extent, y: extent, columns: THUMBNAIL_CELLS, rows: THUMBNAIL_CELLS } });
    const cells = THUMBNAIL_CELLS ** 2;
    return new Map(
      ids.map((id, index) => [id, (neurons?.[0] ?? new Float32Array(count * cells)).slice(index * cells, (index + 1) * cells)]),
    );
  } finally {
    run.dispose();
  }
}

/** @param {ArrayLike<number>} values */
export function largestOf(values) {
  let largest = 0;
  for (let index = 0; index < values.length; ++index) {
    const size = Math.abs(values[index]);
    if (size > largest && Number.isFinite(size)) largest = size;
  }
  return largest;
}

/**
 * A round number at or above the largest magnitude: 1, 2, 5 times a power of ten. It jumps seldom, so colours hold still.
 * @param {ArrayLike<number>} values
 */
export function reachOf(values) {
  return roundUp(largestOf(values));
}

/**
 * Where the colours of a regression's targets are full: a round number that the largest may exceed by a quarter.
 * @param {ArrayLike<number>} targets
 */
export function targetReachOf(targets) {
  return roundUp(0.8 * largestOf(targets));
}

/** @param {number} largest */
function roundUp(largest) {
  if (largest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const mantissa = largest / power;
  return (mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10) * power;
}
