// For everybody: both pages under axe-core, on a telephone's width, by name for those who do not see them.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { button, pictures, ready, type, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/** @import { Locator, Page } from 'playwright-core' */

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const it = visits(serveSite);

const pages = /** @type {const} */ ([
  { page: 'playground', path: '/', tag: 'mlp-playground' },
  { page: 'digits', path: '/digits.html', tag: 'mlp-digits' },
]);

/**
 * What axe-core finds wrong, a line each.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function violationsOf(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: runner } = /** @type {{ axe: typeof import('axe-core') }} */ (/** @type {unknown} */ (globalThis));
    const { violations } = await runner.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)}: ${failureSummary}`),
    );
  });
}

/**
 * Canvases that nobody hears of: without a label of their own, in nothing that has one, and not marked as mere decoration.
 * @param {Locator} lab
 * @returns {Promise<string[]>}
 */
function namelessCanvases(lab) {
  return lab.evaluate((root) => {
    /** @type {string[]} */
    const nameless = [];
    /** @param {Element} element */
    const isNamed = (element) => {
      for (let each = /** @type {Element | null} */ (element); each && each !== root;) {
        if (each.getAttribute('aria-hidden') === 'true') return true;
        if ((each.getAttribute('aria-label') ?? '').trim() !== '' && (each === element || each.matches('button, [role="img"]')))
          return true;
        const tree = each.getRootNode();
        each = each.parentElement ?? (tree instanceof ShadowRoot ? tree.host : null);
      }
      return false;
    };
    /** @param {ParentNode} tree */
    const walk = (tree) => {
      for (const element of tree.querySelectorAll('*')) {
        if (element instanceof HTMLCanvasElement && !isNamed(element))
          nameless.push(`${element.className} in ${element.parentElement?.outerHTML.slice(0, 200)}`);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    if (root.shadowRoot) walk(root.shadowRoot);
    return nameless;
  });
}

/** How far the page reaches beyond its own width. @param {Page} page */
const overflowOf = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.body.offsetWidth);

/** Opens everything that is folded. @param {Locator} lab */
async function unfold(lab) {
  const folded = lab.locator('button[aria-expanded="false"]:visible');
  while ((await folded.count()) > 0) await folded.first().click();
}

for (const { page: name, path, tag } of pages) {
  describe(`the ${name}`, () => {
    for (const language of /** @type {const} */ (['en', 'zh'])) {
      it(`has no barrier that axe-core knows: ${language}`, { path: `${path}?lang=${language}`, tag }, async ({ lab, page }) => {
        await ready(lab);
        await button(lab, language === 'en' ? 'Step' : '单步').click();
        await until(lab, ({ lab: { progress } }) => progress?.step === 1);
        await unfold(lab);
        if (tag === 'mlp-playground') {
          // The panel of one point is empty until there is one.
          await lab.locator('mlp-panel-point .none button').click();
          await lab.locator('mlp-panel-point .terms').waitFor();
        }
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
          await page.emulateMedia({ colorScheme });
          await pictures(lab, 3);
          assert.deepEqual(await violationsOf(page), [], colorScheme);
        }
        assert.deepEqual(await namelessCanvases(lab), []);
      });

      it(
        `fits a width of 390 pixels: ${language}`,
        { path: `${path}?lang=${language}`, tag, browser: { viewport: { width: 390, height: 800 }, hasTouch: true } },
        async ({ lab, page }) => {
          await ready(lab);
          assert.equal(await overflowOf(page), 0);
          await unfold(lab);
          await pictures(lab, 3);
          assert.equal(await overflowOf(page), 0);
          assert.deepEqual(await violationsOf(page), []);
        },
      );
    }
  });
}

describe('messages', () => {
  it(
    'of a link with a mistake are no barrier',
    { path: '/#v=1&data.id=nowhere', browser: { colorScheme: 'dark' } },
    async ({ lab, page }) => {
      await ready(lab);
      await lab.getByRole('alert').filter({ hasText: 'could not be used' }).waitFor();
      assert.deepEqual(await violationsOf(page), []);
    },
  );

  it('of a divergence are no barrier', { path: '/#v=1&data.id=plane' }, async ({ lab, page }) => {
    await ready(lab);
    await type(lab, 'Learning rate', '30');
    await button(lab, 'Train').click();
    await lab.getByText('Training diverged at step').waitFor();
    await pictures(lab, 3);
    assert.deepEqual(await violationsOf(page), []);
  });
});
