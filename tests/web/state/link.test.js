// Links: what differs from the defaults, readable, complete, and hostile until checked.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { EngineError, createEngine } from 'mlp-playground';
import { linkDefaults } from '../../../web/src/elements/document.js';
import { MOST_LINK_OWN, decodeLink, encodeLink } from '../../../web/src/state/link.js';

/** @import { Catalog, Engine, FilledExperiment } from 'mlp-playground' */

/** @type {Engine} */
let engine;
/** @type {Catalog} */
let catalog;
/** @type {Catalog} */
let bakedCatalog;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
  catalog = engine.catalog();
  // As the site's build bakes it.
  bakedCatalog = {
    ...catalog,
    defaultsByDataset: Object.fromEntries(catalog.datasets.map(({ id }) => [id, engine.check({ data: { id } }).experiment])),
  };
});

/** @param {object} document */
const fill = (document) => engine.check(document).experiment;

/** The complete document and its issues. @param {any} document */
function settled(document) {
  const { experiment, issues } = engine.check(document);
  return { experiment, issues };
}
/** @param {FilledExperiment} experiment */
const defaultsOf = (experiment) => linkDefaults(bakedCatalog, fill({ data: experiment.data }));
/** @param {string | undefined} dataset */
const defaultsFor = (dataset) => fill(dataset === undefined ? {} : { data: { id: dataset } });

/** @param {object} document */
function encode(document) {
  const experiment = fill(document);
  return encodeLink(experiment, defaultsOf(experiment), { catalog });
}

/** @param {string} link */
const decode = (link) => decodeLink(link, defaultsFor, { catalog });

/** A small generator of its own, so that a failure can be repeated. @param {number} seed */
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    next,
    /** @template T @param {readonly T[]} choices */
    pick: (choices) => choices[Math.floor(next() * choices.length)],
    /** @param {number} minimum @param {number} maximum */
    whole: (minimum, maximum) => minimum + Math.floor(next() * (maximum - minimum + 1)),
  };
}

/**
 * An operation of a table with some of its parameters set.
 * @param {ReturnType<typeof random>} dice
 * @param {Catalog['activations']} table
 */
function anyOperation(dice, table) {
  const { id, parameters } = dice.pick(table);
  const chosen = parameters.filter(() => dice.next() < 0.5);
  if (chosen.length === 0) return id;
  return {
    id,
    ...Object.fromEntries(
      chosen.map(({ name, minimum, maximum, scale }) => {
        if (scale === 'toggle') return [name, dice.next() < 0.5];
        const value = minimum + dice.next() * (Math.min(maximum, 10) - minimum);
        return [name, scale === 'integer' ? Math.round(value) : Math.min(maximum, Math.max(minimum, value))];
      }),
    ),
  };
}

/** @param {number} seed */
function anyDocument(seed) {
  const dice = random(seed);
  const { id, task } = dice.pick(catalog.datasets);
  const hidden = Array.from({ length: dice.whole(0, 5) }, () => ({
    units: dice.whole(1, 8),
    activation: anyOperation(dice, catalog.activations),
  }));
  const losses = catalog.losses.filter(({ tasks }) => /** @type {string[]} */ (tasks).includes(/** @type {string} */ (task)));
  return {
    data: { id, samples: dice.whole(20, 600), noise: dice.pick([0, 0.1, dice.next()]), seed: dice.whole(0, 2 ** 32 - 1) },
    network: {
      layers: [...hidden, { activation: anyOperation(dice, catalog.activations) }],
      initializer: anyOperation(dice, catalog.initializers),
      seed: dice.whole(0, 2 ** 32 - 1),
    },
    training: {
      loss: anyOperation(dice, losses),
      optimizer: anyOperation(dice, catalog.optimizers),
      schedule: anyOperation(dice, catalog.schedules),
      batchSize: dice.whole(1, 20),
      sampling: dice.pick(['shuffle', 'replacement', 'sequential']),
      l2: dice.pick([0, 1e-7, dice.next()]),
      clipNorm: dice.pick([0, 1e6]),
    },
  };
}

