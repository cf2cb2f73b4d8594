// The playground's page as a visitor uses it, under its own content-security policy with Trusted Types.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import {
  button,
  catalog,
  counter,
  eventually,
  experimentOf,
  fullSpeed,
  give,
  hashOf,
  parametersOf,
  pictures,
  pixelsOf,
  ready,
  standsStill,
  stepOf,
  type,
  until,
  untilCounter,
} from './support/lab.js';
import { serveSite } from './support/site.js';
import { englishAmong, textsOf } from './support/texts.js';
import { visits } from './support/visits.js';
import { parseNumber } from '../../web/src/text/text.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 */

/** @type {{ runs: { name: string, hashes: Record<string, string>, document: object }[] }} */
const fixtures = JSON.parse(await readFile(new URL('../fixtures/reproducibility.json', import.meta.url), 'utf8'));

const it = visits(serveSite);

/** @param {string} id */
const datasetLabel = (id) => catalog.datasets.find((/** @type {{ id: string }} */ dataset) => dataset.id === id).label.en;

/** @param {Locator} lab */
async function trainTo95(lab) {
  await fullSpeed(lab);
  await button(lab, 'Train').click();
  await untilCounter(lab, 'test-score', 95);
  await button(lab, 'Pause').click();
  await button(lab, 'Train').waitFor();
}

/**
 * Opens the table of numbers.
 * @param {Locator} lab
 * @returns the fields of its cells
 */
async function numbersOf(lab) {
  await button(lab, 'Numbers').click();
  const cells = lab.locator('mlp-parameter-table input');
  await cells.first().waitFor();
  return cells;
}

/** What was drawn and asked for. @typedef {{ network: number, surface: number, asked: { cells: number | undefined, lent: boolean }[] }} Seen */

/**
 * Counts from now on how often network and surface are drawn, and keeps what each frame was asked with.
 * @param {Locator} lab
 */
async function watch(lab) {
  await lab.evaluate((/** @type {LabElement} */ { run }) => {
    if (!run) throw new Error('no run');
    /** @type {Seen} */
    const seen = { network: 0, surface: 0, asked: [] };
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      const { id } = this.canvas;
      if (id === 'network' || id === 'surface') seen[id] += 1;
      clearRect.apply(this, box);
    };
    const frame = run.frame.bind(run);
    run.frame = (request) => {
      const { surface, buffers } = request;
      seen.asked.push({ cells: surface?.columns, lent: (surface ? buffers?.surface : buffers?.parameters) !== undefined });
      return frame(request);
    };
    Object.assign(globalThis, { seen });
  });
  return {
    /** What was seen since the last time. @returns {Promise<Seen>} */
    take: () =>
      lab.evaluate(() => {
        const { seen } = /** @type {{ seen: Seen }} */ (/** @type {unknown} */ (globalThis));
        const taken = { ...seen };
        Object.assign(seen, { network: 0, surface: 0, asked: [] });
        return taken;
      }),
    /** @param {number} count of frames that are to be asked for first */
    asked: (count) => until(lab, ({ argument }) => /** @type {any} */ (globalThis).seen.asked.length >= argument, count),
  };
}

