import { CLASS_LIMIT, createValueScale, parseColor } from '../view/color.js';

/** @import { Theme } from '../view/color.js' */

/**
 * Reads the roles of tokens.css where a probe stands, as plain colours for the canvas views.
 * @param {HTMLElement} probe an element of the lab's own tree that nobody sees; its colour is used to resolve the roles
 * @returns {Theme}
 */
export function readTheme(probe) {
  const style = getComputedStyle(probe);
  // Forced colours would answer every role with the system's text colour; values keep theirs on the canvases.
  probe.style.setProperty('forced-color-adjust', 'none');
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
    scale: typeScale(probe.ownerDocument),
    values: createValueScale(parseColor(read('value-negative')), zero, parseColor(read('value-positive'))),
    marks: createValueScale(parseColor(read('mark-negative')), parseColor(read('mark-zero')), parseColor(read('mark-positive'))),
    classes,
    classColors: classes.map(parseColor),
    zero,
  };
}

/** The size of type that drawings are laid out for, in CSS pixels. */
const USUAL_TYPE = 16;

/**
 * How much larger than usual a page's type is: a reader's setting, or the page shown to a room. Drawings never shrink with it.
 * @param {Document} document
 */
export function typeScale(document) {
  return Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_TYPE || 1);
}
