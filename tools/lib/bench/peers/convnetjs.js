/**
 * ConvNetJS: one sample at a time, an update after each batch of them.
 */
import convnetjs from 'convnetjs';
import { batches } from '../task.js';

/** @import { Session, Task } from '../task.js' */

/**
 * @param {Task} task
 * @returns {Session | null} null where it has no such loss
 */
export function convnetSession(task) {
  const { kind, columns, layers, loss, optimizer, inputs, labels, targets } = task;
  const hidden = layers.slice(0, -1).map(({ units, activation }) => ({ type: 'fc', num_neurons: units, activation }));
  const outputs = layers[layers.length - 1].units;
  const last = loss === 'cross-entropy' ? { type: 'softmax', num_classes: outputs } : { type: 'regression', num_neurons: outputs };
  if (loss === 'binary-cross-entropy' && kind === 'train') return null;
  const net = new convnetjs.Net();
  net.makeLayers([{ type: 'input', out_sx: 1, out_sy: 1, out_depth: columns }, ...hidden, last]);
  const volume = new convnetjs.Vol(1, 1, columns, 0);
  /** @param {number} row */
  const load = (row) => {
    for (let c = 0; c < columns; ++c) volume.w[c] = inputs[row * columns + c];
  };
  const dispose = () => {};
  if (kind === 'predict') {
    const run = () => {
      for (let row = 0; row < task.rows; ++row) {
        load(row);
        net.forward(volume, false);
      }
      return 1;
    };
    return { run, dispose };
  }
  const trainer = new convnetjs.Trainer(net, {
    method: optimizer.id,
    learning_rate: optimizer.learningRate,
    momentum: optimizer.momentum,
    batch_size: Math.min(task.batchSize, task.rows),
    l2_decay: 0,
  });
  const size = Math.min(task.batchSize, task.rows);
  const run = batches(task, (first) => {
    for (let row = first; row < first + size; ++row) {
      load(row);
      trainer.train(volume, loss === 'cross-entropy' ? (labels?.[row] ?? 0) : [...targets.subarray(row * outputs, (row + 1) * outputs)]);
    }
  });
  return { run, dispose };
}
