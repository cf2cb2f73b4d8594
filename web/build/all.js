/**
 * The whole build, after the engine's: catalog and data, the script for other sites, the pages.
 */
import { existsSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { writeCatalog } from './catalog.js';
import { buildEmbed } from './embed.js';
import { minifyGlue } from './glue.js';
import { packMnist } from './mnist.js';
import { buildServiceWorker } from './offline.js';
import { dist, generated, root, staging } from './paths.js';

if (!existsSync(join(generated, 'mlp-reproducible.wasm'))) {
  throw new Error(`${generated} holds no engine: build it first (tools/serve and tools/test do)`);
}
try {
  await minifyGlue();
  await writeCatalog();
  await packMnist();
  await buildEmbed();
  await build({ root, configFile: join(root, 'vite.config.js') });
  await buildServiceWorker();
  await cp(join(staging, 'embed'), join(staging, 'site', 'embed'), { recursive: true });
  for (const part of ['elements', 'embed', 'site']) {
    await rm(join(dist, part), { recursive: true, force: true });
    await rename(join(staging, part), join(dist, part));
  }
} finally {
  await rm(staging, { recursive: true, force: true });
}
