/**
 * The part of LaTeX that formulas of networks are written in, as a tree, as MathML and as plain text: what is shown is what is copied.
 */
import { html, mathml, nothing } from 'lit';

/** @import { TemplateResult } from 'lit' */

/**
 * @typedef {{ kind: 'row', parts: Node[] }
 *   | { kind: 'number' | 'name' | 'bold' | 'function' | 'operator' | 'bracket', text: string }
 *   | { kind: 'space', em: number }
 *   | { kind: 'fraction', above: Node, below: Node }
 *   | { kind: 'root', body: Node }
 *   | { kind: 'script', base: Node, below?: Node, above?: Node }
 *   | { kind: 'fence', open: string, close: string, body: Node }
 *   | { kind: 'table', rows: Node[][], cases: boolean }} Node
 */

/** Commands that stand for a sign. @type {ReadonlyMap<string, string>} */
const signs = new Map([
  ['cdot', '·'],
  ['times', '×'],
  ['odot', '⊙'],
  ['in', '∈'],
  ['le', '≤'],
  ['dots', '…'],
  ['sum', '∑'],
]);
const names = new Map([
  ['sigma', 'σ'],
  ['top', '⊤'],
]);
const functions = new Set(['min', 'max', 'tanh', 'ln', 'sin', 'cos']);
const spaces = new Map([
  ['quad', 1],
  [',', 0.17],
  ['!', 0],
]);
const TOKEN = /\\\\|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|./gu;

/**
 * @param {string} text a formula
 * @returns {Node}
 * @throws {Error} where it holds what is not known here
 */
export function parseTex(text) {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  let at = 0;

  /** @param {string} expected */
  function take(expected) {
    if (tokens[at] !== expected) throw new Error(`TeX: expected "${expected}", got "${tokens[at] ?? 'the end'}" in ${text}`);
    at += 1;
  }

  /** The words between braces, as they are. */
  function words() {
    take('{');
    let found = '';
    while (tokens[at] !== '}' && at < tokens.length) found += tokens[at++];
    take('}');
    return found;
  }

  /** What stands between braces, or a single token. @returns {Node} */
  function argument() {
    if (tokens[at] !== '{') return atom();
    at += 1;
    const body = row(['}']);
    take('}');
    return body;
  }

  /** @returns {Node} */
  function environment() {
    const name = words();
    if (name === 'array') words();
    /** @type {Node[][]} */
    const rows = [[]];
    for (;;) {
      rows[rows.length - 1].push(row(['&', '\\\\', '\\end']));
      const end = tokens[at++];
      if (end === '\\\\') rows.push([]);
      else if (end !== '&') break;
    }
    words();
    return { kind: 'table', rows, cases: name === 'cases' };
  }

  /** @returns {Node} */
  function command() {
    const name = tokens[at++].slice(1);
    if (name === 'frac') return { kind: 'fraction', above: argument(), below: argument() };
    if (name === 'sqrt') return { kind: 'root', body: argument() };
    if (name === 'mathbf') return { kind: 'bold', text: words() };
    if (name === 'mathbb') return { kind: 'name', text: words() === 'R' ? 'ℝ' : '?' };
    if (name === 'operatorname') return { kind: 'function', text: words() };
    if (name === 'begin') return environment();
    if (name === 'left') {
      const open = tokens[at++];
      const body = row(['\\right']);
      take('\\right');
      return { kind: 'fence', open, close: tokens[at++], body };
    }
    if (functions.has(name)) return { kind: 'function', text: name };
    const sign = signs.get(name);
    if (sign) return { kind: 'operator', text: sign };
    const letter = names.get(name);
    if (letter) return { kind: 'name', text: letter };
    const em = spaces.get(name);
    if (em !== undefined) return { kind: 'space', em };
    throw new Error(`TeX: "\\${name}" is not known in ${text}`);
  }

  /** @returns {Node} */
  function atom() {
    const token = tokens[at];
    if (token === undefined) throw new Error(`TeX: something is missing at the end of ${text}`);
    if (token.startsWith('\\')) return command();
    at += 1;
    if (/^\d/.test(token)) return { kind: 'number', text: token };
    if (/^\p{L}/u.test(token)) return { kind: 'name', text: token };
    if ('()|'.includes(token)) return { kind: 'bracket', text: token };
    return { kind: 'operator', text: token === '-' ? '\u2212' : token };
  }

  /**
   * @param {readonly string[]} ends
   * @returns {Node}
   */
  function row(ends) {
    /** @type {Node[]} */
    const parts = [];
    while (at < tokens.length && !ends.includes(tokens[at])) {
      const base = tokens[at] === '{' ? argument() : atom();
      if (base.kind === 'space' && base.em === 0) continue;
      /** @type {{ below?: Node, above?: Node }} */
      const scripts = {};
      while (tokens[at] === '_' || tokens[at] === '^') scripts[tokens[at++] === '_' ? 'below' : 'above'] = argument();
      parts.push(scripts.below || scripts.above ? { kind: 'script', base, ...scripts } : base);
    }
    return { kind: 'row', parts };
  }

  return row([]);
}

const thin = mathml`<mspace width="0.17em"></mspace>`;

/**
 * Whether something follows a function, or a matrix, that is applied to it.
 * @param {Node} part
 * @param {Node | undefined} before
 */
