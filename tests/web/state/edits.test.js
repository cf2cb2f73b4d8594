// What the playground's controls make of an experiment. Every document that comes out is one that the engine takes without a word.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import {
  classesOf,
  columnsOf,
  datasetClasses,
  domainOf,
  entryOf,
  idOf,
  isChoice,
  isNumeric,
  lossFits,
  parameterOf,
  withData,
  withDataset,
  withFeature,
  withHiddenLayers,
  withLayer,
  withLoss,
  withOptimizer,
  withOwnData,
  withParameter,
  withTraining,
} from '../../../web/src/state/edits.js';

/** @import { Catalog, FilledExperiment, Hyperparameter } from '../../../web/src/engine/types.js' */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());
const { defaults } = catalog;
const planar = catalog.datasets.filter(({ dimensions }) => dimensions === 2);

/** @param {FilledExperiment} experiment */
const layersOf = ({ network }) => network.layers.map(({ units, activation }) => [units, idOf(activation)]);

/**
 * The engine accepts it, and fills it in.
 * @param {FilledExperiment} experiment
 * @returns {FilledExperiment}
 */
function accepted(experiment) {
  const { experiment: filled, issues } = engine.check(experiment);
  assert.deepEqual(issues, []);
  return /** @type {FilledExperiment} */ (filled);
}

describe('operations', () => {
  it('are named by a word or by an object', () => {
    assert.equal(idOf('relu'), 'relu');
    assert.equal(idOf({ id: 'leaky-relu', slope: 0.1 }), 'leaky-relu');
    assert.equal(idOf(undefined), '');
    assert.equal(entryOf(catalog.activations, { id: 'tanh' })?.id, 'tanh');
    assert.equal(entryOf(catalog.activations, 'nothing'), undefined);
  });

  it('have parameters of their own, or the defaults', () => {
    const slope = { name: 'slope', fallback: 0.01 };
    assert.equal(parameterOf('leaky-relu', slope), 0.01);
    assert.equal(parameterOf({ id: 'leaky-relu', slope: 0.2 }, slope), 0.2);
    assert.equal(parameterOf({ id: 'sgd', nesterov: true }, { name: 'nesterov', fallback: false }), 1);
    assert.deepEqual(withParameter('leaky-relu', 'slope', 0.3), { id: 'leaky-relu', slope: 0.3 });
    assert.deepEqual(withParameter({ id: 'sgd', momentum: 0.9 }, 'learningRate', 1), { id: 'sgd', momentum: 0.9, learningRate: 1 });
  });

  it('have choices among their parameters', () => {
    const [parameter] = entryOf(catalog.datasets, 'gate')?.parameters ?? [];
    assert.equal(isChoice(parameter) && !isNumeric(parameter) && parameter.choices.length, 4);
    assert.equal(isChoice({ ...parameter, scale: 'toggle', fallback: false }), false);
  });

  it('have switches among their parameters', () => {
    const kinds = catalog.optimizers.flatMap(({ parameters }) =>
      parameters.map((/** @type {Hyperparameter} */ each) => [each.name, isNumeric(each)]),
    );
    assert.deepEqual(new Map(/** @type {[string, boolean][]} */ (kinds)).get('nesterov'), false);
    assert.deepEqual(new Map(/** @type {[string, boolean][]} */ (kinds)).get('learningRate'), true);
  });
});

describe('another data set', () => {
  for (const from of planar) {
    for (const to of planar) {
      it(`${to.id} after ${from.id} has a loss and an output that fit`, () => {
        const before = accepted(withDataset(defaults, from.id, catalog));
        const next = accepted(withDataset(before, to.id, catalog));
        assert.equal(next.data.id, to.id);
        const classes = classesOf(next, catalog);
        assert.equal(classes, datasetClasses(to));
        const loss = entryOf(catalog.losses, next.training.loss);
        assert.ok(loss && lossFits(loss, classes), `${loss?.id} for ${classes} classes`);
        assert.equal(next.network.layers[next.network.layers.length - 1].units, classes > 2 ? classes : 1);
      });
    }
  }

  it('keeps seed, noise, samples, split and features', () => {
    const data = { ...defaults.data, seed: 7, noise: 0.2, samples: 300, testFraction: 0.3, features: ['x1', 'sin-x2'] };
    const { id: _, ...kept } = withDataset({ ...defaults, data }, 'xor', catalog).data;
    assert.deepEqual(kept, { seed: 7, noise: 0.2, labelNoise: 0, samples: 300, testFraction: 0.3, features: ['x1', 'sin-x2'] });
  });

  it('with rows of its own takes them, without a test, and the next set what is usual', () => {
    const gate = accepted(withDataset({ ...defaults, data: { ...defaults.data, samples: 300, testFraction: 0.3 } }, 'gate', catalog));
    assert.deepEqual([gate.data.samples, gate.data.testFraction, gate.data.function], [4, 0, 'and']);
    const circle = accepted(withDataset(gate, 'circle', catalog));
    assert.deepEqual([circle.data.samples, circle.data.testFraction], [defaults.data.samples, defaults.data.testFraction]);
    assert.equal('function' in circle.data, false);
  });

  it('can be own points, all for training until some are set apart, and no trace of them is left in the next set', () => {
    const table = { id: 'table', columns: 2, inputs: [0, 0, 1, 1, 2, 2], labels: [0, 1, 2], classes: 3 };
    const own = accepted(withOwnData(defaults, table, catalog));
    assert.equal(own.data.testFraction, 0);
    assert.equal(own.data.samples, undefined);
    assert.equal(idOf(own.training.loss), 'cross-entropy', 'three classes ask for it');
    const whole = { ...own, data: { ...own.data, ...table } };
    const apart = accepted(withOwnData(withData(whole, { testFraction: 0.3 }, catalog), table, catalog));
    assert.equal(apart.data.testFraction, 0.3);
    assert.deepEqual(accepted(withDataset(whole, 'circle', catalog)).data, defaults.data);
  });

  it('of the same kind keeps the loss that was chosen', () => {
    const hinge = accepted(withLoss(defaults, 'hinge', catalog));
    assert.equal(idOf(withDataset(hinge, 'xor', catalog).training.loss), 'hinge');
    assert.notEqual(idOf(withDataset(hinge, 'plane', catalog).training.loss), 'hinge');
  });

  it('with its own number of classes gives every class an output', () => {
    const blobs = accepted(withDataset(defaults, 'blobs', catalog));
    const five = accepted(withData(blobs, { classes: 5 }, catalog));
    assert.equal(five.network.layers[five.network.layers.length - 1].units, 5);
    const two = accepted(withData(five, { classes: 2 }, catalog));
    assert.equal(classesOf(two, catalog), 2);
  });
});

