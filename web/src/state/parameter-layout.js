/** Where every weight, bias and learned number of an experiment stands among its parameters. Pure. */
import { entryOf, withParameter } from './edits.js';

/** @import { Catalog, FilledExperiment, Operation } from '../engine/types.js' */

/**
 * How many values each layer hands to the next, the features first.
 * @param {FilledExperiment} experiment
 */
export function widthsOf({ data, network }) {
  return [data.features?.length ?? data.columns ?? 2, ...network.layers.map((layer) => layer.units ?? 1)].map(Number);
}

/**
 * How many weights each neuron of a layer has.
 * @param {FilledExperiment} experiment
 * @param {number} layer
 */
export function sourcesOf(experiment, layer) {
  const widths = widthsOf(experiment);
  const skips = experiment.network.skip === true && layer > 0 && layer + 2 === widths.length;
  return widths[layer] + (skips ? widths[0] : 0);
}

/**
 * Where each layer's numbers begin among the parameters: weights, biases, and then what its activation learns. Behind a skip edge the
 * features follow as sources after the neurons of the layer before.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @returns {{ layers: { units: number, sources: number, offset: number, count: number }[], total: number }}
 */
export function parameterLayout(experiment, catalog) {
  const widths = widthsOf(experiment);
  const { layers: described } = experiment.network;
  let total = 0;
  const layers = widths.slice(1).map((units, index) => {
    const sources = sourcesOf(experiment, index);
    const learned =
      entryOf(catalog.activations, described[index].activation)?.parameters.filter((parameter) => parameter.learned).length ?? 0;
    const count = units * (sources + 1) + learned;
    const place = { units, sources, offset: total, count };
    total += count;
    return place;
  });
  return { layers, total };
}

/**
 * A layer's activation with what it has learned, where it learns anything, instead of what it started from.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {ArrayLike<number>} parameters
 * @param {number} layer
 * @returns {Operation}
 */
export function learnedActivation(experiment, catalog, parameters, layer) {
  const activation = experiment.network.layers[layer].activation ?? 'identity';
  const learned = entryOf(catalog.activations, activation)?.parameters.filter((parameter) => parameter.learned) ?? [];
  const { offset, count } = parameterLayout(experiment, catalog).layers[layer];
  return learned.reduce(
    (operation, { name }, index) => withParameter(operation, name, parameters[offset + count - learned.length + index]),
    activation,
  );
}
