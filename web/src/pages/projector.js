/** The page's lab is shown to a room when the page is. */
import { currentProjector, watchPreferences } from '../ui/preferences.js';

/**
 * @param {HTMLElement} lab
 * @returns {() => void} takes them apart again
 */
export function connectProjector(lab) {
  const follow = () => lab.toggleAttribute('projector', currentProjector());
  follow();
  return watchPreferences(follow);
}
