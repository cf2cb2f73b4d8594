/**
 * Words and numbers as the reader sees them: one translator per language, and one way to write a number everywhere. Both languages write
 * numbers, thousands and percentages alike, which the tests hold against Intl; what differs is how things are listed.
 */
import { en } from './en.js';
import { zh } from './zh.js';

/** @typedef {'en' | 'zh'} Language */
/** @typedef {keyof typeof en} TextKey */
/** @typedef {Record<string, string | number>} TextValues */
/** @typedef {(key: TextKey, values?: TextValues) => string} Translate */
/** @typedef {string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>} Message */

const MINUS = '\u2212';
/** Below this, three decimals say less than three digits. */
const SMALL_WEIGHT = 0.0995;
/** Nearer to 0 or 1 than this, four decimals say that nothing is left to learn. */
const SURE = 1e-4;
const NARROW_SPACE = '\u202f';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** As `formatNumber` writes powers of ten. */
const POWER = /\s*×\s*10([⁻⁰¹²³⁴-⁹]+)/;

/** @type {readonly Language[]} */
export const languages = ['en', 'zh'];

/**
 * The product's language for a BCP 47 tag: Chinese for every `zh…`, English otherwise.
 * @param {string | null | undefined} tag
 * @returns {Language}
 */
export function languageOf(tag) {
  return /^zh\b/i.test(tag ?? '') ? 'zh' : 'en';
}

/**
 * A translator over a pair of tables with the same keys. A message is a sentence with `{name}` places, or an object of plural forms
 * chosen by the value called `count`.
 * @template {Readonly<Record<string, Message>>} T
 * @param {Readonly<{ en: T, zh: Readonly<Record<keyof T, Message>> }>} tables
 * @param {Language} language
 * @returns {(key: keyof T, values?: TextValues) => string}
 */
export function createTranslator(tables, language) {
  const table = tables[language];
  const plural = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const message = table[key];
    const sentence = typeof message === 'string' ? message : (message[plural.select(Number(values.count))] ?? message.other);
    return sentence.replace(/\{(\w+)\}/g, (place, name) => {
      const value = values[name];
      return value === undefined ? place : typeof value === 'number' ? formatCount(value) : value;
    });
  };
}

/** @type {Readonly<Record<Language, Translate>>} */
const translators = { en: createTranslator({ en, zh }, 'en'), zh: createTranslator({ en, zh }, 'zh') };

/**
 * The translator of the laboratory's own text.
 * @param {Language} language
 * @returns {Translate}
 */
export function translator(language) {
  return translators[language];
}

/**
 * A label of the catalog in the reader's language.
 * @param {Readonly<Record<Language, string>>} label
 * @param {Language} language
 */
export function labelIn(label, language) {
  return label[language] ?? label.en;
}

/** @param {string} digits */
function withSign(digits) {
  return digits.replace('-', MINUS);
}

/** @param {string} digits */
function withThousands(digits) {
  const [whole, fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** @param {number} exponent */
function superscript(exponent) {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return exponent < 0 ? `⁻${digits}` : digits;
}

/**
 * A measured number with a fixed count of significant digits, so that it does not jump while it changes. Scientific below 1e-4 and
 * from 1e6.
 * @param {number} value
 * @param {number} [significant]
 */
export function formatNumber(value, significant = 3) {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (value === 0) return (0).toFixed(significant - 1);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) {
    const [mantissa, exponent] = value.toExponential(significant - 1).split('e');
    return `${withSign(mantissa)}${NARROW_SPACE}×${NARROW_SPACE}10${superscript(Number(exponent))}`;
  }
  // The digits are counted on the rounded number: 9.996 becomes 10.0, not 10.00.
  const rounded = Number(value.toPrecision(significant));
  const whole = Math.floor(Math.log10(Math.abs(rounded))) + 1;
  return withSign(withThousands(whole > significant ? value.toFixed(0) : rounded.toFixed(significant - whole)));
}

/**
 * A signed number for weights and coordinates: a fixed count of decimals, which lines up in columns.
 * @param {number} value
 * @param {number} [decimals]
 */
export function formatFixed(value, decimals = 2) {
  if (!Number.isFinite(value)) return formatNumber(value);
  const digits = value.toFixed(decimals);
  return withSign(withThousands(Number(digits) === 0 ? digits.replace('-', '') : digits));
}

/**
 * A weight or bias: three decimals while it is near one, fewer when it is large, so that its width stays nearly the same; what is small
 * keeps three significant digits.
 * @param {number} value
 */
export function formatWeight(value) {
  const size = Math.abs(value);
  if (size < SMALL_WEIGHT && size > 0) return formatNumber(value);
  return formatFixed(value, size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

/**
 * A whole number with thousands separators.
 * @param {number} value
 */
export function formatCount(value) {
  return Number.isInteger(value) ? withSign(withThousands(String(value))) : formatNumber(value);
}

/**
 * A fraction as a percentage with one decimal.
 * @param {number} fraction
 * @param {number} [decimals]
 */
export function formatPercent(fraction, decimals = 1) {
  return Number.isFinite(fraction) ? `${withSign((fraction * 100).toFixed(decimals))}%` : formatNumber(fraction);
}

/**
 * A probability, or a slope in one, with four decimals; what these would hide, near 0 and near 1, with three digits.
 * @param {number} value
 */
export function formatProbability(value) {
  const size = Math.abs(value);
  if (size > 0 && size < SURE) return formatNumber(value);
  if (value < 1 && 1 - value < SURE) return `1 ${MINUS} ${formatNumber(1 - value)}`;
  return formatFixed(value, 4);
}

/**
 * A number as one would type it into a field: as short as it is exact, at most seven significant digits.
 * @param {number} value
 */
export function formatField(value) {
  if (!Number.isFinite(value)) return formatNumber(value);
  const short = Number(value.toPrecision(7));
  const size = Math.abs(short);
  if (size !== 0 && size < 1e-4) return withSign(short.toExponential().replace('e-', `e${MINUS}`));
  return withSign(String(short));
}

/**
 * A written number as it fits a narrow field: a power of ten as `e−5`.
 * @param {string} text
 */
export function shortPower(text) {
  return text.replace(POWER, (_, digits) => `e${withSign(plainDigits(digits))}`);
}

/** @param {string} superscripts */
function plainDigits(superscripts) {
  return superscripts.replace(/[⁰¹²³⁴-⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit))).replace('⁻', '-');
}

/**
 * Things one after another, as the language separates them.
 * @param {readonly string[]} things
 * @param {Language} language
 */
export function listed(things, language) {
  return things.join(language === 'zh' ? '，' : ', ');
}

/**
 * What a reader typed, as a number: either minus sign, thousands separators, powers `1e-3`, fractions `1/3` and percentages `12%`. What
 * was written here can be read again.
 * @param {string} text
 * @returns {number} NaN when it is not a number
 */
export function parseNumber(text) {
  const plain = shortPower(text)
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[,\s\u202f]/g, '');
  const fraction = /^([^/]+)\/([^/]+)$/.exec(plain);
  if (fraction) return parseNumber(fraction[1]) / parseNumber(fraction[2]);
  if (plain.endsWith('%')) return parseNumber(plain.slice(0, -1)) / 100;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}
