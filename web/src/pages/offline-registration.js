/** Registers the service worker of the site's folder, and tells it which data came before it did. */

/**
 * @param {string} url
 * @returns {string} in browsers with Trusted Types an object that says so, which the library's types do not know
 */
function trustedUrl(url) {
  const { trustedTypes } = window;
  if (!trustedTypes) return url;
  const policy = trustedTypes.createPolicy('mlp-offline', {
    createScriptURL(candidate) {
      if (candidate !== url) throw new TypeError('Only the site has a service worker.');
      return candidate;
    },
  });
  return /** @type {string} */ (/** @type {unknown} */ (policy.createScriptURL(url)));
}

/**
 * @returns {Promise<void>} resolved when the worker is at work
 * @throws {DOMException | TypeError} where the browser has none to give
 */
export async function registerServiceWorker() {
  const { serviceWorker } = navigator;
  // Safari has no idle callbacks.
  await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
  await serviceWorker.register(trustedUrl(new URL('service-worker.js', document.baseURI).href));
  const { active } = await serviceWorker.ready;
  new PerformanceObserver((list) => {
    const entries = /** @type {PerformanceResourceTiming[]} */ (list.getEntries());
    const missed = entries.filter(({ name, workerStart }) => workerStart === 0 && name.endsWith('.gz')).map(({ name }) => name);
    if (missed.length > 0) active?.postMessage(missed);
  }).observe({ type: 'resource', buffered: true });
}
