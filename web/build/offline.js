/**
 * The service worker of the built site, with the list of what it keeps.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { root, staging } from './paths.js';

/**
 * @import { Plugin } from 'vite'
 * @import { SiteFiles } from '../src/pages/offline-answers.js'
 */

const FILES = 'virtual:site-files';

/** `embed.html` is for frames on other sites; it stays a plain page. */
const pages = Object.freeze(['digits.html', 'index.html']);

/**
 * @param {string} folder of the built site
 * @returns {Promise<SiteFiles>}
 */
export async function listSiteFiles(folder) {
  const assets = (await readdir(join(folder, 'assets'))).sort().map((name) => `assets/${name}`);
  const code = assets.filter((name) => !name.endsWith('.gz'));
  /** @type {Record<string, number[]>} */
  const data = {};
  for (const name of assets.filter((each) => each.endsWith('.gz'))) {
    const bytes = await readFile(join(folder, name));
    // A gzip file ends with the size of what is in it.
    data[name] = [bytes.length, bytes.readUInt32LE(bytes.length - 4)];
  }
  // The other names say what is in the files.
  const hash = createHash('sha256').update(JSON.stringify(assets));
  for (const page of pages) hash.update(await readFile(join(folder, page)));
  return { version: hash.digest('hex').slice(0, 16), pages, code, data };
}

/**
 * @param {SiteFiles} files
 * @returns {Plugin}
 */
function siteFiles(files) {
  return {
    name: 'site-files',
    resolveId: (id) => (id === FILES ? `\0${id}` : undefined),
    load: (id) => (id === `\0${FILES}` ? `export default ${JSON.stringify(files)};` : undefined),
  };
}

/** Writes `service-worker.js` beside the pages, which have to be there. */
export async function buildServiceWorker() {
  const site = join(staging, 'site');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [siteFiles(await listSiteFiles(site))],
    build: {
      outDir: site,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: join(root, 'src/pages/service-worker.js'),
        formats: ['iife'],
        name: 'mlpServiceWorker',
        fileName: () => 'service-worker.js',
      },
    },
  });
}
