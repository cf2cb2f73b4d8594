/** Where neurons change from one piece of their activation to the next. */
import { entryOf, idOf, parameterOf } from '../../state/edits.js';
import { piecewiseLinear } from './trace.js';

/** @import { Catalog, FilledExperiment, Operation } from '../../engine/types.js' */

/** The ends of the slope of a hard sigmoid, as the engine and PyTorch define it. */
const HARD_SIGMOID = 3;

/**
 * The sums at which an activation changes piece; the middle of its bend where it is smooth.
 * @param {Operation | undefined} activation
 * @param {Catalog} catalog
 * @returns {number[]}
 */
export function foldLevels(activation, catalog) {
  switch (idOf(activation)) {
    case 'identity':
      return [];
    case 'hard-sigmoid':
      return [-HARD_SIGMOID, HARD_SIGMOID];
    case 'hardtanh':
      return (entryOf(catalog.activations, activation)?.parameters ?? []).map((parameter) => parameterOf(activation, parameter));
    default:
      return [0];
  }
}

/**
 * Of what kind the neurons that bend are; the output layer counts only where it has folds, as its middle is the decision itself.
 * @param {FilledExperiment} experiment
 * @returns {'none' | 'straight' | 'smooth' | 'mixed'}
 */
export function kindOfFolds({ network }) {
  const last = network.layers.length - 1;
  const kinds = network.layers.flatMap(({ activation }, layer) => {
    const id = idOf(activation);
    if (id === 'identity') return [];
    if (piecewiseLinear.has(id)) return ['straight'];
    return layer < last ? ['smooth'] : [];
  });
  if (kinds.length === 0) return 'none';
  if (!kinds.includes('smooth')) return 'straight';
  return kinds.includes('straight') ? 'mixed' : 'smooth';
}
