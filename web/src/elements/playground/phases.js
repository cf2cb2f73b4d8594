/** The phases of one training step, and what has to be done to get from one to another. Pure. */

/** @import { FilledExperiment } from '../../engine/types.js' */

/** @typedef {typeof phases[number]} Phase */

/** In their order; after the last one the next step begins with the first. */
export const phases = /** @type {const} */ (['batch', 'forward', 'loss', 'backward', 'update']);

/** The phase in which a step is made: before it the network is as it was, in it as it is then. */
const LAST = phases[phases.length - 1];

/**
 * The phase that follows; the first one where no step is under way.
 * @param {Phase | undefined} phase
 * @returns {Phase}
 */
export function phaseAfter(phase) {
  return phases[(phase === undefined ? 0 : phases.indexOf(phase) + 1) % phases.length];
}

/**
 * What has to be done before a phase can be shown: to find out what the next step will do, and to make it. Within a step one can go
 * back and forth; once it is made, every phase but its own is that of the step after it.
 * @param {Phase | undefined} from
 * @param {Phase} to
 * @returns {{ foresee: boolean, step: boolean }}
 */
export function wayTo(from, to) {
  if (from === LAST && to === LAST) return { foresee: false, step: false };
  return { foresee: from === undefined || from === LAST, step: to === LAST };
}

/**
 * What was foreseen, held against what the run is now.
 * @param {Phase} phase
 * @param {Foreseen} foreseen
 * @param {{ step: number, parameters: ArrayLike<number> | undefined, experiment: FilledExperiment }} now
 * @returns {'same' | 'changed' | 'gone'} `changed`: the step has not been made, but it will do something else; `gone`: the run is
 *   elsewhere
 */
export function standingOf(phase, { progress, experiment, parameters, after }, now) {
  const made = phase === LAST;
  // A picture from before the step may still be on its way.
  if (made && now.step === progress.step) return 'same';
  if (now.step !== (made ? after.progress : progress).step) return 'gone';
  const expected = made ? after.parameters : parameters;
  const same = now.parameters === undefined || sameNumbers(now.parameters, expected);
  if (made) return same ? 'same' : 'gone';
  return same && now.experiment === experiment ? 'same' : 'changed';
}

/**
 * @typedef {object} Foreseen
 * @property {{ step: number }} progress
 * @property {FilledExperiment} experiment
 * @property {ArrayLike<number>} parameters
 * @property {{ progress: { step: number }, parameters: ArrayLike<number> }} after
 */

/**
 * Whether two lists hold the same numbers; numbers that are none count as the same.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
function sameNumbers(a, b) {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; ++index) if (!Object.is(a[index], b[index]) && a[index] !== b[index]) return false;
  return true;
}
