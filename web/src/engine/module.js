/**
 * The border to the WebAssembly module: what it imports, and the calls into it. A call is one message of bytes, its answer another;
 * `bindings/message.hpp` describes them and is the other end. Arrays lie beside the messages, so that each is copied once.
 */
import { EngineError } from './errors.js';

/** @import { ErrorCode } from './errors.js' */
/** @import { RawModule, RawRun } from './engine.js' */
/** @import { Operation, TypedArray } from './types.js' */

/**
 * What the module exports.
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {(bytes: number) => number} malloc the address, 0 where there is no memory left
 * @property {(address: number) => void} free
 * @property {(run: number, message: number) => number} call whether it worked
 * @property {() => number} answer where the answer to the last call lies
 * @property {() => void} forget frees the answer
 */

/** Kinds of values, in the order of `Kind` in bindings/message.hpp. */
const kinds = /** @type {const} */ (['nothing', 'no', 'yes', 'number', 'text', 'list', 'object', 'bytes', 'floats', 'integers', 'doubles']);
const kind = /** @type {Record<typeof kinds[number], number>} */ (Object.fromEntries(kinds.map((name, number) => [name, number])));

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const imports = {
  platform: {
    sin: Math.sin,
    cos: Math.cos,
    tanh: Math.tanh,
    exp: Math.exp,
    expm1: Math.expm1,
    log: Math.log,
    log1p: Math.log1p,
    now: () => performance.now(),
  },
};

/** Writes a call. What it allocates in the module's memory is freed by `release`. */
class Writer {
  #exports;
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** @type {number[]} */
  #allocated = [];

  /** @param {Exports} exports */
  constructor(exports) {
    this.#exports = exports;
  }

  /** The message's address. @returns {number} */
  place() {
    return this.#copy(this.#bytes.subarray(0, this.#length));
  }

  release() {
    for (const address of this.#allocated) this.#exports.free(address);
  }

  /** @param {unknown} value plain values and typed arrays */
  put(value) {
    if (value === undefined || value === null) this.#byte(kind.nothing);
    else if (typeof value === 'boolean') this.#byte(value ? kind.yes : kind.no);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') {
      this.#byte(kind.text);
      this.#text(value);
    } else if (Array.isArray(value)) this.#list(value);
    else if (ArrayBuffer.isView(value)) this.#array(value);
    else this.#object(Object.entries(value));
  }

  /** @param {unknown[]} values */
  #list(values) {
    if (values.length > 0 && values.every((each) => typeof each === 'number'))
      return this.#reference(kind.doubles, Float64Array.from(values));
    this.#byte(kind.list);
    this.#word(values.length);
    for (const each of values) this.put(each);
  }

  /** @param {ArrayBufferView} value */
  #array(value) {
    if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) this.#reference(kind.bytes, value);
    else if (value instanceof Float32Array) this.#reference(kind.floats, value);
    else if (value instanceof Uint32Array) this.#reference(kind.integers, value);
    else if (value instanceof Float64Array) this.#reference(kind.doubles, value);
    // Whatever else is no array of numbers is an object without members, which nothing in a document may be.
    else if (value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array) this.#object([]);
    else this.#reference(kind.doubles, Float64Array.from(/** @type {TypedArray} */ (value)));
  }

  /** @param {[string, unknown][]} entries */
  #object(entries) {
    this.#byte(kind.object);
    this.#word(entries.length);
    for (const [key, each] of entries) {
      this.#text(key);
      this.put(each);
    }
  }

  /**
   * @param {number} arrayKind
   * @param {TypedArray | Uint8ClampedArray} array
   */
  #reference(arrayKind, array) {
    // No view can be made of a buffer that was transferred away, whose arrays have become empty.
    const address = this.#copy(
      array.byteLength === 0 ? new Uint8Array() : new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
    this.#byte(arrayKind);
    this.#word(address);
    this.#word(array.length);
  }

  /** @param {Uint8Array} bytes */
  #copy(bytes) {
    const address = this.#exports.malloc(Math.max(bytes.length, 1));
    if (address === 0) throw new EngineError('out-of-memory', 'the memory that WebAssembly may use is exhausted');
    this.#allocated.push(address);
    // The memory's buffer is another one after it grew, as it may have just now.
    new Uint8Array(this.#exports.memory.buffer).set(bytes, address);
    return address;
  }

  /** @param {number} more */
  #reserve(more) {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  /** @param {number} value */
  #byte(value) {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** @param {number} value */
  #word(value) {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  /** @param {number} value */
  #number(value) {
    this.#byte(kind.number);
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** @param {string} value */
  #text(value) {
    const bytes = encoder.encode(value);
    this.#word(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }
}

/** Reads an answer. */
class Reader {
  #buffer;
  #view;
  #at;

  /**
   * @param {ArrayBuffer} buffer the module's memory
   * @param {number} address
   */
  constructor(buffer, address) {
    this.#buffer = buffer;
    this.#view = new DataView(buffer);
    this.#at = address;
  }

