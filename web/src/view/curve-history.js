/**
 * The curves of a run, kept short: when they are full, every second point goes, and later points are taken half as often. What shows
 * is always the whole run.
 */

/** @typedef {{ at: number, values: readonly number[] }} CurvePoint */

/**
 * @param {number} curves how many values each point has
 * @param {number} [limit] points kept at most
 */
export function createCurveHistory(curves, limit = 800) {
  /** @type {number[]} */
  let places = [];
  /** @type {(number | null)[][]} */
  let columns = Array.from({ length: curves }, () => []);
  let spacing = 0;

  return {
    /**
     * @param {number} at where on the horizontal axis, never falling
     * @param {readonly number[]} values not a number where there is none
     */
    push(at, values) {
      const last = places.length - 1;
      if (last >= 0 && at <= places[last]) return;
      // A point too close to the one before the last replaces the last, so that the newest is always there.
      const replace = last >= 1 && at - places[last - 1] < spacing;
      const index = replace ? last : last + 1;
      places[index] = at;
      columns.forEach((column, curve) => {
        column[index] = Number.isFinite(values[curve]) ? values[curve] : null;
      });
      if (places.length <= limit) return;
      const kept = (/** @type {unknown} */ _value, /** @type {number} */ position) => position % 2 === 0 || position === limit;
      places = places.filter(kept);
      columns = columns.map((column) => column.filter(kept));
      spacing = (places[places.length - 1] - places[0]) / (limit / 2);
    },
    /**
     * Forgets everything after a place.
     * @param {number} at
     */
    truncate(at) {
      const kept = places.filter((place) => place <= at).length;
      places.length = kept;
      for (const column of columns) column.length = kept;
    },
    get length() {
      return places.length;
    },
    get places() {
      return places;
    },
    /** @param {number} index */
    column: (index) => columns[index],
  };
}
