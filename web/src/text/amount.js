import { createTranslator } from './text.js';
import { amountEn } from './amount-en.js';
import { amountZh } from './amount-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof amountEn} AmountTextKey */
/** @typedef {(key: AmountTextKey, values?: TextValues) => string} AmountTranslate */

const tables = { en: amountEn, zh: amountZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "How much data?".
 * @param {Language} language
 * @returns {AmountTranslate}
 */
export function amountTranslator(language) {
  return translators[language];
}
