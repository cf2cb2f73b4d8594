/**
 * Everything that a page says, to eyes and to ears, and whether it says it in the right language.
 */
import { en } from '../../../web/src/text/en.js';
import { zh } from '../../../web/src/text/zh.js';
import { digitsEn } from '../../../web/src/text/digits-en.js';
import { digitsZh } from '../../../web/src/text/digits-zh.js';
import { exporters } from '../../../web/src/export/exporters.js';
import { takeAwayEn } from '../../../web/src/text/take-away-en.js';
import { takeAwayZh } from '../../../web/src/text/take-away-zh.js';
import { catalog } from './lab.js';

/** @import { Locator } from 'playwright-core' */

/**
 * Texts, labels and titles of an element and all trees below it, as far as they are shown or read out.
 * @param {Locator} element
 * @returns {Promise<string[]>}
 */
export function textsOf(element) {
  return element.evaluate((root) => {
    /** @type {Set<string>} */
    const texts = new Set();
    /** @param {string | null | undefined} text */
    const add = (text) => {
      const plain = text?.replace(/\s+/g, ' ').trim();
      if (plain) texts.add(plain);
    };
    /** @param {Node} node */
    const walk = (node) => {
      if (node instanceof Text) add(node.data);
      if (node instanceof Element) {
        if (node instanceof HTMLStyleElement || node.getAttribute('lang') === 'en') return;
        const shown = node instanceof HTMLOptionElement || node.matches('slot') || node.checkVisibility();
        if (!shown) return;
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt']) add(node.getAttribute(name));
        if (node instanceof HTMLInputElement && node.type === 'text') add(node.value);
        if (node.shadowRoot) for (const child of node.shadowRoot.childNodes) walk(child);
      }
      for (const child of node.childNodes) walk(child);
    };
    walk(root);
    return [...texts];
  });
}

/** @typedef {string | Readonly<Record<string, string>>} Message */

/** @param {Message} message */
const sentencesOf = (message) => (typeof message === 'string' ? [message] : Object.values(message));

/** Every label below a value of the catalog. @param {any} value @returns {{ en: string, zh: string }[]} */
function labelsIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  return [...(value.label ? [value.label] : []), ...Object.values(value).flatMap(labelsIn)];
}

const labels = labelsIn(catalog);
const english = [
  ...[en, digitsEn, takeAwayEn].flatMap((table) => Object.values(table).flatMap(sentencesOf)),
  ...labels.map((label) => label.en),
];
const chinese = [
  ...[zh, digitsZh, takeAwayZh].flatMap((table) => Object.values(table).flatMap(sentencesOf)),
  ...labels.map((label) => label.zh),
];

/** A pattern for a sentence with `{places}`. @param {string} sentence */
const patternOf = (sentence) => new RegExp(`^${sentence.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+')}$`, 'u');

/** Sentences that are in one language only; numbers, formulas and names are the same in both. */
const onlyEnglish = english.filter((sentence) => /[a-z]{2}/i.test(sentence.replace(/\{\w+\}/g, ''))).map(patternOf);
const alsoChinese = chinese.map(patternOf);

/** @param {string} text */
const latinWords = (text) => text.match(/[A-Za-z]{3,}/g) ?? [];

/** Words that Chinese readers write like that: names and keys here, operations in the catalog. */
const chineseLatin = new Set([
  ...['Adam', 'CSV', 'Ctrl', 'Delete', 'Fashion', 'IDX', 'ImageNet', 'MLP', 'MNIST', 'PNG', 'Playground', 'ReLU', 'SVG', 'Shift', 'sigmoid', 'softmax'],
  ...[...labels, ...exporters.map(({ label }) => label)].flatMap((label) => latinWords(label.zh)),
  ...Object.values(takeAwayZh).flatMap(latinWords),
]);

/**
 * The texts that are English: sentences of the English tables, or with words that no Chinese text has.
 * @param {readonly string[]} texts
 */
export function englishAmong(texts) {
  return texts.filter(
    (text) =>
      (onlyEnglish.some((pattern) => pattern.test(text)) && !alsoChinese.some((pattern) => pattern.test(text))) ||
      latinWords(text).some((word) => !chineseLatin.has(word)),
  );
}
