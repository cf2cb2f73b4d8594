/**
 * What around an element decides its language and its colours, watched in one place.
 */

/**
 * @param {Element} element
 * @param {{ language: () => void, theme: () => void }} listeners
 * @returns {() => void} stops watching
 */
export function watchSurroundings(element, { language, theme }) {
  const observer = new MutationObserver((records) => {
    if (records.some(({ attributeName }) => attributeName === 'lang')) language();
    if (records.some(({ attributeName }) => attributeName !== 'lang')) theme();
  });
  // Attributes of an ancestor count, in every tree that the element stands in.
  for (let root = element.getRootNode(); ;) {
    observer.observe(root, { attributes: true, subtree: true, attributeFilter: ['lang', 'data-theme'] });
    if (!(root instanceof ShadowRoot)) break;
    root = root.host.getRootNode();
  }
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', theme);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', theme);
  };
}
