// Runs compared, one experiment from many seeds, sweeps.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { button, eventually, experimentOf, fullSpeed, give, hashOf, pictures, ready, standsStill, stepOf, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 */

const it = visits(serveSite);

/** @param {Locator} lab */
async function trainALittle(lab) {
  await fullSpeed(lab);
  await button(lab, 'Train').click();
  await until(lab, ({ lab: element }) => (element.progress?.epoch ?? 0) >= 20);
  await button(lab, 'Pause').click();
  await standsStill(lab);
  await pictures(lab, 2);
}

/** @param {Locator} lab @param {string} mode */
async function openExperiments(lab, mode) {
  await button(lab, 'Experiments').click();
  await lab.getByRole('radio', { name: mode }).check({ force: true });
}

describe('runs so far', () => {
  it('gather when a run is left for another; a kept one returns with its settings and its numbers', {}, async ({ lab, page }) => {
    await ready(lab);
    await trainALittle(lab);
    await button(lab, 'Experiments').click();
    await button(lab, 'Keep this run').click();
    const [step, hash] = [await stepOf(lab), await hashOf(lab)];
    const table = lab.getByRole('table', { name: 'Runs of this session, newest first' });
    await table.getByText('2-4-2-1').first().waitFor();
    await lab.getByRole('checkbox', { name: 'Show the curve of run 1' }).waitFor();
    const chart = lab.locator('mlp-panel-experiments .chart');
    assert.equal(await chart.locator('canvas').count(), 1, 'the kept run is drawn');
    await chart.hover({ position: { x: 300, y: 60 } });
    await lab
      .locator('[data-number="pointed-runs"]')
      .getByText(/^now [\d.]+/)
      .waitFor();
    await lab.getByRole('radio', { name: 'Seconds' }).check({ force: true });
    await chart.hover({ position: { x: 320, y: 60 } });
    await lab
      .locator('[data-number="pointed-runs"]')
      .getByText(/^after [\d.]+ s:/)
      .waitFor();
    const saved = page.waitForEvent('download');
    await button(lab, 'Save as CSV').first().click();
    const [head, row] = (await readFile(await (await saved).path(), 'utf8')).split('\r\n');
    assert.equal(row.split(',')[head.split(',').indexOf('steps')], String(step));
    await give(lab, { data: { id: 'xor' }, network: { layers: [{ units: 3, activation: 'relu' }, { activation: 'identity' }] } });
    await table.getByText('data.id circle → xor').first().waitFor();
    await lab.getByRole('button', { name: 'Restore run 1' }).click();
    await eventually(lab, async () => (await stepOf(lab)) > 0);
    assert.ok((await stepOf(lab)) <= step);
    assert.equal((await experimentOf(lab)).data?.id, 'circle');
    if ((await stepOf(lab)) === step) assert.equal(await hashOf(lab), hash);
  });
});

describe('many seeds', () => {
  it('say how many succeed, the same every time', {}, async ({ lab }) => {
    await ready(lab);
    await openExperiments(lab, 'Many seeds');
    const trials = lab.locator('mlp-seed-trials');
    await trials.evaluate((element) => Object.assign(element, { count: 6, epochs: 30 }));
    const rate = trials.locator('[data-number="rate"]');
    await trials.getByRole('button', { name: 'Try them' }).click();
    await rate.getByText(/of 6 succeeded/).waitFor();
    const first = await rate.textContent();
    await trials.evaluate(async (element) => {
      Object.assign(element, { outcomes: [] });
      await /** @type {import('lit').LitElement} */ (element).updateComplete;
    });
    await trials.getByRole('button', { name: 'Try them' }).click();
    await rate.getByText(/of 6 succeeded/).waitFor();
    assert.equal(await rate.textContent(), first);
    const { seed, score } = await trials
      .locator('.scores button')
      .last()
      .evaluate((bar) => {
        const [, number] = /Seed (\d+)/.exec(bar.getAttribute('aria-label') ?? '') ?? [];
        return { seed: Number(number), score: Number(/** @type {HTMLElement} */ (bar).dataset.score) };
      });
    await trials.locator('.scores button').last().click();
    await until(lab, ({ lab: element }) => element.progress?.epoch === 30 && !element.playing);
    assert.equal((await experimentOf(lab)).network?.seed, seed);
    const { accuracy } = await lab.evaluate(async (/** @type {LabElement} */ { run }) => (await run?.call('evaluate', 'test')) ?? {});
    assert.equal(accuracy, score, 'the run in the lab is the one that was tried');
  });
});

describe('a sweep', () => {
  it('fills its table, and a cell gives its settings to the lab', {}, async ({ lab }) => {
    await ready(lab);
    await openExperiments(lab, 'Sweep');
    const sweep = lab.locator('mlp-setting-sweep');
    await sweep.evaluate((element) => Object.assign(element, { epochs: 2, seeds: 1 }));
    await sweep.getByRole('button', { name: 'Sweep', exact: true }).click();
    await until(lab, ({ lab: element }) => {
      const panel = element.renderRoot.querySelector('mlp-panel-experiments')?.shadowRoot;
      return panel?.querySelector('mlp-setting-sweep')?.shadowRoot?.querySelectorAll('button[data-score]').length === 25;
    });
    const cell = sweep.locator('button[data-score]').last();
    const name = (await cell.getAttribute('aria-label')) ?? '';
    const [, rate, units] = /Learning rate ([\d.]+), Neurons per layer (\d+)/.exec(name) ?? [];
    await cell.click();
    await eventually(lab, async () => (await experimentOf(lab)).network?.layers?.[0].units === Number(units));
    const { optimizer } = (await experimentOf(lab)).training ?? {};
    assert.equal(typeof optimizer === 'object' && optimizer.learningRate, Number(rate));
  });
});
