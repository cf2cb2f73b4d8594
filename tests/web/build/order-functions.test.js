// The order of a module's functions, for gzip.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { orderOf, readFunctions } from '../../../web/build/order-functions.js';

describe('functions that resemble each other', () => {
  it('come one after the other, and none is lost', () => {
    const [loop, table, copy] = [
      'for each unit add its input',
      'one two three four five six',
      'Each unit adds up: for each unit add its input',
    ];
    const bodies = [loop, table, 'seven', copy].map((text) => new TextEncoder().encode(text));
    const order = orderOf(bodies);
    assert.deepEqual(order.slice(0, 2), [0, 3]);
    assert.deepEqual(order.toSorted(), [0, 1, 2, 3]);
  });

  it('stand together in the modules that were built', async () => {
    /** @param {readonly Uint8Array[]} bodies */
    const packed = (bodies) => gzipSync(Buffer.concat(bodies)).length;
    for (const variant of ['reproducible', 'fast']) {
      const { bodies } = readFunctions(await readFile(new URL(`../../../web/generated/mlp-${variant}.wasm`, import.meta.url)));
      assert.ok(bodies.length > 100);
      // By their size is better than as the linker leaves them, and worse than by what they have in common.
      const bySize = bodies.toSorted((a, b) => a.length - b.length);
      assert.ok(packed(bodies) < 0.99 * packed(bySize), `${variant}: ${packed(bodies)} bytes, by size ${packed(bySize)}`);
    }
  });
});
