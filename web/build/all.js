/**
 * The whole build, after the engine's: catalog and data, the script for other sites, the pages.
 */
import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { writeCatalog } from './catalog.js';
import { buildEmbed } from './embed.js';
import { packMnist } from './mnist.js';
import { dist, generated, root } from './paths.js';

if (!existsSync(join(generated, 'mlp-reproducible.wasm'))) {
  throw new Error(`${generated} holds no engine: build it first (tools/serve and tools/test do)`);
}
await rm(dist, { recursive: true, force: true });
await writeCatalog();
await packMnist();
await buildEmbed();
await build({ root, configFile: join(root, 'vite.config.js') });
await cp(join(dist, 'embed'), join(dist, 'site', 'embed'), { recursive: true });
