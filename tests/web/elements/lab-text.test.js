// Messages of the engine and of links, for readers of Chinese.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createEngine } from 'mlp-playground';
import { issueIn, labTranslator } from '../../../web/src/elements/lab-text.js';
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

it('counts are spoken properly', () => {
  assert.match(labTranslator('en')('issues.title', { count: 1 }), /^One thing/);
  assert.match(labTranslator('en')('issues.title', { count: 2 }), /^2 things/);
  assert.match(labTranslator('zh')('issues.title', { count: 2 }), /2 处/);
});
