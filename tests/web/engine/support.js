// A clock that tests turn by hand, an engine that takes time on it, and a worker that is no thread.
import { EngineError } from "../../../web/src/engine/errors.js";
import { createHost } from "../../../web/src/engine/host.js";

export function createClock() {
  let time = 0;
  let next = 1;
  /** @type {Map<number, { at: number, order: number, callback: () => void }>} */
  const timers = new Map();
  const clock = {
    now: () => time,
    /** @param {number} milliseconds */
    spend: (milliseconds) => {
      time += milliseconds;
    },
    /** @param {() => void} callback @param {number} delay */
    setTimeout: (callback, delay) => {
      timers.set(next, { at: time + delay, order: next, callback });
      next += 1;
      return next - 1;
    },
    /** @param {number} timer */
    clearTimeout: (timer) => timers.delete(timer),
    pending: () => timers.size,
    /** Runs what is due within so many milliseconds, microtasks between. @param {number} milliseconds */
    async advance(milliseconds) {
      const end = time + milliseconds;
      for (let turns = 0; ; turns += 1) {
        if (turns > 100_000) throw new Error("the clock never comes to rest");
        await settle();
        const due = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at || a.order - b.order)[0];
        if (!due) break;
        timers.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].callback();
      }
      time = Math.max(time, end);
      await settle();
    },
  };
  return clock;
}

/** Lets every promise that is ready go on. */
export async function settle() {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

/**
 * An engine whose steps each take a given time on the clock. Batches of a tenth of an epoch.
 * @param {ReturnType<typeof createClock>} clock
 * @param {{ stepTime?: number, frameTime?: number, divergeAt?: number, trapAt?: number }} [behaviour]
 */
export function createFakeEngine(clock, { stepTime = 0.5, frameTime = 0, divergeAt = Infinity, trapAt = Infinity } = {}) {
  const log = { runs: 0, disposed: 0, trained: 0, restored: /** @type {number[]} */ ([]) };
  return {
    log,
    variant: "reproducible",
    check: (/** @type {unknown} */ document) => ({ experiment: document, issues: [] }),
    createRun(/** @type {Record<string, any>} */ document) {
      if (document.wrong) throw new EngineError("invalid-document", "wrong: expected right", { path: "wrong" });
      log.runs += 1;
      let step = 0;
      let status = "ready";
      /** @type {Map<string, { loss: number, left: number }>} */
      const evaluations = new Map();
      let experiment = { data: { id: "fake" }, network: { layers: [{ units: 2 }, { units: 1 }] }, training: {}, ...document };
      return {
        get experiment() {
          return structuredClone(experiment);
        },
        get progress() {
          return { step, epoch: Math.floor(step / 10), loss: Number.NaN, status };
        },
        /** @param {{ steps?: number, epochs?: number, milliseconds?: number }} budget */
        train({ steps = Infinity, epochs = Infinity, milliseconds = Infinity }) {
          const started = clock.now();
          const lastEpoch = Math.floor(step / 10) + epochs;
          let done = 0;
          while (done < steps && Math.floor(step / 10) < lastEpoch && clock.now() - started < milliseconds && status !== "diverged") {
            clock.spend(stepTime);
            step += 1;
            done += 1;
            log.trained += 1;
            if (step >= trapAt) throw new Error("unreachable");
            status = step >= divergeAt ? "diverged" : "running";
          }
          return { step, epoch: Math.floor(step / 10), loss: done ? step : Number.NaN, status };
        },
        update(/** @type {object} */ partial) {
          experiment = { ...experiment, ...partial };
          evaluations.clear();
          return experiment;
        },
        evaluate(/** @type {string} */ split) {
          if (split === "test") throw new EngineError("invalid-argument", "split: no rows", { path: "split" });
          return { loss: step };
        },
        beginEvaluation(/** @type {string} */ split, { most = 100 }) {
          if (split === "test" && document.noTest) throw new EngineError("invalid-argument", "split: no rows", { path: "split" });
          evaluations.set(split, { loss: step, left: Math.min(most, 100) });
        },
        // A row takes a hundredth of a millisecond, and ten are the least.
        continueEvaluation(/** @type {string} */ split, /** @type {number} */ milliseconds) {
          const evaluation = evaluations.get(split);
          if (!evaluation) throw new EngineError("invalid-argument", "split: nothing has begun", { path: "split" });
          const started = clock.now();
          do {
            clock.spend(0.1);
            evaluation.left -= 10;
          } while (evaluation.left > 0 && clock.now() - started < milliseconds);
          return evaluation.left > 0 ? null : { loss: evaluation.loss };
        },
        parameters(/** @type {Float32Array | undefined} */ out) {
          const target = out ?? new Float32Array(5);
          target.fill(step);
          return target;
        },
        surface({ columns, rows }, /** @type {Float32Array | undefined} */ out) {
          clock.spend(frameTime);
          const target = out ?? new Float32Array(columns * rows);
          target.fill(step);
          return target;
        },
        maps({ columns, rows }, /** @type {Float32Array | undefined} */ out) {
          const target = out ?? new Float32Array(3 * columns * rows);
          target.forEach((_, i) => (target[i] = Math.floor(i / (columns * rows))));
          return target;
        },
        sums({ columns, rows }, /** @type {Float32Array | undefined} */ out) {
          const target = out ?? new Float32Array(3 * columns * rows);
          target.forEach((_, i) => (target[i] = -Math.floor(i / (columns * rows))));
          return target;
        },
        outcomes: (/** @type {string} */ split) => ({ losses: split === "test" ? new Float32Array(0) : Float32Array.of(step) }),
        predict: (/** @type {Float32Array} */ inputs) => inputs.slice(),
        snapshot: () => Uint8Array.of(step),
        restore(/** @type {Uint8Array} */ bytes) {
          step = bytes[0];
          log.restored.push(step);
          status = "running";
        },
        setParameters() {},
        dispose() {
          log.disposed += 1;
        },
      };
    },
  };
}

/**
 * A worker in this thread: the real host over a fake engine. Messages are copied, buffers change hands.
 * @param {ReturnType<typeof createClock>} clock
 * @param {{ engine?: any, loadEngine?: any, silent?: boolean }} [options]
 */
export function createFakeWorker(clock, { engine = createFakeEngine(clock), loadEngine, silent = false } = {}) {
  const worker = {
    terminated: false,
    /** @type {any[]} */
    received: [],
    /** @type {((event: any) => void) | null} */
    onmessage: null,
    /** @type {((event: any) => void) | null} */
    onerror: null,
    /** @type {((event: any) => void) | null} */
    onmessageerror: null,
    postMessage(/** @type {any} */ message, /** @type {any[]} */ transfer) {
      const data = structuredClone(message, { transfer });
      worker.received.push(data);
      clock.setTimeout(() => {
        if (!worker.terminated && !silent) host.receive(data);
      }, 0);
    },
    terminate() {
      worker.terminated = true;
    },
    /** Stops answering, as a thread in an endless loop does. */
    hang() {
      silent = true;
    },
  };
  const host = createHost({
    post(message, transfer) {
      const data = structuredClone(message, { transfer });
      clock.setTimeout(() => {
        if (!worker.terminated && !silent) worker.onmessage?.({ data });
      }, 0);
    },
    loadEngine: loadEngine ?? (async () => engine),
    now: clock.now,
    schedule: (callback, delay) => {
      clock.setTimeout(() => {
        if (!worker.terminated && !silent) callback();
      }, delay);
    },
  });
  clock.setTimeout(() => {
    if (!silent) worker.onmessage?.({ data: { event: "alive" } });
  }, 0);
  return worker;
}
