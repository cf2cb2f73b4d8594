/**
 * The worker's side without the worker: owns the engines and the runs, answers commands, and shares the thread between training and
 * frames. Time, messages and the loading of engines are handed in, so that tests run it in Node.
 */
import { requireBudget, requireObject, requirePositive, requireRows, requireWhole, wrongArgument } from './arguments.js';
import { buffersOf, changingCommands, findCommand } from './commands.js';
import { EngineError, asEngineError, toPlain } from './errors.js';
import { buildFrame, requireFrameRequest } from './frame.js';

/**
 * @import { Assessment, EngineSources, EventMessage, FrameRequest, PlayOptions, ReplyMessage, RequestMessage, RunDescription } from './commands.js'
 * @import { Engine, Run } from './engine.js'
 * @import { Budget, Experiment, FilledExperiment, Progress, Split, Variant } from './types.js'
 */

/**
 * @typedef {object} HostOptions
 * @property {(message: ReplyMessage | EventMessage, transfer: ArrayBuffer[]) => void} post
 * @property {(sources: EngineSources, variant: Variant) => Promise<Engine>} loadEngine
 * @property {() => number} now milliseconds
 * @property {(callback: () => void, delay: number) => void} schedule calls back after the messages that wait; a delay of 0 is at once
 */

/** A long training command, cut into slices. @typedef {{ id: number, budget: Budget, deadline: number, lossSum: number, steps: number }} TrainJob */

/**
 * An evaluation that is worked on beside training. `left`: the splits that are not through; `trained`: the time spent on training when
 * it last had its turn.
 * @typedef {{ id: number, rows: Partial<Record<Split, number>>, left: Split[], found: Assessment, credit: number, trained: number }} AssessJob
 */

/**
 * @typedef {object} Entry
 * @property {number} handle
 * @property {Run} run
 * @property {Progress} progress
 * @property {number[]} units of each layer
 * @property {number | undefined} parameters
 * @property {{ sequence: number, stepsPerSecond: number, limit: { epochs?: number, steps?: number }, credit: number, creditAt: number } | null} play
 * @property {TrainJob[]} jobs
 * @property {{ id: number, request: FrameRequest } | null} frame
 * @property {AssessJob | null} assess
 * @property {boolean} changed since the last snapshot
 * @property {number} snapshotAt
 * @property {number} snapshotEvery
 * @property {number} reportedAt
 * @property {{ marks: { at: number, step: number }[], rate: number }} speed where training was when, the oldest mark first
 */

/** Long enough to lose little to the border, short enough that a command never waits longer than a frame of the display. */
const SLICE = 8;
const SHORTEST_SLICE = 2;
/** So long after a prediction was asked for the next one is expected, in milliseconds: somebody writes, and slices are short meanwhile. */
const EXPECTANT = 100;
const REPORT_EVERY = 100;
const SNAPSHOT_EVERY = 2000;
/** A snapshot may cost at most this part of the time, however large the network. */
const SNAPSHOT_SHARE = 1 / 50;
/** The speed is that of the last so many marks, which are so many milliseconds apart: a moment's hold-up is no other speed. */
const SPEED_INTERVAL = 250;
const SPEED_MARKS = 9;
/** While a run trains, frames get one part of the thread for so many parts of training. */
const TRAINING_PER_FRAME = 7;
/** While training wants the thread, evaluating beside it gets this part of what training has had. */
const ASSESS_SHARE = 1 / 16;
/** Less is not worth the call. */
const SHORTEST_ASSESSMENT = 1;
/** A frame never waits longer than this for its turn. */
const FRAME_PATIENCE = 100;

/**
 * @param {unknown} options
 * @returns {{ stepsPerSecond: number, limit: { epochs?: number, steps?: number } }}
 */
function requirePlayOptions(options) {
  const { stepsPerSecond = Infinity, limit = {} } = requireObject(options ?? {}, 'options', ['stepsPerSecond', 'limit']);
  const { epochs, steps } = requireObject(limit, 'options.limit', ['epochs', 'steps']);
  return {
    stepsPerSecond: requirePositive(stepsPerSecond, 'options.stepsPerSecond'),
    limit: {
      ...(epochs !== undefined && { epochs: requireWhole(epochs, 'options.limit.epochs', { minimum: 1 }) }),
      ...(steps !== undefined && { steps: requireWhole(steps, 'options.limit.steps', { minimum: 1 }) }),
    },
  };
}

