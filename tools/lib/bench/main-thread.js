/**
 * What a page's main thread did, from Chromium's own trace: the time of every task, and how much of it fell into each picture.
 */

/** @typedef {{ name: string, cat: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args: any }} TraceEvent */

/**
 * @typedef {object} MainThread
 * @property {number} frames pictures of the display in which the page drew
 * @property {number} median milliseconds of the main thread per picture
 * @property {number} processor the same, without the time in which other programs had the processor
 * @property {number} high the same, of the slowest twentieth
 * @property {number} longest milliseconds of the longest task
 */

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'];

/**
 * Traces a page for some time.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<unknown>} meanwhile
 * @returns {Promise<MainThread>}
 */
export async function traceMainThread(browser, page, meanwhile) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await meanwhile();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return mainThreadOf(traceEvents);
}

/** @param {ArrayLike<number>} sorted @param {number} part */
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** @param {TraceEvent} event */
const threadOf = ({ pid, tid }) => `${pid} ${tid}`;

/**
 * @param {readonly TraceEvent[]} events
 * @returns {MainThread}
 */
function mainThreadOf(events) {
  // The page's renderer is the one that animated most.
  /** @type {Map<string, TraceEvent[]>} */
  const threads = new Map();
  for (const event of events) {
    if (event.name === 'FireAnimationFrame') threads.set(threadOf(event), [...(threads.get(threadOf(event)) ?? []), event]);
  }
  const [busiest] = [...threads].sort(([, a], [, b]) => b.length - a.length);
  if (!busiest) return { frames: 0, median: 0, processor: 0, high: 0, longest: 0 };
  const [thread, animations] = busiest;
  const tasks = events
    .filter((event) => event.dur !== undefined && threadOf(event) === thread && /(?:^|::)RunTask$/.test(event.name))
    .sort((a, b) => a.ts - b.ts);
  const starts = animations.map(({ ts }) => ts).sort((a, b) => a - b);
  const perFrame = new Float64Array(starts.length);
  const processor = new Float64Array(starts.length);
  let frame = -1;
  let longest = 0;
  let end = 0;
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    // Nested loops are part of the task around them.
    if (ts < end) continue;
    end = ts + dur;
    longest = Math.max(longest, dur);
    while (frame + 1 < starts.length && starts[frame + 1] <= end) ++frame;
    if (frame < 0) continue;
    perFrame[frame] += dur / 1000;
    processor[frame] += tdur / 1000;
  }
  const sorted = perFrame.slice(1, -1).sort();
  return {
    frames: sorted.length,
    median: quantile(sorted, 0.5),
    processor: quantile(processor.slice(1, -1).sort(), 0.5),
    high: quantile(sorted, 0.95),
    longest: longest / 1000,
  };
}
