// The digits' page: training on images, weights as pictures, the drawing pad, and data files that do not arrive.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import {
  button,
  eventually,
  experimentOf,
  fullSpeed,
  parametersOf,
  pictures,
  picturesOf,
  pixelsOf,
  ready,
  standsStill,
  until,
} from './support/lab.js';
import { plainPng } from '../support/png.js';
import { serveSite } from './support/site.js';
import { englishAmong, textsOf } from './support/texts.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator, Page } from 'playwright-core'
 * @import { DigitsElement } from '../../web/src/elements/digits.js'
 */

const it = visits(serveSite, { path: '/digits.html', tag: 'mlp-digits' });

/** Strokes of clear digits over the pad, corner to corner 0 to 1. @type {Readonly<Record<string, readonly (readonly [number, number])[]>>} */
const strokes = Object.freeze({
  0: Array.from({ length: 33 }, (_, place) => {
    const angle = (2 * Math.PI * place) / 32;
    return /** @type {const} */ ([0.5 - 0.2 * Math.sin(angle), 0.5 - 0.3 * Math.cos(angle)]);
  }),
  1: [
    [0.52, 0.18],
    [0.5, 0.5],
    [0.48, 0.82],
  ],
  7: [
    [0.28, 0.22],
    [0.5, 0.21],
    [0.72, 0.22],
    [0.6, 0.5],
    [0.46, 0.82],
  ],
});

/** The tenth epoch ends after this many batches of 32 of the 5,000 images. */
const TEN_EPOCHS = 10 * Math.ceil(5000 / 32);

/** Trains at full speed until ten epochs are over. @param {Locator} lab */
async function trainTenEpochs(lab) {
  await ready(lab);
  await lab.evaluate((/** @type {DigitsElement} */ element) => element.play({ stepsPerSecond: Infinity, limit: { epochs: 10 } }));
  await until(lab, ({ lab: { playing, progress } }) => !playing && progress?.epoch === 10);
}

