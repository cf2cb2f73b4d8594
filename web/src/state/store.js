/**
 * A small observable: one value, replaced as a whole; listeners hear of a burst of changes once.
 */

/**
 * @template T
 * @typedef {object} Store
 * @property {() => T} get
 * @property {(value: T) => void} set
 * @property {(change: (value: T) => T) => void} update
 * @property {(listener: (value: T, before: T) => void) => () => void} subscribe called in a microtask after the first change of a burst;
 *   the answer takes the listener off again
 */

/**
 * @template T
 * @param {T} initial
 * @returns {Store<T>}
 */
export function createStore(initial) {
  let value = initial;
  let told = initial;
  let scheduled = false;
  /** @type {Set<(value: T, before: T) => void>} */
  const listeners = new Set();

  function tell() {
    scheduled = false;
    const before = told;
    told = value;
    if (Object.is(before, told)) return;
    for (const listener of [...listeners]) listener(told, before);
  }

  /** @param {T} next */
  function set(next) {
    if (Object.is(next, value)) return;
    value = next;
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(tell);
  }

  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
