// Where neurons change piece.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { foldLevels, kindOfFolds } from '../../../../web/src/elements/playground/folds.js';

const catalog = JSON.parse(await readFile(new URL('../../../../web/generated/catalog.json', import.meta.url), 'utf8'));

/** @param {string[]} activations */
const withLayers = (...activations) => ({
  version: 1,
  data: { id: 'circle' },
  network: { layers: activations.map((activation) => ({ activation })) },
  training: {},
});

describe('folds', () => {
  it('lie at the ends of each straight piece', () => {
    assert.deepEqual(foldLevels('relu', catalog), [0]);
    assert.deepEqual(foldLevels('identity', catalog), []);
    assert.deepEqual(foldLevels('hard-sigmoid', catalog), [-3, 3]);
    assert.deepEqual(foldLevels({ id: 'hardtanh', min: -2, max: 0.5 }, catalog), [-2, 0.5]);
    assert.deepEqual(foldLevels('hardtanh', catalog), [-1, 1]);
  });

  it('are of one kind or of both; the output counts only where it has some', () => {
    assert.equal(kindOfFolds(withLayers('relu', 'leaky-relu', 'identity')), 'straight');
    assert.equal(kindOfFolds(withLayers('tanh', 'identity')), 'smooth');
    assert.equal(kindOfFolds(withLayers('relu', 'tanh', 'identity')), 'mixed');
    assert.equal(kindOfFolds(withLayers('relu', 'sigmoid')), 'straight');
    assert.equal(kindOfFolds(withLayers('identity', 'relu')), 'straight');
    assert.equal(kindOfFolds(withLayers('identity')), 'none');
  });
});