/** Where the pad lies on the page. @param {Locator} lab */
async function padOf(lab) {
  const pad = lab.locator('mlp-drawing-pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  assert.ok(box);
  return {
    pad,
    place: (/** @type {readonly [number, number]} */ [x, y]) => /** @type {const} */ ([box.x + x * box.width, box.y + y * box.height]),
  };
}

/**
 * @param {Locator} lab
 * @param {readonly (readonly [number, number])[]} points
 */
async function write(lab, [first, ...others]) {
  const { mouse } = lab.page();
  const { place } = await padOf(lab);
  await mouse.move(...place(first));
  await mouse.down();
  for (const point of others) await mouse.move(...place(point), { steps: 4 });
  await mouse.up();
}

describe('training on the digits', () => {
  it('reads nine of ten test digits right after ten epochs of 5,000', {}, async ({ lab }) => {
    await trainTenEpochs(lab);
    const { data, network, training } = await experimentOf(lab);
    assert.equal(data?.samples, 5000);
    assert.deepEqual(
      network?.layers?.map(({ units, activation }) => [units, activation]),
      [
        [32, 'relu'],
        [10, 'identity'],
      ],
    );
    const optimizer = /** @type {{ id: string, learningRate: number }} */ (training?.optimizer);
    assert.deepEqual([optimizer.id, optimizer.learningRate, training?.batchSize], ['adam', 0.001, 32]);
    const evaluation = await lab.evaluate((/** @type {DigitsElement} */ { run }) => run?.call('evaluate', 'test'));
    assert.ok((evaluation?.accuracy ?? 0) >= 0.9, `accuracy ${evaluation?.accuracy}`);
    assert.equal(await lab.evaluate((/** @type {DigitsElement} */ { progress }) => progress?.step), TEN_EPOCHS);

    const shown = lab.locator('.metrics div').filter({ hasText: 'Test accuracy' }).locator('dd');
    const text = `${(100 * (evaluation?.accuracy ?? 0)).toFixed(1)}%`;
    await shown.filter({ hasText: text }).waitFor();
  });

  it('draws the weights of every neuron, and draws them again while they change', {}, async ({ lab }) => {
    await ready(lab);
    const grid = lab.locator('mlp-weights-panel mlp-picture-grid');
    await until(lab, ({ lab: { renderRoot } }) => {
      const panel = renderRoot.querySelector('mlp-weights-panel');
      return (panel?.shadowRoot?.querySelector('.legend') ?? null) !== null;
    });
    assert.equal(await grid.locator('.picture').count(), 32);
    const seen = async () => picturesOf(grid);
    const sheet = grid.locator('canvas');
    const before = await seen();
    const shownBefore = await pixelsOf(sheet);
    assert.ok(
      before.every(({ colors }) => colors > 20),
      'every picture has many colours',
    );
    assert.equal(new Set(before.map(({ hash }) => hash)).size, 32, 'no two are the same');
    await button(lab, 'Train').click();
    await until(lab, ({ lab: { progress } }) => (progress?.step ?? 0) >= 100);
    const during = await seen();
    assert.ok(during.every(({ hash }, unit) => hash !== before[unit].hash));
    assert.notEqual((await pixelsOf(sheet)).hash, shownBefore.hash, 'what is seen');
    await button(lab, 'Pause').click();
    await button(lab, 'Train').waitFor();
    assert.equal(await standsStill(lab), true);
  });

  it('shows templates of the ten digits where there is no hidden layer', {}, async ({ lab }) => {
    await ready(lab);
    await lab.getByRole('combobox', { name: 'Start from' }).selectOption({ label: 'Linear softmax, 784–10' });
    await until(lab, ({ lab: { run } }) => run?.experiment.network.layers.length === 1);
    await fullSpeed(lab);
    await button(lab, 'Train').click();
    // It stops by itself: this start ends after ten epochs, which are over sooner than a button is pressed.
    await until(lab, ({ lab: { playing, progress } }) => !playing && progress?.epoch === 10);
    const grid = lab.locator('mlp-weights-panel mlp-picture-grid');
    assert.equal(await grid.locator('.picture').count(), 10);
    // A picture is drawn when its numbers come back from the worker.
    await eventually(lab, async () => (await picturesOf(grid)).every(({ colors }) => colors > 20));
    assert.equal(await lab.getByRole('button', { name: /^Template of 7: weights from/ }).count(), 1);
  });

  it('stops at its limit, and says what the text comes to with all digits', {}, async ({ lab }) => {
    await ready(lab);
    await lab.getByRole('combobox', { name: 'Start from' }).selectOption({ label: 'Linear softmax, 784–10' });
    await until(lab, ({ lab: { run } }) => run?.experiment.network.layers.length === 1);
    await lab.getByText(/test accuracy 92\s?%, loss 0\.28/).waitFor();
    await button(lab, 'Use all 60,000 (10.3\u202fMB)').waitFor();
    const limit = lab.getByRole('combobox', { name: 'Stop after' });
    assert.equal(await limit.inputValue(), 'epochs-10');
    await limit.selectOption({ label: '1 epoch' });
    await fullSpeed(lab);
    for (const epochs of [1, 2]) {
      await button(lab, 'Train').click();
      await until(lab, ({ lab: { playing, progress }, argument }) => !playing && progress?.epoch === argument, epochs);
      await lab.getByText(`${epochs}.0 of ${epochs} epochs`).waitFor();
    }
  });

  it('compares amounts of data, each from the start', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'How much data?').click();
    await lab.getByRole('combobox', { name: 'Steps each' }).selectOption({ label: '1,000' });
    await button(lab, 'Compare amounts of data').click();
    await lab.getByRole('row', { name: /^10,000 / }).waitFor();
    const rows = await lab.getByRole('row', { name: /^[\d,]+ [\d.]+\s?%/ }).allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.split('\t')[0]),
      ['100', '300', '1,000', '3,000', '10,000'],
    );
    const [first, last] = [rows[0], rows[4]].map((row) => row.split('\t').slice(1).map(Number.parseFloat));
    assert.equal(first[0], 100, 'a hundred digits are learned by heart');
    assert.ok(first[1] < 80 && last[1] > 88, `${first[1]} and ${last[1]} % of the test digits`);
    await button(lab, 'Compare amounts of data').click();
    await button(lab, 'Stop').click();
    await button(lab, 'Compare amounts of data').waitFor();
  });

  it('speaks Chinese throughout', { path: '/digits.html?lang=zh' }, async ({ lab }) => {
    await trainTenEpochs(lab);
    await write(lab, strokes[1]);
    await lab
      .locator('.verdict')
      .filter({ hasText: /认成|拿不准/ })
      .waitFor();
    await button(lab, '更多设置').click();
    await pictures(lab, 3);
    assert.deepEqual(englishAmong(await textsOf(lab)), []);
  });
});

