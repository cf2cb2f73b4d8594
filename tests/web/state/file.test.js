// Experiment files: the document as JSON, bulk arrays in base64.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EngineError, createEngine } from "mlp-playground";
import { decodeFile, encodeFile } from "../../../web/src/state/file.js";

/** @param {RegExp} message */
const badFile = (message) => (/** @type {unknown} */ error) => {
  assert.ok(error instanceof EngineError, String(error));
  assert.equal(error.code, "bad-file");
  assert.match(error.message, message);
  return true;
};

describe("a file", () => {
  it("is the document itself, and comes back", () => {
    const experiment = { version: 1, data: { id: "xor", samples: 30 }, training: { l1: 0.5 } };
    const text = encodeFile({ experiment });
    assert.deepEqual(JSON.parse(text), experiment);
    assert.deepEqual(decodeFile(text), { experiment });
  });

  it("carries own points, weights and the state of training", async () => {
    const engine = await createEngine({ variant: "reproducible" });
    const experiment = { data: { id: "table", columns: 1, inputs: Float32Array.of(0, 1, 2), labels: [0, 1, 1] } };
    const run = engine.createRun(experiment);
    run.train({ steps: 20 });
    const parameters = run.parameters();
    const snapshot = run.snapshot();
    const text = encodeFile({
      experiment: { ...run.experiment, data: { ...run.experiment.data, ...experiment.data } },
      parameters,
      snapshot,
    });
    const back = decodeFile(text);
    assert.deepEqual(back.parameters, parameters);
    assert.deepEqual(back.snapshot, snapshot);
    assert.deepEqual(back.experiment.data?.labels, Uint32Array.of(0, 1, 1));
    const other = engine.createRun(back.experiment);
    other.restore(/** @type {Uint8Array} */ (back.snapshot));
    assert.deepEqual(other.train({ steps: 20 }), run.train({ steps: 20 }));
    assert.deepEqual(other.parameters(), run.parameters());
  });

  it("keeps bytes of images, whatever part of a buffer they are", () => {
    const images = new Uint8Array(100).map((_, i) => i).subarray(10, 50);
    const back = decodeFile(encodeFile({ experiment: { data: { id: "idx", images, labels: new Uint8Array(4) } } }));
    assert.deepEqual(back.experiment.data?.images, new Uint8Array(images));
  });

  it("carries what a lab has beside the document", () => {
    const own = { digits: Uint8Array.of(4, 5), used: false, classNames: ["T-shirt", "包"] };
    assert.deepEqual(decodeFile(encodeFile({ experiment: { version: 1 }, own })), { experiment: { version: 1 }, own });
    assert.deepEqual(decodeFile('{"version":1,"own":{}}').own, {});
  });

  it("large arrays included", () => {
    const parameters = new Float32Array(300_000).map((_, i) => i / 3);
    assert.deepEqual(decodeFile(encodeFile({ experiment: {}, parameters })).parameters, parameters);
  });

  it("written by hand may hold plain lists", () => {
    const text = '{ "version": 1, "data": { "id": "table", "columns": 1, "inputs": [1, 2], "targets": [3, 4] } }';
    assert.deepEqual(decodeFile(text).experiment.data, { id: "table", columns: 1, inputs: [1, 2], targets: [3, 4] });
  });
});

describe("a file that is none", () => {
  /** @type {[string, RegExp][]} */
  const cases = [
    ["", /JSON/],
    ["{", /JSON/],
    ["[]", /got a list/],
    ["null", /got null/],
    ['"version"', /got "version"/],
    ["{}", /version: expected 1, got none/],
    ['{"version":2}', /version: expected 1, got 2/],
    ['{"version":1,"evil":1}', /evil: unknown/],
    ['{"version":1,"__proto__":{"polluted":1}}', /__proto__: unknown/],
    ['{"version":1,"parameters":5}', /parameters: expected an object/],
    ['{"version":1,"parameters":{"type":"float32","base64":"AAA"}}', /base64/],
    ['{"version":1,"parameters":{"type":"float32","base64":"AAA="}}', /multiple of 4/],
    ['{"version":1,"parameters":{"type":"toString","base64":""}}', /a type of/],
    ['{"version":1,"parameters":{"type":"uint8","base64":""}}', /float32/],
    ['{"version":1,"snapshot":{"type":"float32","base64":""}}', /uint8/],
    ['{"version":1,"own":[]}', /own: expected an object/],
    ['{"version":1,"own":{"digit":1}}', /own\.digit: unknown; expected digits, used or classNames/],
    ['{"version":1,"own":{"digits":{"type":"float32","base64":""}}}', /own\.digits: expected the type uint8/],
    ['{"version":1,"own":{"used":1}}', /own\.used: expected true or false/],
    ['{"version":1,"own":{"classNames":["a",5]}}', /own\.classNames: expected a list/],
    ['{"version":1,"data":{"inputs":{"type":"float32"}}}', /data\.inputs: expected base64/],
  ];
  for (const [text, message] of cases) {
    it(text || "nothing", () => assert.throws(() => decodeFile(text), badFile(message)));
  }

  it("pollutes no prototype", () => {
    const { experiment } = decodeFile('{"version":1,"data":{"__proto__":{"polluted":1}}}');
    assert.equal(/** @type {Record<string, unknown>} */ ({}).polluted, undefined);
    assert.equal(/** @type {Record<string, unknown>} */ (experiment.data ?? {}).polluted, undefined);
  });

  it("is refused by its size before it is read", () => {
    const huge = { length: 2 ** 40 };
    assert.throws(() => decodeFile(/** @type {never} */ (huge)), badFile(/at most/));
  });
});

describe("what cannot be written", () => {
  it("is data that are only described", () => {
    const experiment = { data: { id: "table", inputs: { type: "float32", length: 4 } } };
    assert.throws(
      () => encodeFile({ experiment }),
      (error) => error instanceof EngineError && error.code === "needs-data",
    );
  });
});
