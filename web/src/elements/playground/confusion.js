/** What a confusion matrix is made of, and what it tells of each class. */

/**
 * @typedef {object} ClassScore
 * @property {number} points of the class
 * @property {number} recall the part of them that is recognised; not a number without any
 * @property {number} precision the part that is right of those taken for the class; not a number without any
 */

/**
 * @param {ArrayLike<number>} labels the true class of each row
 * @param {ArrayLike<number>} predicted the class it is taken for
 * @param {number} classes
 * @returns {Uint32Array} [classes x classes], row = the true class
 */
export function confusionOf(labels, predicted, classes) {
  const counts = new Uint32Array(classes * classes);
  for (let row = 0; row < predicted.length; ++row) counts[labels[row] * classes + predicted[row]] += 1;
  return counts;
}

/**
 * @param {ArrayLike<number>} counts [classes x classes]
 * @param {number} classes
 * @returns {ClassScore[]}
 */
export function classScores(counts, classes) {
  return Array.from({ length: classes }, (_, label) => {
    const right = counts[label * classes + label];
    let [points, taken] = [0, 0];
    for (let other = 0; other < classes; ++other) {
      points += counts[label * classes + other];
      taken += counts[other * classes + label];
    }
    return { points, recall: right / points, precision: right / taken };
  });
}

/**
 * The rows of one count.
 * @param {ArrayLike<number>} labels
 * @param {ArrayLike<number>} predicted
 * @param {{ label: number, guess: number }} pair
 * @returns {number[]}
 */
export function rowsOfPair(labels, predicted, { label, guess }) {
  /** @type {number[]} */
  const rows = [];
  for (let row = 0; row < predicted.length; ++row) if (labels[row] === label && predicted[row] === guess) rows.push(row);
  return rows;
}
