// What a visitor downloads before the first step: the budget that keeps the first picture within a second on a slow line.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { gzipSync } from 'node:zlib';
import { button, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

const BUDGET = 200_000;
const folder = new URL('../../web/dist/site/', import.meta.url);
const it = visits(serveSite, { path: null });

describe('the first load', () => {
  it('is at most 200 KB gzipped, everything that was asked for counted', {}, async ({ page, lab, site }) => {
    const before = site.requests.length;
    await page.goto(site.origin);
    await ready(lab);
    await until(lab, ({ lab: element }) => element.renderRoot.querySelector('[data-number="epoch"]')?.textContent === '0');
    const paths = [...new Set(site.requests.slice(before))];
    const sizes = await Promise.all(
      paths.map(async (path) => {
        const file = new URL(path === '/' ? 'index.html' : `.${path}`, folder);
        return /** @type {const} */ ([path, gzipSync(await readFile(file), { level: 9 }).length]);
      }),
    );
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    assert.ok(
      sizes.some(([path]) => path.endsWith('.wasm')),
      'the engine is among them',
    );
    assert.ok(total <= BUDGET, `${total} bytes: ${JSON.stringify(Object.fromEntries(sizes))}`);
  });

  it('leaves panels and charts for when they are wanted', {}, async ({ page, lab, site }) => {
    await page.goto(site.origin);
    await ready(lab);
    const before = site.requests.length;
    await button(lab, 'Numbers').click();
    await lab.locator('mlp-parameter-table').waitFor();
    const after = site.requests.length;
    assert.ok(after > before, 'a panel is fetched when it is opened');
    await button(lab, 'Numbers').click();
    await button(lab, 'Numbers').click();
    assert.equal(site.requests.length, after, 'and only once');
  });
});
