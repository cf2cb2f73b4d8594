import { createTranslator } from './text.js';
import { keysEn } from './keys-en.js';
import { keysZh } from './keys-zh.js';

/** @import { Language } from './text.js' */

const tables = { en: keysEn, zh: keysZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/** @typedef {keyof typeof keysEn} KeysText */

/**
 * The translator of the list of keys.
 * @param {Language} language
 * @returns {(key: KeysText) => string}
 */
export function keysTranslator(language) {
  return translators[language];
}
