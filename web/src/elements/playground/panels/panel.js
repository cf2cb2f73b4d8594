import { LabPanel } from '../../panel.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { EngineClient, RemoteRun } from '../../../engine/client.js'
 * @import { PlayOptions } from '../../../engine/commands.js'
 * @import { Catalog, Experiment, FilledExperiment, Progress } from '../../../engine/types.js'
 * @import { PastRun, RunCurves, createRunHistory } from '../../../state/run-history.js'
 * @import { Moment, StopConditions } from '../../../state/timeline.js'
 * @import { Drawings } from '../../take-away/take-away.js'
 * @import { NeuronPlace, ParameterGroup } from '../../../view/network-diagram.js'
 * @import { Area } from '../../../view/plane.js'
 * @import { Overlay, Points } from '../../../view/surface.js'
 * @import { Ailment } from '../../../state/statistics.js'
 * @import { OwnData } from '../own-data.js'
 * @import { ChosenPoint } from '../trace.js'
 */

/**
 * What runs, with the points of its splits; `source` has the bulk arrays that the engine's own document only describes.
 * @typedef {{ experiment: FilledExperiment, source: FilledExperiment, train: Points, test?: Points }} Running
 */

/**
 * What a panel may ask of the lab it belongs to.
 * @typedef {object} PanelLab
 * @property {Catalog} catalog
 * @property {EngineClient} client
 * @property {RemoteRun | null} run
 * @property {Progress | null} progress
 * @property {boolean} playing
 * @property {Running | undefined} running
 * @property {(path: string) => boolean} isLocked whether the author of the page holds a setting fast
 * @property {(next: FilledExperiment) => Promise<void>} edit makes the experiment another one, in place where that can be
 * @property {(index: number, value: number) => Promise<void>} setParameter
 * @property {(parameters: Float32Array) => Promise<void>} setParameters
 * @property {(point: ChosenPoint | undefined) => void} choosePoint marks a point of the plane
 * @property {(split: 'train' | 'test', row: number) => void} chooseSample
 * @property {Area | undefined} area what is seen of the plane, where it is not the whole
 * @property {Area} wholeArea
 * @property {(marks: readonly Overlay[]) => void} markPlane draws over the points of the plane, until others are given
 * @property {(neuron: NeuronPlace | undefined) => void} chooseNeuron marks a neuron in the drawing
 * @property {(place: ParameterGroup | undefined) => void} light marks weights and biases in the drawing
 * @property {(ailments: readonly (readonly (Ailment | undefined)[])[] | undefined) => void} showAilments marks neurons, layer by layer
 * @property {() => void} requestFrame the run was changed: draw it
 * @property {FilledExperiment} shown the document that the controls show, with its bulk arrays
 * @property {ReturnType<typeof createRunHistory>} pastRuns
 * @property {() => PastRun | undefined} keepRun adds the present run to them
 * @property {() => { curves: RunCurves, step: number } | undefined} presentCurves of the present run, where it was trained
 * @property {(options: PlayOptions) => Promise<void>} play
 * @property {(run: PastRun) => Promise<void>} restoreRun its settings, and its numbers as they stood
 * @property {readonly Moment[]} moments of the run that one can go back to
 * @property {Moment | undefined} returned the earlier moment that is shown
 * @property {(moment: Moment) => Promise<void>} goTo
 * @property {StopConditions} stopConditions
 * @property {(conditions: StopConditions) => void} setStopConditions
 * @property {() => Promise<{ own: OwnData }>} ownData the reader's own points
 * @property {(thrown: unknown) => void} showError
 * @property {Experiment} experiment the document with its bulk arrays
 * @property {(extras?: { parameters?: Float32Array }) => string} link the document as a link's string
 * @property {(content: { experiment: Experiment, parameters?: Float32Array }) => void} open starts another document
 * @property {() => Drawings | undefined} drawings
 * @property {boolean} logarithmic
 */

/** A panel of the playground. @extends {LabPanel<PanelLab>} */
export class Panel extends LabPanel {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { running: { attribute: false } };

  constructor() {
    super();
    /** @type {Running | undefined} */
    this.running = undefined;
  }

  get prepared() {
    return this.running !== undefined;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('running')) this.frameDrawn();
  }
}
