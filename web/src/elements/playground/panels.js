/**
 * The panels below the lab, in their order: each opens where it is wanted, and its code is fetched when it is opened for the first
 * time. A panel is one row here, a module that defines its element, and its title in both languages.
 *
 * @import { TextKey } from '../../text/text.js'
 * @import { PanelEntry } from '../panel-shelf.js'
 * @import { Panel } from './panels/panel.js'
 */

/** @type {readonly PanelEntry<Panel, TextKey>[]} */
export const panels = Object.freeze([
  { id: 'point', title: 'panel.point', load: async () => (await import('./panels/point.js')).PointPanel },
  { id: 'confusion', title: 'panel.confusion', load: async () => (await import('./panels/confusion.js')).ConfusionPanel },
  { id: 'surface-3d', title: 'panel.surface-3d', load: async () => (await import('./panels/surface-3d.js')).Surface3dPanel },
  { id: 'inside', title: 'panel.inside', load: async () => (await import('./panels/inside.js')).InsidePanel },
  { id: 'space', title: 'panel.space', load: async () => (await import('./panels/space.js')).SpacePanel },
  { id: 'landscape', title: 'panel.landscape', load: async () => (await import('./panels/landscape.js')).LandscapePanel },
  { id: 'numbers', title: 'panel.numbers', load: async () => (await import('./panels/numbers.js')).NumbersPanel },
  {
    id: 'formula',
    title: 'panel.formula',
    load: async () => (await import('./panels/network-formula.js')).NetworkFormulaPanel,
  },
  { id: 'table', title: 'panel.table', load: async () => (await import('./panels/table.js')).TablePanel },
  { id: 'timeline', title: 'panel.timeline', load: async () => (await import('./panels/timeline.js')).TimelinePanel },
  { id: 'experiments', title: 'panel.experiments', load: async () => (await import('./panels/experiments.js')).ExperimentsPanel },
  { id: 'take-away', title: 'panel.take-away', load: async () => (await import('./panels/take-away.js')).TakeAwayPanel },
]);
