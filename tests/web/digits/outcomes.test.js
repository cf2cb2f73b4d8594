// Mistakes in order.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { confusedPairs, worstFirst } from '../../../web/src/digits/outcomes.js';

describe('mistakes', () => {
  const labels = [5, 4, 5, 1, 5, 5];
  const predicted = [6, 4, 5, 7, 3, 6];
  const losses = [1.5, 9, 0.1, 4, Number.NaN, 2.5];

  it('stand with the largest loss first; one that is not a number is the largest; what was right is none', () => {
    assert.deepEqual(worstFirst(labels, { losses, predicted }), [4, 3, 5, 0]);
  });

  it('can be those of one digit taken for one other', () => {
    assert.deepEqual(worstFirst(labels, { losses, predicted }, { label: 5, guess: 6 }), [5, 0]);
  });

  it('keep the order of the digits where losses are equal, and end where the outcomes end', () => {
    assert.deepEqual(worstFirst([1, 1, 1, 1], { losses: [2, 2, 2], predicted: [0, 0, 0] }), [0, 1, 2]);
  });

  it('are none where no class is predicted', () => {
    assert.deepEqual(worstFirst(labels, { losses }), []);
  });
});

it('the pairs that are confused most stand first, never those that are right or never were', () => {
  const counts = [50, 2, 0, 7, 40, 1, 0, 3, 60];
  assert.deepEqual(confusedPairs(counts, 3, 3), [
    { label: 1, guess: 0, count: 7 },
    { label: 2, guess: 1, count: 3 },
    { label: 0, guess: 1, count: 2 },
  ]);
  assert.equal(confusedPairs(counts, 3, 10).length, 4);
});
