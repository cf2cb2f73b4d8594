import { createTranslator } from './text.js';
import { spaceEn } from './space-en.js';
import { spaceZh } from './space-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: spaceEn, zh: spaceZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/** @typedef {(key: keyof typeof spaceEn, values?: TextValues) => string} SpaceTranslate */

/**
 * The translator of the panel "Hidden space".
 * @param {Language} language
 * @returns {SpaceTranslate}
 */
export function spaceTranslator(language) {
  return translators[language];
}
