/** What every lab says of itself, beside its own text. */
import { createTranslator } from '../text/text.js';

/** @import { Language } from '../text/text.js' */

const en = Object.freeze({
  'issues.title': { one: 'One thing in this experiment could not be used', other: '{count} things in this experiment could not be used' },
  'issues.rest': 'The default stands in for what could not be used.',
  'issues.defaults': 'What is left of it cannot be run: the default experiment stands here instead.',
  'issues.before': 'The experiment stays as it was.',
  'issues.close': 'Close',
  'failed.title': 'The laboratory cannot run here',
  'failed.retry': 'Try again',
  'error.title': 'Something went wrong',
  'restarted.title': 'The engine was restarted',
  'restarted.note': 'It stopped unexpectedly. Training goes on from step {step}; nothing else was lost.',
  starting: 'Starting the engine…',
});

/** @type {Readonly<Record<keyof typeof en, import('../text/text.js').Message>>} */
const zh = Object.freeze({
  'issues.title': '实验设置中有 {count} 处无法使用',
  'issues.rest': '无法使用之处以默认值代替。',
  'issues.defaults': '其余部分无法单独运行，现以默认实验代替。',
  'issues.before': '实验保持原样。',
  'issues.close': '关闭',
  'failed.title': '实验室无法在此运行',
  'failed.retry': '重试',
  'error.title': '出了点问题',
  'restarted.title': '计算引擎已重新启动',
  'restarted.note': '引擎意外停止，现已恢复。训练从第 {step} 步继续，其他内容没有丢失。',
  starting: '正在启动计算引擎……',
});

const translators = { en: createTranslator({ en, zh }, 'en'), zh: createTranslator({ en, zh }, 'zh') };

/** @param {Language} language */
export function labTranslator(language) {
  return translators[language];
}

/** What the engine and the links expect and find, in Chinese; what is not here (identifiers, numbers, quoted input) stays as it is. */
const phrases = Object.freeze(
  /** @type {Record<string, string>} */ ({
    'a number': '数字',
    'a whole number': '整数',
    'a finite number': '有限的数',
    'true or false': 'true 或 false',
    'an identifier': '标识符',
    "a document, JSON or a link's string": '文档、JSON 或链接字符串',
    'identifiers separated by commas': '用逗号分隔的标识符',
    'an object': '对象',
    'an array': '数组',
    'an array of numbers': '数字数组',
    'a list': '列表',
    'other characters or a cut string': '其他字符，或内容不完整',
    images: '图像',
    nothing: '空',
    none: '没有',
  }),
);

/** @param {string} words */
const phrase = (words) => (Object.hasOwn(phrases, words) ? phrases[words] : words);

