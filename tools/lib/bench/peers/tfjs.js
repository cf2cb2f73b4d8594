/**
 * TensorFlow.js: its own kernels and optimizers. Batches are made from arrays: cutting them from a tensor would be slower, as the WebAssembly
 * backend copies the whole tensor for each slice.
 */
import * as tf from '@tensorflow/tfjs';

/** @import { Session, Task } from '../task.js' */

/** @type {Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>>} */
const activations = { identity: (x) => x, tanh: tf.tanh, relu: tf.relu, sigmoid: tf.sigmoid };

/** @param {Task['optimizer']} optimizer */
function optimizerOf({ id, learningRate, momentum }) {
  if (id === 'adam') return tf.train.adam(learningRate);
  return momentum > 0 ? tf.train.momentum(learningRate, momentum) : tf.train.sgd(learningRate);
}

/**
 * @param {string} loss
 * @param {tf.Tensor} outputs
 * @param {tf.Tensor} targets
 * @returns {tf.Scalar}
 */
function lossOf(loss, outputs, targets) {
  if (loss === 'cross-entropy') return tf.losses.softmaxCrossEntropy(targets, outputs);
  if (loss === 'binary-cross-entropy') return tf.losses.sigmoidCrossEntropy(targets, outputs);
  return tf.div(tf.sum(tf.square(tf.sub(outputs, targets))), 2 * outputs.shape[0]);
}

/**
 * @param {Task} task
 * @returns {Session}
 */
export function tfjsSession(task) {
  const { kind, columns, layers, rows, batchSize, loss } = task;
  let inputs = columns;
  const variables = layers.map(({ units }) => {
    const weights = tf.variable(tf.randomUniform([inputs, units], -1 / Math.sqrt(inputs), 1 / Math.sqrt(inputs)));
    inputs = units;
    return { weights, bias: tf.variable(tf.zeros([units])) };
  });
  const dispose = () => {
    for (const { weights, bias } of variables) tf.dispose([weights, bias]);
  };
  /** @param {tf.Tensor} batch */
  const forward = (batch) =>
    variables.reduce(
      (a, { weights, bias }, l) => activations[layers[l].activation](tf.add(tf.matMul(/** @type {tf.Tensor2D} */ (a), weights), bias)),
      batch,
    );
  if (kind === 'predict') {
    const x = tf.tensor2d(task.inputs, [rows, columns]);
    return { run: () => (tf.tidy(() => forward(x).dataSync()), 1), dispose: () => (dispose(), x.dispose()) };
  }
  const outputs = layers[layers.length - 1].units;
  const optimizer = optimizerOf(task.optimizer);
  const size = Math.min(batchSize, rows);
  let first = 0;
  return {
    run: () => {
      tf.tidy(() => {
        const batch = tf.tensor2d(task.inputs.subarray(first * columns, (first + size) * columns), [size, columns]);
        const targets = tf.tensor2d(task.targets.subarray(first * outputs, (first + size) * outputs), [size, outputs]);
        optimizer.minimize(() => lossOf(loss, forward(batch), targets));
      });
      first = first + 2 * size <= rows ? first + size : 0;
      return 1;
    },
    dispose: () => {
      dispose();
      optimizer.dispose();
    },
  };
}

/** @param {string} backend */
export async function useBackend(backend) {
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend "${backend}" here`);
  await tf.ready();
}