describe('the drawing pad', () => {
  it('has its digits recognised', {}, async ({ lab }) => {
    await trainTenEpochs(lab);
    for (const [digit, points] of Object.entries(strokes)) {
      await write(lab, points);
      await lab.getByText(new RegExp(`^Read as ${digit}, `)).waitFor();
      await button(lab, 'Clear').click();
      await lab.getByText('Write a digit, or choose one from the gallery.').waitFor();
    }
  });

  it(
    'takes strokes by touch, and the page does not scroll under them',
    { browser: { viewport: { width: 390, height: 700 }, hasTouch: true } },
    async ({ lab, page }) => {
      await ready(lab);
      const { pad, place } = await padOf(lab);
      const scrolled = await page.evaluate(() => scrollY);
      const touch = await page.context().newCDPSession(page);
      // From below to above: that finger would take the page along, which has much more to show below.
      const points = strokes[1].toReversed().map((point) => place(point));
      const at = (/** @type {readonly [number, number]} */ [x, y]) => [{ x, y }];
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(points[0]) });
      for (const point of points.slice(1)) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(point) });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await lab.getByText('Not trained yet: these are guesses.').waitFor();
      assert.ok((await pixelsOf(pad)).colors > 1, 'there is ink');
      assert.equal(await page.evaluate(() => scrollY), scrolled);
    },
  );
});

describe('mistakes', () => {
  it(
    'of one kind come into sight, and one of them is looked into',
    { browser: { viewport: { width: 390, height: 700 } } },
    async ({ lab, page }) => {
      await trainTenEpochs(lab);
      await lab.getByRole('button', { name: 'Confusion' }).click();
      await lab
        .locator('mlp-mistakes')
        .getByRole('button', { name: /read as/ })
        .first()
        .click();
      const first = lab.locator('mlp-digit-gallery mlp-picture-grid button').first();
      await eventually(lab, async () => {
        const box = await first.boundingBox();
        const height = await page.evaluate(() => innerHeight);
        return box !== null && box.y >= 0 && box.y + box.height <= height;
      });
      assert.match((await first.getAttribute('aria-label')) ?? '', /loss/);
    },
  );
});

