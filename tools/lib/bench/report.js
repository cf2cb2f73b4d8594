/**
 * The performance section of both READMEs, between its markers: what the engine does a second, how many times as much that is as what each
 * peer does, and the pictures of how the cost grows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawGrowth } from './growth.js';

/**
 * @import { Growth } from './growth.js'
 * @import { Workload } from './task.js'
 */

/** @typedef {{ processor: string, node: string, chromium: string, date: string, versions: Readonly<Record<string, string>> }} Machine */
/** @typedef {Record<string, Record<string, number | null>>} Medians by contestant and workload */
/** @typedef {{ machine: Machine, medians: Medians, workloads: readonly Workload[], growth: Growth, rounds: number }} Report */

const fast = 'mlp fast, Chromium';
const reproducible = 'mlp reproducible, Chromium';

/** Columns of ratios: of several contestants the fastest counts. */
const peers = Object.freeze([
  { label: 'PyTorch', names: ['PyTorch'] },
  { label: 'NumPy', names: ['NumPy'] },
  { label: 'TensorFlow.js', names: ['tfjs wasm, Chromium', 'tfjs cpu, Chromium'] },
  { label: 'jax-js', names: ['jax-js, Chromium'] },
  { label: 'ONNX Runtime Web', names: ['onnxruntime, Chromium'] },
  { label: 'synaptic, brain.js, ConvNetJS', names: ['synaptic, Chromium', 'brain.js, Chromium', 'convnetjs, Chromium'] },
]);

/** @param {Machine} machine */
const processorOf = ({ processor }) =>
  processor
    .replace(/\((?:R|TM)\)/g, '')
    .replace(/ (?:Processor|CPU\b.*)$/, '')
    .trim();
/** @param {Machine} machine */
const nativeOf = ({ versions }) => Object.entries(versions).map(([name, version]) => `${name} ${version}`);

const texts = Object.freeze({
  en: {
    file: 'README.md',
    picture: 'web/pictures/growth.svg',
    head: ['workload', 'fast / s', 'reproducible / s'],
    seconds: (/** @type {string} */ s) => `${s} s`,
    alt: 'Time per sample: the same for any number of samples, in proportion to the parameters',
    /** @param {Report} report */
    note: ({ machine, rounds }) =>
      `Steps, maps or passes a second (the last line: time in all) and how many times as fast as each peer the fast engine is. One core of an ${processorOf(machine)}, Chromium ${machine.chromium.split('.')[0]}; ` +
      `${nativeOf(machine)
        .map((each) => `${each}, `)
        .join(
          '',
        )}native, one thread; ONNX Runtime Web two; medians of ${rounds} rounds in turn, ${machine.date} (\`tools/bench --write\`):`,
  },
  zh: {
    file: 'README.zh-CN.md',
    picture: 'web/pictures/growth-zh.svg',
    head: ['任务', 'fast，每秒', 'reproducible，每秒'],
    seconds: (/** @type {string} */ s) => `${s} 秒`,
    alt: '每个样本的用时：与样本数无关，与参数个数成正比',
    /** @param {Report} report */
    note: ({ machine, rounds }) =>
      `每秒的步数、图数或遍数（最后一行是总用时），以及 fast 引擎相当于各个同类软件的多少倍。${processorOf(machine)} 单核，Chromium ${machine.chromium.split('.')[0]}；` +
      `${nativeOf(machine).join('、')}${nativeOf(machine).length > 0 ? ' 为本机单线程，' : ''}ONNX Runtime Web 为双线程；轮流测 ${rounds} 轮取中位数，${machine.date}（\`tools/bench --write\`）：`,
  },
});

/** @param {number} x */
const number = (x) =>
  x >= 1e6 ? `${(x / 1e6).toFixed(2)} M` : x >= 1e3 ? Math.round(x).toLocaleString('en') : x >= 100 ? x.toFixed(0) : x.toFixed(1);
/** @param {number} x */
const ratio = (x) => (x >= 1e3 ? Math.round(x).toLocaleString('en') : x >= 10 ? x.toFixed(0) : x >= 1 ? x.toFixed(1) : x.toFixed(2));

/**
 * @param {Report} report
 * @param {keyof typeof texts} language
 * @returns {string} what stands between the markers
 */
export function performanceSection(report, language) {
  const { medians, workloads } = report;
  const text = texts[language];
  const known = peers.filter(({ names }) => names.some((name) => medians[name]));
  const lines = workloads.map(({ id, title, steps }) => {
    const own = (/** @type {string} */ name) => {
      const rate = medians[name]?.[id];
      if (typeof rate !== 'number') return '–';
      return steps === undefined ? number(rate) : text.seconds((steps / rate).toFixed(steps / rate < 10 ? 2 : 1));
    };
    const times = known.map(({ names }) => {
      const rates = names.map((name) => medians[name]?.[id]).filter((rate) => typeof rate === 'number');
      return rates.length > 0 ? ratio((medians[fast]?.[id] ?? 0) / Math.max(...rates)) : '–';
    });
    return `| ${[steps === undefined ? `${id}: ${title[language]}` : title[language], own(fast), own(reproducible), ...times].join(' | ')} |`;
  });
  return [
    text.note(report),
    '',
    `| ${[...text.head, ...known.map(({ label }) => `× ${label}`)].join(' | ')} |`,
    `|---|---:|---:|${known.map(() => '---:').join('|')}|`,
    ...lines,
    '',
    `![${text.alt}](${text.picture})`,
  ].join('\n');
}

/** @param {Report} report */
export function writeReadmes(report) {
  const { machine, growth } = report;
  for (const language of /** @type {const} */ (['en', 'zh'])) {
    const { file, picture } = texts[language];
    const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    const before = readFileSync(path(file), 'utf8');
    const after = before.replace(
      /(<!-- performance -->\n)[^]*?(\n<!-- \/performance -->)/,
      (_, open, close) => `${open}${performanceSection(report, language)}${close}`,
    );
    if (!after.includes('<!-- performance -->')) throw new Error(`${file} has no place for the performance table`);
    writeFileSync(path(file), after);
    writeFileSync(
      path(picture),
      drawGrowth(growth, `${processorOf(machine)}, Node.js ${machine.node.replace(/^v/, '')}, ${machine.date}`, language),
    );
  }
}
