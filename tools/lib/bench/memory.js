/**
 * How large a page is once everything that nobody uses any more has been collected.
 */
import { readFileSync } from 'node:fs';

/** @import { Page } from 'playwright-core' */

/**
 * @typedef {object} Size
 * @property {number} heap megabytes of the page's JavaScript heap
 * @property {number} nodes of the document
 * @property {number} listeners
 * @property {number} resident megabytes of the whole renderer, with the worker's heap and the engine's memory; 0 where /proc is missing
 */

const MEGABYTE = 2 ** 20;

/**
 * @param {Page} page
 * @returns {Promise<Size>}
 */
export async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  try {
    // Twice: what the first collection has finalized the second one frees.
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return { heap: usedSize / MEGABYTE, nodes, listeners: jsEventListeners, resident: await residentOf(page) };
  } finally {
    await session.detach();
  }
}

/**
 * The resident memory of the largest renderer: the one of the page.
 * @param {Page} page
 */
async function residentOf(page) {
  const browser = page.context().browser();
  const session = await browser?.newBrowserCDPSession();
  if (!session) return 0;
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentOfProcess(id));
    return Math.max(0, ...sizes);
  } finally {
    await session.detach();
  }
}

/** @param {number} id */
function residentOfProcess(id) {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) / 1024;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    // No /proc on this system, or a process that has just ended.
    if (code === 'ENOENT' || code === 'ESRCH') return 0;
    throw error;
  }
}

/**
 * Works on the page for minutes: half of each trains at full speed, the other half rebuilds the network again and again.
 * @param {object} options
 * @param {Page} options.page
 * @param {number} options.minutes
 * @param {(what: string, measured: string, target?: string) => void} options.note
 * @param {(count: number) => Promise<unknown>} options.work rebuilds so many times
 * @param {() => Promise<unknown>} options.train
 * @param {() => Promise<unknown>} options.rest
 */
export async function untilFlat({ page, minutes, note, work, train, rest }) {
  const start = Date.now();
  let rebuilt = 0;
  for (let minute = 1; minute <= minutes; ++minute) {
    await train();
    await page.waitForTimeout(30_000);
    await rest();
    for (; Date.now() - start < minute * 60_000; rebuilt += 20) await work(20);
    const { heap, nodes, listeners, resident } = await heapOf(page);
    note(
      `minute ${minute}, ${rebuilt} networks`,
      `${heap.toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners, ${resident.toFixed(0)} MB resident`,
      minute === 1 ? '' : 'as before',
    );
  }
}