describe('a picture of a digit', () => {
  /** Drops or pastes a picture with a stroke on it. @param {Locator} lab @param {'drop' | 'paste'} way @param {string} ink @param {string} paper */
  const give = (lab, way, ink, paper) =>
    lab.evaluate(
      async (element, [kind, stroke, ground]) => {
        const canvas = new OffscreenCanvas(300, 200);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('There is no canvas.');
        context.fillStyle = ground;
        context.fillRect(0, 0, 300, 200);
        context.fillStyle = stroke;
        context.fillRect(40, 30, 24, 140);
        const files = new DataTransfer();
        files.items.add(new File([await canvas.convertToBlob()], 'one.png', { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        if (kind === 'drop') element.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: files }));
        else document.body.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: files }));
      },
      [way, ink, paper],
    );

  it('is read like a drawing, dropped or pasted, whichever of ink and paper is darker; what is none is refused', {}, async ({ lab }) => {
    await ready(lab);
    const seen = () => lab.evaluate((/** @type {DigitsElement} */ { picture }) => picture && [...picture]);
    await give(lab, 'drop', '#123', '#fff');
    await lab.getByText('Not trained yet: these are guesses.').waitFor();
    const dark = (await seen()) ?? assert.fail('there is ink');
    const inked = dark.flatMap((value, place) => (value > 0 ? [place] : []));
    assert.ok(
      inked.every((place) => Math.abs((place % 28) - 13.5) <= 3),
      'in the middle',
    );
    assert.equal(new Set(inked.map((place) => Math.floor(place / 28))).size, 20, 'as high as MNIST’s digits');
    await button(lab, 'Clear').click();
    await until(lab, ({ lab: each }) => /** @type {DigitsElement} */ (each).picture === undefined);
    await give(lab, 'paste', '#fff', '#000');
    await lab.getByText('Not trained yet: these are guesses.').waitFor();
    assert.deepEqual(await seen(), dark);
    const input = lab.getByLabel('Picture of a digit …');
    await input.setInputFiles([{ name: 'one.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }]);
    await lab.getByRole('alert').filter({ hasText: 'cannot be read as a picture' }).waitFor();
    assert.deepEqual(await seen(), dark, 'what was on the pad stays');
    // A bomb is known by what it says of its size: its pixels are never unpacked.
    await lab.evaluate(() => {
      globalThis.createImageBitmap = () => Promise.reject(new DOMException('The picture was unpacked.'));
    });
    const bomb = plainPng(20_000);
    assert.ok(bomb.length < 100_000);
    await input.setInputFiles([{ name: 'bomb.png', mimeType: 'image/png', buffer: Buffer.from(bomb) }]);
    await lab.getByRole('alert').filter({ hasText: 'This picture is too large' }).waitFor();
  });
});

describe('own images', () => {
  it('are taken from IDX files, and what is no such file changes nothing', {}, async ({ lab, page }) => {
    await ready(lab);
    const packed = async (/** @type {string} */ name) => readFile(new URL(`../../web/generated/mnist/${name}.idx.gz`, import.meta.url));
    const mimeType = 'application/gzip';
    const images = { name: 'own-images.gz', mimeType, buffer: await packed('test-images-1') };
    const labels = { name: 'own-labels.gz', mimeType, buffer: await packed('test-labels-1') };
    const input = lab.getByLabel('Own images (IDX files) …');
    await input.setInputFiles([images]);
    await lab.getByRole('alert').filter({ hasText: 'own-images.gz came alone' }).waitFor();
    await input.setInputFiles([{ ...images, buffer: Buffer.from('<!doctype html>') }, labels]);
    await lab.getByRole('alert').filter({ hasText: 'own-images.gz is not a file of digits' }).waitFor();
    assert.equal((await experimentOf(lab)).data?.id, 'mnist');
    await input.setInputFiles([labels, images]);
    await until(lab, ({ lab: { run } }) => run?.experiment.data.id === 'idx');
    await lab.getByText('They fit no link').waitFor();
    assert.equal(await lab.evaluate((/** @type {DigitsElement} */ { run }) => run?.experiment.data.samples), 417);
    // A starting point is network and training: the images stay.
    await lab.getByRole('combobox', { name: 'Start from' }).selectOption({ label: 'Linear softmax, 784–10' });
    await until(lab, ({ lab: { run } }) => run?.experiment.network.layers.length === 1);
    assert.deepEqual(await lab.evaluate((/** @type {DigitsElement} */ { experiment: { data } }) => [data?.id, data?.samples]), [
      'idx',
      417,
    ]);
    assert.equal(await lab.getByRole('combobox', { name: 'Start from' }).inputValue(), 'linear');
    assert.equal(await lab.getByText('The text’s result').count(), 0, 'nothing is known of such images');
    await button(lab, 'Step').click();
    await until(lab, ({ lab: { progress } }) => progress?.step === 1);
    // Their classes have names, wherever classes are named; they go along with the file.
    const names = lab.getByRole('textbox', { name: 'Class names' });
    await names.fill('a,b,c,d,e,f,g,h,i,j,k');
    await names.press('Enter');
    await lab.getByText('11 names were given; there are 10 classes.').waitFor();
    await button(lab, 'Fashion-MNIST').click();
    assert.match(await names.inputValue(), /^T-shirt\/top, Trouser, .*Ankle boot$/);
    await lab
      .locator('mlp-digit-gallery')
      .getByRole('button', { name: /^Test digit 1, a (?!\d)/ })
      .click();
    await lab.getByRole('img', { name: /^Probability of each digit\. T-shirt\/top: .*, Ankle boot: / }).waitFor();
    await lab.getByRole('columnheader', { name: 'read as Sandal' }).waitFor();
    await lab.getByRole('button', { name: /^Template of Bag: / }).waitFor();
    await lab.locator('mlp-panel-digit-inside').getByRole('rowheader', { name: 'Pullover' }).waitFor();
    await lab.getByRole('combobox', { name: 'Slope of' }).selectOption({ label: 'the score of Coat' });
    await button(lab, 'File').click();
    const [saved] = await Promise.all([page.waitForEvent('download'), lab.getByRole('menuitem', { name: 'Save experiment…' }).click()]);
    await button(lab, 'Only numbers').click();
    await lab
      .locator('mlp-digit-gallery')
      .getByRole('button', { name: /^Test digit 1, a \d/ })
      .waitFor();
    await lab.locator('input#file').setInputFiles(await saved.path());
    await lab.getByRole('columnheader', { name: 'read as Sandal' }).waitFor();

    await input.setInputFiles([labels, { ...images, buffer: Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7]) }]);
    await lab
      .getByRole('alert')
      .filter({ hasText: 'own-images.gz does not fit: it takes 6 to 60,000 pictures of 28 × 28 pixels' })
      .waitFor();
    await button(lab, 'Back to MNIST').click();
    await until(lab, ({ lab: { run, experiment } }) => run !== null && experiment.data?.id === 'mnist' && experiment.data.samples === 5000);
  });
});

