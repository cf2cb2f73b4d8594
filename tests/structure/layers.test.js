// Who may know whom. The tables are the architecture; whatever breaks it is named with file and line.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { globalsOf, importsOf, listFiles, readText } from '../support/sources.js';

/** @param {string[]} offences */
const assertNone = (offences) => assert.equal(offences.join('\n'), '');

/**
 * C++, lowest layer first: a file includes headers of lower layers; within a layer only those on its left.
 */
const engineLayers = [
  ['message', 'error', 'operation', 'value', 'json'],
  ['simd', 'matrix', 'random'],
  ['activation', 'feature', 'initializer', 'loss', 'optimizer', 'schedule', 'dataset', 'idx', 'operations'],
  ['document'],
  ['network', 'samples', 'reference'],
  ['trainer'],
  ['snapshot', 'run', 'catalog'],
  ['mlp'],
];

/** Headers private to the engine's sources: beside which public header each stands, and so what it may include. */
const privateHeaders = /** @type {Readonly<Record<string, string>>} */ ({
  table: 'operation',
  activation_kernels: 'activation',
  loss_kernels: 'loss',
  optimizer_kernels: 'optimizer',
  samples_in_lanes: 'network',
  units_in_lanes: 'network',
});

/** Sources that implement a header together with the one of its name. */
const furtherSources = /** @type {Readonly<Record<string, string>>} */ ({
  training: 'trainer',
});

/**
 * JavaScript: which folders (or files) of web/src a folder may import from. The most specific row counts.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const webLayers = Object.freeze({
  engine: ['engine'],
  'index.js': ['engine'],
  state: ['state', 'engine/errors.js'],
  text: ['text'],
  export: ['export', 'state', 'engine/errors.js'],
  view: ['view', 'text'],
  ui: ['ui', 'view', 'text'],
  digits: ['digits', 'ui', 'view', 'text', 'state', 'engine/errors.js'],
  elements: ['elements', 'digits', 'ui', 'view', 'text', 'export', 'state', 'engine'],
  pages: ['pages', 'elements', 'ui', 'engine/errors.js', 'engine/script-url.js'],
});

/** Packages that a folder may import; none where it is not named. @type {Readonly<Record<string, readonly string[]>>} */
const webPackages = Object.freeze({
  'state/delimited-text.js': ['papaparse'],
  view: ['uplot'],
  ui: ['lit'],
  digits: ['lit'],
  elements: ['lit'],
});

/** Modules of the engine that only a page or the worker runs; all others run in Node too. */
const browserOnly = new Set(
  ['sources', 'sources-embed', 'script-url', 'script-url-module', 'start-worker', 'worker'].map((name) => `web/src/engine/${name}.js`),
);

const documentGlobals = new Set([
  'document',
  'window',
  'self',
  'location',
  'navigator',
  'localStorage',
  'customElements',
  'HTMLElement',
  'requestAnimationFrame',
  'getComputedStyle',
]);

/**
 * @param {string} path
 * @returns {Promise<{ header: string, quoted: boolean, line: number }[]>}
 */
async function includesOf(path) {
  const lines = (await readText(path)).split('\n');
  return lines.flatMap((text, index) => {
    const [, bracket, header] = /^\s*#\s*include\s*(["<])([^">]+)[">]/.exec(text) ?? [];
    return header === undefined ? [] : [{ header, quoted: bracket === '"', line: index + 1 }];
  });
}

/** Name of a C++ file without folder and ending. @param {string} path */
const stem = (path) => posix.basename(path).replace(/\.[ch]pp$/, '');

const layerOf = new Map(engineLayers.flatMap((names, layer) => names.map((name, place) => [name, { layer, place }])));

/**
 * Whether `name` may include the public header `other`.
 * @param {string} name
 * @param {string} other
 */
function isBelow(name, other) {
  const [upper, lower] = [layerOf.get(name), layerOf.get(other)];
  if (!upper || !lower) return false;
  return lower.layer < upper.layer || (lower.layer === upper.layer && lower.place < upper.place);
}

