/**
 * The page's side of the worker: commands as promises, events, and a worker that is replaced when it dies, its runs restored from
 * their last snapshots. Talks to anything with `postMessage` and `onmessage`.
 */
import { buffersOf } from './commands.js';
import { EngineError, asEngineError, fromPlain } from './errors.js';

/**
 * @import { Assessment, CommandResults, EngineSources, EventMessage, Frame, FrameRequest, PlayOptions, ReplyMessage, RunDescription } from './commands.js'
 * @import { CheckResult, Experiment, FilledExperiment, Numbers, Operation, Progress, Split, Variant } from './types.js'
 */

/**
 * A worker, or what stands for one in a test.
 * @typedef {object} WorkerLike
 * @property {(message: unknown, transfer: Transferable[]) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: MessageEvent) => void) | null} onmessage
 * @property {((event: ErrorEvent) => void) | null} onerror
 * @property {((event: MessageEvent) => void) | null} onmessageerror
 */

/**
 * @typedef {object} ClientOptions
 * @property {() => Promise<{ worker: WorkerLike, sources: EngineSources }>} connect starts a worker
 * @property {{ setTimeout: (callback: () => void, milliseconds: number) => unknown, clearTimeout: (timer: any) => void, now: () => number }} [clock]
 * @property {number} [handshake] milliseconds until a worker must have said its first word
 * @property {number} [patience] milliseconds until any command but training must be answered
 */

/**
 * @typedef {object} RunEvents
 * @property {Progress} progress training went on
 * @property {Progress} stopped playing ended by itself: limit reached, diverged, or failed
 * @property {Progress} diverged a loss or parameter stopped being finite; training has stopped
 * @property {{ step: number, error: EngineError }} restarted the worker died; the run goes on from `step`
 * @property {EngineError} error training failed, or the run could not be restored
 */

/** @typedef {{ resolve: (value: any) => void, reject: (error: EngineError) => void, run: number | undefined, command: string, timer: unknown }} Pending */

const HANDSHAKE = 5000;
const PATIENCE = 60_000;
const GRACE = 5000;
/** Silence, while training should run, after which the worker is asked whether it is there, and how long it has to say so. */
const QUIET = 5000;
const PING_PATIENCE = 5000;
/** Where steps are long, the silence between two reports is no sign: several times the longest one is. */
const QUIET_GAPS = 4;
/** More deaths than this within the window are no accident. */
const MOST_RESTARTS = 3;
const RESTART_WINDOW = 60_000;

const NO_WORKER = "The engine's worker could not be started. A content-security policy of this page may forbid it: worker-src needs blob:.";

/** Sliced by the worker, these take as long as they were asked to. */
const unlimitedCommands = new Set(['train', 'step', 'assess']);

/** These are answered between two slices of training: whatever else is asked may keep the worker silent for as long as it takes. */
const briefCommands = new Set(['frame', 'moment', 'parameters', 'changeParameters', 'ping']);

