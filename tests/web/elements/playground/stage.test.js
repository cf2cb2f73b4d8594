// What each drawing is drawn from: a choice that concerns one leaves the other as it is.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEngine } from "mlp-playground";
import { networkParts, surfaceParts } from "../../../../web/src/elements/playground/stage.js";
import { translator } from "../../../../web/src/text/text.js";

/** @import { FilledExperiment } from '../../../../web/src/engine/types.js' */
/** @import { Scene } from '../../../../web/src/elements/playground/stage.js' */

const engine = await createEngine({ variant: "reproducible" });
const points = { x: new Float32Array(2), y: new Float32Array(2), values: new Float32Array(2), rows: 2 };

/** Made anew each time, as the lab does. @returns {Scene} */
const sceneOf = () => ({
  experiment,
  catalog,
  classes: 2,
  targetReach: 1,
  inputs: ["x₁", "x₂"],
  showTrain: true,
  showTest: false,
  discrete: false,
  logarithmic: false,
  edgeNumbers: "none",
  chosen: [0.5, 1],
  area: { x: [-6, 6], y: [-6, 6] },
  marks,
  language: "en",
  t: translator("en"),
});
const catalog = engine.catalog();
const experiment = /** @type {FilledExperiment} */ (engine.createRun({}).experiment);
/** @type {Scene['marks']} */
const marks = [];

/** @param {Partial<Scene>} change */
function concerned(change) {
  const [before, after] = [sceneOf(), { ...sceneOf(), ...change }];
  return Object.entries({ surface: surfaceParts, network: networkParts })
    .filter(([, parts]) => parts(after).some((part, index) => part !== parts(before)[index]))
    .map(([name]) => name);
}

describe("a change of what is on the stage", () => {
  it("of nothing draws nothing, though areas and lists are made anew", () => {
    assert.deepEqual(concerned({}), []);
    assert.deepEqual(concerned({ logarithmic: true }), []);
  });

  it("draws the surface alone where the network has no part in it", () => {
    for (const change of /** @type {Partial<Scene>[]} */ ([
      { cross: [1, 2] },
      { chosen: [0.5, 2] },
      { chosen: undefined, cross: [0.5, 1] },
      { area: { x: [-6, 6], y: [-6, 5] } },
      { showTest: true },
      { showTrain: false },
      { discrete: true },
      { inspected: { layer: 0, unit: 0 } },
      { train: points },
      { test: points },
      { batch: points },
      { marks: [() => undefined] },
      { extras: {} },
      { targetReach: 2 },
    ])) {
      assert.deepEqual(concerned(change), ["surface"], JSON.stringify(change));
    }
  });

  it("draws the network alone where the surface has none", () => {
    for (const change of /** @type {Partial<Scene>[]} */ ([
      { neuron: { layer: 0, unit: 1 } },
      { selected: { layer: 0, unit: 1, source: 0 } },
      { lit: { layer: 0, unit: 1 } },
      { ailments: [["dead"]] },
      { edgeNumbers: "all" },
      { inputs: ["x₁", "x₂²"] },
      { featureGrids: new Map() },
      { flow: { paint: () => undefined } },
    ])) {
      assert.deepEqual(concerned(change), ["network"], JSON.stringify(change));
    }
  });

  it("draws both for other settings", () => {
    assert.deepEqual(concerned({ experiment: { ...experiment } }), ["surface", "network"]);
    assert.deepEqual(concerned({ classes: 3 }), ["surface", "network"]);
  });
});
