import { createTranslator } from './text.js';
import { spokenEn } from './spoken-en.js';
import { spokenZh } from './spoken-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: spokenEn, zh: spokenZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of what is said of the drawings.
 * @param {Language} language
 * @returns {(key: keyof typeof spokenEn, values?: TextValues) => string}
 */
export function spokenTranslator(language) {
  return translators[language];
}
