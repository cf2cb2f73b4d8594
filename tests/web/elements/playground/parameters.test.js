// Weights and biases by place: their order is the engine's, their names the reader's.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import {
  hasPlace,
  nameOfNeuron,
  nameOfParameter,
  parameterIndex,
  tableLayers,
  walk,
} from '../../../../web/src/elements/playground/parameters.js';
import { parameterLayout, widthsOf } from '../../../../web/src/state/parameter-layout.js';
import { translator } from '../../../../web/src/text/text.js';

/** @import { Catalog, FilledExperiment } from '../../../../web/src/engine/types.js' */
/** @import { ParameterPlace } from '../../../../web/src/view/network-diagram.js' */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = /** @type {Catalog} */ (engine.catalog());
const run = engine.createRun({
  data: { id: 'blobs', classes: 3, features: ['x1', 'x2', 'sin-x1'] },
  network: { layers: [{ units: 4, activation: 'tanh' }, { units: 2, activation: 'relu' }, { activation: 'identity' }] },
});
const experiment = /** @type {FilledExperiment} */ (run.experiment);
const naming = /** @type {const} */ ({ t: translator('en'), language: 'en', experiment, catalog });

/** Every weight and bias in reading order. @returns {ParameterPlace[]} */
function places() {
  const widths = widthsOf(experiment);
  return widths
    .slice(1)
    .flatMap((units, layer) =>
      Array.from({ length: units }, (_, unit) => [
        ...Array.from({ length: widths[layer] }, (__, source) => ({ layer, unit, source })),
        { layer, unit, source: -1 },
      ]).flat(),
    );
}

describe('places', () => {
  it('are as many as the engine has parameters, each its own', () => {
    const indices = places().map((place) => parameterIndex(experiment, catalog, place));
    assert.deepEqual(
      indices.sort((a, b) => a - b),
      [...run.parameters().keys()],
    );
    assert.equal(parameterLayout(experiment, catalog).total, run.parameters().length);
  });

  it("lead to the engine's own numbers: its first layer, computed by hand", () => {
    const parameters = run.parameters();
    const [x1, x2] = [0.5, -1.5];
    const inputs = [x1, x2, Math.sin(x1)];
    const { preActivations } = run.activations(Float32Array.of(x1, x2), 0);
    for (let unit = 0; unit < 4; ++unit) {
      const weight = (/** @type {number} */ source) => parameters[parameterIndex(experiment, catalog, { layer: 0, unit, source })];
      const sum = inputs.reduce((total, input, source) => total + input * weight(source), weight(-1));
      assert.ok(Math.abs(sum - preActivations[unit]) < 1e-5, `neuron ${unit}: ${sum} and ${preActivations[unit]}`);
    }
  });

  it('of a bias move one output alone', () => {
    const parameters = run.parameters();
    const before = run.surface({ x: [0, 1], y: [0, 1], columns: 1, rows: 1, layer: 2, unit: 1 })[0];
    parameters[parameterIndex(experiment, catalog, { layer: 2, unit: 1, source: -1 })] += 1;
    run.setParameters(parameters);
    const after = run.surface({ x: [0, 1], y: [0, 1], columns: 1, rows: 1, layer: 2, unit: 1 })[0];
    assert.ok(Math.abs(after - before - 1) < 1e-5);
  });

  it('exist or not, as the network is', () => {
    assert.ok(places().every((place) => hasPlace(experiment, place)));
    assert.equal(hasPlace(experiment, { layer: 3, unit: 0, source: 0 }), false);
    assert.equal(hasPlace(experiment, { layer: 0, unit: 4, source: 0 }), false);
    assert.equal(hasPlace(experiment, { layer: 1, unit: 0, source: 4 }), false);
    assert.equal(hasPlace(experiment, { layer: 2, unit: 2 }), true);
  });
});

