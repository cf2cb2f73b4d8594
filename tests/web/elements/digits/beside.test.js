// What the digits lab has beside its document: along with documents, and kept between visits.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { besideAfter, besideIn, keepsakeOf, nothingBeside, ownOf } from '../../../../web/src/elements/digits/beside.js';

const digit = (/** @type {number} */ label) => ({ picture: new Uint8Array(784).fill(label), label });
const [one, two, three] = [1, 2, 3].map(digit);
/** @param {Partial<import('../../../../web/src/elements/digits/beside.js').Beside>} [parts] */
const beside = (parts = {}) => ({ ...nothingBeside, ...parts });

describe('along with a document', () => {
  it('goes nothing where there is nothing', () => {
    assert.equal(ownOf(beside({ aside: [one] })), undefined);
  });

  it('go the digits, whether they are used, and the names; what is there already is laid aside', () => {
    const own = ownOf(beside({ digits: [one, two], used: false, classNames: ['shirt'] }));
    assert.ok(own);
    const after = besideAfter(own, beside({ digits: [two, three], classNames: ['hat'] }));
    assert.deepEqual(after, { digits: [one, two], used: false, aside: [three], classNames: ['shirt'] });
  });

  it('that brings none, the present ones are not learned from, and stay', () => {
    const after = besideAfter({}, beside({ digits: [one], classNames: ['hat'] }));
    assert.deepEqual(after, { digits: [one], used: false, aside: [], classNames: ['hat'] });
    assert.equal(besideAfter({}, beside()).used, true, 'the next one that is written is learned from');
  });

  it('are refused with their path where they are no digits', () => {
    assert.throws(() => besideAfter({ digits: Uint8Array.of(12) }, beside()), { code: 'bad-file', path: 'own.digits' });
  });
});

describe('between visits', () => {
  it('everything is kept', () => {
    const all = beside({ digits: [one, two], used: false, aside: [three], classNames: ['shirt'] });
    assert.deepEqual(besideIn(keepsakeOf(all, undefined) ?? ''), all);
    assert.equal(keepsakeOf(beside(), undefined), undefined);
  });

  it('what another page kept meanwhile is laid aside, not lost', () => {
    const other = keepsakeOf(beside({ digits: [two], aside: [three] }), undefined);
    assert.deepEqual(besideIn(keepsakeOf(beside({ digits: [one, two] }), other) ?? '')?.aside, [three]);
    const emptied = besideIn(keepsakeOf(beside(), other) ?? '');
    assert.deepEqual([emptied?.digits, emptied?.aside], [[], [two, three]]);
  });

  it('a text that is none of ours is nothing', () => {
    for (const text of ['', 'null', '{', '7', '{"digits":"####"', JSON.stringify({ digits: 'DA==', aside: '' })]) {
      assert.equal(besideIn(text), undefined, text);
    }
  });
});