describe('a link holds what differs from the defaults', () => {
  it('and nothing for the default experiment', () => {
    assert.equal(encode({}), 'v=1');
  });

  it('readable by hand', () => {
    assert.equal(
      encode({ data: { id: 'xor' }, training: { optimizer: { id: 'sgd', learningRate: 0.1 } } }),
      'v=1&data.id=xor&training.optimizer.learningRate=0.1',
    );
    assert.equal(encode({ data: { features: ['x1', 'x2', 'sin-x1'] } }), 'v=1&data.features=x1,x2,sin-x1');
    assert.equal(encode({ network: { locked: ['0', '1.0.bias'], cut: ['0.1.1'] } }), 'v=1&network.locked=0,1.0.bias&network.cut=0.1.1');
    assert.deepEqual(decode('v=1&network.locked=0,1.0.bias&network.cut=0.1.1').experiment.network?.locked, ['0', '1.0.bias']);
    assert.equal(
      encode({ network: { layers: [{ units: 8, activation: 'relu' }, { activation: 'identity' }] } }),
      'v=1&network.layers.length=2&network.layers.0.units=8&network.layers.0.activation=relu',
    );
  });

  it('without the parameters of another operation', () => {
    assert.equal(encode({ training: { optimizer: 'adam' } }), 'v=1&training.optimizer.id=adam');
    assert.equal(
      encode({ training: { optimizer: { id: 'adam', learningRate: 0.03 } } }),
      'v=1&training.optimizer.id=adam&training.optimizer.learningRate=0.03',
    );
  });

  it('in full where the defaults are those of other data', () => {
    const experiment = fill({ data: { id: 'plane' } });
    const { experiment: back } = decodeLink(encodeLink(experiment, catalog.defaults), defaultsFor);
    assert.deepEqual(fill(back), experiment);
  });
});

