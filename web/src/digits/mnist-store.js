/**
 * The digits of MNIST, fetched in parts as they are needed and kept as bytes: one buffer for the images of a split and one for its
 * labels, which grow with what arrives. Everything about where they come from is handed in.
 */
import { DataFileError } from './data-file-error.js';
import { encodeIdx } from './idx.js';
import { loadFiles } from './mnist-loader.js';

/** @import { ManifestFile } from './mnist-loader.js' */

/** @typedef {'train' | 'test'} Split */
/** @typedef {{ images: ManifestFile, labels: ManifestFile }} Part some digits and their labels, as two files */

/**
 * `stages`: how many parts of each split a stage consists of, from the first digits to all of them.
 * @typedef {{ train: readonly Part[], test: readonly Part[], stages: readonly Readonly<Record<Split, number>>[] }} Manifest
 */

/** The files of the engine's `idx` data. @typedef {Record<'images' | 'labels' | 'testImages' | 'testLabels', Uint8Array<ArrayBuffer>>} MnistFiles */

/** @typedef {{ images: Uint8Array, labels: Uint8Array }} Digits pictures of 784 bytes one after the other */

const splits = /** @type {const} */ (['train', 'test']);

/**
 * An IDX file with room for more items than have arrived.
 * @param {readonly number[]} itemShape
 */
function createGrowingFile(itemShape) {
  const size = itemShape.reduce((product, each) => product * each, 1);
  let file = encodeIdx([0, ...itemShape], new Uint8Array(0));
  const header = file.length;
  return {
    /**
     * @param {number} first
     * @param {Uint8Array} values
     * @param {number} room items that there will be
     */
    put(first, values, room) {
      if (file.length < header + room * size) {
        const larger = new Uint8Array(header + room * size);
        larger.set(file);
        new DataView(larger.buffer).setUint32(4, room);
        file = larger;
      }
      file.set(values, header + first * size);
    },
    /** @param {number} count */
    values: (count) => file.subarray(header, header + count * size),
    /**
     * A complete file of the first digits: what there is itself where that is all of it, otherwise a copy.
     * @param {number} count
     */
    file(count) {
      if (file.length === header + count * size) return file;
      const first = file.slice(0, header + count * size);
      new DataView(first.buffer).setUint32(4, count);
      return first;
    },
  };
}

/**
 * Waits for all of them, also after the first has failed and stopped the others: nothing goes on behind the back of a failure.
 * @param {AbortController} stop
 * @param {Promise<void>[]} tasks
 */
async function allOrNone(stop, tasks) {
  /** @type {{ reason: unknown } | undefined} */
  let failure;
  await Promise.all(
    tasks.map((task) =>
      task.catch((reason) => {
        failure ??= { reason };
        stop.abort();
      }),
    ),
  );
  if (failure) throw failure.reason;
}

