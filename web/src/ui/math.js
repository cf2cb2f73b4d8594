/** Small pieces of MathML, to build formulas from. */
import { html, mathml } from 'lit';

/** @import { TemplateResult } from 'lit' */

/** @param {readonly TemplateResult<3>[]} parts */
export const math = (...parts) => html`<math>${parts.map((part) => mathml`<mrow>${part}</mrow>`)}</math>`;

/** @param {string} sign */
export const operator = (sign) => mathml`<mo>${sign}</mo>`;

/** @param {string} name */
export const word = (name) => mathml`<mi>${name}</mi>`;

/** @param {string} name @param {string | number} below @param {number} [layer] */
export const indexed = (name, below, layer) =>
  layer === undefined
    ? mathml`<msub><mi>${name}</mi><mn>${below}</mn></msub>`
    : mathml`<msubsup><mi>${name}</mi><mn>${below}</mn><mrow><mo form="prefix" stretchy="false">(</mo><mn>${layer}</mn><mo form="postfix" stretchy="false">)</mo></mrow></msubsup>`;

/** @param {TemplateResult<3>} above @param {TemplateResult<3>} below */
export const fraction = (above, below) => mathml`<mfrac><mrow>${above}</mrow><mrow>${below}</mrow></mfrac>`;

/** @param {string} digits */
export const number = (digits) => mathml`<mn>${digits}</mn>`;

/** A factor: in brackets where it begins with a minus. @param {string} digits */
export const factor = (digits) =>
  digits.startsWith('\u2212')
    ? mathml`<mo form="prefix" stretchy="false">(</mo><mn>${digits}</mn><mo form="postfix" stretchy="false">)</mo>`
    : number(digits);
