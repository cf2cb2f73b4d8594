import { createTranslator } from './text.js';
import { confusionEn } from './confusion-en.js';
import { confusionZh } from './confusion-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof confusionEn} ConfusionTextKey */
/** @typedef {(key: ConfusionTextKey, values?: TextValues) => string} ConfusionTranslate */

const tables = { en: confusionEn, zh: confusionZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "Confusion".
 * @param {Language} language
 * @returns {ConfusionTranslate}
 */
export function confusionTranslator(language) {
  return translators[language];
}