describe('a data file', () => {
  /**
   * @param {Page} page
   * @param {(route: import('playwright-core').Route) => Promise<void>} answer
   */
  async function spoil(page, answer) {
    await page.route(/train-images.*\.gz$/, answer);
    return () => page.unroute(/train-images.*\.gz$/);
  }

  /** @type {{ name: string, expected: RegExp[], message: RegExp, answer: (route: import('playwright-core').Route) => Promise<void> }[]} */
  const cases = [
    {
      name: 'that is missing',
      expected: [/console error: .*404/],
      message: /The server does not have the file train-images\S*\./,
      answer: (route) => route.fulfill({ status: 404, body: 'Not found.' }),
    },
    {
      name: 'that ends too early',
      expected: [],
      message: /The file train-images\S* ends too early/,
      answer: async (route) => {
        const body = await (await route.fetch()).body();
        await route.fulfill({ status: 200, contentType: 'application/gzip', body: body.subarray(0, body.length / 2) });
      },
    },
    {
      name: 'that is something else',
      expected: [],
      message: /The file train-images\S* is not a file of digits/,
      answer: (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>Welcome</title>' }),
    },
  ];

  for (const { name, expected, message, answer } of cases) {
    it(`${name} is named, and trying again works once it is there`, { path: null, expected }, async ({ lab, page, site }) => {
      const repair = await spoil(page, answer);
      await page.goto(`${site.origin}/digits.html`);
      const alert = lab.getByRole('alert').filter({ hasText: 'The digits could not be loaded' });
      await alert.waitFor();
      assert.match(await alert.innerText(), message);
      await write(lab, strokes[1]);
      await lab.getByText('The network is not here yet.').waitFor();
      await repair();
      await alert.getByRole('button', { name: 'Try again' }).click();
      await alert.waitFor({ state: 'detached' });
      await ready(lab);
      await lab.getByText('Not trained yet: these are guesses.').waitFor();
      await button(lab, 'Step').click();
      await until(lab, ({ lab: { progress } }) => progress?.step === 1);
    });
  }
});

describe('the scaling of the pixels', () => {
  it('is seen in the sums of the first layer, and set beside them', {}, async ({ lab }) => {
    await ready(lab);
    await lab.getByRole('combobox', { name: 'Start from' }).selectOption({ label: 'Two-layer net, 784–50–10' });
    await button(lab, 'Why scale pixels?').click();
    const panel = lab.locator('mlp-panel-scaling');
    await panel.getByRole('img', { name: /under Sigmoid\. .*: 0\s?%$/ }).waitFor();
    assert.ok((await pixelsOf(panel.locator('canvas'))).colors > 3);
    await panel.getByRole('combobox', { name: 'Pixel values' }).selectOption({ label: '0 to 255' });
    await until(lab, ({ lab: { run } }) => JSON.stringify(run?.experiment.data.scaling).includes('raw'));
    assert.equal(await lab.locator('.input').getByRole('combobox', { name: 'Pixel values' }).inputValue(), 'raw');
    await panel.getByText('Train first').waitFor();
    await button(lab, 'Step').click();
    await panel.getByRole('row', { name: /^0 to 255 \(learned\) [\d.]+\s?%$/ }).waitFor();
    await lab.getByRole('combobox', { name: 'Start from' }).selectOption({ label: 'Linear softmax, 784–10' });
    await panel.getByText('Probability of the best').waitFor();
  });
});

describe('inside the network', () => {
  it('one picture is followed forward and back, from the gallery, neuron by neuron', {}, async ({ lab }) => {
    await trainTenEpochs(lab);
    await lab.locator('mlp-digit-gallery mlp-picture-grid button').nth(7).click();
    const panel = lab.locator('mlp-panel-digit-inside');
    await panel.getByText(/^\s*Loss of this picture: −ln /).waitFor();
    const answer = await lab.evaluate(async (/** @type {DigitsElement} */ { run, picture }) => [
      ...((picture && (await run?.call('predict', picture))) ?? []),
    ]);
    await panel.getByText(`= ${(-Math.log(answer[9])).toFixed(4)}`).waitFor();
    const views = panel.locator('canvas[data-view="slopes"], canvas[data-view="products"], canvas[data-view="strip"]');
    assert.equal(await views.count(), 4);
    for (const view of await views.all()) assert.ok((await pixelsOf(view)).colors > 3);
    const layer = panel.getByRole('slider', { name: 'Layer 1: what its 32 neurons put out' });
    await layer.press('End');
    await until(lab, ({ lab: each }) => /** @type {DigitsElement} */ (each).neuron?.unit === 31);
    await lab
      .locator('mlp-weights-panel')
      .getByText(/^\s*Neuron 32: weights from/)
      .waitFor();
    await panel.getByRole('combobox', { name: 'Slope of' }).selectOption({ label: 'the score of 3' });
    await panel.getByRole('img', { name: /^How the score of 3 changes with every pixel\. Strongest: row \d+/ }).waitFor();
  });

  it('what one is, another takes up: a document with its weights', {}, async ({ lab, page }) => {
    await trainTenEpochs(lab);
    await button(lab, 'Take away').click();
    await lab.locator('mlp-take-away pre').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), button(lab, 'Document with weights').click()]);
    const before = await parametersOf(lab);
    await button(lab, 'Reset').click();
    await until(lab, ({ lab: { progress } }) => progress?.step === 0);
    await lab.locator('mlp-take-away input[type="file"]').setInputFiles(await download.path());
    await eventually(lab, async () => (await parametersOf(lab)).every((value, place) => value === before[place]));
    assert.equal((await experimentOf(lab)).data?.id, 'mnist');
  });
});

