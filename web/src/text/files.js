import { createTranslator } from './text.js';
import { filesEn } from './files-en.js';
import { filesZh } from './files-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: filesEn, zh: filesZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of what is said when files and links were made or opened.
 * @param {Language} language
 * @returns {(key: keyof typeof filesEn, values?: TextValues) => string}
 */
export function filesTranslator(language) {
  return translators[language];
}
