/** How grey levels become the numbers that a network is given: value * scale + offset. Pure. */
import { idOf } from '../state/edits.js';

/** @import { Operation } from '../engine/types.js' */

/** Grey levels of full ink. */
const FULL_INK = 255;

/** Scalings that need no numbers of their own. */
const plain = Object.freeze(/** @type {const} */ (['unit', 'standardized', 'raw']));

/** Standardizing by given numbers: those of all of MNIST, and those of ImageNet, whose photographs are brighter. */
const constants = Object.freeze({ mnist: { mean: 0.1307, std: 0.3081 }, imagenet: { mean: 0.485, std: 0.229 } });

/** @typedef {'unit' | 'standardized' | 'raw' | 'mnist' | 'imagenet'} ScalingId */

/** The scalings that the lab offers. @type {readonly ScalingId[]} */
export const scalingIds = Object.freeze([...plain, 'mnist', 'imagenet']);

/**
 * A scaling as an experiment's document has it.
 * @param {ScalingId} id
 */
export function scalingNamed(id) {
  return id === 'mnist' || id === 'imagenet' ? { id: 'standardized', ...constants[id] } : id;
}

/**
 * Which of the lab's scalings a document has; `own` where its numbers are none of them.
 * @param {unknown} scaling
 * @returns {ScalingId | 'own'}
 */
export function scalingOf(scaling) {
  if (typeof scaling === 'object' && scaling !== null && 'mean' in scaling && 'std' in scaling) {
    const { mean, std } = scaling;
    return /** @type {const} */ (['mnist', 'imagenet']).find((id) => constants[id].mean === mean && constants[id].std === std) ?? 'own';
  }
  const id = idOf(/** @type {Operation | undefined} */ (scaling));
  return plain.find((each) => each === id) ?? 'unit';
}

/**
 * What a scaling does to a grey level.
 * @param {ScalingId} id
 * @param {{ mean: number, std: number }} statistics of the training images, in pixels from 0 to 1
 * @returns {{ scale: number, offset: number }}
 */
export function affineOf(id, statistics) {
  if (id === 'raw') return { scale: 1, offset: 0 };
  if (id === 'unit') return { scale: 1 / FULL_INK, offset: 0 };
  const { mean, std } = id === 'standardized' ? statistics : constants[id];
  return { scale: 1 / (FULL_INK * std), offset: -mean / std };
}

/**
 * Images for a network that scales its inputs in one way, so that it sees them as if they were scaled in another.
 * @param {ArrayLike<number>} images grey levels
 * @param {{ scale: number, offset: number }} own the network's
 * @param {{ scale: number, offset: number }} other
 * @returns {Float32Array} what to give it, beyond the range of grey levels perhaps
 */
export function asIfScaled(images, own, other) {
  const scale = other.scale / own.scale;
  const offset = (other.offset - own.offset) / own.scale;
  return Float32Array.from(images, (value) => value * scale + offset);
}
