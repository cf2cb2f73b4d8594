// Both READMEs: what they show runs, what they list is what there is, and they say the same.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { createEngine } from 'mlp-playground';
import { decodeLink } from '../web/src/state/link.js';
import { performanceSection } from '../tools/lib/bench/report.js';
import { readmes, withTables } from './support/readme.js';
import { listFiles, readText, root } from './support/sources.js';

/** @import { Engine } from 'mlp-playground' */
/** @import { Language } from './support/readme.js' */

const MOST_LINES = 200;

/** What `embed.html` takes beside a link's fields. */
const embedOptions = ['element', 'lang', 'theme', 'projector', 'autoplay', 'show', 'lock'];

/** C++ packages: where their versions stand, and as which text. */
const nativePackages = [
  { name: 'Emscripten', file: 'tools/toolchain', pattern: /^emscripten_minimum=([\d.]+)$/m },
  { name: 'xsimd', file: 'engine/CMakeLists.txt', pattern: /xsimd\/archive\/refs\/tags\/([\d.]+)\.tar/ },
  { name: 'nlohmann-json', file: 'engine/CMakeLists.txt', pattern: /nlohmann\/json\/releases\/download\/v([\d.]+)\// },
  { name: 'Catch2', file: 'tests/CMakeLists.txt', pattern: /Catch2\/archive\/refs\/tags\/v([\d.]+)\.tar/ },
];

/** @param {string} path */
const exists = (path) => existsSync(new URL(path, root));

const texts = { en: await readText(readmes.en), zh: await readText(readmes.zh) };
const languages = /** @type {Language[]} */ (Object.keys(readmes));

/** @type {Engine} */
let engine;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
});

/**
 * Fenced blocks, in order.
 * @param {string} text
 * @param {string} [kind] of this language only
 */
function codeBlocks(text, kind) {
  const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
  return kind === undefined ? blocks : blocks.filter(({ language }) => language === kind);
}

/** @param {string} text */
const withoutCode = (text) => text.replace(/^```.*?^```$/gms, '');

/**
 * The cells of a section's table, without its heading.
 * @param {string} text
 * @param {number} section counted from 0
 * @returns {string[][]}
 */
function tableOf(text, section) {
  const rows = text
    .split(/^## /m)
    [section + 1].split('\n')
    .filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) => row.slice(2, -2).split(' | '));
}

