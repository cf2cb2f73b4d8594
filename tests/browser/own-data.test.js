// The reader's own points: painted by mouse, touch and keys, taken back, trained on, carried by the link, kept within the session.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe } from 'node:test';
import { button, eventually, experimentOf, parametersOf, pictures, pixelsOf, ready, stepOf, until, untilCounter } from './support/lab.js';
import { serveSite } from './support/site.js';
import { englishAmong, textsOf } from './support/texts.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 */

const it = visits(serveSite);

/** Chooses the tile beside the data sets. @param {Locator} lab */
async function startOwn(lab) {
  await ready(lab);
  await lab.getByRole('radio', { name: 'Your own', exact: true }).click();
  await until(lab, ({ lab: { run } }) => run?.experiment.data.id === 'table');
  await button(lab, 'Brush').waitFor();
}

/**
 * The points as the document has them: labels by place.
 * @param {Locator} lab
 */
const pointsOf = (lab) =>
  lab.evaluate((/** @type {LabElement} */ { experiment }) => {
    const { inputs, labels, targets, classes } = /** @type {any} */ (experiment.data);
    return { inputs: [...inputs], values: [...(labels ?? targets)], classes, rows: (labels ?? targets).length };
  });

/**
 * Waits until the run, not only the document, has so many points.
 * @param {Locator} lab
 * @param {number} rows
 */
const untilRows = (lab, rows) =>
  eventually(lab, () =>
    lab.evaluate(async (/** @type {LabElement} */ { run, experiment }, wanted) => {
      const data = await run?.call('data', 'train');
      return data?.rows === wanted && /** @type {any} */ (experiment.data).inputs.length === 2 * wanted;
    }, rows),
  );

/**
 * Where on the page a place of the plane is drawn.
 * @param {Locator} lab
 * @param {number} x
 * @param {number} y
 */
async function onScreen(lab, x, y) {
  const surface = lab.locator('#surface');
  await surface.scrollIntoViewIfNeeded();
  const box = await surface.boundingBox();
  assert.ok(box);
  // As view/surface.js lays the plot out: 34 pixels for the numbers, 6 at the other sides, 28 below.
  const size = Math.min(box.width - 40, box.height - 34);
  return { x: box.x + 34 + ((x + 6) / 12) * size, y: box.y + 6 + (1 - (y + 6) / 12) * size };
}

/** An empty plane. @param {Locator} lab */
async function clear(lab) {
  await button(lab, 'More').click();
  await button(lab, 'Remove all points').click();
  await lab.getByText('Paint a point to begin.').waitFor();
}

/**
 * @param {Locator} lab
 * @param {number} x
 * @param {number} y
 */
async function click(lab, x, y) {
  const { mouse } = lab.page();
  const place = await onScreen(lab, x, y);
  await mouse.click(place.x, place.y);
}

