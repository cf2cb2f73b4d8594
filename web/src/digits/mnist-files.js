/** Where the site keeps its MNIST files. The paths are written out so that a bundler sees them and carries the files along. */
import manifest from '../../generated/mnist/manifest.json';
import { loadMnist } from './mnist-loader.js';

/** @import { MnistFiles, Role } from './mnist-loader.js' */

/** @type {Readonly<Record<Role, URL>>} */
const urls = Object.freeze({
  images: new URL('../../generated/mnist/train-images.idx.gz', import.meta.url),
  labels: new URL('../../generated/mnist/train-labels.idx.gz', import.meta.url),
  testImages: new URL('../../generated/mnist/test-images.idx.gz', import.meta.url),
  testLabels: new URL('../../generated/mnist/test-labels.idx.gz', import.meta.url),
});

/** How many digits the site has. */
export const available = Object.freeze({ train: manifest.images.shape[0], test: manifest.testImages.shape[0] });

/** @type {Promise<MnistFiles> | undefined} */
let files;

/**
 * The files, fetched once for all labs of a page; after a failure the next call tries again.
 * @param {(fraction: number) => void} [onProgress] heard by the call that starts the download
 */
export function mnistFiles(onProgress) {
  files ??= loadMnist({ manifest, urlOf: (_, role) => urls[role], onProgress }).catch((error) => {
    files = undefined;
    throw error;
  });
  return files;
}
