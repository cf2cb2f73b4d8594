/** Starts what every lab of a page waits for, before there is a lab: only the site's own pages do, which have one for certain. */
import { sharedClient } from '../engine/client.js';
// Named here, so that a page's head lists it and it is not first asked for when a lab needs it.
import '../engine/start-worker.js';

/** @import { Variant } from '../engine/types.js' */

/**
 * The worker, and in it the engine that the lab will ask for.
 * @param {Variant} variant
 */
export function warmUp(variant) {
  // What goes wrong here goes wrong for the lab too, which says so.
  sharedClient()
    .start(variant)
    .catch(() => {});
}
