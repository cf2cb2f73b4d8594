/**
 * Chromium for the tests: one browser, and pages that note everything which a visitor's console would show.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

/** What it takes to run as root, without a graphics card, and to keep the browser's own traffic off the network. */
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns {string} the path of Chromium: what tools/test found, or the first on PATH */
function chromiumPath() {
  if (process.env.MLP_CHROMIUM) return process.env.MLP_CHROMIUM;
  return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
}

/**
 * A page together with what went wrong on it.
 * @typedef {object} Visit
 * @property {import('playwright-core').Page} page
 * @property {import('playwright-core').BrowserContext} context
 * @property {string[]} problems errors and warnings of the console (those of workers too), uncaught errors, failed requests, policy violations
 * @property {() => void} assertNoProblems
 * @property {() => Promise<void>} close
 */

/**
 * Starts Chromium with a fresh profile.
 * @param {string[]} [extraArguments]
 */
export async function openBrowser(extraArguments = []) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...browserArguments, ...extraArguments] });

  return {
    browser,

    /**
     * Opens a page with storage of its own; the address is loaded when one is given. The browser has no service workers, since what they
     * fetch on the side would be counted and timed with the page, unless they are allowed.
     * @param {string} [address]
     * @param {import('playwright-core').BrowserContextOptions} [options] viewport, locale, colorScheme, hasTouch, serviceWorkers and so on
     * @returns {Promise<Visit>}
     */
    async visit(address, { serviceWorkers = 'block', ...options } = {}) {
      const context = await browser.newContext(options);
      /** @type {string[]} */
      const problems = [];
      await context.exposeBinding('reportPolicyViolation', (_source, text) => problems.push(`policy violation: ${text}`));
      await context.addInitScript(() => {
        const report = /** @type {{ reportPolicyViolation?: (text: string) => void }} */ (/** @type {unknown} */ (globalThis)).reportPolicyViolation;
        addEventListener('securitypolicyviolation', (event) => report?.(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
      });
      if (serviceWorkers === 'block') {
        // Playwright's own way writes a warning into the console, as if the page had done something wrong.
        await context.addInitScript(() => delete (/** @type {{ serviceWorker?: unknown }} */ (Navigator.prototype).serviceWorker));
      }
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') problems.push(`console ${message.type()}: ${message.text()}`);
      });
      context.on('weberror', (error) => problems.push(`uncaught: ${error.error().stack ?? error.error()}`));
      context.on('requestfailed', (request) => {
        // A page that goes away cancels what it still loads; that is no failure of the page.
        const reason = request.failure()?.errorText ?? '';
        if (reason !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()} ${reason}`);
      });
      const page = await context.newPage();
      page.on('crash', () => problems.push('the page crashed'));
      if (address !== undefined) await page.goto(address);
      return {
        page,
        context,
        problems,
        assertNoProblems: () => assert.deepEqual(problems, []),
        close: () => context.close(),
      };
    },

    close: () => browser.close(),
  };
}
