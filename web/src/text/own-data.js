import { createTranslator } from './text.js';
import { ownDataEn } from './own-data-en.js';
import { ownDataZh } from './own-data-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof ownDataEn} OwnDataTextKey */
/** @typedef {(key: OwnDataTextKey, values?: TextValues) => string} OwnDataTranslate */

const tables = { en: ownDataEn, zh: ownDataZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of what is said about the reader's own data: they are fetched with their editor.
 * @param {Language} language
 * @returns {OwnDataTranslate}
 */
export function ownDataTranslator(language) {
  return translators[language];
}
