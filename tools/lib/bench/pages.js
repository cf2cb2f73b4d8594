/**
 * Measures the built pages in Chromium, in the state that costs most: everything on screen, training at full speed. What the main thread
 * does per picture, how soon a key is answered, how much of the bare engine's speed training in the page has, how soon and with how many
 * bytes the first picture is there, and whether memory stays flat while networks are trained and rebuilt.
 *   node pages.js [--milliseconds N] [--rounds N] [--cycles N] [--soak MINUTES]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { traceMainThread } from './main-thread.js';
import { heapOf, untilFlat } from './memory.js';
import { startServer } from '../static-server.js';
import { openBrowser } from '../../../tests/browser/support/browser.js';

/**
 * @import { Locator, Page } from 'playwright-core'
 * @import { Experiment, FilledExperiment } from '../../../web/src/engine/types.js'
 * @import { LabElement } from '../../../web/src/elements/lab-element.js'
 */

const root = new URL('../../../', import.meta.url);
const site = fileURLToPath(new URL('web/dist/site/', root));

const { values: options } = parseArgs({
  options: {
    milliseconds: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '5' },
    cycles: { type: 'string', default: '1000' },
    soak: { type: 'string', default: '0' },
  },
});
const milliseconds = Number(options.milliseconds);
const rounds = Number(options.rounds);
const cycles = Number(options.cycles);
const soak = Number(options.soak);

/** The playground's target: 2-8-8-2 on 500 points. @type {Experiment} */
const playground = {
  data: { id: 'spiral', samples: 500 },
  network: {
    layers: [
      { units: 8, activation: 'tanh' },
      { units: 8, activation: 'tanh' },
      { units: 2, activation: 'identity' },
    ],
  },
  training: { loss: 'cross-entropy', optimizer: { id: 'sgd', learningRate: 0.03 }, batchSize: 10 },
};

/** The digits' targets: the networks of W3, W4 and W5 on the site's own digits; W5's also reads the test digits (W8). */
const digits = JSON.parse(readFileSync(new URL('engine/bench/workloads.json', root), 'utf8'))
  .filter((/** @type {{ id: string }} */ { id }) => ['W3', 'W4', 'W5'].includes(id))
  .map((/** @type {{ id: string, document: Experiment }} */ { id, document: { network, training } }) => ({
    id,
    document: { data: { id: 'mnist', samples: 5000 }, network, training },
  }));

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
/** @param {number} value @param {number} [digitsAfter] */
const fixed = (value, digitsAfter = 1) => value.toFixed(digitsAfter);
/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en');

/** @type {[what: string, measured: string, target: string][]} */
const report = [];
/** @param {string} what @param {string} measured @param {string} [target] */
function note(what, measured, target = '') {
  report.push([what, measured, target]);
  process.stdout.write(`${what.padEnd(58)} ${measured.padStart(24)}   ${target}\n`);
}

const pages = await startServer({ folder: site });
// The package's sources lie on an origin of their own, as the bare engine is none of the site's business.
const sources = await startServer({
  folder: fileURLToPath(new URL('web/', root)),
  pages: { '/bare.js': readFileSync(new URL('bare.js', import.meta.url), 'utf8') },
});
const { browser, visit, close } = await openBrowser(['--enable-precise-memory-info']);

/**
 * @param {string} path
 * @param {string} tag
 */
async function open(path, tag) {
  const { page, context, problems } = await visit(undefined, { viewport: { width: 1400, height: 900 }, locale: 'en-US', bypassCSP: true });
  await page.goto(new URL(path, pages.origin).href);
  const lab = page.locator(tag);
  await lab.evaluate(
    (/** @type {LabElement} */ element) =>
      new Promise((resolve) => (element.labState === 'ready' ? resolve(undefined) : element.addEventListener('mlp-ready', resolve))),
  );
  return { page, lab, problems, close: () => context.close() };
}

/** @param {Locator} lab @param {Experiment} document */
const give = (lab, document) =>
  lab.evaluate(
    (/** @type {LabElement} */ element, experiment) =>
      new Promise((resolve) => {
        element.addEventListener('mlp-change', () => resolve(undefined), { once: true });
        element.experiment = experiment;
      }),
    document,
  );

/** @param {Locator} lab */
const play = (lab) => lab.evaluate((/** @type {LabElement} */ element) => element.play({ stepsPerSecond: Infinity }));
/** @param {Locator} lab */
const pause = (lab) => lab.evaluate((/** @type {LabElement} */ element) => element.pause());

/**
 * Steps a second while the page trains and draws.
 * @param {Locator} lab
 */
