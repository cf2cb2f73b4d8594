import { createTranslator } from './text.js';
import { insideEn } from './inside-en.js';
import { insideZh } from './inside-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: insideEn, zh: insideZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "Inside the layers".
 * @param {Language} language
 * @returns {(key: keyof typeof insideEn, values?: TextValues) => string}
 */
export function insideTranslator(language) {
  return translators[language];
}
