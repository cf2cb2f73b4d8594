// What everybody downloads before anything trains: the engine with the JavaScript that loads it, as the site ships them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

/** Bytes, gzipped. */
const budget = 90_000;

describe('the engine and its glue', () => {
  for (const variant of ['reproducible', 'fast']) {
    it(`stay within ${budget / 1000} KB: ${variant}`, async () => {
      let size = 0;
      for (const extension of ['wasm', 'mjs']) {
        size += gzipSync(await readFile(new URL(`../../web/generated/mlp-${variant}.${extension}`, import.meta.url)), { level: 9 }).length;
      }
      assert.ok(size <= budget, `${size} bytes`);
    });
  }
});
