import { createTranslator } from './text.js';
import { planeEn } from './plane-en.js';
import { planeZh } from './plane-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof planeEn} PlaneTextKey */
/** @typedef {(key: PlaneTextKey, values?: TextValues) => string} PlaneTranslate */

const tables = { en: planeEn, zh: planeZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of what is shown on the plane on demand.
 * @param {Language} language
 * @returns {PlaneTranslate}
 */
export function planeTranslator(language) {
  return translators[language];
}
