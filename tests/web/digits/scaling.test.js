import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affineOf, asIfScaled, scalingIds, scalingNamed, scalingOf } from '../../../web/src/digits/scaling.js';

const statistics = { mean: 0.2, std: 0.4 };

test('every scaling is recognised in the document that it makes, and other numbers are nobody’s', () => {
  for (const id of scalingIds) assert.equal(scalingOf(scalingNamed(id)), id);
  assert.equal(scalingOf({ id: 'raw' }), 'raw');
  assert.equal(scalingOf(undefined), 'unit');
  assert.equal(scalingOf({ id: 'standardized', mean: 0.1307, std: 0.229 }), 'own');
});

test('paper and full ink become what the literature says', () => {
  const ends = scalingIds.map((id) => {
    const { scale, offset } = affineOf(id, statistics);
    return [id, offset.toFixed(4), (255 * scale + offset).toFixed(4)];
  });
  assert.deepEqual(ends, [
    ['unit', '0.0000', '1.0000'],
    ['standardized', '-0.5000', '2.0000'],
    ['raw', '0.0000', '255.0000'],
    ['mnist', '-0.4242', '2.8215'],
    ['imagenet', '-2.1179', '2.2489'],
  ]);
});

test('a network sees images as if they were scaled otherwise', () => {
  const images = Uint8Array.of(0, 51, 255);
  for (const id of scalingIds) {
    const own = affineOf('standardized', statistics);
    const other = affineOf(id, statistics);
    const seen = asIfScaled(images, own, other).map((value) => value * own.scale + own.offset);
    seen.forEach((value, index) => {
      const expected = images[index] * other.scale + other.offset;
      assert.ok(Math.abs(value - expected) <= 1e-5 * Math.max(1, Math.abs(expected)), `${id}: ${value} is ${expected}`);
    });
  }
});