/**
 * @param {object} options
 * @param {Manifest} options.manifest
 * @param {(file: ManifestFile) => string | URL} options.urlOf
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createMnistStore({ manifest, urlOf, fetch }) {
  const buffers = {
    train: { images: createGrowingFile(manifest.train[0].images.shape.slice(1)), labels: createGrowingFile([]) },
    test: { images: createGrowingFile(manifest.test[0].images.shape.slice(1)), labels: createGrowingFile([]) },
  };
  const present = { train: 0, test: 0 };
  /** Parts that have arrived. */
  const parts = { train: 0, test: 0 };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** The loading that is under way, or the last one. @type {{ stage: number, promise: Promise<void>, stop: AbortController } | undefined} */
  let loading;

  /**
   * Digits of the first parts of a split.
   * @param {Split} split
   * @param {number} count
   */
  const rows = (split, count) => manifest[split].slice(0, count).reduce((sum, { labels }) => sum + labels.shape[0], 0);

  /** @param {number} stage */
  const complete = (stage) => splits.every((split) => parts[split] >= manifest.stages[stage][split]);

  /**
   * Stored bytes that a stage still needs.
   * @param {number} stage
   */
  const missing = (stage) =>
    splits
      .flatMap((split) => manifest[split].slice(parts[split], manifest.stages[stage][split]))
      .reduce((sum, { images, labels }) => sum + images.bytes + labels.bytes, 0);

  /**
   * @param {Split} split
   * @param {number} stage
   * @param {AbortSignal} signal
   * @param {(bytes: number) => void} onProgress
   */
  async function loadNext(split, stage, signal, onProgress) {
    const { images, labels } = manifest[split][parts[split]];
    const [pictures, names] = await loadFiles({ files: [images, labels], urlOf, fetch, signal, onProgress });
    const room = rows(split, manifest.stages[stage][split]);
    const first = present[split];
    const valuesOf = (/** @type {Uint8Array} */ file, /** @type {ManifestFile} */ { shape }) => file.subarray(4 + 4 * shape.length);
    buffers[split].images.put(first, valuesOf(pictures, images), room);
    buffers[split].labels.put(first, valuesOf(names, labels), room);
    present[split] += labels.shape[0];
    parts[split] += 1;
    for (const listener of [...listeners]) listener();
  }

  /**
   * Part by part, the earlier stages first, so that something can be shown early.
   * @param {number} stage
   * @param {AbortController} stop
   * @param {(fraction: number) => void} onProgress
   */
  async function loadStages(stage, stop, onProgress) {
    const { signal } = stop;
    const total = missing(stage);
    let before = 0;
    for (let each = 0; each <= stage; ++each) {
      const wanted = splits.filter((split) => parts[split] < manifest.stages[each][split]);
      const counts = { train: 0, test: 0 };
      await allOrNone(
        stop,
        wanted.map(async (split) => {
          while (parts[split] < manifest.stages[each][split]) {
            const { images, labels } = manifest[split][parts[split]];
            const earlier = counts[split];
            await loadNext(split, stage, signal, (bytes) => {
              counts[split] = earlier + bytes;
              if (!signal.aborted) onProgress((before + counts.train + counts.test) / total);
            });
            counts[split] = earlier + images.bytes + labels.bytes;
          }
        }),
      );
      before += counts.train + counts.test;
    }
  }

  return {
    /** How many digits there are to be had. */
    available: Object.freeze({ train: rows('train', manifest.train.length), test: rows('test', manifest.test.length) }),

    /** How many have arrived. */
    get present() {
      return { ...present };
    },

    /** How many digits each stage brings, in all. */
    stages: manifest.stages.map(({ train, test }) => Object.freeze({ train: rows('train', train), test: rows('test', test) })),

    complete,
    missing,

    /**
     * Sees to it that a stage is here. Whoever asks for the stage that is already on its way waits for that; the others wait for
     * their turn. After a failure the next call tries again, and fetches only what is not here yet.
     * @param {number} stage
     * @param {(fraction: number) => void} [onProgress] heard by the call that starts the download
     * @returns {Promise<void>}
     * @throws {DataFileError | DOMException} an AbortError after `cancel`
     */
    async need(stage, onProgress = () => {}) {
      while (!complete(stage)) {
        if (!loading) {
          const stop = new AbortController();
          const promise = loadStages(stage, stop, onProgress).finally(() => (loading = undefined));
          loading = { stage, promise, stop };
        }
        const { stage: other, promise } = loading;
        if (other >= stage) await promise;
        // What became of another stage is the concern of those who asked for it.
        else await promise.catch(() => {});
      }
    },

    /** Gives up what is on its way; what has arrived stays. */
    cancel() {
      loading?.stop.abort();
    },

    /**
     * Calls back whenever more digits have arrived.
     * @param {() => void} listener
     * @returns {() => void} takes the listener off again
     */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /**
     * The first digits of a split, as views of what is kept.
     * @param {Split} split
     * @param {number} [count]
     * @returns {Digits}
     */
    digits(split, count = present[split]) {
      const { images, labels } = buffers[split];
      return { images: images.values(count), labels: labels.values(count) };
    },

    /**
     * The first digits as the four files of the engine's `idx` data.
     * @param {Record<Split, number>} count at most as many as are here
     * @returns {MnistFiles}
     */
    files({ train, test }) {
      for (const [split, count] of /** @type {const} */ ([
        ['train', train],
        ['test', test],
      ])) {
        if (count > present[split]) throw new DataFileError('missing', split, `expected ${count} digits, ${present[split]} are here`);
      }
      return {
        images: buffers.train.images.file(train),
        labels: buffers.train.labels.file(train),
        testImages: buffers.test.images.file(test),
        testLabels: buffers.test.labels.file(test),
      };
    },
  };
}
