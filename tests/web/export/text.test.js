// Numbers and lists as exported programs write them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { block, float, integer } from '../../../web/src/export/protobuf.js';
import { floatText, listText, matrixText } from '../../../web/src/export/text.js';

const brackets = /** @type {const} */ (['[', ']']);

describe('numbers', () => {
  it('are as short as they are exact', () => {
    assert.equal(floatText(Math.fround(0.1)), '0.1');
    assert.equal(floatText(Math.fround(1 / 3)), '0.33333334');
    assert.equal(floatText(-2), '-2');
    for (let i = 1; i < 2000; ++i) {
      const value = Math.fround(Math.sin(i) * 10 ** ((i % 60) - 30));
      assert.equal(Math.fround(Number(floatText(value))), value);
    }
  });
});

describe('lists', () => {
  it('stand on one line where they fit, else on several', () => {
    assert.equal(listText([1, 2.5], '', brackets), '[1, 2.5]');
    const long = listText(
      Float32Array.from({ length: 40 }, (_, i) => i / 7),
      '    ',
      brackets,
    );
    assert.ok(long.split('\n').every((line) => line.length <= 100));
    assert.equal(JSON.parse(long.replace(/,\s*\]/, ']')).length, 40);
  });

  it('of rows are matrices', () => {
    assert.equal(matrixText(Float32Array.of(1, 2, 3, 4), 2, '', brackets), '[\n  [1, 2],\n  [3, 4],\n]');
  });
});

describe('protocol buffers', () => {
  it('write whole numbers, floats, texts and messages as the format says', () => {
    assert.deepEqual([...integer(1, 150)], [0x08, 0x96, 0x01]);
    assert.deepEqual([...block(2, 'testing')], [0x12, 0x07, ...Buffer.from('testing')]);
    assert.deepEqual([...block(3, [integer(1, 150)])], [0x1a, 0x03, 0x08, 0x96, 0x01]);
    assert.deepEqual([...float(2, 1)], [0x15, 0, 0, 0x80, 0x3f]);
    assert.deepEqual([...integer(1, 2 ** 40)], [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
  });
});
