import { LabPanel } from '../../panel.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { DigitsElement } from '../../digits.js'
 */

/** What a neuron is found by: its layer and its place in it, both from 0. @typedef {{ layer: number, unit: number }} NeuronPlace */

/** A panel of the digits lab; it follows the picture on the pad. @extends {LabPanel<DigitsElement>} */
export class DigitsPanel extends LabPanel {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    picture: { attribute: false },
    truth: { attribute: false },
    neuron: { attribute: false },
    names: { attribute: false },
  };

  constructor() {
    super();
    /** What lies on the pad as the network gets it, 784 grey levels; none where there is no ink. @type {Float32Array | undefined} */
    this.picture = undefined;
    /** The digit that it is, where that is known. @type {number | undefined} */
    this.truth = undefined;
    /** The neuron that is looked at. @type {NeuronPlace | undefined} */
    this.neuron = undefined;
    /** What the classes are called; one without a name by its number. @type {readonly string[]} */
    this.names = [];
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('picture') || changed.has('truth')) this.frameDrawn();
  }
}
