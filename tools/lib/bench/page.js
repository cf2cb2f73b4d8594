/**
 * The contestants in a browser: bench.js builds this into a page and asks it for one round after the other.
 */
import { contestants } from './contestants.js';
import { createEngine } from './engine.js';
import { measure, mnistWorkload } from './task.js';

/** @import { Play } from './contestants.js' */
/** @import { Workload } from './task.js' */

/** @type {Map<string, Play>} */
const ready = new Map();
const engine = await createEngine({ variant: 'reproducible' });
const address = (/** @type {string} */ path) => new URL(path, document.baseURI).href;
const all = contestants(engine, { wasmFolder: address('tfjs/'), onnxRuntime: address('onnx/ort.wasm.min.mjs') });

/** All of MNIST, fetched once. @type {Promise<Workload> | undefined} */
let mnist;
async function fetchMnist() {
  const bytes = async (/** @type {string} */ name) => new Uint8Array(await (await fetch(address(`mnist/${name}`))).arrayBuffer());
  return mnistWorkload({ images: await bytes('train-images-idx3-ubyte'), labels: await bytes('train-labels-idx1-ubyte') });
}

Object.assign(globalThis, {
  contestants: [...all.keys()],
  /**
   * @param {string} name
   * @param {Workload | 'mnist'} what
   * @param {number} milliseconds
   * @returns {Promise<number | null>}
   */
  async play(name, what, milliseconds) {
    const workload = what === 'mnist' ? await (mnist ??= fetchMnist()) : what;
    const prepare = all.get(name);
    if (!prepare) throw new Error(`there is no contestant "${name}"`);
    const play = ready.get(name) ?? (await prepare());
    ready.set(name, play);
    const session = await play(workload);
    return session && measure(milliseconds, session, workload.steps);
  },
});
