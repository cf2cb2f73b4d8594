/**
 * The address and the experiment say the same: a link is taken up when the page opens and whenever the hash changes, and what the
 * reader changes is written back.
 */
import { EngineError } from '../engine/errors.js';
import { applyPreferences, preferenceFields } from '../ui/preferences.js';

/** @import { LabElement } from '../elements/lab-element.js' */

/** Dragging a slider is one change. */
const WRITE_DELAY = 250;

/**
 * The hash's fields: those that are preferences stay with the page, the rest is the link's string, untouched.
 * @param {string} hash
 */
function fieldsOf(hash) {
  const parts = hash.split('&').filter(Boolean);
  const isPreference = (/** @type {string} */ part) => preferenceFields.includes(part.split('=', 1)[0]);
  return { preferences: parts.filter(isPreference), link: parts.filter((part) => !isPreference(part)).join('&') };
}

/**
 * Keeps between visits what the lab has beside its document: `isFor` says whether an address is the one that it was last kept with, where
 * all of it is in use again.
 * @typedef {{ isFor: (link: string) => boolean, keep: (link: string) => void }} Keeper
 */

/**
 * @param {LabElement} lab
 * @param {Keeper} [keeper]
 * @returns {() => void} takes them apart again
 */
export function connectHash(lab, keeper) {
  let hash = '';
  /**
   * What the lab made of the hash; null until it has. It is not written: an address with a mistake in it stays as it was typed.
   * @type {string | null}
   */
  let link = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @type {readonly string[]} */
  let preferences = [];

  const read = () => {
    const text = location.hash.slice(1);
    const fields = fieldsOf(text);
    // A hash without fields names a place on the page.
    if (text !== '' && fields.preferences.length === 0 && !text.includes('=')) return;
    ({ preferences } = fields);
    if (preferences.length > 0) applyPreferences();
    if (fields.link === hash) return;
    hash = fields.link;
    link = null;
    const experiment = hash === '' ? null : hash;
    if (keeper?.isFor(hash)) lab.open({ experiment, own: lab.own });
    else lab.experiment = experiment;
  };

  const write = () => {
    const next = linkOf(lab);
    if (next !== null && next !== link) {
      const first = link === null;
      link = next;
      if (!first) {
        hash = next;
        history.replaceState(history.state, '', `#${[next, ...preferences].join('&')}`);
      }
    }
    keeper?.keep(hash);
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(write, link === null ? 0 : WRITE_DELAY);
  };

  read();
  addEventListener('hashchange', read);
  lab.addEventListener('mlp-change', later);
  return () => {
    clearTimeout(timer);
    removeEventListener('hashchange', read);
    lab.removeEventListener('mlp-change', later);
  };
}

/**
 * @param {LabElement} lab
 * @returns {string | null} null where the experiment fits no link
 */
function linkOf(lab) {
  try {
    return lab.link();
  } catch (thrown) {
    // Own digits that are too many for a link are kept by the browser.
    if (thrown instanceof EngineError && thrown.path === 'own') return lab.link({ own: undefined });
    // Own images and very large tables live in files; the address then stays what it was.
    if (thrown instanceof EngineError && thrown.code !== 'internal') return null;
    throw thrown;
  }
}
