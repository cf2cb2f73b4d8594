/** The rule of an optimizer for one parameter, in symbols and with its numbers, as PyTorch writes it. */
import { html, mathml } from 'lit';
import { formatFixed, formatNumber } from '../../text/text.js';
import { factor, fraction, indexed, math, number, operator, word } from '../../ui/math.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { UpdateLine } from './update-rule.js'
 */

/** @typedef {TemplateResult<3>} Part */

const eta = word('η');
const g = word('g');
const w = word('w');
const opening = mathml`<mo form="prefix" stretchy="false">(</mo>`;
const closing = mathml`<mo form="postfix" stretchy="false">)</mo>`;

/** @param {Part} of */
const squared = (of) => mathml`<msup><mrow>${of}</mrow><mn>2</mn></msup>`;

/** @param {string} name @param {number} index */
const beta = (name, index) => indexed(name, index);

/** 1 − β to the power of t. @param {number} index */
const corrected = (index) => mathml`<mn>1</mn><mo>−</mo><msubsup><mi>β</mi><mn>${index}</mn><mi>t</mi></msubsup>`;

/** @param {Part} of */
const root = (of) => mathml`<msqrt>${of}</msqrt>`;

/** A weight, with enough digits to see it change. @param {number} value */
export const formatMoved = (value) => (Math.abs(value) < 1000 ? formatFixed(value, 4) : formatNumber(value));

/** @param {number} value */
const digits = (value) => formatNumber(value);

/** A sum, whose second part may begin with a minus. @param {Part} first @param {number} second */
const plus = (first, second) => [first, operator('+'), factor(digits(second))];

/**
 * @param {UpdateLine} line
 * @param {string} optimizer
 * @param {readonly UpdateLine['kind'][]} kinds of the lines before
 * @returns {{ name: Part, symbols: Part[], numbers: Part[] }}
 */
function partsOf({ kind, numbers }, optimizer, kinds) {
  const [a, b, c, d, e] = numbers;
  switch (kind) {
    case 'velocity':
      return {
        name: word('v'),
        symbols: [word('μ'), word('v'), operator('+'), g],
        numbers: plus(mathml`${number(digits(a))}${operator('·')}${factor(digits(b))}`, c),
      };
    case 'ahead':
      return {
        name: word('u'),
        symbols: [g, operator('+'), word('μ'), word('v')],
        numbers: [number(digits(a)), operator('+'), number(digits(b)), operator('·'), factor(digits(c))],
      };
    case 'squares':
      return {
        name: word('s'),
        symbols: [word('s'), operator('+'), squared(g)],
        numbers: [number(digits(a)), operator('+'), squared(factor(digits(b)))],
      };
    case 'average':
    case 'first':
    case 'second': {
      const [name, decay] = kind === 'first' ? ['m', beta('β', 1)] : kind === 'second' ? ['v', beta('β', 2)] : ['s', word('ρ')];
      const slope = kind === 'first' ? g : squared(g);
      return {
        name: word(name),
        symbols: [decay, word(name), operator('+'), opening, number('1'), operator('−'), decay, closing, slope],
        numbers: [
          number(digits(a)),
          operator('·'),
          factor(digits(b)),
          operator('+'),
          number(digits(1 - a)),
          operator('·'),
          kind === 'first' ? factor(digits(c)) : squared(factor(digits(c))),
        ],
      };
    }
    case 'decay':
      return {
        name: w,
        symbols: [opening, number('1'), operator('−'), eta, word('λ'), closing, w],
        numbers: [
          opening,
          number('1'),
          operator('−'),
          number(digits(a)),
          operator('·'),
          number(digits(b)),
          closing,
          factor(formatMoved(c)),
        ],
      };
    case 'update': {
      const numbersOf = (/** @type {Part} */ direction) => [
        number(formatMoved(a)),
        operator('−'),
        number(digits(b)),
        operator('·'),
        direction,
      ];
      if (d === undefined) {
        const direction = kinds.includes('ahead') ? word('u') : kinds.includes('velocity') ? word('v') : g;
        return { name: w, symbols: [w, operator('−'), eta, direction], numbers: numbersOf(factor(digits(c))) };
      }
      const adam = optimizer.startsWith('adam');
      const above = adam ? mathml`<mi>m</mi><mo>/</mo>${opening}${corrected(1)}${closing}` : g;
      const below = adam ? root(mathml`<mi>v</mi><mo>/</mo>${opening}${corrected(2)}${closing}`) : root(word('s'));
      return {
        name: w,
        symbols: [w, operator('−'), eta, fraction(above, mathml`${below}<mo>+</mo><mi>ε</mi>`)],
        numbers: numbersOf(fraction(number(digits(c)), mathml`${number(digits(d))}<mo>+</mo>${number(digits(e))}`)),
      };
    }
  }
}

/**
 * @param {readonly UpdateLine[]} lines
 * @param {string} optimizer its identifier
 * @returns {TemplateResult}
 */
export function updateFormula(lines, optimizer) {
  return html`${lines.map((line, index) => {
    const { name, symbols, numbers } = partsOf(
      line,
      optimizer,
      lines.slice(0, index).map(({ kind }) => kind),
    );
    const weight = line.kind === 'update' || line.kind === 'decay';
    return html`
      <div class="line">
        ${math(name, operator('←'), ...symbols)}
        ${math(operator('='), ...numbers, operator('='), number(weight ? formatMoved(line.result) : digits(line.result)))}
      </div>
    `;
  })}`;
}
