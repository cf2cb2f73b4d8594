// The page keeps nothing: a thousand networks trained and rebuilt leave it as large as it was.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { pictures, ready } from './support/lab.js';
import { serveSite } from './support/site.js';
import { visits } from './support/visits.js';

/**
 * @import { Locator, Page } from 'playwright-core'
 * @import { LabElement } from '../../web/src/elements/lab-element.js'
 * @import { FilledExperiment } from '../../web/src/engine/types.js'
 */

const it = visits(serveSite);

const CYCLES = 1000;
/** What the browser's own engine may add over so many cycles: 240 KB were seen. The arrays of one picture, kept at every cycle, would be a hundred times the limit. */
const SLACK = 512 * 1024;
/** Cycles until the browser has compiled what is used; and as many again after a first collection, which makes it compile some of it anew. */
const WARM_UP = 300;

/**
 * Another network on other points, trained and drawn, so many times.
 * @param {Locator} lab
 * @param {number} count
 */
const rebuild = (lab, count) =>
  lab.evaluate(async (/** @type {LabElement} */ element, times) => {
    for (let time = 0; time < times; ++time) {
      const document = /** @type {FilledExperiment} */ (element.experiment);
      const [first, ...others] = document.network.layers;
      const layers = [{ ...first, units: 2 + (time % 5) }, ...others];
      const data = { ...document.data, seed: 1 + (time % 7) };
      await element.changeExperiment({ ...document, data, network: { ...document.network, layers } });
      await element.step(5);
    }
  }, count);

/** What is in use once all that nobody holds is gone. @param {Page} page */
async function sizeOf(page) {
  const session = await page.context().newCDPSession(page);
  // Twice: what the first collection has finalized the second one frees.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

describe('memory', () => {
  it(
    `is flat over ${CYCLES} cycles of training and rebuilding, in the page and in the engine`,
    { path: '/#v=1&data.samples=50' },
    async ({ lab, page }) => {
      await ready(lab);
      await rebuild(lab, WARM_UP);
      await sizeOf(page);
      await rebuild(lab, WARM_UP);
      await pictures(lab, 3);
      const engineOf = () => lab.evaluate(async (/** @type {LabElement} */ { run }) => /** @type {number} */ (await run?.call('memory')));
      const [before, engine] = [await sizeOf(page), await engineOf()];
      await rebuild(lab, CYCLES);
      await pictures(lab, 3);
      const after = await sizeOf(page);
      assert.ok(after.heap - before.heap <= SLACK, `heap: ${before.heap} bytes before, ${after.heap} after`);
      assert.ok(after.nodes <= before.nodes + 50, `${before.nodes} nodes before, ${after.nodes} after`);
      assert.ok(after.listeners <= before.listeners + 5, `${before.listeners} listeners before, ${after.listeners} after`);
      assert.equal(await engineOf(), engine, 'the same network takes what it took');
    },
  );
});
