/** What went wrong, in order: the worst mistakes by their loss, and the pairs of digits that are confused most. Pure. */

/** @typedef {{ losses: ArrayLike<number>, predicted?: ArrayLike<number> }} Outcomes of each digit: its loss, and what it is taken for */
/** @typedef {{ label: number, guess: number }} Pair a digit, and what it was taken for */

/**
 * The digits that were taken for others, the largest loss first; one that is not a number counts as the largest.
 * @param {ArrayLike<number>} labels
 * @param {Outcomes} outcomes
 * @param {Pair} [pair] only the one digit taken for the one other
 * @returns {number[]} places among the digits
 */
export function worstFirst(labels, { losses, predicted }, pair) {
  if (!predicted) return [];
  /** @param {number} index */
  const sizeOf = (index) => (Number.isNaN(losses[index]) ? Infinity : losses[index]);
  return Array.from({ length: Math.min(labels.length, predicted.length) }, (_, index) => index)
    .filter((index) => {
      const [label, guess] = [labels[index], predicted[index]];
      return pair ? label === pair.label && guess === pair.guess : label !== guess;
    })
    .sort((a, b) => (sizeOf(a) === sizeOf(b) ? a - b : sizeOf(b) - sizeOf(a)));
}

/**
 * Which digits were most often taken for which.
 * @param {ArrayLike<number>} counts [classes x classes], row = the true one
 * @param {number} classes
 * @param {number} most how many pairs at most
 * @returns {(Pair & { count: number })[]} the most frequent first; none that never was
 */
export function confusedPairs(counts, classes, most) {
  return Array.from({ length: classes * classes }, (_, cell) => ({
    label: Math.floor(cell / classes),
    guess: cell % classes,
    count: counts[cell],
  }))
    .filter(({ label, guess, count }) => label !== guess && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}
