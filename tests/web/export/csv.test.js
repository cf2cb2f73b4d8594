// Tables as CSV.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toCsv } from '../../../web/src/export/csv.js';

describe('CSV', () => {
  it('quotes what would be read as something else, and leaves empty what is not there', () => {
    assert.equal(
      toCsv([
        ['a', 'b'],
        [1.5, undefined],
        ['x, y', 'say "z"'],
        [Number.NaN, null],
      ]),
      'a,b\r\n1.5,\r\n"x, y","say ""z"""\r\n,\r\n',
    );
  });
});
