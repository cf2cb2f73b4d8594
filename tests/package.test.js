// The packed package in a project of somebody else's: Node.js runs it, TypeScript knows its types, nothing is missing in the tarball.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { createEngine } from 'mlp-playground';
import { createProject, execute, training, web } from './support/consumer.js';

const program = `
import { createEngine, EngineError } from 'mlp-playground';
import { train } from './train.js';
const engine = await createEngine({ variant: 'reproducible' });
let code = '';
try {
  engine.createRun({ data: { id: 'nonsense' } });
} catch (error) {
  if (error instanceof EngineError) code = error.code;
}
console.log(JSON.stringify({ ...train(engine), code }));
`;

const typed = `
import { createEngine, EngineError, type Engine, type Experiment, type Progress } from 'mlp-playground';
const experiment: Experiment = { data: { id: 'xor' }, training: { optimizer: { id: 'adam', learningRate: 0.01 } } };
const engine: Engine = await createEngine({ variant: 'fast' });
const run = engine.createRun(experiment);
const progress: Progress = run.train({ steps: 10 });
export const numbers: [number, Float32Array] = [progress.loss, run.predict([1, 2])];
export const isOurs = (error: unknown): boolean => error instanceof EngineError && error.code === 'bad-file';
// @ts-expect-error there is no such variant
await createEngine({ variant: 'slow' });
// @ts-expect-error a budget is an object
run.train(10);
`;

const compilerOptions = { target: 'es2022', module: 'nodenext', strict: true, noEmit: true, types: [], lib: ['es2022', 'dom'] };

/** @type {Awaited<ReturnType<typeof createProject>>} */
let project;
before(async () => {
  project = await createProject({
    'main.js': program,
    'train.js': training,
    'typed.ts': typed,
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['typed.ts'] }),
  });
});
after(() => project.remove());

describe('the packed package', () => {
  it('runs in Node.js, to the same parameters as here', async () => {
    const { stdout, stderr } = await execute('node', ['main.js'], { cwd: project.folder });
    assert.equal(stderr, '');
    const { accuracy, parameters, code, sets } = JSON.parse(stdout);
    assert.equal(accuracy, 1);
    assert.equal(code, 'invalid-document');
    assert.ok(sets > 5);
    const { train } = await import(join(project.folder, 'train.js'));
    assert.deepEqual(parameters, train(await createEngine({ variant: 'reproducible' })).parameters);
  });

  it('has types that a strict TypeScript project can use', async () => {
    const compiler = join(web, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await execute('node', [compiler, '-p', '.'], { cwd: project.folder }).catch(
      (/** @type {{ stdout: string }} */ failed) => failed,
    );
    assert.equal(stdout, '');
  });
});
