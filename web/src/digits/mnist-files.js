/** Where the site keeps its MNIST files. The path is written out so that a bundler sees it and carries the files along. */
import manifest from '../../generated/mnist/manifest.json';
import { createMnistStore } from './mnist-store.js';

/** The digits that all labs of a page share. */
export const mnist = createMnistStore({
  manifest,
  urlOf: ({ name }) => new URL(`../../generated/mnist/${name}.idx.gz`, import.meta.url),
});

/** How many digits the site has. */
export const { available } = mnist;
