/** How many cells stand side by side when a row of values is wrapped into a grid. Pure. */

/** At most as many columns, and where they are wrapped at least as many. */
const MOST_COLUMNS = 32;
const LEAST_COLUMNS = 16;

/**
 * The grid for a number of cells that leaves the fewest places empty; the wider of equals.
 * @param {number} count
 * @returns {{ columns: number, rows: number }}
 */
export function gridOf(count) {
  if (count <= MOST_COLUMNS) return { columns: Math.max(1, count), rows: 1 };
  let best = { columns: MOST_COLUMNS, rows: Math.ceil(count / MOST_COLUMNS) };
  for (let columns = MOST_COLUMNS - 1; columns >= LEAST_COLUMNS; --columns) {
    const rows = Math.ceil(count / columns);
    if (rows * columns - count < best.rows * best.columns - count) best = { columns, rows };
  }
  return best;
}
