// Formulas as readers type them: the arithmetic of textbooks, messages that name the place, and no way to make code of text.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ExpressionError, functionNames, parseExpression } from '../../../web/src/state/expression.js';

/** @param {string} text @param {number} [x1] @param {number} [x2] */
const value = (text, x1 = 0, x2 = 0) => parseExpression(text).evaluate(x1, x2);

/** @param {string} text */
function problemOf(text) {
  try {
    parseExpression(text);
  } catch (thrown) {
    assert.ok(thrown instanceof ExpressionError, String(thrown));
    return { problem: thrown.problem, position: thrown.position, got: thrown.got };
  }
  return assert.fail(`${text} was read`);
}

describe('a formula', () => {
  /** @type {[string, number][]} */
  const sums = [
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 - 3 - 4', -5],
    ['8 / 4 / 2', 1],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['--3', 3],
    ['2 pi', 2 * Math.PI],
    ['2(3 + 1)', 8],
    ['1.5e2', 150],
    ['.5', 0.5],
    ['max(1, 5, 3) - min(2, 4)', 3],
    ['mod(-1, 3)', 2],
    ['sqrt(16) + abs(-2)', 6],
    ['3 > 2', 1],
    ['0 < 1 < 2', 1],
    ['0 < 3 < 2', 0],
    ['1 = 1 and not (2 = 3)', 1],
    ['not not 1 = 1', 1],
    ['1 > 2 or 2 ≥ 2', 1],
    ['1 > 2 or 2 > 1 and 1 > 2', 0],
    ['(1 > 0) + (2 > 0)', 2],
    ['7 − 2 × 3', 1],
    ['SIN(0)', 0],
  ];
  for (const [text, expected] of sums) it(`${text} is ${expected}`, () => assert.equal(value(text), expected));

  it('knows the plane by both of its names', () => {
    for (const text of ['x1 - 10 x2', 'x - 10 y', 'x₁ − 10·x₂']) assert.equal(value(text, 3, 2), -17);
    assert.equal(value('x^2 + y^2 < 9', 2, 2), 1);
    assert.equal(value('x^2 + y^2 < 9', 3, 1), 0);
  });

  it('tells truth from numbers', () => {
    for (const text of ['x > y', 'not x', 'x > 1 and y > 1', '(x > y)']) assert.equal(parseExpression(text).logical, true, text);
    for (const text of ['x', 'x + (y > 1)', '-(x > 1)', 'max(x > 1, 0)']) assert.equal(parseExpression(text).logical, false, text);
  });

  it('gives no answer where there is none', () => {
    assert.ok(Number.isNaN(value('sqrt(x) > y', -1, 0)));
    assert.ok(Number.isNaN(value('log(-1)')));
  });

  /** @type {[string, string, number, string][]} */
  const mistakes = [
    ['', 'end', 1, ''],
    ['1 +', 'end', 4, ''],
    ['x > ', 'end', 4, ''],
    ['(x', 'end', 3, ''],
    ['x)', 'unexpected', 2, ')'],
    ['x # y', 'unexpected', 3, '#'],
    ['x + 😀', 'unexpected', 5, '😀'],
    ['3 * / 2', 'unexpected', 5, '/'],
    ['foo(x)', 'name', 1, 'foo'],
    ['1 + z', 'name', 5, 'z'],
    ['sin x', 'call', 1, 'sin'],
    ['sin(x, y)', 'arguments', 1, 'sin'],
    ['1 + max(x)', 'arguments', 5, 'max'],
  ];
  for (const [text, problem, position, got] of mistakes)
    it(`“${text}” is told to be wrong at ${position}`, () => assert.deepEqual(problemOf(text), { problem, position, got }));

  it('reaches nothing but its own names', () => {
    for (const text of ['constructor', 'toString(1)', '__proto__', 'hasOwnProperty', 'this', 'window', 'eval(1)'])
      assert.ok(['name', 'unexpected'].includes(problemOf(text).problem), text);
  });

  it('is bounded in length and depth', () => {
    assert.equal(problemOf('1+'.repeat(251)).problem, 'long');
    assert.equal(problemOf(`${'('.repeat(100)}1${')'.repeat(100)}`).problem, 'deep');
    assert.equal(problemOf(`2${'^2'.repeat(100)}`).problem, 'deep');
    assert.equal(value(`${'-'.repeat(400)}1`), 1);
  });

  it('of any characters is read or refused, and nothing else', () => {
    const alphabet = [...'xy12.^()<>=!&|+-*/,sin maxe≤·₁#\u0000😀'];
    let state = 5;
    const pick = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return alphabet[Math.floor((state / 2 ** 32) * alphabet.length)];
    };
    for (let round = 0; round < 5000; ++round) {
      const text = Array.from({ length: round % 30 }, pick).join('');
      try {
        assert.equal(typeof parseExpression(text).evaluate(0.5, -1), 'number');
      } catch (thrown) {
        assert.ok(thrown instanceof ExpressionError, `${text}: ${String(thrown)}`);
        assert.ok(thrown.position >= 1 && thrown.position <= text.length + 1, text);
      }
    }
  });

  it('has every function that is offered', () => {
    for (const name of functionNames)
      assert.ok(Number.isFinite(value(['min', 'max', 'mod'].includes(name) ? `${name}(1, 2)` : `${name}(1)`)));
  });
});
