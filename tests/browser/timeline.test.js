// Going back through a run, on from any moment, and stopping by itself.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, counter, eventually, fullSpeed, hashOf, parametersOf, ready, standsStill, stepOf, until, untilCounter } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
 */

const it = visits(serveSite);

/**
 * Trains until there are moments to go back to, and stops.
 * @param {Locator} lab
 */
async function trainForMoments(lab) {
  await ready(lab);
  await button(lab, 'Timeline').click();
  await fullSpeed(lab);
  await button(lab, 'Train').click();
  await until(lab, ({ lab: element }) => /** @type {PlaygroundElement} */ (/** @type {unknown} */ (element)).moments.length >= 4);
  await button(lab, 'Pause').click();
  await standsStill(lab);
}

const slider = (/** @type {Locator} */ lab) => lab.getByRole('slider', { name: 'Moments of this run' });

describe('the timeline', () => {
  it('goes back by keyboard, shows the earlier numbers, and keeps the curves until training goes on', {}, async ({ lab }) => {
    await trainForMoments(lab);
    const latest = await stepOf(lab);
    await slider(lab).focus();
    await lab.page().keyboard.press('Home');
    await eventually(lab, async () => (await stepOf(lab)) === 0);
    // The worker is there at once; what the page shows follows with the next picture that the worker sends.
    await untilCounter(lab, 'step', 0, 0);
    assert.match((await slider(lab).getAttribute('aria-valuetext')) ?? '', /Epoch 0, step 0/);
    await lab.page().keyboard.press('End');
    await eventually(lab, async () => (await stepOf(lab)) > 0);
    assert.ok((await stepOf(lab)) <= latest);
  });

  it('keeps every moment, however fast one goes through them', {}, async ({ lab }) => {
    await trainForMoments(lab);
    const steps = () => lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).moments.map(({ step }) => step));
    const before = await steps();
    // Pictures come in between, of moments that have been left already.
    await lab.evaluate(async (element) => {
      const playground = /** @type {PlaygroundElement} */ (element);
      for (let turn = 0; turn < 10; ++turn) {
        for (const moment of [...playground.moments].reverse()) {
          playground.requestFrame();
          playground.goTo(moment);
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }
    });
    await eventually(lab, async () => (await stepOf(lab)) === 0);
    await untilCounter(lab, 'step', 0, 0);
    assert.deepEqual(await steps(), before);
    assert.equal(await lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).returned?.step), 0);
  });

  it('branches off with the same bits: a moment trained on is a run trained as long', {}, async ({ lab }) => {
    await trainForMoments(lab);
    const step = await lab.evaluate(async (element) => {
      const playground = /** @type {PlaygroundElement} */ (element);
      const moment = playground.moments[1];
      await playground.goTo(moment);
      await playground.step(25);
      return moment.step;
    });
    assert.equal(await stepOf(lab), step + 25);
    const branched = await hashOf(lab);
    await eventually(lab, () => lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).returned === undefined));
    const later = await lab.evaluate(
      (element, from) => /** @type {PlaygroundElement} */ (element).moments.filter((each) => each.step > from + 25).length,
      step,
    );
    assert.equal(later, 0, 'what came later is forgotten');
    await button(lab, 'Reset').click();
    await eventually(lab, async () => (await stepOf(lab)) === 0);
    await lab.evaluate((element, steps) => /** @type {PlaygroundElement} */ (element).step(steps), step + 25);
    assert.equal(await hashOf(lab), branched);
  });

  it('stops by itself after the epochs that were asked for, and says so', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Timeline').click();
    await lab.getByRole('textbox', { name: 'after epochs' }).fill('7');
    await lab.page().keyboard.press('Tab');
    await fullSpeed(lab);
    await button(lab, 'Train').click();
    await lab.getByText('Stopped: the epochs you asked for are done.').first().waitFor();
    await standsStill(lab);
    assert.equal(await counter(lab, 'epoch'), 7);
    assert.equal(await stepOf(lab), 7 * 25);
  });

  it('tells what it cannot take for a condition, and leaves training alone', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Timeline').click();
    const field = lab.getByRole('textbox', { name: 'at accuracy' });
    await field.fill('often');
    await lab.page().keyboard.press('Tab');
    await lab.getByText('“often” is not a number from 0% to 100%.').waitFor();
    assert.equal(await field.inputValue(), 'often', 'what was typed is not lost');
  });
});

describe('new starting weights', () => {
  it('are a button of their own: another seed, other numbers, and Reset returns to them', {}, async ({ lab }) => {
    await ready(lab);
    const before = await parametersOf(lab);
    await button(lab, 'New starting weights').click();
    await eventually(lab, async () => (await parametersOf(lab)).some((value, index) => value !== before[index]));
    const fresh = await hashOf(lab);
    await lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).step(5));
    await button(lab, 'Reset').click();
    await eventually(lab, async () => (await hashOf(lab)) === fresh);
  });
});
