/**
 * The contestants in a browser: bench.js builds this into a page and asks it for one round after the other.
 */
import { contestants } from './contestants.js';
import { createEngine } from './engine.js';
import { measure } from './task.js';

/** @import { Play } from './contestants.js' */
/** @import { Workload } from './task.js' */

/** @type {Map<string, Play>} */
const ready = new Map();
const engine = await createEngine({ variant: 'reproducible' });
const all = contestants(engine, { wasmFolder: new URL('tfjs/', document.baseURI).href });

Object.assign(globalThis, {
  contestants: [...all.keys()],
  /**
   * @param {string} name
   * @param {Workload} workload
   * @param {number} milliseconds
   * @returns {Promise<number | null>}
   */
  async play(name, workload, milliseconds) {
    const prepare = all.get(name);
    if (!prepare) throw new Error(`there is no contestant "${name}"`);
    const play = ready.get(name) ?? (await prepare());
    ready.set(name, play);
    const session = await play(workload);
    return session && measure(milliseconds, session);
  },
});
