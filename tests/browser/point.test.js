// A point of the plane is chosen, and every number of its computation stands there; weights are changed where they are seen.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, eventually, give, parametersOf, pixelsOf, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';
import { parseNumber } from '../../web/src/text/text.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
 * @import { PointPanel } from '../../web/src/elements/playground/panels/point.js'
 */

const it = visits(serveSite);

/** The panel with a computation of the point that is chosen now. @param {Locator} lab */
async function panelOf(lab) {
  const panel = lab.locator('mlp-panel-point');
  await panel.locator('.terms').waitFor();
  await until(lab, ({ lab: playground }) => {
    const { point } = /** @type {PlaygroundElement} */ (playground);
    const element = /** @type {PointPanel | null} */ (playground.renderRoot.querySelector('mlp-panel-point'));
    return element?.shown?.point === point;
  });
  return panel;
}

/** @param {Locator} panel @returns {Promise<number[][]>} the neurons' numbers, layer by layer: z, a, slope, gradient */
const numbersOf = (panel) =>
  panel
    .locator('.flow > div tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number((cell.textContent ?? '').replace('\u2212', '-')))),
    );

/** @param {Locator} lab */
const pointOf = (lab) => lab.evaluate((/** @type {PlaygroundElement} */ { point }) => point);

describe('one point', () => {
  it('is chosen with a click, and its numbers are those of the engine', {}, async ({ lab }) => {
    await ready(lab);
    const place = () => lab.locator('#surface').evaluate((canvas) => canvas.getBoundingClientRect().top);
    const before = await place();
    await lab.locator('#surface').click({ position: { x: 60, y: 60 } });
    const panel = await panelOf(lab);
    assert.equal(await place(), before, 'what one was looking at stays where it is');
    const point = await pointOf(lab);
    assert.ok(point);
    const rows = await numbersOf(panel);
    assert.equal(rows.length, 4 + 2 + 1);
    const expected = await lab.evaluate(async (/** @type {PlaygroundElement} */ { run }, inputs) => {
      const layers = await Promise.all([0, 1, 2].map((layer) => run?.call('activations', Float32Array.from(inputs), layer)));
      return layers.flatMap((layer) => [...(layer?.preActivations ?? [])].map((z, unit) => [z, layer?.outputs[unit] ?? NaN]));
    }, point.inputs);
    rows.forEach(([z, a], row) => {
      assert.ok(Math.abs(z - expected[row][0]) < 1e-3, `z ${row}`);
      assert.ok(Math.abs(a - expected[row][1]) < 1e-3, `a ${row}`);
    });
    await panel.getByRole('button', { name: '1: Show the formula of layer 2, neuron 1', exact: true }).click();
    assert.equal(await panel.locator('.terms tbody tr').count(), 4 + 1, 'a term for each neuron before, and the bias');
  });

  it('is chosen with the keyboard', {}, async ({ lab, page }) => {
    await ready(lab);
    await lab.getByRole('group', { name: 'Plane of the data' }).focus();
    for (const key of ['Shift+ArrowRight', 'ArrowRight', 'Shift+ArrowUp', 'Enter']) await page.keyboard.press(key);
    assert.deepEqual((await pointOf(lab))?.inputs, [1.2, 1]);
    await panelOf(lab);
    assert.match(await lab.locator('p[aria-live]').filter({ hasText: 'One point' }).innerText(), /→ .*stands below/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    assert.equal(await pointOf(lab), undefined);
  });

  it('lies in a region where the whole formula comes down to one straight piece', {}, async ({ lab }) => {
    await ready(lab);
    await give(lab, { network: { layers: [{ units: 3, activation: 'relu' }, { activation: 'identity' }] } });
    await lab.locator('#surface').click({ position: { x: 60, y: 60 } });
    await button(lab, 'Formula').click();
    const panel = lab.locator('mlp-panel-formula');
    await panel.locator('h3 ~ .lines math').waitFor();
    assert.equal(await panel.locator('.lines').first().locator('mtable').count(), 5, 'features, and for each layer a matrix and a column');
    const piece = (await panel.locator('h3 ~ .lines math').textContent())?.replace(/\s/g, '');
    // y = slope · x1 + slope · x2 + offset
    const [, first, second, sign, offset] = /^y=\(?([^()·]+)\)?·x1\+\(?([^()·]+)\)?·x2([+−])(.+)$/.exec(piece ?? '') ?? [];
    const [a, b, c] = [first, second, `${sign}${offset}`].map(parseNumber);
    const { inputs, output } = await lab.evaluate(async (/** @type {PlaygroundElement} */ { run, point }) => {
      const layer = await run?.call('activations', Float32Array.from(point?.inputs ?? []), 1);
      return { inputs: point?.inputs ?? [], output: layer?.outputs[0] ?? Number.NaN };
    });
    assert.ok(Math.abs(a * inputs[0] + b * inputs[1] + c - output) < 0.01, `${piece} at ${inputs}: ${output}`);
  });

  it('is a sample where one is drawn, with its own target', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'One point').click();
    await button(lab, 'Take a training sample').click();
    await panelOf(lab);
    assert.deepEqual((await pointOf(lab))?.sample, { split: 'train', row: 0 });
    await button(lab, 'Training sample: one more').click();
    await panelOf(lab);
    const { point, expected } = await lab.evaluate(async (/** @type {PlaygroundElement} */ { run, point: chosen }) => {
      const data = await run?.call('data', 'train');
      return { point: chosen, expected: { inputs: [data?.inputs[2], data?.inputs[3]], target: data?.labels?.[1] } };
    });
    assert.deepEqual(point?.inputs, expected.inputs);
    assert.equal(point?.target, expected.target);
  });

  it('follows a weight that is typed as a fraction, and one that is moved with arrow keys', {}, async ({ lab, page }) => {
    await ready(lab);
    await button(lab, 'One point').click();
    await button(lab, 'Take a training sample').click();
    const panel = await panelOf(lab);
    const field = panel.locator('.terms input').first();
    await field.fill('1/4');
    await field.press('Enter');
    await until(lab, ({ lab: playground }) => {
      const element = /** @type {PointPanel | null} */ (playground.renderRoot.querySelector('mlp-panel-point'));
      return element?.shown?.trace.layers[0].weights[0] === 0.25;
    });
    assert.equal((await parametersOf(lab))[0], 0.25);
    await page.keyboard.press('ArrowUp');
    await until(lab, ({ lab: playground }) => {
      const element = /** @type {PointPanel | null} */ (playground.renderRoot.querySelector('mlp-panel-point'));
      return Math.abs((element?.shown?.trace.layers[0].weights[0] ?? 0) - 0.35) < 1e-6;
    });
  });

  it('has its formula in three forms, whose terms light their lines', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'One point').click();
    await button(lab, 'Take a training sample').click();
    const panel = await panelOf(lab);
    await panel.getByRole('radio', { name: 'Symbols' }).check({ force: true });
    await panel.locator('.term[data-source="1"]').hover();
    assert.deepEqual(await lab.evaluate((/** @type {PlaygroundElement} */ { lit }) => lit), { layer: 0, unit: 0, source: 1 });
    await panel.getByRole('radio', { name: 'Code' }).check({ force: true });
    assert.match((await panel.locator('.code').textContent()) ?? '', /^x = np\.array\(\[.*\na = np\.tanh\(z\)/s);
  });

  it('goes when the data have another plane, and stays with another seed', {}, async ({ lab }) => {
    await ready(lab);
    await lab.evaluate((/** @type {PlaygroundElement} */ playground) => playground.choosePoint({ inputs: [1, 2], target: 1 }));
    await lab.evaluate((/** @type {PlaygroundElement} */ playground) => playground.chooseSample('train', 0));
    await lab.evaluate(async (/** @type {PlaygroundElement} */ playground) => {
      const { experiment, run } = playground;
      const filled = run?.experiment;
      if (filled) await playground.edit({ ...filled, data: { ...filled.data, seed: Number(experiment.data?.seed ?? 1) + 1 } });
    });
    const point = await pointOf(lab);
    assert.equal(point?.inputs.length, 2);
    assert.equal(point?.sample, undefined, 'no sample of the new data');
  });
});

