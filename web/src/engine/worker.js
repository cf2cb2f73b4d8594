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

const TURNS_PER_TIMER = 4;

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
let turns = 0;

/**
 * Calls back as soon as the messages that wait were handled. Timers are held back by four milliseconds when they nest; tasks of the
 * scheduler are not. Where there is none, a message to oneself does it, with a timer now and then: browsers deliver many messages of
 * one port in a row, and the page's would wait.
 * @param {() => void} callback
 */
function nextTurn(callback) {
  const { scheduler } = /** @type {{ scheduler?: { postTask: (callback: () => void) => Promise<unknown> } }} */ (globalThis);
  turns += 1;
  if (scheduler) {
    scheduler.postTask(callback);
  } else if (turns % TURNS_PER_TIMER === 0) {
    setTimeout(callback, 0);
  } else {
    waiting.push(callback);
    channel.port1.postMessage(null);
  }
}

const host = createHost({
  post: (message, transfer) => scope.postMessage(message, transfer),
  loadEngine,
  now: () => performance.now(),
  schedule(callback, delay) {
    if (delay > 0) setTimeout(callback, delay);
    else nextTurn(callback);
  },
});

scope.onmessage = (/** @type {MessageEvent<RequestMessage>} */ { data }) => {
  host.receive(data);
};
scope.postMessage({ event: 'alive' });
