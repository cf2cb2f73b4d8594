// Hostile bytes and texts for every decoder of the pages: thousands of mutations of good inputs, the same ones in every run. Whatever comes,
// a decoder answers, or throws its own kind of error; it never throws another, and never makes more than its limit out of little.
//   node --test web/state/hostile.test.js                      a few thousand inputs per decoder
//   MLP_FUZZ_RUNS=1000000 MLP_FUZZ_SEED=7 node --test …        more, and others
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createEngine } from 'mlp-playground';
import { gunzipBounded, TooManyBytesError } from '../../../web/src/digits/bounded-reader.js';
import { DataFileError } from '../../../web/src/digits/data-file-error.js';
import { decodeIdx, encodeIdx } from '../../../web/src/digits/idx.js';
import { EngineError } from '../../../web/src/engine/errors.js';
import { fromBase64Url, toBase64Url } from '../../../web/src/state/base64.js';
import { decodeFile, encodeFile } from '../../../web/src/state/file.js';
import { decodeLink, encodeLink } from '../../../web/src/state/link.js';
import { pack, unpack } from '../../../web/src/state/packed.js';

/** @import { Catalog, Engine } from 'mlp-playground' */

const RUNS = Number(process.env.MLP_FUZZ_RUNS ?? 2000);
const SEED = Number(process.env.MLP_FUZZ_SEED ?? 1);

/** Mulberry32. @param {number} seed @returns {(bound: number) => number} a whole number below the bound */
function createRandom(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Bytes that formats treat specially: ends of ranges, and what texts are made of. */
const edges = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff, 0x1f, 0x8b, ...Buffer.from('.,:;=&%#?"\\[]{}-+eE0189_~ \n')];

/**
 * One to five changes: bytes turned, taken out, doubled, moved, the end cut off, a piece of another input put in.
 * @param {Uint8Array} good
 * @param {readonly Uint8Array[]} others
 * @param {(bound: number) => number} random
 * @returns {Uint8Array<ArrayBuffer>}
 */
function mutated(good, others, random) {
  let bytes = [...good];
  for (let changes = 1 + random(5); changes > 0; changes -= 1) {
    const at = random(bytes.length + 1);
    const length = 1 + random(8);
    const other = others[random(others.length)];
    const from = random(other.length + 1);
    const change = [
      () => bytes.splice(at, 1, random(256)),
      () => bytes.splice(at, 1, edges[random(edges.length)]),
      () => bytes.splice(at, length),
      () => bytes.splice(at, 0, ...bytes.slice(at, at + length)),
      () => bytes.splice(at, 0, ...Array.from({ length }, () => edges[random(edges.length)])),
      () => (bytes = bytes.slice(0, at)),
      () => bytes.splice(at, length, ...other.slice(from, from + 4 * length)),
    ];
    change[random(change.length)]();
  }
  return Uint8Array.from(bytes);
}

/**
 * @param {readonly Uint8Array[]} corpus
 * @param {(bytes: Uint8Array<ArrayBuffer>) => unknown} decode throws where a decoder misbehaves
 * @param {number} [runs]
 */
async function attack(corpus, decode, runs = RUNS) {
  const random = createRandom(SEED);
  for (const good of corpus) await decode(Uint8Array.from(good));
  for (let run = 0; run < runs; run += 1) {
    const bytes = mutated(corpus[run % corpus.length], corpus, random);
    try {
      await decode(bytes);
    } catch (cause) {
      throw new Error(`run ${run} of seed ${SEED}: ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`, { cause });
    }
  }
}

/**
 * Calls a decoder that may refuse with one kind of error only.
 * @param {() => unknown} decode
 * @param {...(new (...args: any[]) => Error)} kinds
 */
function mayRefuse(decode, ...kinds) {
  try {
    return decode();
  } catch (thrown) {
    if (!kinds.some((kind) => thrown instanceof kind)) throw thrown;
    return undefined;
  }
}

const text = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('utf8');
const bytesOf = (/** @type {string} */ written) => Uint8Array.from(Buffer.from(written));

