// A row of values wrapped into a grid.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gridOf } from '../../../web/src/view/cell-grid.js';

it('a row of cells is wrapped where it is long, with as few empty places as can be', () => {
  assert.deepEqual(gridOf(1), { columns: 1, rows: 1 });
  assert.deepEqual(gridOf(32), { columns: 32, rows: 1 });
  assert.deepEqual(gridOf(50), { columns: 25, rows: 2 });
  assert.deepEqual(gridOf(512), { columns: 32, rows: 16 });
  for (let count = 1; count <= 512; ++count) {
    const { columns, rows } = gridOf(count);
    assert.ok(columns <= 32 && columns * rows >= count && columns * (rows - 1) < count, `${count}: ${columns} × ${rows}`);
  }
});
