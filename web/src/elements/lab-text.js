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
  'missing.title': 'A part of this page could not be fetched',
  'missing.note': 'Is the network there? Then try again. If that does not help, load the page anew: its address keeps the experiment.',
  'missing.retry': 'Try again',
  'restarted.title': 'The engine was restarted',
  'restarted.note': 'It stopped unexpectedly. Training goes on from step {step}; nothing else was lost.',
  starting: 'Starting the engine…',
});

/** @type {Readonly<Record<keyof typeof en, import('../text/text.js').Message>>} */
const zh = Object.freeze({
  'issues.title': '实验设置中有{count}处无法使用',
  'issues.rest': '无法使用之处以默认值代替。',
  'issues.defaults': '其余部分无法单独运行，现以默认实验代替。',
  'issues.before': '实验保持原样。',
  'issues.close': '关闭',
  'failed.title': '实验室无法在此运行',
  'failed.retry': '重试',
  'error.title': '出了点问题',
  'missing.title': '有一部分页面内容没有取到',
  'missing.note': '请检查网络，然后重试。如果还是不行，请重新载入页面，网址里保存着当前的实验。',
  'missing.retry': '重试',
  'restarted.title': '计算引擎已重新启动',
  'restarted.note': '引擎意外停止，现已恢复。训练从第{step}步继续，其他内容没有丢失。',
  starting: '正在启动计算引擎……',
});

const translators = { en: createTranslator({ en, zh }, 'en'), zh: createTranslator({ en, zh }, 'zh') };

/** @param {Language} language */
export function labTranslator(language) {
  return translators[language];
}