async function pageRate(lab) {
  await play(lab);
  const rate = await lab.evaluate(async (/** @type {LabElement} */ { run }, duration) => {
    if (!run) throw new Error('no run');
    const at = async () => {
      // The answer to any question carries the worker's own count.
      await run.call('memory');
      return { step: run.progress.step, time: performance.now() };
    };
    const wait = (/** @type {number} */ time) => new Promise((resolve) => setTimeout(resolve, time));
    await wait(duration / 4);
    const before = await at();
    await wait(duration);
    const after = await at();
    return ((after.step - before.step) / (after.time - before.time)) * 1000;
  }, milliseconds);
  await pause(lab);
  return rate;
}

/**
 * The bare engine in a worker of the same page, with the same document and variant.
 * @param {Locator} lab
 */
async function startBare(lab) {
  const handle = await lab.evaluateHandle(async (/** @type {LabElement} */ element, origin) => {
    const script = new Blob([`import '${origin}/bare.js';`], { type: 'text/javascript' });
    const worker = new Worker(URL.createObjectURL(script), { type: 'module' });
    const { experiment, run } = element;
    const document = await element.prepareExperiment(/** @type {FilledExperiment} */ (experiment));
    /** @param {unknown} message */
    const ask = (message) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message: text }) => reject(new Error(text));
        if (message !== undefined) worker.postMessage(message);
      });
    await ask(undefined);
    await ask({ document, variant: run?.variant });
    return { ask, worker };
  }, sources.origin);
  return {
    /** @param {'train' | 'evaluate'} what @returns {Promise<number>} */
    rate: (what) => handle.evaluate(({ ask }, message) => /** @type {Promise<number>} */ (ask(message)), { [what]: milliseconds }),
    close: () => handle.evaluate(({ worker }) => worker.terminate()),
  };
}

/**
 * Training in the page and bare, in turn.
 * @param {Locator} lab
 */
async function compareTraining(lab) {
  const bare = await startBare(lab);
  const here = [];
  const alone = [];
  for (let round = 0; round < rounds; ++round) {
    here.push(await pageRate(lab));
    alone.push(await bare.rate('train'));
  }
  await bare.close();
  return { page: median(here), bare: median(alone), share: median(here.map((rate, round) => rate / alone[round])) };
}

/**
 * The longest and the usual time from a key to the picture that answers it, while training runs.
 * @param {Page} page
 * @param {Locator} lab
 */
async function keyLatency(page, lab) {
  await page.evaluate(() => {
    /** @type {number[]} */
    const durations = [];
    Object.assign(globalThis, { durations });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') durations.push(entry.duration);
    }).observe(/** @type {PerformanceObserverInit} */ ({ type: 'event', durationThreshold: 16 }));
  });
  await lab.locator('.drawing').focus();
  const presses = 60;
  for (let press = 0; press < presses; ++press) {
    await page.keyboard.press(press % 2 === 0 ? 'ArrowDown' : 'ArrowUp');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }
  const slow = await page.evaluate(() => /** @type {{ durations: number[] }} */ (/** @type {unknown} */ (globalThis)).durations);
  // The browser reports what took 16 ms or longer, in steps of 8.
  const all = [...slow, ...new Array(Math.max(0, presses - slow.length)).fill(16)];
  return { median: median(all), longest: Math.max(...all) };
}