describe('own points', () => {
  it('begin as a copy of what is seen, and what was learned stays', {}, async ({ lab }) => {
    await ready(lab);
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 1, 1);
    const before = await parametersOf(lab);
    await startOwn(lab);
    assert.equal((await pointsOf(lab)).rows, 500);
    assert.deepEqual(await parametersOf(lab), before);
    assert.equal(await stepOf(lab), 1);
    assert.equal(await button(lab, 'Undo').isDisabled(), true);
  });

  it('are painted by mouse, erased, taken back and brought again, and learned', {}, async ({ lab }) => {
    await startOwn(lab);
    await clear(lab);
    assert.equal(await button(lab, 'Train').isDisabled(), true, 'there is nothing to learn');
    await click(lab, -3, 2);
    await untilRows(lab, 1);
    await button(lab, 'Class 1').click();
    const { mouse } = lab.page();
    const [from, to] = [await onScreen(lab, 1, -2), await onScreen(lab, 4, -2)];
    const shown = await pixelsOf(lab.locator('#surface'));
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    assert.notEqual((await pixelsOf(lab.locator('#surface'))).hash, shown.hash, 'points appear under the brush');
    assert.equal((await pointsOf(lab)).rows, 1, 'the run waits for the end of the stroke');
    await mouse.up();
    await until(lab, ({ lab: { experiment } }) => /** @type {any} */ (experiment.data).labels.length > 5);
    const painted = await pointsOf(lab);
    assert.deepEqual(painted.values, [0, ...new Array(painted.rows - 1).fill(1)]);
    assert.ok(Math.hypot(painted.inputs[0] + 3, painted.inputs[1] - 2) < 0.1, painted.inputs.slice(0, 2).join());
    for (let row = 1; row < painted.rows; ++row) assert.ok(Math.abs(painted.inputs[row * 2 + 1] + 2) < 0.1);
    await untilRows(lab, painted.rows);

    await button(lab, 'Eraser').click();
    await click(lab, -3, 2);
    await untilRows(lab, painted.rows - 1);
    await button(lab, 'Undo').click();
    await untilRows(lab, painted.rows);
    assert.deepEqual(await pointsOf(lab), painted);
    await button(lab, 'Undo').click();
    await untilRows(lab, 1);
    await button(lab, 'Redo').click();
    await untilRows(lab, painted.rows);

    await lab.getByRole('slider', { name: 'Speed', exact: true }).press('End');
    await button(lab, 'Train').click();
    await eventually(lab, () =>
      lab.evaluate(async (/** @type {LabElement} */ { run }) => (await run?.call('evaluate', 'train'))?.accuracy === 1),
    );
  });

  it('are painted while training goes on, from where it stands', {}, async ({ lab }) => {
    await startOwn(lab);
    await button(lab, 'Train').click();
    await untilCounter(lab, 'step', 200);
    await click(lab, 5, 5);
    await untilRows(lab, 501);
    assert.ok((await stepOf(lab)) > 200);
    assert.equal(await lab.evaluate((/** @type {LabElement} */ { playing }) => playing), true);
    const step = await stepOf(lab);
    await untilCounter(lab, 'step', step + 20);
  });

  it('are dragged to another place', {}, async ({ lab }) => {
    await startOwn(lab);
    await clear(lab);
    await click(lab, 0, 0);
    await untilRows(lab, 1);
    await button(lab, 'Move points').click();
    const { mouse } = lab.page();
    const [from, to] = [await onScreen(lab, 0.1, 0), await onScreen(lab, 3, 3)];
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
    await eventually(lab, async () => Math.hypot((await pointsOf(lab)).inputs[0] - 3, (await pointsOf(lab)).inputs[1] - 3) < 0.1);
  });

  it('are of up to ten classes', {}, async ({ lab }) => {
    await startOwn(lab);
    await clear(lab);
    for (let added = 2; added < 10; ++added) await button(lab, 'One class more').click();
    assert.equal(await button(lab, 'One class more').count(), 0);
    await click(lab, 1, 1);
    await untilRows(lab, 1);
    const { values, classes } = await pointsOf(lab);
    assert.deepEqual({ values, classes }, { values: [9], classes: 10 });
    assert.equal((await experimentOf(lab)).training?.loss, 'cross-entropy');
  });

  it(
    'are painted with one finger, and the page does not scroll',
    { browser: { viewport: { width: 390, height: 844 }, hasTouch: true } },
    async ({ lab, page, context }) => {
      await ready(lab);
      await lab.getByRole('button', { name: 'Input' }).click();
      await startOwn(lab);
      await clear(lab);
      const [from, to] = [await onScreen(lab, 0, 4), await onScreen(lab, 0, -4)];
      const scrolled = await page.evaluate(() => scrollY);
      const session = await context.newCDPSession(page);
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
      for (let part = 1; part <= 8; ++part) {
        const y = from.y + (part / 8) * (to.y - from.y);
        await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: from.x, y }] });
      }
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await until(lab, ({ lab: { experiment } }) => /** @type {any} */ (experiment.data).labels.length > 15);
      assert.equal(await page.evaluate(() => scrollY), scrolled);
    },
  );

  it('are put, chosen and removed by keys, and what happened is said', {}, async ({ lab, page }) => {
    await startOwn(lab);
    await clear(lab);
    const status = lab.locator('mlp-own-data').getByRole('status');
    await lab.getByRole('application').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowUp', '1', 'Space']) await page.keyboard.press(key);
    await untilRows(lab, 1);
    assert.deepEqual(await pointsOf(lab), { inputs: [0.5, 1], values: [1], classes: 2, rows: 1 });
    assert.equal(await status.innerText(), 'Class 1 at x₁ 0.5, x₂ 1. 1 point.');
    await page.keyboard.press('Delete');
    await lab.getByText('Paint a point to begin.').waitFor();
    await page.keyboard.press('Control+z');
    await untilRows(lab, 1);
    await page.keyboard.press('Control+Shift+z');
    await lab.getByText('Paint a point to begin.').waitFor();
  });

  it('travel in the address', {}, async ({ lab, page, context }) => {
    await startOwn(lab);
    await clear(lab);
    await click(lab, -2, 1);
    await button(lab, 'Class 1').click();
    await click(lab, 2, -1);
    await untilRows(lab, 2);
    await page.waitForURL((url) => url.hash.includes('data.id=table') && url.hash.includes('packed='));
    // Written after a while: the address of both points is the longer one.
    await page.waitForFunction((length) => location.hash.length !== length, await page.evaluate(() => 0));
    const other = await context.newPage();
    await eventually(
      lab,
      async () => (await lab.evaluate((/** @type {LabElement} */ element) => `#${element.link()}`)) === new URL(page.url()).hash,
    );
    await other.goto(page.url());
    const reopened = other.locator('mlp-playground');
    await ready(reopened);
    assert.deepEqual(await pointsOf(reopened), await pointsOf(lab));
    await button(reopened, 'Brush').waitFor();
    assert.equal(await button(reopened, 'Only look').getAttribute('aria-pressed'), 'true', 'a link is read first');
  });

  it('survive another data set, and the page’s next visit', {}, async ({ lab, page }) => {
    await startOwn(lab);
    await clear(lab);
    await click(lab, 4, 4);
    await untilRows(lab, 1);
    const own = await pointsOf(lab);
    await lab.getByRole('radio', { name: 'Spiral', exact: true }).click();
    await until(lab, ({ lab: { run } }) => run?.experiment.data.id === 'spiral');
    await pictures(lab, 2);
    assert.equal((await experimentOf(lab)).data?.samples, 500);
    await lab.getByRole('radio', { name: 'Your own', exact: true }).click();
    await untilRows(lab, 1);
    assert.deepEqual(await pointsOf(lab), own);
    await page.goto('about:blank');
    await page.goBack();
    await page.evaluate(() => history.replaceState(null, '', '/'));
    await page.reload();
    await startOwn(lab);
    assert.deepEqual(await pointsOf(lab), own);
  });

  it('take an outlier and flipped labels, and give them back', {}, async ({ lab }) => {
    await startOwn(lab);
    const before = await pointsOf(lab);
    await button(lab, 'More').click();
    await button(lab, 'Add an outlier').click();
    await untilRows(lab, 501);
    await button(lab, 'Undo').click();
    await untilRows(lab, 500);
    await button(lab, 'Flip labels').click();
    await eventually(lab, async () => (await pointsOf(lab)).values.filter((value, row) => value !== before.values[row]).length === 50);
    await button(lab, 'Undo').click();
    await eventually(lab, async () => (await pointsOf(lab)).values.every((value, row) => value === before.values[row]));
  });

  it('are values where the task is regression', { path: '/#v=1&data.id=plane' }, async ({ lab }) => {
    await startOwn(lab);
    await clear(lab);
    await click(lab, 1, 1);
    await untilRows(lab, 1);
    assert.deepEqual((await pointsOf(lab)).values, [1]);
    assert.equal((await experimentOf(lab)).training?.loss, 'mse');
  });

  it('cannot be had where the author holds the data fast', {}, async ({ lab }) => {
    await ready(lab);
    await lab.evaluate((element) => element.setAttribute('lock', 'data'));
    await eventually(lab, () => lab.getByRole('radio', { name: 'Your own', exact: true }).isDisabled());
  });

  it('speak Chinese', { path: '/?lang=zh' }, async ({ lab }) => {
    await ready(lab);
    await lab.getByRole('radio', { name: '自己的数据', exact: true }).click();
    await button(lab, '画笔').waitFor();
    await lab.locator('mlp-own-data').getByRole('button', { name: '更多', exact: true }).click();
    await pictures(lab, 2);
    assert.deepEqual(englishAmong(await textsOf(lab)), []);
  });
});