describe('what a link says comes back', () => {
  it('for experiments of every kind', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const { experiment, issues } = engine.check(anyDocument(seed));
      if (issues.length > 0) continue;
      const link = encodeLink(experiment, defaultsOf(experiment), { catalog });
      const back = decode(link);
      assert.deepEqual(back.issues, [], link);
      assert.deepEqual(settled(back.experiment), { experiment, issues: [] }, link);
    }
  });

  it('also without the catalog, and with the defaults of nothing else than the first data set', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const { experiment, issues } = engine.check(anyDocument(seed));
      if (issues.length > 0) continue;
      const back = decodeLink(encodeLink(experiment, catalog.defaults), catalog.defaults);
      assert.deepEqual(back.issues, []);
      assert.deepEqual(settled(back.experiment), { experiment, issues: [] });
    }
  });

  it('bit for bit for numbers', () => {
    for (const value of [1e-7, 0.1 + 0.2, 5e-324, 123456789.123]) {
      const { experiment } = decodeLink(encodeLink({ training: { l2: value } }, catalog.defaults), catalog.defaults);
      assert.equal(experiment.training?.l2, value);
    }
  });

  it('for own points with labels and with targets, and for weights', () => {
    const parameters = Float32Array.of(1, -2.5, 3e-9, 0);
    for (const bulk of [{ labels: [0, 2, 1] }, { targets: [1, 2, 3, 4, 5, 6], outputs: 2 }]) {
      const source = { data: { id: 'table', columns: 2, inputs: [0.1, -0.2, 1, 2, 3, 4], ...bulk } };
      const filled = fill(source);
      const experiment = { ...filled, data: { ...filled.data, ...source.data } };
      const link = encodeLink(experiment, defaultsOf(/** @type {FilledExperiment} */ (source)), { catalog, parameters });
      assert.match(link, /^[\w.=&,-]+$/);
      const back = decode(link);
      assert.deepEqual(back.issues, []);
      assert.deepEqual(back.parameters, parameters);
      assert.deepEqual(settled(back.experiment), { experiment: filled, issues: [] });
      assert.deepEqual(back.experiment.data?.inputs, Float32Array.of(0.1, -0.2, 1, 2, 3, 4));
    }
  });

  it('for points on a grid of hundredths in half the length, and for others in full', () => {
    const inputs = Float32Array.of(0.1, -0.25, 6, -6, 327.67, 0);
    /** @param {object} bulk */
    const linkOf = (bulk) => {
      const filled = fill({ data: { id: 'table', columns: 2, ...bulk } });
      const experiment = { ...filled, data: { ...filled.data, ...bulk } };
      const link = encodeLink(experiment, defaultsOf(experiment), { catalog });
      return { data: decode(link).experiment.data, packed: /packed=([\w-]+)/.exec(link)?.[1] ?? '' };
    };
    for (const [field, values] of /** @type {const} */ ([
      ['labels', Uint16Array.of(0, 9, 3)],
      ['targets', Float32Array.of(0.123, 1, -7)],
    ])) {
      const exact = linkOf({ inputs, [field]: values });
      assert.deepEqual(exact.data?.inputs, inputs);
      assert.deepEqual(exact.data?.[field], values);
      for (const other of [0.105, -0, 327.68, 1e-9]) {
        const off = inputs.with(1, other);
        const full = linkOf({ inputs: off, [field]: values });
        assert.ok(
          /** @type {Float32Array} */ (full.data?.inputs).every((value, i) => Object.is(value, off[i])),
          String(other),
        );
        assert.deepEqual(full.data?.[field], values);
        assert.ok(full.packed.length > 1.3 * exact.packed.length);
      }
    }
  });

  it('for own digits beside the document, and weights with them', () => {
    const experiment = { data: { id: 'mnist', samples: 300 } };
    const own = Uint8Array.of(4, 127, 200);
    const parameters = Float32Array.of(1, -2.5);
    const link = encodeLink(experiment, fill(experiment), { catalog, own });
    assert.match(link, /data\.id=mnist.*packed=AQYDAAAABH_I$/);
    assert.deepEqual(decode(link), { experiment: { data: { id: 'mnist' } }, own, options: {}, issues: [] });
    const both = decode(encodeLink(experiment, fill(experiment), { catalog, own, parameters }));
    assert.deepEqual([both.own, both.parameters], [own, parameters]);
    const most = new Uint8Array(MOST_LINK_OWN);
    assert.equal(decode(encodeLink(experiment, fill(experiment), { catalog, own: most })).own?.length, MOST_LINK_OWN);
    assert.throws(
      () => encodeLink(experiment, fill(experiment), { catalog, own: new Uint8Array(MOST_LINK_OWN + 1) }),
      (error) => error instanceof EngineError && error.path === 'own' && /save the experiment as a file/.test(error.message),
    );
  });

  it('with or without # or ?, percent-encoded or not, in any order', () => {
    const expected = decode('v=1&data.id=xor&training.l1=0.5').experiment;
    for (const link of [
      '#v=1&data.id=xor&training.l1=0.5',
      '?training.l1=0.5&data.id=xor&v=1',
      'v=1&data%2Eid=xor&&training.l1=%30.5',
      ' v=1&data.id=xor&training.l1=.5',
    ]) {
      assert.deepEqual(decode(link), { experiment: expected, options: {}, issues: [] }, link);
    }
  });
});

