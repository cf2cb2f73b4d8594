/**
 * Who takes part in JavaScript, by name: a function that makes the contestant ready, and gives its session for a workload or null where
 * it cannot do it.
 */
import { createEngine, engineSession } from './engine.js';
import { taskOf } from './task.js';

/**
 * @import { Session, Workload } from './task.js'
 * @import { Engine } from '../../../web/src/index.js'
 */

/** @typedef {(workload: Workload) => Session | null | Promise<Session | null>} Play */

/**
 * @param {Engine} engine gives the peers their rows
 * @param {{ wasmFolder: string, onnxRuntime: string }} places where the binaries of TensorFlow.js and the module of ONNX Runtime lie
 * @returns {Map<string, () => Promise<Play>>}
 */
export function contestants(engine, { wasmFolder, onnxRuntime }) {
  /** @param {(task: import('./task.js').Task) => Session | null | Promise<Session | null>} session */
  const peer = (session) => (/** @type {Workload} */ workload) => session(taskOf(engine, workload));
  return new Map([
    ['mlp reproducible', async () => (workload) => engineSession(engine, workload)],
    [
      'mlp fast',
      async () => {
        const fast = await createEngine({ variant: 'fast' });
        return (workload) => engineSession(fast, workload);
      },
    ],
    [
      'tfjs wasm',
      async () => {
        const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
        setWasmPaths(wasmFolder);
        setThreadsCount(1);
        const { tfjsSession, useBackend } = await import('./peers/tfjs.js');
        return async (workload) => {
          await useBackend('wasm');
          return tfjsSession(taskOf(engine, workload));
        };
      },
    ],
    [
      'tfjs cpu',
      async () => {
        const { tfjsSession, useBackend } = await import('./peers/tfjs.js');
        return async (workload) => {
          await useBackend('cpu');
          return tfjsSession(taskOf(engine, workload));
        };
      },
    ],
    ['jax-js', async () => peer((await import('./peers/jax-js.js')).jaxSession)],
    [
      'onnxruntime',
      async () => {
        const { onnxSession } = await import('./peers/onnxruntime.js');
        // Not bundled: its threads load the module again, by its address.
        const runtime = await import(/* @vite-ignore */ onnxRuntime);
        return (workload) => onnxSession(engine, workload, runtime);
      },
    ],
    ['synaptic', async () => peer((await import('./peers/synaptic.js')).synapticSession)],
    ['brain.js', async () => peer((await import('./peers/brain.js')).brainSession)],
    ['convnetjs', async () => peer((await import('./peers/convnetjs.js')).convnetSession)],
  ]);
}
