// The exported ONNX model in ONNX Runtime.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { toOnnx } from '../../../web/src/export/onnx.js';
import { assertClose, cases } from './support.js';

describe('the network in ONNX', () => {
  it('answers as the engine does, by the names input and output, for any number of rows', async () => {
    for (const { name, model, inputs, answers } of cases) {
      const session = await InferenceSession.create(toOnnx(model), { executionProviders: ['wasm'] });
      assert.deepEqual([session.inputNames, session.outputNames], [['input'], ['output']]);
      const rows = inputs.length / model.columns;
      const { output } = await session.run({ input: new Tensor('float32', inputs, [rows, model.columns]) });
      assert.deepEqual(output.dims, [rows, model.outputs]);
      assertClose(name, /** @type {Float32Array} */ (output.data), answers);
      const first = await session.run({ input: new Tensor('float32', inputs.slice(0, model.columns), [1, model.columns]) });
      assertClose(name, /** @type {Float32Array} */ (first.output.data), answers.subarray(0, model.outputs));
      await session.release();
    }
  });
});
