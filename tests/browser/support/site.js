/**
 * The built site and the built embed script, each on an origin of its own on the loopback interface, as they are on the web:
 * a page of somebody else's loads the script from the site's host.
 */
import { fileURLToPath } from 'node:url';
import { startServer } from '../../../tools/lib/static-server.js';

const dist = new URL('../../../web/dist/', import.meta.url);

/** Serves the pages of the site. */
export function serveSite(options = {}) {
  return startServer({ folder: fileURLToPath(new URL('site/', dist)), ...options });
}

/** Serves the embed script, as `/mlp-playground.js`. */
export function serveEmbed(options = {}) {
  return startServer({ folder: fileURLToPath(new URL('embed/', dist)), ...options });
}

/**
 * Serves pages of a foreign site that has none of our files.
 * @param {Record<string, string>} pages HTML by path
 * @param {Record<string, string>} [headers] a content-security policy, for instance
 */
export function servePages(pages, headers = {}) {
  return startServer({ pages, headers });
}