function isApplied({ kind }, before) {
  const plain = kind === 'name' || kind === 'bold' || kind === 'script' || kind === 'fraction';
  return before !== undefined && ((before.kind === 'function' && plain) || (before.kind === 'fence' && (plain || kind === 'fence')));
}

/**
 * A formula as MathML.
 * @param {Node} node
 */
export const mathOf = (node) => html`<math>${mathmlOf(node)}</math>`;

/**
 * @param {Node} node
 * @returns {TemplateResult<3>}
 */
function mathmlOf(node) {
  switch (node.kind) {
    case 'row':
      return mathml`<mrow>${node.parts.map((part, index) => (isApplied(part, node.parts[index - 1]) ? mathml`${thin}${mathmlOf(part)}` : mathmlOf(part)))}</mrow>`;
    case 'number':
      return mathml`<mn>${node.text}</mn>`;
    case 'name':
      return mathml`<mi>${node.text}</mi>`;
    case 'bold':
      return mathml`<mi class="bold" mathvariant="normal">${node.text}</mi>`;
    case 'function':
      return mathml`<mi>${node.text}</mi>`;
    case 'operator':
      return mathml`<mo>${node.text}</mo>`;
    case 'bracket':
      return mathml`<mo stretchy="false">${node.text}</mo>`;
    case 'space':
      return node.em < 1 ? thin : mathml`<mspace width="1em"></mspace>`;
    case 'fraction':
      return mathml`<mfrac>${mathmlOf(grouped(node.above))}${mathmlOf(grouped(node.below))}</mfrac>`;
    case 'root':
      return mathml`<msqrt>${mathmlOf(node.body)}</msqrt>`;
    case 'script': {
      const [base, below, above] = [node.base, node.below, node.above].map((part) => part && mathmlOf(grouped(part)));
      if (below && above) return mathml`<msubsup>${base}${below}${above}</msubsup>`;
      return below ? mathml`<msub>${base}${below}</msub>` : mathml`<msup>${base}${above}</msup>`;
    }
    case 'fence':
      return mathml`<mrow><mo fence="true" form="prefix">${node.open}</mo>${mathmlOf(node.body)}<mo fence="true" form="postfix">${node.close}</mo></mrow>`;
    case 'table':
      return mathml`<mrow>${node.cases ? mathml`<mo fence="true" form="prefix">{</mo>` : nothing}<mtable class=${node.cases ? 'cases' : 'matrix'}>${node.rows.map(
        (cells) => mathml`<mtr>${cells.map((cell) => mathml`<mtd>${mathmlOf(cell)}</mtd>`)}</mtr>`,
      )}</mtable></mrow>`;
  }
}

/** A single element, where MathML counts them. @param {Node} node @returns {Node} */
function grouped(node) {
  return { kind: 'row', parts: [node] };
}

/**
 * A formula as plain text, in one line.
 * @param {Node} node
 * @returns {string}
 */
export function plainOf(node) {
  switch (node.kind) {
    case 'row':
      return node.parts.map((part, index) => spaced(part, node.parts[index - 1], node.parts[index - 2])).join('');
    case 'space':
      return node.em >= 1 ? ' ' : '';
    case 'fraction':
      return `${wrapped(node.above)}/${wrapped(node.below)}`;
    case 'root':
      return `√${wrapped(node.body)}`;
    case 'script':
      return `${plainOf(node.base)}${node.below ? `_${wrapped(node.below)}` : ''}${node.above ? `^${wrapped(node.above)}` : ''}`;
    case 'fence':
      // A matrix has brackets of its own.
      return isTable(node.body) ? plainOf(node.body) : `${node.open}${plainOf(node.body)}${node.close}`;
    case 'table':
      return node.cases
        ? `{${node.rows.map((cells) => cells.map(plainOf).join(' if ')).join('; ')}}`
        : `[${node.rows.map((cells) => cells.map(plainOf).join(', ')).join('; ')}]`;
    default:
      return node.text;
  }
}

/**
 * Signs between two things stand apart, a sign before one thing belongs to it, and what is multiplied or applied has a space.
 * @param {Node} part
 * @param {Node | undefined} before
 * @param {Node | undefined} earlier
 */
function spaced(part, before, earlier) {
  const text = plainOf(part);
  if (before === undefined || text === ',' || text === '' || /[( ]$/.test(plainOf(before)) || /^[) ]/.test(text)) return text;
  const unary = before.kind === 'operator' && '+\u2212'.includes(before.text) && (earlier === undefined || /[=(,]$/.test(plainOf(earlier)));
  const bracketed = /^\(/.test(text) && part.kind !== 'operator';
  const applied = bracketed && (before.kind === 'function' || before.kind === 'script' || before.kind === 'name');
  const bar = part.kind === 'bracket' || before.kind === 'bracket';
  return unary || applied || (bar && part.kind !== 'operator' && !/\)$/.test(plainOf(before))) ? text : ` ${text}`;
}

/** In brackets unless it is a single sign. @param {Node} node */
function wrapped(node) {
  const text = plainOf(node);
  return /^(?:\u2212?[\p{N}.]+|[\p{L}\p{N}.⊤]+)$/u.test(text) ? text : `(${text})`;
}

/** @param {Node} node */
function isTable(node) {
  return node.kind === 'table' || (node.kind === 'row' && node.parts.length === 1 && node.parts[0].kind === 'table');
}
