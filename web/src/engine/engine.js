/**
 * The engine's API over one instantiated module. Knows nothing of how the module was loaded, nor of threads.
 */
import {
  copyDocument,
  isPlainObject,
  requireBudget,
  requireBytes,
  requireDocument,
  requireId,
  requireNumbers,
  requireObject,
  requireOut,
  requirePositive,
  requireSplit,
  requireSurface,
  requireWhole,
  wrongArgument,
} from './arguments.js';
import { EngineError, asEngineError } from './errors.js';

/**
 * @import { Activations, Budget, Catalog, CheckResult, EvaluatedRows, Evaluation, Experiment, FilledExperiment, NumericalGradients, Numbers,
 *   Operation, OptimizerState, Outcomes, Progress, Split, SplitData, SurfaceOptions, Variant } from './types.js'
 */

/**
 * A run inside the module: a number that names it.
 * @typedef {number} RawRun
 */

/**
 * The module as the bindings export it.
 * @typedef {object} RawModule
 * @property {() => string} version
 * @property {(document: unknown) => CheckResult} check
 * @property {(operation: Operation, x: Float32Array) => { value: Float32Array, slope: Float32Array }} activation
 * @property {(operation: Operation, predictions: Float32Array, targets: Float32Array, outputs: number) => { value: number, slope: Float32Array }} loss
 * @property {(document: unknown) => RawRun} createRun
 * @property {(run: RawRun) => void} deleteRun
 * @property {(run: RawRun) => FilledExperiment} experiment
 * @property {(run: RawRun, partial: Experiment) => void} update
 * @property {(run: RawRun, split: Split) => SplitData} data
 * @property {(run: RawRun, budget: Budget) => Progress} train
 * @property {(run: RawRun) => Progress} progress
 * @property {(run: RawRun) => Uint32Array} batch
 * @property {(run: RawRun) => OptimizerState} optimizer
 * @property {(run: RawRun, split: Split) => Evaluation} evaluate
 * @property {(run: RawRun, split: Split) => Outcomes} outcomes
 * @property {(run: RawRun, split: Split, most: number) => void} beginEvaluation
 * @property {(run: RawRun, split: Split, milliseconds: number) => EvaluatedRows | null} continueEvaluation
 * @property {(run: RawRun, inputs: Float32Array, out: Float32Array | undefined) => Float32Array} predict
 * @property {(run: RawRun, out: Float32Array | undefined) => Float32Array} parameters
 * @property {(run: RawRun, parameters: Float32Array) => void} setParameters
 * @property {(run: RawRun, split: Split, out: Float32Array | undefined) => Float32Array} gradients
 * @property {(run: RawRun, split: Split, epsilon: number) => NumericalGradients} numericalGradients
 * @property {(run: RawRun, inputs: Float32Array, layer: number) => Activations} activations
 * @property {(run: RawRun, options: SurfaceOptions, out: Float32Array | undefined) => Float32Array} surface
 * @property {(run: RawRun, grid: SurfaceOptions, out: Float32Array | undefined) => Float32Array} maps
 * @property {(run: RawRun, grid: SurfaceOptions, out: Float32Array | undefined) => Float32Array} sums
 * @property {(run: RawRun, layer: number) => Uint8Array} dropoutMask
 * @property {(run: RawRun) => { scale: number, offset: number, mean: number, std: number }} scaling
 * @property {(run: RawRun) => Uint8Array} snapshot
 * @property {(run: RawRun, bytes: Uint8Array) => void} restore
 * @property {(run: RawRun) => number} memory
 */

/**
 * Calls into the module. A trap leaves it in an unknown state: from then on every call fails at once.
 */
class Gate {
  #dead = false;

  /** @returns {boolean} */
  get dead() {
    return this.#dead;
  }

