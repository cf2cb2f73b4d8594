/** The digits' page. */
import { define } from '../elements/define.js';
import { DigitsElement } from '../elements/digits.js';
import { warmUp } from '../elements/warm-up.js';
import { applyPreferences } from '../ui/preferences.js';
import { defineSiteHeader } from '../ui/site-header.js';
import { connectHash } from './hash.js';
import { workOffline } from './offline.js';
import { keepOwnDigits } from './own-digits.js';
import { connectProjector } from './projector.js';

warmUp(DigitsElement.variant);
applyPreferences();
defineSiteHeader();
define('mlp-digits', DigitsElement);

const lab = document.querySelector('mlp-digits');
if (lab instanceof DigitsElement) {
  connectHash(lab, keepOwnDigits(lab));
  connectProjector(lab);
  workOffline(lab);
}
