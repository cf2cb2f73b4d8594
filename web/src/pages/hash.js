/**
 * The address and the experiment say the same: a link is taken up when the page opens and whenever the hash changes, and what the
 * reader changes is written back.
 */
import { EngineError } from '../engine/errors.js';

/** @import { LabElement } from '../elements/lab-element.js' */

const WRITE_DELAY = 250;

/**
 * @param {LabElement} lab
 * @returns {() => void} takes them apart again
 */
export function connectHash(lab) {
  let written = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const read = () => {
    const hash = location.hash.slice(1);
    // A hash without fields names a place on the page.
    if (hash === written || (hash !== '' && !hash.includes('='))) return;
    written = hash;
    lab.experiment = hash === '' ? null : hash;
  };

  const write = () => {
    timer = undefined;
    const link = linkOf(lab);
    if (link === null || link === written) return;
    written = link;
    history.replaceState(history.state, '', `#${link}`);
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_DELAY);
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
    // Own images and very large tables live in files; the address then stays what it was.
    if (thrown instanceof EngineError && thrown.code !== 'internal') return null;
    throw thrown;
  }
}