const defaultClock = {
  setTimeout: (/** @type {() => void} */ callback, /** @type {number} */ milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
  now: () => performance.now(),
};

/** One run inside the worker. */
export class RemoteRun {
  /** @type {Map<keyof RunEvents, Set<(detail: any) => void>>} */
  #listeners = new Map();
  /** @type {RunPort} */
  #port;
  #disposed = false;
  #sequence = 0;
  #framePending = false;

  /**
   * @param {RunPort} port
   * @param {RunDescription} description
   */
  constructor(port, { experiment, progress, variant }) {
    this.#port = port;
    /** The document with every default filled in. @type {FilledExperiment} */
    this.experiment = experiment;
    /** Where training stood when last heard of. @type {Progress} */
    this.progress = progress;
    /** The build that this run is in: the reproducible one, where the fast one could not be had. @type {Variant} */
    this.variant = variant;
    /** @type {PlayOptions | null} */
    this.playOptions = null;
    port.attach({
      event: (name, detail, sequence) => this.#receive(name, detail, sequence),
      replied: (state) => {
        if (state.progress) this.progress = state.progress;
        if (state.experiment) this.experiment = state.experiment;
      },
      restored: ({ experiment: filled, progress: restored, variant: actual }, error) => this.#restored(filled, restored, actual, error),
      lost: (error) => {
        this.playOptions = null;
        this.#emit('error', error);
      },
    });
  }

  get playing() {
    return this.playOptions !== null;
  }

  get disposed() {
    return this.#disposed;
  }

  /** The last finite state that was kept while training; null before the first. @returns {Uint8Array | null} */
  get lastSnapshot() {
    return this.#port.lastSnapshot();
  }

  /**
   * Any method of the engine's run, by name.
   * @template {keyof CommandResults} K
   * @param {K} name
   * @param {...unknown} args
   * @returns {Promise<CommandResults[K]>}
   */
  async call(name, ...args) {
    this.#requireLive();
    return this.#port.send(name, args);
  }

  /**
   * Trains until paused, or until the run has completed so many epochs or steps in all.
   * @param {PlayOptions} [options]
   */
  async play(options = {}) {
    this.#requireLive();
    this.playOptions = options;
    this.#sequence += 1;
    const sequence = this.#sequence;
    try {
      await this.#port.send('play', [options, sequence]);
    } catch (thrown) {
      if (this.#sequence === sequence) this.playOptions = null;
      throw thrown;
    }
  }

  /** @returns {Promise<Progress>} where training stands now */
  async pause() {
    this.#requireLive();
    this.playOptions = null;
    this.#sequence += 1;
    return this.#port.send('pause', []);
  }

  /**
   * What is to be drawn, as of one moment between two slices of training. One at a time; `buffers` lends an earlier frame back, whose
   * arrays must not be used any more.
   * @param {FrameRequest} request
   * @returns {Promise<Frame>}
   */
  async frame(request) {
    this.#requireLive();
    if (this.#framePending) {
      throw new EngineError('invalid-argument', 'frame: expected one request at a time, got another before the answer', { path: 'frame' });
    }
    this.#framePending = true;
    try {
      return await this.#port.send('frame', [request], buffersOf(request.buffers));
    } finally {
      this.#framePending = false;
    }
  }

  /**
   * Evaluates the parameters as they are now, beside training: at once where nothing trains, otherwise in a small part of its time.
   * One at a time. Splits without rows are left out of the answer.
   * @param {Partial<Record<Split, number>>} rows how many of each split to look at, at most
   * @returns {Promise<Assessment>}
   */
  async assess(rows) {
    this.#requireLive();
    return this.#port.send('assess', [rows]);
  }

  /**
   * @template {keyof RunEvents} K
   * @param {K} name
   * @param {(detail: RunEvents[K]) => void} listener
   * @returns {() => void} takes the listener off again
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Frees the run; whatever it was asked and has not answered fails with `disposed`. */
  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    this.playOptions = null;
    this.#listeners.clear();
    this.#port.close();
  }

  #requireLive() {
    if (this.#disposed) throw new EngineError('disposed', 'This run was disposed of; create a new one.');
  }

  /**
   * @template {keyof RunEvents} K
   * @param {K} name
   * @param {RunEvents[K]} detail
   */
  #emit(name, detail) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(detail);
  }

  /**
   * @param {'progress' | 'stopped' | 'diverged' | 'error'} name
   * @param {Progress | EngineError} detail
   * @param {number} [sequence]
   */
  #receive(name, detail, sequence) {
    if (detail instanceof EngineError) {
      this.#emit('error', detail);
      return;
    }
    this.progress = detail;
    // The end of an earlier play that crossed a newer one on the way says nothing about the newer.
    if (name === 'stopped' && sequence !== this.#sequence) return;
    if (name === 'stopped') this.playOptions = null;
    this.#emit(/** @type {'progress' | 'stopped' | 'diverged'} */ (name), detail);
  }

  /**
   * @param {FilledExperiment} experiment
   * @param {Progress} progress
   * @param {Variant} variant
   * @param {EngineError} error
   */
  #restored(experiment, progress, variant, error) {
    this.experiment = experiment;
    this.progress = progress;
    this.variant = variant;
    this.#emit('restarted', { step: progress.step, error });
    const options = this.playOptions;
    if (options) this.play(options).catch((thrown) => this.#emit('error', asEngineError(thrown)));
  }
}

/**
 * What a RemoteRun hears from its client.
 * @typedef {object} RunReceiver
 * @property {(name: 'progress' | 'stopped' | 'diverged' | 'error', detail: Progress | EngineError, sequence?: number) => void} event
 * @property {(state: { progress?: Progress, experiment?: FilledExperiment }) => void} replied
 * @property {(description: RunDescription, error: EngineError) => void} restored
 * @property {(error: EngineError) => void} lost
 */

/**
 * @typedef {object} RunPort
 * @property {(receiver: RunReceiver) => void} attach
 * @property {(command: string, args: unknown[], transfer?: Set<ArrayBuffer>) => Promise<any>} send
 * @property {() => Uint8Array | null} lastSnapshot
 * @property {() => void} close
 */

