import { CLASS_LIMIT, createValueScale, parseColor } from '../view/color.js';

/** @import { Theme } from '../view/color.js' */

/**
 * Reads the roles of tokens.css where a probe stands, as plain colours for the canvas views.
 * @param {HTMLElement} probe an element of the lab's own tree that nobody sees; its colour is used to resolve the roles
 * @returns {Theme}
 */
export function readTheme(probe) {
  const style = getComputedStyle(probe);
  /** @param {string} role */
  const read = (role) => {
    probe.style.setProperty('color', `var(--${role})`);
    return style.color;
  };
  const zero = parseColor(read('value-zero'));
  const classes = Array.from({ length: CLASS_LIMIT }, (_, index) => read(`class-${index}`));
  return {
    paper: read('paper'),
    sunken: read('paper-sunken'),
    line: read('line'),
    lineStrong: read('line-strong'),
    ink: read('ink'),
    inkSoft: read('ink-soft'),
    inkFaint: read('ink-faint'),
    accent: read('accent'),
    font: style.fontFamily,
    values: createValueScale(parseColor(read('value-negative')), zero, parseColor(read('value-positive'))),
    marks: createValueScale(parseColor(read('mark-negative')), parseColor(read('mark-zero')), parseColor(read('mark-positive'))),
    classes,
    classColors: classes.map(parseColor),
    zero,
  };
}

/**
 * Calls back whenever the colours may have changed by themselves: the system's light or dark, its contrast, its forced colours.
 * @param {() => void} listener
 * @returns {() => void} stops listening
 */
export function watchSystemTheme(listener) {
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) =>
    globalThis.matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}
