/**
 * synaptic: plain gradient descent on the squared error, an update after every sample; a batch counts as one step.
 */
import synaptic from 'synaptic';
import { batches } from '../task.js';

/** @import { Session, Task } from '../task.js' */

/**
 * @param {Task} task
 * @returns {Session | null} null for losses and sizes it is not made for
 */
export function synapticSession(task) {
  const { kind, columns, layers, loss, optimizer, inputs, targets, rows } = task;
  if (columns > 100 || (kind === 'train' && loss !== 'half-mse' && loss !== 'binary-cross-entropy')) return null;
  const squash = { tanh: synaptic.Neuron.squash.TANH, sigmoid: synaptic.Neuron.squash.LOGISTIC, identity: synaptic.Neuron.squash.IDENTITY };
  const parts = [columns, ...layers.map(({ units }) => units)].map((units) => new synaptic.Layer(units));
  parts.slice(1).forEach((part, l) => {
    // It knows the squared error only, which an unbounded output would make diverge.
    const activation = loss === 'binary-cross-entropy' && l === layers.length - 1 ? 'tanh' : layers[l].activation;
    part.set({ squash: squash[/** @type {keyof typeof squash} */ (activation)] });
    parts[l].project(part);
  });
  const network = new synaptic.Network({ input: parts[0], hidden: parts.slice(1, -1), output: parts[parts.length - 1] });
  const outputs = layers[layers.length - 1].units;
  const x = Array.from({ length: rows }, (_, row) => [...inputs.subarray(row * columns, (row + 1) * columns)]);
  const dispose = () => {};
  if (kind === 'predict') return { run: () => (x.forEach((row) => network.activate(row)), 1), dispose };
  const y = Array.from({ length: rows }, (_, row) => [...targets.subarray(row * outputs, (row + 1) * outputs)]);
  const size = Math.min(task.batchSize, rows);
  const run = batches(task, (first) => {
    for (let row = first; row < first + size; ++row) {
      network.activate(x[row]);
      network.propagate(optimizer.learningRate, y[row]);
    }
  });
  return { run, dispose };
}
