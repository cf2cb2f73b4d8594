/**
 * The engine itself as a contestant, through its public interface.
 */
import { createEngine } from '../../../web/src/index.js';
import { documentOf, tableInputs } from './task.js';

/**
 * @import { Engine } from '../../../web/src/index.js'
 * @import { Session, Workload } from './task.js'
 */

/**
 * @param {Engine} engine
 * @param {Workload} workload
 * @returns {Session}
 */
export function engineSession(engine, workload) {
  const run = engine.createRun(documentOf(workload));
  const dispose = () => run.dispose();
  if (workload.surface) {
    const grid = { x: /** @type {[number, number]} */ ([-6, 6]), y: /** @type {[number, number]} */ ([-6, 6]), ...workload.surface };
    const out = run.surface(grid);
    return { run: () => (run.surface(grid, out), 1), dispose };
  }
  if (workload.predict) {
    const inputs = tableInputs(workload.predict.rows * (workload.table?.columns ?? 2));
    const out = run.predict(inputs);
    return { run: () => (run.predict(inputs, out), 1), dispose };
  }
  let before = 0;
  const train = () => {
    const { step } = run.train({ milliseconds: 20 });
    const made = step - before;
    before = step;
    return made;
  };
  return { run: train, dispose };
}

export { createEngine };
