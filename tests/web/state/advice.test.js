// Settings that do not go together, and what mends them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { adviceFor } from '../../../web/src/state/advice.js';
import { mayNeedAdvice } from '../../../web/src/state/edits.js';

/** @import { Experiment, Operation } from '../../../web/src/engine/types.js' */

const engine = await createEngine({ variant: 'reproducible' });
const catalog = engine.catalog();

/** @param {Experiment} document @param {readonly [number, number]} [values] */
function clashes(document, values = [0, 0]) {
  const experiment = engine.check(document).experiment;
  const found = adviceFor(experiment, catalog, values);
  if (found.length > 0) assert.ok(mayNeedAdvice(experiment), 'what is found is looked for');
  for (const { clash, mended } of found) {
    assert.ok(!adviceFor(mended, catalog, values).some((left) => left.clash === clash), `${clash} is mended`);
    assert.deepEqual(engine.check(mended).issues, []);
  }
  return found.map(({ clash, layer }) => `${clash} ${layer}`);
}

/** @param {Operation} activation @param {string} loss @param {string} [data] */
const output = (activation, loss, data = 'circle') => ({
  data: { id: data },
  network: { layers: [{ units: 3, activation: 'tanh' }, { activation }] },
  training: { loss },
});

describe('advice', () => {
  it('is not needed for what goes together', () => {
    assert.deepEqual(clashes({}), []);
    for (const [activation, loss] of [
      ['identity', 'cross-entropy'],
      ['sigmoid', 'mse'],
      ['tanh', 'mse'],
      ['tanh', 'hinge'],
      ['identity', 'huber'],
    ]) {
      assert.deepEqual(clashes(output(activation, loss)), [], `${activation} ${loss}`);
    }
    assert.deepEqual(clashes(output('relu', 'mse', 'plane'), [0, 3]), []);
  });

  it('tells of an output that is squashed twice or cannot reach its targets', () => {
    assert.deepEqual(clashes(output('sigmoid', 'binary-cross-entropy')), ['logits 1']);
    assert.deepEqual(clashes(output('sigmoid', 'hinge')), ['reach 1'], '0 to 1 for -1 and 1');
    assert.deepEqual(clashes(output('relu', 'mse')), ['reach 1'], 'never -1');
    assert.deepEqual(clashes(output('relu', 'mse', 'plane'), [-1, 1]), ['reach 1']);
    assert.deepEqual(clashes(output('tanh', 'mse', 'plane'), [0, 1.5]), ['reach 1']);
  });

  it('tells of functions without a slope and of weights that stay alike', () => {
    const layers = [{ units: 3, activation: 'step' }, { activation: 'identity' }];
    assert.deepEqual(clashes({ network: { layers } }), ['flat 0']);
    assert.deepEqual(clashes({ network: { initializer: 'zeros' } }), ['alike 0']);
    assert.deepEqual(clashes({ network: { layers: [{ activation: 'identity' }], initializer: 'zeros' } }), []);
  });
});