/**
 * What is needed to bring a run back.
 * @typedef {{ document: Experiment, variant: Variant, state: { snapshot?: Uint8Array, parameters?: Float32Array } | undefined, receiver: RunReceiver | null }} RunRecord
 */

/** A worker and the runs in it. */
export class EngineClient {
  /** @type {Required<ClientOptions>} */
  #options;
  /** @type {WorkerLike | null} */
  #worker = null;
  /** @type {Promise<WorkerLike> | null} */
  #starting = null;
  /** @type {(() => void) | null} */
  #onAlive = null;
  /** @type {((error: EngineError) => void) | null} */
  #onStartFailed = null;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  /** @type {Map<number, RunRecord>} */
  #runs = new Map();
  /** @type {number[]} */
  #deaths = [];
  /** @type {EngineError | null} */
  #lastDeath = null;
  /** How often a run has reported its training since something that takes time was asked: two reports tell how far apart they are. */
  #reports = 0;
  #heardAt = 0;
  #longestGap = 0;
  /** @type {unknown} */
  #heart;
  /** The engine that is loaded before it is asked for. @type {Variant | undefined} */
  #ahead;
  #nextId = 1;
  #nextRun = 1;
  #disposed = false;

  /** @param {ClientOptions} options */
  constructor({ connect, clock = defaultClock, handshake = HANDSHAKE, patience = PATIENCE }) {
    this.#options = { connect, clock, handshake, patience };
  }

