// Tables as text: whatever separates the columns, whoever exported them; what is wrong is named by row and column.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TableError, guessColumns, importTable, kindOf, numberOf, readTable, wantsScaling } from '../../../web/src/state/delimited-text.js';

/** @param {string} text */
const read = (text) => readTable(text, 60_000);

/**
 * @param {string} text
 * @param {{ scale?: boolean, kind?: 'classes' | 'values' }} [options]
 */
function imported(text, { scale = false, kind } = {}) {
  const table = read(text);
  const guess = guessColumns(table);
  return importTable(table, { ...guess, kind: kind ?? guess.kind, scale });
}

/** @param {string} text */
function problemOf(text, mostRows = 60_000) {
  try {
    readTable(text, mostRows);
  } catch (thrown) {
    assert.ok(thrown instanceof TableError, String(thrown));
    return thrown;
  }
  return assert.fail('was read');
}

describe('a table', () => {
  /** @type {[string, string][]} */
  const same = [
    ['commas', 'a,b,kind\n1.5,2,red\n-3,4.25,blue\n'],
    ['semicolons and decimal commas', 'a;b;kind\r\n1,5;2;red\r\n-3;4,25;blue'],
    ['tabs, as spreadsheets copy', 'a\tb\tkind\n1.5\t2\tred\n-3\t4.25\tblue'],
    ['tabs and decimal commas', 'a\tb\tkind\n1,5\t2\tred\n-3\t4,25\tblue'],
    ['quotes, spaces and empty lines', '"a", b ,"kind"\n\n1.5, 2 ,"red"\n\n\u22123,4.25,"blue"\n\n'],
    ['a byte order mark', '\uFEFFa,b,kind\n1.5,2,red\n-3,4.25,blue'],
  ];
  for (const [name, text] of same) {
    it(`is read with ${name}`, () => {
      assert.deepEqual(read(text).names, ['a', 'b', 'kind']);
      const { points, issues, classNames } = imported(text);
      assert.deepEqual(issues, []);
      assert.deepEqual([...points.inputs], [1.5, 2, -3, 4.25]);
      assert.deepEqual(classNames, ['blue', 'red']);
      assert.deepEqual([...points.values], [1, 0]);
    });
  }

  it('needs no names', () => {
    const table = read('1,2,0\n3,4,1');
    assert.deepEqual(table.names, []);
    assert.equal(table.rows.length, 2);
    assert.equal(table.rows[0].row, 1);
  });

  it('may have commas and line breaks within quotes', () => {
    const { classNames, points } = imported('1,2,"red, or so"\n3,4,"two\nlines"');
    assert.deepEqual(classNames, ['red, or so', 'two\nlines']);
    assert.equal(points.rows, 2);
  });

  it('is refused where it is none, or too large', () => {
    assert.equal(problemOf(' \n\n').problem, 'empty');
    assert.equal(problemOf('x'.repeat(8 * 1024 * 1024 + 1)).problem, 'large');
    assert.equal(problemOf('1,2,3\n'.repeat(11), 10).problem, 'rows');
    assert.equal(problemOf(Array.from({ length: 65 }, (_, i) => i).join(',')).problem, 'columns');
    const quote = problemOf('a,b,c\n1,2,"red\n3,4,blue');
    assert.deepEqual([quote.problem, quote.row], ['quote', 2]);
  });

  it('has exactly as many rows as it may', () => assert.equal(readTable('1,2,3\n'.repeat(10), 10).rows.length, 10));
});