/** @param {RegExp} heading of the English README; the other has the same sections */
const sectionOf = (heading) => sectionsOf(texts.en).findIndex((title) => heading.test(title));
/** @param {string} text */
const sectionsOf = (text) => [...withoutCode(text).matchAll(/^## (.*)$/gm)].map(([, title]) => title);

/** What an HTML attribute's text means. @param {string} text */
const unescaped = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** @param {unknown} document */
function assertSound(document) {
  assert.deepEqual(engine.check(/** @type {object} */ (document)).issues, []);
}

/** @param {string} link */
function assertLinkSound(link) {
  const catalog = engine.catalog();
  const defaults = (/** @type {string | undefined} */ id) => engine.check(id === undefined ? {} : { data: { id } }).experiment;
  const { experiment, issues } = decodeLink(link, defaults, { catalog, options: embedOptions });
  assert.deepEqual(issues, [], link);
  assertSound(experiment);
  return experiment;
}

for (const language of languages) {
  const text = texts[language];

  describe(readmes[language], () => {
    it(`has at most ${MOST_LINES} lines`, () => {
      assert.ok(text.trimEnd().split('\n').length <= MOST_LINES);
    });

    it('has the limits and the catalog of the engine; node tests/support/readme.js writes them', () => {
      assert.equal(text, withTables(text, engine.catalog(), language));
    });

    it('links to files that exist', () => {
      const links = [...withoutCode(text).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
      const relative = links.filter((target) => !/^https?:/.test(target));
      assert.ok(relative.length > 0);
      for (const target of relative) assert.ok(exists(target.split('#')[0]), target);
      for (const target of links.filter((each) => !relative.includes(each))) assert.ok(URL.canParse(target), target);
    });

    it('names paths that exist', () => {
      const top = ['.ci', '.github', 'bindings', 'engine', 'tests', 'tools', 'web'];
      const words = [...text.matchAll(/(?:^|[\s`"'(])((?:[\w.-]+\/)+[\w.-]*)/gm)].map(([, path]) => path.replace(/[.]$/, ''));
      const paths = words.filter((path) => top.includes(path.split('/')[0]));
      assert.ok(paths.length > 10);
      for (const path of paths) assert.ok(exists(path), path);
    });

    it('names every command in tools/', async () => {
      const entries = await readdir(new URL('tools/', root), { withFileTypes: true });
      const commands = entries
        .filter((entry) => entry.isFile() && !entry.name.includes('.') && entry.name !== 'toolchain')
        .map(({ name }) => name);
      for (const command of commands) assert.ok(new RegExp(`tools/${command}\\b`).test(text), `tools/${command} is not named`);
    });

    it('runs: every JavaScript snippet, with the results that its comments state', async () => {
      const snippets = codeBlocks(text, 'js');
      assert.ok(snippets.length > 0);
      for (const { code } of snippets) {
        const expected = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, value]) => value);
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [...process.execArgv.filter((flag) => flag.startsWith('--experimental')), '--input-type=module', '--eval', code],
          {
            cwd: fileURLToPath(new URL('tests/', root)),
          },
        );
        assert.deepEqual(stdout.trimEnd().split('\n'), expected);
      }
    });

    it('shows the default document, complete', () => {
      const documents = codeBlocks(text, 'json').map(({ code }) => JSON.parse(code));
      assert.equal(documents.length, 1);
      assertSound(documents[0]);
      assert.deepEqual(engine.check(documents[0]).experiment, engine.catalog().defaults);
      // Nothing but what follows from the rest may be missing: the output's units, and switches that are off.
      for (const part of /** @type {const} */ (['data', 'network', 'training'])) {
        assert.deepEqual(Object.keys(documents[0][part]).sort(), Object.keys(engine.catalog().defaults[part]).sort());
      }
    });

    it('embeds experiments that the engine takes', () => {
      const html = codeBlocks(text, 'html')
        .map(({ code }) => code)
        .join('');
      const attributes = [...html.matchAll(/ experiment=(?:'([^']*)'|"([^"]*)")/g)].map(([, single, double]) =>
        unescaped(single ?? double),
      );
      const links = [...html.matchAll(/ (?:src|href)="[^"]*#([^"]*)"/g)].map(([, hash]) => unescaped(hash));
      assert.ok(attributes.length > 0 && links.length > 0);
      for (const experiment of attributes) {
        if (experiment.startsWith('{')) assertSound(JSON.parse(experiment));
        else assertLinkSound(experiment);
      }
      links.forEach(assertLinkSound);
    });

    it('has a link for its picture, which learns as well as it says', () => {
      const links = [...withoutCode(text).matchAll(/`#(v=1&[^`]*)`/g)].map(([, link]) => link);
      assert.equal(links.length, 1);
      const stated = Number(/(\d+) ?%/.exec(text.slice(0, text.indexOf(links[0])))?.[1]) / 100;
      const run = engine.createRun(assertLinkSound(links[0]));
      run.train({ epochs: 800 });
      const { accuracy } = run.evaluate('test');
      run.dispose();
      assert.ok(accuracy !== undefined && accuracy > stated, `${stated} stated, ${accuracy} reached`);
    });

    it('quotes C++ that is compiled: every snippet stands in the engine, indented perhaps', async () => {
      const snippets = codeBlocks(text, 'cpp').map(({ code }) => code);
      assert.ok(snippets.length > 0);
      const sources = await Promise.all((await listFiles('engine/examples', ['.cpp'])).map(readText));
      for (const snippet of snippets) {
        const lines = snippet.trimEnd().split('\n');
        const stands = sources.some((source) => {
          const first = source.split('\n').find((line) => line.trimStart() === lines[0]);
          if (first === undefined) return false;
          const indentation = first.slice(0, first.length - lines[0].length);
          return source.includes(`${lines.map((line) => (line === '' ? '' : indentation + line)).join('\n')}\n`);
        });
        assert.ok(stands, snippet);
      }
    });

    it('has one line for every folder, and no other', async () => {
      const named = tableOf(text, sectionOf(/^Folders$/)).flatMap(([folders]) =>
        [...folders.matchAll(/`([^`]+)`/g)].map(([, path]) => path),
      );
      assert.deepEqual([...new Set(named)], named);
      for (const folder of named) assert.ok(exists(`${folder}/`), `${folder} does not exist`);
      const rows = tableOf(text, sectionOf(/^Folders$/)).map((cells) => cells.join(' '));
      for (const folder of await folders()) {
        const parent = folder.slice(0, folder.lastIndexOf('/'));
        const inParentsRow = rows.some((row) => row.startsWith(`\`${parent}\``) && row.includes(`\`${folder.slice(parent.length + 1)}\``));
        const split = named.some((each) => each.startsWith(`${folder}/`));
        assert.ok(named.includes(folder) || inParentsRow || split, `${folder} is not in the map`);
      }
    });

    it('lists every package with its version and licence, and no other', async () => {
      const rows = tableOf(text, sectionOf(/^Dependencies$/));
      const listed = rows.flatMap(([packages, licence]) => packages.split(', ').map((each) => ({ package: each, licence })));
      /** @type {typeof listed} */
      const expected = [];
      for (const { name, file, pattern } of nativePackages) {
        const version = pattern.exec(await readText(file))?.[1];
        assert.ok(version, `${file} states no version of ${name}`);
        const row = listed.find((each) => each.package === `${name} ${version}` || each.package.startsWith(`${name} ${version} `));
        assert.ok(row, `${name} ${version} is not listed`);
        expected.push(row);
      }
      for (const folder of ['web', 'tests', 'tools/lib/bench']) {
        const { dependencies = {}, devDependencies = {} } = JSON.parse(await readText(`${folder}/package.json`));
        const { packages } = JSON.parse(await readText(`${folder}/package-lock.json`));
        for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
          if (version.startsWith('file:')) continue;
          const row = listed.find((each) => each.package === `${name} ${version}`);
          assert.ok(row, `${name} ${version} is not listed`);
          assert.equal(row.licence, packages[`node_modules/${name}`].license, name);
          expected.push(row);
        }
      }
      assert.deepEqual(
        listed.filter((each) => !expected.includes(each)),
        [],
      );
    });

    it('states the size of the engine as it is, within a tenth', async () => {
      const stated = 1000 * Number(/(\d+) KB/.exec(text)?.[1]);
      const files = ['web/generated/mlp-reproducible.wasm', 'web/generated/mlp-reproducible.mjs'];
      const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(new URL(file, root)), { level: 9 }).length));
      const size = sizes[0] + sizes[1];
      assert.ok(Math.abs(size - stated) < size / 10, `${stated} stated, ${size} bytes found`);
    });
  });
}

/** Folders that a newcomer meets: two levels, and those of the page's sources. */
async function folders() {
  const files = await listFiles('.', []);
  const parents = files.map((file) => file.split('/').slice(0, -1)).filter((parts) => parts.length > 0);
  const depth = (/** @type {string[]} */ parts) => (parts[0] === 'web' && parts[1] === 'src' ? 3 : parts[0].startsWith('.') ? 1 : 2);
  const found = parents.flatMap((parts) => [parts[0], parts.slice(0, depth(parts)).join('/')]);
  return [...new Set(found)].sort();
}

describe('both READMEs', () => {
  it('have the same sections', () => {
    assert.equal(sectionsOf(texts.zh).length, sectionsOf(texts.en).length);
    assert.equal(new Set(sectionsOf(texts.zh)).size, sectionsOf(texts.zh).length);
  });

  it('have the same code', () => {
    assert.deepEqual(codeBlocks(texts.zh), codeBlocks(texts.en));
  });

  it('have the same numbers of rows, list items and pictures in each section', () => {
    const shape = (/** @type {string} */ text) =>
      text.split(/^## /m).map((section) => ({
        rows: section.match(/^\| /gm)?.length ?? 0,
        items: section.match(/^(?:- |\d\. )/gm)?.length ?? 0,
        pictures: section.match(/!\[/g)?.length ?? 0,
      }));
    assert.deepEqual(shape(texts.zh), shape(texts.en));
  });

  it('list the same folders and packages', () => {
    for (const section of [/^Folders$/, /^Dependencies$/]) {
      const keys = (/** @type {string} */ text) => tableOf(text, sectionOf(section)).map(([first]) => first.replaceAll('、', ', '));
      assert.deepEqual(keys(texts.zh), keys(texts.en));
    }
  });

  it('get the same table of measurements in both languages: rates, times and ratios to the fastest of each column', async () => {
    const some = JSON.parse(await readText('engine/bench/workloads.json')).slice(0, 2);
    const whole = { ...some[0], id: 'whole', title: { en: 'from beginning to end', zh: '从头到尾' }, steps: 600 };
    const report = {
      machine: { processor: 'Some(R) Maker CPU @ 1 GHz', node: 'v20.0.0', chromium: '150.0', date: '2026-01-01', versions: { PyTorch: '1.13' } },
      workloads: [...some, whole],
      medians: {
        'mlp fast, Chromium': { [some[0].id]: 3_000_000, [some[1].id]: 2500, whole: 300 },
        'mlp reproducible, Chromium': { [some[0].id]: 2_000_000, [some[1].id]: 2000, whole: 200 },
        PyTorch: { [some[0].id]: 1000, [some[1].id]: 5000, whole: 150 },
        'tfjs wasm, Chromium': { [some[0].id]: 10, [some[1].id]: null, whole: 100 },
        'tfjs cpu, Chromium': { [some[0].id]: 30, [some[1].id]: null },
      },
      growth: { samples: [], parameters: [] },
      rounds: 3,
    };
    const cells = languages.map((language) => {
      const rows = performanceSection(report, language)
        .split('\n')
        .filter((line) => line.startsWith('| '));
      return rows.slice(1).map((row) => row.slice(2, -2).split(' | ').slice(1));
    });
    assert.deepEqual(cells[0], [
      ['3.00 M', '2.00 M', '3,000', '100,000'],
      ['2,500', '2,000', '0.50', '–'],
      ['2.00 s', '3.00 s', '2.0', '3.0'],
    ]);
    assert.deepEqual(
      cells[1],
      cells[0].map((row) => row.map((cell) => cell.replace(' s', ' 秒'))),
    );
    for (const { title } of report.workloads) {
      assert.ok(performanceSection(report, 'en').includes(title.en) && performanceSection(report, 'zh').includes(title.zh));
    }
  });
});
