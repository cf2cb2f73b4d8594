/**
 * The bare engine in a worker of a page: pages.js compares the page's own training with it. Served beside the package's sources.
 */
import { createEngine } from './src/index.js';

/**
 * @import { Engine, Run } from '../../../web/src/index.js'
 * @import { Experiment, Variant } from '../../../web/src/engine/types.js'
 */

/** @typedef {{ document: Experiment, variant: Variant } | { train: number } | { evaluate: number }} Request */

/** @type {Run | undefined} */
let run;

/**
 * How often a second `work` does something.
 * @param {number} milliseconds
 * @param {() => number} work
 */
function rateOf(milliseconds, work) {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    done += work();
    elapsed = performance.now() - start;
  }
  return (done / elapsed) * 1000;
}

/**
 * @param {Request} request
 * @returns {Promise<number>}
 */
async function answer(request) {
  if ('document' in request) {
    run?.dispose();
    run = (await createEngine({ variant: request.variant })).createRun(request.document);
    return 0;
  }
  const made = run;
  if (!made) throw new Error('a document comes first');
  if ('evaluate' in request) return rateOf(request.evaluate, () => (made.evaluate('test'), 1));
  let { step } = made.progress;
  return rateOf(request.train, () => {
    const before = step;
    ({ step } = made.train({ milliseconds: 20 }));
    return step - before;
  });
}

onmessage = async ({ data }) => postMessage(await answer(data));
postMessage(null);
