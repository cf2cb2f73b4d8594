import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './build/content-security-policy.js';
import { embedPage } from './build/embed-page.js';
import { minifyTemplates } from './build/minify-templates.js';
import { root, staging } from './build/paths.js';
import { workerSource } from './build/worker-source.js';

const pages = ['index', 'digits', 'embed'].map((name) => join(root, `${name}.html`)).filter((page) => existsSync(page));

export default defineConfig({
  root,
  // Relative: the site works in any folder of any static server.
  base: './',
  publicDir: false,
  plugins: [embedPage(), contentSecurityPolicy(), minifyTemplates(), workerSource()],
  build: {
    outDir: join(staging, 'site'),
    target: 'es2022',
    // As written: light-dark() rewritten for older browsers would follow the system only, not the colour scheme of the page around.
    cssTarget: 'esnext',
    // Inlined files would be data: URLs, which the pages' policy forbids to fetch.
    assetsInlineLimit: 0,
    // Pages name their scripts ahead; what a script fetches later finds its own way, and no list of it is downloaded.
    modulePreload: { polyfill: false, resolveDependencies: (_file, scripts, { hostType }) => (hostType === 'html' ? scripts : []) },
    rolldownOptions: { input: pages },
  },
});