/** @type {readonly [RegExp, (...groups: string[]) => string][]} */
const sentences = [
  [/^unknown; no experiment has such a setting$/, () => '实验中没有这项设置'],
  [/^unknown; expected (.+)$/, (known) => `没有这项设置；可用的有 ${known}`],
  [/^expected v=(\d+) in the link, got none; .*$/, (version) => `链接中缺少 v=${version}，按版本 ${version} 读取`],
  [
    /^expected (\d+), got (.+): the link was made by another version.*$/,
    (expected, got) => `链接来自另一个版本（${got}），此处只能读取版本 ${expected}`,
  ],
  [
    /^expected (\d+), got (.+); this document is from another version$/,
    (expected, got) => `文档来自另一个版本（${got}），此处只能读取版本 ${expected}`,
  ],
  [/^expected JSON or a link's string \((.+)\)$/, (reason) => `应为 JSON 或链接字符串（${reason}）`],
  [/^leaves none of the (\d+) rows? for training$/, (rows) => `共 ${rows} 行数据，没有一行留给训练`],
  [/^"(.+)" is for classes, but the data's targets are numbers$/, (loss) => `“${loss}”只适用于分类，而这些数据的目标是数值`],
  [/^"mnist" is a recipe: .+$/, () => '“mnist”需要图像文件，请在手写数字页面使用'],
  [/^expected (\d+), which data and loss ask for, got (.+)$/, (expected, got) => `数据和损失函数要求 ${expected}，实际为 ${got}`],
  [
    /^expected a list of (\d+) to (\d+) layers, the output layer last, got (.+)$/,
    (low, high, got) => `应为 ${low} 到 ${high} 层的列表，输出层在最后；实际为 ${phrase(got)}`,
  ],
  [/^expected a list of at least one of (.+), got (.+)$/, (known, got) => `应至少列出以下之一：${known}；实际为 ${phrase(got)}`],
  [
    /^"(.+)" does not fit the plane: expected data with 2 inputs, got (.+)$/,
    (id, got) => `“${id}”不适合平面：应为有 2 个输入的数据，实际为 ${phrase(got)}`,
  ],
  [/^expected once, got it twice; the first one counts$/, () => '重复出现，以第一次为准'],
  [/^expected name=value, got a name alone$/, () => '应为“名称=值”，实际只有名称'],
  [/^"(.+)" is listed twice$/, (name) => `“${name}”重复出现`],
  [/^expected one of (.+), got (.+)$/, (known, got) => `应为以下之一：${known}；实际为 ${phrase(got)}`],
  [
    /^expected (?:a whole number from )?(\S+) to (\S+), got (.+)$/,
    (low, high, got) => `应在 ${low} 到 ${high} 之间，实际为 ${phrase(got)}`,
  ],
  [
    /^This browser cannot run the engine: it has no WebAssembly SIMD\./,
    () =>
      '此浏览器无法运行计算引擎：它不支持 WebAssembly SIMD。Chrome 和 Edge 自版本 91 起支持，Firefox 自 89 起支持，Safari 自 16.4 起支持。',
  ],
  [
    /^This page's content-security policy forbids the engine's worker: (.+)$/,
    () => '本页的内容安全策略不允许启动计算引擎的 worker：worker-src 中需要有 blob:。',
  ],
  [
    /^The engine's worker could not be started\. A content-security policy .+$/,
    () => '无法启动计算引擎的 worker，可能是本页的内容安全策略不允许：worker-src 中需要有 blob:。',
  ],
  [/^The engine's file could not be loaded(?:: | \()(.+?)\)?\.$/, (reason) => `无法加载计算引擎的文件（${reason}）。`],
  [/^There is not enough memory for the engine; .+$/, () => '内存不足，无法启动计算引擎；请关闭其他页面后重试。'],
  [
    /^this answer would need (\d+) MiB; the limit is (\d+) MiB\./,
    (needed, limit) => `这个结果需要 ${needed} MiB 内存，上限是 ${limit} MiB；请减少行数。`,
  ],
  [
    /^this run would need (\d+) MiB; the limit is (\d+) MiB\./,
    (needed, limit) => `这次训练需要 ${needed} MiB 内存，上限是 ${limit} MiB；请减少样本或神经元。`,
  ],
  [/^The engine stopped unexpectedly \((.+)\)\.$/, (reason) => `计算引擎意外停止（${reason}）。`],
  [/^expected shape (.+), got no such tensor$/, (shape) => `应为形状 ${shape}，实际没有这个张量`],
  [/^expected shape (.+), got (.+)$/, (shape, got) => `应为形状 ${shape}，实际为 ${got}`],
  [/^expected (.+), got (.+)$/, (expected, got) => `应为${phrase(expected)}，实际为 ${phrase(got)}`],
  [/^expected (.+)$/, (expected) => `应为${phrase(expected)}`],
];

/**
 * What is wrong with a setting, or what failed, in the reader's language.
 * @param {Language} language
 * @param {string} message
 */
export function issueIn(language, message) {
  if (language === 'en') return message;
  for (const [pattern, write] of sentences) {
    const match = pattern.exec(message);
    if (match) return write(...match.slice(1));
  }
  return message;
}
