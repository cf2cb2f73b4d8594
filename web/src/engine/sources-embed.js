/**
 * The engines of the single-file script: the reproducible one inside it, the fast one beside it.
 */
import reproducible from 'virtual:wasm-base64';
import { scriptUrl } from './script-url.js';

/** @import { EngineSources } from './commands.js' */

/** @returns {EngineSources} */
export function engineSources() {
  return { reproducible: { base64: reproducible }, fast: scriptUrl ? { url: new URL('mlp-fast.wasm', scriptUrl).href } : null };
}
