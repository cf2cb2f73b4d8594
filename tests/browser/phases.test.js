// One training step phase by phase, steps of other sizes, and slow motion.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import {
  button,
  counter,
  eventually,
  hashOf,
  parametersOf,
  pixelsOf,
  ready,
  standsStill,
  stepOf,
  type,
  until,
  untilCounter,
} from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
 */

const it = visits(serveSite);

/** @param {Locator} lab @param {string} phase */
const untilPhase = (lab, phase) =>
  until(
    lab,
    ({ lab: element, argument }) => /** @type {PlaygroundElement} */ (/** @type {unknown} */ (element)).staged?.phase === argument,
    phase,
  );

/** The hash of a run after so many plain steps from the start. @param {Locator} lab @param {number} steps */
async function hashAfter(lab, steps) {
  await button(lab, 'Reset').click();
  await eventually(lab, async () => (await stepOf(lab)) === 0);
  await lab.evaluate((element, count) => /** @type {PlaygroundElement} */ (element).step(count), steps);
  return hashOf(lab);
}

/** @param {Locator} lab @param {string} name of the phase */
const phaseButton = (lab, name) => lab.locator('mlp-phases li').getByRole('button', { name });

const next = (/** @type {Locator} */ lab) => lab.getByRole('button', { name: /^Next/ });

describe('a step, phase by phase', () => {
  it('is gone through by keyboard, shows batch, values and slopes, and ends on the bits of a plain step', {}, async ({ page, lab }) => {
    await ready(lab);
    const start = await hashOf(lab);
    const network = lab.locator('#network');
    const resting = await pixelsOf(network);
    await button(lab, 'Phases').focus();
    await page.keyboard.press('Enter');
    await untilPhase(lab, 'batch');
    const batch = await lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).staged?.batch?.rows);
    assert.equal(batch, 10);
    await lab.getByText(/Step 1: 10 of the 250 training samples/).waitFor();

    await next(lab).focus();
    for (const phase of ['forward', 'loss', 'backward']) {
      await page.keyboard.press('Enter');
      await untilPhase(lab, phase);
      await lab.locator('mlp-phases [aria-current="step"]', { hasText: new RegExp(phase, 'i') }).waitFor();
      assert.equal(await hashOf(lab), start, 'nothing is changed before the update');
      assert.notEqual((await pixelsOf(network)).hash, resting.hash);
    }
    // Within the step one can look back.
    await phaseButton(lab, 'Forward').click();
    await untilPhase(lab, 'forward');
    // A sample of the batch: its own numbers.
    await lab
      .getByRole('button', { name: /^Look at sample/ })
      .first()
      .press('Enter');
    await lab.getByText(/The numbers are those of sample/).waitFor();

    await phaseButton(lab, 'Update').click();
    await untilPhase(lab, 'update');
    await untilCounter(lab, 'step', 1, 1);
    const made = await hashOf(lab);
    const rows = lab.locator('mlp-phases tbody tr');
    assert.equal(await rows.count(), 25, 'a row for every weight and bias');

    // The step button goes through all of the next one.
    await next(lab).click();
    await untilPhase(lab, 'batch');
    await button(lab, 'Step').click();
    await untilPhase(lab, 'update');
    const second = await hashOf(lab);
    await button(lab, 'Close').click();
    await until(lab, ({ lab: element }) => /** @type {PlaygroundElement} */ (/** @type {unknown} */ (element)).staged === undefined);

    assert.equal(await hashAfter(lab, 1), made);
    assert.equal(await hashAfter(lab, 2), second);
  });

  it('follows a weight that is changed under it, and lets go of a run that is elsewhere', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Phases').click();
    await untilPhase(lab, 'batch');
    await phaseButton(lab, 'Loss').click();
    await untilPhase(lab, 'loss');
    const says = lab.locator('mlp-phases .says');
    const before = await says.textContent();
    await lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).setParameter(0, 4));
    await eventually(lab, async () => (await says.textContent()) !== before);
    assert.equal(await lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).staged?.phase), 'loss');
    await lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).step(3));
    await lab.getByText('Begin the step').waitFor();
  });

  it('goes on by itself in slow motion, one phase after the other, until it is paused', {}, async ({ lab }) => {
    await ready(lab);
    await lab.getByRole('slider', { name: 'Speed', exact: true }).press('Home');
    await button(lab, 'Train').click();
    await untilPhase(lab, 'batch');
    await untilPhase(lab, 'forward');
    assert.equal(await stepOf(lab), 0);
    await untilPhase(lab, 'update');
    await untilPhase(lab, 'batch');
    await button(lab, 'Pause').click();
    assert.ok(await standsStill(lab));
    assert.equal(await stepOf(lab), 1);
    const made = await hashOf(lab);
    assert.equal(await hashAfter(lab, 1), made);
  });

  it('that diverges says so, and leads back to the numbers before it', {}, async ({ lab }) => {
    await ready(lab);
    await lab.evaluate((/** @type {PlaygroundElement} */ element) => {
      const { shown } = element;
      const training = { ...shown.training, loss: 'mse', optimizer: { id: 'sgd', learningRate: 100 } };
      const layers = [{ units: 4, activation: 'identity' }, { units: 2, activation: 'identity' }, { activation: 'identity' }];
      return element.edit({ ...shown, network: { ...shown.network, layers }, training });
    });
    await button(lab, 'Phases').click();
    await untilPhase(lab, 'batch');
    const step = button(lab, 'Step');
    for (let made = 0; made < 40 && (await step.isEnabled()); ++made) {
      const before = await stepOf(lab);
      await step.click();
      await eventually(lab, async () => (await stepOf(lab)) > before || (await step.isDisabled()));
      await until(lab, ({ lab: element }) => {
        const { stage, progress } = /** @type {PlaygroundElement} */ (/** @type {unknown} */ (element));
        return stage?.step === progress?.step;
      });
    }
    await lab.getByText(/Training diverged at step/).waitFor();
    await lab.getByText(/This step leads to numbers that are not finite/).waitFor();
    await button(lab, 'Back to the last finite numbers').click();
    await eventually(lab, async () => (await parametersOf(lab)).every(Number.isFinite));
    await lab.getByText(/Training diverged at step/).waitFor({ state: 'detached' });
    assert.ok(await step.isEnabled());
  });
});

describe('the step button', () => {
  it('goes by epochs, which end where they end, and by samples where a batch is one', {}, async ({ lab }) => {
    await ready(lab);
    const unit = lab.getByRole('combobox', { name: 'A step is' });
    await lab.evaluate((element) => /** @type {PlaygroundElement} */ (element).step(3));
    await button(lab, 'Step').click({ modifiers: ['Shift'] });
    await untilCounter(lab, 'step', 25, 25);
    assert.equal(await counter(lab, 'epoch'), 1);
    await unit.selectOption('epoch');
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 50, 50);
    assert.equal(await counter(lab, 'epoch'), 2);

    // A step of one sample is a batch of one: with more the choice says what it needs.
    const sample = unit.locator('option[value="sample"]');
    assert.ok(await sample.isDisabled());
    assert.match((await sample.textContent()) ?? '', /needs a batch size of 1/);
    await type(lab, 'Batch size', '1');
    await eventually(lab, () => sample.isEnabled());
    await unit.selectOption('sample');
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 51, 51);
  });
});
