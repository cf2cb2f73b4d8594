/**
 * What one neuron computes, written three ways: in symbols and with the numbers of one point as MathML, and as lines of NumPy. A sum
 * is a row of formulas, one a term, so that it wraps like words and every term can be pointed at.
 */
import { html, mathml, nothing } from 'lit';
import { activations } from '../../../export/numpy.js';
import { idOf } from '../../../state/edits.js';
import { formatNumber, formatWeight } from '../../../text/text.js';
import { factor, fraction, indexed, math, number, operator, word } from '../../../ui/math.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { Operation } from '../../../engine/types.js'
 * @import { PointTranslate } from '../../../text/point.js'
 * @import { TracedLayer } from '../../../state/chain.js'
 */

/** Terms of a longer sum are told by a sum sign, or counted. */
const MOST_TERMS = 12;
const CODE_DIGITS = 5;

/**
 * @typedef {object} NeuronFormula
 * @property {number} layer
 * @property {number} unit
 * @property {readonly string[]} names of what comes in
 * @property {TracedLayer} traced
 * @property {TracedLayer} [above] the next layer
 * @property {Operation} activation
 * @property {string} activationName
 * @property {Readonly<Record<string, number>>} constants the activation's own numbers, by name
 * @property {number | undefined} lit the term that is pointed at; -1 is the bias
 * @property {(source: number | undefined) => void} light
 * @property {PointTranslate} text
 */

/** The slope of the loss with respect to something. @param {TemplateResult<3>} of */
const slopeOf = (of) => fraction(mathml`<mo>∂</mo><mi>L</mi>`, mathml`<mo>∂</mo>${of}`);

/**
 * @param {NeuronFormula} formula
 * @param {'symbols' | 'numbers' | 'code'} form
 * @returns {TemplateResult}
 */
export function neuronFormula(formula, form) {
  if (form === 'code') return html`<pre class="code" tabindex="0"><code>${codeOf(formula)}</code></pre>`;
  const { text } = formula;
  const lines = form === 'symbols' ? symbolLines(formula) : numberLines(formula);
  return html`
    <p class="part">${text('forward')}</p>
    ${lines.forward.map((line) => html`<div class="line">${line}</div>`)}
    <p class="part">${text('backward')}</p>
    ${lines.backward.map((line) => html`<div class="line">${line}</div>`)}
  `;
}

/**
 * y = a·x₁ + b·x₂ + c.
 * @param {{ slopes: readonly number[], offset: number }} piece
 * @param {number | undefined} output its number where there are several
 */
export function affineFormula({ slopes, offset }, output) {
  const bias = formatWeight(offset);
  const negative = bias.startsWith('\u2212');
  return math(
    output === undefined ? word('y') : indexed('y', output),
    operator('='),
    ...slopes.flatMap((slope, index) => [
      ...(index > 0 ? [operator('+')] : []),
      factor(formatWeight(slope)),
      operator('·'),
      indexed('x', index + 1),
    ]),
    operator(negative ? '−' : '+'),
    number(negative ? bias.slice(1) : bias),
  );
}

/** @typedef {{ forward: TemplateResult[], backward: TemplateResult[] }} Lines */

/**
 * A term of the sum: pointing at it lights its line in the drawing.
 * @param {NeuronFormula} formula
 * @param {number} source
 * @param {TemplateResult<3>[]} parts
 */
function term({ lit, light }, source, parts) {
  return html`
    <span
      class="term"
      data-source=${source}
      ?data-lit=${lit === source}
      @pointerenter=${() => light(source)}
      @pointerleave=${() => light(undefined)}
      >${math(...parts)}</span
    >
  `;
}

/**
 * @param {NeuronFormula} formula
 * @returns {Lines}
 */
function symbolLines(formula) {
  const { layer, unit, names, traced, above, activation, activationName } = formula;
  const [j, l] = [unit + 1, layer + 1];
  const count = traced.sources.length;
  const z = indexed('z', j, l);
  const a = indexed('a', j, l);
  const bias = term(formula, -1, [operator('+'), indexed('b', j, l)]);
  /** @param {number} source */
  const incoming = (source) => (layer === 0 || source >= count ? word(names[source]) : indexed('a', source + 1, layer));
  const sum =
    count > MOST_TERMS
      ? math(
          mathml`<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mn>${count}</mn></munderover>`,
          indexed('w', `${j}i`, l),
          layer === 0 ? indexed('x', 'i') : indexed('a', 'i', layer),
        )
      : Array.from({ length: count }, (_, source) =>
          term(formula, source, [
            source > 0 ? operator('+') : word(''),
            indexed('w', `${j}${count > 9 || j > 9 ? ',' : ''}${source + 1}`, l),
            incoming(source),
          ]),
        );
  const identity = idOf(activation) === 'identity';
  const upstream = above
    ? [mathml`<munder><mo>∑</mo><mi>k</mi></munder>`, indexed('w', `k${j}`, l + 1), slopeOf(indexed('z', 'k', l + 1))]
    : [slopeOf(a)];
  return {
    forward: [
      html`${math(z, operator('='))}${sum}${bias}`,
      html`${math(a, operator('='), ...(identity ? [z] : [word(activationName), operator('('), z, operator(')')]))}`,
    ],
    backward: [
      above
        ? html`${math(slopeOf(a), operator('='), ...upstream)}`
        : html`${math(slopeOf(a))}<span class="note">${formula.text('backward.loss')}</span>`,
      html`${math(slopeOf(z), operator('='), slopeOf(a), operator('·'), word('f′'), operator('('), z, operator(')'))}`,
      html`${math(slopeOf(indexed('w', `${j}i`, l)), operator('='), slopeOf(z), operator('·'), layer === 0 ? indexed('x', 'i') : indexed('a', 'i', layer))}
      ${math(slopeOf(indexed('b', j, l)), operator('='), slopeOf(z))}`,
    ],
  };
}

