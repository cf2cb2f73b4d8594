/**
 * The other two browser engines, both behind the same three calls: go to a page, call a function there, close.
 */
import { execFileSync } from 'node:child_process';
import puppeteer from 'puppeteer-core';
import { openWebKit } from './webdriver.js';

/**
 * @typedef {object} Driven
 * @property {string} version name and version of the browser
 * @property {(url: string) => Promise<unknown>} goto
 * @property {<Argument, Result>(called: (argument: Argument) => Promise<Result>, argument: Argument) => Promise<Result>} evaluate
 *   calls a function in the page, which sees nothing but its argument
 * @property {() => Promise<void>} close
 */

/** Milliseconds for the longest call: thousands of steps of training on a machine that does much else. */
const LONGEST = 300_000;

/**
 * What tools/test found, or what is there.
 * @param {string} variable
 * @param {string} search a shell command that prints the path
 * @param {string} missing what to say when there is none
 */
function pathOf(variable, search, missing) {
  const given = process.env[variable];
  if (given) return given;
  try {
    return execFileSync('sh', ['-c', search], { encoding: 'utf8' }).trim();
  } catch (thrown) {
    throw new Error(`${missing} Run tools/toolchain browser, or set ${variable}.`, { cause: thrown });
  }
}

/** @returns {Promise<Driven>} */
async function openFirefox() {
  const executablePath = pathOf('MLP_FIREFOX', 'command -v firefox-esr || command -v firefox', 'There is no Firefox on PATH.');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    timeout: LONGEST,
    protocolTimeout: LONGEST,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1400, height: 900 });
  return {
    version: await browser.version(),
    goto: (url) => page.goto(url, { timeout: LONGEST }),
    evaluate: (called, argument) => /** @type {Promise<any>} */ (page.evaluate(/** @type {any} */ (called), argument)),
    close: () => browser.close(),
  };
}

/** @returns {Promise<Driven>} */
function openWebKitGtk() {
  const driver = pathOf('MLP_WEBKIT_DRIVER', 'command -v WebKitWebDriver', 'There is no WebKitWebDriver on PATH.');
  const browser = pathOf(
    'MLP_WEBKIT_BROWSER',
    'ls /usr/lib/*/webkit*gtk-*/MiniBrowser /usr/libexec/webkit*gtk-*/MiniBrowser 2>/dev/null | head -n 1 | grep .',
    "There is no MiniBrowser of WebKitGTK's.",
  );
  return openWebKit(driver, browser);
}

/** @type {Readonly<Record<string, () => Promise<Driven>>>} */
export const engines = Object.freeze({ Firefox: openFirefox, WebKit: openWebKitGtk });
