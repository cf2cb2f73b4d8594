import { createTranslator } from './text.js';
import { digitDataEn } from './digit-data-en.js';
import { digitDataZh } from './digit-data-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof digitDataEn} DigitDataTextKey */

const tables = { en: digitDataEn, zh: digitDataZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of what the digits lab says about its data.
 * @param {Language} language
 * @returns {(key: DigitDataTextKey, values?: TextValues) => string}
 */
export function digitDataTranslator(language) {
  return translators[language];
}