/**
 * @param {NeuronFormula} formula
 * @returns {Lines}
 */
function numberLines(formula) {
  const { layer, unit, traced, above, activation, activationName } = formula;
  const { sources, weights, biases, preActivations, outputs, slopes, upstream, deltas } = traced;
  const [j, l] = [unit + 1, layer + 1];
  const count = sources.length;
  const z = indexed('z', j, l);
  const a = indexed('a', j, l);
  const shown = Math.min(count, MOST_TERMS);
  const terms = Array.from({ length: shown }, (_, source) =>
    term(formula, source, [
      source > 0 ? operator('+') : word(''),
      factor(formatWeight(weights[unit * count + source])),
      operator('·'),
      factor(formatWeight(sources[source])),
    ]),
  );
  const bias = formatWeight(biases[unit]);
  const negative = bias.startsWith('\u2212');
  const value = formatWeight(preActivations[unit]);
  const identity = idOf(activation) === 'identity';
  const drawn = above ? Math.min(above.deltas.length, MOST_TERMS) : 0;
  return {
    forward: [
      html`${math(z, operator('='))}${terms} ${shown < count ? math(operator('+'), operator('⋯')) : nothing}
      ${term(formula, -1, [operator(negative ? '−' : '+'), number(negative ? bias.slice(1) : bias)])} ${math(operator('='), number(value))}`,
      html`${math(
        a,
        operator('='),
        ...(identity
          ? [number(value)]
          : [word(activationName), operator('('), number(value), operator(')'), operator('='), number(formatWeight(outputs[unit]))]),
      )}`,
    ],
    backward: [
      html`${math(slopeOf(a), operator('='))}
      ${
        above
          ? html`${Array.from({ length: drawn }, (_, next) =>
              math(
                next > 0 ? operator('+') : word(''),
                factor(formatWeight(above.weights[next * above.sources.length + unit])),
                operator('·'),
                factor(formatNumber(above.deltas[next])),
              ),
            )}
            ${drawn < above.deltas.length ? math(operator('+'), operator('⋯')) : nothing}
            ${math(operator('='), number(formatNumber(upstream[unit])))}`
          : html`${math(number(formatNumber(upstream[unit])))}<span class="note">${formula.text('backward.loss')}</span>`
      }`,
      html`${math(
        slopeOf(z),
        operator('='),
        factor(formatNumber(upstream[unit])),
        operator('·'),
        factor(formatWeight(slopes[unit])),
        operator('='),
        number(formatNumber(deltas[unit])),
      )}`,
    ],
  };
}

/** @param {number} value */
const digits = (value) => String(Number(value.toPrecision(CODE_DIGITS)));

/** @param {ArrayLike<number>} values */
const list = (values) => `np.array([${Array.from(values, digits).join(', ')}])`;

/**
 * The neuron as a few lines of NumPy that can be run, with what they give as comments.
 * @param {Pick<NeuronFormula, 'layer' | 'unit' | 'traced' | 'above' | 'activation' | 'constants' | 'text'>} formula
 * @returns {string}
 */
export function codeOf({ layer, unit, traced, above, activation, constants, text }) {
  const { sources, weights, biases, preActivations, outputs, slopes, upstream, deltas, weightGradients } = traced;
  const count = sources.length;
  const bias = biases[unit];
  const formula = activations[idOf(activation)].replace(/\bx\b/g, 'z');
  const code = Object.entries(constants).reduce(
    (text, [name, value]) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), digits(value)),
    formula,
  );
  const back = above
    ? `${list(Array.from(above.deltas, (_, next) => above.weights[next * above.sources.length + unit]))} @ ${list(above.deltas)}`
    : digits(upstream[unit]);
  /** @type {[string, string][]} */
  const lines = [
    [`x = ${list(sources)}`, layer === 0 ? text('code.features') : text('code.layer', { layer })],
    [`w = ${list(weights.subarray(unit * count, (unit + 1) * count))}`, ''],
    [`z = w @ x ${bias < 0 ? '-' : '+'} ${digits(Math.abs(bias))}`, digits(preActivations[unit])],
    [`a = ${code}`, digits(outputs[unit])],
    ['', ''],
    [`dL_da = ${back}`, `${above ? text('code.upstream') : text('code.loss')}: ${digits(upstream[unit])}`],
    [`dL_dz = dL_da * ${digits(slopes[unit])}`, digits(deltas[unit])],
    ['dL_dw = dL_dz * x', list(weightGradients.subarray(unit * count, (unit + 1) * count)).slice('np.array('.length, -1)],
    ['dL_db = dL_dz', ''],
  ];
  const width = Math.min(40, Math.max(...lines.map(([line]) => line.length)));
  return lines.map(([line, note]) => (note ? `${line.padEnd(width)}  # ${note}` : line)).join('\n');
}
