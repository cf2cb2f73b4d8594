/**
 * One browser for all tests of a file, and for each test a fresh page on its way to a lab. A test passes only when the visitor's console
 * stayed clean: no error, no warning, no failed request, no violation of a policy.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { openBrowser } from './browser.js';

/**
 * @typedef {import('./browser.js').Visit & {
 *   lab: import('playwright-core').Locator,
 *   site: Awaited<ReturnType<typeof import('./site.js').serveSite>>,
 * }} LabVisit
 */

/**
 * @typedef {object} Options
 * @property {string | null} [path] what is opened; a test that prepares its page first gives null and goes there itself
 * @property {string} [tag] the lab's element
 * @property {RegExp[]} [expected] problems that the test provokes; each has to occur
 * @property {import('playwright-core').BrowserContextOptions} [browser] viewport, colour scheme, touch and so on
 */

/** Wide enough for three columns, and in English whatever the machine speaks. */
const usual = Object.freeze({
  viewport: { width: 1400, height: 900 },
  locale: 'en-US',
  reducedMotion: /** @type {const} */ ('no-preference'),
});

/** A machine that does much else at the same time is slow, not wrong. */
const PATIENCE = 30_000;
const LONGEST = 3 * PATIENCE;

/**
 * @param {() => Promise<LabVisit['site']>} serve what every test of the file visits
 * @param {{ path?: string | null, tag?: string }} [defaults]
 */
export function visits(serve, { path: usualPath = '/', tag: usualTag = 'mlp-playground' } = {}) {
  /** @type {Awaited<ReturnType<typeof openBrowser>>} */
  let browser;
  /** @type {LabVisit['site']} */
  let site;

  before(async () => {
    [browser, site] = await Promise.all([openBrowser(), serve()]);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  /**
   * @param {string} name
   * @param {Options} options
   * @param {(visit: LabVisit) => Promise<void>} test
   */
  return (name, { path = usualPath, tag = usualTag, expected = [], browser: options = {} }, test) =>
    it(name, { timeout: LONGEST }, async () => {
      const visit = await browser.visit(undefined, { ...usual, ...options });
      visit.context.setDefaultTimeout(PATIENCE);
      try {
        if (path !== null) await visit.page.goto(new URL(path, site.origin).href);
        await test({ ...visit, site, lab: visit.page.locator(tag) });
        for (const pattern of expected)
          assert.ok(
            visit.problems.some((problem) => pattern.test(problem)),
            `nothing like ${pattern} occurred`,
          );
        assert.deepEqual(
          visit.problems.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
          [],
        );
      } finally {
        await visit.close();
      }
    });
}