describe('links edited by hand', () => {
  it('change one parameter of the default operation', () => {
    const { experiment } = decode('v=1&training.optimizer.momentum=0.9&network.layers.0.activation=relu');
    assert.deepEqual(fill(experiment).training.optimizer, { id: 'sgd', learningRate: 0.03, momentum: 0.9, nesterov: false });
    assert.deepEqual(fill(experiment).network.layers[0], { units: 4, activation: 'relu', dropout: 0 });
  });

  it('name an operation with or without .id, its parameters before or after', () => {
    const expected = fill({
      network: { layers: [{ units: 4, activation: { id: 'leaky-relu', slope: 0.3 } }, { units: 2, activation: 'tanh' }, {}] },
    });
    for (const link of [
      'v=1&network.layers.0.activation.id=leaky-relu&network.layers.0.activation.slope=0.3',
      'v=1&network.layers.0.activation=leaky-relu&network.layers.0.activation.slope=0.3',
      'v=1&network.layers.0.activation.slope=0.3&network.layers.0.activation=leaky-relu',
    ]) {
      assert.deepEqual(fill(decode(link).experiment), expected, link);
    }
  });

  it('add and remove layers', () => {
    assert.equal(fill(decode('v=1&network.layers.length=1').experiment).network.layers.length, 1);
    const { layers } = fill(decode('v=1&network.layers.length=4&network.layers.2.units=3').experiment).network;
    assert.deepEqual(
      layers.map(({ units }) => units),
      [4, 2, 3, 1],
    );
  });

  it("carry the page's own fields beside the experiment", () => {
    const { options, experiment, issues } = decodeLink('v=1&data.id=xor&lang=zh&element=digits', defaultsFor, {
      options: ['lang', 'element'],
    });
    assert.deepEqual(options, { lang: 'zh', element: 'digits' });
    assert.deepEqual(experiment, { data: { id: 'xor' } });
    assert.deepEqual(issues, []);
  });

  it('are empty without a complaint', () => {
    for (const link of ['', '#', '?', 'v=1']) assert.deepEqual(decode(link), { experiment: {}, options: {}, issues: [] });
  });
});

describe('what a link cannot say is reported, and the rest is used', () => {
  /** @type {[string, string, RegExp][]} */
  const cases = [
    ['v=1&training.l1=0.5&traning.l2=1', 'traning.l2', /unknown/],
    ['v=1&training.l1=0.5&training.l3=1', 'training.l3', /unknown/],
    ['v=1&training.l1=0.5&training.optimizer.speed=1', 'training.optimizer.speed', /unknown/],
    ['v=1&training.l1=0.5&network.layers.0.size=1', 'network.layers.0.size', /unknown/],
    ['v=1&training.l1=0.5&data=xor', 'data', /unknown/],
    ['v=1&training.l1=0.5&training.l1=0.7', 'training.l1', /twice/],
    ['v=1&training.l1=0.5&training.batchSize=many', 'training.batchSize', /expected a number, got "many"/],
    ['v=1&training.l1=0.5&training.batchSize=', 'training.batchSize', /expected a number, got ""/],
    ['v=1&training.l1=0.5&training.batchSize=1e999', 'training.batchSize', /expected a number/],
    ['v=1&training.l1=0.5&training.loss=3', 'training.loss', /expected an identifier, got "3"/],
    ['v=1&training.l1=0.5&training.optimizer.nesterov=1', 'training.optimizer.nesterov', /expected true or false/],
    ['v=1&training.l1=0.5&data.features=x1,<b>', 'data.features', /separated by commas/],
    ['v=1&training.l1=0.5&network.layers.length=2&network.layers.5.units=3', 'network.layers.5', /below network\.layers\.length/],
    ['v=1&training.l1=0.5&network.layers.length=1000000000', 'network.layers.length', /1 to 64/],
    ['v=1&training.l1=0.5&verbose', 'verbose', /name=value/],
    ['v=1&training.l1=0.5&data.id=%', 'data.id', /percent/],
    ['v=1&training.l1=0.5&packed=***', 'packed', /base64url/],
    ['v=1&training.l1=0.5&packed=AA', 'packed', /format 1, got 0/],
    ['v=1&training.l1=0.5&packed=AQYBAAAA', 'packed', /expected 1 more bytes/],
    ['v=1&training.l1=0.5&packed=AQYAAAAA', 'packed', /own digits belong to data\.id=mnist/],
    ['training.l1=0.5', 'v', /expected v=1/],
  ];
  for (const [link, path, message] of cases) {
    it(link, () => {
      const { experiment, issues } = decode(link);
      assert.deepEqual(
        issues.map((issue) => issue.path),
        [path],
      );
      assert.match(issues[0].message, message);
      assert.equal(experiment.training?.l1, 0.5);
    });
  }

  it('a link of another version says so, once, and is not guessed at', () => {
    const { experiment, issues } = decode('v=2&data.id=xor&whatever=1');
    assert.deepEqual(experiment, {});
    assert.deepEqual(
      issues.map(({ path }) => path),
      ['v'],
    );
    assert.match(issues[0].message, /another version/);
  });
});