/** The middle of the line from the first feature to the first neuron, on the page. @param {Locator} lab */
async function firstLine(lab) {
  const place = await lab.evaluate((/** @type {PlaygroundElement} */ playground) => {
    const canvas = /** @type {HTMLCanvasElement} */ (playground.renderRoot.querySelector('#network'));
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const move = (/** @type {number} */ x, /** @type {number} */ y) =>
      canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: left + x, clientY: top + y, bubbles: true, composed: true }));
    // Features and first layer stand in the first two of four columns: their line crosses the middle between them.
    for (let y = 0; y < height; ++y) {
      move(width / 4, y);
      const { pointed } = playground;
      if (pointed?.layer === 0 && pointed.unit === 0 && pointed.source === 0) return { x: left + width / 4, y: top + y };
    }
    return undefined;
  });
  assert.ok(place, 'the line is drawn');
  return place;
}

describe('weights in the drawing', () => {
  it('follow the pointer that drags their line', {}, async ({ lab, page }) => {
    await ready(lab);
    const [before] = await parametersOf(lab);
    const { x, y } = await firstLine(lab);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y, { steps: 4 });
    await page.mouse.move(x + 100, y - 20, { steps: 4 });
    await page.mouse.up();
    const wanted = Math.fround(Number((before + 1.2).toFixed(3)));
    await eventually(lab, async () => (await parametersOf(lab))[0] === wanted);
    await page.mouse.move(x + 180, y);
    assert.equal((await parametersOf(lab))[0], wanted, 'what is let go stays');
  });

  it('are counted, layer by layer', {}, async ({ lab }) => {
    await ready(lab);
    assert.deepEqual(await lab.locator('.head .count').allTextContents(), ['2×4+4 = 12', '4×2+2 = 10', '2×1+1 = 3']);
  });

  it('show their numbers when that is wanted', {}, async ({ lab }) => {
    await ready(lab);
    const network = lab.locator('#network');
    const before = await pixelsOf(network);
    await lab.getByLabel('Numbers on the lines').selectOption({ label: 'Numbers: all' });
    await eventually(lab, async () => (await pixelsOf(network)).hash !== before.hash);
  });
});

describe('inside the layers', () => {
  it('a neuron that no point reaches is told and marked', {}, async ({ lab }) => {
    await ready(lab);
    await give(lab, { network: { layers: [{ units: 4, activation: 'relu' }, { activation: 'identity' }] } });
    await button(lab, 'Inside the layers').click();
    const panel = lab.locator('mlp-panel-inside');
    await panel.locator('canvas.sums').first().waitFor();
    assert.equal(await panel.getByText('Dead: 2.').count(), 0);
    const before = await pixelsOf(lab.locator('#network'));
    // The bias of the second neuron: after the eight weights of the first layer.
    await lab.evaluate((/** @type {PlaygroundElement} */ playground) => playground.setParameter(9, -1000));
    await panel.getByText('Dead: 2.').waitFor();
    assert.notEqual((await pixelsOf(lab.locator('#network'))).hash, before.hash);
    assert.match((await panel.locator('#gradients').getAttribute('aria-label')) ?? '', /Layer 1 .*, Output layer /);
    await button(lab, 'Inside the layers').click();
    await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ (playground).ailments === undefined);
  });
});
