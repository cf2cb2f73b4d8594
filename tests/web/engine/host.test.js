// The worker's side: training in slices, frames between them, commands at any time.
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { EngineError } from "../../../web/src/engine/errors.js";
import { createHost } from "../../../web/src/engine/host.js";
import { createClock, createFakeEngine, settle } from "./support.js";

/** @type {ReturnType<typeof createClock>} */
let clock;
/** @type {any[]} */
let posted;
let nextId = 1;

beforeEach(() => {
  clock = createClock();
  posted = [];
});

/** @param {any} engine @param {any} [loadEngine] */
function hostOf(engine, loadEngine = async () => engine) {
  const host = createHost({
    post: (message, transfer) => posted.push(structuredClone(message, { transfer })),
    loadEngine,
    now: clock.now,
    schedule: (callback, delay) => clock.setTimeout(callback, delay),
  });
  return {
    /** @param {string} command @param {any[]} [args] @param {number} [run] */
    send(command, args = [], run) {
      const id = nextId;
      nextId += 1;
      host.receive({ id, command, args, run });
      return id;
    },
  };
}

/** @param {number} id */
const replyTo = (id) => posted.find((message) => message.id === id);
/** @param {string} event */
const events = (event) => posted.filter((message) => message.event === event);

/** @param {any} engine */
async function hostWithRun(engine) {
  const host = hostOf(engine);
  const id = host.send("createRun", [{}, "reproducible"], 1);
  await settle();
  assert.ok(replyTo(id).result, JSON.stringify(replyTo(id)));
  return host;
}