  /**
   * @template T
   * @param {() => T} call
   * @returns {T}
   */
  call(call) {
    if (this.#dead) throw new EngineError('internal', 'The engine stopped after an earlier failure; create a new one.');
    try {
      return call();
    } catch (thrown) {
      const error = asEngineError(thrown);
      if (error.code === 'internal') this.#dead = true;
      throw error;
    }
  }
}

/** Deletes the module's side of a run whose owner forgot to dispose of it. A net, not the way. */
const forgotten = new FinalizationRegistry((/** @type {{ module: RawModule, raw: RawRun }} */ { module, raw }) => {
  try {
    module.deleteRun(raw);
  } catch {
    // The module trapped or was collected before: there is nothing left to free, and nobody to tell.
  }
});

/**
 * @param {unknown} operation
 * @returns {Operation}
 */
function requireOperation(operation) {
  if (typeof operation === 'string') return requireId(operation, 'operation');
  if (!isPlainObject(operation)) throw wrongArgument('operation', 'an identifier or an object { id, … }', operation);
  requireId(operation.id, 'operation.id');
  return /** @type {Operation} */ (copyDocument(operation, 'operation'));
}

/** More rows than any run has. */
const MOST_ROWS = 2 ** 32 - 1;

/** One training run: a data set, a network, an optimizer, and the state they are in. */
export class Run {
  /** @type {RawModule} */
  #module;
  /** @type {RawRun | null} */
  #raw;
  /** @type {Gate} */
  #gate;

  /**
   * @param {RawModule} module
   * @param {RawRun} raw
   * @param {Gate} gate
   */
  constructor(module, raw, gate) {
    this.#module = module;
    this.#raw = raw;
    this.#gate = gate;
    forgotten.register(this, { module, raw }, this);
  }

  /**
   * @template T
   * @param {(module: RawModule, raw: RawRun) => T} call
   * @returns {T}
   */
  #call(call) {
    const raw = this.#raw;
    if (raw === null) throw new EngineError('disposed', 'This run was disposed of; create a new one.');
    return this.#gate.call(() => call(this.#module, raw));
  }

  /** The document with every default filled in; bulk arrays stand in it as descriptors. @returns {FilledExperiment} */
  get experiment() {
    return this.#call((module, raw) => module.experiment(raw));
  }

  /** Where training stands. @returns {Progress} */
  get progress() {
    return this.#call((module, raw) => module.progress(raw));
  }