describe('names', () => {
  it('say from where to where', () => {
    assert.equal(
      nameOfParameter(naming, { layer: 0, unit: 1, source: 2 }),
      `Weight from ${nameOfNeuron(naming, { layer: -1, unit: 2 })} to layer 1, neuron 2`,
    );
    assert.equal(nameOfParameter(naming, { layer: 2, unit: 0, source: 1 }), 'Weight from layer 2, neuron 2 to output 1');
    assert.equal(nameOfParameter(naming, { layer: 1, unit: 0, source: -1 }), 'Bias of layer 2, neuron 1');
  });

  it('call a single output the output', () => {
    const single = { ...naming, experiment: catalog.defaults };
    assert.equal(nameOfParameter(single, { layer: 2, unit: 0, source: -1 }), 'Bias of the output');
  });

  it('are all different', () => {
    const all = places();
    for (const language of /** @type {const} */ (['en', 'zh'])) {
      const names = all.map((place) => nameOfParameter({ ...naming, language, t: translator(language) }, place));
      assert.equal(new Set(names).size, all.length);
    }
  });
});

describe('the table', () => {
  it('has every layer with its neurons and where their weights come from', () => {
    const layers = tableLayers(naming);
    assert.deepEqual(
      layers.map(({ name, units, offset, sources }) => [name, units, offset, sources.length]),
      [
        ['Layer 1', 4, 0, 3],
        ['Layer 2', 2, 16, 4],
        ['Output layer', 3, 26, 2],
      ],
    );
    assert.deepEqual(layers[1].sources, ['1', '2', '3', '4']);
  });
});

describe('walking by keyboard', () => {
  /** @param {ParameterPlace | undefined} from @param {...string} keys */
  const follow = (from, ...keys) => keys.reduce((place, key) => walk(experiment, place, key), from);

  it('begins at the first weight', () => {
    for (const key of ['ArrowUp', 'ArrowRight', 'End'])
      assert.deepEqual(walk(experiment, undefined, key), { layer: 0, unit: 0, source: 0 });
    assert.equal(walk(experiment, undefined, 'Tab'), undefined);
    assert.equal(walk(experiment, { layer: 0, unit: 0, source: 0 }, 'a'), undefined);
  });

  it('downwards passes every weight and bias of a layer once, and stops at the last', () => {
    for (const layer of [0, 1, 2]) {
      const own = places().filter((place) => place.layer === layer);
      /** @type {ParameterPlace | undefined} */
      let place = own[0];
      for (const expected of own) {
        assert.deepEqual(place, expected);
        place = walk(experiment, place, 'ArrowDown');
      }
      assert.deepEqual(place, own[own.length - 1]);
      for (const expected of own.toReversed()) {
        assert.deepEqual(place, expected);
        place = walk(experiment, place, 'ArrowUp');
      }
      assert.deepEqual(place, own[0]);
    }
  });

  it('sideways changes the layer and stays where there is something', () => {
    assert.deepEqual(follow({ layer: 0, unit: 3, source: 2 }, 'ArrowRight'), { layer: 1, unit: 1, source: 2 });
    assert.deepEqual(follow({ layer: 0, unit: 3, source: 2 }, 'ArrowRight', 'ArrowRight', 'ArrowRight'), { layer: 2, unit: 1, source: 1 });
    assert.deepEqual(follow({ layer: 2, unit: 2, source: -1 }, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft'), { layer: 0, unit: 1, source: -1 });
  });

  it('jumps to both ends of the layer', () => {
    assert.deepEqual(follow({ layer: 1, unit: 0, source: 2 }, 'End'), { layer: 1, unit: 1, source: -1 });
    assert.deepEqual(follow({ layer: 1, unit: 1, source: 2 }, 'Home'), { layer: 1, unit: 0, source: 0 });
  });

  it('visits only what is drawn of a wide layer', () => {
    const wide = {
      ...experiment,
      network: {
        ...experiment.network,
        layers: [
          { units: 100, activation: 'tanh' },
          { units: 3, activation: 'identity' },
        ],
      },
    };
    assert.ok((walk(wide, { layer: 0, unit: 0, source: 0 }, 'End')?.unit ?? 100) < 20);
  });
});