describe("playing", () => {
  it("goes on until paused, in slices of about eight milliseconds", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    host.send("play", [{}, 1], 1);
    await clock.advance(100);
    assert.ok(engine.log.trained >= 190 && engine.log.trained <= 220, `${engine.log.trained} steps`);
    const id = host.send("pause", [], 1);
    await clock.advance(100);
    assert.equal(replyTo(id).result.step, engine.log.trained);
    assert.equal(replyTo(id).result.stepsPerSecond, 0);
  });

  it("goes on in short slices while predictions are asked for, so that the next one hardly waits", async () => {
    const slices = /** @type {number[]} */ ([]);
    const engine = createFakeEngine(clock);
    const { createRun } = engine;
    const host = await hostWithRun({
      ...engine,
      createRun(/** @type {any} */ document) {
        const run = createRun.call(engine, document);
        const { train } = run;
        return Object.assign(Object.create(run), {
          train: (/** @type {any} */ budget) => {
            slices.push(budget.milliseconds);
            return train(budget);
          },
        });
      },
    });
    host.send("play", [{}, 1], 1);
    await clock.advance(50);
    assert.deepEqual([...new Set(slices)], [8]);
    slices.length = 0;
    host.send("predict", [Float32Array.of(1)], 1);
    await clock.advance(90);
    assert.deepEqual([...new Set(slices.slice(1))], [2]);
    await clock.advance(50);
    assert.equal(slices.at(-1), 8);
  });

  it("keeps to a rate, starts with a step at once, and never races to catch up", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    host.send("play", [{ stepsPerSecond: 10 }, 1], 1);
    await clock.advance(1);
    assert.equal(engine.log.trained, 1);
    await clock.advance(999);
    assert.ok(engine.log.trained >= 10 && engine.log.trained <= 11, `${engine.log.trained} steps`);
    clock.spend(60_000);
    const before = engine.log.trained;
    await clock.advance(50);
    assert.ok(engine.log.trained - before <= 2);
  });

  it("stops exactly at a limit of steps or epochs, and says so", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    host.send("play", [{ limit: { steps: 33 } }, 7], 1);
    await clock.advance(1000);
    assert.equal(engine.log.trained, 33);
    assert.deepEqual(
      events("stopped").map(({ sequence, progress }) => [sequence, progress.step]),
      [[7, 33]],
    );
    host.send("play", [{ limit: { epochs: 5 } }, 8], 1);
    await clock.advance(1000);
    assert.equal(engine.log.trained, 50);
    host.send("play", [{ limit: { epochs: 5 } }, 9], 1);
    await clock.advance(1000);
    assert.equal(engine.log.trained, 50);
    assert.equal(events("stopped").length, 3);
  });

  it("stops at a divergence, and says so once", async () => {
    const engine = createFakeEngine(clock, { divergeAt: 40 });
    const host = await hostWithRun(engine);
    host.send("play", [{}, 1], 1);
    await clock.advance(500);
    assert.equal(engine.log.trained, 40);
    assert.equal(events("diverged").length, 1);
    assert.equal(events("diverged")[0].progress.status, "diverged");
    assert.equal(events("stopped").length, 1);
  });

  it("shares the thread among runs", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    host.send("createRun", [{}, "reproducible"], 2);
    await settle();
    host.send("play", [{}, 1], 1);
    host.send("play", [{}, 1], 2);
    await clock.advance(1000);
    const [a, b] = [host.send("pause", [], 1), host.send("pause", [], 2)];
    await settle();
    const steps = [replyTo(a).result.step, replyTo(b).result.step];
    assert.ok(Math.abs(steps[0] - steps[1]) < 0.05 * steps[0], String(steps));
  });

  it("reports progress about ten times a second, with the measured speed", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    host.send("play", [{}, 1], 1);
    await clock.advance(2000);
    const reports = events("progress");
    assert.ok(reports.length >= 15 && reports.length <= 21, String(reports.length));
    const { stepsPerSecond } = reports[reports.length - 1].progress;
    assert.ok(stepsPerSecond > 1800 && stepsPerSecond < 2200, String(stepsPerSecond));
  });

  it("takes a moment's hold-up for no other speed", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    host.send("play", [{}, 1], 1);
    await clock.advance(1700);
    clock.spend(300);
    await clock.advance(200);
    const { stepsPerSecond } = events("progress").at(-1).progress;
    assert.ok(stepsPerSecond > 1500, String(stepsPerSecond));
  });

  it("keeps a snapshot every two seconds, and one at once when it is paused or has stopped", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    host.send("play", [{}, 1], 1);
    await clock.advance(5000);
    assert.equal(events("snapshot").length, 2);
    host.send("pause", [], 1);
    await clock.advance(0);
    assert.equal(events("snapshot").length, 3);
    await clock.advance(60_000);
    assert.equal(events("snapshot").length, 3);
    assert.equal(clock.pending(), 0, "an idle worker waits for nothing");
    host.send("play", [{ limit: { steps: 11_000 } }, 2], 1);
    await clock.advance(1000);
    assert.equal(events("stopped").length, 1);
    assert.equal(events("snapshot").length, 5, "one is due after so long, one because it has stopped");
  });

  it("keeps the last finite snapshot when training diverges", async () => {
    const host = await hostWithRun(createFakeEngine(clock, { divergeAt: 100 }));
    host.send("play", [{}, 1], 1);
    await clock.advance(10_000);
    assert.equal(events("snapshot").length, 0);
  });
});

