// The panel "Take away": what arrives in the downloads, and what comes back from there.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { pathToFileURL } from 'node:url';
import { button, counter, eventually, give, parametersOf, pixelsOf, ready, stepOf, until, untilCounter } from './support/lab.js';
import { serveSite } from './support/site.js';
import { englishAmong, textsOf } from './support/texts.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator, Page } from 'playwright-core'
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 */

const it = visits(serveSite);

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mlp-take-away-'));
});
after(() => rm(folder, { recursive: true }));

/**
 * Opens the panel, with its code on show.
 * @param {Locator} lab
 */
async function open(lab) {
  await ready(lab);
  await button(lab, 'Take away').click();
  await lab.locator('mlp-take-away pre').waitFor();
}

/** @param {Locator} lab */
async function train(lab) {
  await button(lab, 'Train').click();
  await untilCounter(lab, 'epoch', 3);
  await button(lab, 'Pause').click();
  await until(lab, ({ lab: each }) => !each.playing && !each.run?.playing);
  const step = await stepOf(lab);
  await lab.getByText(`As it is after step ${step.toLocaleString('en')}.`).waitFor();
}

/**
 * Clicks a button that saves a file, and keeps the file under its name.
 * @param {Page} page
 * @param {Locator} saver
 */
async function saved(page, saver) {
  const [download] = await Promise.all([page.waitForEvent('download'), saver.click()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/**
 * Gives the panel a file.
 * @param {Locator} lab
 * @param {string} path
 */
const load = (lab, path) => lab.locator('mlp-take-away input[type="file"]').setInputFiles(path);

/**
 * Waits for what the panel says.
 * @param {Locator} lab
 * @param {string | RegExp} text
 */
const says = (lab, text) => lab.locator('mlp-take-away .said').getByText(text).waitFor();

/** @param {Locator} lab @param {number[]} inputs */
const predict = (lab, inputs) =>
  lab.evaluate(
    async (/** @type {LabElement} */ { run }, rows) => [...((await run?.call('predict', Float32Array.from(rows))) ?? [])],
    inputs,
  );

describe('code', () => {
  it('of the network as it is arrives as a file and answers as the laboratory does', {}, async ({ lab, page }) => {
    await open(lab);
    await train(lab);
    assert.equal(await counter(lab, 'step'), await stepOf(lab), 'the last frame is of the last step');
    await button(lab, 'JavaScript').click();
    const file = await saved(page, button(lab, 'Download circle-2-4-2-1.mjs'));
    assert.equal((await lab.locator('mlp-take-away pre').textContent())?.trim(), (await readFile(file, 'utf8')).trim());
    const { predict: answer } = await import(pathToFileURL(file).href);
    for (const row of [
      [0, 0],
      [3, -4],
    ])
      assert.ok(Math.abs(answer(row)[0] - (await predict(lab, row))[0]) < 1e-5);
  });

  it('is copied', {}, async ({ lab, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(lab);
    await button(lab, 'NumPy').click();
    await button(lab, 'Copy').click();
    await says(lab, 'Copied.');
    assert.match(
      await page.evaluate(() => navigator.clipboard.readText()),
      /^"""A network trained in MLP Playground[^]*def predict\(self, x\):/,
    );
  });

  it('of a large network is shown by its beginning, and saved whole', {}, async ({ lab, page }) => {
    await ready(lab);
    await give(lab, { network: { layers: [{ units: 64 }, { units: 64 }, {}] } });
    await open(lab);
    await button(lab, 'C++').click();
    await lab.getByText(/more lines in the file/).waitFor();
    const text = await readFile(await saved(page, button(lab, 'Download circle-2-64-64-1.hpp')), 'utf8');
    assert.match(text, /weights2\[64\]\[64\][^]*\}  \/\/ namespace mlp_network\n$/);
  });
});

describe('weights', () => {
  for (const format of ['safetensors', 'JSON']) {
    it(`go out as ${format} and come back`, {}, async ({ lab, page }) => {
      await open(lab);
      await train(lab);
      const trained = await parametersOf(lab);
      await button(lab, format).click();
      const file = await saved(page, button(lab, `Download circle-2-4-2-1.${format.toLowerCase()}`));
      await button(lab, 'Reset').click();
      await until(lab, ({ lab: { progress } }) => progress?.step === 0);
      assert.notDeepEqual(await parametersOf(lab), trained);
      await load(lab, file);
      await says(lab, `Loaded ${trained.length} numbers from circle-2-4-2-1.${format.toLowerCase()}.`);
      assert.deepEqual(await parametersOf(lab), trained);
    });
  }

  it('of another shape are refused by the name of the tensor', {}, async ({ lab }) => {
    await open(lab);
    const before = await parametersOf(lab);
    const file = join(folder, 'wrong.json');
    await writeFile(file, JSON.stringify({ 'layer1.weight': [[1, 2]], 'layer1.bias': [0] }));
    await load(lab, file);
    await says(lab, 'layer1.weight: expected shape [4, 2], got [1, 2]');
    await writeFile(file, 'no weights');
    await load(lab, file);
    await says(lab, /^expected JSON or safetensors/);
    assert.deepEqual(await parametersOf(lab), before);
  });

  it('are refused in Chinese as well', { path: '/?lang=zh' }, async ({ lab }) => {
    await ready(lab);
    await button(lab, '带走').click();
    await lab.locator('mlp-take-away pre').waitFor();
    const file = join(folder, 'empty.json');
    await writeFile(file, '{}');
    await load(lab, file);
    await says(lab, 'layer1.weight：应为形状[4, 2]，实际没有这个张量');
    for (const format of ['ONNX', 'safetensors', 'JSON', 'C++', 'NumPy', 'JavaScript']) await button(lab, format).click();
    // Names of files and tensors are the same in every language.
    const texts = (await textsOf(lab.locator('mlp-take-away'))).map((text) => text.replaceAll(/circle-[\w.-]+|layer1\.weight/g, ''));
    assert.ok(texts.length > 30);
    assert.deepEqual(englishAmong(texts), []);
  });
});

describe('documents', () => {
  it('open as they were saved, with the weights', {}, async ({ lab, page }) => {
    await ready(lab);
    await give(lab, { data: { id: 'spirals', classes: 4 }, training: { loss: 'cross-entropy' } });
    await open(lab);
    await train(lab);
    const trained = await parametersOf(lab);
    const file = await saved(page, button(lab, 'Document with weights'));
    await give(lab, { data: { id: 'xor' } });
    await load(lab, file);
    await says(lab, /^Opened spirals-/);
    await until(lab, ({ lab: { experiment } }) => experiment.data?.id === 'spirals' && experiment.data.classes === 4);
    assert.deepEqual(await parametersOf(lab), trained);
  });

  it('are links, with the weights where they are wanted', {}, async ({ lab, page, context, site }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ready(lab);
    await give(lab, { data: { id: 'moons' } });
    await open(lab);
    await train(lab);
    const trained = await parametersOf(lab);
    const copied = async (/** @type {string} */ name) => {
      await button(lab, name).click();
      await says(lab, 'Copied.');
      return page.evaluate(() => navigator.clipboard.readText());
    };
    assert.match(await copied('Copy link'), /^http.*#v=1&data\.id=moons$/);
    const link = await copied('Copy link with weights');
    await page.goto('about:blank');
    await page.goto(link);
    await ready(lab);
    assert.ok(link.startsWith(site.origin));
    assert.deepEqual(await parametersOf(lab), trained);
  });
});

describe('pictures and curves', () => {
  /**
   * What an SVG file is made of, as a browser reads it.
   * @param {Page} page
   * @param {string} file
   */
  const partsOf = async (page, file) => {
    // A page of its own: the site's policy forbids what this test does.
    const viewer = await page.context().newPage();
    return viewer.evaluate(
      (text) => {
        const image = new DOMParser().parseFromString(text, 'image/svg+xml');
        const count = (/** @type {string} */ name) => image.querySelectorAll(name).length;
        const { width, height } = image.documentElement.attributes;
        return {
          error: image.querySelector('parsererror')?.textContent,
          size: [width, height].map(({ value }) => Number(value)),
          // What is drawn: paths that only clip are none of it.
          paths: count(':not(clipPath) > path'),
          images: count('image'),
          texts: [...image.querySelectorAll('text')].map(({ textContent }) => textContent),
        };
      },
      await readFile(file, 'utf8'),
    );
  };

  it('arrive as SVG: lines as lines, text as text', {}, async ({ lab, page }) => {
    await open(lab);
    await train(lab);
    const network = await partsOf(page, await saved(page, button(lab, 'Network as SVG')));
    assert.equal(network.error, undefined);
    // 18 weights, 7 biases with stem and foot; a picture for each of 9 neurons.
    assert.deepEqual([network.paths, network.images], [18 + 2 * 7, 9]);
    assert.deepEqual(network.texts, ['x₁', 'x₂']);
    const box = await lab.locator('#network').boundingBox();
    assert.ok(Math.abs(network.size[0] - (box?.width ?? 0)) < 1);
    const surface = await partsOf(page, await saved(page, button(lab, 'Surface as SVG')));
    // 500 points of outline and fill, and the contour.
    assert.deepEqual([surface.paths, surface.images], [2 * 500 + 1, 1]);
    assert.ok(surface.texts.includes('x₁'));
    const loss = await partsOf(page, await saved(page, button(lab, 'Loss as SVG')));
    for (const word of ['Loss', 'Training', 'Test', 'epoch']) assert.ok(loss.texts.includes(word), word);
  });

  it('are saved below every view that is drawn, with what it shows', {}, async ({ lab, page }) => {
    await open(lab);
    await train(lab);
    /** @type {readonly [string, string, string, readonly string[]][]} */
    const views = [
      ['Inside the layers', 'inside', 'layers', ['Layer 1 · Tanh', 'Weights', '0']],
      ['Hidden space', 'space', 'hidden-space', ['a of neuron 1', 'a of neuron 2']],
      ['Loss landscape', 'landscape', 'loss-landscape', ['Weight from x₁ to layer 1, neuron 1', 'Loss']],
    ];
    for (const [title, panel, name, texts] of views) {
      await button(lab, title).click();
      const view = lab.locator(`mlp-panel-${panel}`);
      await eventually(lab, async () => (await view.locator('canvas').count()) > 0 && (await pixelsOf(view.locator('canvas').first())).colors > 5);
      const file = await saved(page, button(view, 'Save as SVG'));
      await view.getByText(`Saved as ${name}.svg.`).waitFor();
      const picture = await partsOf(page, file);
      assert.equal(picture.error, undefined, title);
      assert.ok(picture.paths > 5, title);
      for (const text of texts) assert.ok(picture.texts.includes(text), `${title}: ${text} is not among ${picture.texts}`);
      await button(lab, title).click();
    }
    await button(lab, 'Experiments').click();
    await button(lab, 'Keep this run').click();
    const runs = await partsOf(page, await saved(page, button(lab.locator('mlp-panel-experiments'), 'Save as SVG')));
    assert.equal(runs.error, undefined);
    for (const text of ['Test loss', 'now', '1', 'Epochs']) assert.ok(runs.texts.includes(text), `${text} is not among ${runs.texts}`);
  });

  it('arrive as PNG, at twice the size', {}, async ({ lab, page }) => {
    await open(lab);
    await train(lab);
    const viewer = await page.context().newPage();
    for (const name of ['Surface', 'Network', 'Loss', 'Accuracy']) {
      const bytes = await readFile(await saved(page, button(lab, `${name} as PNG`)));
      assert.equal(bytes.subarray(1, 4).toString(), 'PNG', name);
      const picture = await viewer.evaluate(async (base64) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        context?.drawImage(image, 0, 0);
        const pixels = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer(0));
        return { width: image.width, colors: new Set(pixels).size, clear: pixels.some((pixel) => pixel >>> 24 !== 255) };
      }, bytes.toString('base64'));
      if (name === 'Loss') assert.equal(picture.width, 1280);
      assert.ok(picture.colors > 10, `${name}: ${picture.colors} colours`);
      assert.equal(picture.clear, false, `${name} has a background`);
    }
  });

  it('arrive as CSV once there are curves', {}, async ({ lab, page }) => {
    await open(lab);
    await button(lab, 'Curves as CSV').click();
    await says(lab, 'There are no curves yet: train first.');
    await train(lab);
    const [head, ...rows] = (await readFile(await saved(page, button(lab, 'Curves as CSV')), 'utf8')).trim().split('\r\n');
    assert.equal(head, 'epoch,train_loss,test_loss,train_accuracy,test_accuracy');
    assert.ok(rows.length > 2);
    const evaluation = await lab.evaluate((/** @type {LabElement} */ { run }) => run?.call('evaluate', 'test'));
    assert.equal(Number(rows[rows.length - 1].split(',')[2]), evaluation?.loss);
  });
});

describe('the author of a page', () => {
  it('may hold the weights fast', { path: null }, async ({ lab, page, site }) => {
    await page.goto(new URL('/?lang=en', site.origin).href);
    await ready(lab);
    await lab.evaluate((element) => element.setAttribute('lock', 'parameters'));
    await button(lab, 'Take away').click();
    await lab.getByText('The author of this page holds the weights fast.').waitFor();
    assert.equal(await lab.locator('mlp-take-away input[type="file"]').isDisabled(), true);
  });
});
