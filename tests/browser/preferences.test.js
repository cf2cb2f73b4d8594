// The reader's preferences on both pages: language, appearance and a room that looks on, by switch, by address and from memory.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, experimentOf, pictures, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/** @import { Page } from 'playwright-core' */

const it = visits(serveSite);

/** The size of the page's type, of which everything is made. @param {Page} page */
const typeOf = (page) => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
/** @param {Page} page */
const languageOf = (page) => page.evaluate(() => document.documentElement.lang);

describe('the switch for projectors', () => {
  it(
    'makes type and drawings larger, puts controls away, and holds on both pages',
    { browser: { viewport: { width: 1280, height: 720 } } },
    async ({ page, lab, site }) => {
      await ready(lab);
      const usual = await typeOf(page);
      const controls = lab.locator('mlp-seed, mlp-menu, .panel-buttons button');
      assert.ok((await controls.filter({ visible: true }).count()) > 3);
      const projector = page.getByRole('button', { name: 'For a projector' });
      await projector.click();
      await until(lab, ({ lab: { projector: on } }) => on);
      assert.equal(await projector.getAttribute('aria-pressed'), 'true');
      assert.ok((await typeOf(page)) >= 1.2 * usual);
      assert.equal(await controls.filter({ visible: true }).count(), 0);
      await pictures(lab, 2);
      // Network and surface are seen whole, side by side, without scrolling.
      for (const drawing of ['#network', '#surface']) {
        const box = await lab.locator(drawing).boundingBox();
        assert.ok(box && box.y > 0 && box.y + box.height <= 720, `${drawing}: ${JSON.stringify(box)}`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.body.offsetWidth), 0);

      await page.goto(new URL('/digits.html', site.origin).href);
      const digits = page.locator('mlp-digits');
      await ready(digits);
      await until(digits, ({ lab: { projector: on } }) => on);
      assert.ok((await typeOf(page)) >= 1.2 * usual, 'it is remembered');
      await page.getByRole('button', { name: 'For a projector' }).click();
      await until(digits, ({ lab: { projector: on } }) => !on);
      assert.equal(await typeOf(page), usual);
    },
  );

  it(
    'is also in the address, and draws for the larger type: places under the pointer stay what they are',
    { path: '/?projector', browser: { viewport: { width: 1280, height: 720 } } },
    async ({ lab, page }) => {
      await ready(lab);
      await until(lab, ({ lab: { projector: on } }) => on);
      const surface = lab.locator('#surface');
      const box = await surface.boundingBox();
      assert.ok(box);
      const scale = (await typeOf(page)) / 16;
      // The middle of the plot, whose margins grow with the type.
      await surface.hover({
        position: { x: ((34 + (box.width / scale - 6)) / 2) * scale, y: ((6 + (box.height / scale - 28)) / 2) * scale },
      });
      await lab
        .locator('.readout')
        .filter({ hasText: /x₁ [−]?0\.[01], x₂ [−]?0\.[01]/ })
        .waitFor();
    },
  );
});

describe('the address', () => {
  for (const path of [
    '/?lang=zh&theme=dark',
    '/#v=1&data.id=xor&lang=zh&theme=dark',
    '/embed.html?lang=zh&theme=dark',
    '/embed.html#v=1&data.id=xor&lang=zh&theme=dark',
  ]) {
    it(`says language and appearance: ${path}`, { path }, async ({ lab, page }) => {
      await ready(lab);
      await button(lab, '训练').waitFor();
      assert.match(await languageOf(page), /^zh/);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
      assert.equal(await lab.evaluate(({ notice }) => notice), null, 'no field is unknown');
      if (path.includes('xor')) assert.equal((await experimentOf(lab)).data?.id, 'xor');
    });
  }

  it('keeps its language while the experiment in it changes, and takes up another one', { path: '/#lang=zh' }, async ({ lab, page }) => {
    await ready(lab);
    await lab.getByRole('radio', { name: '异或' }).check();
    await page.waitForURL(/#v=1&data\.id=xor.*&lang=zh$/);
    await page.evaluate(() => {
      location.hash = '#v=1&data.id=gauss&lang=en';
    });
    await button(lab, 'Train').waitFor();
    await until(lab, ({ lab: { experiment } }) => experiment.data?.id === 'gauss');
    assert.match(await languageOf(page), /^en/);
  });
});