/** What is downloaded, and how long the first picture takes, on a fresh visit. */
async function firstPicture() {
  const { page, context } = await visit(undefined, { viewport: { width: 1400, height: 900 }, locale: 'en-US' });
  await page.addInitScript(() => {
    const look = () => {
      const lab = document.querySelector('mlp-playground');
      const counter = lab?.shadowRoot?.querySelector('[data-number="epoch"]');
      if (counter?.textContent === '0') Object.assign(globalThis, { firstPicture: performance.now() });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const before = pages.requests.length;
  await page.goto(pages.origin);
  await page.waitForFunction(() => 'firstPicture' in globalThis);
  const time = await page.evaluate(() => /** @type {{ firstPicture: number }} */ (/** @type {unknown} */ (globalThis)).firstPicture);
  const paths = [...new Set(pages.requests.slice(before))];
  await context.close();
  const bytes = paths.reduce((sum, path) => sum + gzipSync(readFile(path), { level: 9 }).length, 0);
  return { time, bytes };
}

/** @param {string} path */
const readFile = (path) => readFileSync(new URL(path === '/' ? 'web/dist/site/index.html' : `web/dist/site${path}`, root));

/**
 * Trains and rebuilds: other seeds, other widths, each drawn before the next.
 * @param {Locator} lab
 * @param {number} count
 */
const rebuild = (lab, count) =>
  lab.evaluate(async (/** @type {LabElement} */ element, times) => {
    for (let time = 0; time < times; ++time) {
      const document = /** @type {FilledExperiment} */ (element.experiment);
      const [first, ...others] = document.network.layers;
      const layers = [{ ...first, units: 4 + (time % 5) }, ...others];
      await element.changeExperiment({
        ...document,
        data: { ...document.data, seed: 1 + (time % 7) },
        network: { ...document.network, layers },
      });
      await element.step(20);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, count);

async function measurePlayground() {
  const times = [];
  let bytes = 0;
  for (let round = 0; round < rounds; ++round) {
    const first = await firstPicture();
    times.push(first.time);
    bytes = first.bytes;
  }
  note('playground: first picture', `${whole(median(times))} ms`, 'at most 1,000 ms');
  note('playground: bytes before the first step, gzipped', whole(bytes), 'at most 200,000');

  const { page, lab, problems, close: leave } = await open('/', 'mlp-playground');
  await give(lab, playground);
  await play(lab);
  await page.waitForTimeout(1000);
  const traced = await traceMainThread(browser, page, () => page.waitForTimeout(milliseconds));
  note('playground: main thread per picture, median', `${fixed(traced.median)} ms of ${traced.frames}`, 'at most 6 ms');
  note('playground: the same as processor time', `${fixed(traced.processor)} ms`);
  note('playground: main thread per picture, slowest twentieth', `${fixed(traced.high)} ms`);
  note('playground: longest task', `${fixed(traced.longest)} ms`, 'at most 50 ms');
  const keys = await keyLatency(page, lab);
  note('playground: from key to picture, median and longest', `${keys.median}, ${keys.longest} ms`, 'at most 50 ms');
  await pause(lab);
  const { page: here, bare, share } = await compareTraining(lab);
  note('playground: steps a second, in the page and bare', `${whole(here)} of ${whole(bare)}`);
  note('playground: share of the bare engine', `${fixed(share * 100)} %`, 'at least 80 %');

  await rebuild(lab, Math.min(50, cycles));
  const before = await heapOf(page);
  await rebuild(lab, cycles);
  const after = await heapOf(page);
  note(`playground: heap before and after ${cycles} rebuilt networks`, `${fixed(before.heap, 2)}, ${fixed(after.heap, 2)} MB`, 'flat');
  note(
    'playground: nodes and listeners before and after',
    `${before.nodes} ${before.listeners}, ${after.nodes} ${after.listeners}`,
    'flat',
  );
  note('playground: memory of the renderer', `${fixed(before.resident, 0)}, ${fixed(after.resident, 0)} MB`, 'flat');
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await leave();
}

async function measureDigits() {
  const { page, lab, problems, close: leave } = await open('/digits.html', 'mlp-digits');
  for (const { id, document } of digits) {
    await give(lab, document);
    if (id === 'W5') {
      await play(lab);
      await page.waitForTimeout(1000);
      const traced = await traceMainThread(browser, page, () => page.waitForTimeout(milliseconds));
      note('digits: main thread per picture, median', `${fixed(traced.median)} ms of ${traced.frames}`, 'at most 6 ms');
      note('digits: the same as processor time', `${fixed(traced.processor)} ms`);
      note('digits: longest task', `${fixed(traced.longest)} ms`, 'at most 50 ms');
      await pause(lab);
    }
    const { page: here, bare, share } = await compareTraining(lab);
    note(`digits: ${id}, steps a second in the page and bare`, `${whole(here)} of ${whole(bare)}`);
    note(`digits: ${id}, share of the bare engine`, `${fixed(share * 100)} %`, 'at least 85 %');
  }
  const bare = await startBare(lab);
  const shares = [];
  for (let round = 0; round < rounds; ++round) {
    const here = await lab.evaluate(async (/** @type {LabElement} */ { run }, duration) => {
      const start = performance.now();
      let passes = 0;
      while (performance.now() - start < duration) {
        await run?.call('evaluate', 'test');
        ++passes;
      }
      return (passes / (performance.now() - start)) * 1000;
    }, milliseconds);
    shares.push(here / (await bare.rate('evaluate')));
  }
  await bare.close();
  note('digits: W8 (reading the test digits), share of the bare engine', `${fixed(median(shares) * 100)} %`, 'at least 85 %');
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await leave();
}

/** Trains and rebuilds for minutes, and says every minute how large the page is. */
async function measureSoak() {
  const { page, lab, problems, close: leave } = await open('/', 'mlp-playground');
  await give(lab, playground);
  await untilFlat({ page, minutes: soak, note, work: (count) => rebuild(lab, count), train: () => play(lab), rest: () => pause(lab) });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await leave();
}

try {
  note('Chromium', browser.version());
  if (soak > 0) await measureSoak();
  else {
    await measurePlayground();
    await measureDigits();
  }
  mkdirSync(new URL('build/bench/', root), { recursive: true });
  writeFileSync(new URL('build/bench/pages.json', root), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await close();
  await sources.close();
  await pages.close();
}
