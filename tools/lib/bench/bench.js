/**
 * Runs the workloads of engine/bench/workloads.json: the engine and its peers, in Node.js, in Chromium, natively and in Python, round by
 * round in turn, so that a machine that becomes slower does so for all of them. Prints the medians, and keeps all rounds in
 * build/bench/results.json; with --write it also writes the table of both READMEs.
 *   node bench.js --rounds N --milliseconds N [--write] [--python PROGRAM] NAME=NATIVE-PROGRAM...
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { contestants } from './contestants.js';
import { createEngine } from './engine.js';
import { writeReadmes } from './report.js';
import { measure, taskOf } from './task.js';
import { startServer } from '../static-server.js';
import { openBrowser } from '../../../tests/browser/support/browser.js';

/** @import { Workload } from './task.js' */

/** Rates of one round, by workload; null where a contestant cannot do one. @typedef {Record<string, number | null>} Rates */

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'build/bench');
const workloadsFile = join(root, 'engine/bench/workloads.json');
/** @type {Workload[]} */
const workloads = JSON.parse(readFileSync(workloadsFile, 'utf8'));

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    milliseconds: { type: 'string', default: '500' },
    python: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const milliseconds = Number(options.milliseconds);

mkdirSync(folder, { recursive: true });
const engine = await createEngine({ variant: 'reproducible' });
const tfjsFolder = join(here, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/');

/** Where a contestant runs and who it is → one round of it, which may be several contestants at once. @type {Map<string, () => Promise<Record<string, Rates>>>} */
const turns = new Map();
/** @type {Record<string, unknown>} */
const builds = {};

for (const [name, program] of positionals.map((argument) => argument.split('=', 2))) {
  turns.set(name, async () => {
    const { rates, ...build } = JSON.parse(execFileSync(program, [workloadsFile, String(milliseconds)], { encoding: 'utf8', maxBuffer: 1 << 26 }));
    builds[name] = build;
    return { [name]: rates };
  });
}

/**
 * @param {string} place
 * @param {string} name
 * @param {(workload: Workload) => Promise<number | null>} play
 */
function addScript(place, name, play) {
  turns.set(`${name}, ${place}`, async () => {
    /** @type {Rates} */
    const rates = {};
    for (const workload of workloads) rates[workload.id] = await play(workload);
    return { [`${name}, ${place}`]: rates };
  });
}

const inNode = contestants(engine, { wasmFolder: tfjsFolder });
for (const [name, prepare] of inNode) {
  const play = await prepare();
  addScript('Node.js', name, async (workload) => {
    const session = await play(workload);
    return session && measure(milliseconds, session);
  });
}

const { page, version, close } = await openPage();
for (const name of inNode.keys()) {
  addScript('Chromium', name, (workload) =>
    page.evaluate(([who, what, time]) => /** @type {any} */ (globalThis).play(who, what, time), /** @type {const} */ ([name, workload, milliseconds])),
  );
}

if (options.python) {
  const tasks = workloads.map((workload) => {
    const { inputs, targets, labels: _labels, ...task } = taskOf(engine, workload);
    writeFileSync(join(folder, `${workload.id}.inputs`), inputs);
    writeFileSync(join(folder, `${workload.id}.targets`), targets);
    return { id: workload.id, ...task };
  });
  const file = join(folder, 'tasks.json');
  writeFileSync(file, JSON.stringify(tasks));
  const { python } = options;
  turns.set('Python', async () => JSON.parse(execFileSync(python, [join(here, 'peers.py'), file, String(milliseconds)], { encoding: 'utf8' })));
}

/** @type {Record<string, Rates[]>} */
const results = {};
for (let round = 1; round <= rounds; ++round) {
  for (const [name, turn] of turns) {
    process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
    for (const [contestant, rates] of Object.entries(await turn())) (results[contestant] ??= []).push(rates);
  }
}
await close();

/** @param {(number | null)[]} values */
function median(values) {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return known.length === 0 ? null : known[Math.floor(known.length / 2)];
}

/** @type {Record<string, Rates>} */
const medians = {};
for (const [name, list] of Object.entries(results)) {
  medians[name] = Object.fromEntries(workloads.map(({ id }) => [id, median(list.map((rates) => rates[id] ?? null))]));
}
const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  chromium: version,
  date: new Date().toISOString().slice(0, 10),
  builds,
};

/** @param {number | null} x */
function short(x) {
  if (x === null) return '–';
  return x >= 1e6 ? `${(x / 1e6).toFixed(2)} M` : x >= 1e4 ? `${(x / 1e3).toFixed(1)} k` : x.toFixed(x < 100 ? 1 : 0);
}

const width = Math.max(...Object.keys(medians).map((name) => name.length)) + 2;
process.stdout.write(`${machine.processor}, Node.js ${machine.node}, Chromium ${version}; medians of ${rounds} rounds of ${milliseconds} ms\n\n`);
process.stdout.write(`${' '.repeat(width)}${workloads.map(({ id }) => id.padStart(9)).join('')}\n`);
for (const [name, rates] of Object.entries(medians)) {
  process.stdout.write(`${name.padEnd(width)}${workloads.map(({ id }) => short(rates[id]).padStart(9)).join('')}\n`);
}
process.stdout.write('\n');
for (const { id, title, unit } of workloads) process.stdout.write(`${id} ${title}; ${unit}\n`);
writeFileSync(join(folder, 'results.json'), `${JSON.stringify({ machine, rounds, milliseconds, medians, results }, null, 2)}\n`);
process.stdout.write('\nAll rounds: build/bench/results.json\n');
if (options.write) writeReadmes({ machine, medians, workloads, rounds, milliseconds });
process.exit(0);

/** The contestants' page, built, served and opened in Chromium. */
async function openPage() {
  const site = join(folder, 'page');
  rmSync(site, { recursive: true, force: true });
  // The site's own bundler, from where the site's packages are.
  const { build } = await import(pathToFileURL(createRequire(join(root, 'web/package.json')).resolve('vite')).href);
  await build({
    root: here,
    configFile: false,
    base: './',
    logLevel: 'error',
    publicDir: false,
    // brain.js has its own bundle for browsers: its main entry wants Node's streams.
    resolve: { alias: [{ find: /^brain\.js$/, replacement: join(here, 'node_modules/brain.js/browser.js') }] },
    build: { outDir: site, emptyOutDir: true, target: 'esnext', modulePreload: false, chunkSizeWarningLimit: 4000, rolldownOptions: { input: join(here, 'page.html') } },
  });
  cpSync(tfjsFolder, join(site, 'tfjs'), { recursive: true, filter: (source) => !/\.[^./]+$/.test(source) || source.endsWith('.wasm') });
  const server = await startServer({ folder: site });
  const { browser, visit } = await openBrowser();
  const opened = await visit(`${server.origin}/page.html`);
  await opened.page.waitForFunction(() => 'contestants' in globalThis);
  return {
    page: opened.page,
    version: browser.version(),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
