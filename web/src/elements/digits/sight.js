/**
 * What a section of the digits lab sees of it, and how it tells what the reader wants; nothing but types.
 *
 * @import { Sight } from '../playground/sight.js'
 * @import { digitsTranslator } from '../../text/digits.js'
 */

/** @typedef {Sight & { words: ReturnType<typeof digitsTranslator> }} DigitsSight the playground's sight, and the words of the digits lab */

export {};
