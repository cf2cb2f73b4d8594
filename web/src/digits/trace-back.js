/** What the weights of a later layer come to in the pixels. Pure. */

/** @typedef {{ units: number, sources: number, offset: number }} WeightLayer weights [units x sources] from `offset` on among the parameters */

/**
 * The weights of the last of some layers multiplied back to the inputs: the pictures of the first layer, added up as the later ones
 * weigh them. Activations and biases are left out, so it is what the layers would look for if they were linear; what a layer sees of the
 * inputs past its neighbours, behind a skip edge, is added.
 * @param {ArrayLike<number>} parameters
 * @param {readonly WeightLayer[]} layers from the first on
 * @param {number} count of the last layer's neurons, from its first
 * @returns {Float32Array} [count x inputs]
 */
export function traceBack(parameters, layers, count) {
  const inputs = layers[0].sources;
  const last = layers[layers.length - 1];
  const found = new Float32Array(count * inputs);
  let flow = Float32Array.from({ length: count * last.sources }, (_, place) => parameters[last.offset + place]);
  let width = last.sources;
  for (let index = layers.length - 2; index >= 0; --index) {
    const { units, sources, offset } = layers[index];
    const next = new Float32Array(count * sources);
    for (let row = 0; row < count; ++row) {
      for (let unit = 0; unit < units; ++unit) {
        const amount = flow[row * width + unit];
        const from = offset + unit * sources;
        for (let source = 0; source < sources; ++source) next[row * sources + source] += amount * parameters[from + source];
      }
      for (let past = units; past < width; ++past) found[row * inputs + past - units] += flow[row * width + past];
    }
    flow = next;
    width = sources;
  }
  for (let place = 0; place < found.length; ++place) found[place] += flow[place];
  return found;
}
