// Points sampled from a formula, and those of a truth table.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseExpression } from '../../../web/src/state/expression.js';
import { gates, sampleFormula, truthTable } from '../../../web/src/state/formula-data.js';
import { samePoints } from '../../../web/src/state/own-points.js';

/**
 * @param {string} text
 * @param {Partial<{ samples: number, seed: number, kind: 'classes' | 'values' }>} [options]
 */
function sampled(text, options = {}) {
  const result = sampleFormula(parseExpression(text), { samples: 300, seed: 1, kind: 'classes', ...options });
  return 'points' in result ? result : assert.fail(JSON.stringify(result));
}

describe('a formula’s points', () => {
  it('are of class 1 where it holds, of class 0 where it does not, all over the plane', () => {
    const { points, left } = sampled('x2 > sin(x1)');
    assert.equal(left, 0);
    assert.equal(points.rows, 300);
    assert.equal(points.classes, 2);
    for (let row = 0; row < points.rows; ++row) {
      const [x1, x2] = points.inputs.subarray(row * 2);
      assert.equal(points.values[row], Number(x2 > Math.sin(x1)));
      assert.ok(Math.abs(x1) <= 6 && Math.abs(x2) <= 6);
    }
    for (const side of [-1, 1]) assert.ok(points.inputs.filter((value) => value * side > 3).length > 100);
  });

  it('repeat with their seed, and are others with another', () => {
    assert.ok(samePoints(sampled('x > y').points, sampled('x > y').points));
    assert.ok(!samePoints(sampled('x > y').points, sampled('x > y', { seed: 2 }).points));
  });

  it('have as many classes as it names', () => {
    assert.equal(sampled('floor((x + 6) / 4)').points.classes, 3);
    assert.equal(sampled('0').points.classes, 2);
  });

  it('are refused where it names no class, with the place', () => {
    for (const [text, value] of /** @type {const} */ ([
      ['1.5', 1.5],
      ['-1', -1],
      ['10', 10],
    ])) {
      const result = sampleFormula(parseExpression(text), { samples: 5, seed: 1, kind: 'classes' });
      assert.ok('wrong' in result);
      assert.equal(result.wrong.value, value);
    }
  });

  it('are numbers where numbers are to be learned, and left out where there is none', () => {
    const { points, left } = sampled('sqrt(x)', { kind: 'values' });
    assert.equal(points.classes, 0);
    assert.ok(left > 100 && left < 200);
    assert.equal(points.rows + left, 300);
    assert.ok(points.values.every((value, row) => value === Math.fround(Math.sqrt(points.inputs[row * 2]))));
  });
});

describe('a truth table', () => {
  it('has a row for each pair of truths', () => {
    const { inputs, values, classes } = truthTable(gates.xor, { low: -3, high: 3 });
    assert.deepEqual([...inputs], [-3, -3, -3, 3, 3, -3, 3, 3]);
    assert.deepEqual([...values], [0, 1, 1, 0]);
    assert.equal(classes, 2);
  });

  it('has the gates of logic by name', () => {
    for (let row = 0; row < 4; ++row) {
      const [a, b] = [row >> 1, row & 1];
      assert.deepEqual([gates.and[row], gates.or[row], gates.xor[row], gates.nand[row]], [a & b, a | b, a ^ b, 1 - (a & b)]);
    }
  });
});
