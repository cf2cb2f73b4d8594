/**
 * Whether a part of the page could not be fetched: browsers tell of it in words of their own.
 * @param {unknown} thrown by `import()`
 */
export function isMissingPart(thrown) {
  return thrown instanceof TypeError && /dynamically imported module|module script failed/i.test(thrown.message);
}
