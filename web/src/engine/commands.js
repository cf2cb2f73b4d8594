/**
 * What the page can ask of the worker: the messages, and the one table of commands that concern a run. A new command is one line.
 */
import { EngineError } from './errors.js';

/**
 * @import { Run } from './engine.js'
 * @import { PlainError } from './errors.js'
 * @import { Activations, Budget, CheckResult, EvaluatedRows, Evaluation, Experiment, FilledExperiment, Outcomes, Progress, Split,
 *   SurfaceOptions, Variant }
 *   from './types.js'
 */

/** @typedef {{ x: [number, number], y?: [number, number], columns: number, rows: number }} Grid */

/**
 * What a page wants to see of a run at one moment. `buffers` lends back an earlier frame, whose arrays are then written again.
 * @typedef {object} FrameRequest
 * @property {boolean} [parameters]
 * @property {SurfaceOptions} [surface]
 * @property {Grid} [neurons] the outputs of every unit over a grid
 * @property {Grid} [sums] the pre-activations of every unit over a grid
 * @property {Split[]} [evaluate]
 * @property {Split[]} [outcomes]
 * @property {{ inputs: Float32Array, layers: number[] }} [activations]
 * @property {Float32Array} [predict]
 * @property {Frame} [buffers]
 */

/**
 * @typedef {object} Frame
 * @property {Progress} progress
 * @property {Float32Array} [parameters]
 * @property {number} [cost] milliseconds that it took the worker
 * @property {Float32Array} [surface] [rows x columns]
 * @property {Float32Array[]} [neurons] one array a layer, [units x rows x columns]
 * @property {Float32Array[]} [sums] one array a layer, [units x rows x columns]
 * @property {Partial<Record<Split, Evaluation>>} [evaluate]
 * @property {Partial<Record<Split, Outcomes>>} [outcomes]
 * @property {Activations[]} [activations] in the order of the request's layers
 * @property {Float32Array} [predict]
 */

/**
 * What evaluations in parts found, of the parameters as they were at one moment.
 * @typedef {{ progress: Progress } & Partial<Record<Split, EvaluatedRows>>} Assessment
 */

/** @typedef {{ stepsPerSecond?: number, limit?: { epochs?: number, steps?: number } }} PlayOptions */

/**
 * Where the worker finds an engine: a compiled module, a URL, or bytes in base64; null where there is none.
 * @typedef {{ module: WebAssembly.Module } | { url: string } | { base64: string }} EngineSource
 * @typedef {Record<Variant, EngineSource | null>} EngineSources
 */

/** @typedef {{ id: number, command: string, args: unknown[], run?: number }} RequestMessage */

/**
 * A reply also carries what it changed of the run: progress, and the document.
 * @typedef {{ id: number, result: unknown, progress?: Progress, experiment?: FilledExperiment } | { id: number, error: PlainError }} ReplyMessage
 * @typedef {{ event: 'alive' }
 *   | { event: 'progress' | 'diverged', run: number, progress: Progress }
 *   | { event: 'stopped', run: number, sequence: number, progress: Progress }
 *   | { event: 'snapshot', run: number, bytes: Uint8Array }
 *   | { event: 'error', run: number, error: PlainError }
 *   | { event: 'fatal', error: PlainError }} EventMessage
 */

/** @typedef {{ experiment: FilledExperiment, progress: Progress, variant: Variant }} RunDescription */

/**
 * Commands answered at once by one call into the engine. Those of training (`train`, `step`) are sliced by the worker instead.
 * @satisfies {Record<string, (run: Run, ...args: any[]) => unknown>}
 */
