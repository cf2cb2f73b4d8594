import { createTranslator } from './text.js';
import { digitsEn } from './digits-en.js';
import { digitsZh } from './digits-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof digitsEn} DigitsTextKey */

const tables = { en: digitsEn, zh: digitsZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the digits lab's own text.
 * @param {Language} language
 * @returns {(key: DigitsTextKey, values?: TextValues) => string}
 */
export function digitsTranslator(language) {
  return translators[language];
}
