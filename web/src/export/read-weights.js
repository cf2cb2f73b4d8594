/**
 * Weights from a file into a network of the same shape. What does not fit is named: the tensor, the shape expected, the shape found.
 */
import { EngineError } from '../engine/errors.js';
import { readSafetensors } from './safetensors.js';

/** @import { Model, Tensor } from './model.js' */

/** The largest network that the engine takes has some two million numbers: 50 MB in JSON. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/**
 * @param {Uint8Array} bytes a file of weights: JSON or safetensors
 * @param {Pick<Model, 'tensors' | 'size'>} model the network that they are for
 * @returns {Float32Array} in the engine's order
 * @throws {EngineError} `bad-file`
 */
export function readWeights(bytes, model) {
  if (bytes.length > MAXIMUM_BYTES)
    throw new EngineError('bad-file', `expected a file of at most ${MAXIMUM_BYTES} bytes, got ${bytes.length}`);
  const found = new Map((isJson(bytes) ? readJson(bytes) : readSafetensors(bytes)).map((tensor) => [tensor.name, tensor]));
  const parameters = new Float32Array(model.size);
  let offset = 0;
  for (const { name, shape } of model.tensors) {
    const tensor = found.get(name);
    found.delete(name);
    parameters.set(fitting(tensor, name, shape), offset);
    offset += shape.reduce((product, side) => product * side, 1);
  }
  const [extra] = found.keys();
  if (extra !== undefined) {
    throw new EngineError('bad-file', `${extra}: unknown; expected ${model.tensors.map(({ name }) => name).join(', ')}`, { path: extra });
  }
  return parameters;
}

/**
 * @param {Tensor | undefined} tensor
 * @param {string} name
 * @param {readonly number[]} shape
 */
function fitting(tensor, name, shape) {
  const expected = `${name}: expected shape [${shape.join(', ')}]`;
  if (!tensor) throw new EngineError('bad-file', `${expected}, got no such tensor`, { path: name });
  if (tensor.shape.length !== shape.length || tensor.shape.some((side, i) => side !== shape[i])) {
    throw new EngineError('bad-file', `${expected}, got [${tensor.shape.join(', ')}]`, { path: name });
  }
  const wrong = tensor.values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new EngineError('bad-file', `${name}: expected finite 32-bit numbers, got ${wrong}`, { path: name });
  return tensor.values;
}

/**
 * The length at the beginning of a safetensors file has zeros in its upper bytes; text has none.
 * @param {Uint8Array} bytes
 */
function isJson(bytes) {
  return !bytes.subarray(0, 8).includes(0);
}

/**
 * @param {Uint8Array} bytes
 * @returns {Tensor[]}
 */
function readJson(bytes) {
  /** @type {unknown} */
  let parsed;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw new EngineError('bad-file', `expected JSON or safetensors (${thrown instanceof Error ? thrown.message : String(thrown)})`, {
      cause: thrown,
    });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new EngineError('bad-file', 'expected an object with a list of numbers for each tensor');
  }
  return Object.entries(parsed).map(([name, value]) => tensorOf(name, value));
}

/**
 * @param {string} name
 * @param {unknown} value a list of numbers, or of lists of equal length
 * @returns {Tensor}
 */
function tensorOf(name, value) {
  const bad = () => new EngineError('bad-file', `${name}: expected a list of numbers, or of rows of equal length`, { path: name });
  if (!Array.isArray(value)) throw bad();
  const nested = value.length > 0 && Array.isArray(value[0]);
  const columns = nested ? value[0].length : 0;
  if (nested && value.some((row) => !Array.isArray(row) || row.length !== columns)) throw bad();
  const numbers = nested ? value.flat() : value;
  if (numbers.some((number) => typeof number !== 'number')) throw bad();
  return { name, shape: nested ? [value.length, columns] : [value.length], values: Float32Array.from(numbers) };
}
