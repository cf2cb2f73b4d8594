import { createTranslator } from './text.js';
import { landscapeEn } from './landscape-en.js';
import { landscapeZh } from './landscape-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: landscapeEn, zh: landscapeZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/** @typedef {(key: keyof typeof landscapeEn, values?: TextValues) => string} LandscapeTranslate */

/**
 * The translator of the panel "Loss landscape".
 * @param {Language} language
 * @returns {LandscapeTranslate}
 */
export function landscapeTranslator(language) {
  return translators[language];
}
