/**
 * Runs the workloads of engine/bench/workloads.json natively and as WebAssembly under Node.js, round by round in turn, so that a machine
 * that becomes slower does so for all of them, and prints the medians.
 *   node bench.js ROUNDS MILLISECONDS NAME=NATIVE-PROGRAM...
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../../web/src/index.js';

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title
 * @property {string} unit
 * @property {Record<string, unknown>} document
 * @property {{ rows: number, columns: number, classes?: number, outputs?: number }} [table] stands in for a data set that is not in the repository
 * @property {{ columns: number, rows: number }} [surface]
 * @property {{ rows: number }} [predict]
 */

const workloadsFile = fileURLToPath(new URL('../../engine/bench/workloads.json', import.meta.url));
/** @type {Workload[]} */
const workloads = JSON.parse(readFileSync(workloadsFile, 'utf8'));

/**
 * The rows that engine/bench/workloads_bench.cpp makes too.
 * @param {number} count
 */
function tableInputs(count) {
  const inputs = new Float32Array(count);
  let state = 1;
  for (let i = 0; i < count; ++i) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    inputs[i] = (state >>> 8) / 16777216;
  }
  return inputs;
}

/** @param {NonNullable<Workload['table']>} table */
function tableData({ rows, columns, classes, outputs }) {
  const data = { id: 'table', columns, inputs: tableInputs(rows * columns) };
  if (classes !== undefined) return { ...data, labels: Uint8Array.from({ length: rows }, (_, row) => row % classes), classes };
  return { ...data, targets: tableInputs(rows * (outputs ?? 1)), outputs };
}

/**
 * How often per second `work`, which returns how much it did, did it.
 * @param {number} milliseconds
 * @param {() => number} work
 */
function rate(milliseconds, work) {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    done += work();
    elapsed = performance.now() - start;
  }
  return (done / elapsed) * 1000;
}

/**
 * @param {Awaited<ReturnType<typeof createEngine>>} engine
 * @param {Workload} workload
 * @param {number} milliseconds
 */
function measure(engine, workload, milliseconds) {
  const run = engine.createRun(workload.table ? { ...workload.document, data: tableData(workload.table) } : workload.document);
  try {
    let work;
    if (workload.surface) {
      /** @type {{ x: [number, number], y: [number, number], columns: number, rows: number }} */
      const grid = { x: [-6, 6], y: [-6, 6], ...workload.surface };
      const out = run.surface(grid);
      work = () => (run.surface(grid, out), 1);
    } else if (workload.predict) {
      const inputs = tableInputs(workload.predict.rows * (workload.table?.columns ?? 2));
      const out = run.predict(inputs);
      work = () => (run.predict(inputs, out), 1);
    } else {
      let before = run.progress.step;
      work = () => {
        const { step } = run.train({ milliseconds: 20 });
        const made = step - before;
        before = step;
        return made;
      };
    }
    rate(milliseconds / 4, work);
    return rate(milliseconds, work);
  } finally {
    run.dispose();
  }
}

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** @param {number} x */
const short = (x) => (x >= 1e6 ? `${(x / 1e6).toFixed(2)} M` : x >= 1e4 ? `${(x / 1e3).toFixed(1)} k` : x.toFixed(x < 100 ? 1 : 0));

const [rounds, milliseconds] = process.argv.slice(2, 4).map(Number);
const programs = process.argv.slice(4).map((argument) => argument.split('=', 2));

/** @type {Map<string, () => Record<string, number>>} name of a column → one round of it */
const contestants = new Map();
/** @type {Record<string, unknown>} */
const builds = {};
for (const [name, program] of programs) {
  contestants.set(name, () => {
    const { rates, ...build } = JSON.parse(execFileSync(program, [workloadsFile, String(milliseconds)], { encoding: 'utf8', maxBuffer: 1 << 26 }));
    builds[name] = build;
    return rates;
  });
}
for (const variant of /** @type {const} */ (['reproducible', 'fast'])) {
  const engine = await createEngine({ variant });
  contestants.set(`wasm-${variant}`, () => Object.fromEntries(workloads.map((workload) => [workload.id, measure(engine, workload, milliseconds)])));
}

/** @type {Map<string, Record<string, number>[]>} */
const results = new Map([...contestants.keys()].map((name) => [name, []]));
for (let round = 1; round <= rounds; ++round) {
  for (const [name, play] of contestants) {
    process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
    results.get(name)?.push(play());
  }
}

const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memory: totalmem(), node: process.version, builds };
/** @type {Record<string, Record<string, number>>} */
const medians = {};
for (const [name, list] of results) {
  medians[name] = Object.fromEntries(workloads.map(({ id }) => [id, median(list.map((rates) => rates[id]))]));
}

const names = [...contestants.keys()];
process.stdout.write(`${machine.processor}, Node.js ${machine.node}; medians of ${rounds} rounds of ${milliseconds} ms\n\n`);
process.stdout.write(`${' '.repeat(13)}${names.map((name) => name.padStart(18)).join('')}\n`);
for (const { id, unit, title } of workloads) {
  process.stdout.write(`${id} ${unit.padEnd(10)}${names.map((name) => short(medians[name][id]).padStart(18)).join('')}   ${title}\n`);
}
const folder = fileURLToPath(new URL('../../build/bench/', import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}results.json`, `${JSON.stringify({ machine, rounds, milliseconds, medians, results: Object.fromEntries(results) }, null, 2)}\n`);
process.stdout.write('\nAll rounds: build/bench/results.json\n');
