import { createTranslator } from './text.js';
import { surface3dEn } from './surface-3d-en.js';
import { surface3dZh } from './surface-3d-zh.js';

/** @import { Language, TextValues } from './text.js' */

/** @typedef {keyof typeof surface3dEn} Surface3dTextKey */
/** @typedef {(key: Surface3dTextKey, values?: TextValues) => string} Surface3dTranslate */

const tables = { en: surface3dEn, zh: surface3dZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the panel "Surface in 3-D".
 * @param {Language} language
 * @returns {Surface3dTranslate}
 */
export function surface3dTranslator(language) {
  return translators[language];
}
