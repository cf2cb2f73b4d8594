// Weights of a later layer, multiplied back to the pixels.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { traceBack } from '../../../web/src/digits/trace-back.js';

describe('weights traced back to the inputs', () => {
  it('are the product of the layers', () => {
    // [[1, 2], [3, 4], [5, 6]] on two inputs, then [[1, 0, -1], [2, 1, 0]]; biases stand between and count for nothing.
    const parameters = [1, 2, 3, 4, 5, 6, 9, 9, 9, 1, 0, -1, 2, 1, 0, 9, 9];
    const layers = [
      { units: 3, sources: 2, offset: 0 },
      { units: 2, sources: 3, offset: 9 },
    ];
    assert.deepEqual([...traceBack(parameters, layers, 2)], [-4, -4, 5, 8]);
    assert.deepEqual([...traceBack(parameters, layers, 1)], [-4, -4]);
    assert.deepEqual([...traceBack(parameters, layers.slice(0, 1), 3)], [1, 2, 3, 4, 5, 6]);
  });

  it('count what a layer sees of the inputs past its neighbours', () => {
    const parameters = [1, 2, 9, 3, 10, 20, 9];
    const layers = [
      { units: 1, sources: 2, offset: 0 },
      { units: 1, sources: 3, offset: 3 },
    ];
    assert.deepEqual([...traceBack(parameters, layers, 1)], [3 * 1 + 10, 3 * 2 + 20]);
  });
});
