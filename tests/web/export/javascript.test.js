// The exported JavaScript module, imported as a reader would import it.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { toJavaScript } from '../../../web/src/export/javascript.js';
import { assertClose, cases, folderFor } from './support.js';

describe('the network in JavaScript', () => {
  it('answers as the engine does', async (test) => {
    const folder = await folderFor(test);
    assert.ok(cases.length > 30);
    for (const [index, { name, model, inputs, answers }] of cases.entries()) {
      const file = join(folder, `${index}.mjs`);
      await writeFile(file, toJavaScript(model));
      /** @type {{ predict: (x: ArrayLike<number>) => number[] }} */
      const { predict } = await import(pathToFileURL(file).href);
      const rows = inputs.length / model.columns;
      const actual = Array.from({ length: rows }, (_, row) =>
        predict(inputs.subarray(row * model.columns, (row + 1) * model.columns)),
      ).flat();
      assertClose(name, actual, answers);
    }
  });

  it('depends on nothing', () => {
    for (const { model } of cases) assert.doesNotMatch(toJavaScript(model), /\bimport\b|\brequire\b/);
  });
});
