// Browsers that lack something, and engines that die: one clear sentence, and a page that stays usable.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, fullSpeed, hashOf, ready, until, untilCounter } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator, Page } from 'playwright-core'
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 */

const it = visits(serveSite);

/**
 * Puts a line before the worker's own code: what a browser lacks, its workers lack too.
 * @param {Page} page
 * @param {string} line
 */
async function prependToWorker(page, line) {
  await page.addInitScript((code) => {
    const Original = Blob;
    globalThis.Blob = class extends Original {
      /**
       * @param {BlobPart[]} [parts]
       * @param {BlobPropertyBag} [options]
       */
      constructor(parts = [], options = {}) {
        super(options.type === 'text/javascript' ? [code, ...parts] : parts, options);
      }
    };
  }, line);
}

/**
 * The message of a lab that cannot run: a title, one sentence, a button.
 * @param {Locator} lab
 */
async function failureOf(lab) {
  await until(lab, ({ lab: { labState } }) => labState === 'failed');
  const alert = lab.getByRole('alert').filter({ hasText: 'The laboratory cannot run here' });
  return { alert, text: await alert.locator('.text').innerText() };
}

/** The rest of the page is there and works. @param {Page} page */
async function assertPageUsable(page) {
  assert.equal(await page.getByRole('heading', { name: 'Things to try' }).isVisible(), true);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { name: '可以试试' }).waitFor();
  await page.getByText('实验室无法在此运行').waitFor();
}

/** Dies as an engine does that traps outside of every command. @param {Page} page */
const killWorker = (page) =>
  page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error('the engine trapped');
    });
  });

describe('a browser', () => {
  it('without WebAssembly SIMD is told so', { path: null }, async ({ lab, page, site }) => {
    await prependToWorker(page, 'WebAssembly.validate = () => false;');
    await page.goto(site.origin);
    const { text } = await failureOf(lab);
    assert.match(text, /^This browser cannot run the engine: it has no WebAssembly SIMD\./);
    await assertPageUsable(page);
  });

  it('without relaxed SIMD trains the digits with the other engine', { path: null, tag: 'mlp-digits' }, async ({ lab, page, site }) => {
    await prependToWorker(
      page,
      '{ const { validate } = WebAssembly; WebAssembly.validate = (bytes) => !bytes.includes(133) && validate(bytes); }',
    );
    await page.goto(`${site.origin}/digits.html`);
    await ready(lab);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { run }) => run?.variant), 'reproducible');
    await button(lab, 'Step').click();
    await until(lab, ({ lab: { progress } }) => progress?.step === 1);
  });

  it('that refuses workers is told so', { path: null }, async ({ lab, page, site }) => {
    await page.addInitScript(() => {
      globalThis.Worker = /** @type {any} */ (
        class {
          constructor() {
            throw new DOMException('refused', 'SecurityError');
          }
        }
      );
    });
    await page.goto(site.origin);
    const { text } = await failureOf(lab);
    assert.match(text, /forbids the engine's worker: worker-src needs blob:\.$/);
    await assertPageUsable(page);
  });

  it('whose workers never speak is told so, and may try again', { path: null }, async ({ lab, page, site }) => {
    await page.clock.install();
    await page.addInitScript(() => {
      const Original = Worker;
      class SilentWorker extends EventTarget {
        onmessage = null;
        postMessage() {}
        terminate() {}
      }
      Object.assign(globalThis, { Worker: SilentWorker, allowWorkers: () => Object.assign(globalThis, { Worker: Original }) });
    });
    await page.goto(site.origin);
    await until(lab, ({ lab: { labState } }) => labState === 'starting');
    // The clock jumps until the engine's patience is over, whenever that began.
    for (let jumps = 0; jumps < 20 && (await lab.evaluate((/** @type {LabElement} */ { labState }) => labState)) !== 'failed'; ++jumps) {
      await page.clock.fastForward(5000);
    }
    const { alert, text } = await failureOf(lab);
    assert.match(text, /^The engine's worker could not be started\./);
    await page.evaluate(() => /** @type {any} */ (globalThis).allowWorkers());
    await alert.getByRole('button', { name: 'Try again' }).click();
    await ready(lab);
    await alert.waitFor({ state: 'detached' });
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 1, 1);
  });

  it('that cannot get the engine is told which file is missing, and may try again', { path: null }, async ({ lab, page, site }) => {
    await page.context().route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: 'Not found.' }));
    await page.goto(site.origin);
    const { alert, text } = await failureOf(lab);
    assert.match(text, /^The engine's file could not be loaded: .*mlp-reproducible\S*\.wasm answered 404\.$/);
    await page.context().unroute(/\.wasm$/);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await ready(lab);
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 1, 1);
  });
});