describe('hostile links', () => {
  it('reach no prototype', () => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      const { experiment, issues } = decode(
        `v=1&${name}.polluted=1&data.${name}=1&training.${name}.polluted=1&training.optimizer.${name}=1`,
      );
      assert.equal(/** @type {Record<string, unknown>} */ ({}).polluted, undefined);
      assert.equal(issues.length, 4, name);
      assert.deepEqual(experiment, {});
    }
  });

  it('cost no more than they are long', () => {
    assert.match(decode(`v=1&${'a=1&'.repeat(1 << 17)}`).issues[0].message, /at most/);
    assert.match(decode(`v=1&${Array.from({ length: 1000 }, (_, i) => `k${i}=1`).join('&')}`).issues[0].message, /at most 256 fields/);
    assert.equal(decode(`v=1&${'a.'.repeat(5000)}b=1`).issues.length, 1);
  });

  it('do not make the reader allocate what their bytes only announce', () => {
    // Kind 1, four billion rows of 65,535 columns, and no bytes behind it; then four billion parameters.
    const announce = [Uint8Array.of(1, 1, 255, 255, 255, 255, 255, 255, 0, 0), Uint8Array.of(1, 3, 255, 255, 255, 255)];
    for (const bytes of announce) {
      const packed = Buffer.from(bytes).toString('base64url');
      const { issues } = decode(`v=1&data.id=table&packed=${packed}`);
      assert.match(issues[0].message, /more bytes/);
    }
  });

  it('hold finite numbers only', () => {
    const bytes = new Uint8Array(10);
    new DataView(bytes.buffer).setUint8(0, 1);
    new DataView(bytes.buffer).setUint8(1, 3);
    new DataView(bytes.buffer).setUint32(2, 1, true);
    new DataView(bytes.buffer).setFloat32(6, Number.NaN, true);
    assert.match(decode(`v=1&packed=${Buffer.from(bytes).toString('base64url')}`).issues[0].message, /finite/);
  });

  it('of any bytes never throw', () => {
    const dice = random(7);
    const alphabet = 'v=1&data.id=xortngl0123456789,%#?_-+éA/<>"\'\\\u0000';
    for (let i = 0; i < 3000; i += 1) {
      const text = Array.from({ length: dice.whole(0, 80) }, () => dice.pick([...alphabet])).join('');
      const { experiment, issues } = decode(`v=1&${text}`);
      assert.ok(Array.isArray(issues));
      engine.check(experiment);
    }
  });
});

describe('what no link can hold', () => {
  it('is refused with a way out', () => {
    const images = { data: { id: 'idx', images: new Uint8Array(16) } };
    assert.throws(() => encodeLink(images, catalog.defaults), /save the experiment as a file/);
    const table = { data: { id: 'table', columns: 1, inputs: new Float32Array(60_000), labels: new Uint8Array(60_000) } };
    assert.throws(() => encodeLink(table, catalog.defaults), /save the experiment as a file/);
    const most = { data: { id: 'table', columns: 2, inputs: new Float32Array(4000), labels: new Uint8Array(2000) } };
    assert.ok(encodeLink(most, catalog.defaults).length < 14_000);
    const more = { data: { ...most.data, inputs: new Float32Array(4002), labels: new Uint8Array(2001) } };
    assert.throws(() => encodeLink(more, catalog.defaults), /data\.inputs: expected at most 2000 points in a link, got 2001/);
    const described = { data: { id: 'table', columns: 1, inputs: { type: 'float32', length: 4 }, labels: { type: 'uint8', length: 4 } } };
    assert.throws(() => encodeLink(described, catalog.defaults), /data\.inputs: expected the points themselves/);
    assert.throws(() => encodeLink({ training: { l1: Number.NaN } }, catalog.defaults), /training\.l1/);
  });
});