  /**
   * @param {Float32Array} [out] where the caller wants the numbers, when the answer is an array
   * @returns {unknown}
   */
  value(out) {
    const tag = kinds[this.#view.getUint8(this.#at)];
    this.#at += 1;
    switch (tag) {
      case 'nothing':
        return null;
      case 'no':
        return false;
      case 'yes':
        return true;
      case 'number':
        this.#at += 8;
        return this.#view.getFloat64(this.#at - 8, true);
      case 'text':
        return this.#text();
      case 'list':
        return Array.from({ length: this.#word() }, () => this.value());
      case 'object':
        return Object.fromEntries(Array.from({ length: this.#word() }, () => [this.#text(), this.value()]));
      case 'bytes':
        return new Uint8Array(this.#buffer, this.#word(), this.#word()).slice();
      case 'floats':
        return this.#floats(out);
      case 'integers':
        return new Uint32Array(this.#buffer, this.#word(), this.#word()).slice();
      case 'doubles':
        return new Float64Array(this.#buffer, this.#word(), this.#word()).slice();
    }
  }

  /** @param {Float32Array} [out] */
  #floats(out) {
    const values = new Float32Array(this.#buffer, this.#word(), this.#word());
    if (!out) return values.slice();
    if (out.length !== values.length) {
      const message = `out: expected a Float32Array of ${values.length} numbers, got one of ${out.length}`;
      throw new EngineError('invalid-argument', message, { path: 'out' });
    }
    out.set(values);
    return out;
  }

  #word() {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  #text() {
    const length = this.#word();
    this.#at += length;
    return decoder.decode(new Uint8Array(this.#buffer, this.#at - length, length));
  }
}

/**
 * @param {Exports} exports
 * @param {number} run its address, 0 for a command of the engine
 * @param {string} command
 * @param {unknown[]} args
 * @param {Float32Array} [out]
 * @returns {unknown}
 */
function call(exports, run, command, args, out) {
  const writer = new Writer(exports);
  let worked;
  try {
    writer.put(command);
    for (const each of args) writer.put(each);
    worked = exports.call(run, writer.place());
  } finally {
    writer.release();
  }
  try {
    const answer = new Reader(/** @type {ArrayBuffer} */ (exports.memory.buffer), exports.answer()).value(out);
    if (worked) return answer;
    const [code, path, message] = /** @type {[ErrorCode, string, string]} */ (answer);
    throw new EngineError(code, message, { path });
  } finally {
    exports.forget();
  }
}

/**
 * The arguments that describe a grid.
 * @param {import('./types.js').SurfaceOptions} grid
 */
function gridArguments({ x, y = [-6, 6], columns, rows }) {
  return [...x, ...y, columns, rows];
}

/**
 * An object with one method per command.
 * @param {Exports} exports
 * @param {unknown} document
 * @returns {RawRun}
 */
function createRun(exports, document) {
  const address = /** @type {number} */ (call(exports, 0, 'create', [document]));
  /** @type {(command: string, args?: unknown[], out?: Float32Array) => any} */
  const ask = (command, args = [], out = undefined) => call(exports, address, command, args, out);
  return {
    experiment: () => ask('experiment'),
    update: (partial) => ask('update', [partial]),
    data: (split) => ask('data', [split]),
    train: ({ steps, epochs, milliseconds }) => ask('train', [steps, epochs, milliseconds]),
    progress: () => ask('progress'),
    evaluate: (split) => ask('evaluate', [split]),
    predict: (inputs, out) => ask('predict', [inputs], out),
    parameters: (out) => ask('parameters', [], out),
    setParameters: (parameters) => ask('setParameters', [parameters]),
    gradients: (split, out) => ask('gradients', [split], out),
    numericalGradients: (split, { epsilon }) => ask('numericalGradients', [split, epsilon]),
    activations: (inputs, layer) => ask('activations', [inputs, layer]),
    surface: (options, out) => ask('surface', [...gridArguments(options), options.layer, options.unit], out),
    maps: (grid, out) => ask('maps', gridArguments(grid), out),
    scaling: () => ask('scaling'),
    snapshot: () => ask('snapshot'),
    restore: (bytes) => ask('restore', [bytes]),
    memory: () => ask('memory'),
    delete: () => ask('delete'),
  };
}

/**
 * @param {WebAssembly.Module} compiled
 * @returns {Promise<RawModule>}
 */
export async function instantiate(compiled) {
  const instance = await WebAssembly.instantiate(compiled, imports);
  const exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  exports._initialize();
  /** @type {(command: string, ...args: unknown[]) => any} */
  const ask = (command, ...args) => call(exports, 0, command, args);
  return {
    version: () => ask('version'),
    catalog: () => ask('catalog'),
    check: (document) => ask('check', document),
    activation: (operation, x) => ask('activation', operation, x),
    loss: (operation, predictions, targets, outputs) => ask('loss', operation, predictions, targets, outputs),
    createRun: (document) => createRun(exports, document),
  };
}
