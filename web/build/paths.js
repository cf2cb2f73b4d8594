/** Where the build finds and puts things. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const generated = join(root, 'generated');
export const dist = join(root, 'dist');

/** Everything is built here and put into place when it is complete, so that whoever reads dist never sees half of it. */
export const staging = join(dist, `.staging-${process.pid}`);
