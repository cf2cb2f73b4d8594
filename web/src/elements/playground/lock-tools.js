import { html, nothing } from 'lit';
import { isCut, isHeld, withCut, withHeld } from '../../state/locks.js';

/**
 * @import { TemplateResult } from 'lit'
 * @import { LockPlace } from '../../state/locks.js'
 * @import { Sight } from './sight.js'
 */

const hints = Object.freeze(
  /** @type {const} */ ({
    'parameter.lock': 'parameter.lock.hint',
    'parameter.unlock': 'parameter.unlock.hint',
    'parameter.cut': 'parameter.cut.hint',
    'parameter.reconnect': 'parameter.reconnect.hint',
  }),
);

/** What the tools need of a sight. @typedef {Pick<Sight, 'experiment' | 'locked' | 'edit'>} Editing */

/**
 * Locks what is chosen, or lets training have it again. Tells whether it may be done at all.
 * @param {Editing} sight
 * @param {LockPlace} place
 */
export function toggleLock({ experiment, locked, edit }, place) {
  if (locked('parameters') || locked('network.locked')) return false;
  edit(withHeld(experiment, place, !isHeld(experiment.network, place)));
  return true;
}

/**
 * Cuts the chosen weight, or joins it again. Tells whether there is one and it may be done.
 * @param {Editing} sight
 * @param {LockPlace} place
 */
export function toggleCut({ experiment, locked, edit }, place) {
  if ((place.source ?? -1) < 0 || locked('parameters') || locked('network.cut')) return false;
  edit(withCut(experiment, place, !isCut(experiment.network, place)));
  return true;
}

/**
 * The buttons beside a chosen weight, bias or neuron.
 * @param {Sight} sight
 * @param {LockPlace} place
 * @returns {TemplateResult}
 */
export function lockTools(sight, place) {
  const { t, experiment, locked } = sight;
  const lock = isHeld(experiment.network, place) ? 'parameter.unlock' : 'parameter.lock';
  const cut = isCut(experiment.network, place) ? 'parameter.reconnect' : 'parameter.cut';
  /**
   * @param {typeof lock | typeof cut} word
   * @param {boolean} held
   * @param {() => void} act
   */
  const tool = (word, held, act) => html`
    <button type="button" class="button small" title=${held ? t('state.locked') : t(hints[word])} ?disabled=${held} @click=${act}>
      ${t(word)}
    </button>
  `;
  return html`
    <div class="lock-tools">
      ${tool(lock, locked('parameters') || locked('network.locked'), () => toggleLock(sight, place))}
      ${(place.source ?? -1) >= 0 ? tool(cut, locked('parameters') || locked('network.cut'), () => toggleCut(sight, place)) : nothing}
    </div>
  `;
}
