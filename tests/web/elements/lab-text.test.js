// What every lab says of itself.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { labTranslator } from '../../../web/src/elements/lab-text.js';

it('counts are spoken properly', () => {
  assert.match(labTranslator('en')('issues.title', { count: 1 }), /^One thing/);
  assert.match(labTranslator('en')('issues.title', { count: 2 }), /^2 things/);
  assert.match(labTranslator('zh')('issues.title', { count: 2 }), /2处/);
});
