/** The chain rule, link by link: what one input makes of every layer, and what the layers give back to it. Pure. */
import { parameterLayout } from './parameter-layout.js';

/** @import { Activations, Catalog, FilledExperiment } from '../engine/types.js' */

/**
 * One layer, forward and backward. What has the name of a derivative is that of the loss of this one point.
 * @typedef {object} TracedLayer
 * @property {ArrayLike<number>} sources what comes in, as many as each neuron has weights
 * @property {Float32Array} weights [units x sources]
 * @property {Float32Array} biases
 * @property {ArrayLike<number>} preActivations z
 * @property {ArrayLike<number>} outputs a
 * @property {ArrayLike<number>} slopes f'(z)
 * @property {Float64Array} upstream dL/da
 * @property {Float64Array} deltas dL/dz, which is dL/db too
 * @property {Float64Array} weightGradients dL/dw, [units x sources]
 */

/**
 * The chain rule, from the last layer to the first: dL/da comes from above, times f'(z) is dL/dz, times what came in is dL/dw.
 * @param {object} given
 * @param {FilledExperiment} given.experiment
 * @param {Catalog} given.catalog
 * @param {Float32Array} given.parameters
 * @param {ArrayLike<number>} given.features
 * @param {readonly Activations[]} given.layers
 * @param {readonly ArrayLike<number>[]} given.slopes
 * @param {ArrayLike<number>} given.lossSlope dL/da of the last layer
 * @returns {TracedLayer[]}
 */
export function chain({ experiment, catalog, parameters, features, layers, slopes, lossSlope }) {
  const { layers: places } = parameterLayout(experiment, catalog);
  /** @type {TracedLayer[]} */
  const traced = places.map(({ units, sources, offset }, index) => {
    const before = index === 0 ? features : layers[index - 1].outputs;
    // A layer with more sources than the one before has neurons also sees the features.
    const all = sources > before.length ? [...Array.from(before), ...Array.from(features)] : before;
    return {
      sources: all,
      weights: parameters.slice(offset, offset + units * sources),
      biases: parameters.slice(offset + units * sources, offset + units * (sources + 1)),
      preActivations: layers[index].preActivations,
      outputs: layers[index].outputs,
      slopes: slopes[index],
      upstream: new Float64Array(units),
      deltas: new Float64Array(units),
      weightGradients: new Float64Array(units * sources),
    };
  });
  traced[traced.length - 1].upstream.set(Array.from(lossSlope));
  for (let index = traced.length - 1; index >= 0; --index) {
    const { sources, weights, slopes: slope, upstream, deltas, weightGradients } = traced[index];
    const below = index > 0 ? traced[index - 1].upstream : undefined;
    const width = sources.length;
    for (let unit = 0; unit < deltas.length; ++unit) {
      deltas[unit] = upstream[unit] * slope[unit];
      for (let source = 0; source < width; ++source) {
        const at = unit * width + source;
        weightGradients[at] = deltas[unit] * sources[source];
        if (below && source < below.length) below[source] += deltas[unit] * weights[at];
      }
    }
  }
  return traced;
}

/**
 * How one output changes with each feature: the chain rule once more, from the output instead of the loss.
 * @param {readonly TracedLayer[]} layers
 * @param {number} width how many features there are
 * @param {number} output
 */
export function outputSlopes(layers, width, output) {
  const found = new Array(width).fill(0);
  let flow = Array.from(layers[layers.length - 1].biases, (_, unit) => Number(unit === output));
  for (let index = layers.length - 1; index >= 0; --index) {
    const { sources, weights, slopes } = layers[index];
    const before = index > 0 ? layers[index - 1].biases.length : 0;
    const below = new Array(before).fill(0);
    flow.forEach((amount, unit) => {
      for (let source = 0; source < sources.length; ++source) {
        const part = amount * slopes[unit] * weights[unit * sources.length + source];
        if (source < before) below[source] += part;
        else found[source - before] += part;
      }
    });
    flow = below;
  }
  return found;
}

/**
 * How the loss changes with each input of the network: what the first layer hands back, and behind a skip edge the last one.
 * @param {readonly TracedLayer[]} layers as `chain` gives them
 * @param {number} width how many inputs there are
 * @returns {Float64Array} dL/dx, of the inputs as the network sees them
 */
export function inputGradient(layers, width) {
  const found = new Float64Array(width);
  layers.forEach(({ sources, weights, deltas }, index) => {
    const before = index > 0 ? layers[index - 1].deltas.length : 0;
    deltas.forEach((delta, unit) => {
      for (let source = before; source < sources.length; ++source)
        found[source - before] += delta * weights[unit * sources.length + source];
    });
  });
  return found;
}