describe('pictures', () => {
  it('lend their arrays back to the worker while training runs: each kind those of its last', {}, async ({ lab }) => {
    await ready(lab);
    const watched = await watch(lab);
    await lab.evaluate((/** @type {LabElement} */ element) => element.play({ stepsPerSecond: Infinity }));
    await watched.asked(16);
    const settled = (await watched.take()).asked.slice(4, 16);
    assert.ok(
      settled.every(({ lent }) => lent),
      JSON.stringify(settled),
    );
    const turns = settled.map(({ cells }) => cells !== undefined);
    assert.ok(
      turns.every((turn, index) => index === 0 || turn !== turns[index - 1]),
      'in turn',
    );
  });

  it('without new values are not drawn', {}, async ({ lab }) => {
    await ready(lab);
    const watched = await watch(lab);
    // One step is taken at once, the next one would come in an hour.
    await lab.evaluate((/** @type {LabElement} */ element) => element.play({ stepsPerSecond: 1 / 3600 }));
    await until(lab, ({ lab: { progress } }) => progress?.step === 1);
    await watched.asked(12);
    const before = await watched.take();
    assert.ok(before.network > 0 && before.surface > 0, 'the step was drawn');
    await watched.asked(12);
    const { network, surface, asked } = await watched.take();
    assert.equal(network, 0);
    // A machine that turned out slow or quick is asked for coarser or finer values: those are new.
    const sizes = [...before.asked, ...asked].map(({ cells }) => cells).filter((cells) => cells !== undefined);
    const changes = sizes.filter((cells, index) => index > 0 && cells !== sizes[index - 1]).length;
    assert.ok(surface <= changes, `${surface} drawn: ${sizes.join()}`);
    await lab.evaluate((/** @type {LabElement} */ element) => element.advance({ steps: 1 }));
    await until(lab, () => /** @type {any} */ (globalThis).seen.network > 0);
  });

  it('are neither asked for nor drawn while the page is hidden, and training waits', {}, async ({ lab, page }) => {
    await ready(lab);
    const watched = await watch(lab);
    await lab.evaluate((/** @type {LabElement} */ element) => element.play({ stepsPerSecond: Infinity }));
    await watched.asked(8);
    const hide = (/** @type {boolean} */ hidden) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    await until(lab, ({ lab: { run } }) => run?.playing === false);
    // What was on its way arrives.
    const step = await stepOf(lab);
    await pictures(lab, 2);
    await watched.take();
    await pictures(lab, 10);
    assert.deepEqual(await watched.take(), { network: 0, surface: 0, asked: [] });
    assert.equal(await stepOf(lab), step);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { playing }) => playing), true, 'it is wanted all the same');
    await hide(false);
    await watched.asked(4);
    await until(lab, ({ lab: { progress }, argument }) => (progress?.step ?? 0) > argument, step);
    assert.ok((await watched.take()).surface > 0);
  });
});

describe('training', () => {
  it('learns the circle that the page opens with', {}, async ({ lab }) => {
    await ready(lab);
    assert.equal((await experimentOf(lab)).data?.id, 'circle');
    await trainTo95(lab);
    const evaluation = await lab.evaluate((/** @type {LabElement} */ { run }) => run?.call('evaluate', 'test'));
    assert.ok((evaluation?.accuracy ?? 0) >= 0.95);
    assert.equal(await counter(lab, 'test-score'), Number((100 * (evaluation?.accuracy ?? 0)).toFixed(1)), 'the counter says what is so');
  });

  it('learns exclusive or, chosen by its picture', {}, async ({ lab }) => {
    await ready(lab);
    const before = await pixelsOf(lab.locator('#surface'));
    await lab.getByTitle(datasetLabel('xor'), { exact: true }).click();
    await until(lab, ({ lab: { experiment, progress } }) => experiment.data?.id === 'xor' && progress?.step === 0);
    await trainTo95(lab);
    assert.notEqual((await pixelsOf(lab.locator('#surface'))).hash, before.hash, 'the surface is drawn anew');
  });

  it('goes one batch at a press of Step', {}, async ({ lab }) => {
    await ready(lab);
    for (const step of [1, 2, 3]) {
      await button(lab, 'Step').click();
      await untilCounter(lab, 'step', step, step);
      assert.equal(await stepOf(lab), step);
    }
  });

  it('stops at Pause, and comes back to the same start at Reset', {}, async ({ lab }) => {
    await ready(lab);
    const start = await hashOf(lab);
    await button(lab, 'Train').click();
    await untilCounter(lab, 'step', 50);
    assert.equal(await standsStill(lab), false);
    await button(lab, 'Pause').click();
    await button(lab, 'Train').waitFor();
    assert.equal(await standsStill(lab), true);
    assert.notEqual(await hashOf(lab), start);
    await button(lab, 'Reset').click();
    await untilCounter(lab, 'step', 0, 0);
    assert.equal(await hashOf(lab), start);
  });

  it('changes the learning rate without starting anew', {}, async ({ lab }) => {
    await ready(lab);
    for (const step of [1, 2, 3]) {
      await button(lab, 'Step').click();
      await untilCounter(lab, 'step', step, step);
    }
    const learned = await hashOf(lab);
    await type(lab, 'Learning rate', '0.1');
    await until(lab, ({ lab: { run } }) => /** @type {any} */ (run?.experiment.training.optimizer).learningRate === 0.1);
    assert.equal(await stepOf(lab), 3);
    assert.equal(await counter(lab, 'step'), 3);
    assert.equal(await hashOf(lab), learned);
  });

  it('goes on while a setting changes', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Train').click();
    await untilCounter(lab, 'step', 1);
    await lab.getByTitle(datasetLabel('spiral'), { exact: true }).click();
    await until(
      lab,
      ({ lab: { experiment, run, playing } }) => experiment.data?.id === 'spiral' && playing && (run?.progress.step ?? 0) > 0,
    );
  });

  for (const { name, hashes, document } of fixtures.runs) {
    it(`gives the same bits as every other build: ${name}`, {}, async ({ lab }) => {
      await ready(lab);
      await give(lab, document);
      for (const [count, hash] of Object.entries(hashes)) {
        const steps = Number(count) - (await stepOf(lab));
        await lab.evaluate((/** @type {LabElement} */ element, n) => element.step(n), steps);
        assert.equal(await stepOf(lab), Number(count));
        assert.equal(await hashOf(lab), hash);
      }
    });
  }
});

