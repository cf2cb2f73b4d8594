/**
 * The reader's language and appearance: written on the document element, where pages, tokens.css and every lab find them, and
 * remembered where the browser allows it.
 */
import { languageOf } from '../text/text.js';

/** @import { Language } from '../text/text.js' */
/** @typedef {'auto' | 'light' | 'dark'} Appearance */

const STORAGE_KEY = 'mlp-playground.preferences';
const TAGS = Object.freeze({ en: 'en', zh: 'zh-CN' });

/** @returns {{ language?: string, appearance?: string }} */
function remembered() {
  try {
    const saved = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return typeof saved === 'object' && saved !== null ? saved : {};
  } catch (error) {
    // No storage (a sandboxed frame) or not our text: there is nothing to remember, and that is a state like any other.
    if (error instanceof DOMException || error instanceof SyntaxError) return {};
    throw error;
  }
}

function remember() {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ language: currentLanguage(), appearance: currentAppearance() }));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** @returns {Language} */
export function currentLanguage() {
  return languageOf(document.documentElement.lang);
}

/** @returns {Appearance} */
export function currentAppearance() {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

/** @param {Language} language */
export function setLanguage(language) {
  document.documentElement.lang = TAGS[language];
  remember();
}

/** @param {Appearance} appearance */
export function setAppearance(appearance) {
  showAppearance(appearance);
  remember();
}

/** @param {Appearance} appearance */
function showAppearance(appearance) {
  if (appearance === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = appearance;
}

/**
 * Takes up what the address asks for (`?lang=zh`, `?theme=dark`), else what was chosen before, else what the browser prefers.
 */
export function applyPreferences() {
  const query = new URLSearchParams(location.search);
  const saved = remembered();
  const language = query.get('lang') ?? saved.language ?? navigator.language;
  document.documentElement.lang = TAGS[languageOf(language)];
  const appearance = query.get('theme') ?? saved.appearance;
  showAppearance(appearance === 'light' || appearance === 'dark' ? appearance : 'auto');
}

/**
 * Calls back when language or appearance change, whoever changed them.
 * @param {() => void} listener
 * @returns {() => void} stops listening
 */
export function watchPreferences(listener) {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['lang', 'data-theme'] });
  return () => observer.disconnect();
}
