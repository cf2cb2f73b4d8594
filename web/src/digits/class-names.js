/** What the classes of own images are called. Pure. */
import { CLASSES } from './experiment.js';

/** @import { Language } from '../text/text.js' */

/** Longer ones fit no table. */
export const LONGEST_NAME = 40;

/** The ten of Fashion-MNIST, as its authors list them. @type {Readonly<Record<Language, readonly string[]>>} */
export const fashionNames = Object.freeze({
  en: Object.freeze(['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot']),
  zh: Object.freeze(['T恤', '裤子', '套头衫', '连衣裙', '外套', '凉鞋', '衬衫', '运动鞋', '包', '短靴']),
});

/**
 * Names as one types them, from class 0 on, separated by commas.
 * @param {string} text
 * @returns {{ names: string[] } | { fault: 'many' | 'long', given: number }}
 */
export function classNamesIn(text) {
  const names = text.trim() === '' ? [] : text.split(/[,，、;；\n\t]/).map((name) => name.trim());
  while (names.length > 0 && names[names.length - 1] === '') names.pop();
  if (names.length > CLASSES) return { fault: 'many', given: names.length };
  const long = names.find((name) => name.length > LONGEST_NAME);
  return long === undefined ? { names } : { fault: 'long', given: long.length };
}

/**
 * A class by its name; one without by its number.
 * @param {readonly string[]} names
 * @param {number} label
 */
export function classNameOf(names, label) {
  return names[label] || String(label);
}
