/**
 * Makes Emscripten's JavaScript as small as the rest of the package: it leaves the long names of its variables in.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minify } from 'vite';
import { generated } from './paths.js';

export async function minifyGlue() {
  for (const variant of ['reproducible', 'fast']) {
    const file = join(generated, `mlp-${variant}.mjs`);
    const { code, errors } = await minify(file, await readFile(file, 'utf8'), { module: true });
    if (errors.length > 0) throw new Error(`${file} is no JavaScript: ${errors[0].message}`);
    await writeFile(file, code);
  }
}
