// The reproducible module under Node.js trains to the same bits as every other build.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { fnv1a } from '../support/hash.js';

/** @type {{ runs: { name: string, hashes: Record<string, string>, document: object }[] }} */
const fixtures = JSON.parse(await readFile(new URL('../fixtures/reproducibility.json', import.meta.url), 'utf8'));

describe('the reproducible module', async () => {
  const engine = await createEngine({ variant: 'reproducible' });
  for (const { name, hashes, document } of fixtures.runs) {
    it(`gives the same bits as every other build: ${name}`, () => {
      const run = engine.createRun(document);
      try {
        for (const [count, hash] of Object.entries(hashes)) {
          run.train({ steps: Number(count) - run.progress.step });
          assert.equal(fnv1a(new Uint8Array(run.parameters().buffer)), hash, `after ${count} steps`);
        }
      } finally {
        run.dispose();
      }
    });
  }
});