/**
 * @param {FilledExperiment} experiment
 * @returns {number[]}
 */
function unitsOf({ network }) {
  return network.layers.map(({ units }) => units ?? 1);
}

/**
 * @param {HostOptions} options
 */
export function createHost({ post, loadEngine, now, schedule }) {
  /** @type {Map<number, Entry>} */
  const entries = new Map();
  /** Runs that are being made; what is asked of them waits. @type {Map<number, Promise<unknown>>} */
  const creating = new Map();
  /** @type {Map<Variant, Promise<Engine>>} */
  const engines = new Map();
  /** @type {EngineSources} */
  let sources = { reproducible: null, fast: null };
  let ticking = false;
  let wakeAt = Infinity;
  let trainedSinceFrame = 0;
  let trainedInAll = 0;
  let frameCost = 0;
  let framedAt = 0;
  let predictedAt = -Infinity;

  /** @param {ReplyMessage | EventMessage} message */
  const send = (message) => post(message, [...buffersOf(message)]);

  /**
   * @param {number} id
   * @param {unknown} thrown
   */
  function refuse(id, thrown) {
    const error = asEngineError(thrown);
    send({ id, error: toPlain(error) });
    // The module may have been left in the middle of anything: the page replaces the whole worker.
    if (error.code === 'internal') send({ event: 'fatal', error: toPlain(error) });
  }

  /**
   * What went wrong with a run that nobody is waiting for.
   * @param {Entry} entry
   * @param {unknown} thrown
   */
  function fail(entry, thrown) {
    const error = toPlain(thrown);
    // After a fatal error the run plays on in the worker that follows.
    if (error.code === 'internal') {
      entry.play = null;
      send({ event: 'fatal', error });
      return;
    }
    stop(entry);
    send({ event: 'error', run: entry.handle, error });
  }

  /**
   * @param {Variant} variant
   * @returns {Promise<Engine>}
   */
  function engine(variant) {
    let loading = engines.get(variant);
    if (!loading) {
      loading = loadEngine(sources, variant);
      engines.set(variant, loading);
      // A failed download may succeed the next time.
      loading.catch(() => engines.delete(variant));
    }
    return loading;
  }

  /**
   * The fast engine is a bonus: where it cannot be had, the reproducible one does the same work.
   * @param {Variant} variant
   * @returns {Promise<Engine>}
   */
  async function engineOr(variant) {
    if (variant === 'reproducible') return engine(variant);
    try {
      return await engine(variant);
    } catch (thrown) {
      if (asEngineError(thrown).code === 'internal') throw thrown;
      return engine('reproducible');
    }
  }

  /** Any engine that is already here, for questions that every build answers alike. */
  async function anyEngine() {
    return engine(engines.has('reproducible') ? 'reproducible' : (engines.keys().next().value ?? 'reproducible'));
  }

  /**
   * @param {Entry} entry
   * @param {Progress} progress
   */
  function setProgress(entry, progress) {
    const { marks } = entry.speed;
    const mark = { at: now(), step: progress.step };
    const last = marks[marks.length - 1];
    // From an earlier step on it is another way.
    if (mark.step < last.step) entry.speed = { marks: [mark], rate: 0 };
    else if (mark.at - last.at >= SPEED_INTERVAL) {
      const [first] = marks;
      const rate = ((mark.step - first.step) / (mark.at - first.at)) * 1000;
      entry.speed = { marks: [...marks, mark].slice(-SPEED_MARKS), rate };
    }
    entry.progress = { ...progress, stepsPerSecond: entry.play || entry.jobs.length > 0 ? entry.speed.rate : 0 };
  }

  /** @param {Entry} entry */
  function report(entry) {
    entry.reportedAt = now();
    send({ event: 'progress', run: entry.handle, progress: entry.progress });
  }

  /** @param {Entry} entry */
  function stop(entry) {
    const { play } = entry;
    if (!play) return;
    entry.play = null;
    entry.progress = { ...entry.progress, stepsPerSecond: 0 };
    send({ event: 'stopped', run: entry.handle, sequence: play.sequence, progress: entry.progress });
    keepRest(entry);
  }

  /**
   * What was learned is safe as soon as training rests.
   * @param {Entry} entry
   */
  function keepRest(entry) {
    if (!entry.changed) return;
    entry.snapshotAt = -Infinity;
    wake(0);
  }

  /**
   * One slice of training. Everything that ends training is seen here.
   * @param {Entry} entry
   * @param {Budget} budget
   * @returns {Progress}
   */
  function train(entry, budget) {
    const before = entry.progress;
    const started = now();
    const progress = entry.run.train(budget);
    const spent = now() - started;
    trainedSinceFrame += spent;
    trainedInAll += spent;
    entry.changed = true;
    setProgress(entry, progress);
    if (progress.status === 'diverged' && before.status !== 'diverged') {
      send({ event: 'diverged', run: entry.handle, progress: entry.progress });
    }
    return progress;
  }

  /**
   * @param {Entry} entry
   * @param {TrainJob} job
   * @param {number} slice
   */
  function advanceJob(entry, job, slice) {
    const before = entry.progress;
    const left = job.deadline - now();
    if (left > 0) {
      const progress = train(entry, { ...job.budget, milliseconds: Math.min(slice, left) });
      const steps = progress.step - before.step;
      if (steps > 0) {
        job.lossSum += progress.loss * steps;
        job.steps += steps;
      }
      if (job.budget.steps !== undefined) job.budget.steps -= steps;
      if (job.budget.epochs !== undefined) job.budget.epochs -= progress.epoch - before.epoch;
    }
    const { steps = Infinity, epochs = Infinity } = job.budget;
    if (steps <= 0 || epochs <= 0 || job.deadline <= now() || entry.progress.status === 'diverged') endJob(entry, job);
  }

  /**
   * @param {Entry} entry
   * @param {TrainJob} job
   */
  function endJob(entry, job) {
    entry.jobs.splice(entry.jobs.indexOf(job), 1);
    const loss = job.steps > 0 ? job.lossSum / job.steps : entry.progress.loss;
    const progress = { ...entry.progress, loss };
    send({ id: job.id, result: progress, progress });
  }

  /**
   * @param {Entry} entry
   * @param {number} slice
   * @returns {number} milliseconds until it can go on
   */
  function advancePlay(entry, slice) {
    const play = entry.play;
    if (!play) return Infinity;
    /** @type {Budget} */
    const budget = { milliseconds: slice };
    const { epochs, steps } = play.limit;
    if (steps !== undefined) budget.steps = steps - entry.progress.step;
    if (epochs !== undefined) budget.epochs = epochs - entry.progress.epoch;
    if ((budget.steps ?? 1) <= 0 || (budget.epochs ?? 1) <= 0) {
      stop(entry);
      return Infinity;
    }
    if (Number.isFinite(play.stepsPerSecond)) {
      const time = now();
      // A page that slept does not race to catch up: at most a tenth of a second is owed.
      play.credit = Math.min(play.credit + ((time - play.creditAt) * play.stepsPerSecond) / 1000, Math.max(1, play.stepsPerSecond / 10));
      play.creditAt = time;
      const allowed = Math.floor(play.credit);
      if (allowed === 0) return ((1 - play.credit) * 1000) / play.stepsPerSecond;
      budget.steps = Math.min(allowed, budget.steps ?? Infinity);
    }
    const before = entry.progress.step;
    const progress = train(entry, budget);
    play.credit -= progress.step - before;
    if (progress.status === 'diverged' || progress.step >= (steps ?? Infinity) || progress.epoch >= (epochs ?? Infinity)) stop(entry);
    return 0;
  }

  /**
   * @param {Entry} entry
   * @param {Split} split
   */
  function evaluate(entry, split) {
    try {
      return entry.run.evaluate(split);
    } catch (thrown) {
      // A run without test rows is an ordinary thing to look at: the frame then has no figures for it.
      if (asEngineError(thrown).code === 'invalid-argument') return null;
      throw thrown;
    }
  }

  /** @param {Entry} entry */
  function answerFrame(entry) {
    const waiting = entry.frame;
    if (!waiting) return;
    entry.frame = null;
    const started = now();
    try {
      const frame = buildFrame(entry.run, waiting.request, {
        progress: entry.progress,
        units: entry.units,
        parameters: entry.parameters,
        evaluate: (split) => evaluate(entry, split),
      });
      frame.cost = now() - started;
      entry.parameters = frame.parameters?.length ?? entry.parameters;
      send({ id: waiting.id, result: frame, progress: entry.progress });
    } catch (thrown) {
      refuse(waiting.id, thrown);
    }
  }

  /** @param {Entry} entry */
  function beginAssessment(entry) {
    const { assess, run } = entry;
    if (!assess) return;
    assess.found = { progress: { ...entry.progress } };
    assess.trained = trainedInAll;
    assess.credit = 0;
    assess.left = /** @type {Split[]} */ (Object.keys(assess.rows)).filter((split) => {
      try {
        run.beginEvaluation(split, { most: assess.rows[split] });
        return true;
      } catch (thrown) {
        if (asEngineError(thrown).code === 'invalid-argument') return false;
        throw thrown;
      }
    });
  }

  /**
   * @param {Entry} entry
   * @param {number} idle milliseconds that nobody else wants
   * @returns {boolean} whether it wants more of them
   */
  function advanceAssessment(entry, idle) {
    const { assess } = entry;
    if (!assess) return false;
    try {
      const started = now();
      assess.credit += (trainedInAll - assess.trained) * ASSESS_SHARE;
      assess.trained = trainedInAll;
      const time = Math.max(assess.credit, Math.min(idle, SLICE));
      if (assess.left.length > 0 && time < SHORTEST_ASSESSMENT) return false;
      while (assess.left.length > 0) {
        const left = time - (now() - started);
        if (left <= 0) break;
        const [split] = assess.left;
        const found = entry.run.continueEvaluation(split, left);
        if (!found) break;
        assess.found[split] = found;
        assess.left.shift();
      }
      // Time that nobody else wanted is no debt.
      assess.credit -= Math.max(0, now() - started - idle);
      if (assess.left.length > 0) return idle > 0;
      entry.assess = null;
      send({ id: assess.id, result: assess.found });
    } catch (thrown) {
      entry.assess = null;
      refuse(assess.id, thrown);
    }
    return false;
  }

  /** @param {boolean} idle nothing wants to train right now */
  function answerFrames(idle) {
    if (!idle && trainedSinceFrame < TRAINING_PER_FRAME * frameCost && now() - framedAt < FRAME_PATIENCE) return;
    const waiting = [...entries.values()].filter((entry) => entry.frame);
    if (waiting.length === 0) return;
    const started = now();
    waiting.forEach(answerFrame);
    framedAt = now();
    frameCost = framedAt - started;
    trainedSinceFrame = 0;
  }

  /**
   * @param {Entry} entry
   * @returns {number} milliseconds until the next snapshot is due
   */
  function keepSnapshot(entry) {
    if (!entry.changed) return Infinity;
    const started = now();
    const left = entry.snapshotAt + entry.snapshotEvery - started;
    if (left > 0) return left;
    entry.changed = false;
    // A diverged run keeps its last finite snapshot.
    if (entry.progress.status !== 'diverged') {
      try {
        send({ event: 'snapshot', run: entry.handle, bytes: entry.run.snapshot() });
      } catch (thrown) {
        fail(entry, thrown);
      }
    }
    entry.snapshotAt = now();
    entry.snapshotEvery = Math.max(SNAPSHOT_EVERY, (entry.snapshotAt - started) / SNAPSHOT_SHARE);
    return Infinity;
  }

  /**
   * @param {Entry} entry
   * @param {number} slice
   * @returns {number} milliseconds until it wants the thread again
   */
  function advance(entry, slice) {
    let wait = Infinity;
    const job = entry.jobs[0];
    if (job) {
      try {
        advanceJob(entry, job, slice);
      } catch (thrown) {
        entry.jobs.splice(entry.jobs.indexOf(job), 1);
        refuse(job.id, thrown);
      }
      wait = 0;
    } else if (entry.play) {
      try {
        wait = advancePlay(entry, slice);
      } catch (thrown) {
        fail(entry, thrown);
      }
    }
    if (wait === 0 && now() - entry.reportedAt >= REPORT_EVERY) report(entry);
    return wait;
  }

  function tick() {
    const active = [...entries.values()].filter((entry) => entry.play || entry.jobs.length > 0);
    const expectant = now() - predictedAt < EXPECTANT;
    const slice = expectant ? SHORTEST_SLICE : Math.max(SHORTEST_SLICE, SLICE / Math.max(1, active.length));
    let wait = Infinity;
    for (const entry of active) wait = Math.min(wait, advance(entry, slice));
    answerFrames(wait > 0);
    const idle = wait;
    for (const entry of entries.values()) if (advanceAssessment(entry, idle)) wait = 0;
    for (const entry of entries.values()) wait = Math.min(wait, keepSnapshot(entry));
    wake(wait);
  }

  /** @param {number} wait milliseconds; 0 for as soon as the waiting messages are handled */
  function wake(wait) {
    const at = now() + wait;
    if (wait === Infinity || (ticking && wakeAt <= at)) return;
    ticking = true;
    wakeAt = at;
    schedule(() => {
      // An earlier wake-up was asked for meanwhile and has done this one's work.
      if (!ticking || wakeAt !== at) return;
      ticking = false;
      wakeAt = Infinity;
      tick();
    }, wait);
  }

  /**
   * @param {RequestMessage} message
   * @returns {Entry}
   */
  function entryOf(message) {
    const entry = message.run === undefined ? undefined : entries.get(message.run);
    if (!entry) throw new EngineError('disposed', 'This run was disposed of; create a new one.');
    return entry;
  }

  /**
   * Commands that concern the whole worker, or bring a run to life.
   * @type {Record<string, (message: RequestMessage) => Promise<unknown>>}
   */
  const hostCommands = {
    async start({ args }) {
      const [given, ahead] = /** @type {[EngineSources, Variant | undefined]} */ (args);
      sources = given;
      // Where it cannot be had, whoever asks for it hears why.
      if (ahead) engine(ahead).catch(() => {});
    },
    /** Whether anybody is there. */
    async ping() {},
    async check({ args }) {
      return (await anyEngine()).check(/** @type {Experiment} */ (args[0]));
    },
    async activation({ args }) {
      const [operation, x] = /** @type {Parameters<Engine['activation']>} */ (args);
      return (await anyEngine()).activation(operation, x);
    },
    async loss({ args }) {
      const [operation, predictions, targets, outputs] = /** @type {Parameters<Engine['loss']>} */ (args);
      return (await anyEngine()).loss(operation, predictions, targets, outputs);
    },
    async createRun({ run: handle, args }) {
      const made = createEntry(/** @type {number} */ (handle), args);
      creating.set(/** @type {number} */ (handle), made);
      try {
        return await made;
      } finally {
        creating.delete(/** @type {number} */ (handle));
      }
    },
  };

  /**
   * @param {number} handle
   * @param {unknown[]} args
   * @returns {Promise<RunDescription>}
   */
  async function createEntry(handle, args) {
    const [experiment, variant, state] =
      /** @type {[Experiment, Variant, { snapshot?: Uint8Array, parameters?: Float32Array } | undefined]} */ (args);
    const chosen = await engineOr(variant);
    const run = chosen.createRun(experiment);
    try {
      if (state?.snapshot) run.restore(state.snapshot);
      if (state?.parameters) run.setParameters(state.parameters);
    } catch (thrown) {
      run.dispose();
      throw thrown;
    }
    const filled = run.experiment;
    const progress = { ...run.progress, stepsPerSecond: 0 };
    const time = now();
    entries.set(handle, {
      handle,
      run,
      progress,
      units: unitsOf(filled),
      parameters: undefined,
      play: null,
      jobs: [],
      frame: null,
      assess: null,
      changed: Boolean(state),
      snapshotAt: time,
      snapshotEvery: SNAPSHOT_EVERY,
      reportedAt: time,
      speed: { marks: [{ at: time, step: progress.step }], rate: 0 },
    });
    wake(SNAPSHOT_EVERY);
    return { experiment: filled, progress, variant: chosen.variant };
  }

  /**
   * Commands of a run that are more than one call into the engine.
   * @type {Record<string, (message: RequestMessage, entry: Entry) => void>}
   */
  const runnerCommands = {
    play({ id, args }, entry) {
      const [options, sequence] = /** @type {[PlayOptions, number]} */ (args);
      const { stepsPerSecond, limit } = requirePlayOptions(options);
      const time = now();
      // One step is owed at once, so that a slow rate answers the button.
      entry.play = { sequence, stepsPerSecond, limit, credit: 1, creditAt: time };
      entry.speed = { marks: [{ at: time, step: entry.progress.step }], rate: 0 };
      send({ id, result: null });
      wake(0);
    },
    pause({ id }, entry) {
      entry.play = null;
      for (const job of [...entry.jobs]) endJob(entry, job);
      entry.progress = { ...entry.progress, stepsPerSecond: 0 };
      send({ id, result: entry.progress, progress: entry.progress });
      keepRest(entry);
    },
    train({ id, args }, entry) {
      const { milliseconds, ...budget } = requireBudget(args[0]);
      entry.jobs.push({ id, budget, deadline: milliseconds === undefined ? Infinity : now() + milliseconds, lossSum: 0, steps: 0 });
      wake(0);
    },
    step({ id, args }, entry) {
      const budget = requireBudget({ steps: args[0] ?? 1 });
      entry.jobs.push({ id, budget, deadline: Infinity, lossSum: 0, steps: 0 });
      wake(0);
    },
    frame({ id, args }, entry) {
      if (entry.frame) throw wrongArgument('frame', 'the answer to the frame before', 'another request');
      entry.frame = { id, request: requireFrameRequest(args[0]) };
      wake(0);
    },
    assess({ id, args }, entry) {
      if (entry.assess) throw wrongArgument('assess', 'the answer to the one before', 'another request');
      const rows = requireRows(args[0]);
      entry.assess = { id, rows, left: [], found: { progress: entry.progress }, credit: 0, trained: 0 };
      beginAssessment(entry);
      wake(0);
    },
    dispose({ id }, entry) {
      entries.delete(entry.handle);
      const error = toPlain(new EngineError('disposed', 'This run was disposed of while it was at work.'));
      for (const job of entry.jobs) send({ id: job.id, error });
      if (entry.frame) send({ id: entry.frame.id, error });
      if (entry.assess) send({ id: entry.assess.id, error });
      entry.run.dispose();
      send({ id, result: null });
    },
  };

  /**
   * @param {RequestMessage} message
   * @param {Entry} entry
   */
  function callRun({ id, command, args }, entry) {
    const result = findCommand(command)(entry.run, ...args);
    if (command === 'predict') predictedAt = now();
    if (!changingCommands.has(command)) {
      send({ id, result });
      return;
    }
    const { experiment } = entry.run;
    entry.units = unitsOf(experiment);
    entry.parameters = undefined;
    entry.changed = true;
    // A snapshot from before fits neither another shape nor another optimizer.
    if (command === 'update') entry.snapshotAt = -Infinity;
    setProgress(entry, entry.run.progress);
    beginAssessment(entry);
    send({ id, result: result ?? null, progress: entry.progress, experiment });
    wake(0);
  }

  /** @param {RequestMessage} message */
  async function receive(message) {
    try {
      if (message.command !== 'createRun' && message.run !== undefined) await creating.get(message.run)?.catch(() => undefined);
      if (Object.hasOwn(hostCommands, message.command)) {
        send({ id: message.id, result: await hostCommands[message.command](message) });
      } else if (Object.hasOwn(runnerCommands, message.command)) {
        runnerCommands[message.command](message, entryOf(message));
      } else {
        callRun(message, entryOf(message));
      }
    } catch (thrown) {
      refuse(message.id, thrown);
    }
  }

  return { receive };
}
