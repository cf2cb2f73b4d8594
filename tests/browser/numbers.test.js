// Every weight and bias in a table, beside its gradient; what is typed there, and what the drawing shows of it.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, eventually, experimentOf, parametersOf, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
 */

const it = visits(serveSite);

describe('the numbers', () => {
  it('are typed as fractions, moved by keys, locked and cut, and stand beside their gradients', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Numbers').click();
    const panel = lab.locator('mlp-panel-numbers');
    const field = panel.getByRole('textbox', { name: 'Layer 1, Neuron 2, x₁' });
    await field.fill('-1/4');
    await field.press('Enter');
    await eventually(lab, async () => (await parametersOf(lab))[2] === -0.25);
    await field.press('Shift+ArrowUp');
    await eventually(lab, async () => (await parametersOf(lab))[2] === 0.75);
    await panel.getByText('Chosen: Weight from x₁ to layer 1, neuron 2').waitFor();
    await panel.getByRole('button', { name: 'Lock' }).click();
    await eventually(lab, async () => (await experimentOf(lab)).network?.locked?.join() === '0.1.0');
    await panel.locator('td[data-mark="locked"] input[data-index="2"]').waitFor();

    await panel.getByRole('radio', { name: 'With gradients' }).check({ force: true });
    const cells = panel.locator('td.gradient');
    await cells.first().waitFor();
    const shown = await cells.allTextContents();
    const gradients = await lab.evaluate(async (/** @type {LabElement} */ { run }) => [...((await run?.call('gradients', 'train')) ?? [])]);
    // The tables go row by row, the bias last: so do the first layer's weights of one neuron.
    const [first, second] = shown.map((text) => Number(text.trim().replace('\u2212', '-')));
    for (const [text, gradient] of [
      [first, gradients[0]],
      [second, gradients[1]],
    ]) {
      assert.ok(Math.abs(text - gradient) <= 0.005 * Math.abs(gradient), `${text} for ${gradient}`);
    }
    assert.equal(shown.length, gradients.length);

    const lit = () => lab.evaluate((/** @type {PlaygroundElement} */ { lit: place }) => place);
    const table = panel.locator('table').first();
    await table.locator('tbody th').nth(2).hover();
    await until(lab, ({ lab: element }) => /** @type {PlaygroundElement} */ (element).lit?.unit === 2);
    assert.deepEqual(await lit(), { layer: 0, unit: 2 }, 'a row is all of one neuron');
    await table.locator('thead th').nth(1).hover();
    await until(lab, ({ lab: element }) => /** @type {PlaygroundElement} */ (element).lit?.source === 1);
    assert.deepEqual(await lit(), { layer: 0, source: 1 }, 'a column is one input of all neurons');
    await panel.getByText('Standard deviation of the weights').first().waitFor();
  });
});
