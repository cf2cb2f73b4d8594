/**
 * The worker: the host with the real engines, the real clock and the real messages. Built into one classic script (see
 * `build/worker-source.js`) that is started from a blob.
 */
import createFast from '../../generated/mlp-fast.mjs';
import createReproducible from '../../generated/mlp-reproducible.mjs';
import { EngineError } from './errors.js';
import { createHost } from './host.js';
import { compileWasm, requireSupport, startEngine } from './load.js';

/**
 * @import { EngineSource, EngineSources, RequestMessage } from './commands.js'
 * @import { Engine } from './engine.js'
 * @import { ModuleFactory, WasmSource } from './load.js'
 * @import { Variant } from './types.js'
 */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

/** @type {Readonly<Record<Variant, ModuleFactory>>} */
const factories = { reproducible: createReproducible, fast: createFast };

/**
 * @param {EngineSource} source
 * @returns {WasmSource}
 */
function wasmOf(source) {
  if ('module' in source) return source.module;
  if ('url' in source) return source.url;
  return Uint8Array.from(atob(source.base64), (character) => character.charCodeAt(0));
}

/**
 * @param {EngineSources} sources
 * @param {Variant} variant
 * @returns {Promise<Engine>}
 */
async function loadEngine(sources, variant) {
  requireSupport(variant);
  const source = sources[variant];
  if (!source) throw new EngineError('unsupported', `The ${variant} engine is not part of this page.`);
  const compiled = await compileWasm(wasmOf(source), (url) => fetch(url));
  return startEngine(factories[variant], compiled, variant);
}

/** @type {(() => void)[]} */
const waiting = [];
const channel = new MessageChannel();
channel.port2.onmessage = () => waiting.shift()?.();

const host = createHost({
  post: (message, transfer) => scope.postMessage(message, transfer),
  loadEngine,
  now: () => performance.now(),
  schedule(callback, delay) {
    if (delay > 0) {
      setTimeout(callback, delay);
      return;
    }
    // Timers are held back by four milliseconds when they nest; a message to oneself is not, and lets other messages through.
    waiting.push(callback);
    channel.port1.postMessage(null);
  },
});

scope.onmessage = (/** @type {MessageEvent<RequestMessage>} */ { data }) => {
  host.receive(data);
};
scope.postMessage({ event: 'alive' });
