// The packed package in pages of somebody else's: bundled by Vite and by esbuild, not bundled at all, and as the embed script. Each trains.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build as buildWithEsbuild } from 'esbuild';
import { startServer } from '../../tools/lib/static-server.js';
import { createProject, training, web } from '../support/consumer.js';
import { openBrowser } from './support/browser.js';

const page = (/** @type {string} */ head, /** @type {string} */ body = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Training</title>${head}</head><body>${body}</body></html>\n`;

/** A page's script: it trains, then puts what came of it where the test looks. */
const program = (/** @type {string} */ imports, /** @type {string} */ options) => `
${imports}
import { createEngine } from 'mlp-playground';
import { train } from './train.js';
document.body.dataset.result = JSON.stringify(train(await createEngine(${options})));
`;

const importMap = JSON.stringify({ imports: { 'mlp-playground': './node_modules/mlp-playground/src/index.js' } });

/** @type {Awaited<ReturnType<typeof createProject>>} */
let project;
/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let chromium;

before(async () => {
  project = await createProject({
    'train.js': training,
    'main.js': program('', "{ variant: 'reproducible' }"),
    // esbuild copies files that are imported, and leaves addresses made from import.meta.url alone.
    'esbuild.js': program("import wasm from 'mlp-playground/mlp-reproducible.wasm';", '{ wasm: new URL(wasm, import.meta.url) }'),
    'index.html': page('<script type="module" src="./main.js"></script>'),
    'esbuild.html': page('<script type="module" src="./built/esbuild.js"></script>'),
    'plain.html': page(`<script type="importmap">${importMap}</script><script type="module" src="./main.js"></script>`),
    'script.html': page(
      '<script src="./node_modules/mlp-playground/dist/embed/mlp-playground.js" defer></script>',
      '<mlp-playground experiment="#v=1&amp;data.id=xor" autoplay></mlp-playground>',
    ),
    'element.html': page(
      '<script type="module" src="./node_modules/mlp-playground/dist/elements/mlp-playground.js"></script>',
      '<mlp-playground experiment="#v=1&amp;data.id=xor" autoplay></mlp-playground>',
    ),
  });
  [server, chromium] = await Promise.all([startServer({ folder: project.folder }), openBrowser()]);
});
after(async () => {
  await chromium?.close();
  await server?.close();
  await project?.remove();
});

/** @param {string} path */
async function assertTrains(path) {
  const visit = await chromium.visit(`${server.origin}/${path}`);
  await visit.page.waitForSelector('body[data-result]', { state: 'attached' });
  const { accuracy, sets } = JSON.parse((await visit.page.getAttribute('body', 'data-result')) ?? '');
  assert.equal(accuracy, 1);
  assert.ok(sets > 5);
  visit.assertNoProblems();
  await visit.close();
}

/** @param {string} path */
async function assertElementTrains(path) {
  const visit = await chromium.visit();
  await visit.context.addInitScript(() => addEventListener('mlp-progress', () => document.body.setAttribute('data-trains', '')));
  await visit.page.goto(`${server.origin}/${path}`);
  await visit.page.waitForSelector('body[data-trains]', { state: 'attached' });
  visit.assertNoProblems();
  await visit.close();
}

describe('the packed package in Chromium', () => {
  it('bundled by Vite, with nothing configured', async () => {
    const { build } = await import(join(web, 'node_modules', 'vite', 'dist', 'node', 'index.js'));
    await build({ root: project.folder, base: './', logLevel: 'error', configFile: false, build: { outDir: 'vite', target: 'es2022' } });
    await assertTrains('vite/index.html');
  });

  it('bundled by esbuild', async () => {
    await buildWithEsbuild({
      absWorkingDir: project.folder,
      entryPoints: ['esbuild.js'],
      outdir: 'built',
      bundle: true,
      format: 'esm',
      loader: { '.wasm': 'file' },
      logLevel: 'silent',
    });
    await assertTrains('esbuild.html');
  });

  it('as modules, not bundled', () => assertTrains('plain.html'));
  it('as a plain script and a tag', () => assertElementTrains('script.html'));
  it('as a module and a tag', () => assertElementTrains('element.html'));
});
