import { createTranslator } from './text.js';
import { savePictureEn } from './save-picture-en.js';
import { savePictureZh } from './save-picture-zh.js';

/** @import { Language } from './text.js' */

const tables = { en: savePictureEn, zh: savePictureZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of the buttons that save a view as a picture.
 * @param {Language} language
 */
export function savePictureTranslator(language) {
  return translators[language];
}
