/**
 * The single-file script for other sites, in two forms: a classic script for a `script` tag, and a module for bundlers. Both carry the
 * worker and the reproducible engine; the fast engine and the digits' data lie beside them and are fetched when they are asked for.
 */
import { copyFile, cp, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { minifyTemplates } from './minify-templates.js';
import { generated, root, staging } from './paths.js';
import { workerSource } from './worker-source.js';

/** @import { Plugin } from 'vite' */

/** Where the digits' data lie, as seen from a script: the package holds them once, beside the classic script. */
const dataFolders = Object.freeze({ iife: 'data/', es: '../embed/data/' });

/**
 * Files of `generated/` that code refers to by `new URL(…, import.meta.url)` lie beside the script.
 * @param {string} folder
 * @returns {Plugin}
 */
function filesBesideTheScript(folder) {
  return {
    name: 'files-beside-the-script',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(join(root, 'src')) || !code.includes('import.meta.url') || !code.includes('/generated/')) return undefined;
      const rewritten = code.replace(
        /new URL\((['`])(?:\.\.\/)+generated\/(?:[\w-]+\/)*([\w.${}-]+)\1, import\.meta\.url\)/g,
        (_, quote, name) => `new URL(${quote}${folder}${name}${quote}, scriptUrl ?? document.baseURI)`,
      );
      return { code: `import { scriptUrl } from '${join(root, 'src/engine/script-url.js')}';\n${rewritten}`, map: null };
    },
  };
}

/**
 * @param {'iife' | 'es'} format
 * @param {string} directory
 */
async function buildScript(format, directory) {
  const engine = join(root, 'src/engine');
  await build({
    root,
    configFile: false,
    base: './',
    logLevel: 'warn',
    publicDir: false,
    plugins: [filesBesideTheScript(dataFolders[format]), minifyTemplates(), workerSource()],
    resolve: {
      alias: [
        { find: /^\.\/sources\.js$/, replacement: join(engine, 'sources-embed.js') },
        ...(format === 'es' ? [{ find: /^.*\/script-url\.js$/, replacement: join(engine, 'script-url-module.js') }] : []),
      ],
    },
    build: {
      outDir: directory,
      emptyOutDir: true,
      target: 'es2022',
      // As written: light-dark() rewritten for older browsers would follow the system only, not the page around the lab.
      cssTarget: 'esnext',
      lib: {
        entry: join(root, 'src/pages/embed-script.js'),
        formats: [format],
        name: 'mlpPlayground',
        fileName: () => 'mlp-playground.js',
      },
      rolldownOptions: { output: { codeSplitting: false } },
      // One file is what it is for: everything that a first step needs is inside.
      chunkSizeWarningLimit: 2000,
    },
  });
  await copyFile(join(generated, 'mlp-fast.wasm'), join(directory, 'mlp-fast.wasm'));
  const data = join(generated, 'mnist');
  if (format === 'es' || !existsSync(data)) return;
  await mkdir(join(directory, 'data'), { recursive: true });
  await cp(data, join(directory, 'data'), { recursive: true, filter: (source) => !source.endsWith('manifest.json') });
}

/** The page's own small script for `embed.html`. @param {string} directory */
async function buildPageScript(directory) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: directory,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: join(root, 'src/pages/embed.js'), formats: ['iife'], name: 'mlpEmbedPage', fileName: () => 'page.js' },
    },
  });
}

export async function buildEmbed() {
  const embed = join(staging, 'embed');
  await buildScript('iife', embed);
  await buildScript('es', join(staging, 'elements'));
  await buildPageScript(embed);
}