describe('engine', () => {
  it('has every public header in the table, and no other', async () => {
    const headers = (await listFiles('engine/include/mlp', ['.hpp'])).map(stem);
    assert.deepEqual([...layerOf.keys()].sort(), headers.sort());
  });

  it('has every private header in the table, and no other', async () => {
    const headers = (await listFiles('engine/src', ['.hpp'])).map(stem);
    assert.deepEqual(Object.keys(privateHeaders).sort(), headers.sort());
  });

  it('headers include lower layers only, by their full name', async () => {
    const offences = [];
    for (const path of await listFiles('engine/include', ['.hpp'])) {
      for (const { header, quoted, line } of await includesOf(path)) {
        if (!quoted) continue;
        const name = /^mlp\/(\w+)\.hpp$/.exec(header)?.[1];
        if (name === undefined || !isBelow(stem(path), name)) offences.push(`${path}:${line}: ${stem(path)} may not include ${header}`);
      }
    }
    assertNone(offences);
  });

  it('sources include their own header, lower layers, and private headers of their own layer or lower ones', async () => {
    const offences = [];
    for (const path of await listFiles('engine/src', ['.cpp', '.hpp'])) {
      const own = privateHeaders[stem(path)] ?? furtherSources[stem(path)] ?? stem(path);
      if (!layerOf.has(own)) offences.push(`${path}:1: belongs to no header of the table`);
      for (const { header, quoted, line } of await includesOf(path)) {
        if (!quoted) continue;
        const name = /^mlp\/(\w+)\.hpp$/.exec(header)?.[1] ?? privateHeaders[stem(header)];
        const allowed = name !== undefined && (name === own || isBelow(own, name));
        if (!allowed) offences.push(`${path}:${line}: ${stem(path)} may not include ${header}`);
      }
    }
    assertNone(offences);
  });

  it('has xsimd and its intrinsics in simd.hpp alone', async () => {
    const offences = [];
    for (const folder of ['engine', 'bindings', 'tests/engine']) {
      for (const path of await listFiles(folder, ['.cpp', '.hpp'])) {
        if (path === 'engine/include/mlp/simd.hpp') continue;
        for (const { header, line } of await includesOf(path)) {
          if (/^xsimd\b|intrin\.h$|^wasm_simd128\.h$|^arm_neon\.h$/.test(header))
            offences.push(`${path}:${line}: only simd.hpp includes ${header}`);
        }
      }
    }
    assertNone(offences);
  });

  it('knows nothing of Emscripten, nor of any other package but xsimd; only json.cpp has a JSON library', async () => {
    const offences = [];
    for (const path of await listFiles('engine', ['.cpp', '.hpp'])) {
      (await readText(path)).split('\n').forEach((text, index) => {
        if (/\bemscripten\b/i.test(text) && !/defined\(__EMSCRIPTEN__\)|ifdef __EMSCRIPTEN__/.test(text))
          offences.push(`${path}:${index + 1}: ${text.trim()}`);
      });
      if (path.startsWith('engine/bench/')) continue;
      for (const { header, quoted, line } of await includesOf(path)) {
        const foreign = !quoted && header.includes('/') && !header.startsWith('xsimd/');
        if (foreign && !(path === 'engine/src/json.cpp' && header === 'nlohmann/json.hpp'))
          offences.push(`${path}:${line}: may not include <${header}>`);
      }
    }
    assertNone(offences);
  });

  it('is used by the bindings through its public headers', async () => {
    const offences = [];
    for (const path of await listFiles('bindings', ['.cpp', '.hpp'])) {
      for (const { header, quoted, line } of await includesOf(path)) {
        const own = ['convert.hpp', 'guard.hpp'].includes(header);
        const name = /^mlp\/(\w+)\.hpp$/.exec(header)?.[1];
        if (quoted && !own && !(name && layerOf.has(name) && name !== 'simd')) offences.push(`${path}:${line}: may not include ${header}`);
      }
    }
    assertNone(offences);
  });
});

/** @type {Promise<{ path: string, line: number, specifier: string, target: string | null }[]> | undefined} */
let readImports;

/** Every import of web/src, once read; `target` is the path from the root that it means, null for packages. */
function webImports() {
  readImports ??= readWebImports();
  return readImports;
}

async function readWebImports() {
  const found = [];
  for (const path of await listFiles('web/src', ['.js'])) {
    for (const { specifier, line } of importsOf(path, await readText(path))) {
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier.replace(/\?.*$/, '')) : null;
      found.push({ path, line, specifier, target });
    }
  }
  return found;
}

/**
 * The row of a table for a file of web/src.
 * @param {Readonly<Record<string, readonly string[]>>} table
 * @param {string} path
 */
function rowFor(table, path) {
  const parts = path.replace('web/src/', '').split('/');
  const keys = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  const key = keys.find((each) => Object.hasOwn(table, each));
  return key === undefined ? undefined : table[key];
}