describe('weights and biases', () => {
  it('are all in the table of numbers, the biases of the output too', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 1, 1);
    const cells = await numbersOf(lab);
    const parameters = await parametersOf(lab);
    const shown = await cells.evaluateAll((fields) =>
      /** @type {HTMLInputElement[]} */ (fields).map(({ dataset, value, ariaLabel }) => ({
        index: Number(dataset.index),
        value,
        ariaLabel,
      })),
    );
    assert.deepEqual(
      shown.map(({ index }) => index).sort((a, b) => a - b),
      [...parameters.keys()],
    );
    for (const { index, value } of shown) {
      assert.ok(
        Math.abs(parseNumber(value) - parameters[index]) <= Math.min(0.0005, 0.005 * Math.abs(parameters[index])) + 1e-7,
        `${index}: ${value} for ${parameters[index]}`,
      );
    }
    const bias = shown.find(({ ariaLabel }) => ariaLabel === 'Output layer, Neuron 1, Bias');
    assert.equal(bias?.index, parameters.length - 1);
    assert.notEqual(parameters[parameters.length - 1], 0, 'the step has moved it');
  });

  it('can be typed in, and the predictions follow', {}, async ({ lab }) => {
    await ready(lab);
    const cells = await numbersOf(lab);
    const points = [0.3, -1, -2, 4];
    const predict = () =>
      lab.evaluate(
        async (/** @type {LabElement} */ { run }, inputs) => [...((await run?.call('predict', Float32Array.from(inputs))) ?? [])],
        points,
      );
    const [before, surface, parameters] = [await predict(), await pixelsOf(lab.locator('#surface')), await parametersOf(lab)];
    const last = cells.last();
    assert.equal(await last.getAttribute('aria-label'), 'Output layer, Neuron 1, Bias');
    await last.fill('2.5');
    await last.press('Tab');
    await eventually(lab, async () => (await parametersOf(lab)).at(-1) === 2.5);
    const changed = await parametersOf(lab);
    assert.deepEqual(changed.subarray(0, -1), parameters.subarray(0, -1), 'no other number moves');
    const after = await predict();
    assert.ok(after.every((value, index) => value > before[index]));
    await pictures(lab, 3);
    assert.notEqual((await pixelsOf(lab.locator('#surface'))).hash, surface.hash, 'the surface shows it');
    assert.equal(await stepOf(lab), 0);
  });
});

