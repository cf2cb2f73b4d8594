/**
 * Where the running script came from, for the script's module form.
 */

/** @type {string | null} */
export const scriptUrl = import.meta.url;
