/**
 * The performance table of both READMEs, between their markers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @import { Workload } from './task.js' */

/** @typedef {{ processor: string, node: string, chromium: string, date: string }} Machine */

/** Who stands in a row of the table, from the names of the measured columns. */
const rows = Object.freeze([
  { label: 'MLP Playground, fast', names: ['mlp fast, Chromium'] },
  { label: 'MLP Playground, reproducible', names: ['mlp reproducible, Chromium'] },
  { label: 'TensorFlow.js 4.22, wasm', names: ['tfjs wasm, Chromium'] },
  { label: 'TensorFlow.js 4.22, cpu', names: ['tfjs cpu, Chromium'] },
  { label: 'jax-js 0.1.25, wasm', names: ['jax-js, Chromium'] },
  { label: 'synaptic, brain.js, ConvNetJS', names: ['synaptic, Chromium', 'brain.js, Chromium', 'convnetjs, Chromium'], best: true },
  { label: 'PyTorch', names: ['PyTorch'] },
  { label: 'NumPy', names: ['NumPy'] },
  { label: 'MLP Playground, C++', names: ['native-release'] },
]);

const texts = Object.freeze({
  'README.md': {
    head: 'steps or passes a second',
    best: 'best of',
    /** @param {Machine} machine @param {number} rounds */
    note: ({ processor, chromium, date }, rounds) =>
      `One core of an ${processor.replace(/ Processor$/, '')}, Chromium ${chromium.split('.')[0]}, PyTorch and NumPy natively with one thread; medians of ${rounds} rounds in turn, ${date} (\`tools/bench --write\`):`,
  },
  'README.zh-CN.md': {
    head: '每秒步数或遍数',
    best: '三者最快',
    /** @param {Machine} machine @param {number} rounds */
    note: ({ processor, chromium, date }, rounds) =>
      `${processor.replace(/ Processor$/, '')} 单核，Chromium ${chromium.split('.')[0]}；PyTorch 与 NumPy 为本机单线程；轮流测 ${rounds} 轮取中位数，${date}（\`tools/bench --write\`）：`,
  },
});

/** @param {number | null | undefined} x */
function short(x) {
  if (x === null || x === undefined) return '–';
  if (x >= 1e6) return `${(x / 1e6).toFixed(2)} M`;
  if (x >= 1e3) return Math.round(x).toLocaleString('en');
  return x >= 100 ? x.toFixed(0) : x.toPrecision(2);
}

/**
 * @param {{ machine: Machine, medians: Record<string, Record<string, number | null>>, workloads: Workload[], rounds: number }} report
 */
export function writeReadmes({ machine, medians, workloads, rounds }) {
  for (const [name, text] of Object.entries(texts)) {
    const file = fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    const lines = rows
      .filter(({ names }) => names.some((column) => medians[column]))
      .map(({ label, names, best }) => {
        const values = workloads.map(({ id }) => {
          const known = names.map((column) => medians[column]?.[id]).filter((value) => typeof value === 'number');
          return short(known.length > 0 ? Math.max(...known) : null);
        });
        return `| ${best ? `${label} (${text.best})` : label} | ${values.join(' | ')} |`;
      });
    const table = [
      text.note(machine, rounds),
      '',
      `| ${text.head} | ${workloads.map(({ id }) => id).join(' | ')} |`,
      `|---|${workloads.map(() => '---:').join('|')}|`,
      ...lines,
    ].join('\n');
    const before = readFileSync(file, 'utf8');
    const after = before.replace(/(<!-- performance -->\n)[^]*?(\n<!-- \/performance -->)/, (_, open, close) => `${open}${table}${close}`);
    if (!after.includes('<!-- performance -->')) throw new Error(`${name} has no place for the performance table`);
    writeFileSync(file, after);
  }
}
