// The plane of the data, layer by layer.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, eventually, pictures, pixelsOf, ready, stepOf } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/** @import { PlaygroundElement } from '../../web/src/elements/playground.js' */

const it = visits(serveSite);

describe('the hidden space', () => {
  it(
    'is drawn for every layer, follows training, and its points are samples',
    { browser: { reducedMotion: 'reduce' } },
    async ({ lab, page }) => {
      await ready(lab);
      await button(lab, 'Hidden space').click();
      const panel = lab.locator('mlp-panel-space');
      const canvas = panel.locator('canvas');
      const seen = new Set();
      for (const [layer, summary] of [
        ['Layer 1', 'Layer 1, Activations a: 250 points, across from −1.2 to 1.2, up from −1.2 to 1.2.'],
        ['Data', 'Data: 250 points, across from −8 to 8, up from −8 to 8.'],
        ['Output', 'Output, Activations a: 250 points'],
        ['Layer 2', 'Layer 2, Activations a: 250 points'],
      ]) {
        await panel.getByRole('radio', { name: layer }).check({ force: true });
        await panel.getByRole('img', { name: summary }).waitFor();
        await pictures(lab, 2);
        seen.add((await pixelsOf(canvas)).hash);
      }
      assert.equal(seen.size, 4);
      await panel.getByText('The line is where the answer turns from one class to the other.').waitFor();
      const before = (await pixelsOf(canvas)).hash;
      await button(lab, 'Step').click();
      await eventually(lab, async () => (await stepOf(lab)) === 1 && (await pixelsOf(canvas)).hash !== before);
      await panel.getByRole('radio', { name: 'Data' }).check({ force: true });
      await panel.getByRole('img', { name: /^Data/ }).waitFor();
      // Where the first sample lies: the plot has a margin of 48 and 24 pixels, and holds −8 to 8.
      const place = await panel.evaluate((element) => {
        const { lab: playground } = /** @type {import('../../web/src/elements/playground/panels/space.js').SpacePanel} */ (element);
        const { width, height } = element.shadowRoot?.querySelector('canvas')?.getBoundingClientRect() ?? { width: 0, height: 0 };
        const size = Math.min(width - 48 - 14, height - 24 - 42);
        const [x, y] = Array.from(playground?.running?.train.inputs ?? []);
        return { x: 48 + ((x + 8) / 16) * size, y: 24 + (1 - (y + 8) / 16) * size };
      });
      await canvas.click({ position: place });
      await eventually(lab, () => lab.evaluate((/** @type {PlaygroundElement} */ { point }) => point?.sample?.row === 0));
      await page.keyboard.press('Escape');
    },
  );
});
