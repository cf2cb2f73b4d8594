import { createTranslator } from './text.js';
import { phasesEn } from './phases-en.js';
import { phasesZh } from './phases-zh.js';

/** @import { Language, Message, TextValues } from './text.js' */

/** @typedef {keyof typeof phasesEn} PhasesTextKey */
/** @typedef {(key: PhasesTextKey, values?: TextValues) => string} PhasesTranslate */

/** @type {Readonly<Record<Language, Readonly<Record<PhasesTextKey, Message>>>>} */
const tables = { en: phasesEn, zh: phasesZh };

const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/**
 * The translator of a training step's phases.
 * @param {Language} language
 * @returns {PhasesTranslate}
 */
export function phasesTranslator(language) {
  return translators[language];
}