describe("long training commands", () => {
  it("are cut into slices: other commands are answered meanwhile", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    const long = host.send("train", [{ epochs: 100 }], 1);
    await clock.advance(20);
    const short = host.send("parameters", [], 1);
    await settle();
    assert.ok(replyTo(short).result);
    assert.equal(replyTo(long), undefined);
    await clock.advance(1000);
    assert.equal(replyTo(long).result.step, 1000);
  });

  it("report the mean loss over all their batches", async () => {
    const host = await hostWithRun(createFakeEngine(clock, { stepTime: 10 }));
    const id = host.send("step", [3], 1);
    await clock.advance(100);
    assert.equal(replyTo(id).result.loss, (1 + 2 + 3) / 3);
  });

  it("end at their time", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    const id = host.send("train", [{ milliseconds: 50 }], 1);
    await clock.advance(60);
    const { step } = replyTo(id).result;
    assert.ok(step >= 95 && step <= 105, String(step));
  });

  it("end early, with what they have, when the run is paused; with an error when it is disposed of", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    const first = host.send("train", [{ steps: 1_000_000 }], 1);
    await clock.advance(20);
    host.send("pause", [], 1);
    await settle();
    assert.ok(replyTo(first).result.step < 100);
    const second = host.send("train", [{ steps: 1_000_000 }], 1);
    await clock.advance(20);
    const disposed = host.send("dispose", [], 1);
    await settle();
    assert.equal(replyTo(second).error.code, "disposed");
    assert.equal(replyTo(disposed).result, null);
    assert.equal(engine.log.disposed, 1);
    await clock.advance(5000);
    assert.equal(clock.pending(), 0);
  });
});

describe("frames", () => {
  it("answer what was asked, as of one moment", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    host.send("step", [4], 1);
    await clock.advance(10);
    const id = host.send(
      "frame",
      [
        {
          parameters: true,
          surface: { x: [0, 1], y: [0, 1], columns: 2, rows: 2 },
          neurons: { x: [0, 1], y: [0, 1], columns: 2, rows: 1 },
          sums: { x: [0, 1], y: [0, 1], columns: 2, rows: 1 },
          evaluate: ["train", "test"],
          outcomes: ["train"],
          predict: Float32Array.of(7),
        },
      ],
      1,
    );
    await clock.advance(0);
    const { result } = replyTo(id);
    assert.equal(result.progress.step, 4);
    assert.deepEqual(result.parameters, new Float32Array(5).fill(4));
    assert.deepEqual(result.surface, new Float32Array(4).fill(4));
    assert.deepEqual(result.neurons, [Float32Array.of(0, 0, 1, 1), Float32Array.of(2, 2)]);
    assert.deepEqual(result.sums, [Float32Array.of(-0, -0, -1, -1), Float32Array.of(-2, -2)]);
    assert.deepEqual(result.outcomes, { train: { losses: Float32Array.of(4) } });
    assert.deepEqual(result.evaluate, { train: { loss: 4 } }, "a split without rows has no figures");
    assert.deepEqual(result.predict, Float32Array.of(7));
  });

  it("write into the arrays of the frame that was lent back, where they fit", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    const request = { parameters: true, surface: { x: [0, 1], y: [0, 1], columns: 2, rows: 2 } };
    const first = host.send("frame", [request], 1);
    await clock.advance(0);
    const buffers = replyTo(first).result;
    const second = host.send("frame", [{ ...request, surface: { ...request.surface, columns: 3 }, buffers }], 1);
    await clock.advance(0);
    const frame = replyTo(second).result;
    assert.equal(frame.surface.length, 6);
    assert.equal(frame.parameters.length, 5);
    assert.equal(buffers.parameters.byteLength, 0, "the lent array is the one that came back");
    assert.equal(buffers.surface.byteLength, 16, "one that does not fit is left alone");
  });

  it("leave training at least four fifths of the thread, however dear they are", async () => {
    const engine = createFakeEngine(clock, { frameTime: 20 });
    const host = await hostWithRun(engine);
    host.send("play", [{}, 1], 1);
    const request = { surface: { x: [0, 1], y: [0, 1], columns: 1, rows: 1 } };
    let frames = 0;
    let id = host.send("frame", [request], 1);
    const end = clock.now() + 1000;
    while (clock.now() < end) {
      await clock.advance(1);
      if (!replyTo(id)) continue;
      frames += 1;
      id = host.send("frame", [request], 1);
    }
    assert.ok(engine.log.trained * 0.5 >= 800, `${engine.log.trained} steps`);
    assert.ok(frames >= 8, `${frames} frames`);
  });

  it("tell what they cost the worker", async () => {
    const host = await hostWithRun(createFakeEngine(clock, { frameTime: 20 }));
    const id = host.send("frame", [{ surface: { x: [0, 1], y: [0, 1], columns: 1, rows: 1 } }], 1);
    await clock.advance(30);
    assert.equal(replyTo(id).result.cost, 20);
  });

  it("are refused with the place of what is wrong", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    /** @type {[any, string][]} */
    const cases = [
      [{ surfaces: true }, "request.surfaces"],
      [{ evaluate: ["all"] }, "request.evaluate[0]"],
      [{ outcomes: "train" }, "request.outcomes"],
      [{ sums: { x: [0, 1] } }, "request.sums.columns"],
      [{ neurons: { x: [0, 1], columns: 1e9, rows: 1 } }, "request.neurons.columns"],
      [null, "request"],
    ];
    for (const [request, path] of cases) {
      const id = host.send("frame", [request], 1);
      await clock.advance(0);
      assert.equal(replyTo(id).error.path, path);
    }
  });
});

