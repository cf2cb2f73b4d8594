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
  'starting': 'Starting the engine…',
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
  'starting': '正在启动计算引擎……',
});

const translators = { en: createTranslator({ en, zh }, 'en'), zh: createTranslator({ en, zh }, 'zh') };

/** @param {Language} language */
export function labTranslator(language) {
  return translators[language];
}
