// What a confusion matrix is made of, and what it tells.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { classScores, confusionOf, rowsOfPair } from '../../../../web/src/elements/playground/confusion.js';

const labels = [0, 0, 1, 2, 1, 0];
const predicted = [0, 1, 1, 0, 1, 0];

it('a confusion matrix counts by true class and by answer, and its rows are found again', () => {
  assert.deepEqual([...confusionOf(labels, predicted, 3)], [2, 1, 0, 0, 2, 0, 1, 0, 0]);
  assert.deepEqual(rowsOfPair(labels, predicted, { label: 0, guess: 1 }), [1]);
  assert.deepEqual(rowsOfPair(labels, predicted, { label: 1, guess: 1 }), [2, 4]);
  assert.deepEqual(rowsOfPair(labels, predicted, { label: 2, guess: 2 }), []);
});

it('recall is of the class’s own points, precision of those taken for it', () => {
  const [first, second, third] = classScores(confusionOf(labels, predicted, 3), 3);
  assert.deepEqual([first.points, first.recall, first.precision], [3, 2 / 3, 2 / 3]);
  assert.deepEqual([second.points, second.recall, second.precision], [2, 1, 2 / 3]);
  assert.equal(third.recall, 0);
  assert.ok(Number.isNaN(third.precision), 'nothing was taken for it');
});
