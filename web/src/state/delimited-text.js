/**
 * Tables as text (commas, semicolons or tabs between the columns, a decimal comma or point, a first row of names or none) made into
 * own points. What is wrong is told by row and column. The reading of quotes and separators is Papa Parse's. Pure.
 */
import Papa from 'papaparse';
import { FEWEST_CLASSES, MOST_CLASSES, PLANE, onGrid, ownPoints } from './own-points.js';

/** @import { OwnPoints } from './own-points.js' */

/** @typedef {{ row: number, cells: string[] }} Row its number as an editor counts it, from 1, with the row of names */

/**
 * @typedef {object} TextTable
 * @property {string[]} names of the columns; empty where the text has none
 * @property {Row[]} rows
 * @property {number} columns
 * @property {boolean} decimalComma
 */

/** @typedef {'empty' | 'large' | 'rows' | 'columns' | 'quote'} TableProblem */

/** A text that is no table: what is wrong, and how much of it there may be. */
export class TableError extends Error {
  /**
   * @param {TableProblem} problem
   * @param {number} [limit]
   * @param {number} [row]
   */
  constructor(problem, limit = 0, row = 0) {
    super(`${problem} ${limit}`);
    this.problem = problem;
    this.limit = limit;
    this.row = row;
  }
}

/**
 * A cell that cannot be used: a number was expected, or a class when there were as many as there may be, or anything at all.
 * @typedef {{ row: number, column: number, expected: 'number' | 'class' | 'cell', got: string }} CellIssue
 */

/** From the data's own units to the plane: (value − middle) · factor. @typedef {{ middle: number, factor: number }} Scaling */

/** @typedef {{ x1: number, x2: number, target: number }} Columns */

/**
 * @typedef {object} Import
 * @property {OwnPoints} points of the rows that are right
 * @property {CellIssue[]} issues one for each row that is not
 * @property {readonly string[]} classNames empty for values
 * @property {{ x1: Scaling, x2: Scaling, target: Scaling }} scaling
 */

const LONGEST_TEXT = 8 * 1024 * 1024;
const MOST_COLUMNS = 64;
const WITH_POINT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const WITH_COMMA = /^[+-]?(?:\d+,?\d*|,\d+)(?:e[+-]?\d+)?$/i;
const NO_SCALING = Object.freeze({ middle: 0, factor: 1 });

/**
 * @param {string} cell
 * @param {boolean} decimalComma
 * @returns {number} NaN for everything else
 */
export function numberOf(cell, decimalComma) {
  const plain = cell.trim().replace('\u2212', '-');
  if (!(decimalComma ? WITH_COMMA : WITH_POINT).test(plain)) return Number.NaN;
  const value = Number(plain.replace(',', '.'));
  return Number.isFinite(Math.fround(value)) ? value : Number.NaN;
}

/**
 * @param {string} text
 * @param {number} mostRows
 * @returns {TextTable}
 * @throws {TableError}
 */
