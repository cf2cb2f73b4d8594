// The table of formats, and the tables of formulas that each language keeps.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as cpp from "../../../web/src/export/cpp.js";
import { exporters, fileNameOf } from "../../../web/src/export/exporters.js";
import * as javascript from "../../../web/src/export/javascript.js";
import * as latex from "../../../web/src/export/latex.js";
import * as numpy from "../../../web/src/export/numpy.js";
import * as onnx from "../../../web/src/export/onnx.js";
import * as pytorch from "../../../web/src/export/pytorch.js";
import { cases, catalog } from "./support.js";

const languages = { cpp, javascript, latex, numpy, onnx, pytorch };

describe("every language", () => {
  for (const [language, { activations, features }] of Object.entries(languages)) {
    it(`knows every activation and feature of the catalog: ${language}`, () => {
      /** @param {object} table @param {readonly { id: string }[]} entries */
      const missing = (table, entries) => entries.map(({ id }) => id).filter((id) => !Object.hasOwn(table, id));
      assert.deepEqual(missing(activations, catalog.activations), []);
      assert.deepEqual(missing(features, catalog.features), []);
    });

    it(`has the same tables as the others: ${language}`, () => {
      assert.deepEqual(Object.keys(activations), Object.keys(javascript.activations));
      assert.deepEqual(Object.keys(features), Object.keys(javascript.features));
    });
  }
});

describe("the formats", () => {
  const [{ model }] = cases;

  it("have identifiers and file names of their own", () => {
    assert.equal(new Set(exporters.map(({ id }) => id)).size, exporters.length);
    const names = exporters.map((exporter) => fileNameOf(exporter, model));
    assert.equal(new Set(names).size, exporters.length);
    for (const name of names) assert.match(name, /^circle-2-6-4-1[a-z.-]+$/);
  });

  it("are text that is shown, or bytes with a program that reads them", () => {
    for (const { id, encode, usage, kind } of exporters) {
      const encoded = encode(model);
      assert.equal(typeof encoded === "string", usage === undefined, id);
      assert.ok(encoded.length > 100, id);
      if (kind === "code") assert.match(String(encoded), /MLP Playground on the data "circle": 2 → 6 → 4 → 1, 51 parameters/, id);
      if (usage) assert.match(usage(model, "network.file"), /"network\.file"/, id);
    }
  });

  it("say so where a formula is missing", () => {
    const layers = model.layers.map((layer) => ({ ...layer, activation: { ...layer.activation, id: "unheard-of" } }));
    for (const { encode, kind } of exporters) {
      if (kind === "code") assert.throws(() => encode({ ...model, layers }), /unheard-of: has no formula in/);
    }
  });
});