  /**
   * Changes anything but data and shape without a reset; widening a layer keeps its weights.
   * @param {Experiment} partial
   * @returns {FilledExperiment} the document after the change
   */
  update(partial) {
    const changes = copyDocument(requireObject(partial, 'partial'));
    return this.#call((module, raw) => {
      module.update(raw, /** @type {Experiment} */ (changes));
      return module.experiment(raw);
    });
  }

  /**
   * The rows of one split, in the data's own units.
   * @param {Split} split
   * @returns {SplitData}
   */
  data(split) {
    const checked = requireSplit(split);
    return this.#call((module, raw) => module.data(raw, checked));
  }

  /**
   * The rows of the next step's batch, as places in `data('train')`, in their order. Asking changes nothing: the step that follows has
   * the same bits.
   * @returns {Uint32Array} fewer than the batch size at the end of an epoch
   */
  batch() {
    return this.#call((module, raw) => module.batch(raw));
  }

  /** What the optimizer makes the next update with. @returns {OptimizerState} */
  optimizer() {
    return this.#call((module, raw) => module.optimizer(raw));
  }

  /**
   * Trains for n batches.
   * @param {number} [n]
   * @returns {Progress}
   */
  step(n = 1) {
    const budget = requireBudget({ steps: n });
    return this.#call((module, raw) => module.train(raw, budget));
  }

  /**
   * Trains until one of the given limits is reached, whichever comes first.
   * @param {Budget} budget
   * @returns {Progress}
   */
  train(budget) {
    const checked = requireBudget(budget);
    return this.#call((module, raw) => module.train(raw, checked));
  }

  /**
   * Loss and accuracy with confusion matrix (row = true class), or loss and R² for regression.
   * @param {Split} [split]
   * @returns {Evaluation}
   */
  evaluate(split = 'test') {
    const checked = requireSplit(split);
    return this.#call((module, raw) => module.evaluate(raw, checked));
  }

  /**
   * Every row's own loss, and the class that it is taken for; nothing of a split without rows.
   * @param {Split} [split]
   * @returns {Outcomes}
   */
  outcomes(split = 'test') {
    const checked = requireSplit(split);
    return this.#call((module, raw) => module.outcomes(raw, checked));
  }

  /**
   * Begins an evaluation in parts: of the parameters as they are now, with steps of training between the parts. Another one of the
   * same split, and `update`, give it up.
   * @param {Split} split
   * @param {{ most?: number }} [options] the first so many rows only
   */
  beginEvaluation(split, { most = MOST_ROWS } = {}) {
    const checked = requireSplit(split);
    const rows = requireWhole(most, 'options.most', { minimum: 1 });
    this.#call((module, raw) => module.beginEvaluation(raw, checked, Math.min(rows, MOST_ROWS)));
  }

  /**
   * Goes on with it for so long, by some hundred rows at least.
   * @param {Split} split
   * @param {number} milliseconds
   * @returns {EvaluatedRows | null} null until every row was seen
   */
  continueEvaluation(split, milliseconds) {
    const checked = requireSplit(split);
    return this.#call((module, raw) => module.continueEvaluation(raw, checked, milliseconds));
  }

  /**
   * The network's answers, [rows x outputs], for raw inputs in the data's own units.
   * @param {Numbers} inputs [rows x columns]
   * @param {Float32Array} [out]
   * @returns {Float32Array}
   */
  predict(inputs, out) {
    const numbers = requireNumbers(inputs, 'inputs');
    const target = requireOut(out);
    return this.#call((module, raw) => module.predict(raw, numbers, target));
  }

  /**
   * All parameters, layer by layer: weights [units x inputs] row-major, biases, then any further parameters of the layer.
   * @param {Float32Array} [out]
   * @returns {Float32Array}
   */
  parameters(out) {
    const target = requireOut(out);
    return this.#call((module, raw) => module.parameters(raw, target));
  }

  /**
   * Sets all parameters; step and optimizer state stay.
   * @param {Numbers} parameters in the order of `parameters()`
   */
  setParameters(parameters) {
    const numbers = requireNumbers(parameters, 'parameters');
    this.#call((module, raw) => module.setParameters(raw, numbers));
  }

  /**
   * Gradient of the loss over all rows of the split, without penalties, in the order of `parameters()`.
   * @param {Split} [split]
   * @param {Float32Array} [out]
   * @returns {Float32Array}
   */
  gradients(split = 'train', out) {
    const checked = requireSplit(split);
    const target = requireOut(out);
    return this.#call((module, raw) => module.gradients(raw, checked, target));
  }

  /**
   * The same gradient by central differences in double precision: slow, and the judge of the other.
   * @param {Split} [split]
   * @param {{ epsilon?: number }} [options]
   * @returns {NumericalGradients}
   */
  numericalGradients(split = 'train', options = {}) {
    const checked = requireSplit(split);
    const { epsilon = 1e-6 } = requireObject(options, 'options', ['epsilon']);
    const step = requirePositive(epsilon, 'options.epsilon');
    return this.#call((module, raw) => module.numericalGradients(raw, checked, step));
  }

  /**
   * What one layer computes, [rows x units]; layer 0 is the first with weights.
   * @param {Numbers} inputs
   * @param {number} layer
   * @returns {Activations}
   */
  activations(inputs, layer) {
    const numbers = requireNumbers(inputs, 'inputs');
    const index = requireWhole(layer, 'layer');
    return this.#call((module, raw) => module.activations(raw, numbers, index));
  }

  /**
   * Answers of the network, or of one unit, at the centres of a grid's cells; row 0 is at the smallest y.
   * @param {SurfaceOptions} options
   * @param {Float32Array} [out]
   * @returns {Float32Array}
   */
  surface(options, out) {
    const checked = requireSurface(options);
    const target = requireOut(out);
    return this.#call((module, raw) => module.surface(raw, checked, target));
  }

  /**
   * Outputs of every unit of every layer over a grid, [units of all layers x rows x columns]; the last layer's are scores.
   * @param {SurfaceOptions} grid
   * @param {Float32Array} [out]
   * @returns {Float32Array}
   */
  maps(grid, out) {
    const checked = requireSurface(grid, 'grid');
    const target = requireOut(out);
    return this.#call((module, raw) => module.maps(raw, checked, target));
  }

  /**
   * Pre-activations of every unit of every layer over a grid, [units of all layers x rows x columns].
   * @param {SurfaceOptions} grid
   * @param {Float32Array} [out]
   * @returns {Float32Array}
   */
  sums(grid, out) {
    const checked = requireSurface(grid, 'grid');
    const target = requireOut(out);
    return this.#call((module, raw) => module.sums(raw, checked, target));
  }

  /**
   * How images are fed to the network, raw * scale + offset, and the statistics of the training images in 0 to 1 units.
   * @returns {{ scale: number, offset: number, mean: number, std: number }}
   */
  scaling() {
    return this.#call((module, raw) => module.scaling(raw));
  }

  /**
   * Which outputs of a layer the last step kept.
   * @param {number} layer one with dropout
   * @returns {Uint8Array} [rows of the last batch x units] of 0 and 1; empty before the first step
   */
  dropoutMask(layer) {
    const index = requireWhole(layer, 'layer');
    return this.#call((module, raw) => module.dropoutMask(raw, index));
  }

  /** The complete state as bytes: parameters, optimizer state, random streams, step. @returns {Uint8Array} */
  snapshot() {
    return this.#call((module, raw) => module.snapshot(raw));
  }

  /**
   * Goes back to a snapshot of a run of the same experiment; training resumes with the same bits.
   * @param {Uint8Array | ArrayBuffer} bytes
   */
  restore(bytes) {
    const checked = requireBytes(bytes, 'bytes');
    this.#call((module, raw) => module.restore(raw, checked));
  }

  /** Bytes that this run takes in the module's memory. @returns {number} */
  memory() {
    return this.#call((module, raw) => module.memory(raw));
  }

  /** Frees the run. Every later call, but another dispose, throws `disposed`. */
  dispose() {
    const raw = this.#raw;
    if (raw === null) return;
    this.#raw = null;
    forgotten.unregister(this);
    if (!this.#gate.dead) this.#gate.call(() => this.#module.deleteRun(raw));
  }
}

