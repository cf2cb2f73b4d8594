// Rules of the house that a machine can check; whatever breaks one is named with file and line.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SyntaxKind, importsOf, isCallee, lineOf, listFiles, nodesOf, readText, root, wordOf } from '../support/sources.js';

/** @param {string[]} offences */
const assertNone = (offences) => assert.equal(offences.join('\n'), '');

/** Properties and methods that turn text into elements, or into code. */
const injections = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'createContextualFragment',
  'setHTMLUnsafe',
  'unsafeHTML',
  'unsafeSVG',
  'styleMap',
]);
const evaluators = new Set(['eval', 'Function']);
const templateKinds = new Set([
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
]);

/**
 * Lines of files that match.
 * @param {readonly string[]} paths
 * @param {RegExp} pattern
 */
async function matches(paths, pattern) {
  /** @type {string[]} */
  const found = [];
  for (const path of paths) {
    (await readText(path)).split('\n').forEach((line, index) => {
      if (pattern.test(line)) found.push(`${path}:${index + 1}: ${line.trim().slice(0, 120)}`);
    });
  }
  return found;
}

describe('pages under a strict content-security policy', () => {
  it('never make elements or code from text', async () => {
    const offences = [];
    for (const path of await listFiles('web/src', ['.js'])) {
      const text = await readText(path);
      for (const node of nodesOf(path, text)) {
        const word = wordOf(node);
        if (injections.has(word)) offences.push(`${path}:${lineOf(node)}: ${word}`);
        if (evaluators.has(word) && isCallee(node)) offences.push(`${path}:${lineOf(node)}: ${word}(…)`);
      }
      for (const { specifier, line } of importsOf(path, text)) {
        if (/unsafe-html|unsafe-svg|style-map/.test(specifier)) offences.push(`${path}:${line}: ${specifier}`);
      }
    }
    assertNone(offences);
  });

  it('have no style attributes in templates', async () => {
    const offences = [];
    for (const path of await listFiles('web/src', ['.js'])) {
      for (const node of nodesOf(path, await readText(path))) {
        if (templateKinds.has(node.kind) && /[\s"']style\s*=/.test(node.getText())) offences.push(`${path}:${lineOf(node)}: style="…"`);
        if (
          /^(?:set|toggle)Attribute$/.test(wordOf(node)) &&
          /^\w+\(\s*['"`]style['"`]/.test(node.getSourceFile().text.slice(node.getStart()))
        ) {
          offences.push(`${path}:${lineOf(node)}: setAttribute('style', …)`);
        }
      }
    }
    assertNone(offences);
  });

  it('have no styles, scripts or handlers of their own in the HTML', async () => {
    const pages = (await listFiles('web', ['.html'])).filter((path) => !path.startsWith('web/src/'));
    assert.ok(pages.length >= 3);
    assertNone(await matches(pages, /\sstyle=|\son\w+=|<style\b|<script(?![^>]*\bsrc=)[^>]*>|javascript:/i));
  });
});

describe('every file', () => {
  const textFile = /(?:\.(?:cpp|hpp|js|mjs|ts|json|html|css|svg|md|txt|in|sh|yml|clang-format|editorconfig|npmrc)|\/[\w-]+)$/;

  it('leaves nothing to be done later', async () => {
    const paths = (await listFiles('.', [])).filter((path) => textFile.test(path) && !path.endsWith('package-lock.json'));
    assert.ok(paths.length > 100);
    assertNone(await matches(paths, /\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/));
  });

  it('is of no particular machine: no home folders, no registry', async () => {
    const paths = (await listFiles('.', [])).filter((path) => textFile.test(path));
    assertNone(await matches(paths, /(?:^|[\s\"'=(])\/(?:home|Users|root)\/\w|\/\/registry\./));
  });
});

describe('packages', () => {
  it('come from whatever registry the reader has: lock files name none', async () => {
    for (const path of ['web/package-lock.json', 'tests/package-lock.json', 'tools/lib/bench/package-lock.json']) {
      /** @type {Record<string, { resolved?: string }>} */
      const packages = JSON.parse(await readText(path)).packages;
      const named = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined && /^[a-z+]+:\/\//i.test(resolved));
      assert.deepEqual(
        named.map(([name, { resolved }]) => `${path}: ${name} from ${resolved}`),
        [],
      );
    }
  });

  it('are pinned to one version, the same in the lock file', async () => {
    for (const folder of ['web', 'tests', 'tools/lib/bench']) {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(await readText(`${folder}/package.json`));
      const { packages } = JSON.parse(await readText(`${folder}/package-lock.json`));
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        if (version.startsWith('file:')) continue;
        assert.match(version, /^\d+\.\d+\.\d+$/, `${folder}/package.json: ${name} is not pinned`);
        assert.equal(packages[`node_modules/${name}`]?.version, version, `${folder}/package-lock.json: ${name}`);
      }
    }
  });
});

describe('texts', () => {
  /** Pairs of tables, found by their names: en.js and zh.js, digits-en.js and digits-zh.js. */
  async function pairs() {
    const names = (await listFiles('web/src/text', ['.js'])).map((path) => path.replace('web/src/text/', ''));
    return names.filter((name) => /(?:^|-)en\.js$/.test(name)).map((name) => [name, name.replace(/en\.js$/, 'zh.js')]);
  }

  /**
   * The one table that a module exports.
   * @param {string} name
   * @returns {Promise<Record<string, string | Record<string, string>>>}
   */
  async function tableOf(name) {
    const tables = Object.values(await import(new URL(`web/src/text/${name}`, root).href));
    assert.equal(tables.length, 1, name);
    return tables[0];
  }

  /** @param {string | Record<string, string>} message */
  const sentences = (message) => (typeof message === 'string' ? [message] : Object.values(message));
  /** @param {string | Record<string, string>} message */
  const places = (message) =>
    [...new Set(sentences(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))].sort();

  it('have the same keys in both languages', async () => {
    const found = await pairs();
    assert.ok(found.length >= 2);
    for (const [en, zh] of found) assert.deepEqual(Object.keys(await tableOf(zh)).sort(), Object.keys(await tableOf(en)).sort(), zh);
  });

  it('have no empty sentence, and the same places for values in both languages', async () => {
    for (const [en, zh] of await pairs()) {
      const [english, chinese] = [await tableOf(en), await tableOf(zh)];
      for (const [key, message] of Object.entries(english)) {
        for (const text of [...sentences(message), ...sentences(chinese[key])]) assert.notEqual(text.trim(), '', `${key} is empty`);
        // A plural form may leave the count out, "one digit"; together the forms have every place.
        assert.deepEqual(places(chinese[key]), places(message), `${zh}: ${key}`);
      }
    }
  });

  it('are of elements and pages that exist in both languages: every key is used', async () => {
    const scripts = (await listFiles('web/src', ['.js'])).filter((path) => !path.startsWith('web/src/text/'));
    const sources = (await Promise.all([...scripts, 'web/src/text/text.js'].map(readText))).join('\n');
    const unused = [];
    for (const [en] of await pairs()) {
      for (const key of Object.keys(await tableOf(en))) {
        // Keys may be put together, `data.preset.${id}`: then their beginning stands in the source.
        const beginnings = key
          .split('.')
          .map((_, i, parts) => `${parts.slice(0, i).join('.')}.\${`)
          .filter((each) => !each.startsWith('.'));
        if (!sources.includes(`'${key}'`) && !beginnings.some((each) => sources.includes(`\`${each}`))) unused.push(`${en}: ${key}`);
      }
    }
    assertNone(unused);
  });
});
