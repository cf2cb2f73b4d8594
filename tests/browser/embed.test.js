// Labs in pages of somebody else's, which load the one script from the site's host.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { button, experimentOf, fullSpeed, hashOf, ready, standsStill, stepOf, until, untilCounter } from './support/lab.js';
import { servePages, serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/** @import { LabElement } from '../../web/src/elements/lab-element.js' */
/** @typedef {Awaited<ReturnType<typeof servePages>>} Server */

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

/** What the README tells authors to allow, and nothing else. */
const documentedPolicy = /^script-src .*$/m.exec(readme)?.[0];
assert.ok(documentedPolicy);

/** @type {Server} */
let engineSite;
/** @type {Server} */
let deafHost;

/** The site's host, and two of authors: one with the documented policy, one that forgot the worker. */
async function serveHosts() {
  engineSite = await serveSite();
  const { origin } = engineSite;
  /** @param {string} body */
  const page = (body) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>An article</title><script src="${origin}/embed/mlp-playground.js" defer></script>${body}`;
  const pages = {
    '/favicon.ico': '',
    '/two': page(`<mlp-playground id="first" autoplay></mlp-playground>
      <mlp-playground id="second" experiment='{ "data": { "id": "gauss" } }' autoplay></mlp-playground>`),
    '/fold': page(
      `<mlp-playground id="above" autoplay></mlp-playground>${'<p>Text of the article.</p>'.repeat(200)}<mlp-playground id="below" autoplay></mlp-playground>`,
    ),
    '/one': page('<div id="left"><mlp-playground><p>The picture of the article</p></mlp-playground></div><div id="right"></div>'),
    '/wrong': page(`<mlp-playground experiment='{ "data": { "id": "nowhere" }, "training": { "batchSize": -1 } }'></mlp-playground>`),
    '/unreadable': page(`<mlp-playground experiment='{ "data": '></mlp-playground>`),
    '/digits': page(`<mlp-digits></mlp-digits>`),
    '/settings': page(`<mlp-playground lang="zh" theme="dark" lock="data training.optimizer"></mlp-playground>`),
    '/frame': `<!doctype html><html lang="en"><title>An article</title><iframe title="A network" width="800" height="600"
      src="${origin}/embed.html#v=1&amp;data.id=xor&amp;lang=zh&amp;theme=dark"></iframe>`,
    '/sandbox': `<!doctype html><html lang="en"><title>An article</title><iframe title="A network" width="800" height="600"
      sandbox="allow-scripts" src="${origin}/embed.html#v=1&amp;data.id=xor"></iframe>`,
  };
  const policy = /** @type {string} */ (documentedPolicy).replaceAll('https://example.org', origin);
  deafHost = await servePages(pages, { 'Content-Security-Policy': policy.replace('worker-src blob:', "worker-src 'none'") });
  const host = await servePages(pages, {
    'Content-Security-Policy': `default-src 'none'; frame-src ${origin}; require-trusted-types-for 'script'; trusted-types mlp-worker lit-html; ${policy}`,
  });
  return { ...host, close: async () => void (await Promise.all([engineSite, deafHost, host].map((server) => server.close()))) };
}

const it = visits(serveHosts);

describe('a page of another origin, under the documented policy', () => {
  it('has two labs that learn in one worker', { path: '/two' }, async ({ lab, page }) => {
    for (const id of ['first', 'second']) {
      const each = page.locator(`#${id}`);
      await each.scrollIntoViewIfNeeded();
      await ready(each);
      await fullSpeed(each);
      await untilCounter(each, 'test-score', 95);
    }
    assert.equal(await lab.count(), 2);
    assert.equal(page.workers().length, 1);
    assert.equal((await experimentOf(page.locator('#second'))).data?.id, 'gauss');
  });

  it('trains nothing below the fold', { path: '/fold' }, async ({ page }) => {
    const [above, below] = [page.locator('#above'), page.locator('#below')];
    await untilCounter(above, 'step', 50);
    assert.equal(await below.evaluate((/** @type {LabElement} */ { run }) => run), null, 'it costs nothing yet');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await until(below, ({ lab: { progress } }) => (progress?.step ?? 0) > 50);
    await until(above, ({ lab: { run } }) => run?.playing === false);
    assert.equal(await standsStill(above), true);
  });

  it('hears events from inside its own elements', { path: null }, async ({ page, site }) => {
    await page.addInitScript(() => {
      /** @type {Record<string, number>} */
      const heard = {};
      Object.assign(globalThis, { heard });
      for (const name of ['mlp-ready', 'mlp-change', 'mlp-progress', 'mlp-diverged', 'mlp-error']) {
        document.addEventListener(name, (event) => {
          heard[name] = (heard[name] ?? 0) + 1;
          if (!(event instanceof CustomEvent && event.composed && event.bubbles)) heard.wrong = 1;
        });
      }
    });
    await page.goto(`${site.origin}/one`);
    await page.waitForFunction(() => customElements.get('mlp-playground'));
    // In a shadow tree of the author's own: what is not composed stops at its border.
    await page.evaluate(() => {
      const host = document.createElement('section');
      document.body.prepend(host);
      const lab = document.createElement('mlp-playground');
      lab.id = 'inner';
      host.attachShadow({ mode: 'open' }).append(lab);
      document.getElementById('left')?.remove();
    });
    const inner = page.locator('#inner');
    await ready(inner);
    await inner.evaluate((/** @type {LabElement} */ element) => element.step(3));
    await inner.evaluate((/** @type {LabElement} */ element) => {
      element.experiment = { data: { id: 'plane' }, training: { optimizer: { id: 'sgd', learningRate: 100 } } };
    });
    await until(inner, ({ lab: { run } }) => run?.experiment.data.id === 'plane');
    await inner.evaluate((/** @type {LabElement} */ element) => element.play());
    await until(inner, ({ lab: { progress } }) => progress?.status === 'diverged');
    await inner.evaluate((/** @type {LabElement} */ element) => {
      element.experiment = 'v=1&data.id=nowhere';
    });
    await page.waitForFunction(() => {
      const { heard } = /** @type {{ heard: Record<string, number> }} */ (/** @type {unknown} */ (globalThis));
      return ['mlp-ready', 'mlp-change', 'mlp-progress', 'mlp-diverged', 'mlp-error'].every((name) => heard[name] > 0);
    });
    assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).heard.wrong), undefined);
  });

  it('may move a lab: it goes on where it was', { path: '/one' }, async ({ lab, page }) => {
    await ready(lab);
    await button(lab, 'Train').click();
    await untilCounter(lab, 'step', 50);
    const step = await lab.evaluate((/** @type {LabElement} */ element) => {
      Object.assign(globalThis, { runBefore: element.run });
      document.getElementById('right')?.append(element);
      return element.progress?.step ?? 0;
    });
    await until(lab, ({ lab: { progress }, argument }) => (progress?.step ?? 0) > argument + 50, step);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { run }) => run === /** @type {any} */ (globalThis).runBefore), true);
    assert.equal(await page.locator('#right mlp-playground').count(), 1);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { playing }) => playing), true);
  });

  it('may take a lab out and put it back later, with what it has learned', { path: '/one' }, async ({ lab, page }) => {
    await ready(lab);
    await lab.evaluate((/** @type {LabElement} */ element) => element.step(40));
    const learned = await hashOf(lab);
    await page.evaluate(async () => {
      const element = /** @type {LabElement} */ (document.querySelector('mlp-playground'));
      element.remove();
      Object.assign(globalThis, { element });
    });
    await page.waitForFunction(() => /** @type {any} */ (globalThis).element.run === null);
    await page.evaluate(() => document.getElementById('right')?.append(/** @type {any} */ (globalThis).element));
    await ready(lab);
    assert.equal(await stepOf(lab), 40);
    assert.equal(await hashOf(lab), learned);
  });

  it('is told what is wrong with a document, and has a lab all the same', { path: '/wrong' }, async ({ lab }) => {
    await ready(lab);
    const alert = lab.getByRole('alert').filter({ hasText: 'could not be used' });
    await alert.waitFor();
    assert.match(await alert.innerText(), /data\.id: .*nowhere/);
    assert.match(await alert.innerText(), /training\.batchSize: .*-1/);
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 1, 1);
  });

  it('is told when the attribute cannot be read at all', { path: '/unreadable' }, async ({ lab }) => {
    await ready(lab);
    assert.match(await lab.getByRole('alert').filter({ hasText: 'could not be used' }).innerText(), /experiment: expected JSON or a link/);
  });

  it('chooses language, colours and what stays as it is', { path: '/settings' }, async ({ lab }) => {
    await ready(lab);
    await button(lab, '训练').waitFor();
    assert.equal(await lab.evaluate((element) => getComputedStyle(element).colorScheme), 'dark');
    assert.equal(await lab.getByRole('slider', { name: '学习率', exact: true }).isDisabled(), true);
    assert.equal(await lab.getByRole('slider', { name: '噪声', exact: true }).isDisabled(), true);
    assert.equal(await lab.getByRole('slider', { name: '批大小', exact: true }).isDisabled(), false);
  });

  it('has the digits too, with their data from the site', { path: '/digits', tag: 'mlp-digits' }, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Step').click();
    await until(lab, ({ lab: { progress } }) => progress?.step === 1);
    assert.ok(engineSite.requests.some((path) => path.startsWith('/embed/data/train-images')));
    assert.ok(engineSite.requests.includes('/embed/mlp-fast.wasm'));
  });

  it(
    "shows the author's own content where scripts do not run, and only there",
    { path: '/one', browser: { javaScriptEnabled: false } },
    async ({ page }) => {
      assert.equal(await page.getByText('The picture of the article').isVisible(), true);
    },
  );

  it("hides the author's own content where they do", { path: '/one' }, async ({ lab, page }) => {
    await ready(lab);
    assert.equal(await page.getByText('The picture of the article').isVisible(), false);
  });

  it(
    'is told when its policy forbids the worker, and shows its own content',
    { path: null, expected: [/policy violation: worker-src/, /console error: .*[Cc]ontent [Ss]ecurity [Pp]olicy/] },
    async ({ lab, page }) => {
      await page.goto(`${deafHost.origin}/one`);
      await until(lab, ({ lab: { labState } }) => labState === 'failed');
      assert.match(await lab.getByRole('alert').innerText(), /content-security policy .*worker-src needs blob:/);
      assert.equal(await page.getByText('The picture of the article').isVisible(), true);
    },
  );
});