export function readTable(text, mostRows) {
  if (text.length > LONGEST_TEXT) throw new TableError('large', LONGEST_TEXT / 1024 / 1024);
  const { data, errors, meta } = Papa.parse(text.replace(/^\uFEFF/, ''), {
    delimitersToGuess: [',', '\t', ';', '|'],
    preview: mostRows + 2,
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new TableError('quote', 0, (broken.row ?? 0) + 1);
  const all = /** @type {string[][]} */ (data)
    .map((cells, index) => ({ row: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (all.length === 0) throw new TableError('empty');
  const columns = Math.max(...all.map(({ cells }) => cells.length));
  if (columns > MOST_COLUMNS) throw new TableError('columns', MOST_COLUMNS);
  const decimalComma = meta.delimiter !== ',' && hasDecimalCommas(all);
  const [first, ...rest] = all;
  // A row of names is one without a number in a column of numbers.
  const named = rest.length > 0 && first.cells.every((cell) => Number.isNaN(numberOf(cell, decimalComma)));
  const rows = named ? rest : all;
  if (rows.length > mostRows) throw new TableError('rows', mostRows);
  return { names: named ? first.cells : [], rows, columns, decimalComma };
}

/** @param {readonly Row[]} rows */
function hasDecimalCommas(rows) {
  const cells = rows.flatMap((row) => row.cells);
  return (
    cells.some((cell) => /,\d/.test(cell) && WITH_COMMA.test(cell)) && !cells.some((cell) => /\.\d/.test(cell) && WITH_POINT.test(cell))
  );
}

/**
 * Whether nearly all of a column's cells are numbers: a wrong one among them is an issue, not another kind of column.
 * @param {TextTable} table
 * @param {number} column
 */
export function isNumeric({ rows, decimalComma }, column) {
  const filled = rows.filter(({ cells }) => (cells[column] ?? '') !== '');
  const numbers = filled.filter(({ cells }) => !Number.isNaN(numberOf(cells[column], decimalComma)));
  return numbers.length > 0 && numbers.length >= 0.7 * filled.length;
}

/**
 * What one would most likely choose: the first two columns of numbers for the axes, the last column of words, else the last one, for
 * what is to be learned; classes where it has few different values.
 * @param {TextTable} table
 * @returns {{ columns: Columns, kind: 'classes' | 'values' }}
 */
export function guessColumns(table) {
  const indices = Array.from({ length: table.columns }, (_, index) => index);
  const numeric = indices.filter((index) => isNumeric(table, index));
  const words = indices.filter((index) => !numeric.includes(index));
  const [x1 = 0, x2 = Math.min(1, table.columns - 1)] =
    words.length > 0 ? numeric : numeric.slice(0, -1).length >= 2 ? numeric.slice(0, -1) : numeric;
  const target = words.at(-1) ?? table.columns - 1;
  return { columns: { x1, x2, target }, kind: kindOf(table, target) };
}

/**
 * Classes where a column holds words, or few different whole numbers.
 * @param {TextTable} table
 * @param {number} column
 * @returns {'classes' | 'values'}
 */
export function kindOf(table, column) {
  if (!isNumeric(table, column)) return 'classes';
  const values = new Set(
    table.rows.map(({ cells }) => numberOf(cells[column] ?? '', table.decimalComma)).filter((value) => !Number.isNaN(value)),
  );
  return values.size <= MOST_CLASSES && [...values].every(Number.isInteger) ? 'classes' : 'values';
}

/**
 * Whether the numbers of a column had better be scaled: they leave the plane, or lie close together on it.
 * @param {TextTable} table
 * @param {readonly number[]} columns
 */
export function wantsScaling({ rows, decimalComma }, columns) {
  return columns.some((column) => {
    const { least, most } = rangeOf(rows.map(({ cells }) => numberOf(cells[column] ?? '', decimalComma)));
    return least < -PLANE || most > PLANE || most - least < PLANE / 4;
  });
}

/** @param {readonly number[]} values */
function rangeOf(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}

/**
 * The constants that bring values to −reach … reach: round ones, which are then exactly what is shown.
 * @param {readonly number[]} values
 * @param {number} reach
 * @returns {Scaling}
 */
function scalingOf(values, reach) {
  const { least, most } = rangeOf(values);
  if (!(most > least)) return { middle: Number.isFinite(least) ? Number(least.toPrecision(6)) : 0, factor: 1 };
  return { middle: Number(((least + most) / 2).toPrecision(6)), factor: Number(((2 * reach) / (most - least)).toPrecision(4)) };
}

/** On the plane with a little room at its rim. */
const SCALED_REACH = 5;

/**
 * @param {TextTable} table
 * @param {{ columns: Columns, kind: 'classes' | 'values', scale: boolean }} options
 * @returns {Import}
 */
export function importTable({ rows, decimalComma }, { columns, kind, scale }) {
  /** @type {CellIssue[]} */
  const issues = [];
  /** @type {{ x1: number, x2: number, target: string, value: number }[]} */
  const right = [];
  /** @type {Set<string>} */
  const found = new Set();
  for (const { row, cells } of rows) {
    const [x1, x2] = [columns.x1, columns.x2].map((column) => numberOf(cells[column] ?? '', decimalComma));
    const target = cells[columns.target] ?? '';
    const value = numberOf(target, decimalComma);
    const wrongAxis = Number.isNaN(x1) ? columns.x1 : Number.isNaN(x2) ? columns.x2 : -1;
    if (wrongAxis >= 0) issues.push({ row, column: wrongAxis, expected: 'number', got: cells[wrongAxis] ?? '' });
    else if (target === '') issues.push({ row, column: columns.target, expected: 'cell', got: '' });
    else if (kind === 'values' && Number.isNaN(value)) issues.push({ row, column: columns.target, expected: 'number', got: target });
    else if (kind === 'classes' && !found.has(target) && found.size === MOST_CLASSES)
      issues.push({ row, column: columns.target, expected: 'class', got: target });
    else {
      found.add(target);
      right.push({ x1, x2, target, value });
    }
  }
  const classNames = kind === 'classes' ? [...found].sort(new Intl.Collator('en', { numeric: true }).compare) : [];
  /** @param {readonly number[]} values @param {number} reach */
  const fitted = (values, reach) => (scale ? scalingOf(values, reach) : NO_SCALING);
  const scaling = {
    x1: fitted(
      right.map(({ x1 }) => x1),
      SCALED_REACH,
    ),
    x2: fitted(
      right.map(({ x2 }) => x2),
      SCALED_REACH,
    ),
    target:
      kind === 'values'
        ? fitted(
            right.map(({ value }) => value),
            1,
          )
        : NO_SCALING,
  };
  /** @param {number} value @param {Scaling} by */
  const scaled = (value, { middle, factor }) => (scale ? onGrid((value - middle) * factor) : value);
  return {
    points: ownPoints(
      kind === 'classes' ? Math.max(FEWEST_CLASSES, classNames.length) : 0,
      right.flatMap(({ x1, x2 }) => [scaled(x1, scaling.x1), scaled(x2, scaling.x2)]),
      right.map(({ target, value }) => (kind === 'classes' ? classNames.indexOf(target) : scaled(value, scaling.target))),
    ),
    issues,
    classNames,
    scaling,
  };
}
