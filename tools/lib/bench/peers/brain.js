/**
 * brain.js: gradient descent with momentum on the squared error, an update after every sample; a batch counts as one step.
 */
import brain from 'brain.js';

/** @import { Session, Task } from '../task.js' */

/**
 * @param {Task} task
 * @returns {Session | null} null where its one loss and one activation for all layers do not fit
 */
export function brainSession(task) {
  const { kind, columns, layers, optimizer, inputs, targets, rows, batchSize } = task;
  const activation = layers[0].activation;
  if (!['tanh', 'sigmoid', 'relu'].includes(activation) || layers.length < 2) return null;
  if (kind === 'train' && (optimizer.id !== 'sgd' || task.loss === 'cross-entropy')) return null;
  const network = new brain.NeuralNetwork({
    hiddenLayers: layers.slice(0, -1).map(({ units }) => units),
    activation,
    learningRate: optimizer.learningRate,
    // It refuses 0, and does the same work whatever the number.
    momentum: optimizer.momentum || 0.1,
    inputSize: columns,
    outputSize: layers[layers.length - 1].units,
  });
  const outputs = layers[layers.length - 1].units;
  const rowsOf = (/** @type {Float32Array} */ values, /** @type {number} */ width) =>
    Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width));
  const x = rowsOf(inputs, columns);
  const dispose = () => {};
  if (kind === 'predict') {
    network.sizes = [columns, ...layers.map(({ units }) => units)];
    network.initialize();
    return { run: () => (x.forEach((row) => network.runInput(row)), 1), dispose };
  }
  const y = rowsOf(targets, outputs);
  const samples = x.map((input, row) => ({ input: [...input], output: [...y[row]] }));
  return {
    run: () => {
      network.train(samples, { iterations: 1, errorThresh: 1e-9 });
      return rows / Math.min(batchSize, rows);
    },
    dispose,
  };
}