describe('a frame', () => {
  it('holds the experiment of its address, and tells its height', { path: null }, async ({ page, site }) => {
    await page.addInitScript(() => {
      /** @type {unknown[]} */
      const messages = [];
      Object.assign(globalThis, { messages });
      addEventListener('message', ({ data }) => messages.push(data));
    });
    await page.goto(`${site.origin}/frame`);
    const lab = page.frameLocator('iframe').locator('mlp-playground');
    await button(lab, '训练').click();
    await untilCounterIn(page, 20);
    const frame = page.frames()[1];
    const { data, scheme } = await frame.evaluate(() => {
      const element = /** @type {LabElement} */ (document.querySelector('mlp-playground'));
      return { data: element.experiment.data?.id, scheme: getComputedStyle(document.documentElement).colorScheme };
    });
    assert.deepEqual({ data, scheme }, { data: 'xor', scheme: 'dark' });
    const height = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
    /** @type {(string | { context: string, src: string, height: number })[]} */
    const messages = await page.evaluate(() => /** @type {any} */ (globalThis).messages);
    const told = messages.map((message) => (typeof message === 'string' ? JSON.parse(message) : message));
    assert.ok(told.length >= 2);
    assert.ok(told.every(({ context, src }) => context === 'iframe.resize' && src === frame.url()));
    assert.equal(told[told.length - 1].height, height);
    assert.deepEqual(new Set(messages.map((message) => typeof message)), new Set(['object', 'string']));
  });

  it('works in a sandbox without an origin', { path: '/sandbox' }, async ({ page }) => {
    await button(page.frameLocator('iframe').locator('mlp-playground'), 'Train').click();
    await untilCounterIn(page, 20);
  });

  /**
   * Waits until the lab in the frame counts so many steps.
   * @param {import('playwright-core').Page} page
   * @param {number} step
   */
  function untilCounterIn(page, step) {
    return page.frames()[1].waitForFunction((minimum) => {
      const lab = /** @type {LabElement | null} */ (document.querySelector('mlp-playground'));
      return (lab?.progress?.step ?? 0) >= minimum;
    }, step);
  }
});
