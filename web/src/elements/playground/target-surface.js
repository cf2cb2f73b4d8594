/** What the network's surface should be, from many points of the data set without noise; and how far from it the network is. Pure. */

/** @import { Area } from '../../view/plane.js' */

/**
 * The mean of the targets in each cell of a grid; NaN where there is none.
 * @param {{ inputs: ArrayLike<number>, targets: ArrayLike<number>, rows: number }} points
 * @param {{ area: Area, side: number }} grid
 */
export function targetGrid({ inputs, targets, rows }, { area: { x, y }, side }) {
  const sums = new Float64Array(side * side);
  const counts = new Uint32Array(side * side);
  for (let point = 0; point < rows; ++point) {
    const column = Math.floor(((inputs[2 * point] - x[0]) / (x[1] - x[0])) * side);
    const row = Math.floor(((inputs[2 * point + 1] - y[0]) / (y[1] - y[0])) * side);
    if (column < 0 || row < 0 || column >= side || row >= side) continue;
    sums[row * side + column] += targets[point];
    counts[row * side + column] += 1;
  }
  return Float32Array.from(sums, (sum, cell) => sum / counts[cell]);
}

/**
 * The gap between two surfaces: the means of its square and of its size, over the cells where both are known.
 * @param {ArrayLike<number>} values
 * @param {ArrayLike<number>} targets
 */
export function gapBetween(values, targets) {
  let [squares, sizes, cells] = [0, 0, 0];
  for (let cell = 0; cell < targets.length; ++cell) {
    const gap = values[cell] - targets[cell];
    if (Number.isNaN(gap)) continue;
    squares += gap * gap;
    sizes += Math.abs(gap);
    cells += 1;
  }
  return { square: squares / cells, size: sizes / cells };
}