  /**
   * Starts the worker, and an engine in it, before anything is asked of them.
   * @param {Variant} ahead
   */
  async start(ahead) {
    this.#ahead = ahead;
    if (!this.#worker) await this.#start();
  }

  /**
   * @param {Experiment} document
   * @returns {Promise<CheckResult>}
   */
  check(document) {
    return this.#send('check', [document]);
  }

  /**
   * @param {Operation} operation
   * @param {Numbers} x
   * @returns {Promise<{ value: Float32Array, slope: Float32Array }>}
   */
  activation(operation, x) {
    return this.#send('activation', [operation, x]);
  }

  /**
   * @param {Operation} operation
   * @param {Numbers} predictions
   * @param {Numbers} targets
   * @param {number} [outputs]
   * @returns {Promise<{ value: number, slope: Float32Array }>}
   */
  loss(operation, predictions, targets, outputs = 1) {
    return this.#send('loss', [operation, predictions, targets, outputs]);
  }

  /**
   * @param {Experiment} experiment
   * @param {object} [options]
   * @param {Variant} [options.variant]
   * @param {Uint8Array} [options.snapshot] state to go on from
   * @param {Float32Array} [options.parameters] parameters to start with
   * @returns {Promise<RemoteRun>}
   */
  async createRun(experiment, { variant = 'reproducible', snapshot, parameters } = {}) {
    const handle = this.#nextRun;
    this.#nextRun += 1;
    const state = snapshot || parameters ? { snapshot, parameters } : undefined;
    /** @type {RunDescription} */
    const description = await this.#send('createRun', [experiment, variant, state], { run: handle });
    this.#runs.set(handle, { document: experiment, variant, state, receiver: null });
    return new RemoteRun(this.#portOf(handle), description);
  }

  /** Ends the worker. Every call that waits, and every later one, fails with `disposed`. */
  dispose() {
    this.#disposed = true;
    const error = new EngineError('disposed', 'The engine was shut down.');
    this.#end(error);
    this.#runs.clear();
  }

  /**
   * @param {number} handle
   * @returns {RunPort}
   */
  #portOf(handle) {
    return {
      attach: (receiver) => {
        const record = this.#runs.get(handle);
        if (record) record.receiver = receiver;
      },
      send: (command, args, transfer) => this.#send(command, args, { run: handle, transfer }),
      lastSnapshot: () => this.#runs.get(handle)?.state?.snapshot ?? null,
      close: () => {
        const known = this.#runs.delete(handle);
        if (!known || !this.#worker) return;
        // Nobody waits for the answer; a worker that dies meanwhile frees the run even better.
        this.#post(this.#worker, 'dispose', [], { run: handle, resolve: () => {}, reject: () => {} });
      },
    };
  }

  /**
   * @param {string} command
   * @param {unknown[]} args
   * @param {{ run?: number, transfer?: Set<ArrayBuffer> }} [details]
   * @returns {Promise<any>}
   */
  async #send(command, args, { run, transfer } = {}) {
    const worker = this.#worker ?? (await this.#start());
    if (worker !== this.#worker) throw this.#lastDeath ?? new EngineError('disposed', 'The engine was shut down.');
    return new Promise((resolve, reject) => this.#post(worker, command, args, { run, transfer, resolve, reject }));
  }

  /**
   * @param {WorkerLike} worker
   * @param {string} command
   * @param {unknown[]} args
   * @param {{ run?: number, transfer?: Set<ArrayBuffer>, resolve: (value: any) => void, reject: (error: EngineError) => void }} details
   */
  #post(worker, command, args, { run, transfer, resolve, reject }) {
    const id = this.#nextId;
    this.#nextId += 1;
    /** @type {Pending} */
    const pending = { resolve, reject, run, command, timer: undefined };
    try {
      worker.postMessage({ id, command, args, run }, [...(transfer ?? [])]);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      reject(
        new EngineError('invalid-argument', `${command}: expected plain values and arrays, got something else (${reason})`, {
          path: command,
          cause: thrown,
        }),
      );
      return;
    }
    this.#pending.set(id, pending);
    if (!briefCommands.has(command)) this.#reports = 0;
    if (!unlimitedCommands.has(command)) this.#watch(id, pending, command === 'ping' ? PING_PATIENCE : this.#options.patience, true);
  }

  /** A run has trained: from now on, silence would be strange. */
  #beat() {
    if ([...this.#pending.values()].some(({ command }) => !briefCommands.has(command))) return;
    if (this.#reports === 0) this.#longestGap = 0;
    this.#reports += 1;
    if (this.#reports > 1) this.#heart ??= this.#options.clock.setTimeout(() => this.#listen(), QUIET);
  }

  /** Asks a worker that has grown silent whether it is there; one that is not is replaced. */
  #listen() {
    this.#heart = undefined;
    const worker = this.#worker;
    if (!worker || this.#reports < 2) return;
    const { clock } = this.#options;
    const left = this.#heardAt + Math.max(QUIET, QUIET_GAPS * this.#longestGap) - clock.now();
    if (left > 0) {
      this.#heart = clock.setTimeout(() => this.#listen(), left);
      return;
    }
    this.#reports = 0;
    this.#post(worker, 'ping', [], { resolve: () => {}, reject: () => {} });
  }

  /**
   * @param {number} id
   * @param {Pending} pending
   * @param {number} milliseconds
   * @param {boolean} again a machine that slept gets a second chance: its timers fire before its worker could answer
   */
  #watch(id, pending, milliseconds, again) {
    pending.timer = this.#options.clock.setTimeout(() => {
      if (this.#pending.get(id) !== pending) return;
      if (again) this.#watch(id, pending, GRACE, false);
      else this.#died(new EngineError('internal', `The engine did not answer "${pending.command}" in time and was stopped.`));
    }, milliseconds);
  }

  /** @returns {Promise<WorkerLike>} */
  #start() {
    if (this.#disposed) return Promise.reject(new EngineError('disposed', 'The engine was shut down.'));
    this.#starting ??= this.#startWorker().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  /** @returns {Promise<WorkerLike>} */
  async #startWorker() {
    const { connect, clock, handshake } = this.#options;
    const { worker, sources } = await connect();
    // Waits in the worker until its script runs: a page that is busy then is not asked first. Nobody waits for the answer.
    worker.postMessage({ id: this.#nextId++, command: 'start', args: [sources, this.#ahead] }, []);
    try {
      await new Promise((/** @type {(value?: undefined) => void} */ resolve, reject) => {
        const timer = clock.setTimeout(() => reject(new EngineError('unsupported', NO_WORKER)), handshake);
        const settle = () => {
          clock.clearTimeout(timer);
          this.#onAlive = null;
          this.#onStartFailed = null;
        };
        this.#onAlive = () => {
          settle();
          resolve();
        };
        this.#onStartFailed = (error) => {
          settle();
          reject(error);
        };
        worker.onmessage = ({ data }) => this.#receive(data);
        worker.onerror = (event) => {
          // The page hears of it as an EngineError; without this the browser would report it a second time.
          event.preventDefault?.();
          const message =
            this.#worker || event.message ? `The engine's worker failed (${event.message || 'for no stated reason'}).` : NO_WORKER;
          this.#died(new EngineError('internal', message));
        };
        worker.onmessageerror = () => this.#died(new EngineError('internal', "A message of the engine's worker could not be read."));
      });
    } catch (thrown) {
      silence(worker);
      const error = asEngineError(thrown);
      throw error.code === 'internal' ? new EngineError('unsupported', error.message, { cause: thrown }) : error;
    }
    if (this.#disposed) {
      silence(worker);
      throw new EngineError('disposed', 'The engine was shut down.');
    }
    this.#worker = worker;
    this.#restore(worker);
    return worker;
  }

  /**
   * Posts the making of every run before anything else can be asked of it.
   * @param {WorkerLike} worker
   */
  #restore(worker) {
    const error = this.#lastDeath;
    for (const [handle, record] of error ? this.#runs : []) {
      this.#post(worker, 'createRun', [record.document, record.variant, record.state], {
        run: handle,
        resolve: (/** @type {RunDescription} */ description) => record.receiver?.restored(description, /** @type {EngineError} */ (error)),
        reject: (reason) => {
          // When this worker has died as well, the next one tries again.
          if (this.#worker === worker) this.#lose(reason, [handle]);
        },
      });
    }
  }

  /** @param {ReplyMessage | EventMessage} message */
  #receive(message) {
    const time = this.#options.clock.now();
    this.#longestGap = Math.max(this.#longestGap, time - this.#heardAt);
    this.#heardAt = time;
    if ('id' in message) {
      this.#settle(message);
      return;
    }
    if (message.event === 'alive') {
      this.#onAlive?.();
    } else if (message.event === 'fatal') {
      this.#died(fromPlain(message.error));
    } else {
      const record = this.#runs.get(message.run);
      if (!record) return;
      if (message.event === 'progress') this.#beat();
      else if (message.event === 'stopped') this.#reports = 0;
      if (message.event === 'snapshot') record.state = { snapshot: message.bytes };
      else if (message.event === 'error') record.receiver?.event('error', fromPlain(message.error));
      else if (message.event === 'stopped') record.receiver?.event('stopped', message.progress, message.sequence);
      else record.receiver?.event(message.event, message.progress);
    }
  }

