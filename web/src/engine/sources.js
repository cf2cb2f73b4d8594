/**
 * Where this site's engines lie: WebAssembly files beside the pages, fetched by the worker and kept in the browser's cache.
 */
import fastUrl from '../../generated/mlp-fast.wasm?url';
import reproducibleUrl from '../../generated/mlp-reproducible.wasm?url';

/** @import { EngineSources } from './commands.js' */

/** @returns {EngineSources} */
export function engineSources() {
  // The worker comes from a blob, which has no place of its own that a relative address could start from.
  const absolute = (/** @type {string} */ url) => new URL(url, document.baseURI).href;
  return { reproducible: { url: absolute(reproducibleUrl) }, fast: { url: absolute(fastUrl) } };
}
