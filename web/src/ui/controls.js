import { MenuControl } from './menu-control.js';
import { NumberControl } from './number-control.js';
import { SeedControl } from './seed-control.js';
import { SectionPanel } from './section-panel.js';
import { SegmentedControl } from './segmented-control.js';
import { SelectControl } from './select-control.js';
import { StepperControl } from './stepper-control.js';
import { Thumbnail } from './thumbnail.js';
import { ToggleControl } from './toggle-control.js';

const controls = Object.freeze({
  'mlp-menu': MenuControl,
  'mlp-number': NumberControl,
  'mlp-stepper': StepperControl,
  'mlp-seed': SeedControl,
  'mlp-select': SelectControl,
  'mlp-segmented': SegmentedControl,
  'mlp-toggle': ToggleControl,
  'mlp-thumbnail': Thumbnail,
  'mlp-section': SectionPanel,
});

/** Registers the controls that the labs are made of; safe to call more than once. */
export function defineControls() {
  for (const [name, control] of Object.entries(controls)) {
    if (!customElements.get(name)) customElements.define(name, control);
  }
}