/**
 * The table of points with one of its sources chosen.
 * @param {Locator} lab
 * @param {'Rows' | 'Import' | 'Formula' | 'Truth table'} source
 */
async function openTable(lab, source) {
  await ready(lab);
  await button(lab, 'Table').click();
  const table = lab.locator('mlp-panel-table');
  await table.getByRole('radio', { name: source, exact: true }).check();
  return table;
}

describe('the table of points', () => {
  it('takes pasted text, names what is wrong in it by row and column, and scales by constants that are shown', {}, async ({ lab }) => {
    const table = await openTable(lab, 'Import');
    const field = table.getByRole('textbox', { name: 'Paste a table here, or drop a file' });
    await field.fill('height;weight;kind\n100,5;20;cat\n300,5;40;dog\n2oo;30;cat\n200;;dog\n150;25;bird');
    await table.getByText('2 rows are wrong and are left out:').waitFor();
    const text = await table.locator('.block').innerText();
    assert.match(text, /Row 4, height: expected a number, got “2oo”\./);
    assert.match(text, /Row 5, weight: expected a number, got “”\./);
    assert.match(text, /x₁ = \(height − 200\.5\) × 0\.05/);
    assert.match(text, /Classes: 0 = bird, 1 = cat, 2 = dog/);
    await button(lab, 'Use these 3 rows').click();
    await untilRows(lab, 3);
    const { inputs, values, classes } = await pointsOf(lab);
    assert.deepEqual({ inputs: inputs.slice(0, 4), values, classes }, { inputs: [-5, -5, 5, 5], values: [1, 2, 0], classes: 3 });

    await field.fill('1,2\n3,4');
    await table.getByRole('alert').filter({ hasText: 'there are fewer' }).waitFor();
    assert.equal((await pointsOf(lab)).rows, 3, 'what cannot be used changes nothing');
  });

  it('takes a file, with columns of the reader’s choice', {}, async ({ lab }) => {
    const table = await openTable(lab, 'Import');
    await table
      .locator('input[type="file"]')
      .setInputFiles({ name: 'points.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b,c\n1,2,0.5\n-1,3,0.25\n4,4,1\n') });
    await button(lab, 'Use these 3 rows').waitFor();
    await table.getByRole('combobox', { name: 'x₁' }).selectOption('b');
    await table.getByRole('combobox', { name: 'x₂' }).selectOption('a');
    await table.getByRole('checkbox', { name: 'Scale to the plane' }).setChecked(false);
    await button(lab, 'Use these 3 rows').click();
    await untilRows(lab, 3);
    assert.deepEqual((await pointsOf(lab)).inputs, [2, 1, 3, -1, 4, 4]);
    assert.deepEqual((await pointsOf(lab)).values, [0.5, 0.25, 1]);
    assert.equal((await experimentOf(lab)).training?.loss, 'mse');
  });

  it('draws points from a formula, and tells where one is wrong', {}, async ({ lab }) => {
    const table = await openTable(lab, 'Formula');
    const field = table.getByRole('textbox', { name: 'Formula' });
    await field.fill('y > 2 sin x');
    await field.press('Enter');
    await table.getByRole('alert').filter({ hasText: 'Position 7: after “sin” expected (.' }).waitFor();
    assert.equal((await experimentOf(lab)).data?.id, 'circle');
    await field.fill('y > 2 sin(x)');
    await field.press('Enter');
    await untilRows(lab, 300);
    const { inputs, values } = await pointsOf(lab);
    assert.ok(values.every((value, row) => value === Number(inputs[row * 2 + 1] > 2 * Math.sin(inputs[row * 2]))));
  });

  it('has a truth table whose answers can be turned', {}, async ({ lab }) => {
    const table = await openTable(lab, 'Truth table');
    await table.getByRole('button', { name: 'Output for 1, 1: 0' }).click();
    await button(lab, 'Use this table').click();
    await untilRows(lab, 4);
    assert.deepEqual(await pointsOf(lab), { inputs: [-3, -3, -3, 3, 3, -3, 3, 3], values: [0, 1, 1, 1], classes: 2, rows: 4 });
    await table.getByRole('radio', { name: 'NAND', exact: true }).check();
    await table.getByRole('checkbox', { name: 'Draw 0 and 1 at −3 and 3' }).setChecked(false);
    await button(lab, 'Use this table').click();
    await eventually(lab, async () => (await pointsOf(lab)).inputs[0] === 0);
    assert.deepEqual((await pointsOf(lab)).values, [1, 1, 1, 0]);
  });

  it('changes single numbers, adds rows and removes them, and makes a copy of other data first', {}, async ({ lab }) => {
    const table = await openTable(lab, 'Rows');
    await table.getByText('Rows 1 to 100 of 500').waitFor();
    const cell = table.getByRole('textbox', { name: 'Row 2, x₁', exact: true });
    await cell.fill('two');
    await cell.press('Tab');
    await table.getByRole('alert').filter({ hasText: 'Row 2, x₁: expected a number, got “two”.' }).waitFor();
    await cell.fill('−1.5');
    await cell.press('Tab');
    await untilRows(lab, 500);
    assert.equal((await pointsOf(lab)).inputs[2], -1.5);
    await button(lab, 'Remove row 1').click();
    await untilRows(lab, 499);
    assert.equal((await pointsOf(lab)).inputs[0], -1.5);
    await button(lab, 'Add a row').click();
    await untilRows(lab, 500);
    await table.getByText('Rows 401 to 500 of 500').waitFor();
    const label = table.getByRole('textbox', { name: 'Row 500, class', exact: true });
    await label.fill('2');
    await label.press('Tab');
    await eventually(lab, async () => (await pointsOf(lab)).classes === 3);
  });

  it('says what no link can hold', {}, async ({ lab }) => {
    const table = await openTable(lab, 'Import');
    const rows = Array.from({ length: 2001 }, (_, row) => `${((row % 100) / 10 - 5).toFixed(6)},${(row / 500).toFixed(6)},${row % 2}`);
    await table
      .locator('input[type="file"]')
      .setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await table.getByPlaceholder('A long text').waitFor();
    await button(lab, 'Use these 2,001 rows').click();
    await untilRows(lab, 2001);
    await lab.getByText('Too many points for a link (at most 2,000): save them as a file.').waitFor();
  });

  it('is in Chinese throughout', { path: '/?lang=zh' }, async ({ lab }) => {
    await ready(lab);
    await button(lab, '数据表').click();
    for (const source of ['逐行', '导入', '真值表']) {
      await lab.locator('mlp-panel-table').getByRole('radio', { name: source, exact: true }).check();
      await pictures(lab, 2);
      assert.deepEqual(englishAmong(await textsOf(lab)), [], source);
    }
  });
});

