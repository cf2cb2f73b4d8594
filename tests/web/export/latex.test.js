// The network as mathematics: the exact lines of small networks, the shapes of large ones, and nothing left open in any.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toLatex } from "../../../web/src/export/latex.js";
import { createModel } from "../../../web/src/export/model.js";
import { cases, catalog } from "./support.js";

/** @import { FilledExperiment } from '../../../web/src/engine/types.js' */

const { defaults } = catalog;

/** @param {Partial<FilledExperiment['network']>} network @param {number[]} parameters */
const modelOf = (network, parameters) =>
  createModel({
    experiment: { ...defaults, network: { ...defaults.network, ...network } },
    catalog,
    columns: 2,
    parameters: Float32Array.from(parameters),
  });

/** The lines between the begin and the end. @param {string} text */
const linesOf = (text) =>
  /\\begin\{align\*\}\n([^]*)\n\\end\{align\*\}\n$/
    .exec(text)?.[1]
    .split(" \\\\\n")
    .map((line) => line.trim());

describe("a network as LaTeX", () => {
  it("is written layer by layer, with its numbers and its functions", () => {
    const layers = [
      { units: 2, activation: "tanh" },
      { units: 1, activation: "identity" },
    ];
    const text = toLatex(modelOf({ layers }, [0.5, -1, 1.23456, 0, 0.1, 0.00001234, -2, 3, 0.25]));
    assert.deepEqual(linesOf(text), [
      String.raw`\mathbf{x} &= \left(\begin{array}{r} x_1 \\ x_2 \end{array}\right)`,
      String.raw`\mathbf{a}_{1} &= f_{1}\!\left(\left(\begin{array}{rr} 0.5 & -1 \\ 1.235 & 0 \end{array}\right) \mathbf{x} + \left(\begin{array}{r} 0.1 \\ 1.234 \cdot 10^{-5} \end{array}\right)\right)`,
      String.raw`f_{1}(z) &= \tanh z`,
      String.raw`\mathbf{a}_{2} &= \left(\begin{array}{rr} -2 & 3 \end{array}\right) \mathbf{a}_{1} + \left(\begin{array}{r} 0.25 \end{array}\right)`,
      String.raw`\mathbf{y} &= \sigma(\mathbf{a}_{2}), \quad \sigma(z) = \frac{1}{1 + e^{-z}}`,
    ]);
  });

  it("gives an activation its own numbers, the learned ones as they are now", () => {
    const layers = [
      { units: 1, activation: "prelu" },
      { units: 1, activation: { id: "elu", alpha: 0.5 } },
    ];
    const lines = linesOf(toLatex(modelOf({ layers }, [1, 1, 0, -0.125, 1, 0])));
    assert.ok(lines?.includes(String.raw`f_{1}(z) &= \begin{cases} z & z > 0 \\ (-0.125) \, z & z \le 0 \end{cases}`), lines?.join("\n"));
    assert.ok(lines?.includes(String.raw`f_{2}(z) &= \begin{cases} z & z > 0 \\ 0.5 \, (e^z - 1) & z \le 0 \end{cases}`));
  });

  it("tells a large layer by its shapes, and what an output that sees the inputs is made of", () => {
    const layers = [
      { units: 11, activation: "relu" },
      { units: 1, activation: "identity" },
    ];
    const text = toLatex(modelOf({ layers, skip: true }, Array(11 * 3 + 13 + 1).fill(0.5)));
    assert.match(text, /\\mathbf\{W\}_\{1\} &\\in \\mathbb\{R\}\^\{11 \\times 2\}, \\quad \\mathbf\{b\}_\{1\} \\in \\mathbb\{R\}\^\{11\}/);
    assert.ok(
      text.includes(String.raw`\mathbf{W}_{2} \left(\begin{array}{r} \mathbf{a}_{1} \\ \mathbf{x} \end{array}\right) + \mathbf{b}_{2}`),
    );
    assert.ok(!text.includes("0.5"), "no numbers");
  });

  it("closes what it opens, for every kind of network", () => {
    for (const { name, model } of cases) {
      const text = toLatex(model);
      const count = (/** @type {RegExp} */ pattern) => text.match(pattern)?.length ?? 0;
      for (const [open, close] of [
        [/\{/g, /\}/g],
        [/\\begin\{/g, /\\end\{/g],
        [/\\left\(/g, /\\right\)/g],
      ]) {
        assert.equal(count(open), count(close), name);
      }
      assert.ok(!/undefined|NaN|<|e-\d/.test(text.replace(/^%.*$/gm, "")), name);
      assert.equal(count(/\\mathbf\{a\}_\{\d+\} &= /g), model.layers.length + (model.scaling ? 1 : 0), name);
    }
  });
});