describe('own digits', () => {
  it('join the training digits, and what was learned stays; they go to files and come back', {}, async ({ lab, page }) => {
    await trainTenEpochs(lab);
    const before = await parametersOf(lab);
    await button(lab, 'Own digits').click();
    await write(lab, strokes[7]);
    await lab.getByText(/^Read as \d, |^Undecided: /).waitFor();
    await button(lab, 'Add it as a 7').click();
    const rows = () => lab.evaluate(async (/** @type {DigitsElement} */ { run }) => (await run?.call('data', 'train'))?.rows);
    await eventually(lab, async () => (await rows()) === 5001);
    assert.deepEqual(await parametersOf(lab), before);
    assert.equal(await lab.evaluate((/** @type {DigitsElement} */ { progress }) => progress?.step), TEN_EPOCHS);

    const panel = lab.locator('mlp-panel-own-digits');
    const paths = [];
    for (const name of ['Images (IDX)', 'Labels (IDX)']) {
      const [download] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name }).click()]);
      paths.push(await download.path());
    }
    await panel.getByRole('button', { name: 'Remove all' }).click();
    await eventually(lab, async () => (await rows()) === 5000);
    await panel.getByRole('button', { name: 'Bring back 1 that was there before' }).click();
    await eventually(lab, async () => (await rows()) === 5001);
    await panel.getByRole('button', { name: 'Remove all' }).click();
    await panel.locator('input[type="file"]').setInputFiles(paths);
    await panel.getByText('Loaded one digit.').waitFor();
    await panel.getByRole('button', { name: 'Own digit 1, a 7' }).waitFor();
    await eventually(lab, async () => (await rows()) === 5001);
    await lab.getByText('The 5,000 digits in use and 1 of your own have mean').waitFor();

    // A contact sheet carries them too, chosen or dropped; another picture does not.
    const [sheet] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Contact sheet (PNG)' }).click()]);
    await panel.locator('input[type="file"]').setInputFiles(await sheet.path());
    await panel.getByRole('button', { name: 'Own digit 2, a 7' }).waitFor();
    const bytes = [...(await readFile(await sheet.path()))];
    await lab.evaluate((element, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(content)], 'sheet.png', { type: 'image/png' }));
      element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    }, bytes);
    await panel.getByRole('button', { name: 'Own digit 3, a 7' }).waitFor();
    const stranger = { name: 'stranger.png', mimeType: 'image/png', buffer: Buffer.from(bytes.slice(0, 8)) };
    await panel.locator('input[type="file"]').setInputFiles([stranger]);
    await panel.getByText('stranger.png is neither an IDX file nor a contact sheet saved here').waitFor();
    await panel.getByRole('button', { name: 'Own digit 3, a 7' }).waitFor();
  });

  it('travel in links and files, and are there again after a reload, in use or set aside', {}, async ({ lab, page, context, site }) => {
    await ready(lab);
    await write(lab, strokes[1]);
    await lab.getByText('Not trained yet: these are guesses.').waitFor();
    await button(lab, 'Own digits').click();
    await button(lab, 'Add it as a 1').click();
    const rows = (/** @type {Locator} */ each) =>
      each.evaluate(async (/** @type {DigitsElement} */ { run }) => (await run?.call('data', 'train'))?.rows);
    const own = (/** @type {Locator} */ each) =>
      each.evaluate((/** @type {DigitsElement} */ { beside: { digits, used, aside } }) => ({
        digits: digits.map(({ picture, label }) => [label, ...picture]),
        used,
        aside: aside.length,
      }));
    await eventually(lab, async () => (await rows(lab)) === 5001);
    const written = await own(lab);
    assert.deepEqual([written.digits.length, written.used, written.aside], [1, true, 0]);

    // Whoever opens the address has them, and so has the file.
    await page.waitForFunction(() => location.hash.includes('packed='));
    const link = page.url();
    const other = await context.newPage();
    await other.goto(link);
    const theirs = other.locator('mlp-digits');
    await eventually(theirs, async () => (await rows(theirs)) === 5001);
    assert.deepEqual(await own(theirs), written);
    await other.close();
    await button(lab, 'File').click();
    const [download] = await Promise.all([page.waitForEvent('download'), lab.getByRole('menuitem', { name: 'Save experiment…' }).click()]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.equal(file.data.id, 'mnist');
    assert.equal(file.own.used, true);

    // Set aside they are in no link, but stay with the page.
    await lab.getByRole('checkbox', { name: 'Learn from them' }).click();
    await eventually(lab, async () => (await rows(lab)) === 5000);
    await page.waitForFunction(() => location.hash !== '' && !location.hash.includes('packed='));
    await page.reload();
    await ready(lab);
    assert.deepEqual(await own(lab), { ...written, used: false });
    await button(lab, 'Own digits').click();
    await lab.getByRole('checkbox', { name: 'Learn from them' }).click();
    await eventually(lab, async () => (await rows(lab)) === 5001);
    await page.waitForFunction(() => location.hash.includes('packed='));
    await page.reload();
    await ready(lab);
    assert.equal(await rows(lab), 5001);

    // Somebody else's experiment is what it says; what was here before waits.
    await page.goto(new URL('/digits.html#v=1&data.id=mnist&data.samples=300', site.origin).href);
    await page.reload();
    await ready(lab);
    assert.deepEqual([await rows(lab), await own(lab)], [300, { ...written, used: false }]);
    await button(lab, 'Own digits').click();
    await button(lab, 'Remove all').click();
    await lab.locator('input#file').setInputFiles(await download.path());
    await eventually(lab, async () => (await rows(lab)) === 5001);
    assert.deepEqual(await own(lab), written);
  });
});

