// The plane nearer and farther, with fold lines and with points as large as their loss.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, eventually, pixelsOf, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
 * @import { PlaneTools } from '../../web/src/elements/playground/plane-tools.js'
 */

const it = visits(serveSite);

/** What is seen of the plane; null for the whole. @param {Locator} lab */
const areaOf = (lab) => lab.evaluate((/** @type {PlaygroundElement} */ { area }) => area ?? null);

/** What the surface is called. @param {Locator} lab */
const named = async (lab) => (await lab.locator('#surface').getAttribute('aria-label')) ?? '';

describe('the plane', () => {
  it('is zoomed and moved by keys, buttons, wheel and pointer, and comes back', {}, async ({ lab, page }) => {
    await ready(lab);
    const plane = lab.getByRole('group', { name: 'Plane of the data' });
    await plane.focus();
    await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ (playground).planeTools !== undefined);
    await page.keyboard.press('-');
    assert.deepEqual(await areaOf(lab), { x: [-9, 9], y: [-9, 9] });
    await eventually(lab, async () => /x₁ from −9 to 9 and x₂ from −9 to 9/.test(await named(lab)));
    assert.match(page.url(), /\/$/, 'it is no part of the experiment');
    await button(lab, 'Back to the whole plane').click();
    assert.equal(await areaOf(lab), null);
    assert.equal(await button(lab, 'Back to the whole plane').count(), 0);

    // A wheel without Ctrl is the page's own.
    const surface = lab.locator('#surface');
    const box = await surface.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 150, box.y + 100);
    await page.mouse.wheel(0, -100);
    await lab.getByText('Ctrl and wheel zoom').waitFor();
    assert.equal(await areaOf(lab), null);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ (playground).area !== undefined);
    const near = await areaOf(lab);
    assert.ok(near && Math.abs(near.x[1] - near.x[0] - 6) < 1e-6, JSON.stringify(near));

    // The hand takes the plane along, and what it dropped on is not chosen.
    await button(lab, 'More').click();
    await button(lab, 'Hand: dragging moves the plane').click();
    await page.mouse.move(box.x + 150, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 180, box.y + 100, { steps: 3 });
    await page.mouse.up();
    const after = await areaOf(lab);
    assert.ok(after && after.x[0] < near.x[0] - 0.3 && Math.abs(after.y[0] - near.y[0]) < 1e-6);
    assert.equal(await lab.evaluate((/** @type {PlaygroundElement} */ { point }) => point), undefined);
    await button(lab, 'Hand: dragging moves the plane').click();
    await plane.press('0');
    assert.equal(await areaOf(lab), null);
    await button(lab, 'Nearer (+)').click();
    assert.deepEqual((await areaOf(lab))?.x, [-4, 4]);
  });

  it(
    'shows the fold lines, and the formula of a region',
    { path: '/#v=1&network.layers.0.activation=relu&network.layers.1.activation=relu' },
    async ({ lab }) => {
      await ready(lab);
      const surface = lab.locator('#surface');
      await button(lab, 'More').click();
      const fold = lab.getByRole('checkbox', { name: 'Fold lines' });
      await fold.waitFor();
      const before = await pixelsOf(surface);
      await fold.check();
      await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ ((playground).stage?.sums?.layers.length ?? 0) > 0);
      assert.notEqual((await pixelsOf(surface)).hash, before.hash);
      await lab.evaluate((/** @type {PlaygroundElement} */ playground) => playground.choosePoint({ inputs: [1, 2], target: 1 }));
      const tools = lab.locator('mlp-plane-tools');
      await tools.locator('.formula').waitFor();
      // The formula gives the network's own score, here and a little farther.
      const { affine, scores } = await lab.evaluate(async (/** @type {PlaygroundElement} */ { run, planeTools }) => {
        const last = await run?.call('activations', Float32Array.of(1, 2, 1.001, 2.001), 2);
        return { affine: planeTools?.affine?.[0], scores: [...(last?.outputs ?? [])] };
      });
      assert.ok(affine);
      [
        [1, 2],
        [1.001, 2.001],
      ].forEach(([x, y], row) => assert.ok(Math.abs(affine.slopes[0] * x + affine.slopes[1] * y + affine.offset - scores[row]) < 1e-4));
      await fold.uncheck();
      await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ (playground).stage?.sums === undefined);
    },
  );

  it('shows points as large as their loss', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'More').click();
    const losses = lab.getByRole('checkbox', { name: 'Points sized by their loss' });
    await losses.waitFor();
    await losses.check();
    await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ (playground).stage?.outcomes?.train !== undefined);
    const { mean, loss } = await lab.evaluate(async (/** @type {PlaygroundElement} */ { stage, run }) => {
      const each = stage?.outcomes?.train?.losses ?? new Float32Array(1);
      return { mean: each.reduce((a, b) => a + b, 0) / each.length, loss: (await run?.call('evaluate', 'train'))?.loss ?? 0 };
    });
    assert.ok(Math.abs(mean - loss) < 1e-5);
    // Over a sample the surface tells its loss.
    const place = await lab.evaluate((/** @type {PlaygroundElement} */ { running, stage }) => {
      const [x, y] = running?.train.inputs ?? [];
      const { left = 0, top = 0, size = 1 } = stage?.surface.plot ?? {};
      return { x: left + ((x + 6) / 12) * size, y: top + ((6 - y) / 12) * size };
    });
    await lab.locator('#surface').hover({ position: place });
    await lab.getByText(/ · loss 0\.\d/).waitFor();
  });
});
