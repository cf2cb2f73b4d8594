/** How much data does it take? The same network, from the same start, on more and more digits. Pure. */

/** @typedef {{ samples: number, train: number, test: number }} AmountResult accuracies as fractions */

/** @type {readonly number[]} */
const amounts = Object.freeze([100, 300, 1000, 3000, 10_000, 60_000]);

/**
 * The amounts that there are digits for.
 * @param {number} present
 */
export function amountsWithin(present) {
  return amounts.filter((samples) => samples <= present);
}

/**
 * Trains on one amount after the other; what was found so far is handed on as soon as it is there.
 * @param {readonly number[]} samples
 * @param {(samples: number) => Promise<AmountResult | null>} trial null when it was stopped
 * @param {(results: readonly AmountResult[]) => void} onResult
 * @returns {Promise<boolean>} whether it came to its end
 */
export async function compareAmounts(samples, trial, onResult) {
  /** @type {AmountResult[]} */
  const results = [];
  for (const each of samples) {
    const result = await trial(each);
    if (!result) return false;
    results.push(result);
    onResult([...results]);
  }
  return true;
}

/**
 * Where an amount stands on a logarithmic axis over all of them, 0 to 1.
 * @param {number} samples
 */
export function placeOf(samples) {
  const [first, last] = [amounts[0], amounts[amounts.length - 1]];
  return Math.log(samples / first) / Math.log(last / first);
}
