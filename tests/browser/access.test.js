// For everybody: both pages under axe-core, on a telephone's width, by name for those who do not see them.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { button, eventually, pictures, ready, type, until } from './support/lab.js';
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

/**
 * What a thumb could miss: controls smaller than 44 pixels either way, with the words beside a box or a radio button counted in.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
const smallTargets = (page) =>
  page.evaluate(() => {
    /** @param {ParentNode} tree @returns {HTMLElement[]} */
    const targets = (tree) =>
      [...tree.querySelectorAll('*')].flatMap((element) => [
        ...(element instanceof HTMLElement && element.matches('button, a[href], input, select') ? [element] : []),
        ...(element.shadowRoot ? targets(element.shadowRoot) : []),
      ]);
    return targets(document)
      .filter((element) => element.checkVisibility())
      .map((element) => ({ element, host: /** @type {ShadowRoot} */ (element.getRootNode()).host?.localName }))
      .filter(({ element, host }) => {
        // Links in running text are as high as its lines; the number between two buttons is there for keyboards.
        if (element.matches('p a') || (host === 'mlp-stepper' && element.localName === 'input')) return false;
        const area = element.matches('[type="radio"], [type="checkbox"], [type="file"]') ? (element.closest('label') ?? element) : element;
        const { width, height } = area.getBoundingClientRect();
        return width > 0 && (width < 43.5 || height < 43.5);
      })
      .map(({ element, host }) => {
        const { width, height } = element.getBoundingClientRect();
        return `${host} ${element.localName} ${element.className} ${element.textContent?.trim()}: ${width} x ${height}`;
      });
  });

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
        `fits a width of 390 pixels and thumbs, and so on tablets: ${language}`,
        { path: `${path}?lang=${language}`, tag, browser: { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true } },
        async ({ lab, page }) => {
          await ready(lab);
          assert.equal(await overflowOf(page), 0);
          await unfold(lab);
          await pictures(lab, 3);
          assert.equal(await overflowOf(page), 0);
          assert.deepEqual(await violationsOf(page), []);
          assert.deepEqual(await smallTargets(page), []);
          // The same on tablets, upright and across.
          for (const [width, height] of [
            [768, 1024],
            [1024, 768],
          ]) {
            await page.setViewportSize({ width, height });
            await pictures(lab, 3);
            assert.equal(await overflowOf(page), 0, `${width}`);
            assert.deepEqual(await smallTargets(page), [], `${width}`);
          }
        },
      );
    }
  });
}

/**
 * Goes through the page with Tab alone, from its beginning until the focus leaves it again.
 * @param {Page} page
 * @returns {Promise<{ stops: number, unseen: string[], unmarked: string[], missed: string[] }>} `unseen`: has no place on the screen;
 *   `unmarked`: nothing shows that it has the focus; `missed`: can be pressed or typed into, and is never reached
 */
async function walk(page) {
  await page.evaluate(() => {
    /** @type {Set<Element>} */
    const reached = new Set();
    /** @param {Element} element */
    const name = (element) =>
      `${element.localName}.${element.className} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`;
    /** @param {Document | ShadowRoot} root @returns {Element | null} */
    const focused = (root) => {
      const { activeElement } = root;
      return activeElement?.shadowRoot?.activeElement ? focused(activeElement.shadowRoot) : activeElement;
    };
    /** @param {ParentNode} tree @returns {Element[]} */
    const controls = (tree) =>
      [...tree.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches('button, a[href], input, select, textarea, [tabindex="0"]') ? [element] : []),
        ...(element.shadowRoot ? controls(element.shadowRoot) : []),
      ]);
    Object.assign(globalThis, {
      /** Where the focus is now: nothing at the end, else what is wrong with it. */
      look() {
        const element = focused(document);
        if (!element || element === document.body || reached.has(element)) return null;
        reached.add(element);
        const { width, height, bottom, top } = element.getBoundingClientRect();
        // A native control may lie invisible over what is drawn for it: the mark is then around that.
        const marked = [element, element.parentElement, element.nextElementSibling].some((each) => {
          const style = each && getComputedStyle(each);
          return style && ((style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none');
        });
        return { name: name(element), seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight, marked };
      },
      /** What could be used and was not reached. A group of radio buttons, or of elements with a roving focus, counts as one stop. */
      missed: () =>
        controls(document)
          .filter((element) => {
            const { disabled, tabIndex, type } = /** @type {HTMLInputElement} */ (element);
            return (
              !disabled &&
              tabIndex >= 0 &&
              type !== 'radio' &&
              !reached.has(element) &&
              element.checkVisibility({ visibilityProperty: true })
            );
          })
          .map(name),
    });
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const found = {
    stops: 0,
    unseen: /** @type {string[]} */ ([]),
    unmarked: /** @type {string[]} */ ([]),
    missed: /** @type {string[]} */ ([]),
  };
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const { look } = /** @type {{ look: () => { name: string, seen: boolean, marked: boolean } | null }} */ (
        /** @type {unknown} */ (globalThis)
      );
      return look();
    });
    if (stop === null) break;
    found.stops += 1;
    if (!stop.seen) found.unseen.push(stop.name);
    if (!stop.marked) found.unmarked.push(stop.name);
  }
  found.missed = await page.evaluate(() => {
    const { missed } = /** @type {{ missed: () => string[] }} */ (/** @type {unknown} */ (globalThis));
    return missed();
  });
  return found;
}

