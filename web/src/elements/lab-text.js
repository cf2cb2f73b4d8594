/** What every lab says of itself, beside its own text. */
import { createTranslator } from '../text/text.js';

/** @import { Language } from '../text/text.js' */

const en = Object.freeze({
  'issues.title': { one: 'One thing in this experiment could not be used', other: '{count} things in this experiment could not be used' },
  'issues.note': 'Everything else was taken over; the default stands where something was wrong.',
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
  'issues.note': '其余设置均已生效；有误之处采用默认值。',
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
    'identifiers separated by commas': '用逗号分隔的标识符',
    'an object': '对象',
    'an array': '数组',
    'an array of numbers': '数字数组',
    'a list': '列表',
    'other characters or a cut string': '其他字符，或内容不完整',
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
  [/^expected once, got it twice; the first one counts$/, () => '重复出现，以第一次为准'],
  [/^expected name=value, got a name alone$/, () => '应为“名称=值”，实际只有名称'],
  [/^"(.+)" is listed twice$/, (name) => `“${name}”重复出现`],
  [/^expected one of (.+), got (.+)$/, (known, got) => `应为以下之一：${known}；实际为 ${phrase(got)}`],
  [
    /^expected (?:a whole number from )?(\S+) to (\S+), got (.+)$/,
    (low, high, got) => `应在 ${low} 到 ${high} 之间，实际为 ${phrase(got)}`,
  ],
  [/^expected (.+), got (.+)$/, (expected, got) => `应为${phrase(expected)}，实际为 ${phrase(got)}`],
  [/^expected (.+)$/, (expected) => `应为${phrase(expected)}`],
];

/**
 * What is wrong with a setting, in the reader's language.
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
