/**
 * Settings that do not go together, and what mends them: an output that cannot reach its targets or is squashed twice, a function that
 * has no slope to learn from, weights that all start alike. Pure.
 */
import { classesOf, entryOf, idOf, startsAlike, withLayer } from './edits.js';

/** @import { Catalog, FilledExperiment } from '../engine/types.js' */

/** @typedef {'logits' | 'reach' | 'flat' | 'alike'} Clash */

/**
 * @typedef {object} Advice
 * @property {Clash} clash
 * @property {number} layer that it is about
 * @property {FilledExperiment} mended
 */

/** How far beyond a function's range a target may lie: it is approached, never reached. */
const SLACK = 1e-6;

/**
 * The lowest and highest output that the data ask for, with this loss.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {readonly [number, number]} values of a regression's targets
 * @param {readonly [number | null, number | null]} range of the output's activation
 * @returns {readonly [number, number]}
 */
function wantedOutputs(experiment, catalog, values, [low, high]) {
  if (classesOf(experiment, catalog) === 0) return values;
  // Classes are 0 and 1 for an output that lies between, else -1 and 1.
  const fraction = low !== null && low >= 0 && high !== null && high <= 1;
  return fraction && idOf(experiment.training.loss) !== 'hinge' ? [0, 1] : [-1, 1];
}

/**
 * What does not go together, the gravest first.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {readonly [number, number]} values the lowest and highest target of a regression
 * @returns {Advice[]}
 */
export function adviceFor(experiment, catalog, values) {
  const { network, training } = experiment;
  const last = network.layers.length - 1;
  const { activation } = network.layers[last];
  const loss = entryOf(catalog.losses, training.loss);
  const range = /** @type {readonly [number | null, number | null]} */ (entryOf(catalog.activations, activation)?.range ?? [null, null]);
  /** @type {Advice[]} */
  const found = [];
  const plain = () => withLayer(experiment, last, { activation: 'identity' });
  if (loss?.logits === true && idOf(activation) !== 'identity') found.push({ clash: 'logits', layer: last, mended: plain() });
  else if (loss?.logits !== true) {
    const [least, most] = wantedOutputs(experiment, catalog, values, range);
    const below = range[0] !== null && least < range[0] - SLACK;
    const above = range[1] !== null && most > range[1] + SLACK;
    if (below || above) found.push({ clash: 'reach', layer: last, mended: plain() });
  }
  network.layers.forEach((layer, index) => {
    if (idOf(layer.activation) !== 'step') return;
    const instead = index < last ? 'tanh' : 'identity';
    found.push({ clash: 'flat', layer: index, mended: withLayer(experiment, index, { activation: instead }) });
  });
  if (last > 0 && startsAlike(network.initializer)) {
    const mended = { ...experiment, network: { ...network, initializer: 'xavier-uniform' } };
    found.push({ clash: 'alike', layer: 0, mended });
  }
  return found;
}
