/**
 * The repository's own files, and what they say, for the tests of structure. Nothing that is generated or installed counts.
 */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** @typedef {import('typescript').Node} SyntaxNode */

export const root = new URL('../../', import.meta.url);

/**
 * A file's text.
 * @param {string} path from the repository's root, as in every function here
 */
export const readText = (path) => readFile(new URL(path, root), 'utf8');

// The checker's own parser: it knows comments, strings and templates apart.
/** @type {typeof import('typescript')} */
const ts = createRequire(new URL('web/package.json', root))('typescript');
export const { SyntaxKind } = ts;

const notOurs = new Set(['.git', '.cache', 'build', 'dist', 'generated', 'node_modules']);

/** Folders of sources that are called like one of generated files. */
const oursNevertheless = new Set(['web/build']);

/**
 * Files below a folder, as sorted paths from the repository's root.
 * @param {string} folder from the repository's root; '.' for all
 * @param {readonly string[]} endings none for all
 * @returns {Promise<string[]>}
 */
export async function listFiles(folder, endings) {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const entries = await readdir(new URL(prefix, root), { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = prefix + entry.name;
      if (entry.isDirectory()) return notOurs.has(entry.name) && !oursNevertheless.has(path) ? [] : listFiles(path, endings);
      return entry.isFile() && (endings.length === 0 || endings.some((ending) => path.endsWith(ending))) ? [path] : [];
    }),
  );
  return found.flat().sort();
}

/** Trees of scripts that were asked for before. @type {Map<string, { text: string, nodes: SyntaxNode[] }>} */
const parsed = new Map();

/**
 * Every node of a script, comments apart, in order; each knows its parent and its place.
 * @param {string} path
 * @param {string} text
 * @returns {readonly SyntaxNode[]}
 */
export function nodesOf(path, text) {
  const known = parsed.get(path);
  if (known?.text === text) return known.nodes;
  const nodes = descendantsOf(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  parsed.set(path, { text, nodes });
  return nodes;
}

/** @param {SyntaxNode} top */
function descendantsOf(top) {
  /** @type {SyntaxNode[]} */
  const nodes = [];
  const visit = (/** @type {SyntaxNode} */ node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(top);
  return nodes;
}

/** The line of a node, counted from 1. @param {SyntaxNode} node */
export function lineOf(node) {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** The name that a node is, or nothing. @param {SyntaxNode} node */
export function wordOf(node) {
  return ts.isIdentifier(node) ? node.text : '';
}

/** Whether a name is what a call or a construction calls, alone or at the end of `globalThis.…`. @param {SyntaxNode} node */
export function isCallee(node) {
  const callee = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  const { parent } = callee;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === callee;
}

/**
 * What a script imports at run time, wherever it says so; types in comments do not count.
 * @param {string} path
 * @param {string} text
 * @returns {{ specifier: string, line: number }[]}
 */
export function importsOf(path, text) {
  const found = [];
  for (const node of nodesOf(path, text)) {
    const literal =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (literal && ts.isStringLiteralLike(literal)) found.push({ specifier: literal.text, line: lineOf(node) });
  }
  return found;
}

/**
 * Names that a script declares anywhere inside a function or file.
 * @param {SyntaxNode} scope
 * @returns {Set<string>}
 */
function declaredIn(scope) {
  const names = new Set();
  for (const node of descendantsOf(scope)) {
    const declares = ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node);
    if (declares && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
  }
  return names;
}

/**
 * Names that a script takes from the platform: neither properties nor declared by a function around them.
 * @param {string} path
 * @param {string} text
 * @returns {{ name: string, line: number }[]}
 */
export function globalsOf(path, text) {
  const found = [];
  /** @type {Map<SyntaxNode, Set<string>>} */
  const declared = new Map();
  const declares = (/** @type {SyntaxNode} */ scope, /** @type {string} */ name) => {
    if (!declared.has(scope)) declared.set(scope, declaredIn(scope));
    return declared.get(scope)?.has(name);
  };
  for (const node of nodesOf(path, text)) {
    if (!ts.isIdentifier(node)) continue;
    const { parent } = node;
    const isProperty =
      (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isClassElement(parent)) && parent.name === node;
    if (isProperty || (ts.isBindingElement(parent) && parent.propertyName === node)) continue;
    let isLocal = false;
    for (let scope = parent; scope && !isLocal && !ts.isSourceFile(scope); scope = scope.parent)
      isLocal = ts.isFunctionLike(scope) && Boolean(declares(scope, node.text));
    if (!isLocal) found.push({ name: node.text, line: lineOf(node) });
  }
  return found;
}
