import { createTranslator } from './text.js';
import { digitInsideEn } from './digit-inside-en.js';
import { digitInsideZh } from './digit-inside-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: digitInsideEn, zh: digitInsideZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "Inside the network" of the digits lab.
 * @param {Language} language
 * @returns {(key: keyof typeof digitInsideEn, values?: TextValues) => string}
 */
export function digitInsideTranslator(language) {
  return translators[language];
}