describe('the address', () => {
  it('describes the experiment, and opens it again', {}, async ({ lab, page, context, site }) => {
    await ready(lab);
    assert.equal(new URL(page.url()).hash, '', 'nothing was changed yet');
    await lab.getByTitle(datasetLabel('moons'), { exact: true }).click();
    await until(lab, ({ lab: { run } }) => run?.experiment.data.id === 'moons');
    await type(lab, 'Learning rate', '0.2');
    await type(lab, 'Noise', '10');
    await lab.getByRole('button', { name: 'Neurons in layer 1: one more' }).click();
    await page.waitForURL(
      (url) =>
        url.hash.startsWith('#v=1&') &&
        ['data.id=moons', 'data.noise=0.1', 'learningRate=0.2', 'network.layers.0.units=5'].every((part) => url.hash.includes(part)),
    );
    const experiment = await experimentOf(lab);
    await button(lab, 'Reset').click(); // a layer that was widened kept what it had; a link means the start
    await until(lab, ({ lab: { playing, run } }) => !playing && run?.progress.step === 0);
    const other = await context.newPage();
    await other.goto(page.url());
    const reopened = other.locator('mlp-playground');
    await ready(reopened);
    assert.deepEqual(await experimentOf(reopened), experiment);
    assert.equal(await hashOf(reopened), await hashOf(lab), 'the same start');
    assert.equal(other.url(), page.url(), 'reading a link does not rewrite it');

    await other.goto(`${site.origin}/#v=1&data.id=spiral`);
    await until(reopened, ({ lab: { run } }) => run?.experiment.data.id === 'spiral');
  });

  /** @type {[string, string, RegExp][]} */
  const broken = [
    ['an unknown setting', '#v=1&data.id=xor&training.optimiser=adam', /training\.optimiser: .+/],
    ['data that are no plane', '#v=1&data.id=sine', /data\.id: .*2 inputs, got 1/],
    ['a value out of range', '#v=1&data.id=xor&network.layers.0.units=0', /network\.layers(?:\.0|\[0\])\.units: .*1.*512/],
    ['another version', '#v=7&data.id=xor', /(?:v|version): .*1.*7/],
  ];
  for (const [name, hash, message] of broken) {
    it(`with ${name} gets a message that names the place, and the page stays usable`, { path: `/${hash}` }, async ({ lab, page }) => {
      await ready(lab);
      const alert = lab.getByRole('alert').filter({ hasText: 'could not be used' });
      await alert.waitFor();
      assert.match(await alert.innerText(), message);
      await button(lab, 'Step').click();
      await untilCounter(lab, 'step', 1, 1);
      assert.equal(new URL(page.url()).hash, hash, 'an address with a mistake stays as it was typed');
      await alert.getByRole('button', { name: 'Close' }).click();
      await alert.waitFor({ state: 'detached' });
    });
  }

  it(
    'keeps what is right in a link with a mistake',
    { path: '/#v=1&data.id=xor&training.optimiser=adam&training.batchSize=20' },
    async ({ lab }) => {
      await ready(lab);
      const { data, training } = await experimentOf(lab);
      assert.equal(data?.id, 'xor');
      assert.equal(training?.batchSize, 20);
    },
  );
});

describe('without a mouse', () => {
  /**
   * Presses Tab until the focus is where it is wanted.
   * @param {Locator} lab
   * @param {Locator} target
   */
  async function tabTo(lab, target) {
    const page = lab.page();
    for (let presses = 0; presses < 150; ++presses) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((element) => element.matches(':focus'))) return;
    }
    assert.fail('the Tab key never gets there');
  }

  it('trains and pauses with Space', {}, async ({ lab, page }) => {
    await ready(lab);
    await tabTo(lab, lab.locator('.button.primary').first());
    await page.keyboard.press('Space');
    await untilCounter(lab, 'step', 20);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { playing }) => playing), true);
    await page.keyboard.press('Space');
    await until(lab, ({ lab: { playing } }) => !playing);
    assert.equal(await standsStill(lab), true);
  });

  it('moves a slider with the arrow keys', {}, async ({ lab, page }) => {
    await ready(lab);
    await tabTo(lab, lab.getByRole('slider', { name: 'Learning rate', exact: true }));
    await page.keyboard.press('ArrowRight');
    await until(lab, ({ lab: { run } }) => /** @type {any} */ (run?.experiment.training.optimizer).learningRate === 0.05);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await until(lab, ({ lab: { run } }) => /** @type {any} */ (run?.experiment.training.optimizer).learningRate === 0.02);
    await page.keyboard.press('Backspace');
    await until(lab, ({ lab: { run } }) => /** @type {any} */ (run?.experiment.training.optimizer).learningRate === 0.03);
  });

  it('walks over the network and changes a weight', {}, async ({ lab, page }) => {
    await ready(lab);
    await tabTo(lab, lab.getByRole('group', { name: 'Network', exact: true }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const field = lab.getByRole('textbox', { name: 'Weight from x₂ to layer 1, neuron 1, value' });
    await field.waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('-1.25');
    await page.keyboard.press('Enter');
    await eventually(lab, async () => (await parametersOf(lab))[1] === -1.25);
  });
});

