/**
 * The reader's language, appearance and whether a room looks on: written on the document element, where pages, tokens.css and every lab find them, and
 * remembered where the browser allows it.
 */
import { languageOf } from '../text/text.js';

/** @import { Language } from '../text/text.js' */
/** @typedef {'auto' | 'light' | 'dark'} Appearance */

const STORAGE_KEY = 'mlp-playground.preferences';
const TAGS = Object.freeze({ en: 'en', zh: 'zh-CN' });

/** @returns {{ language?: string, appearance?: string, projector?: boolean }} */
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
    localStorage.setItem(
      STORAGE_KEY,
      JSON.stringify({ language: currentLanguage(), appearance: currentAppearance(), projector: currentProjector() }),
    );
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

/** Whether the page is shown to a room: large, strong and with fewer controls. */
export function currentProjector() {
  return document.documentElement.dataset.projector !== undefined;
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

/** @param {boolean} projector */
export function setProjector(projector) {
  showProjector(projector);
  remember();
}

/** @param {boolean} projector */
export function showProjector(projector) {
  document.documentElement.toggleAttribute('data-projector', projector);
}

/** @param {Appearance} appearance */
function showAppearance(appearance) {
  if (appearance === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = appearance;
}

/** The fields of an address that are preferences, in its query or among its hash's. */
export const preferenceFields = Object.freeze(['lang', 'theme', 'projector']);

/**
 * Whether a field of an address switches something on: `projector` and `projector=1` do, `projector=0` does not.
 * @param {string} text
 */
export const isOn = (text) => text !== '0' && text !== 'false';

/**
 * What an address asks for.
 * @returns {URLSearchParams}
 */
export function askedFor() {
  const asked = new URLSearchParams(location.search);
  for (const part of location.hash.slice(1).split('&')) {
    const [[name, value] = ['', '']] = new URLSearchParams(part);
    if (preferenceFields.includes(name)) asked.set(name, value);
  }
  return asked;
}

/**
 * Takes up what the address asks for (`?lang=zh`, `?theme=dark`, `?projector`, or the same in the hash), else what was chosen before, else
 * what the browser prefers.
 */
export function applyPreferences() {
  const asked = askedFor();
  const saved = remembered();
  const language = asked.get('lang') ?? saved.language ?? navigator.language;
  document.documentElement.lang = TAGS[languageOf(language)];
  const appearance = asked.get('theme') ?? saved.appearance;
  showAppearance(appearance === 'light' || appearance === 'dark' ? appearance : 'auto');
  const projector = asked.get('projector');
  showProjector(projector === null ? saved.projector === true : isOn(projector));
}

/**
 * Calls back when language or appearance change, whoever changed them.
 * @param {() => void} listener
 * @returns {() => void} stops listening
 */
export function watchPreferences(listener) {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['lang', 'data-theme', 'data-projector'] });
  return () => observer.disconnect();
}