describe("evaluations in parts", () => {
  it("take a small part of training's time, and are of one moment", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    host.send("play", [{}, 1], 1);
    await clock.advance(20);
    const id = host.send("assess", [{ train: 100, test: 50 }], 1);
    const before = engine.log.trained;
    const started = clock.now();
    while (!replyTo(id)) await clock.advance(1);
    const { result } = replyTo(id);
    assert.equal(result.train.loss, result.progress.step);
    assert.equal(result.test.loss, result.progress.step);
    assert.ok(engine.log.trained > result.progress.step, "training went on meanwhile");
    const share = ((engine.log.trained - before) * 0.5) / (clock.now() - started);
    assert.ok(share > 0.85, `training had ${share} of the time`);
  });

  it("are done at once where nothing else wants the thread, with frames between their parts", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    const id = host.send("assess", [{ train: 100, test: 100 }], 1);
    await clock.advance(3);
    assert.deepEqual(replyTo(id).result, { progress: { step: 0, epoch: 0, loss: Number.NaN, status: "ready", stepsPerSecond: 0 }, train: { loss: 0 }, test: { loss: 0 } });
  });

  it("use the pauses of a run that keeps to a rate", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    host.send("play", [{ stepsPerSecond: 10 }, 1], 1);
    const id = host.send("assess", [{ train: 100 }], 1);
    await clock.advance(50);
    assert.ok(replyTo(id).result.train);
  });

  it("leave out a split without rows, and begin again when the run is changed", async () => {
    const engine = createFakeEngine(clock);
    const host = hostOf(engine);
    host.send("createRun", [{ noTest: true }, "reproducible"], 1);
    await settle();
    host.send("play", [{}, 1], 1);
    const id = host.send("assess", [{ train: 100, test: 100 }], 1);
    await clock.advance(2);
    host.send("update", [{ training: {} }], 1);
    await clock.advance(100);
    const { result } = replyTo(id);
    assert.ok(result.progress.step > 0);
    assert.deepEqual(Object.keys(result).toSorted(), ["progress", "train"]);
  });

  it("come one at a time, with whole numbers of rows, and end with their run", async () => {
    const engine = createFakeEngine(clock);
    const host = await hostWithRun(engine);
    host.send("play", [{}, 1], 1);
    const id = host.send("assess", [{ train: 100 }], 1);
    const second = host.send("assess", [{ train: 100 }], 1);
    host.send("dispose", [], 1);
    await settle();
    assert.equal(replyTo(second).error.code, "invalid-argument");
    assert.equal(replyTo(id).error.code, "disposed");
    const other = await hostWithRun(engine);
    const wrong = other.send("assess", [{ train: 0 }], 1);
    await settle();
    assert.equal(replyTo(wrong).error.path, "rows.train");
  });
});

