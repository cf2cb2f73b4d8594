import { createTranslator } from './text.js';
import { pointEn } from './point-en.js';
import { pointZh } from './point-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof pointEn} PointTextKey */
/** @typedef {(key: PointTextKey, values?: TextValues) => string} PointTranslate */

const tables = { en: pointEn, zh: pointZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "One point".
 * @param {Language} language
 * @returns {PointTranslate}
 */
export function pointTranslator(language) {
  return translators[language];
}
