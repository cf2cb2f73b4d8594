/**
 * How the cost of training grows: time per sample against the number of samples, and against the number of parameters. Measured in
 * Node.js with the fast engine, in processor time, and drawn as the pictures of both READMEs.
 */
import { engineSession } from './engine.js';

/**
 * @import { Workload } from './task.js'
 * @import { Engine } from '../../../web/src/index.js'
 */

/** @typedef {{ x: number, nanoseconds: number }} Point time per sample of one step */
/** @typedef {{ samples: Point[], parameters: Point[] }} Growth */

/** @type {readonly number[]} */
const sampleCounts = Object.freeze([100, 300, 1000, 3000, 10_000, 30_000, 60_000]);

/** Hidden layers of a network with 784 inputs and 10 outputs: 8 thousand to 2.2 million parameters. @type {readonly number[][]} */
const hiddenLayers = Object.freeze([
  [10],
  [20],
  [50],
  [100],
  [200],
  [400],
  [512, 512],
  [512, 512, 512, 512],
  [512, 512, 512, 512, 512, 512, 512],
]);

/** @param {number} samples */
const bySamples = (samples) => ({
  x: samples,
  batchSize: 10,
  document: {
    data: { id: 'circle', samples },
    network: { layers: [{ units: 4, activation: 'tanh' }, { units: 2, activation: 'tanh' }, { activation: 'identity' }] },
    training: { batchSize: 10 },
  },
});

/** @param {readonly number[]} hidden */
function byParameters(hidden) {
  const [inputs, outputs, rows, batchSize] = [784, 10, 640, 64];
  const sizes = [inputs, ...hidden, outputs];
  return {
    x: sizes.slice(1).reduce((sum, units, l) => sum + units * (sizes[l] + 1), 0),
    batchSize,
    table: { rows, columns: inputs, classes: outputs },
    document: {
      network: { layers: [...hidden.map((units) => ({ units, activation: 'relu' })), { activation: 'identity' }] },
      training: { loss: 'cross-entropy', optimizer: { id: 'sgd', learningRate: 0.001 }, batchSize },
    },
  };
}

/**
 * Steps per second of processor time, after a warm-up of a quarter of it.
 * @param {number} milliseconds
 * @param {import('./task.js').Session} session
 */
async function processorRate(milliseconds, session) {
  let rate = 0;
  for (const duration of [milliseconds / 4, milliseconds]) {
    const start = process.cpuUsage();
    let done = 0;
    let spent = 0;
    while (spent < duration) {
      done += await session.run();
      const { user, system } = process.cpuUsage(start);
      spent = (user + system) / 1000;
    }
    rate = (done / spent) * 1000;
  }
  return rate;
}

/**
 * The shortest time of several rounds in turn.
 * @param {Engine} engine
 * @param {number} rounds
 * @param {number} milliseconds
 * @returns {Promise<Growth>}
 */
export async function measureGrowth(engine, rounds, milliseconds) {
  /** @param {(ReturnType<typeof bySamples> | ReturnType<typeof byParameters>)[]} workloads */
  const series = async (workloads) => {
    const points = workloads.map(({ x }) => ({ x, nanoseconds: Infinity }));
    for (let round = 0; round < rounds; ++round) {
      for (const [i, { x, batchSize, ...rest }] of workloads.entries()) {
        const session = engineSession(
          engine,
          /** @type {Workload} */ ({ id: String(x), unit: 'steps/s', title: { en: '', zh: '' }, ...rest }),
        );
        points[i].nanoseconds = Math.min(points[i].nanoseconds, 1e9 / (await processorRate(milliseconds, session)) / batchSize);
        session.dispose();
      }
    }
    return points;
  };
  return { samples: await series(sampleCounts.map(bySamples)), parameters: await series(hiddenLayers.map(byParameters)) };
}

const texts = Object.freeze({
  en: {
    samples: { title: 'More samples: the same time for each', x: 'training and test samples (2-4-2-1, batch 10)' },
    parameters: { title: 'More parameters: time in proportion', x: 'parameters (784-…-10, batch 64)' },
    y: 'time per sample and step',
  },
  zh: {
    samples: { title: '样本更多：每个样本用时不变', x: '训练与测试样本数（2-4-2-1，批 10）' },
    parameters: { title: '参数更多：用时成比例', x: '参数个数（784-…-10，批 64）' },
    y: '每步每个样本的用时',
  },
});

const size = Object.freeze({ width: 920, height: 340, left: 64, right: 16, top: 44, bottom: 52, gap: 72 });
const ink = Object.freeze({ text: '#1f2328', faint: '#57606a', grid: '#d8dee4', line: '#0969da', guide: '#bc4c00', ground: '#ffffff' });