describe("commands", () => {
  it("fail with what the engine said, and the host goes on", async () => {
    const host = hostOf(createFakeEngine(clock));
    const wrong = host.send("createRun", [{ wrong: true }, "reproducible"], 1);
    const none = host.send("parameters", [], 5);
    await settle();
    assert.deepEqual(replyTo(wrong).error, {
      name: "EngineError",
      code: "invalid-document",
      path: "wrong",
      message: "wrong: expected right",
    });
    assert.equal(replyTo(none).error.code, "disposed");
    const unknown = host.send("createRun", [{}, "reproducible"], 2);
    await settle();
    for (const name of ["constructor", "__proto__", "toString", "hack"]) {
      const id = host.send(name, [], 2);
      await settle();
      assert.equal(replyTo(id).error.code, "invalid-argument", name);
    }
    assert.ok(replyTo(unknown).result);
  });

  it("wait for a run that is being made", async () => {
    const host = hostOf(createFakeEngine(clock));
    const made = host.send("createRun", [{}, "reproducible"], 1);
    const asked = host.send("parameters", [], 1);
    await settle();
    assert.ok(replyTo(asked).result);
    assert.ok(posted.indexOf(replyTo(made)) < posted.indexOf(replyTo(asked)));
  });

  it("that change the run answer with its new document and progress", async () => {
    const host = await hostWithRun(createFakeEngine(clock));
    const id = host.send("update", [{ training: { l1: 1 } }], 1);
    await settle();
    assert.deepEqual(replyTo(id).experiment.training, { l1: 1 });
    assert.equal(replyTo(id).progress.step, 0);
  });
});

describe("engines", () => {
  it("fall back to the reproducible one where the fast one cannot be had", async () => {
    const engine = createFakeEngine(clock);
    const host = hostOf(engine, async (/** @type {unknown} */ _, /** @type {string} */ variant) => {
      if (variant === "fast") throw new EngineError("unsupported", "no relaxed SIMD");
      return engine;
    });
    const id = host.send("createRun", [{}, "fast"], 1);
    await settle();
    assert.equal(replyTo(id).result.variant, "reproducible");
  });

  it("are loaded ahead when the start says which", async () => {
    const loads = /** @type {string[]} */ ([]);
    const engine = createFakeEngine(clock);
    const host = hostOf(engine, async (/** @type {unknown} */ _sources, /** @type {string} */ variant) => {
      loads.push(variant);
      return engine;
    });
    host.send("start", [{ reproducible: null, fast: null }, "fast"]);
    await settle();
    assert.deepEqual(loads, ["fast"]);
    host.send("createRun", [{}, "fast"], 1);
    await settle();
    assert.deepEqual(loads, ["fast"], "and not again");
  });

  it("are loaded once, and once more after a failure", async () => {
    const engine = createFakeEngine(clock);
    let loads = 0;
    const host = hostOf(engine, async () => {
      loads += 1;
      if (loads === 1) throw new EngineError("unsupported", "offline");
      return engine;
    });
    const first = host.send("check", [{}]);
    await settle();
    assert.equal(replyTo(first).error.code, "unsupported");
    const [second, third] = [host.send("check", [{}]), host.send("check", [{}])];
    await settle();
    assert.ok(replyTo(second).result && replyTo(third).result);
    assert.equal(loads, 2);
  });

  it("that trap end the worker: the page is told, whoever was waiting", async () => {
    const playing = await hostWithRun(createFakeEngine(clock, { trapAt: 20 }));
    playing.send("play", [{}, 1], 1);
    await clock.advance(100);
    assert.equal(events("fatal").length, 1);
    assert.equal(events("fatal")[0].error.code, "internal");
    posted = [];
    const asked = await hostWithRun(createFakeEngine(clock, { trapAt: 20 }));
    const id = asked.send("step", [50], 1);
    await clock.advance(100);
    assert.equal(replyTo(id).error.code, "internal");
    assert.equal(events("fatal").length, 1);
  });
});
