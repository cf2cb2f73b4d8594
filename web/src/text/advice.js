import { createTranslator } from './text.js';
import { adviceEn } from './advice-en.js';
import { adviceZh } from './advice-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: adviceEn, zh: adviceZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the advice on settings that do not go together.
 * @param {Language} language
 * @returns {(key: keyof typeof adviceEn, values?: TextValues) => string}
 */
export function adviceTranslator(language) {
  return translators[language];
}