describe('the keyboard alone', () => {
  /** The name of what has the focus, as it is announced, through every shadow root. @param {Page} page */
  const focused = (page) =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return '';
      const labels = 'labels' in element ? [.../** @type {HTMLInputElement} */ (element.labels ?? [])] : [];
      return (element.getAttribute('aria-label') ?? (labels.map((label) => label.textContent).join(' ') || element.textContent) ?? '')
        .replace(/\s+/g, ' ')
        .trim();
    });

  /**
   * Goes on with the Tab key until something of that name has the focus.
   * @param {Page} page
   * @param {RegExp} name
   * @param {'Tab' | 'Shift+Tab'} [key]
   */
  async function reach(page, name, key = 'Tab') {
    const passed = [];
    for (let pressed = 0; pressed < 200; ++pressed) {
      await page.keyboard.press(key);
      const here = await focused(page);
      if (name.test(here)) return;
      passed.push(here);
    }
    assert.fail(`${name} is never reached: ${JSON.stringify(passed.slice(0, 60))}`);
  }

  it(
    'starts from elsewhere, trains and pauses, looks into a mistake, opens every panel, writes a digit and adds it',
    {},
    async ({ lab, page }) => {
      await ready(lab);
      await fullSpeed(lab);
      await page.evaluate(() =>
        /** @type {HTMLElement} */ (document.activeElement?.shadowRoot?.activeElement ?? document.activeElement)?.blur(),
      );
      await reach(page, /^Start from/);
      await page.keyboard.press('ArrowDown');
      await until(lab, ({ lab: { run } }) => run?.experiment.network.layers.length === 1);
      assert.match(await focused(page), /^Start from/, 'the focus stays');
      await reach(page, /^Train$/, 'Shift+Tab');
      await page.keyboard.press('Enter');
      await until(lab, ({ lab: { progress } }) => (progress?.step ?? 0) > 0);
      assert.match(await focused(page), /^(Pause|Train)$/, 'the same button');
      await until(lab, ({ lab: { playing, progress } }) => !playing && progress?.epoch === 10);
      await reach(page, /^Stop after/);
      await page.keyboard.press('Home');
      await until(lab, ({ lab: each }) => /** @type {DigitsElement} */ (each).limit === null);
      await reach(page, /^Train$/, 'Shift+Tab');
      await page.keyboard.press('Enter');
      await until(lab, ({ lab: { playing } }) => playing);
      await page.keyboard.press('Enter');
      await until(lab, ({ lab: { playing } }) => !playing);

      // A mistake, by its pair in the table of confusions, and by the gallery's own choice.
      await reach(page, /^\d+ digits? that (is|are) a \d, read as \d$/);
      await page.keyboard.press('Enter');
      await lab.getByText(/^\s*Only \ds read as \d\./).waitFor();
      await reach(page, /^Test$/, 'Shift+Tab');
      await reach(page, /^Mistakes$/, 'Shift+Tab');
      await page.keyboard.press('Tab');
      assert.match(await focused(page), /^Test digit [\d,]+, a \d, read as \d, loss/);
      await page.keyboard.press('Enter');
      await until(lab, ({ lab: each }) => /** @type {DigitsElement} */ (each).truth !== undefined);
      await reach(page, /^Follow it through the network$/);
      await page.keyboard.press('Enter');
      await lab
        .locator('mlp-panel-digit-inside')
        .getByText(/^\s*Loss of this picture: /)
        .waitFor();

      for (const name of ['Why scale pixels?', 'How much data?', 'Own digits', 'Take away']) {
        await reach(page, new RegExp(`^${name.replace('?', '\\?')}$`));
        await page.keyboard.press('Enter');
        await lab.getByRole('button', { name, exact: true, expanded: true }).waitFor();
        assert.equal(await focused(page), name, 'the focus stays');
      }

      await reach(page, /^Drawing pad/, 'Shift+Tab');
      await page.keyboard.press('Delete');
      await until(lab, ({ lab: each }) => /** @type {DigitsElement} */ (each).picture === undefined);
      for (let press = 0; press < 6; ++press) await page.keyboard.press('Shift+ArrowUp');
      await page.keyboard.press('Space');
      for (let press = 0; press < 12; ++press) await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Space');
      await lab.getByText(/^(Read as|Undecided: ) ?\d/).waitFor();
      await reach(page, /^Add it as a 1$/);
      await page.keyboard.press('Enter');
      const rows = () => lab.evaluate(async (/** @type {DigitsElement} */ { run }) => (await run?.call('data', 'train'))?.rows);
      await eventually(lab, async () => (await rows()) === 5001);
      assert.equal(await focused(page), 'Add it as a 1', 'the next one can be added');
      await reach(page, /^Remove all$/);
      await page.keyboard.press('Enter');
      await eventually(lab, async () => (await rows()) === 5000);
      await eventually(lab, async () => (await focused(page)) === 'Bring back 1 that was there before');
      await page.keyboard.press('Enter');
      await eventually(lab, async () => (await rows()) === 5001);
      await eventually(lab, async () => (await focused(page)).startsWith('Own digit 1, a 1'));
    },
  );
});
