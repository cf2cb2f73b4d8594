/** The playground's page. */
import { define } from '../elements/define.js';
import { PlaygroundElement } from '../elements/playground.js';
import { warmUp } from '../elements/warm-up.js';
import { applyPreferences } from '../ui/preferences.js';
import { defineSiteHeader } from '../ui/site-header.js';
import { connectHash } from './hash.js';
import { workOffline } from './offline.js';
import { connectProjector } from './projector.js';

warmUp(PlaygroundElement.variant);
applyPreferences();
defineSiteHeader();
define('mlp-playground', PlaygroundElement);

const lab = document.querySelector('mlp-playground');
if (lab instanceof PlaygroundElement) {
  connectHash(lab);
  connectProjector(lab);
  workOffline(lab);
}
