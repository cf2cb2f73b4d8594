/** Where the build finds and puts things. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const generated = join(root, 'generated');
export const dist = join(root, 'dist');
