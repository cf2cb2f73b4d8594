/**
 * Parameters that training leaves as they are (`network.locked`) and weights that are cut (`network.cut`), as paths in a document:
 * "layer", "layer.unit", "layer.unit.input", "layer.unit.bias".
 */

import { sourcesOf, widthsOf } from './parameter-layout.js';

/** @import { FilledExperiment } from '../engine/types.js' */

/**
 * A weight, a bias (`source` is -1) or, without a source, a neuron with all that is its own.
 * @typedef {{ layer: number, unit: number, source?: number }} LockPlace
 */

/** @typedef {FilledExperiment['network']} Network */

/** @param {LockPlace} place */
export function pathOf({ layer, unit, source }) {
  if (source === undefined) return `${layer}.${unit}`;
  return `${layer}.${unit}.${source < 0 ? 'bias' : source}`;
}

/**
 * The paths that hold a place: its own and those of what it is a part of.
 * @param {LockPlace} place
 */
function pathsOver({ layer, unit, source }) {
  const over = [`${layer}`, `${layer}.${unit}`];
  return source === undefined ? over : [...over, pathOf({ layer, unit, source })];
}

/**
 * @param {Network} network
 * @param {LockPlace} place
 */
export function isHeld({ locked = [] }, place) {
  return locked.length > 0 && pathsOver(place).some((path) => locked.includes(path));
}

/**
 * @param {Network} network
 * @param {LockPlace} place
 */
export function isCut({ cut = [] }, place) {
  return cut.includes(pathOf(place));
}

/**
 * What is locked, each as the drawing marks it: whole layers neuron by neuron.
 * @param {Network} network
 * @returns {LockPlace[]}
 */
export function heldPlaces({ locked = [], layers }) {
  return locked.flatMap((path) => {
    const [layer, unit, input] = path.split('.');
    const at = Number(layer);
    if (unit === undefined) return Array.from({ length: layers[at]?.units ?? 1 }, (_, index) => ({ layer: at, unit: index }));
    if (input === undefined) return [{ layer: at, unit: Number(unit) }];
    return [{ layer: at, unit: Number(unit), source: input === 'bias' ? -1 : Number(input) }];
  });
}

/**
 * A weight, bias or neuron locked or not. What a wider lock held beside it stays locked.
 * @param {FilledExperiment} experiment
 * @param {LockPlace} place
 * @param {boolean} on
 * @returns {FilledExperiment}
 */
export function withHeld(experiment, place, on) {
  const { network } = experiment;
  const own = pathOf(place);
  if (on && isHeld(network, place)) return experiment;
  const apart = on ? [] : pathsOver(place).filter((path) => path !== own && network.locked?.includes(path));
  const rest = (network.locked ?? []).filter((path) => path !== own && !path.startsWith(`${own}.`) && !apart.includes(path));
  const { layer, unit, source } = place;
  if (apart.includes(`${layer}`)) {
    for (let other = 0; other < (network.layers[layer].units ?? 1); ++other) if (other !== unit) rest.push(pathOf({ layer, unit: other }));
  }
  if (apart.length > 0 && source !== undefined) {
    for (let other = -1; other < sourcesOf(experiment, layer); ++other) {
      if (other !== source) rest.push(pathOf({ layer, unit, source: other }));
    }
  }
  const locked = [...new Set(on ? [...rest, own] : rest)];
  return { ...experiment, network: { ...network, locked } };
}

/**
 * A weight cut, or joined again.
 * @param {FilledExperiment} experiment
 * @param {LockPlace} place
 * @param {boolean} on
 * @returns {FilledExperiment}
 */
export function withCut(experiment, place, on) {
  const path = pathOf(place);
  const rest = (experiment.network.cut ?? []).filter((other) => other !== path);
  return { ...experiment, network: { ...experiment.network, cut: on ? [...rest, path] : rest } };
}

/**
 * After a change of shape: the paths of what is still there, with its new number where features or a skip edge moved it.
 * @param {FilledExperiment} next with the paths of `before`
 * @param {FilledExperiment} before
 * @param {boolean} sameOutputs whether the output layer surely has as many neurons as before
 * @returns {FilledExperiment}
 */
export function withKeptPaths(next, before, sameOutputs) {
  const { locked = [], cut = [] } = before.network;
  if (locked.length === 0 && cut.length === 0) return next;
  const widths = widthsOf(next);
  const widthsBefore = widthsOf(before);
  // How many outputs there are follows from data and loss: the first is always there.
  if (sameOutputs) widths[widths.length - 1] = widthsBefore[widthsBefore.length - 1];
  const sameDepth = widths.length === widthsBefore.length;
  const layers = sameDepth ? widths.length - 1 : Math.min(widths.length, widthsBefore.length) - 2;
  /** @param {number} feature */
  const movedFeature = (feature) => {
    const name = before.data.features?.[feature];
    const moved = name === undefined || !next.data.features ? feature : next.data.features.indexOf(name);
    return moved < widths[0] ? moved : -1;
  };
  /**
   * @param {number} layer
   * @param {number} source
   */
  const movedSource = (layer, source) => {
    if (layer === 0) return movedFeature(source);
    if (source < widthsBefore[layer]) return source < widths[layer] ? source : -1;
    const feature = next.network.skip === true ? movedFeature(source - widthsBefore[layer]) : -1;
    return feature < 0 ? -1 : widths[layer] + feature;
  };
  /** @param {string} path */
  const moved = (path) => {
    const [layer, unit, input] = path.split('.');
    const at = Number(layer);
    if (at >= layers || (unit !== undefined && Number(unit) >= widths[at + 1])) return [];
    if (input === undefined || input === 'bias') return [path];
    const source = movedSource(at, Number(input));
    return source < 0 ? [] : [pathOf({ layer: at, unit: Number(unit), source })];
  };
  return { ...next, network: { ...next.network, locked: locked.flatMap(moved), cut: cut.flatMap(moved) } };
}
