import { createTranslator } from './text.js';
import { ownDigitsEn } from './own-digits-en.js';
import { ownDigitsZh } from './own-digits-zh.js';

/** @import { Language, TextValues } from './text.js' */

const tables = { en: ownDigitsEn, zh: ownDigitsZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "Own digits".
 * @param {Language} language
 * @returns {(key: keyof typeof ownDigitsEn, values?: TextValues) => string}
 */
export function ownDigitsTranslator(language) {
  return translators[language];
}
