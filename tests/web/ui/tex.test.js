// Formulas in LaTeX as a tree, and as plain text: all that are written of networks can be read.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activations, features, latexLines } from '../../../web/src/export/latex.js';
import { parseTex, plainOf } from '../../../web/src/ui/tex.js';
import { cases } from '../export/support.js';

/** @param {string} tex */
const plain = (tex) => plainOf(parseTex(tex));

describe('a formula in LaTeX', () => {
  it('is plain text in one line', () => {
    assert.equal(
      plain(
        String.raw`\mathbf{a}_{1} = f_{1}\!\left(\left(\begin{array}{rr} 0.5 & -1 \\ 2 & 0 \end{array}\right) \mathbf{x} + \left(\begin{array}{r} 0.1 \\ 3 \cdot 10^{-5} \end{array}\right)\right)`,
      ),
      'a_1 = f_1([0.5, \u22121; 2, 0] x + [0.1; 3 · 10^\u22125])',
    );
    assert.equal(
      plain(String.raw`f(z) = \begin{cases} z & z > 0 \\ (-0.1) \, z & z \le 0 \end{cases}`),
      'f(z) = {z if z > 0; (\u22120.1) z if z ≤ 0}',
    );
    assert.equal(plain(String.raw`\frac{1}{1 + e^{-z}}`), '1/(1 + e^(\u2212z))');
    assert.equal(plain(String.raw`x_1 - 2`), 'x_1 \u2212 2');
  });

  it('is known for every activation and feature', () => {
    for (const formula of [...Object.values(activations), ...Object.values(features)]) {
      const text = plain(formula.replace(/<\w+>/g, '0.25'));
      assert.ok(text.length > 0 && !text.includes('\\'), formula);
    }
  });

  it('is known for every line of every network', () => {
    for (const { model } of cases) {
      for (const numbers of [true, false]) {
        for (const { tex } of latexLines(model, { numbers })) assert.doesNotMatch(plain(tex.replace('&', '')), /\\|undefined|NaN/, tex);
      }
    }
  });

  it('that is not known is told', () => {
    assert.throws(() => parseTex(String.raw`\int x`), /"\\int" is not known/);
    assert.throws(() => parseTex(String.raw`\frac{1`), /expected "}"/);
  });
});
