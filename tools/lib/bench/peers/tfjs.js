/**
 * TensorFlow.js: its own kernels and optimizers, batches cut from tensors that already lie in the backend.
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
  const x = tf.tensor2d(task.inputs, [rows, columns]);
  const dispose = () => {
    for (const { weights, bias } of variables) tf.dispose([weights, bias]);
    x.dispose();
  };
  /** @param {tf.Tensor} batch */
  const forward = (batch) =>
    variables.reduce(
      (a, { weights, bias }, l) => activations[layers[l].activation](tf.add(tf.matMul(/** @type {tf.Tensor2D} */ (a), weights), bias)),
      batch,
    );
  if (kind === 'predict') {
    return { run: () => (tf.tidy(() => forward(x).dataSync()), 1), dispose };
  }
  const y = tf.tensor2d(task.targets, [rows, layers[layers.length - 1].units]);
  const optimizer = optimizerOf(task.optimizer);
  const size = Math.min(batchSize, rows);
  let first = 0;
  return {
    run: () => {
      tf.tidy(() => {
        const batch = tf.slice2d(x, [first, 0], [size, columns]);
        const targets = tf.slice2d(y, [first, 0], [size, -1]);
        optimizer.minimize(() => lossOf(loss, forward(batch), targets));
      });
      first = first + 2 * size <= rows ? first + size : 0;
      return 1;
    },
    dispose: () => {
      dispose();
      y.dispose();
      optimizer.dispose();
    },
  };
}

/** @param {string} backend */
export async function useBackend(backend) {
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend "${backend}" here`);
  await tf.ready();
}
