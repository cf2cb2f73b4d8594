/**
 * Takes comments and indentation out of the style sheets and the HTML that stand in the scripts as templates, which no minifier of
 * scripts does.
 */
import { join } from 'node:path';
import { parseAst } from 'vite';
import { root } from './paths.js';

/** @import { Plugin } from 'vite' */

/** @typedef {{ type: string, start: number, end: number, [key: string]: unknown }} SyntaxNode */

/** @type {Readonly<Record<string, (text: string) => string>>} */
const minifiers = Object.freeze({
  css: (text) =>
    text
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1'),
  // Where there was space there is some: between inline elements it is seen.
  html: (text) => text.replace(/\s+/g, ' '),
});

/**
 * The texts of tagged templates in a script.
 * @param {unknown} node
 * @param {(tag: string, text: SyntaxNode) => void} visit
 */
function visitTemplates(node, visit) {
  if (Array.isArray(node)) {
    for (const each of node) visitTemplates(each, visit);
  } else if (typeof node === 'object' && node !== null) {
    const { type, tag, quasi } = /** @type {{ type?: string, tag?: { name?: string }, quasi?: { quasis: SyntaxNode[] } }} */ (node);
    if (type === 'TaggedTemplateExpression') for (const text of quasi?.quasis ?? []) visit(tag?.name ?? '', text);
    for (const part of Object.values(node)) visitTemplates(part, visit);
  }
}

/**
 * A script with its templates made small; the expressions in them, and everything else, stay as they are.
 * @param {string} code
 */
export function minifyTemplatesOf(code) {
  /** @type {{ start: number, end: number, text: string }[]} */
  const changes = [];
  visitTemplates(parseAst(code), (tag, { start, end }) => {
    if (Object.hasOwn(minifiers, tag)) changes.push({ start, end, text: minifiers[tag](code.slice(start, end)) });
  });
  let result = code;
  for (const { start, end, text } of changes.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + text + result.slice(end);
  }
  return result;
}

/** @returns {Plugin} */
export function minifyTemplates() {
  return {
    name: 'minify-templates',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.startsWith(join(root, 'src')) || !/\b(?:css|html)`/.test(code)) return undefined;
      return { code: minifyTemplatesOf(code), map: null };
    },
  };
}