/** @param {number} ns */
const duration = (ns) => (ns >= 1e6 ? `${ns / 1e6} ms` : ns >= 1e3 ? `${ns / 1e3} µs` : `${ns} ns`);
/** @param {number} n */
const amount = (n) => (n >= 1e6 ? `${n / 1e6} M` : n >= 1e3 ? `${n / 1e3} k` : String(n));
/** Powers of ten around the values, two at least. @param {number[]} values */
function decades(values) {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 2, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

/**
 * @param {Growth} growth
 * @param {string} caption machine and date
 * @param {keyof typeof texts} language
 * @returns {string} an SVG
 */
export function drawGrowth(growth, caption, language) {
  const words = texts[language];
  const plotWidth = (size.width - size.left - size.right - size.gap) / 2;
  const plotHeight = size.height - size.top - size.bottom;
  const n = (/** @type {number} */ value) => value.toFixed(1).replace(/\.0$/, '');
  const text = (
    /** @type {string} */ content,
    /** @type {number} */ x,
    /** @type {number} */ y,
    { anchor = 'middle', fill = ink.text, weight = 400, font = 12 } = {},
  ) => `<text x="${n(x)}" y="${n(y)}" text-anchor="${anchor}" fill="${fill}" font-size="${font}" font-weight="${weight}">${content}</text>`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="system-ui, 'Noto Sans SC', sans-serif" role="img">`,
    `<title>${words.samples.title}; ${words.parameters.title}. ${caption}</title>`,
    `<rect width="${size.width}" height="${size.height}" fill="${ink.ground}"/>`,
  ];
  for (const [i, name] of /** @type {const} */ (['samples', 'parameters']).entries()) {
    const points = growth[name];
    const left = size.left + i * (plotWidth + size.gap);
    const bottom = size.top + plotHeight;
    const xs = decades(points.map(({ x }) => x));
    const ys = decades(points.map(({ nanoseconds }) => nanoseconds));
    const scale = (/** @type {number[]} */ ticks) => (/** @type {number} */ value) =>
      Math.log(value / ticks[0]) / Math.log(ticks[ticks.length - 1] / ticks[0]);
    const [alongX, alongY] = [scale(xs), scale(ys)];
    const px = (/** @type {number} */ value) => left + plotWidth * alongX(value);
    const py = (/** @type {number} */ value) => bottom - plotHeight * alongY(value);
    for (const tick of xs) {
      parts.push(
        `<path d="M${n(px(tick))} ${size.top}V${bottom}" stroke="${ink.grid}"/>`,
        text(amount(tick), px(tick), bottom + 17, { fill: ink.faint }),
      );
    }
    for (const tick of ys) {
      parts.push(
        `<path d="M${n(left)} ${n(py(tick))}H${n(left + plotWidth)}" stroke="${ink.grid}"/>`,
        text(duration(tick), left - 7, py(tick) + 4, { anchor: 'end', fill: ink.faint }),
      );
    }
    const last = points[points.length - 1];
    // Proportional to the parameters, through the largest network.
    const guide = (/** @type {number} */ x) => (name === 'samples' ? last.nanoseconds : (last.nanoseconds * x) / last.x);
    const from = name === 'samples' ? points[0].x : Math.max(points[0].x, (last.x * ys[0]) / last.nanoseconds);
    parts.push(
      `<path d="M${n(px(from))} ${n(py(guide(from)))}L${n(px(last.x))} ${n(py(last.nanoseconds))}" stroke="${ink.guide}" stroke-dasharray="5 4" fill="none"/>`,
    );
    parts.push(
      `<polyline points="${points.map(({ x, nanoseconds }) => `${n(px(x))},${n(py(nanoseconds))}`).join(' ')}" stroke="${ink.line}" stroke-width="2" fill="none"/>`,
    );
    for (const { x, nanoseconds } of points) parts.push(`<circle cx="${n(px(x))}" cy="${n(py(nanoseconds))}" r="3.5" fill="${ink.line}"/>`);
    parts.push(
      text(words[name].title, left + plotWidth / 2, 18, { weight: 600, font: 14 }),
      text(words[name].x, left + plotWidth / 2, bottom + 34),
    );
    parts.push(text(words.y, left - 48, size.top - 10, { anchor: 'start', fill: ink.faint }));
  }
  parts.push(text(caption, size.width - size.right, size.height - 4, { anchor: 'end', fill: ink.faint, font: 10 }), '</svg>');
  return `${parts.join('\n')}\n`;
}