describe('appearance', () => {
  it('speaks Chinese throughout', {}, async ({ lab, page }) => {
    await ready(lab);
    assert.ok(englishAmong(await textsOf(lab)).length > 30, 'the English page is recognised as English');
    await page.getByRole('button', { name: '中文' }).click();
    await until(lab, ({ lab: { language } }) => language === 'zh');
    await button(lab, '更多设置').click();
    await button(lab, '数值').click();
    await button(lab, '单步').click();
    await untilCounter(lab, 'step', 1, 1);
    await pictures(lab, 3);
    assert.deepEqual(englishAmong(await textsOf(lab)), []);
    for (const part of ['nav', '.switches']) assert.deepEqual(englishAmong(await textsOf(page.locator(`mlp-site-header ${part}`))), []);
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
    assert.equal(await page.locator('article[lang="en"]').isVisible(), false);
    assert.equal(await page.locator('article[lang="zh-CN"]').isVisible(), true);
    await page.reload();
    await ready(lab);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { language }) => language), 'zh', 'the choice is remembered');
  });

  it('opens in Chinese by its link, with messages in Chinese', { path: '/?lang=zh#v=1&data.id=nothing' }, async ({ lab }) => {
    await ready(lab);
    const alert = lab.getByRole('alert').filter({ hasText: '实验设置' });
    await alert.waitFor();
    assert.match(await alert.innerText(), /data\.id：/);
  });

  it('changes between light and dark, the canvases too', { browser: { colorScheme: 'light' } }, async ({ lab, page }) => {
    await ready(lab);
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const [paper, network] = [await background(), await pixelsOf(lab.locator('#network'))];
    const appearance = page.getByRole('button', { name: /^Appearance/ });
    await appearance.click();
    await page.locator('html[data-theme="light"]').waitFor();
    assert.equal(await background(), paper);
    await appearance.click();
    await page.locator('html[data-theme="dark"]').waitFor();
    await pictures(lab, 3);
    assert.notEqual(await background(), paper);
    assert.notEqual((await pixelsOf(lab.locator('#network'))).hash, network.hash);
  });
});

describe('divergence', () => {
  it('is told with its step and rate, and one click helps', { path: '/#v=1&data.id=plane' }, async ({ lab }) => {
    await ready(lab);
    await type(lab, 'Learning rate', '3');
    await button(lab, 'Train').click();
    const alert = lab.getByRole('alert').filter({ hasText: 'Training diverged at step' });
    await alert.waitFor();
    assert.match(await alert.innerText(), /The learning rate was 3\b/);
    assert.equal(await button(lab, 'Train').isDisabled(), true);
    await alert.getByRole('button', { name: 'Lower the rate tenfold' }).click();
    await until(lab, ({ lab: { run } }) => {
      const { learningRate } = /** @type {any} */ (run?.experiment.training.optimizer);
      return learningRate === 0.3 && run?.progress.status === 'running' && run.progress.step > 200;
    });
    await alert.waitFor({ state: 'detached' });
    assert.ok((await parametersOf(lab)).every(Number.isFinite));
  });
});

describe('a playground that nobody looks at', () => {
  it('rests while it is scrolled away, and goes on when it is back', {}, async ({ lab, page }) => {
    await ready(lab);
    await page.evaluate(() => {
      const space = document.createElement('div');
      space.style.height = '5000px';
      document.body.append(space);
    });
    await button(lab, 'Train').click();
    await untilCounter(lab, 'step', 20);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await until(lab, ({ lab: { visible, run } }) => !visible && run?.playing === false);
    assert.equal(await standsStill(lab), true);
    const rested = await stepOf(lab);
    await page.evaluate(() => scrollTo(0, 0));
    await untilCounter(lab, 'step', rested + 20);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { playing }) => playing), true);
  });

  it('rests while its tab is hidden', {}, async ({ lab, page }) => {
    await ready(lab);
    await button(lab, 'Train').click();
    await untilCounter(lab, 'step', 20);
    /** @param {boolean} hidden */
    const hide = (hidden) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    await until(lab, ({ lab: { run } }) => run?.playing === false);
    assert.equal(await standsStill(lab), true);
    const rested = await stepOf(lab);
    await hide(false);
    await untilCounter(lab, 'step', rested + 20);
  });
});
