/**
 * `embed.html` in the built site runs on the single-file script, as classic scripts: in a sandboxed frame without an origin, modules
 * and engine files could not be fetched.
 */

/** @import { Plugin } from 'vite' */

/** @returns {Plugin} */
export function embedPage() {
  return {
    name: 'embed-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path }) {
        if (!path.endsWith('/embed.html')) return html;
        return html
          .replace('<script type="module" src="/src/pages/embed-script.js">', '<script vite-ignore defer src="./embed/mlp-playground.js">')
          .replace('<script type="module" src="/src/pages/embed.js">', '<script vite-ignore defer src="./embed/page.js">');
      },
    },
  };
}
