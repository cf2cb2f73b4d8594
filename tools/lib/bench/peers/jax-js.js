/**
 * jax-js on its WebAssembly device: the whole step as one compiled function, awaited, since it returns before the work is done.
 */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax';

/** @import { Session, Task } from '../task.js' */

/** @typedef {{ weights: np.Array, bias: np.Array }} Layer */

/** @type {Readonly<Record<string, (x: np.Array) => np.Array>>} */
const activations = { identity: (x) => x, tanh: np.tanh, relu: nn.relu, sigmoid: nn.sigmoid };

/**
 * @param {Task} task
 * @param {Layer[]} parameters
 * @param {np.Array} x
 */
function forward({ layers }, parameters, x) {
  return parameters.reduce((a, { weights, bias }, l) => activations[layers[l].activation](np.matmul(a, weights).add(bias)), x);
}

/**
 * @param {string} loss
 * @param {np.Array} outputs
 * @param {np.Array} targets
 */
function lossOf(loss, outputs, targets) {
  if (loss === 'cross-entropy') return nn.logSoftmax(outputs).mul(targets).sum(1).mean().neg();
  // softplus(z) - y z
  if (loss === 'binary-cross-entropy') return nn.softplus(outputs.ref).sub(targets.mul(outputs)).mean();
  return np.square(outputs.sub(targets)).sum(1).mean().mul(0.5);
}

/**
 * @param {Task} task
 * @returns {Promise<Session>}
 */
export async function jaxSession(task) {
  const { kind, columns, layers, rows, batchSize, loss, optimizer } = task;
  await init('wasm');
  defaultDevice('wasm');
  let inputs = columns;
  /** @type {Layer[]} */
  let parameters = layers.map(({ units }) => {
    const weights = Float32Array.from({ length: inputs * units }, (_, i) => Math.sin(i + 1) / Math.sqrt(inputs));
    const layer = { weights: np.array(weights).reshape([inputs, units]), bias: np.zeros([units]) };
    inputs = units;
    return layer;
  });
  if (kind === 'predict') {
    const x = np.array(task.inputs).reshape([rows, columns]);
    const predict = jit((/** @type {Layer[]} */ p, /** @type {np.Array} */ batch) => forward(task, p, batch));
    const retained = () => parameters.map(({ weights, bias }) => ({ weights: weights.ref, bias: bias.ref }));
    return { run: async () => (await predict(retained(), x.ref).data(), 1), dispose: () => x.dispose() };
  }
  const outputs = layers[layers.length - 1].units;
  const gradient = valueAndGrad((/** @type {Layer[]} */ p, /** @type {np.Array} */ x, /** @type {np.Array} */ y) =>
    lossOf(loss, forward(task, p, x), y),
  );
  const { learningRate, momentum } = optimizer;
  const adam = optimizer.id === 'adam';
  /** @typedef {{ p: np.Array, m: np.Array, v: np.Array }} Slot */
  /**
   * @param {Slot} slot
   * @param {np.Array} g
   * @returns {Slot}
   */
  function update({ p, m, v }, g) {
    if (adam) {
      const first = m.mul(0.9).add(g.ref.mul(0.1));
      const second = v.mul(0.999).add(np.square(g).mul(0.001));
      return { p: p.sub(first.ref.mul(learningRate).div(np.sqrt(second.ref).add(1e-8))), m: first, v: second };
    }
    const velocity = m.mul(momentum).add(g);
    return { p: p.sub(velocity.ref.mul(learningRate)), m: velocity, v };
  }
  const step = jit((/** @type {{ weights: Slot, bias: Slot }[]} */ state, /** @type {np.Array} */ x, /** @type {np.Array} */ y) => {
    const [value, slopes] = gradient(
      state.map(({ weights, bias }) => ({ weights: weights.p.ref, bias: bias.p.ref })),
      x,
      y,
    );
    value.dispose();
    return state.map(({ weights, bias }, l) => ({ weights: update(weights, slopes[l].weights), bias: update(bias, slopes[l].bias) }));
  });
  let state = parameters.map(({ weights, bias }) => ({
    weights: { m: np.zeros(weights.shape), v: np.zeros(weights.shape), p: weights },
    bias: { m: np.zeros(bias.shape), v: np.zeros(bias.shape), p: bias },
  }));
  parameters = [];
  const size = Math.min(batchSize, rows);
  let first = 0;
  return {
    run: async () => {
      const x = np.array(task.inputs.slice(first * columns, (first + size) * columns)).reshape([size, columns]);
      const y = np.array(task.targets.slice(first * outputs, (first + size) * outputs)).reshape([size, outputs]);
      state = step(state, x, y);
      await blockUntilReady(state);
      first = first + 2 * size <= rows ? first + size : 0;
      return 1;
    },
    dispose: () => {},
  };
}