  /** @param {ReplyMessage} message */
  #settle(message) {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    this.#options.clock.clearTimeout(pending.timer);
    if ('error' in message) {
      pending.reject(fromPlain(message.error));
      return;
    }
    const record = pending.run === undefined ? undefined : this.#runs.get(pending.run);
    if (record) {
      // The engine answers bulk arrays as descriptors: the data stay those that the run was made from.
      if (message.experiment) record.document = { ...message.experiment, data: record.document.data };
      record.receiver?.replied(message);
    }
    pending.resolve(message.result);
  }

  /**
   * Ends the present worker and fails everything that waits for it.
   * @param {EngineError} error
   */
  #end(error) {
    const worker = this.#worker;
    this.#worker = null;
    this.#reports = 0;
    this.#options.clock.clearTimeout(this.#heart);
    this.#heart = undefined;
    if (worker) silence(worker);
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of waiting) {
      this.#options.clock.clearTimeout(pending.timer);
      pending.reject(error);
    }
  }

  /** @param {EngineError} error */
  #died(error) {
    if (this.#onStartFailed) {
      this.#onStartFailed(error);
      return;
    }
    if (!this.#worker) return;
    this.#end(error);
    this.#lastDeath = error;
    const time = this.#options.clock.now();
    this.#deaths = [...this.#deaths.filter((death) => time - death < RESTART_WINDOW), time];
    if (this.#deaths.length > MOST_RESTARTS) {
      this.#lose(error);
      return;
    }
    if (this.#runs.size > 0) this.#start().catch((thrown) => this.#lose(asEngineError(thrown)));
  }

  /**
   * @param {EngineError} error
   * @param {number[]} [handles]
   */
  #lose(error, handles = [...this.#runs.keys()]) {
    for (const handle of handles) {
      const record = this.#runs.get(handle);
      this.#runs.delete(handle);
      record?.receiver?.lost(error);
    }
  }
}

/** @param {WorkerLike} worker */
function silence(worker) {
  worker.onmessage = null;
  worker.onerror = null;
  worker.onmessageerror = null;
  worker.terminate();
}

/**
 * @param {ClientOptions} options
 * @returns {EngineClient}
 */
export function createClient(options) {
  return new EngineClient(options);
}

/** @type {EngineClient | null} */
let shared = null;

/**
 * The page's one client: every lab's runs live in the same worker. Created when it is first asked for.
 * @returns {EngineClient}
 */
export function sharedClient() {
  shared ??= createClient({ connect: async () => (await import('./start-worker.js')).startWorker() });
  return shared;
}