const documents = [
  {},
  {
    data: { id: 'xor', noise: 0.2 },
    network: { layers: [{ units: 3, activation: { id: 'leaky-relu', slope: 0.2 } }, { activation: 'identity' }] },
  },
  {
    data: { id: 'table', columns: 2, inputs: [1, 2, -3, 4], labels: [0, 1], classes: 2 },
    training: { optimizer: { id: 'adam', beta1: 0.5 } },
  },
  { data: { id: 'plane', samples: 10 }, training: { loss: 'huber', schedule: { id: 'step', every: 2 }, seed: 4294967295 } },
];

/** @type {Engine} */
let engine;
/** @type {Catalog} */
let catalog;
before(async () => {
  engine = await createEngine({ variant: 'reproducible' });
  catalog = engine.catalog();
});

/** @param {unknown} experiment any document that a decoder gave */
function assertCheckable(experiment) {
  const { issues } = engine.check(/** @type {object} */ (experiment));
  for (const { path, message } of issues) assert.ok(typeof path === 'string' && message.length > 0);
}

describe('hostile input', () => {
  it('as links', async () => {
    const defaults = (/** @type {string | undefined} */ id) => engine.check(id === undefined ? {} : { data: { id } }).experiment;
    const links = documents.map((document) => {
      const { experiment, issues } = engine.check(document);
      assert.deepEqual(issues, []);
      return encodeLink({ ...experiment, ...document }, defaults(experiment.data.id), { catalog, parameters: Float32Array.of(1, -2) });
    });
    await attack(links.map(bytesOf), (bytes) => {
      const { experiment, issues } = decodeLink(text(bytes), defaults, { catalog, options: ['lang'] });
      for (const { message } of issues) assert.ok(message.length > 0);
      assertCheckable(experiment);
    });
  });

  it('as files', async () => {
    const run = engine.createRun({});
    run.train({ steps: 3 });
    const files = documents.map((experiment) => encodeFile({ experiment, parameters: run.parameters(), snapshot: run.snapshot() }));
    run.dispose();
    await attack(files.map(bytesOf), (bytes) => {
      const content = mayRefuse(() => decodeFile(text(bytes)), EngineError);
      if (!content) return;
      assertCheckable(content.experiment);
      const target = engine.createRun({});
      if (content.snapshot) mayRefuse(() => target.restore(content.snapshot), EngineError);
      if (content.parameters) mayRefuse(() => target.setParameters(content.parameters), EngineError);
      target.dispose();
      assert.equal(engine.dead, false);
    });
  });

  it('as packed points and weights', async () => {
    const corpus = [
      pack({ points: { columns: 2, inputs: [1, 2, -3, 4], labels: [0, 1], classes: 2 }, parameters: Float32Array.of(1, 2, 3) }),
      pack({ points: { columns: 1, inputs: [1, 2], targets: [0.5, -1], outputs: 1 } }),
      pack({ parameters: new Float32Array(20) }),
    ];
    await attack(corpus, (bytes) => mayRefuse(() => unpack(bytes), RangeError));
    await attack(
      corpus.map((bytes) => bytesOf(toBase64Url(bytes))),
      (bytes) => mayRefuse(() => fromBase64Url(text(bytes)), RangeError, EngineError),
    );
  });

  it('as IDX files', async () => {
    const corpus = [encodeIdx([3], Uint8Array.of(1, 2, 3)), encodeIdx([2, 2, 2], new Uint8Array(8)), Uint8Array.of(0, 0, 8, 255, 255, 255)];
    await attack(corpus, (bytes) => {
      const file = mayRefuse(() => decodeIdx(bytes, 'file'), DataFileError);
      if (file)
        assert.equal(
          file.values.length,
          file.shape.reduce((product, size) => product * size, 1),
        );
    });
  });

  it('as gzip, of which no more is unpacked than allowed', async () => {
    const limit = 5000;
    const corpus = [new Uint8Array(100), new Uint8Array(limit), new Uint8Array(1 << 20), bytesOf('abc'.repeat(300))].map((bytes) =>
      gzipSync(bytes),
    );
    await attack(
      corpus,
      async (bytes) => {
        const unpacked = await gunzipBounded(bytes, limit).catch((/** @type {unknown} */ thrown) => {
          // For bytes that are no gzip, browsers throw a TypeError and Node.js an error of zlib's.
          const refused =
            thrown instanceof TypeError || (thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_'));
          if (thrown instanceof TooManyBytesError || refused) return new Uint8Array();
          throw thrown;
        });
        assert.ok(unpacked.length <= limit);
      },
      RUNS / 4,
    );
  });
});
