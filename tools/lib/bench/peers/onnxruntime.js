/**
 * ONNX Runtime Web on two threads, with the model that the site exports; it predicts only.
 */
import { createModel } from '../../../../web/src/export/model.js';
import { toOnnx } from '../../../../web/src/export/onnx.js';
import { documentOf, taskOf } from '../task.js';

/**
 * @import { Session, Workload } from '../task.js'
 * @import { Engine } from '../../../../web/src/index.js'
 */

const threads = 2;

/**
 * @param {Engine} engine
 * @param {Workload} workload
 * @param {any} runtime its module
 * @returns {Promise<Session | null>} null for training
 */
export async function onnxSession(engine, workload, { env, InferenceSession, Tensor }) {
  if (!workload.surface && !workload.predict) return null;
  const { inputs, rows, columns } = taskOf(engine, workload);
  const run = engine.createRun(documentOf(workload));
  const model = createModel({
    experiment: run.experiment,
    catalog: engine.catalog(),
    columns,
    parameters: run.parameters(),
    scaling: run.scaling(),
  });
  run.dispose();
  env.wasm.numThreads = threads;
  const session = await InferenceSession.create(toOnnx(model), { executionProviders: ['wasm'] });
  return {
    run: async () => {
      await session.run({ input: new Tensor('float32', inputs, [rows, columns]) });
      return 1;
    },
    dispose: () => session.release(),
  };
}
