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
    for (let column = 0; column + 1 < columns; ++column) {
      const at = row * columns + column;
      const a = over(at);
      const b = over(at + 1);
      const c = over(at + columns + 1);
      const d = over(at + columns);
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
 * The borders between the outputs that are largest: scores are linear in each of the two triangles of a cell.
 * @param {Tracing} context
 * @param {object} grid
 * @param {ArrayLike<number>} grid.values [rows x columns x outputs], at cell centres; row 0 is at the bottom
 * @param {number} grid.columns
 * @param {number} grid.rows
 * @param {number} grid.outputs
 * @param {Box} plot
 */
export function traceBorders(context, { values, columns, rows, outputs }, { left, top, width, height }) {
  const winners = winnersOf(values, columns * rows, outputs);
  /** Where the winners at two centres are equally good. @param {number} from @param {number} to */
  const between = (from, to) => {
    const [first, second] = [winners[from], winners[to]];
    const before = values[from * outputs + first] - values[from * outputs + second];
    const after = values[to * outputs + second] - values[to * outputs + first];
    const part = before + after > 0 ? before / (before + after) : 0.5;
    const column = (from % columns) + part * ((to % columns) - (from % columns));
    const row = Math.floor(from / columns) + part * (Math.floor(to / columns) - Math.floor(from / columns));
    return { x: left + ((column + 0.5) * width) / columns, y: top + height - ((row + 0.5) * height) / rows };
  };
  /** @param {{ x: number, y: number }} from @param {{ x: number, y: number }} to */
  const line = (from, to) => {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  };
  /** @param {readonly number[]} corners three cells */
  const triangle = (corners) => {
    const ends = corners.flatMap((from, index) => {
      const to = corners[(index + 1) % 3];
      return winners[from] === winners[to] ? [] : [between(from, to)];
    });
    if (ends.length === 2) line(ends[0], ends[1]);
    // All three differ: their borders meet in the middle.
    else if (ends.length === 3) {
      const middle = { x: (ends[0].x + ends[1].x + ends[2].x) / 3, y: (ends[0].y + ends[1].y + ends[2].y) / 3 };
      for (const end of ends) line(end, middle);
    }
  };
  for (let row = 0; row + 1 < rows; ++row) {
    for (let column = 0, at = row * columns; column + 1 < columns; ++column, ++at) {
      const winner = winners[at];
      if (winner === winners[at + 1] && winner === winners[at + columns] && winner === winners[at + columns + 1]) continue;
      triangle([at, at + 1, at + columns + 1]);
      triangle([at, at + columns + 1, at + columns]);
    }
  }
}

/**
 * @param {ArrayLike<number>} values
 * @param {number} cells
 * @param {number} outputs
 */
function winnersOf(values, cells, outputs) {
  const winners = new Uint16Array(cells);
  for (let cell = 0, start = 0; cell < cells; ++cell, start += outputs) {
    let best = 0;
    for (let output = 1; output < outputs; ++output) if (values[start + output] > values[start + best]) best = output;
    winners[cell] = best;
  }
  return winners;
}