describe('a part of the page that cannot be fetched', () => {
  it(
    'is told in its place, in the page’s language, and may be asked for again',
    { expected: [/ERR_INTERNET_DISCONNECTED/] },
    async ({ lab, page }) => {
      await ready(lab);
      await page.context().setOffline(true);
      await button(lab, 'Numbers').click();
      const panel = lab.locator('#panel-numbers');
      await panel.getByText('A part of this page could not be fetched. Is the network there?').waitFor();
      await page.getByRole('button', { name: '中文' }).click();
      await panel.getByText('有一部分页面内容没有取到。').waitFor();
      await page.context().setOffline(false);
      await panel.getByRole('button', { name: '重试' }).click();
      await panel.locator('mlp-parameter-table').waitFor();
    },
  );
});

describe('an engine that dies while it trains', () => {
  it('is replaced, and training goes on from the last snapshot', {}, async ({ lab, page }) => {
    await ready(lab);
    await fullSpeed(lab);
    await button(lab, 'Train').click();
    await untilCounter(lab, 'test-score', 95);
    await until(lab, ({ lab: { run } }) => run?.lastSnapshot !== null);
    await killWorker(page);
    const notice = lab.getByRole('status').filter({ hasText: 'The engine was restarted' });
    await notice.waitFor();
    const [, from] = /from step ([\d,]+);/.exec(await notice.innerText()) ?? [];
    const step = Number(from?.replaceAll(',', ''));
    assert.ok(step > 0, `it begins at ${from}`);
    await until(lab, ({ lab: { progress, playing }, argument }) => playing && (progress?.step ?? 0) > argument, step);
    await button(lab, 'Pause').click();
    await button(lab, 'Train').waitFor();
    assert.equal(page.workers().length, 1);
    const evaluation = await lab.evaluate((/** @type {LabElement} */ { run }) => run?.call('evaluate', 'test'));
    assert.ok((evaluation?.accuracy ?? 0) > 0.9, 'what was learned is there');
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  it('comes back exactly as it was when it dies in a pause', {}, async ({ lab, page }) => {
    await ready(lab);
    await lab.evaluate((/** @type {LabElement} */ element) => element.step(500));
    await until(lab, ({ lab: { run } }) => run?.lastSnapshot !== null);
    const learned = await hashOf(lab);
    await killWorker(page);
    await lab.getByText('from step 500;').waitFor();
    assert.equal(await hashOf(lab), learned);
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 501, 501);
  });

  it('again and again is given up with a message, and may be tried again', {}, async ({ lab, page }) => {
    await ready(lab);
    for (let deaths = 0; deaths < 4; ++deaths) {
      const worker = page.workers()[0];
      const closed = worker.waitForEvent('close');
      await killWorker(page);
      await closed;
      if (deaths < 3) await until(lab, ({ lab: { notice } }) => notice?.kind === 'restarted');
      if (deaths < 3) await lab.getByRole('button', { name: 'Close' }).click();
    }
    const { alert, text } = await failureOf(lab);
    assert.match(text, /^The engine's worker failed .*the engine trapped/);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await ready(lab);
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 1, 1);
  });
});
