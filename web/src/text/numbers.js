import { createTranslator } from './text.js';
import { numbersEn } from './numbers-en.js';
import { numbersZh } from './numbers-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: numbersEn, zh: numbersZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/** @typedef {(key: keyof typeof numbersEn, values?: TextValues) => string} NumbersTranslate */

/**
 * The translator of the panel "Numbers".
 * @param {Language} language
 * @returns {NumbersTranslate}
 */
export function numbersTranslator(language) {
  return translators[language];
}