describe('the experiment as a file', () => {
  /**
   * Chooses an action of the menu.
   * @param {Locator} lab
   * @param {string} name
   */
  async function choose(lab, name) {
    await button(lab, 'File').click();
    await lab.getByRole('menuitem', { name }).click();
  }

  /**
   * Lets a file fall on the lab.
   * @param {Locator} lab
   * @param {string} name
   * @param {string} text
   */
  const drop = (lab, name, text) =>
    lab.evaluate(
      (element, [fileName, content]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([content], fileName));
        for (const type of ['dragover', 'drop'])
          element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer }));
      },
      [name, text],
    );

  it('is saved with own points and where training stands, and opened again', {}, async ({ lab, page }) => {
    await startOwn(lab);
    await clear(lab);
    await click(lab, 2, 2);
    await button(lab, 'Class 1').click();
    await click(lab, -2, -2);
    await untilRows(lab, 2);
    await button(lab, 'Step').click();
    await untilCounter(lab, 'step', 1, 1);
    const [points, parameters] = [await pointsOf(lab), await parametersOf(lab)];
    const downloading = page.waitForEvent('download');
    await choose(lab, 'Save experiment…');
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'mlp-table.json');
    await lab.getByText('Saved as mlp-table.json.').waitFor();
    await page.keyboard.press('Escape');

    await lab.getByRole('radio', { name: 'Spiral', exact: true }).click();
    await until(lab, ({ lab: { run } }) => run?.experiment.data.id === 'spiral');
    const saved = await readFile(await download.path());
    await lab.locator('#file').setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: saved });
    await untilRows(lab, 2);
    assert.deepEqual(await pointsOf(lab), points);
    assert.deepEqual(await parametersOf(lab), parameters);
    assert.equal(await stepOf(lab), 1);
  });

  /** @type {[string, string, RegExp][]} */
  const wrong = [
    ['no JSON', 'hello', /expected JSON/],
    ['another version', '{ "version": 9 }', /version: expected 1, got 9/],
    ['a broken table', '{ "version": 1, "data": { "id": "table", "columns": 2, "inputs": [1, 2, 3], "labels": [0] } }', /data\.inputs: /],
    ['an unknown setting', '{ "version": 1, "training": { "speed": 3 } }', /training\.speed: /],
  ];
  for (const [name, text, message] of wrong) {
    it(`with ${name} is refused by name, and everything stays`, {}, async ({ lab }) => {
      await ready(lab);
      await button(lab, 'Step').click();
      await untilCounter(lab, 'step', 1, 1);
      const [experiment, parameters] = [await experimentOf(lab), await parametersOf(lab)];
      await drop(lab, 'wrong.json', text);
      const alert = lab.getByRole('alert').filter({ hasText: message });
      await alert.waitFor();
      assert.deepEqual(await experimentOf(lab), experiment);
      assert.deepEqual(await parametersOf(lab), parameters);
      assert.equal(await stepOf(lab), 1);
    });
  }

  it('may be dropped on the lab, as may a table', {}, async ({ lab }) => {
    await ready(lab);
    await drop(lab, 'moons.json', '{ "version": 1, "data": { "id": "moons" } }');
    await until(lab, ({ lab: { run } }) => run?.experiment.data.id === 'moons');
    await drop(lab, 'points.csv', '1,2,a\n3,4,b\n');
    await button(lab, 'Use these 2 rows').click();
    await untilRows(lab, 2);
  });

  it('cannot replace what the author holds fast', {}, async ({ lab }) => {
    await ready(lab);
    await lab.evaluate((element) => element.setAttribute('lock', 'data.id'));
    await button(lab, 'File').click();
    assert.equal(await lab.getByRole('menuitem', { name: 'Open…' }).isDisabled(), true);
    await drop(lab, 'moons.json', '{ "version": 1, "data": { "id": "moons" } }');
    await pictures(lab, 10);
    assert.equal((await experimentOf(lab)).data?.id, 'circle');
  });

  it('is a link to copy, chosen by keys', { browser: { permissions: ['clipboard-read', 'clipboard-write'] } }, async ({ lab, page }) => {
    await ready(lab);
    await button(lab, 'File').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await lab.getByText('The link is copied.').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\/#v=1/);
    await page.keyboard.press('Escape');
    await lab.getByRole('menuitem').first().waitFor({ state: 'detached' });
    assert.equal(await button(lab, 'File').evaluate((element) => element.matches(':focus')), true);
  });
});