export const runCommands = {
  /** @param {Run} run @param {Experiment} partial */
  update: (run, partial) => run.update(partial),
  /** @param {Run} run */
  experiment: (run) => run.experiment,
  /** @param {Run} run */
  progress: (run) => run.progress,
  /** @param {Run} run */
  batch: (run) => run.batch(),
  /** @param {Run} run */
  optimizer: (run) => run.optimizer(),
  /**
   * What the next step will do, found out by making it and going back to where the run stood: it stays as it is, bit for bit.
   * @param {Run} run one that has not diverged
   */
  foresee: (run) => {
    const { progress } = run;
    const known = { progress, rows: run.batch(), optimizer: run.optimizer(), parameters: run.parameters() };
    const snapshot = run.snapshot();
    const then = run.step();
    const { layers } = run.experiment.network;
    // Nothing is dropped by a step that was not taken.
    const masks = layers.map(({ dropout = 0 }, layer) => (dropout > 0 && then.step > progress.step ? run.dropoutMask(layer) : undefined));
    const after = { progress: then, parameters: run.parameters() };
    run.restore(snapshot);
    return { ...known, masks, after };
  },
  /** @param {Run} run @param {Split} split */
  data: (run, split) => run.data(split),
  /** @param {Run} run @param {Split} [split] */
  evaluate: (run, split) => run.evaluate(split),
  /** @param {Run} run @param {Split} split */
  outcomes: (run, split) => run.outcomes(split),
  /** @param {Run} run @param {Float32Array} inputs @param {Float32Array} [out] */
  predict: (run, inputs, out) => run.predict(inputs, out),
  /** @param {Run} run @param {Float32Array} [out] */
  parameters: (run, out) => run.parameters(out),
  /** @param {Run} run @param {Float32Array} parameters */
  setParameters: (run, parameters) => run.setParameters(parameters),
  /**
   * Single parameters as [index, value]: between reading and writing the others there is no step of training that would be lost.
   * @param {Run} run
   * @param {readonly (readonly [number, number])[]} changes
   */
  changeParameters: (run, changes) => {
    const parameters = run.parameters();
    for (const [index, value] of changes) parameters[index] = value;
    run.setParameters(parameters);
  },
  /**
   * The loss of the training rows at places of a plane through the parameters, origin + x · across + y · up: [ys x xs]. The run is left at
   * the last of them.
   * @param {Run} run
   * @param {{ origin: ArrayLike<number>, across: ArrayLike<number>, up: ArrayLike<number>, xs: ArrayLike<number>, ys: ArrayLike<number> }} plane
   */
  losses: (run, { origin, across, up, xs, ys }) => {
    const place = new Float32Array(origin.length);
    const found = new Float64Array(xs.length * ys.length);
    for (let cell = 0; cell < found.length; ++cell) {
      const [x, y] = [xs[cell % xs.length], ys[Math.floor(cell / xs.length)]];
      for (let index = 0; index < place.length; ++index) place[index] = origin[index] + x * across[index] + y * up[index];
      run.setParameters(place);
      found[cell] = run.evaluate('train').loss;
    }
    return found;
  },
  /** @param {Run} run @param {Split} [split] @param {Float32Array} [out] */
  gradients: (run, split, out) => run.gradients(split, out),
  /** @param {Run} run @param {Split} [split] @param {{ epsilon?: number }} [options] */
  numericalGradients: (run, split, options) => run.numericalGradients(split, options),
  /** @param {Run} run @param {Float32Array} inputs @param {number} layer */
  activations: (run, inputs, layer) => run.activations(inputs, layer),
  /** What rows cause in every layer, with the parameters they meet: all of one moment. @param {Run} run @param {Float32Array} inputs */
  trace: (run, inputs) => ({
    parameters: run.parameters(),
    layers: run.experiment.network.layers.map((_, layer) => run.activations(inputs, layer)),
    prediction: run.predict(inputs),
  }),
  /** @param {Run} run @param {SurfaceOptions} options @param {Float32Array} [out] */
  surface: (run, options, out) => run.surface(options, out),
  /** @param {Run} run @param {SurfaceOptions} grid @param {Float32Array} [out] */
  maps: (run, grid, out) => run.maps(grid, out),
  /** @param {Run} run @param {SurfaceOptions} grid @param {Float32Array} [out] */
  sums: (run, grid, out) => run.sums(grid, out),
  /** @param {Run} run @param {number} layer */
  dropoutMask: (run, layer) => run.dropoutMask(layer),
  /** @param {Run} run */
  scaling: (run) => run.scaling(),
  /** @param {Run} run */
  snapshot: (run) => run.snapshot(),
  /** The state together with where it is: training may have gone on since the last report. @param {Run} run */
  moment: (run) => ({ progress: run.progress, snapshot: run.snapshot() }),
  /** @param {Run} run @param {Uint8Array} bytes */
  restore: (run, bytes) => run.restore(bytes),
  /** The parameters in a snapshot. The run is left there. @param {Run} run @param {Uint8Array} bytes */
  parametersIn: (run, bytes) => {
    run.restore(bytes);
    return run.parameters();
  },
  /** @param {Run} run */
  memory: (run) => run.memory(),
};

/** Commands after which an earlier snapshot no longer tells the run's state. */
export const changingCommands = new Set([
  'update',
  'setParameters',
  'changeParameters',
  'losses',
  'restore',
  'parametersIn',
  'train',
  'step',
]);

/** @typedef {typeof runCommands} RunCommands */

/**
 * The results of `RemoteRun.call`, by command.
 * @typedef {{ [K in keyof RunCommands]: ReturnType<RunCommands[K]> } & { train: Progress, step: Progress }} CommandResults
 */

/**
 * @param {string} name
 * @returns {(run: Run, ...args: unknown[]) => unknown}
 */
export function findCommand(name) {
  if (!Object.hasOwn(runCommands, name)) {
    throw new EngineError('invalid-argument', `command: expected one of ${Object.keys(runCommands).join(', ')}, got "${name}"`, {
      path: 'command',
    });
  }
  return /** @type {(run: Run, ...args: unknown[]) => unknown} */ (runCommands[/** @type {keyof RunCommands} */ (name)]);
}

/**
 * The buffers inside a result that was made for this message alone, to be handed over instead of copied.
 * @param {unknown} value
 * @param {Set<ArrayBuffer>} [found]
 * @returns {Set<ArrayBuffer>}
 */
export function buffersOf(value, found = new Set()) {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return found;
}
