// Weights that are locked, cut and reconnected on the page, skip edges and dropout: by pointer, by keyboard, and where an author forbids it.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, eventually, experimentOf, parametersOf, pixelsOf, ready, until, untilCounter } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator, Page } from 'playwright-core'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
 */

const it = visits(serveSite);

/**
 * Chooses the weight from x₂ to the first neuron by keyboard.
 * @param {Locator} lab
 * @param {Page} page
 */
async function chooseWeight(lab, page) {
  await lab.getByRole('group', { name: 'Network', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await lab.getByRole('textbox', { name: 'Weight from x₂ to layer 1, neuron 1, value' }).waitFor();
}

/** @param {Locator} lab */
async function trainSome(lab) {
  const step = await lab.evaluate((/** @type {PlaygroundElement} */ { progress }) => progress?.step ?? 0);
  await button(lab, 'Step').click();
  await untilCounter(lab, 'step', step + 1, step + 1);
}

describe('locks and cuts', () => {
  it('a locked weight stays as it is while the others learn', {}, async ({ lab, page }) => {
    await ready(lab);
    await chooseWeight(lab, page);
    const free = await pixelsOf(lab.locator('#network'));
    await button(lab, 'Lock').click();
    await button(lab, 'Unlock').waitFor();
    await eventually(lab, async () => (await pixelsOf(lab.locator('#network'))).hash !== free.hash);
    assert.deepEqual((await experimentOf(lab)).network?.locked, ['0.0.1']);
    const before = await parametersOf(lab);
    await trainSome(lab);
    const after = await parametersOf(lab);
    assert.equal(after[1], before[1]);
    assert.notEqual(after[0], before[0]);
    await button(lab, 'Unlock').click();
    await until(lab, ({ lab: { experiment } }) => experiment.network?.locked?.length === 0);
    await trainSome(lab);
    assert.notEqual((await parametersOf(lab))[1], before[1], 'it learns again');
  });

  it('a cut weight is 0 and stays 0 until it is reconnected', {}, async ({ lab, page }) => {
    await ready(lab);
    await chooseWeight(lab, page);
    await button(lab, 'Cut').click();
    await button(lab, 'Reconnect').waitFor();
    await eventually(lab, async () => (await parametersOf(lab))[1] === 0);
    assert.equal(await lab.getByRole('textbox', { name: 'Weight from x₂ to layer 1, neuron 1, value' }).isDisabled(), true);
    await trainSome(lab);
    assert.equal((await parametersOf(lab))[1], 0);
    await button(lab, 'Reconnect').click();
    await button(lab, 'Cut').waitFor();
    await trainSome(lab);
    assert.notEqual((await parametersOf(lab))[1], 0);
  });

  it('L locks and X cuts what the keyboard has chosen', {}, async ({ lab, page }) => {
    await ready(lab);
    await chooseWeight(lab, page);
    await page.keyboard.press('l');
    await until(lab, ({ lab: { experiment } }) => experiment.network?.locked?.join() === '0.0.1');
    await page.keyboard.press('x');
    await until(lab, ({ lab: { experiment } }) => experiment.network?.cut?.join() === '0.0.1');
    await page.keyboard.press('L');
    await page.keyboard.press('X');
    await until(lab, ({ lab: { experiment } }) => experiment.network?.locked?.length === 0 && experiment.network.cut?.length === 0);
  });

  it('a neuron is locked with all that is its own', {}, async ({ lab }) => {
    await ready(lab);
    await lab.evaluate((/** @type {PlaygroundElement} */ element) => element.chooseNeuron({ layer: 0, unit: 1 }));
    await button(lab, 'Lock').click();
    await button(lab, 'Unlock').waitFor();
    assert.deepEqual((await experimentOf(lab)).network?.locked, ['0.1']);
    assert.equal(await button(lab, 'Cut').count(), 0, 'only weights are cut');
  });

  it('are not for the reader where the author holds the parameters', {}, async ({ lab, page }) => {
    await ready(lab);
    await lab.evaluate((element) => element.setAttribute('lock', 'parameters'));
    await chooseWeight(lab, page);
    for (const name of ['Lock', 'Cut']) assert.equal(await button(lab, name).isDisabled(), true);
    await page.keyboard.press('l');
    await page.keyboard.press('x');
    await trainSome(lab);
    const { network } = await experimentOf(lab);
    assert.deepEqual([network?.locked, network?.cut], [[], []]);
  });
});

describe('skip edges and dropout', () => {
  it('lead from the inputs to the output, and are weights as all others', {}, async ({ lab, page }) => {
    await ready(lab);
    const before = await parametersOf(lab);
    await button(lab, 'More settings').click();
    await lab.getByRole('checkbox', { name: 'Skip edge from the inputs to the output' }).check();
    await eventually(lab, async () => (await parametersOf(lab)).length === before.length + 2);
    await lab.getByRole('group', { name: 'Network', exact: true }).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'End', 'ArrowUp']) await page.keyboard.press(key);
    await lab.getByRole('textbox', { name: 'Weight from x₂ to the output, value' }).waitFor();
    await page.keyboard.press('l');
    await until(lab, ({ lab: { experiment } }) => experiment.network?.locked?.length === 1);
    await lab.getByRole('checkbox', { name: 'Skip edge from the inputs to the output' }).uncheck();
    await until(lab, ({ lab: { experiment } }) => experiment.network?.skip === false && experiment.network.locked?.length === 0);
    assert.equal((await parametersOf(lab)).length, before.length);
  });

  it('are taken by the pointer', {}, async ({ lab, page }) => {
    await ready(lab);
    await button(lab, 'More settings').click();
    await lab.getByRole('checkbox', { name: 'Skip edge from the inputs to the output' }).check();
    await until(lab, ({ lab: { experiment } }) => experiment.network?.skip === true);
    const canvas = lab.locator('#network');
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    assert.ok(box);
    // Downwards through the middle: the first line that is met goes around everything else.
    const found = () => lab.evaluate((/** @type {PlaygroundElement} */ { pointed }) => pointed !== undefined);
    let y = 0;
    while (y < box.height && !(await found())) await page.mouse.move(box.x + box.width / 2, box.y + (y += 4));
    await page.mouse.down();
    await page.mouse.up();
    await lab.getByRole('textbox', { name: 'Weight from x₁ to the output, value' }).waitFor();
  });

  it('need a hidden layer', {}, async ({ lab }) => {
    await ready(lab);
    await lab.evaluate((/** @type {PlaygroundElement} */ element) => {
      const { shown } = element;
      return element.edit({ ...shown, network: { ...shown.network, layers: shown.network.layers.slice(-1) } });
    });
    await button(lab, 'More settings').click();
    assert.equal(await lab.getByRole('checkbox', { name: 'Skip edge from the inputs to the output' }).isDisabled(), true);
    assert.equal(await lab.getByTitle('Without a hidden layer there is nothing to skip.').count(), 1);
  });

  it('dropout is set for each hidden layer without starting anew', {}, async ({ lab, page }) => {
    await ready(lab);
    await trainSome(lab);
    await button(lab, 'More settings').click();
    const field = lab.getByRole('textbox', { name: 'Layer 1: dropout, value' });
    await field.fill('0.5');
    await page.keyboard.press('Enter');
    await until(lab, ({ lab: { experiment } }) => experiment.network?.layers?.[0].dropout === 0.5);
    assert.equal(await lab.evaluate((/** @type {PlaygroundElement} */ { progress }) => progress?.step), 1);
    await trainSome(lab);
  });
});
