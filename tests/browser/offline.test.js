// The site without a network, after one visit with one: both pages open and train from what the first visit kept. And the next version.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../tools/lib/static-server.js';
import { button, experimentOf, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/** @import { Page } from 'playwright-core' */

const FOLDER = '/courses/mlp/';

const it = visits(serveSite, { path: null });
/** The pages are asked for from the network first, in vain. @type {import('./support/visits.js').Options} */
const visiting = {
  browser: { serviceWorkers: 'allow' },
  expected: [/^request failed: \S+\/(?:(?:index|digits)\.html(?:\?lang=zh)?)? net::ERR_CONNECTION_REFUSED$/],
};

/** Waits until the worker is at work and has kept all data that the page has fetched. @param {Page} page */
const kept = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const isKept = async (/** @type {PerformanceEntry} */ { name }) => (await caches.match(name)) !== undefined;
    for (;;) {
      const data = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.gz'));
      if ((await Promise.all(data.map(isKept))).every(Boolean)) return;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });

/** @param {import('playwright-core').Locator} lab */
async function trains(lab) {
  await ready(lab);
  await button(lab, 'Step').or(button(lab, '单步')).click();
  await until(lab, ({ lab: { progress } }) => progress?.step === 1);
}

/** The names of the caches for pages and scripts, one per version. @param {Page} page */
const versionsOf = async (page) => (await page.evaluate(() => caches.keys())).filter((name) => name.includes(':shell:'));

describe('the site after the first visit', () => {
  it('opens and trains without a network: the digits with their data, the playground, and their panels', visiting, async ({ page }) => {
    const site = await serveSite();
    try {
      await page.goto(`${site.origin}/digits.html`);
      await trains(page.locator('mlp-digits'));
      await kept(page);
    } finally {
      await site.close();
    }
    await page.goto(`${site.origin}/digits.html?lang=zh`);
    const digits = page.locator('mlp-digits');
    await trains(digits);
    assert.equal((await experimentOf(digits)).data?.samples, 5000);
    await page.goto(`${site.origin}/`);
    const playground = page.locator('mlp-playground');
    await trains(playground);
    await button(playground, 'Numbers').or(button(playground, '数值')).click();
    await playground.locator('mlp-parameter-table').waitFor();
  });

  it('shows a new version at once, and keeps that one then, in any folder', visiting, async ({ page }) => {
    const folder = await mkdtemp(join(tmpdir(), 'mlp-site-'));
    const copy = join(folder, FOLDER);
    await cp(fileURLToPath(new URL('../../web/dist/site/', import.meta.url)), copy, {
      recursive: true,
      filter: (path) => !/\.gz$|\/embed$/.test(path),
    });
    const edit = async (/** @type {string} */ name, /** @type {RegExp} */ before, /** @type {string} */ after) => {
      const text = await readFile(join(copy, name), 'utf8');
      assert.match(text, before);
      await writeFile(join(copy, name), text.replace(before, after));
    };
    const site = await startServer({ folder });
    const address = `${site.origin}${FOLDER}index.html`;
    try {
      await page.goto(address);
      await kept(page);
      const [old, ...others] = await versionsOf(page);
      assert.match(old, /^mlp-playground:\/courses\/mlp\/:shell:[0-9a-f]{16}$/);
      assert.deepEqual(others, []);

      await edit('index.html', /<title>.*<\/title>/, '<title>The next version</title>');
      await edit('service-worker.js', /(?<=version:.)[0-9a-f]{16}/, 'next');
      const before = site.requests.length;
      await page.goto(address);
      assert.equal(await page.title(), 'The next version');
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
        while (!registration.waiting) await new Promise((resolve) => requestAnimationFrame(resolve));
      });
      assert.deepEqual(
        site.requests.slice(before).filter((path) => path.includes('/assets/')),
        [],
        'what did not change is not fetched again',
      );
      // The new worker takes over when no page of the old version is left.
      await page.goto('about:blank');
      await page.goto(address);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.evaluate(async (name) => {
        while (await caches.has(name)) await new Promise((resolve) => requestAnimationFrame(resolve));
      }, old);
      assert.deepEqual(await versionsOf(page), [`mlp-playground:${FOLDER}:shell:next`]);
    } finally {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    }
    await page.goto(address);
    assert.equal(await page.title(), 'The next version');
    await trains(page.locator('mlp-playground'));
  });
});