describe('web/src', () => {
  it('has every folder in the table, and no other', async () => {
    const files = (await listFiles('web/src', ['.js'])).map((path) => path.replace('web/src/', ''));
    assert.deepEqual([...new Set(files.map((path) => path.split('/')[0]))].sort(), Object.keys(webLayers).sort());
  });

  it('imports along the layers', async () => {
    const offences = [];
    for (const { path, line, specifier, target } of await webImports()) {
      if (target === null || !target.startsWith('web/src/')) continue;
      const name = target.replace('web/src/', '');
      const allowed = rowFor(webLayers, path)?.some((each) => name === each || name.startsWith(`${each}/`));
      if (!allowed) offences.push(`${path}:${line}: may not import ${specifier}`);
    }
    assertNone(offences);
  });

  it('imports packages only where the table says so; Node modules only where they are asked for at run time', async () => {
    const offences = [];
    for (const { path, line, specifier, target } of await webImports()) {
      if (target !== null || specifier.startsWith('virtual:')) continue;
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      const isReader = path === 'web/src/index.js' && specifier === 'node:fs/promises';
      if (!isReader && !(rowFor(webPackages, path) ?? []).includes(name)) offences.push(`${path}:${line}: may not import ${specifier}`);
    }
    assertNone(offences);
  });

  it('has what the build makes in few places', async () => {
    const users = new Set([
      'web/src/index.js',
      'web/src/engine/worker.js',
      'web/src/engine/sources.js',
      'web/src/elements/lab-element.js',
      'web/src/digits/mnist-files.js',
    ]);
    const virtual = new Set([
      'web/src/engine/start-worker.js',
      'web/src/engine/sources-embed.js',
      'web/src/pages/service-worker.js',
    ]);
    const offences = [];
    for (const { path, line, specifier, target } of await webImports()) {
      const wrong = target?.startsWith('web/generated/') ? !users.has(path) : specifier.startsWith('virtual:') && !virtual.has(path);
      if (wrong) offences.push(`${path}:${line}: may not import ${specifier}`);
    }
    assertNone(offences);
  });

  it('engine, state and export run in Node: no document, no window', async () => {
    const offences = [];
    for (const folder of ['engine', 'state', 'export']) {
      for (const path of await listFiles(`web/src/${folder}`, ['.js'])) {
        if (browserOnly.has(path)) continue;
        for (const { name, line } of globalsOf(path, await readText(path))) {
          if (documentGlobals.has(name)) offences.push(`${path}:${line}: ${name} is not there in Node`);
        }
      }
    }
    assertNone(offences);
  });

  it('reaches what only a page has from nowhere in the package entry', async () => {
    const reached = await reachableFrom('web/src/index.js');
    assertNone([...reached].filter((path) => browserOnly.has(path) || !/^web\/(?:src\/(?:index\.js$|engine\/)|generated\/)/.test(path)));
  });

  it('views get their canvas handed in: only canvas.js touches the document', async () => {
    const offences = [];
    for (const path of await listFiles('web/src/view', ['.js'])) {
      if (path === 'web/src/view/canvas.js') continue;
      for (const { name, line } of globalsOf(path, await readText(path))) {
        if (name === 'document' || name === 'window') offences.push(`${path}:${line}: ${name}`);
      }
    }
    assertNone(offences);
  });
});

/** @param {string} entry */
async function reachableFrom(entry) {
  const imports = await webImports();
  const reached = new Set([entry]);
  for (const path of reached) for (const each of imports) if (each.path === path && each.target) reached.add(each.target);
  return reached;
}

describe('package', () => {
  it('carries every file that its entry imports', async () => {
    const { files } = JSON.parse(await readText('web/package.json'));
    const needed = [...(await reachableFrom('web/src/index.js'))].map((path) => path.replace('web/', ''));
    const missing = needed.filter((path) => !files.some((/** @type {string} */ each) => path === each || path.startsWith(`${each}/`)));
    assert.deepEqual(missing, []);
  });

  it('carries no source that its entry does not import, but the types', async () => {
    const { files } = JSON.parse(await readText('web/package.json'));
    const reached = await reachableFrom('web/src/index.js');
    const sources = files.filter((/** @type {string} */ path) => path.startsWith('src/') && path !== 'src/engine/types.js');
    assert.deepEqual(
      sources.filter((/** @type {string} */ path) => !reached.has(`web/${path}`)),
      [],
    );
  });
});
