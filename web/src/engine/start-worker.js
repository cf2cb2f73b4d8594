/**
 * Starts the worker in the one way that works on every page: a classic script from a blob, nothing imported, through this product's
 * own Trusted Types policy.
 */
import workerSource from 'virtual:worker-source';
import { EngineError } from './errors.js';
import { engineSources } from './sources.js';

/** @import { EngineSources } from './commands.js' */

/** @type {{ createScriptURL: (url: string) => unknown } | undefined} */
let policy;

/**
 * @param {string} url
 * @returns {string} in browsers with Trusted Types an object that says so, which the library's types do not know
 */
function trustedUrl(url) {
  const { trustedTypes } = window;
  if (!trustedTypes) return url;
  policy ??= trustedTypes.createPolicy('mlp-worker', {
    createScriptURL(candidate) {
      if (!candidate.startsWith('blob:')) throw new TypeError('Only blob URLs start a worker.');
      return candidate;
    },
  });
  return /** @type {string} */ (policy.createScriptURL(url));
}

/**
 * @returns {Promise<{ worker: Worker, sources: EngineSources }>}
 */
export async function startWorker() {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  try {
    const worker = new Worker(trustedUrl(url), { name: 'mlp-engine' });
    // The URL is fetched in the background: it may go once the worker speaks, or will never do so.
    const release = () => URL.revokeObjectURL(url);
    worker.addEventListener('message', release, { once: true });
    worker.addEventListener('error', release, { once: true });
    return { worker, sources: engineSources() };
  } catch (thrown) {
    URL.revokeObjectURL(url);
    throw new EngineError('unsupported', "This page's content-security policy forbids the engine's worker: worker-src needs blob:.", {
      cause: thrown,
    });
  }
}
