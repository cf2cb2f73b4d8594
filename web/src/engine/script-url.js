/**
 * Where the running script came from. A classic script can tell only while it is first evaluated, so the entry imports this module.
 */

/** @type {string | null} */
export const scriptUrl =
  document.currentScript instanceof HTMLScriptElement && document.currentScript.src ? document.currentScript.src : null;
