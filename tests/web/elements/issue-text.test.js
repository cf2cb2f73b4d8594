// Messages of the engine and of links, for readers of Chinese.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { issueIn } from '../../../web/src/elements/issue-text.js';
import { decodeLink } from '../../../web/src/state/link.js';

it('every kind of issue is written in Chinese', async () => {
  const engine = await createEngine({ variant: 'reproducible' });
  const { defaults } = engine.catalog();
  const messages = [
    ...engine.check(
      /** @type {any} */ ({
        data: { id: 'nope', samples: 'many', features: ['x1', 'x1', 'y'], seed: -1 },
        network: { layers: [{ units: 0, activation: 'nope' }, 5] },
        training: { speed: 1, optimizer: { id: 'sgd', nesterov: 1 }, batchSize: 1.5 },
      }),
    ).issues,
    ...decodeLink('v=1&a.b=1&training.l1=x&training.l1=2&training.loss=3&verbose&training.optimizer.nesterov=2&packed=*', defaults).issues,
    ...decodeLink('v=9', defaults).issues,
    ...decodeLink('training.l1=1', defaults).issues,
    ...engine.check({ data: { samples: 1 } }).issues,
    ...engine.check({ data: { id: 'plane' }, training: { loss: 'hinge' } }).issues,
    ...engine.check({ data: { features: [] }, network: { layers: [{ units: 4 }, { units: 7 }] } }).issues,
    ...decodeLink('v=1&packed=AQYAAAAA', defaults).issues,
    { path: 'data', message: 'data: image files are too large for a link; save the experiment as a file' },
    { path: 'own', message: 'own: there are more own digits than a link holds; save the experiment as a file' },
    { path: 'data.inputs', message: 'data.inputs: expected at most 2000 points in a link, got 2001; save the experiment as a file' },
    { path: 'data.id', message: 'data.id: "sine" does not fit the plane: expected data with 2 inputs, got 1' },
    ...engine.check({ network: { layers: [] } }).issues,
    ...engine.check(/** @type {any} */ ({ version: 9 })).issues,
  ].map(({ path, message }) => (message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message));
  assert.ok(messages.length > 12);
  for (const message of messages) {
    assert.equal(issueIn('en', message), message);
    assert.match(issueIn('zh', message), /\p{Script=Han}/u, message);
    assert.doesNotMatch(issueIn('zh', message), /expected|unknown/, message);
  }
});

it('a browser or a page that cannot run the engine is told so in Chinese', () => {
  for (const message of [
    'This browser cannot run the engine: it has no WebAssembly SIMD. Chrome and Edge have it since version 91.',
    "This page's content-security policy forbids the engine's worker: worker-src needs blob:.",
    "The engine's worker could not be started. A content-security policy of this page may forbid it: worker-src needs blob:.",
    "The engine's file could not be loaded (Failed to fetch).",
    "The engine's file could not be loaded: https://example.org/mlp-fast.wasm answered 404.",
  ]) {
    assert.match(issueIn('zh', message), /^\p{Script=Han}.*[。）]$/u, message);
  }
});

