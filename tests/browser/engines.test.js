// The built pages in Firefox and in WebKit: they open, draw and learn without a word in the console, and train to the same bits as
// every other build.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fnv1a } from '../support/hash.js';
import { engines } from './support/engines.js';
import { serveSite } from './support/site.js';

/**
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 * @import { Driven } from './support/engines.js'
 */

/** @type {{ runs: { name: string, hashes: Record<string, string>, document: object }[] }} */
const fixtures = JSON.parse(await readFile(new URL('../fixtures/reproducibility.json', import.meta.url), 'utf8'));
const probe = await readFile(new URL('support/probe.js', import.meta.url), 'utf8');

/** A page of the built site that tells what goes wrong on it. @param {string} name */
async function watched(name) {
  const html = await readFile(new URL(`../../web/dist/site/${name}`, import.meta.url), 'utf8');
  assert.match(html, /<head>/);
  return html.replace('<head>', '<head><script src="/probe.js"></script>');
}

/** A machine that does much else at the same time is slow, not wrong. */
const PATIENCE = { timeout: 300_000 };

/**
 * Waits until the lab of a page has a run and has drawn something: a canvas with many colours. Runs in the page.
 * @param {string} tag
 */
async function opened(tag) {
  const picture = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await customElements.whenDefined(tag);
  const lab = /** @type {LabElement} */ (document.querySelector(tag));
  while (lab.labState !== 'ready' || lab.run === null) {
    if (lab.labState === 'failed') throw new Error(`the lab does not start: ${lab.renderRoot.textContent}`);
    await picture();
  }
  /** @param {ParentNode} root @returns {HTMLCanvasElement[]} */
  const canvasesIn = (root) =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element instanceof HTMLCanvasElement ? [element] : []),
      ...(element.shadowRoot ? canvasesIn(element.shadowRoot) : []),
    ]);
  const colorful = (/** @type {HTMLCanvasElement} */ canvas) => {
    const context = canvas.width > 0 && canvas.height > 0 ? document.createElement('canvas').getContext('2d') : null;
    if (context === null) return false;
    Object.assign(context.canvas, { width: canvas.width, height: canvas.height });
    context.drawImage(canvas, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size > 20;
  };
  while (!canvasesIn(lab.renderRoot).some(colorful)) await picture();
}

/**
 * Trains a lab as its button does, and tells how well it answered before and after. Runs in the page.
 * @param {{ tag: string, epochs: number }} what
 */
async function learned({ tag, epochs }) {
  const lab = /** @type {LabElement} */ (document.querySelector(tag));
  const accuracy = async () => /** @type {number} */ ((await lab.run?.call('evaluate', 'test'))?.accuracy);
  const before = await accuracy();
  const first = lab.progress?.step ?? 0;
  await lab.play({ stepsPerSecond: Infinity, limit: { epochs } });
  while (lab.playing) await new Promise((resolve) => requestAnimationFrame(resolve));
  return { before, after: await accuracy(), steps: (lab.progress?.step ?? 0) - first, notice: lab.notice };
}

/**
 * Trains a document, and gives the parameters' bytes after each of the numbers of steps. Runs in the page.
 * @param {{ document: object, counts: number[] }} what
 */
async function trained({ document: experiment, counts }) {
  const lab = /** @type {LabElement} */ (document.querySelector('mlp-playground'));
  await new Promise((resolve) => {
    lab.addEventListener('mlp-change', resolve, { once: true });
    lab.experiment = experiment;
  });
  const bytes = [];
  for (const count of counts) {
    await lab.step(count - (lab.progress?.step ?? 0));
    const parameters = /** @type {Float32Array} */ (await lab.run?.call('parameters'));
    bytes.push([...new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength)]);
  }
  return bytes;
}

const problems = async () => /** @type {{ problems: string[] }} */ (/** @type {unknown} */ (globalThis)).problems;

for (const [name, open] of Object.entries(engines)) {
  describe(name, () => {
    /** @type {Driven} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serveSite>>} */
    let site;
    before(async () => {
      site = await serveSite({
        pages: { '/': await watched('index.html'), '/digits.html': await watched('digits.html'), '/probe.js': probe },
      });
      browser = await open();
    }, PATIENCE);
    after(async () => {
      await browser?.close();
      await site?.close();
    });

    for (const { path, tag, epochs, accuracy } of [
      { path: '/', tag: 'mlp-playground', epochs: 200, accuracy: 0.95 },
      { path: '/digits.html', tag: 'mlp-digits', epochs: 3, accuracy: 0.8 },
    ]) {
      it(`opens ${path}, draws and learns, and the console stays empty`, PATIENCE, async (test) => {
        test.diagnostic(browser.version);
        await browser.goto(`${site.origin}${path}`);
        await browser.evaluate(opened, tag);
        const { before: untrained, after: result, steps, notice } = await browser.evaluate(learned, { tag, epochs });
        assert.ok(steps > 0);
        assert.ok(result > untrained && result >= accuracy, `accuracy ${untrained} before and ${result} after ${steps} steps`);
        assert.equal(notice ?? null, null);
        assert.deepEqual(await browser.evaluate(problems, null), []);
      });
    }

    it('trains to the same bits as every other build', PATIENCE, async (test) => {
      await browser.goto(`${site.origin}/`);
      await browser.evaluate(opened, 'mlp-playground');
      /** @type {number[]} */
      const everything = [];
      for (const { name: run, hashes, document } of fixtures.runs) {
        const results = await browser.evaluate(trained, { document, counts: Object.keys(hashes).map(Number) });
        assert.deepEqual(
          results.map((bytes) => fnv1a(Uint8Array.from(bytes))),
          Object.values(hashes),
          run,
        );
        everything.push(...results.flat());
      }
      test.diagnostic(`${browser.version}: ${fnv1a(Uint8Array.from(everything))} over all runs`);
      assert.deepEqual(await browser.evaluate(problems, null), []);
    });
  });
}