describe('columns', () => {
  it('are guessed: words are to be learned from the first two columns of numbers', () => {
    const table = read('id,kind,height,width\na7,oak,3.5,1\nb2,elm,2.5,2');
    assert.deepEqual(guessColumns(table), { columns: { x1: 2, x2: 3, target: 1 }, kind: 'classes' });
  });

  it('are guessed: without words the last one is to be learned, classes when it has few whole numbers', () => {
    assert.deepEqual(guessColumns(read('1,2,3,0\n4,5,6,1')), { columns: { x1: 0, x2: 1, target: 3 }, kind: 'classes' });
    assert.deepEqual(guessColumns(read('1,2,0.5\n4,5,1')), { columns: { x1: 0, x2: 1, target: 2 }, kind: 'values' });
    assert.equal(kindOf(read(Array.from({ length: 11 }, (_, i) => `0,0,${i}`).join('\n')), 2), 'values');
  });

  it('that are missing leave something to choose from', () => {
    assert.deepEqual(guessColumns(read('5')).columns, { x1: 0, x2: 0, target: 0 });
  });
});

describe('numbers', () => {
  it('are numbers in full or nothing', () => {
    assert.equal(numberOf(' -1.5e2 ', false), -150);
    assert.equal(numberOf('1,5', true), 1.5);
    for (const text of ['', 'abc', '1,5', '0x10', '1e99', 'Infinity', 'NaN', '1 2', '5 %'])
      assert.ok(Number.isNaN(numberOf(text, false)), text);
    assert.ok(Number.isNaN(numberOf('1.5', true)));
  });
});

describe('what is wrong in a table', () => {
  it('is named by row, as an editor counts them, and column; the right rows are there', () => {
    const { points, issues } = imported('x,y,kind\n1,2,a\nabc,2,a\n\n3,,b\n5,6,\n7,8,b\n9,1,a\n1,1,b\n2,2,a\n4,4,b');
    assert.deepEqual(issues, [
      { row: 3, column: 0, expected: 'number', got: 'abc' },
      { row: 5, column: 1, expected: 'number', got: '' },
      { row: 6, column: 2, expected: 'cell', got: '' },
    ]);
    assert.equal(points.rows, 6);
  });

  it('may be a class too many', () => {
    const text = Array.from({ length: 12 }, (_, i) => `${i},${i},${'abcdefghijkl'[i]}`).join('\n');
    const { points, issues, classNames } = imported(text);
    assert.equal(points.classes, 10);
    assert.equal(classNames.length, 10);
    assert.deepEqual(
      issues.map(({ row, expected, got }) => [row, expected, got]),
      [
        [11, 'class', 'k'],
        [12, 'class', 'l'],
      ],
    );
  });

  it('may be a word among values', () => {
    const { issues } = imported('1,2,0.5\n1,2,x\n3,3,0.1\n2,2,0.2\n1,5,2.5', { kind: 'values' });
    assert.deepEqual(issues, [{ row: 2, column: 2, expected: 'number', got: 'x' }]);
  });
});

describe('scaling', () => {
  it('is wanted where points leave the plane or crowd on it', () => {
    assert.equal(wantsScaling(read('-5,5,0\n5,-5,1'), [0, 1]), false);
    assert.equal(wantsScaling(read('-5,5,0\n50,-5,1'), [0, 1]), true);
    assert.equal(wantsScaling(read('0,0.1,0\n0.2,0.3,1'), [0, 1]), true);
  });

  it('brings the smallest and largest to −5 and 5 by constants that are told', () => {
    const { points, scaling } = imported('100,2,a\n300,4,b\n200,3,a', { scale: true });
    assert.deepEqual(scaling.x1, { middle: 200, factor: 0.05 });
    assert.deepEqual(scaling.x2, { middle: 3, factor: 5 });
    assert.deepEqual([...points.inputs], [-5, -5, 5, 5, 0, 0]);
  });

  it('brings values to −1 and 1, and survives a column of one number', () => {
    const { points, scaling } = imported('7,0,10.5\n7,1,20.5', { scale: true, kind: 'values' });
    assert.deepEqual(scaling.x1, { middle: 7, factor: 1 });
    assert.deepEqual([...points.values], [-1, 1]);
  });

  it('is nothing at all when it is switched off: the numbers are the file’s', () => {
    const { points } = imported('0.12345,1000,a\n1,2,b');
    assert.deepEqual([...points.inputs], [Math.fround(0.12345), 1000, 1, 2]);
  });
});