it('no issue of own data and of files is half English', async () => {
  const engine = await createEngine({ variant: 'reproducible' });
  /** @param {object} data */
  const table = (data) => ({ data: { id: 'table', columns: 2, inputs: [1, 2, 3, 4], labels: [0, 1], ...data } });
  /** @param {number[]} sizes @param {number[]} values @param {number} [type] */
  const file = (sizes, values, type = 8) =>
    Uint8Array.of(0, 0, type, sizes.length, ...sizes.flatMap((size) => [0, 0, size >> 8, size & 255]), ...values);
  const images = file([2, 1, 2], [1, 2, 3, 4]);
  const labels = file([2], [0, 1]);
  /** @param {object} data */
  const idx = (data) => ({ data: { id: 'idx', images, labels, ...data } });
  /** @type {any[]} */
  const documents = [
    ...[
      { columns: undefined },
      { columns: 0 },
      { columns: 1.5 },
      { columns: 'two' },
      { columns: 3 },
      { inputs: undefined },
      { inputs: 'rows' },
    ].map(table),
    ...[
      { inputs: [1, 2, 3, Number.NaN] },
      { inputs: new Float32Array(120_002) },
      { labels: [0] },
      { labels: [0, -1] },
      { labels: [0, 0.5] },
    ].map(table),
    ...[{ labels: 'ab' }, { labels: [0, 3], classes: 2 }, { classes: 1 }, { targets: [1, 2] }, { labels: undefined }, { outputs: 2 }].map(
      table,
    ),
    ...[
      { labels: undefined, targets: [1] },
      { labels: undefined, targets: [1, 2], outputs: 2 },
      { features: ['x3'] },
      { features: [] },
    ].map(table),
    ...[{ features: Array.from({ length: 40 }, () => 'x1') }, { testFraction: 0.95 }, { testFraction: 2 }, { seed: 'a'.repeat(60) }].map(
      table,
    ),
    ...[
      { images: undefined },
      { images: [1, 2] },
      { labels: undefined },
      { labels: file([3], [0, 1, 2]) },
      { labels: file([2], [0, 200]) },
    ].map(idx),
    ...[
      { images: Uint8Array.of(0x1f, 0x8b, 8) },
      { images: Uint8Array.of(0, 0) },
      { images: Uint8Array.from(images, () => 7) },
      { images: labels },
    ].map(idx),
    ...[{ images: file([2, 1, 2], [1, 2, 3, 4], 13) }, { images: file([2, 0, 2], []) }, { images: file([2, 1, 2], [1, 2, 3]) }].map(idx),
    ...[{ images: file([2, 1, 2], [1, 2, 3, 4, 5]) }, { images: file([2, 1, 60_000], [1]) }, { images: file([20, 10, 2], [1]) }].map(idx),
    ...[{ testImages: images }, { testLabels: labels }, { testImages: file([1, 1, 3], [1, 2, 3]), testLabels: file([1], [0]) }].map(idx),
    ...[{ images: file([1, 80, 60], new Array(4800).fill(1)), labels: file([1], [0]) }, { samples: 3 }, { samples: 0 }].map(idx),
    ...[{ scaling: 'odd' }, { scaling: { id: 'standardized', mean: 1 } }, { scaling: { id: 'standardized', mean: 1, std: 0 } }].map(idx),
    ...['gate', 'sine', 'line', 'circle'].flatMap((id) => [
      { data: { id, function: 'nor', slope: 9, labelNoise: 0.7, features: ['x2'], noise: 'much' } },
      { data: { id, features: Array.from({ length: 30 }, () => 'x1') } },
    ]),
    { data: [] },
    { data: new Uint8Array(3) },
    { network: { layers: [{}, 7, {}], initializer: 3 }, training: { optimizer: [] } },
    { data: null, network: { layers: [{ units: 1, activation: { id: 'hardtanh', min: 2 }, dropout: 2 }, { dropout: 0.5 }] } },
    { network: { layers: [{}], skip: true, locked: 'all', cut: new Array(2000).fill('0') } },
    { network: { skip: 1, locked: [[], '9', '0.9', '0.0.9', '0.0.0.0', '0.', 'a'], cut: ['0', null] } },
  ];
  let count = 0;
  for (const document of documents) {
    for (const { path, message } of engine.check(document).issues) {
      count += 1;
      const chinese = issueIn('zh', message);
      // Without what stays as it is: identifiers, the fields' own names, quoted input.
      const words = chinese.replace(/“[^”]*”|"[^"]*"|\{.*?\}|\b(IDX|gzip|NaN|Infinity|mean|std|targets|labels|true|false)\b/g, '');
      assert.match(chinese, /\p{Script=Han}/u, `${path}: ${message}`);
      assert.doesNotMatch(
        words,
        /\b(an?|the|of|expected|got|numbers?|rows?|bytes?|file|images?|unknown|such|with)\b/,
        `${message} → ${chinese}`,
      );
    }
  }
  assert.ok(count > 55, String(count));
});
