/**
 * The panels below the digits lab, in their order: each opens where it is wanted, and its code is fetched when it is opened for the
 * first time.
 *
 * @import { DigitsTextKey } from '../../text/digits.js'
 * @import { PanelEntry } from '../panel-shelf.js'
 * @import { DigitsPanel } from './panels/panel.js'
 */

/** @type {readonly PanelEntry<DigitsPanel, DigitsTextKey>[]} */
export const panels = Object.freeze([
  { id: 'digit-inside', title: 'panel.digit-inside', load: async () => (await import('./panels/inside.js')).InsidePanel },
  { id: 'scaling', title: 'panel.scaling', load: async () => (await import('./panels/scaling.js')).ScalingPanel },
  { id: 'amount', title: 'panel.amount', load: async () => (await import('./panels/amount.js')).AmountPanel },
  { id: 'own-digits', title: 'panel.own-digits', load: async () => (await import('./panels/own-digits.js')).OwnDigitsPanel },
  { id: 'take-away', title: 'panel.take-away', load: async () => (await import('./panels/take-away.js')).TakeAwayPanel },
]);
