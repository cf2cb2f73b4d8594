/**
 * Lines over a grid of values: where they have a level, and where one of several becomes the largest.
 */

/** @typedef {Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>} Tracing */

/** The rectangle that the cells fill. @typedef {{ left: number, top: number, width: number, height: number }} Box */

/**
 * Marching squares: the line along which values on a grid have a level, linear in between.
 * @param {Tracing} context
 * @param {object} grid
 * @param {number} grid.columns
 * @param {number} grid.rows
 * @param {(cell: number) => number} grid.over how far the value at the centre of a cell is above the level; row 0 is at the bottom
 * @param {Box} plot
 */
export function traceContour(context, { columns, rows, over }, { left, top, width: whole, height: full }) {
  const width = whole / columns;
  const height = full / rows;
  /** @param {{ x: number, y: number }} from @param {{ x: number, y: number }} to */
  const line = (from, to) => {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  };
  for (let row = 0; row + 1 < rows; ++row) {
    const y = top + full - (row + 0.5) * height;
    const first = row * columns;
    // What is right of one cell is left of the next.
    let b = over(first);
    let c = over(first + columns);
    for (let column = 0; column + 1 < columns; ++column) {
      const at = first + column;
      const a = b;
      const d = c;
      b = over(at + 1);
      c = over(at + columns + 1);
      const kind = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
      if (kind === 0 || kind === 15) continue;
      const x = left + (column + 0.5) * width;
      const bottom = { x: x + (a / (a - b)) * width, y };
      const right = { x: x + width, y: y - (b / (b - c)) * height };
      const above = { x: x + (d / (d - c)) * width, y: y - height };
      const before = { x, y: y - (a / (a - d)) * height };
      if (kind === 1 || kind === 14) line(before, bottom);
      else if (kind === 2 || kind === 13) line(bottom, right);
      else if (kind === 4 || kind === 11) line(right, above);
      else if (kind === 8 || kind === 7) line(before, above);
      else if (kind === 3 || kind === 12) line(before, right);
      else if (kind === 6 || kind === 9) line(bottom, above);
      else {
        const joined = a + b + c + d > 0;
        line(before, (kind === 5) === joined ? above : bottom);
        line(right, (kind === 5) === joined ? bottom : above);
      }
    }
  }
}

/**
 * The borders between the outputs that are largest: around each, where it is no more ahead of the others.
 * @param {Tracing} context
 * @param {object} grid
 * @param {ArrayLike<number>} grid.values [rows x columns x outputs], at cell centres; row 0 is at the bottom
 * @param {number} grid.columns
 * @param {number} grid.rows
 * @param {number} grid.outputs
 * @param {Box} plot
 */
export function traceBorders(context, { values, columns, rows, outputs }, plot) {
  const cells = columns * rows;
  const first = new Float64Array(cells).fill(-Infinity);
  const second = first.slice();
  for (let cell = 0, at = 0; cell < cells; ++cell) {
    for (const end = at + outputs; at < end; ++at) {
      const value = values[at];
      if (value > first[cell]) {
        second[cell] = first[cell];
        first[cell] = value;
      } else if (value > second[cell]) second[cell] = value;
    }
  }
  // Of two outputs each has the same border.
  for (let output = 0; output < (outputs === 2 ? 1 : outputs); ++output) {
    /** @param {number} cell */
    const over = (cell) => {
      const value = values[cell * outputs + output];
      return value - (value < first[cell] ? first[cell] : second[cell]);
    };
    traceContour(context, { columns, rows, over }, plot);
  }
}
