// The built site on any static host: copied into a folder below others, it needs that folder and nothing else.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../tools/lib/static-server.js';
import { button, ready, until } from './support/lab.js';
import { visits } from './support/visits.js';

const FOLDER = '/courses/machine-learning/mlp/';

/** The site as it is copied to a host. */
async function serveCopy() {
  const folder = await mkdtemp(join(tmpdir(), 'mlp-site-'));
  await cp(fileURLToPath(new URL('../../web/dist/site/', import.meta.url)), join(folder, FOLDER), { recursive: true });
  const server = await startServer({ folder });
  return {
    ...server,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const it = visits(serveCopy, { path: null });

describe('the site in a folder of a static host', () => {
  for (const [page, tag] of /** @type {const} */ ([
    ['', 'mlp-playground'],
    ['index.html?lang=en', 'mlp-playground'],
    ['digits.html', 'mlp-digits'],
    ['embed.html#element=digits&lang=en', 'mlp-digits'],
  ])) {
    it(`opens and trains: ${page || 'the folder itself'}`, { tag }, async ({ page: tab, lab, site }) => {
      /** @type {string[]} */
      const elsewhere = [];
      tab.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && !(url.origin === site.origin && url.pathname.startsWith(FOLDER))) elsewhere.push(url.href);
      });
      await tab.goto(new URL(`${FOLDER}${page}`, site.origin).href);
      await ready(lab);
      await button(lab, 'Step').click();
      await until(lab, ({ lab: { progress } }) => progress?.step === 1);
      assert.deepEqual(elsewhere, [], 'nothing is asked for outside the folder');
    });
  }
});
