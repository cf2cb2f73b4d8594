/**
 * What is measured, for every contestant alike: the workloads of engine/bench/workloads.json with their data. Runs in Node and browsers.
 */

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {{ en: string, zh: string }} title
 * @property {string} unit
 * @property {import('../../../web/src/engine/types.js').Experiment} document
 * @property {{ rows: number, columns: number, classes?: number, outputs?: number }} [table] stands in for a data set that is not in the repository
 * @property {{ columns: number, rows: number }} [surface]
 * @property {{ rows: number }} [predict]
 * @property {{ images: Uint8Array, labels: Uint8Array }} [files] all of MNIST, as IDX files
 * @property {number} [steps] how many make the whole work, which is then done once from its beginning to its end
 */

/**
 * A workload as a peer takes it.
 * @typedef {object} Task
 * @property {'train' | 'predict'} kind
 * @property {number} columns
 * @property {{ units: number, activation: string }[]} layers
 * @property {string} loss
 * @property {{ id: string, learningRate: number, momentum: number }} optimizer
 * @property {number} batchSize
 * @property {number} rows
 * @property {Float32Array} inputs [rows x columns]
 * @property {Float32Array} targets [rows x outputs]; one-hot for classes
 * @property {Uint8Array} [labels]
 */

/**
 * Something that is run again and again; `run` does a piece of the work and says how much it was.
 * @typedef {{ run: () => number | Promise<number>, dispose: () => void }} Session
 */

/**
 * The rows that engine/bench/workloads_bench.cpp makes too.
 * @param {number} count
 */
export function tableInputs(count) {
  const inputs = new Float32Array(count);
  let state = 1;
  for (let i = 0; i < count; ++i) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    inputs[i] = (state >>> 8) / 16777216;
  }
  return inputs;
}

/** @param {Workload} workload */
export function documentOf({ document, table, files }) {
  if (files) return { ...document, data: { ...document.data, ...files } };
  if (!table) return document;
  const { rows, columns, classes, outputs } = table;
  const data = { id: 'table', columns, inputs: tableInputs(rows * columns) };
  if (classes !== undefined) {
    return { ...document, data: { ...data, labels: Uint8Array.from({ length: rows }, (_, row) => row % classes), classes } };
  }
  return { ...document, data: { ...data, targets: tableInputs(rows * (outputs ?? 1)), outputs } };
}

/** @param {{ columns: number, rows: number }} size */
function gridInputs({ columns, rows }) {
  const inputs = new Float32Array(2 * columns * rows);
  for (let row = 0, at = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column) {
      inputs[at++] = -6 + (12 * (column + 0.5)) / columns;
      inputs[at++] = -6 + (12 * (row + 0.5)) / rows;
    }
  }
  return inputs;
}

/**
 * The task of a workload, with the engine's own training rows.
 * @param {import('../../../web/src/index.js').Engine} engine
 * @param {Workload} workload
 * @returns {Task}
 */
export function taskOf(engine, workload) {
  const run = engine.createRun(documentOf(workload));
  try {
    const { data, network, training } = run.experiment;
    const optimizer = typeof training.optimizer === 'string' ? { id: training.optimizer } : training.optimizer;
    const layers = network.layers.map(({ units = 1, activation }) => ({
      units,
      activation: typeof activation === 'object' ? activation.id : String(activation),
    }));
    const outputs = layers[layers.length - 1].units;
    const described = {
      columns: Number(data.columns ?? data.features?.length ?? 2),
      layers,
      loss: typeof training.loss === 'object' ? training.loss.id : String(training.loss),
      optimizer: { id: optimizer.id, learningRate: Number(optimizer.learningRate), momentum: Number(optimizer.momentum ?? 0) },
      batchSize: Number(training.batchSize),
    };
    if (workload.surface || workload.predict) {
      const inputs = workload.surface ? gridInputs(workload.surface) : tableInputs((workload.predict?.rows ?? 0) * described.columns);
      const rows = inputs.length / described.columns;
      return { ...described, kind: 'predict', rows, inputs, targets: new Float32Array(0) };
    }
    const { inputs, rows, targets, labels } = run.data('train');
    const { scale, offset } = run.scaling();
    const scaled = new Float32Array(inputs.length);
    for (let i = 0; i < scaled.length; ++i) scaled[i] = inputs[i] * scale + offset;
    const task = { ...described, kind: /** @type {const} */ ('train'), columns: inputs.length / rows, rows, inputs: scaled };
    if (!labels) return { ...task, targets: Float32Array.from(targets ?? []) };
    const oneHot = new Float32Array(rows * outputs);
    for (let row = 0; row < rows; ++row) {
      if (outputs > 1) oneHot[row * outputs + labels[row]] = 1;
      else oneHot[row] = described.loss === 'half-mse' ? 2 * labels[row] - 1 : labels[row];
    }
    return { ...task, targets: oneHot, labels: Uint8Array.from(labels) };
  } finally {
    run.dispose();
  }
}

/**
 * How often per second a session does its work.
 * @param {number} milliseconds
 * @param {Session} session
 */
async function rateFor(milliseconds, session) {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    done += await session.run();
    elapsed = performance.now() - start;
  }
  return (done / elapsed) * 1000;
}

/**
 * The rate after a quarter of the time as a warm-up, or that of the whole work where it has an end.
 * @param {number} milliseconds
 * @param {Session} session
 * @param {number} [steps]
 */
export async function measure(milliseconds, session, steps) {
  try {
    if (steps !== undefined) {
      const start = performance.now();
      let done = 0;
      while (done < steps) done += await session.run();
      return (done / (performance.now() - start)) * 1000;
    }
    await rateFor(milliseconds / 4, session);
    return await rateFor(milliseconds, session);
  } finally {
    session.dispose();
  }
}

/**
 * Calls `step` with one batch of rows after the other, in order; enough of them at a time that the clock costs nothing.
 * @param {Task} task
 * @param {(first: number) => void} step
 */
export function batches({ rows, batchSize }, step) {
  const size = Math.min(batchSize, rows);
  let first = 0;
  return () => {
    const start = performance.now();
    let steps = 0;
    do {
      step(first);
      first = first + 2 * size <= rows ? first + size : 0;
      ++steps;
    } while (performance.now() - start < 5);
    return steps;
  };
}

/**
 * Softmax on all of MNIST, ten epochs: the work that is done from beginning to end.
 * @param {{ images: Uint8Array, labels: Uint8Array }} files
 * @returns {Workload}
 */
export function mnistWorkload(files) {
  const [epochs, rows, batchSize] = [10, 60_000, 128];
  return {
    id: 'MNIST',
    title: {
      en: '10 epochs of all 60,000 MNIST images, 784-10, cross-entropy, batch 128, SGD with momentum',
      zh: '全部 60,000 张 MNIST 图片训练 10 轮，784-10，cross-entropy，批 128，带动量的 SGD',
    },
    unit: 'steps/s',
    files,
    steps: epochs * Math.ceil(rows / batchSize),
    document: {
      data: { id: 'idx', samples: rows, testFraction: 0, scaling: { id: 'standardized', mean: 0.1307, std: 0.3081 } },
      network: { layers: [{ activation: 'identity' }], initializer: 'pytorch-default' },
      training: { loss: 'cross-entropy', optimizer: { id: 'sgd', learningRate: 0.01, momentum: 0.9 }, batchSize },
    },
  };
}