describe('the keyboard', () => {
  for (const { page: name, path, tag } of pages) {
    it(`reaches everything of the ${name}, and one always sees where it is`, { path, tag }, async ({ lab, page }) => {
      await ready(lab);
      await unfold(lab);
      await pictures(lab, 3);
      const { stops, ...wrong } = await walk(page);
      assert.ok(stops > 30, `${stops} stops`);
      assert.deepEqual(wrong, { unseen: [], unmarked: [], missed: [] });
    });
  }

  for (const { page: name, path, tag } of pages) {
    it(`has a list of its keys on the ${name}`, { path: `${path}?lang=zh`, tag }, async ({ lab, page }) => {
      await ready(lab);
      const opener = page.getByRole('button', { name: '键盘操作一览' });
      await opener.focus();
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: '键盘操作' });
      await dialog.waitFor();
      assert.ok((await dialog.getByRole('heading', { level: 3 }).count()) >= 5);
      assert.deepEqual(await violationsOf(page), []);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      assert.ok(await opener.evaluate((element) => element.matches(':focus')), 'the focus returns');
      await opener.click();
      await dialog.waitFor();
      await dialog.getByRole('button', { name: '关闭' }).click();
      await dialog.waitFor({ state: 'hidden' });
      // Where one types, a question mark is text.
      await lab.getByRole('textbox').first().focus();
      await page.keyboard.press('?');
      await pictures(lab, 2);
      assert.equal(await dialog.count(), 0);
    });
  }
});

/**
 * Canvases on which nothing stands out from the page.
 * @param {Locator} lab
 * @returns {Promise<string[]>}
 */
const dullCanvases = (lab) =>
  lab.evaluate((root) => {
    /** @param {ParentNode} tree @returns {HTMLCanvasElement[]} */
    const canvases = (tree) =>
      [...tree.querySelectorAll('*')].flatMap((element) => [
        ...(element instanceof HTMLCanvasElement && element.checkVisibility({ visibilityProperty: true }) ? [element] : []),
        ...(element.shadowRoot ? canvases(element.shadowRoot) : []),
      ]);
    const one = new OffscreenCanvas(1, 1).getContext('2d');
    const backdrop = getComputedStyle(document.documentElement).backgroundColor;
    if (!one) throw new Error('This browser gives no 2-D canvas.');
    one.fillStyle = backdrop;
    one.fillRect(0, 0, 1, 1);
    const [red, green, blue] = one.getImageData(0, 0, 1, 1).data;
    return canvases(/** @type {ShadowRoot} */ (root.shadowRoot))
      .filter((canvas) => {
        if (canvas.width === 0 || canvas.height === 0) return false;
        const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
        if (!context) return true;
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4) {
          const distance = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue);
          if (data[at + 3] > 128 && distance > 200) return false;
        }
        return true;
      })
      .map((canvas) => `${canvas.id} ${canvas.className} in ${canvas.parentElement?.className} ${canvas.parentElement?.localName}`);
  });

describe('a reader who needs more', () => {
  for (const { page: name, path, tag } of pages) {
    it(
      `finds no barrier on the ${name} shown to a room, nor with the system's strong contrast`,
      { path: `${path}?projector`, tag, browser: { viewport: { width: 1280, height: 720 } } },
      async ({ lab, page }) => {
        await ready(lab);
        for (const media of /** @type {const} */ ([
          { colorScheme: 'light' },
          { colorScheme: 'dark' },
          { colorScheme: 'light', contrast: 'more' },
        ])) {
          await page.emulateMedia(media);
          await pictures(lab, 3);
          assert.deepEqual(await violationsOf(page), [], JSON.stringify(media));
        }
        assert.equal(await overflowOf(page), 0);
      },
    );

    it(
      `sees every drawing and switch of the ${name} in forced colours`,
      { path, tag, browser: { forcedColors: 'active' } },
      async ({ lab, page }) => {
        await ready(lab);
        await button(lab, 'Step').click();
        await until(lab, ({ lab: { progress } }) => progress?.step === 1);
        await unfold(lab);
        // Something for the pad and what comes of it.
        if (tag === 'mlp-digits') await lab.locator('mlp-digit-gallery mlp-picture-grid button').first().click();
        /** @type {string[]} */
        let dull = [];
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
          await page.emulateMedia({ colorScheme, forcedColors: 'active' });
          await pictures(lab, 3);
          assert.deepEqual(await violationsOf(page), [], colorScheme);
          await eventually(lab, async () => {
            dull = await dullCanvases(lab);
            return dull.length === 0;
          }).catch(() => assert.deepEqual(dull, [], colorScheme));
        }
      },
    );
  }
});

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
