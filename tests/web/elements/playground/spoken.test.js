// What those hear of the drawings who do not see them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEngine } from "mlp-playground";
import { spokenNetwork, spokenPlane } from "../../../../web/src/elements/playground/spoken.js";
import { translator } from "../../../../web/src/text/text.js";

/** @import { FilledExperiment } from '../../../../web/src/engine/types.js' */
/** @import { Ailment } from '../../../../web/src/elements/playground/statistics.js' */

const engine = await createEngine({ variant: "reproducible" });

/** @param {number} rows */
const points = (rows) => ({ x: new Float32Array(rows), y: new Float32Array(rows), values: new Float32Array(rows), rows });

describe("the surface in words", () => {
  const scene = { classes: 2, language: /** @type {const} */ ("en"), train: points(200), test: points(3) };

  it("tells how many points of each split lie on the wrong side", () => {
    const evaluations = { train: { loss: 1, accuracy: 0.94 }, test: { loss: 1, accuracy: 2 / 3 } };
    assert.equal(spokenPlane("Plane", scene, evaluations), "Plane. Misclassified: 12 of 200 training points, 1 of 3 test points.");
    assert.equal(
      spokenPlane("决策面", { ...scene, language: "zh" }, evaluations),
      "决策面。200个训练点中判错12个，3个测试点中判错1个。",
    );
    assert.equal(
      spokenPlane("Plane", { ...scene, train: points(1), test: undefined }, { train: { loss: 1, accuracy: 1 } }),
      "Plane. Misclassified: 0 of 1 training point.",
    );
  });

  it("says no more where nothing was evaluated, nor of a regression", () => {
    assert.equal(spokenPlane("Plane", scene, {}), "Plane");
    assert.equal(spokenPlane("Plane", { ...scene, classes: 0 }, { train: { loss: 1, r2: 0.5 } }), "Plane");
  });
});

describe("the network in words", () => {
  const experiment = /** @type {FilledExperiment} */ (
    engine.createRun({ network: { layers: [{ units: 9 }, { activation: "identity" }] } }).experiment
  );
  /** @param {'en' | 'zh'} language @param {(Ailment | undefined)[][]} [ailments] */
  const sceneOf = (language, ailments) => ({ ailments, catalog: engine.catalog(), experiment, language, t: translator(language) });

  it("names the neurons that learn no more, and counts the rest", () => {
    assert.equal(spokenNetwork("Network.", sceneOf("en")), "Network.");
    assert.equal(
      spokenNetwork("Network.", sceneOf("en", [[undefined, "dead", "saturated", "dead"]])),
      "Network. Dead: layer 1, neuron 2; layer 1, neuron 4. Saturated: layer 1, neuron 3.",
    );
    assert.match(spokenNetwork("Network.", sceneOf("en", [Array(9).fill("dead")])), /neuron 6; and 3 more\.$/);
    assert.match(spokenNetwork("网络。", sceneOf("zh", [["dead"]])), /^网络。已死亡：.+。$/);
  });
});
