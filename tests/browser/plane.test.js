// The plane nearer and farther, with fold lines and with points as large as their loss.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { button, eventually, pixelsOf, ready, until } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { PlaygroundElement } from '../../web/src/elements/playground.js'
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
    await button(lab, 'Show more').click();
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
      await button(lab, 'Show more').click();
      const fold = lab.getByRole('checkbox', { name: 'Fold lines' });
      await fold.waitFor();
      const before = await pixelsOf(surface);
      await fold.check();
      await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ (playground.stage?.sums?.layers.length ?? 0) > 0);
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

  it('is a table of answers for those who read it', { path: '/#v=1&data.id=blobs&data.classes=3' }, async ({ lab, page }) => {
    await ready(lab);
    await button(lab, 'Show more').click();
    const table = lab.getByRole('region', { name: 'Answers as a table' });
    await lab.getByRole('checkbox', { name: 'Answers as a table' }).check({ force: true });
    await table.waitFor();
    const columns = await table.getByRole('columnheader').allTextContents();
    assert.deepEqual(columns.slice(1), ['−6', '−4', '−2', '0', '2', '4', '6']);
    const rows = table.getByRole('row');
    assert.equal(await rows.nth(1).getByRole('rowheader').textContent(), '6', 'upwards, as the plane');
    // The engine's answer at the place of a cell, asked for by itself.
    /** @param {number} x1 @param {number} x2 */
    const asked = (x1, x2) =>
      lab.evaluate(
        async (/** @type {PlaygroundElement} */ { run }, [a, b]) => {
          const x = /** @type {[number, number]} */ ([a - 0.001, a + 0.001]);
          const y = /** @type {[number, number]} */ ([b - 0.001, b + 0.001]);
          const values = [...((await run?.call('surface', { x, y, columns: 1, rows: 1 })) ?? [])];
          const best = values.indexOf(Math.max(...values));
          return `${best}${values[best].toFixed(2)}`;
        },
        [x1, x2],
      );
    const said = async () => (await rows.nth(2).getByRole('cell').nth(5).textContent())?.trim();
    await eventually(lab, async () => (await said()) === (await asked(4, 4)));
    await button(lab, 'Step').click();
    await until(lab, ({ lab: { progress } }) => progress?.step === 1);
    await eventually(lab, async () => (await said()) === (await asked(4, 4)));
    await lab.getByRole('group', { name: 'Plane of the data' }).focus();
    await page.keyboard.press('-');
    await eventually(lab, async () => (await table.getByRole('columnheader').allTextContents())[1] === '−9');
  });

  it('shows points as large as their loss', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Show more').click();
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

/** @param {Locator} panel @param {string} name of a column @returns {Promise<string[]>} */
const columnOf = async (panel, name) => {
  const heads = await panel.locator('.list th').allTextContents();
  return panel.locator(`.list tbody td:nth-child(${heads.indexOf(name) + 1})`).allTextContents();
};

describe('confusion', () => {
  it(
    'counts what evaluation counts; a count shows its points, marked and listed',
    { path: '/#v=1&data.id=blobs&data.classes=3' },
    async ({ lab }) => {
      await ready(lab);
      // With all parameters 0 the answer is the first class everywhere.
      await lab.evaluate(async (/** @type {PlaygroundElement} */ playground) => {
        const count = (await playground.run?.call('parameters'))?.length ?? 0;
        await playground.setParameters(new Float32Array(count));
      });
      await button(lab, 'Confusion').click();
      const panel = lab.locator('mlp-panel-confusion');
      await panel.locator('mlp-confusion-table td').first().waitFor();
      const counts = (await panel.locator('mlp-confusion-table td').allTextContents()).map((text) => Number(text.replace('·', '0')));
      const expected = await lab.evaluate(async (/** @type {PlaygroundElement} */ { run }) => [
        ...((await run?.call('evaluate', 'test'))?.confusion ?? []),
      ]);
      assert.deepEqual(counts, expected);

      const index = expected.findIndex((count, cell) => count > 0 && cell % 4 !== 0);
      assert.ok(index >= 0, 'an untrained network errs');
      const before = await pixelsOf(lab.locator('#surface'));
      await panel.locator('mlp-confusion-table td').nth(index).getByRole('button').click();
      await panel.locator('.list').waitFor();
      assert.equal(await panel.locator('.list tbody tr').count(), Math.min(40, expected[index]));
      await eventually(lab, async () => (await pixelsOf(lab.locator('#surface'))).hash !== before.hash);
      const marked = await lab.evaluate((/** @type {PlaygroundElement} */ { planeMarks }) => planeMarks.length);
      assert.equal(marked, 1);
      // One of them is looked at: its class is the row's.
      await panel.locator('.list .look').first().click();
      const point = await lab.evaluate((/** @type {PlaygroundElement} */ { point: chosen }) => chosen);
      assert.equal(point?.sample?.split, 'test');
      assert.equal(point?.target, Math.floor(index / 3));
      await button(lab, 'Confusion').click();
      await until(lab, ({ lab: playground }) => /** @type {PlaygroundElement} */ (playground).planeMarks.length === 0);
    },
  );

  it('of a regression is how far its points are off', { path: '/#v=1&data.id=plane' }, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Confusion').click();
    const panel = lab.locator('mlp-panel-confusion');
    await panel.locator('.list tbody tr').first().waitFor();
    const residuals = (await columnOf(panel, 'Residual')).map((text) => Math.abs(Number(text.replace('\u2212', '-'))));
    assert.equal(residuals.length, 40);
    assert.deepEqual(
      residuals,
      [...residuals].sort((a, b) => b - a),
      'the farthest first',
    );
    const r2 = await lab.evaluate(async (/** @type {PlaygroundElement} */ { run }) => (await run?.call('evaluate', 'test'))?.r2 ?? 0);
    await panel.getByText(`R²: ${r2.toFixed(3).replace('-', '\u2212')}.`).waitFor();
  });
});

describe('the surface in 3-D', () => {
  it(
    'turns by keys and by dragging, and shows a class or a neuron',
    { path: '/#v=1&data.id=blobs&data.classes=3' },
    async ({ lab, page }) => {
      await ready(lab);
      await button(lab, 'Surface in 3-D').click();
      const canvas = lab.locator('mlp-panel-surface-3d canvas');
      const said = async () => (await canvas.getAttribute('aria-label')) ?? '';
      await eventually(lab, async () => /Turned by −29 degrees, tilted by 34\.$/.test(await said()));
      assert.ok((await pixelsOf(canvas)).colors > 50);
      await lab.getByRole('group', { name: 'Surface in 3-D' }).focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
      await eventually(lab, async () => /Turned by −9 degrees, tilted by 44\.$/.test(await said()));
      await page.keyboard.press('Home');
      await eventually(lab, async () => /Turned by −29 degrees/.test(await said()));
      await canvas.scrollIntoViewIfNeeded();
      const box = await canvas.boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + 100, box.y + 100);
      await page.mouse.down();
      await page.mouse.move(box.x + 150, box.y + 100, { steps: 3 });
      await page.mouse.up();
      await eventually(lab, async () => /Turned by 0 degrees/.test(await said()));
      const first = await pixelsOf(canvas);
      await lab.getByLabel('Height').selectOption({ label: 'Class 2' });
      await eventually(lab, async () => (await pixelsOf(canvas)).hash !== first.hash);
      const [download] = await Promise.all([page.waitForEvent('download'), button(lab, 'Save as SVG').click()]);
      assert.equal(download.suggestedFilename(), 'surface-3d.svg');
    },
  );
});
