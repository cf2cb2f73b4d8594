import { svg, html } from 'lit';

/** Icons on a 16-unit grid, drawn with one stroke width; `solid` shapes are filled. */
const drawings = Object.freeze({
  play: svg`<path class="solid" d="M4.5 2.8v10.4L13 8z" />`,
  pause: svg`<path class="solid" d="M4.2 3h2.2v10H4.2zM9.6 3h2.2v10H9.6z" />`,
  step: svg`<path class="solid" d="M3.5 3v10l7-5z" /><path d="M12.5 3v10" />`,
  reset: svg`<path d="M3 8a5 5 0 1 0 1.6-3.7" /><path d="M2.6 2.2v3h3" />`,
  seed: svg`<path d="M13 8a5 5 0 0 1-9 3M3 8a5 5 0 0 1 9-3" /><path d="M12.3 2.2V5H9.5M3.7 13.8V11h2.8" />`,
  plus: svg`<path d="M8 3.5v9M3.5 8h9" />`,
  minus: svg`<path d="M3.5 8h9" />`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8" />`,
  more: svg`<path d="m6 3.5 4.5 4.5L6 12.5" />`,
  down: svg`<path d="m3.5 6 4.5 4.5L12.5 6" />`,
  link: svg`<path d="M6.8 9.2a3 3 0 0 0 4.3 0l2-2a3 3 0 0 0-4.3-4.3l-.8.8M9.2 6.8a3 3 0 0 0-4.3 0l-2 2a3 3 0 0 0 4.3 4.3l.8-.8" />`,
  light: svg`<circle cx="8" cy="8" r="2.8" /><path d="M8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1" />`,
  dark: svg`<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />`,
  auto: svg`<circle cx="8" cy="8" r="5.6" /><path class="solid" d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" />`,
  keys: svg`<path d="M1.5 4h13v8.5h-13zM4 6.6h.1M6.7 6.6h.1M9.3 6.6h.1M12 6.6h.1M4 8.4h.1M12 8.4h.1M5 10.3h6" />`,
  projector: svg`<path d="M1.8 3h12.4M3 3v7.5h10V3M8 10.5V12M5 14.2 8 12l3 2.2" />`,
  warning: svg`<path d="M8 2.2 14.4 13H1.6z" /><path d="M8 6.4v3.2M8 11.4v.1" />`,
  pen: svg`<path d="m3 13 .8-3.2 7.4-7.4 2.4 2.4-7.4 7.4z" />`,
  erase: svg`<path d="M6 13h7M3 9.5 9 3.5l4 4L7.5 13H6L3 10z" />`,
  move: svg`<path d="M8 1.8v12.4M1.8 8h12.4M6.2 3.6 8 1.8l1.8 1.8M6.2 12.4 8 14.2l1.8-1.8M3.6 6.2 1.8 8l1.8 1.8M12.4 6.2 14.2 8l-1.8 1.8" />`,
  pointer: svg`<path d="M4 2.2v10.6l2.9-2.7 1.9 4 1.8-.9-1.9-3.9h4z" />`,
  undo: svg`<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6" /><path d="M6 3.5 3 6.5l3 3" />`,
  redo: svg`<path d="M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10" /><path d="m10 3.5 3 3-3 3" />`,
  clear: svg`<path d="M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9" />`,
  file: svg`<path d="M4 1.8h5l3 3v9.4H4zM9 1.8v3h3" />`,
  open: svg`<path d="M2 13V3.5h4l1.5 2H13V7M2 13l2-6h10.5l-2 6z" />`,
  download: svg`<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13h10" />`,
});

/** @typedef {keyof typeof drawings} IconName */

/**
 * An icon beside a word, or alone in a button that has an aria-label: it is never read out by itself.
 * @param {IconName} name
 */
export function icon(name) {
  return html`<svg class="icon-drawing" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${drawings[name]}</svg>`;
}
