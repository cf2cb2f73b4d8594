/**
 * From a WebAssembly file, in whatever form it is at hand, to an Engine. Neither environment nor file places are known here.
 */
import { describe } from './arguments.js';
import { Engine } from './engine.js';
import { EngineError } from './errors.js';
import { supportsRelaxedSimd, supportsSimd } from './simd.js';

/** @import { RawModule } from './engine.js' */
/** @import { Catalog, Variant } from './types.js' */

/**
 * What can be turned into a compiled module.
 * @typedef {WebAssembly.Module | Response | ArrayBuffer | ArrayBufferView | URL | string} WasmSource
 */

/**
 * The factory that Emscripten's glue exports.
 * @typedef {(options: {
 *   instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => object,
 * }) => Promise<unknown>} ModuleFactory
 */

/**
 * Says in a sentence why the engine cannot run here, or does nothing.
 * @param {Variant} variant
 */
export function requireSupport(variant) {
  if (!supportsSimd()) {
    throw new EngineError(
      'unsupported',
      'This browser cannot run the engine: it has no WebAssembly SIMD. Chrome and Edge have it since version 91, Firefox since 89, Safari since 16.4.',
    );
  }
  if (variant === 'fast' && !supportsRelaxedSimd()) {
    throw new EngineError(
      'unsupported',
      'This browser has no relaxed WebAssembly SIMD, which the fast engine needs; use the reproducible one.',
    );
  }
}

/**
 * @param {Response} response
 * @returns {Promise<WebAssembly.Module>}
 */
async function compileResponse(response) {
  if (!response.ok) {
    throw new EngineError(
      'unsupported',
      `The engine's file could not be loaded: ${response.url || 'the server'} answered ${response.status}.`,
    );
  }
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/wasm') && typeof WebAssembly.compileStreaming === 'function')
    return WebAssembly.compileStreaming(response);
  return compileBytes(new Uint8Array(await response.arrayBuffer()));
}

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<WebAssembly.Module>}
 */
async function compileBytes(bytes) {
  const isWasm = bytes.length >= 8 && bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
  if (!isWasm) throw new EngineError('bad-file', 'wasm: expected the bytes of a WebAssembly file, got something else', { path: 'wasm' });
  return WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
}

/**
 * @param {WasmSource} source
 * @param {(url: URL | string) => Promise<Response | Uint8Array>} open how a file is read here
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(source, open) {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof Response === 'function' && source instanceof Response) return compileResponse(source);
  if (source instanceof ArrayBuffer) return compileBytes(new Uint8Array(source));
  if (ArrayBuffer.isView(source)) return compileBytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  if (typeof source === 'string' || source instanceof URL) {
    const opened = await open(source);
    return opened instanceof Uint8Array ? compileBytes(opened) : compileResponse(opened);
  }
  throw new EngineError('invalid-argument', `wasm: expected a URL, a Response, bytes or a WebAssembly.Module, got ${describe(source)}`, {
    path: 'wasm',
  });
}

/**
 * @param {WasmSource} source
 * @param {(url: URL | string) => Promise<Response | Uint8Array>} open
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compileWasm(source, open) {
  try {
    return await compile(source, open);
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    if (thrown instanceof WebAssembly.CompileError && /unsafe-eval|Content Security Policy|disallowed by embedder/i.test(reason)) {
      throw new EngineError(
        'unsupported',
        "This page's content-security policy forbids WebAssembly: script-src needs 'wasm-unsafe-eval'.",
        {
          cause: thrown,
        },
      );
    }
    if (thrown instanceof WebAssembly.CompileError) {
      throw new EngineError('bad-file', `wasm: expected a WebAssembly file, got one that does not compile (${reason})`, {
        path: 'wasm',
        cause: thrown,
      });
    }
    throw new EngineError('unsupported', `The engine's file could not be loaded (${reason}).`, { cause: thrown });
  }
}

/**
 * @param {ModuleFactory} factory
 * @param {WebAssembly.Module} compiled
 * @returns {Promise<RawModule>}
 */
function instantiate(factory, compiled) {
  return new Promise((resolve, reject) => {
    // Emscripten's glue does not see a failed instantiation of ours, so it is reported from here.
    factory({
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(compiled, imports)
          .then((instance) => done(instance, compiled))
          .catch(reject);
        return {};
      },
    }).then((module) => resolve(/** @type {RawModule} */ (module)), reject);
  });
}

/**
 * @param {ModuleFactory} factory
 * @param {WebAssembly.Module} compiled
 * @param {Variant} variant
 * @param {Catalog} [catalog]
 * @returns {Promise<Engine>}
 */
export async function startEngine(factory, compiled, variant, catalog) {
  try {
    return new Engine(await instantiate(factory, compiled), variant, catalog);
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    if (thrown instanceof WebAssembly.LinkError || thrown instanceof TypeError) {
      throw new EngineError('bad-file', `wasm: expected the ${variant} build of this version, got another module (${reason})`, {
        path: 'wasm',
        cause: thrown,
      });
    }
    if (thrown instanceof RangeError) {
      throw new EngineError('out-of-memory', 'There is not enough memory for the engine; close other pages and try again.', {
        cause: thrown,
      });
    }
    throw new EngineError('internal', `The engine could not start (${reason}).`, { cause: thrown });
  }
}
