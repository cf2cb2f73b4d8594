/**
 * What labs do with experiment documents: bulk arrays kept apart, the defaults of a data set, and whether a change can be made in a
 * running experiment. Pure.
 */

/** @import { Catalog, Experiment, FilledExperiment, Layer } from '../engine/types.js' */

/** The fields of `data` that hold bulk arrays; the engine answers them as descriptors. */
export const attachments = Object.freeze(['inputs', 'targets', 'labels', 'images', 'testImages', 'testLabels']);

/**
 * The engine's complete document with the arrays of the one it was made from.
 * @param {FilledExperiment} filled
 * @param {Experiment} source
 * @returns {FilledExperiment}
 */
export function withAttachments(filled, source) {
  const kept = attachments.flatMap((name) => {
    const value = source.data?.[name];
    return value === undefined ? [] : [[name, value]];
  });
  return kept.length === 0 ? filled : { ...filled, data: { ...filled.data, ...Object.fromEntries(kept) } };
}

/**
 * The complete document that a link to this data set is compared with.
 * @param {Catalog} catalog
 * @param {string | undefined} dataset
 * @returns {FilledExperiment}
 */
export function defaultsFor(catalog, dataset) {
  const known = catalog.defaultsByDataset;
  return dataset !== undefined && known && Object.hasOwn(known, dataset) ? known[dataset] : catalog.defaults;
}

/**
 * What a link to an experiment is compared with: for the data, the defaults of their set; for the rest, what follows from exactly
 * these data (the loss from the number of classes, say).
 * @param {Catalog} catalog
 * @param {FilledExperiment} ofTheseData the complete document of the data section alone
 * @returns {FilledExperiment}
 */
export function linkDefaults(catalog, ofTheseData) {
  const { id } = ofTheseData.data;
  const ofTheSet = defaultsFor(catalog, id);
  return { ...ofTheseData, data: ofTheSet.data.id === id ? ofTheSet.data : { id } };
}

/**
 * Whether two parts of a document say the same. Bulk arrays are compared by identity: nobody edits them in place.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((part, i) => same(part, b[i]));
  }
  const left = /** @type {Record<string, unknown>} */ (a);
  const right = /** @type {Record<string, unknown>} */ (b);
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}

/**
 * @param {readonly Layer[]} before
 * @param {readonly Layer[]} after
 */
function widensAtMost(before, after) {
  const last = before.length - 1;
  return (
    before.length === after.length && before.every(({ units }, i) => i === last || (units !== undefined && (after[i].units ?? 0) >= units))
  );
}

/**
 * What has to be sent to a running experiment so that it becomes `after`; null when it must start anew (other data, another shape,
 * other starting weights).
 * @param {FilledExperiment} before
 * @param {FilledExperiment} after
 * @returns {Experiment | null}
 */
export function updateBetween(before, after) {
  if (!same(before.data, after.data)) return null;
  const { layers, locked, cut, skip, ...start } = before.network;
  const { layers: nextLayers, locked: nextLocked, cut: nextCut, skip: nextSkip, ...nextStart } = after.network;
  if (!same(start, nextStart) || !widensAtMost(layers, nextLayers)) return null;
  /** @type {Experiment} */
  const changes = {};
  const network = {
    ...(!same(layers, nextLayers) && { layers: nextLayers }),
    ...(!same(locked, nextLocked) && { locked: nextLocked }),
    ...(!same(cut, nextCut) && { cut: nextCut }),
    ...(skip !== nextSkip && { skip: nextSkip }),
  };
  if (Object.keys(network).length > 0) changes.network = network;
  if (!same(before.training, after.training)) changes.training = after.training;
  return changes;
}

/**
 * Whether what one experiment has learned means something in the other: the same features into the same network.
 * @param {FilledExperiment} before complete, as the engine gave it
 * @param {FilledExperiment} after complete, as the engine gave it
 */
export function sameShape(before, after) {
  return same(before.data.features, after.data.features) && same(before.network, after.network);
}
