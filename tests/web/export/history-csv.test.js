// The curves of a run for spreadsheets.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { toHistoryCsv } from '../../../web/src/export/history-csv.js';

it('the history as CSV has a row for each point, gaps where there is no value, and no curve without values', () => {
  const text = toHistoryCsv(
    [0, 0.1 + 0.2, 2],
    [
      { name: 'train_loss', values: [0.5, 0.25, 0.125] },
      { name: 'test_loss', values: [null, 1, 2] },
      { name: 'test_accuracy', values: [null, null, null] },
    ],
  );
  assert.equal(text, 'epoch,train_loss,test_loss\r\n0,0.5,\r\n0.3,0.25,1\r\n2,0.125,2\r\n');
});
