// Locked and cut parameters as the page's edits have them. Every document that comes out is one that the engine takes without a word.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { withDataset, withFeature, withHiddenLayers, withLayer, withLoss, withSkip } from '../../../web/src/state/edits.js';
import { heldPlaces, isCut, isHeld, pathOf, withCut, withHeld } from '../../../web/src/state/locks.js';
import { sourcesOf } from '../../../web/src/state/parameter-layout.js';

/** @import { Catalog, FilledExperiment } from '../../../web/src/engine/types.js' */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());

/**
 * The engine accepts it, and fills it in.
 * @param {import('../../../web/src/engine/types.js').Experiment} experiment
 * @returns {FilledExperiment}
 */
function accepted(experiment) {
  const { experiment: filled, issues } = engine.check(experiment);
  assert.deepEqual(issues, []);
  return /** @type {FilledExperiment} */ (filled);
}

/**
 * Features x₁ and x₂, hidden layers of 3 and 2 neurons, one output.
 * @param {Record<string, unknown>} network
 */
const start = (network) =>
  accepted({
    network: { layers: [{ units: 3, activation: 'tanh' }, { units: 2, activation: 'tanh' }, { activation: 'identity' }], ...network },
  });

/** @param {FilledExperiment} experiment */
const pathsOf = (experiment) => {
  const { network } = accepted(experiment);
  return [network.locked, network.cut];
};

describe('locking', () => {
  const first = { layer: 0, unit: 0, source: 1 };

  it('names weights, biases and neurons', () => {
    assert.deepEqual([first, { layer: 1, unit: 2, source: -1 }, { layer: 1, unit: 2 }].map(pathOf), ['0.0.1', '1.2.bias', '1.2']);
  });

  it('goes on and off', () => {
    const locked = withHeld(start({}), first, true);
    assert.deepEqual(pathsOf(locked), [['0.0.1'], []]);
    assert.equal(isHeld(locked.network, first), true);
    assert.equal(isHeld(locked.network, { layer: 0, unit: 0 }), false);
    assert.deepEqual(pathsOf(withHeld(locked, first, false)), [[], []]);
  });

  it('of a neuron takes in its weights, and of a weight leaves the rest of its neuron locked', () => {
    const neuron = withHeld(withHeld(start({}), first, true), { layer: 0, unit: 0 }, true);
    assert.deepEqual(neuron.network.locked, ['0.0']);
    assert.equal(isHeld(neuron.network, first), true);
    assert.equal(withHeld(neuron, first, true), neuron, 'it is locked already');
    assert.deepEqual(pathsOf(withHeld(neuron, first, false)), [['0.0.bias', '0.0.0'], []]);
    assert.deepEqual(pathsOf(withHeld(neuron, { layer: 0, unit: 0 }, false)), [[], []]);
  });

  it('of a layer comes apart where a part is unlocked', () => {
    const layer = start({ locked: ['1'] });
    assert.deepEqual(heldPlaces(layer.network), [
      { layer: 1, unit: 0 },
      { layer: 1, unit: 1 },
    ]);
    assert.deepEqual(pathsOf(withHeld(layer, { layer: 1, unit: 0 }, false)), [['1.1'], []]);
    const freed = withHeld(layer, { layer: 1, unit: 0, source: -1 }, false);
    assert.deepEqual(pathsOf(freed), [['1.1', '1.0.0', '1.0.1', '1.0.2'], []]);
  });

  it('knows the weights of a skip edge', () => {
    const skipping = start({ skip: true, locked: ['2.0'] });
    assert.equal(sourcesOf(skipping, 2), 4);
    assert.equal(sourcesOf(skipping, 1), 3);
    assert.equal(pathsOf(withHeld(skipping, { layer: 2, unit: 0, source: 3 }, false))[0]?.length, 4);
  });
});

describe('cutting', () => {
  it('goes on and off', () => {
    const place = { layer: 1, unit: 1, source: 2 };
    const cut = withCut(start({}), place, true);
    assert.deepEqual(pathsOf(cut), [[], ['1.1.2']]);
    assert.equal(isCut(cut.network, place), true);
    assert.deepEqual(pathsOf(withCut(cut, place, false)), [[], []]);
  });
});

describe('a change of shape keeps what is still there', () => {
  const network = { locked: ['0', '0.2', '1.1.bias', '2.0.1'], cut: ['0.0.1', '1.0.2'] };

  it('when a layer shrinks and grows', () => {
    assert.deepEqual(pathsOf(withLayer(start(network), 0, { units: 2 })), [['0', '1.1.bias', '2.0.1'], ['0.0.1']]);
    assert.deepEqual(pathsOf(withLayer(start(network), 1, { units: 1 })), [
      ['0', '0.2'],
      ['0.0.1', '1.0.2'],
    ]);
    assert.deepEqual(pathsOf(withLayer(start(network), 0, { units: 8 })), [network.locked, network.cut]);
  });

  it('when layers come and go', () => {
    assert.deepEqual(pathsOf(withHiddenLayers(start(network), 3)), [['0', '0.2', '1.1.bias'], network.cut]);
    assert.deepEqual(pathsOf(withHiddenLayers(start(network), 1)), [['0', '0.2'], ['0.0.1']]);
    const none = withHiddenLayers(start({ ...network, skip: true }), 0);
    assert.deepEqual(pathsOf(none), [[], []]);
    assert.equal(none.network.skip, false);
  });

  it('when features come and go, under their new numbers', () => {
    const without = withFeature(start({ ...network, skip: true, locked: ['0.0.0', '2.0.2', '2.0.3'] }), 'x1', catalog);
    assert.deepEqual(pathsOf(without), [['2.0.2'], ['0.0.0', '1.0.2']]);
    const again = withFeature(without, 'x1', catalog);
    assert.deepEqual(pathsOf(again), [['2.0.3'], network.cut]);
  });

  it('when the skip edge comes, goes, or moves with the layer before it', () => {
    const skipping = start({ skip: true, locked: ['2.0.1', '2.0.3'] });
    assert.deepEqual(pathsOf(withLayer(skipping, 1, { units: 5 })), [['2.0.1', '2.0.6'], []]);
    assert.deepEqual(pathsOf(withLayer(skipping, 1, { units: 1 })), [['2.0.2'], []]);
    assert.deepEqual(pathsOf(withSkip(skipping, false)), [['2.0.1'], []]);
    assert.deepEqual(pathsOf(withSkip(start(network), true)), [network.locked, network.cut]);
  });

  it('when data or loss have other outputs', () => {
    const blobs = withDataset(start({ locked: ['2.0', '0.1'] }), 'blobs', catalog);
    accepted(blobs);
    const three = accepted({
      data: { id: 'rings' },
      network: { layers: [{ units: 4, activation: 'tanh' }, { activation: 'identity' }], locked: ['1.2', '1.0.bias'] },
    });
    assert.deepEqual(pathsOf(withDataset(three, 'xor', catalog)), [['1.0.bias'], []]);
    const two = withLoss(start({ locked: ['2.0'] }), 'cross-entropy', catalog);
    assert.deepEqual(pathsOf(two), [['2.0'], []]);
    assert.deepEqual(
      pathsOf(
        withLoss({ ...accepted(two), network: { ...accepted(two).network, locked: ['2.1', '2.0.0'] } }, 'binary-cross-entropy', catalog),
      ),
      [['2.0.0'], []],
    );
  });
});
