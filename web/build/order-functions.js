/**
 * Puts the functions of a WebAssembly module that resemble each other close together. gzip finds again what it has seen in the last
 * 32 KB only, and the linker leaves the functions in the order of their files: in a better one the download is smaller by a
 * twenty-fifth. The order is all that changes.
 *
 *   node order-functions.js <module.wasm> <wasm-opt>
 */
import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const IMPORT_SECTION = 2;
const CODE_SECTION = 10;

/**
 * An unsigned number of variable length.
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {[value: number, end: number]}
 */
function readNumber(bytes, at) {
  let value = 0;
  for (let shift = 1; ; shift *= 128, at += 1) {
    value += (bytes[at] & 127) * shift;
    if (bytes[at] < 128) return [value, at + 1];
  }
}

/** @param {number} value */
function writeNumber(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}

/**
 * The bodies of a module's own functions, and how many it imports: those come first in the numbering.
 * @param {Uint8Array} module
 */
export function readFunctions(module) {
  /** @type {Uint8Array[]} */
  const bodies = [];
  let imported = 0;
  for (let at = 8; at < module.length;) {
    const [size, start] = readNumber(module, at + 1);
    let [count, p] = readNumber(module, start);
    if (module[at] === IMPORT_SECTION) {
      // Two names, a kind, and for a function its type; Emscripten's modules import nothing else.
      for (imported = count; count > 0; count -= 1) {
        for (let name = 0; name < 2; name += 1) {
          const [length, text] = readNumber(module, p);
          p = text + length;
        }
        if (module[p] !== 0) throw new Error('expected a module that imports functions only');
        [, p] = readNumber(module, p + 1);
      }
    } else if (module[at] === CODE_SECTION) {
      for (; count > 0; count -= 1) {
        const [length, body] = readNumber(module, p);
        p = body + length;
        bodies.push(module.subarray(body, p));
      }
    }
    at = start + size;
  }
  return { imported, bodies };
}

/** What gzip copies instead of writing it again is three bytes or more; of six there are few enough to tell functions apart. */
const SEQUENCE = 6;
/** Bytes before a function that are compared with it: half of gzip's memory, as a neighbour's neighbours count as well. */
const MEMORY = 16384;
/** So that a function of a few bytes, all of which are everywhere, does not come before one that has much in common with the last. */
const FEW = 8;

/**
 * Every function where most of it has been seen just before, starting from the first.
 * @param {readonly Uint8Array[]} bodies
 * @returns {number[]} their positions in the new order
 */
export function orderOf(bodies) {
  const sequences = bodies.map((body) => {
    const bytes = Buffer.from(body);
    return new Set(Array.from({ length: Math.max(0, bytes.length - SEQUENCE + 1) }, (_, i) => bytes.readUIntBE(i, SEQUENCE)));
  });
  /** @type {Map<number, number[]>} */
  const holders = new Map();
  for (const [index, own] of sequences.entries()) {
    for (const sequence of own) {
      const known = holders.get(sequence);
      if (known) known.push(index);
      else holders.set(sequence, [index]);
    }
  }
  /** How many of the functions in memory have it. @type {Map<number, number>} */
  const remembered = new Map();
  /** How many of its sequences are in memory, of each function. */
  const seen = bodies.map(() => 0);
  /** @param {number} index @param {1 | -1} change */
  const remember = (index, change) => {
    for (const sequence of sequences[index]) {
      const before = remembered.get(sequence) ?? 0;
      remembered.set(sequence, before + change);
      if (before === 0 || before + change === 0) for (const holder of holders.get(sequence) ?? []) seen[holder] += change;
    }
  };

  const left = new Set(bodies.keys());
  /** @type {number[]} */
  const order = [];
  let oldest = 0;
  let inMemory = 0;
  while (left.size > 0) {
    let next = -1;
    let most = -1;
    for (const index of left) {
      const share = seen[index] / (sequences[index].size + FEW);
      if (share > most) [next, most] = [index, share];
    }
    left.delete(next);
    order.push(next);
    remember(next, 1);
    for (inMemory += bodies[next].length; inMemory > MEMORY; oldest += 1) {
      remember(order[oldest], -1);
      inMemory -= bodies[order[oldest]].length;
    }
  }
  return order;
}

/**
 * A section that names the functions by their places.
 * @param {number} imported
 * @param {readonly number[]} order
 */
function namesOf(imported, order) {
  const digits = String(order.length).length;
  const entries = order
    .map((index, place) => ({ index, name: Buffer.from(String(place).padStart(digits, '0')) }))
    .sort((a, b) => a.index - b.index)
    .map(({ index, name }) => Buffer.concat([writeNumber(imported + index), writeNumber(name.length), name]));
  /** @param {number} id @param {Buffer[]} content */
  const section = (id, content) => {
    const whole = Buffer.concat(content);
    return Buffer.concat([Buffer.from([id]), writeNumber(whole.length), whole]);
  };
  return section(0, [writeNumber(4), Buffer.from('name'), section(1, [writeNumber(order.length), ...entries])]);
}

/**
 * @param {string} file
 * @param {string} wasmOpt Binaryen's program: it can sort functions by their names, and knows every place that has a function's number
 */
export async function orderFunctions(file, wasmOpt) {
  const module = await readFile(file);
  const { imported, bodies } = readFunctions(module);
  const named = `${file}.named`;
  await writeFile(named, Buffer.concat([module, namesOf(imported, orderOf(bodies))]));
  const encoding = ['--optimize-level=2', '--shrink-level=2', '--generate-stack-ir', '--optimize-stack-ir'];
  execFileSync(wasmOpt, ['--all-features', '--reorder-functions-by-name', '--strip-debug', ...encoding, named, '-o', file], {
    stdio: 'inherit',
  });
  await rm(named);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await orderFunctions(process.argv[2], process.argv[3]);
