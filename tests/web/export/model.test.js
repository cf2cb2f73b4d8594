// The network as exporters take it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createModel, nameOf, shapeOf } from '../../../web/src/export/model.js';
import { cases, catalog } from './support.js';

const { defaults } = catalog;

/** @param {number} size @param {Partial<Parameters<typeof createModel>[0]>} [others] */
const modelOf = (size, others) =>
  createModel({ experiment: defaults, catalog, columns: 2, parameters: Float32Array.from({ length: size }, (_, i) => i), ...others });

describe('a model', () => {
  it('cuts the parameters into the tensors of a PyTorch module', () => {
    const { tensors, layers } = modelOf(25);
    assert.deepEqual(
      tensors.map(({ name, shape, values }) => [name, shape.join(' x '), values[0]]),
      [
        ['layer1.weight', '4 x 2', 0],
        ['layer1.bias', '4', 8],
        ['layer2.weight', '2 x 4', 12],
        ['layer2.bias', '2', 20],
        ['layer3.weight', '1 x 2', 22],
        ['layer3.bias', '1', 24],
      ],
    );
    assert.deepEqual([...layers[2].weights], [22, 23]);
  });

  it('has all parameters of every network, in their order', () => {
    for (const { name, model, parameters } of cases) {
      assert.deepEqual(
        model.tensors.flatMap(({ values }) => [...values]),
        [...parameters],
        name,
      );
    }
  });

  it('puts learned parameters behind the biases of their layer, and gives the output layer the inputs where it sees them', () => {
    const entry = {
      id: 'bent',
      label: { en: '', zh: '' },
      formula: '',
      source: '',
      parameters: [{ name: 'slope', fallback: 0.25, learned: true }],
    };
    const experiment = {
      ...defaults,
      network: {
        ...defaults.network,
        skip: true,
        layers: [
          { units: 3, activation: 'bent' },
          { units: 1, activation: 'identity' },
        ],
      },
    };
    const bent = /** @type {typeof catalog} */ (/** @type {unknown} */ ({ ...catalog, activations: [...catalog.activations, entry] }));
    const { layers, tensors } = modelOf(16, { experiment, catalog: bent });
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ['layer1.weight', 'layer1.bias', 'slope1', 'layer2.weight', 'layer2.bias'],
    );
    assert.deepEqual(layers[0].activation.parameters, { slope: 9 });
    assert.deepEqual([layers[1].skip, layers[1].sources], [true, 5]);
  });

  it('refuses parameters that do not fit, or are not finite', () => {
    assert.throws(() => modelOf(24), /parameters: expected 25 numbers, got 24/);
    const parameters = new Float32Array(25);
    parameters[13] = Number.NaN;
    assert.throws(() => modelOf(25, { parameters }), /layer2\.weight: expected finite numbers, got NaN/);
  });

  it('answers probabilities where the loss is on logits', () => {
    /** @param {string} loss */
    const outcome = (loss) => modelOf(25, { experiment: { ...defaults, training: { ...defaults.training, loss } } }).outcome;
    assert.deepEqual(['binary-cross-entropy', 'cross-entropy', 'mse', 'hinge'].map(outcome), ['sigmoid', 'softmax', 'raw', 'raw']);
  });

  it('scales by one number for all inputs, or by one for each', () => {
    assert.equal(modelOf(25, { scaling: { scale: 1, offset: 0 } }).scaling, null);
    assert.deepEqual(modelOf(25, { scaling: { scale: 2, offset: 0 } }).scaling, { scale: Float32Array.of(2), offset: Float32Array.of(0) });
    assert.deepEqual(modelOf(25, { scaling: { scale: [2, 3], offset: [0, 1] } }).scaling?.scale, Float32Array.of(2, 3));
  });

  it('has a shape and a name', () => {
    const features = { ...defaults, data: { ...defaults.data, features: ['x1', 'x2', 'sin-x1'] } };
    assert.equal(shapeOf(modelOf(29, { experiment: features })), '2 → 3 → 4 → 2 → 1');
    assert.equal(shapeOf(modelOf(25)), '2 → 4 → 2 → 1');
    assert.equal(nameOf(modelOf(25)), 'circle-2-4-2-1');
  });
});
