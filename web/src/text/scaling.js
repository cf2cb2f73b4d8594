import { createTranslator } from './text.js';
import { scalingEn } from './scaling-en.js';
import { scalingZh } from './scaling-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: scalingEn, zh: scalingZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "Why scale pixels?" of the digits lab.
 * @param {Language} language
 * @returns {(key: keyof typeof scalingEn, values?: TextValues) => string}
 */
export function scalingTranslator(language) {
  return translators[language];
}
