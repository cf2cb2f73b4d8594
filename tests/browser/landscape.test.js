// The loss over two directions of the parameters, beside the run and without touching it.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, eventually, hashOf, parametersOf, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
 * @import { LandscapePanel } from '../../web/src/elements/playground/panels/landscape.js'
 */

const it = visits(serveSite);

/** The panel with a finished slice of the directions. @param {Locator} lab @param {string} kind */
async function sliceOf(lab, kind) {
  await until(
    lab,
    ({ lab: playground, argument }) => {
      const panel = /** @type {LandscapePanel | null} */ (playground.renderRoot.querySelector('mlp-panel-landscape'));
      return panel?.done === undefined && panel?.slice?.wanted.kind === argument;
    },
    kind,
  );
  return lab.locator('mlp-panel-landscape');
}

describe('the loss landscape', () => {
  it('has the losses of the engine; a chosen place is where the network goes, and it comes back', {}, async ({ lab }) => {
    await ready(lab);
    const hash = await hashOf(lab);
    await button(lab, 'Loss landscape').click();
    const panel = await sliceOf(lab, 'weights');
    assert.equal(await hashOf(lab), hash, 'the run itself is as it was');
    const before = await parametersOf(lab);
    const wanted = await panel.evaluate((/** @type {LandscapePanel} */ { slice }) => {
      if (!slice) throw new Error('no slice');
      const cells = Math.sqrt(slice.losses.length);
      const middle = (/** @type {readonly [number, number]} */ [low, high], /** @type {number} */ cell) =>
        low + ((cell + 0.5) / cells) * (high - low);
      return { x: middle(slice.x, 10), y: middle(slice.y, 30), loss: slice.losses[30 * cells + 10] };
    });
    const found = await lab.evaluate(async (/** @type {PlaygroundElement} */ playground, { x, y }) => {
      const twin = await playground.client.createRun(playground.experiment);
      const parameters = await twin.call('parameters');
      parameters.set([x, y]);
      await twin.call('setParameters', parameters);
      const { loss } = await twin.call('evaluate', 'train');
      twin.dispose();
      return loss;
    }, wanted);
    assert.equal(wanted.loss, found);
    await panel.locator('canvas').click({ position: { x: 120, y: 120 } });
    await eventually(lab, async () => (await parametersOf(lab))[0] !== before[0]);
    const after = await parametersOf(lab);
    assert.notEqual(after[1], before[1]);
    assert.deepEqual(after.subarray(2), before.subarray(2), 'all others stay');
    await panel.getByRole('button', { name: 'Back to before' }).click();
    await eventually(lab, async () => (await hashOf(lab)) === hash);
    await panel.getByRole('radio', { name: 'Random' }).check({ force: true });
    await sliceOf(lab, 'random');
    await panel.getByRole('group', { name: 'Loss landscape' }).focus();
    for (const key of ['Shift+ArrowLeft', 'ArrowUp', 'Enter']) await lab.page().keyboard.press(key);
    await eventually(lab, async () => (await hashOf(lab)) !== hash);
  });
});
