// Weights as files, and back; what does not fit is named.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EngineError } from 'mlp-playground';
import { readWeights } from '../../../web/src/export/read-weights.js';
import { readSafetensors, toSafetensors } from '../../../web/src/export/safetensors.js';
import { toWeightsJson } from '../../../web/src/export/weights-json.js';
import { cases } from './support.js';

/** @param {RegExp} message @param {string} [path] */
const badFile = (message, path) => (/** @type {unknown} */ error) => {
  assert.ok(error instanceof EngineError, String(error));
  assert.equal(error.code, 'bad-file');
  assert.match(error.message, message);
  if (path !== undefined) assert.equal(error.path, path);
  return true;
};

const { model } = cases[0];
const bytesOf = (/** @type {unknown} */ value) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const plain = () => /** @type {Record<string, any>} */ (JSON.parse(toWeightsJson(model)));

/** A safetensors file of a header and as many zeros. @param {unknown} header @param {number} room */
function fileOf(header, room) {
  const text = bytesOf(header);
  const bytes = new Uint8Array(8 + text.length + room);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

describe('weights', () => {
  it('come back from safetensors and from JSON, bit for bit', () => {
    for (const { name, model: each, parameters } of cases) {
      assert.deepEqual(readWeights(toSafetensors(each), each), parameters, name);
      assert.deepEqual(readWeights(bytesOf(toWeightsJson(each)), each), parameters, name);
    }
  });

  it('name the tensor and its shape where a file is of another network', () => {
    const other = cases.find(({ name }) => name === 'the default')?.model ?? model;
    for (const bytes of [toSafetensors(other), bytesOf(toWeightsJson(other))]) {
      assert.throws(() => readWeights(bytes, model), badFile(/^layer1\.weight: expected shape \[6, 2\], got \[4, 2\]$/, 'layer1.weight'));
    }
  });

  it('name a tensor that is missing, unknown, or no tensor', () => {
    const { 'layer2.bias': _, ...missing } = plain();
    assert.throws(() => readWeights(bytesOf(missing), model), badFile(/^layer2\.bias: expected shape \[4\], got no such tensor$/));
    assert.throws(
      () => readWeights(bytesOf({ ...plain(), layer9: [1] }), model),
      badFile(/^layer9: unknown; expected layer1\.weight, /, 'layer9'),
    );
    for (const wrong of [
      7,
      ['a'],
      [[1, 2], [3]],
      [[1, 2], 3],
      null,
      [
        [null, 1],
        [1, 1],
      ],
    ]) {
      assert.throws(
        () => readWeights(bytesOf({ ...plain(), 'layer1.weight': wrong }), model),
        badFile(/^layer1\.weight: expected /),
        JSON.stringify(wrong),
      );
    }
  });

  it('are finite as 32-bit floats', () => {
    assert.throws(
      () => readWeights(bytesOf({ ...plain(), 'layer2.bias': [1, 2, 1e300, 0] }), model),
      badFile(/^layer2\.bias: expected finite/),
    );
  });

  it('are no other file', () => {
    assert.throws(() => readWeights(bytesOf('{"layer1'), model), badFile(/expected JSON or safetensors/));
    assert.throws(() => readWeights(bytesOf('[1, 2]'), model), badFile(/expected an object/));
    assert.throws(() => readWeights(new Uint8Array(4), model), badFile(/expected a safetensors file, got 4 bytes/));
    assert.throws(() => readWeights(fileOf('no json', 8), model), badFile(/expected a header in JSON/));
    assert.throws(() => readWeights(fileOf([1], 8), model), badFile(/expected a header that is an object/));
  });
});

describe('a safetensors file', () => {
  it('begins with its header, padded so that the numbers are aligned', () => {
    const bytes = toSafetensors(model);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    assert.equal((8 + length) % 8, 0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    assert.deepEqual(header['layer1.weight'], { dtype: 'F32', shape: [6, 2], data_offsets: [0, 48] });
    assert.equal(bytes.length, 8 + length + 4 * model.size);
  });

  it('may hold doubles', () => {
    const bytes = fileOf({ a: { dtype: 'F64', shape: [2], data_offsets: [0, 16] } }, 16);
    new DataView(bytes.buffer).setFloat64(bytes.length - 8, 0.5, true);
    assert.deepEqual(readSafetensors(bytes), [{ name: 'a', shape: [2], values: Float32Array.of(0, 0.5) }]);
  });

  it('is hostile until checked', () => {
    const good = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
    /** @type {[object | null, RegExp][]} */
    const wrong = [
      [null, /a: expected a dtype of F32, F64, got none/],
      [{ ...good, dtype: 'I8' }, /a: expected a dtype of F32, F64, got "I8"/],
      [{ ...good, dtype: 'constructor' }, /a: expected a dtype/],
      [{ ...good, shape: [-2] }, /a: expected a shape, got \[-2\]/],
      [{ ...good, shape: 2 }, /a: expected a shape, got 2/],
      [{ ...good, shape: [3] }, /a: expected 12 bytes for F32 \[3\], got 8/],
      [{ ...good, shape: [2 ** 40], data_offsets: [0, 2 ** 42] }, /bytes in the file, got/],
      [{ ...good, data_offsets: [8, 16] }, /a: expected \d+ bytes in the file, got \d+/],
      [{ ...good, data_offsets: [0] }, /a: expected data_offsets, got \[0\]/],
    ];
    for (const [entry, message] of wrong) assert.throws(() => readSafetensors(fileOf({ a: entry }, 8)), badFile(message, 'a'));
  });
});
