// Names of the classes of own images, as they are typed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classNameOf, classNamesIn, fashionNames, LONGEST_NAME } from '../../../web/src/digits/class-names.js';
import { CLASSES } from '../../../web/src/digits/experiment.js';
import { listed } from '../../../web/src/text/text.js';

describe('names of classes', () => {
  it('are read as they are listed, in either language', () => {
    for (const language of /** @type {const} */ (['en', 'zh'])) {
      assert.equal(fashionNames[language].length, CLASSES);
      assert.deepEqual(classNamesIn(listed(fashionNames[language], language)), { names: [...fashionNames[language]] });
    }
  });

  it('may be few, or left out in between: the others go by their numbers', () => {
    const read = classNamesIn(' cat , , dog,, ');
    assert.deepEqual(read, { names: ['cat', '', 'dog'] });
    assert.deepEqual(
      [0, 1, 2, 3].map((label) => classNameOf('names' in read ? read.names : [], label)),
      ['cat', '1', 'dog', '3'],
    );
    assert.deepEqual(classNamesIn('  '), { names: [] });
  });

  it('are refused where there are too many or one is too long', () => {
    assert.deepEqual(classNamesIn('a,b,c,d,e,f,g,h,i,j,k'), { fault: 'many', given: 11 });
    assert.deepEqual(classNamesIn(`a,${'b'.repeat(LONGEST_NAME + 1)}`), { fault: 'long', given: LONGEST_NAME + 1 });
  });
});
