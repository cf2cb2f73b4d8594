/**
 * Asks the engine for its catalog, under Node, and writes it where the pages import it: controls need not wait for the worker.
 */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generated } from './paths.js';

/** Sources of data that are no generated set and that a page can name without bringing data along. */
const recipes = ['mnist'];

/** What the engine's own catalog also has and no page shows: without it the first picture comes sooner. */
const unshown = new Set(['formula', 'source']);

export async function writeCatalog() {
  const { createEngine } = await import('../src/index.js');
  const engine = await createEngine({ variant: 'reproducible' });
  const catalog = engine.catalog();
  const ids = [...catalog.datasets.map(({ id }) => id), ...recipes];
  const defaultsByDataset = Object.fromEntries(ids.map((id) => [id, engine.check({ data: { id } }).experiment]));
  const shown = JSON.stringify({ ...catalog, defaultsByDataset }, (key, value) => (unshown.has(key) ? undefined : value), 1);
  await writeFile(join(generated, 'catalog.json'), `${shown}\n`);
  // Both modules have the same interface; Emscripten describes it once.
  await copyFile(join(generated, 'mlp-reproducible.d.mts'), join(generated, 'mlp-fast.d.mts'));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await writeCatalog();
