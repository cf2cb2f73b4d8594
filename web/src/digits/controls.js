import { DigitGallery } from './gallery.js';
import { DrawingPad } from './drawing-pad.js';
import { Mistakes } from './mistakes.js';
import { PictureGrid } from './picture-grid.js';
import { Recognition } from './recognition.js';
import { WeightsPanel } from './weights-panel.js';
import { ConfusionTable } from '../ui/confusion-table.js';

const parts = Object.freeze({
  'mlp-drawing-pad': DrawingPad,
  'mlp-picture-grid': PictureGrid,
  'mlp-recognition': Recognition,
  'mlp-digit-gallery': DigitGallery,
  'mlp-weights-panel': WeightsPanel,
  'mlp-confusion-table': ConfusionTable,
  'mlp-mistakes': Mistakes,
});

/** Registers the parts of the digits lab; safe to call more than once. */
export function defineDigitsParts() {
  for (const [name, part] of Object.entries(parts)) {
    if (!customElements.get(name)) customElements.define(name, part);
  }
}
