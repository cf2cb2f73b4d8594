/** The page works without a network from its second visit on. Only the site's own pages ask for it: whoever embeds a lab gets no worker. */

/**
 * Waits for the lab, so that nothing is fetched before the first picture that is not for it.
 * @param {HTMLElement} lab
 */
export function workOffline(lab) {
  // The development server's files change under the same names. Browsers have no service worker on addresses that are not secure.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  lab.addEventListener(
    'mlp-ready',
    async () => {
      try {
        const { registerServiceWorker } = await import('./offline-registration.js');
        await registerServiceWorker();
      } catch {
        // Forbidden in private windows and sandboxed frames, refused by a full disk: the page works as it does without.
      }
    },
    { once: true },
  );
}