// Node 20 and Safari have no Symbol.dispose yet; where it exists, `using run = …` works.
if (typeof Symbol.dispose === 'symbol') {
  Object.defineProperty(Run.prototype, Symbol.dispose, { value: Run.prototype.dispose, configurable: true, writable: true });
}

/** One WebAssembly module and the runs inside it. */
export class Engine {
  /** @type {RawModule} */
  #module;
  #gate = new Gate();
  #catalog;

  /**
   * @param {RawModule} module
   * @param {Variant} variant
   * @param {Catalog} [catalog] texts that the module does without
   */
  constructor(module, variant, catalog) {
    this.#module = module;
    this.#catalog = catalog;
    /** Which of the two builds this is. */
    this.variant = variant;
  }

  /** The engine's version. @returns {string} */
  get version() {
    return this.#gate.call(() => this.#module.version());
  }

  /** True after a trap: the engine can only be thrown away. @returns {boolean} */
  get dead() {
    return this.#gate.dead;
  }

  /** Every table of the engine: identifiers, labels, parameters, ranges, defaults, formulas, sources. @returns {Catalog} */
  catalog() {
    if (!this.#catalog) throw new EngineError('unsupported', 'This engine was started without its catalog.');
    return structuredClone(this.#catalog);
  }

  /**
   * The document with every default, and everything that is wrong with it, without building anything.
   * @param {Experiment} [document]
   * @returns {CheckResult}
   */
  check(document = {}) {
    const copy = copyDocument(document);
    return this.#gate.call(() => this.#module.check(copy));
  }

  /**
   * An activation function and its derivative at every x.
   * @param {Operation} operation
   * @param {Numbers} x
   * @returns {{ value: Float32Array, slope: Float32Array }}
   */
  activation(operation, x) {
    const checked = requireOperation(operation);
    const numbers = requireNumbers(x, 'x');
    return this.#gate.call(() => this.#module.activation(checked, numbers));
  }

  /**
   * A loss over a batch, and its gradient with respect to the predictions (logits for the cross-entropies).
   * @param {Operation} operation
   * @param {Numbers} predictions [rows x outputs]
   * @param {Numbers} targets [rows x outputs], or class indices [rows] for `cross-entropy`
   * @param {number} [outputs]
   * @returns {{ value: number, slope: Float32Array }}
   */
  loss(operation, predictions, targets, outputs = 1) {
    const checked = requireOperation(operation);
    const numbers = requireNumbers(predictions, 'predictions');
    const expected = requireNumbers(targets, 'targets');
    const columns = requireWhole(outputs, 'outputs', { minimum: 1 });
    return this.#gate.call(() => this.#module.loss(checked, numbers, expected, columns));
  }

  /**
   * A new run of an experiment; throws `invalid-document` with the first thing that is wrong with it.
   * @param {Experiment} [experiment]
   * @returns {Run}
   */
  createRun(experiment = {}) {
    const document = requireDocument(experiment);
    return new Run(
      this.#module,
      this.#gate.call(() => this.#module.createRun(document)),
      this.#gate,
    );
  }
}