describe('where data lie', () => {
  it('is the domain of their set, and of the plane for own rows', () => {
    assert.deepEqual(domainOf({ id: 'circle' }, catalog), [-6, 6]);
    assert.deepEqual(domainOf({ id: 'gate' }, catalog), [-0.5, 1.5]);
    assert.deepEqual(domainOf({ id: 'nielsen' }, catalog), [0, 1]);
    assert.deepEqual(domainOf({ id: 'table', columns: 2 }, catalog), [-6, 6]);
  });

  it('has the dimensions of the set, or the columns of the table; images say it themselves', () => {
    assert.equal(columnsOf({ id: 'spiral' }, catalog), 2);
    assert.equal(columnsOf({ id: 'sine' }, catalog), 1);
    assert.equal(columnsOf({ id: 'table', columns: 3 }, catalog), 3);
    assert.equal(columnsOf({ id: 'idx' }, catalog), undefined);
  });
});

describe('own data', () => {
  it('are classes or values by what they have', () => {
    assert.equal(classesOf({ ...defaults, data: { id: 'table', classes: 4 } }, catalog), 4);
    assert.equal(classesOf({ ...defaults, data: { id: 'table', targets: [1, 2] } }, catalog), 0);
  });
});

describe('another loss', () => {
  it('on logits takes the activation of the output away', () => {
    const squashed = withLayer(withLoss(defaults, 'mse', catalog), 2, { activation: 'sigmoid' });
    assert.equal(layersOf(accepted(squashed))[2][1], 'sigmoid');
    assert.equal(layersOf(accepted(withLoss(squashed, 'binary-cross-entropy', catalog)))[2][1], 'identity');
  });

  it('not on logits leaves it', () => {
    const squashed = withLayer(withLoss(defaults, 'mse', catalog), 2, { activation: 'tanh' });
    assert.equal(layersOf(accepted(withLoss(squashed, 'mae', catalog)))[2][1], 'tanh');
  });

  it('leaves the number of outputs to the engine', () => {
    for (const loss of catalog.losses.filter((each) => lossFits(each, 2))) accepted(withLoss(defaults, loss.id, catalog));
  });
});

describe('layers', () => {
  it('are added like the last one, no wider than four, and taken away from the end', () => {
    const wide = accepted(withLayer(defaults, 1, { units: 8, activation: 'relu' }));
    const three = accepted(withHiddenLayers(wide, 3));
    assert.deepEqual(layersOf(three), [
      [4, 'tanh'],
      [8, 'relu'],
      [4, 'relu'],
      [1, 'identity'],
    ]);
    assert.deepEqual(layersOf(accepted(withHiddenLayers(three, 1))), [
      [4, 'tanh'],
      [1, 'identity'],
    ]);
  });

  it('may all go, and come back', () => {
    const none = accepted(withHiddenLayers(defaults, 0));
    assert.deepEqual(layersOf(none), [[1, 'identity']]);
    assert.equal(accepted(withHiddenLayers(none, catalog.limits.layers)).network.layers.length, catalog.limits.layers + 1);
  });

  it('do not move the document that they came from', () => {
    const before = structuredClone(defaults);
    withHiddenLayers(defaults, 4);
    withLayer(defaults, 0, { units: 9 });
    withFeature(defaults, 'sin-x1', catalog);
    withTraining(defaults, { l2: 1 });
    assert.deepEqual(defaults, before);
  });
});

describe('features', () => {
  it('are switched on and off, always in the catalog’s order', () => {
    const on = withFeature(withFeature(defaults, 'sin-x1', catalog), 'x1-squared', catalog);
    assert.deepEqual(accepted(on).data.features, ['x1', 'x2', 'x1-squared', 'sin-x1']);
    assert.deepEqual(withFeature(on, 'x1', catalog).data.features, ['x2', 'x1-squared', 'sin-x1']);
  });
});

describe('another optimizer', () => {
  for (const { id } of catalog.optimizers) {
    it(`${id} starts at its own defaults`, () => {
      const fast = withTraining(defaults, { optimizer: { id: 'sgd', learningRate: 3 } });
      assert.deepEqual(
        accepted(withOptimizer(fast, id)).training.optimizer,
        accepted(withTraining(defaults, { optimizer: id })).training.optimizer,
      );
    });
  }
});
