/** Own digits between two visits, where the browser allows it. */

/** @import { DigitsElement } from '../elements/digits.js' */
/** @import { Keeper } from './hash.js' */

const STORAGE_KEY = 'mlp-playground.own-digits';

/** @returns {{ link?: string, kept?: string }} what was kept, and the link that the address had then */
function remembered() {
  try {
    const { link, kept } = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') ?? {};
    return { ...(typeof link === 'string' && { link }), ...(typeof kept === 'string' && { kept }) };
  } catch (error) {
    // No storage (a sandboxed frame) or not our text: there is nothing to remember, and that is a state like any other.
    if (error instanceof DOMException || error instanceof SyntaxError) return {};
    throw error;
  }
}

/**
 * Gives the lab back what it had when the page was left.
 * @param {DigitsElement} lab
 * @returns {Keeper}
 */
export function keepOwnDigits(lab) {
  const { kept, link = '' } = remembered();
  let address = link;
  lab.remembers = true;
  if (kept !== undefined) lab.recall(kept);
  return {
    isFor: (asked) => asked === address,
    keep(asked) {
      address = asked;
      const keepsake = lab.keepsake(remembered().kept);
      if (keepsake === undefined) return;
      try {
        localStorage.setItem(STORAGE_KEY, JSON.stringify({ link: address, kept: keepsake }));
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
    },
  };
}
