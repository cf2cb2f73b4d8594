/**
 * Everything that is drawn of a run while it trains: surface, network, curves and counters. It keeps the last frame, draws it again
 * when the scene or the theme changes, and touches no template, so that a frame costs drawing and nothing else.
 */
import { THUMBNAIL_CELLS, reachOf } from './pictures.js';
import { domainOf, entryOf } from '../../state/edits.js';
import { parameterIndex } from './parameters.js';
import { parameterLayout, widthsOf } from '../../state/parameter-layout.js';
import { heldPlaces } from '../../state/locks.js';
import { createCurveHistory } from '../../view/curve-history.js';
import { createNetworkDiagram } from '../../view/network-diagram.js';
import { sameArea } from '../../view/plane.js';
import { createSurface } from '../../view/surface.js';
import { formatCount, formatField, formatFixed, formatNumber, formatPercent, listed } from '../../text/text.js';

/**
 * @import { Frame, FrameRequest } from '../../engine/commands.js'
 * @import { Catalog, Evaluation, FilledExperiment, Outcomes, Split, SurfaceOptions } from '../../engine/types.js'
 * @import { Language, Translate } from '../../text/text.js'
 * @import { Theme } from '../../view/color.js'
 * @import { Branch, createLossChart } from '../../view/loss-chart.js'
 * @import { DiagramFlow, DiagramLayer, DiagramModel, EdgeNumbers, NeuronPlace, ParameterGroup, ParameterPlace } from '../../view/network-diagram.js'
 * @import { Area } from '../../view/plane.js'
 * @import { Overlay, Points, SurfaceModel } from '../../view/surface.js'
 * @import { Ailment } from '../../state/statistics.js'
 */

/**
 * What is on the stage, apart from the run's own numbers.
 * @typedef {object} Scene
 * @property {FilledExperiment} experiment
 * @property {Catalog} catalog
 * @property {number} classes 0 for regression
 * @property {number} targetReach how far a regression's targets are from zero
 * @property {readonly string[]} inputs names of the features in use
 * @property {ReadonlyMap<string, Float32Array>} [featureGrids]
 * @property {Points} [train]
 * @property {Points} [test]
 * @property {boolean} showTrain
 * @property {boolean} showTest
 * @property {boolean} discrete
 * @property {boolean} logarithmic
 * @property {NeuronPlace} [inspected] the neuron whose output the surface shows instead of the network's
 * @property {ParameterPlace} [selected]
 * @property {EdgeNumbers} edgeNumbers
 * @property {ParameterGroup} [lit] marked by a panel
 * @property {NeuronPlace} [neuron] the chosen one
 * @property {readonly (readonly (Ailment | undefined)[])[]} [ailments] of the neurons, layer by layer
 * @property {Points} [batch] the samples of the step that is looked at
 * @property {DiagramFlow} [flow] what passes through the network in this phase of the step
 * @property {readonly [number, number]} [chosen] the point that is looked at
 * @property {readonly [number, number]} [cross] where the keyboard points on the plane
 * @property {Area} area of the plane that is looked at
 * @property {Extras} [extras] what is drawn besides, on demand
 * @property {readonly Overlay[]} marks over the points
 * @property {Translate} t
 * @property {Language} language
 */

/**
 * What only those see who ask for it. All of it is given what was drawn last.
 * @typedef {object} Extras
 * @property {readonly number[]} [levels] of a regression's values
 * @property {(points: Points, outcomes: Outcomes | undefined) => Points} [points] as they are to be drawn
 * @property {(latest: Latest) => Overlay[]} [overlays] below the points
 * @property {(latest: Latest) => Overlay[]} [marks] over the points
 */

/**
 * What the surface is drawn from besides the run's numbers: while these are the same, so is the picture.
 * @param {Scene} scene
 * @returns {readonly unknown[]}
 */
export const surfaceParts = ({ area: { x, y }, chosen, cross, ...scene }) => [
  ...[x, y, chosen, cross].flatMap((pair) => [pair?.[0], pair?.[1]]),
  scene.experiment,
  scene.classes,
  scene.targetReach,
  scene.train,
  scene.test,
  scene.showTrain,
  scene.showTest,
  scene.discrete,
  scene.inspected,
  scene.batch,
  scene.marks,
  // What is drawn on demand depends on more than can be told from here.
  scene.extras,
];

/**
 * The same of the network.
 * @param {Scene} scene
 * @returns {readonly unknown[]}
 */
export const networkParts = (scene) => [
  scene.experiment,
  scene.classes,
  scene.inputs.join(),
  scene.featureGrids,
  scene.selected,
  scene.edgeNumbers,
  scene.lit,
  scene.neuron,
  scene.ailments,
  scene.flow,
];

/** @typedef {{ center: number, reach: number }} OutputScale the neutral value, and how far from it colours are full */

/** Losses and scores of both splits, and the time. */
const CURVES = 5;
/** Charts, counters and spoken summaries change at reading speed; surface and network in turn, each with every second picture. */
const CHART_INTERVAL = 100;
const SUMMARY_INTERVAL = 1000;

/**
 * Values on a grid over a part of the plane.
 * @typedef {{ area: Area, columns: number, rows: number, values: Float32Array }} Sheet
 */

/** What the arrays of a frame are copied into: the frame itself goes back to the worker. */
export class Latest {
  step = 0;
  epoch = 0;
  /** @type {Float32Array | undefined} */
  parameters;
  /** @type {Sheet | undefined} the network's answer */
  surface;
  /** @type {Sheet & NeuronPlace | undefined} one neuron's output */
  unit;
  /** @type {{ area: Area, columns: number, rows: number, layers: Float32Array[] } | undefined} pre-activations, [units x rows x columns] a layer */
  sums;
  /** @type {Float32Array[]} */
  neurons = [];
  /** @type {Partial<Record<Split, Outcomes>> | undefined} */
  outcomes;
  /** @type {Evaluation | undefined} */
  train;
  /** @type {Evaluation | undefined} */
  test;
}

/**
 * @param {Float32Array | undefined} target
 * @param {Float32Array} source
 */
function copyInto(target, source) {
  if (target?.length !== source.length) return source.slice();
  target.set(source);
  return target;
}

/**
 * @param {Float32Array | undefined} before
 * @param {Float32Array} now
 */
function sameNumbers(before, now) {
  if (before?.length !== now.length) return false;
  for (let index = 0; index < now.length; ++index) if (!Object.is(before[index], now[index])) return false;
  return true;
}

/**
 * Where a grid lies.
 * @param {SurfaceOptions} grid
 */
function placeOfGrid({ x, y = x, columns, rows }) {
  return { area: { x, y }, columns, rows };
}

/**
 * @param {Omit<Sheet, 'values'> | undefined} before
 * @param {Omit<Sheet, 'values'>} now
 */
function sameGrid(before, now) {
  return before?.columns === now.columns && before.rows === now.rows && sameArea(before.area, now.area);
}

/**
 * How outputs are coloured: probabilities and 0/1 targets turn at one half, everything else at zero.
 * @param {FilledExperiment} experiment
 * @param {number} classes
 * @param {Catalog} catalog
 * @param {number} targetReach how far the targets of a regression are from zero
 * @returns {OutputScale}
 */
export function outputScaleOf(experiment, classes, catalog, targetReach) {
  if (classes === 0) return { center: 0, reach: targetReach };
  const loss = entryOf(catalog.losses, experiment.training.loss);
  const { layers } = experiment.network;
  const range = rangeOf(catalog, layers[layers.length - 1].activation);
  const fraction = loss?.logits === true || (loss?.id !== 'hinge' && range !== undefined && range[0] >= 0 && range[1] <= 1);
  return fraction ? { center: 0.5, reach: 0.5 } : { center: 0, reach: 1 };
}

/**
 * The range of an activation's values where it is bounded.
 * @param {Catalog} catalog
 * @param {FilledExperiment['network']['layers'][number]['activation']} activation
 * @returns {readonly [number, number] | undefined}
 */
function rangeOf(catalog, activation) {
  const range = /** @type {readonly [number | null, number | null] | null | undefined} */ (entryOf(catalog.activations, activation)?.range);
  if (!range) return undefined;
  const [low, high] = range;
  return low !== null && high !== null && Number.isFinite(low) && Number.isFinite(high) ? [low, high] : undefined;
}

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new (...args: never[]) => T} type
 * @returns {T}
 */
function find(root, selector, type) {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The playground's template has no ${selector}.`);
  return element;
}

/**
 * @param {ShadowRoot} root holds the canvases `#surface` and `#network`, the charts and the counters
 * @param {Theme} firstTheme
 * @param {Scene} firstScene
 * @param {{ onCurves: () => void }} events
 */
export function createStage(root, firstTheme, firstScene, { onCurves }) {
  let theme = firstTheme;
  let scene = firstScene;
  const latest = new Latest();
  let history = createCurveHistory(CURVES);
  let place = 0;
  /** Steps that one unit of the curves' axis takes. */
  const stepsPerEpoch = () => {
    const rows = scene.train?.rows ?? 1;
    return Math.ceil(rows / Math.min(rows, scene.experiment.training.batchSize ?? 1));
  };
  /** An earlier moment is shown; the curves are cut there when training goes on from it. */
  let returned = false;
  /** What was cut off: the losses, and the scores, of the training rows. @type {readonly [Branch, Branch] | undefined} */
  let left;
  /** Whether the next picture follows at once. */
  let moving = false;
  /** Until a run's first frame is here, what was drawn stays: a figure appears complete. */
  let waiting = true;
  let lastChart = 0;
  let lastSummary = 0;
  /** Seconds of training, without its rests, and when the last frame of it was drawn. */
  let seconds = 0;
  /** @type {number | undefined} */
  let trainedAt;
  /** @type {number | undefined} a point of the curves under the pointer */
  let pointed;
  /** @type {Points | undefined} points that are being painted and not in the run yet, in place of its own */
  let sketch;

  const surfaceCanvas = find(root, '#surface', HTMLCanvasElement);
  const networkCanvas = find(root, '#network', HTMLCanvasElement);
  const lossBox = find(root, '#loss-chart', HTMLElement);
  const scoreBox = find(root, '#score-chart', HTMLElement);
  const surface = createSurface(surfaceCanvas, theme);
  const diagram = createNetworkDiagram(networkCanvas, theme);
  /** @param {number | undefined} index */
  const onPoint = (index) => {
    pointed = index;
    writeKeys();
  };
  /** Of losses and of scores, fetched for the first curve: a page's first picture does not wait for them. @type {readonly ReturnType<typeof createLossChart>[]} */
  let charts = [];
  let chartsAsked = false;
  /** What is said of the drawings beyond the run's numbers, fetched with the charts. @type {typeof import('./spoken.js') | undefined} */
  let spoken;
  let disposed = false;

  async function fetchCharts() {
    chartsAsked = true;
    try {
      const [{ createLossChart: create }, words] = await Promise.all([import('../../view/loss-chart.js'), import('./spoken.js')]);
      if (disposed) return;
      spoken = words;
      charts = [
        create(lossBox, theme, { epochs: false, onPoint }),
        create(scoreBox, theme, {
          range: [null, 1],
          floor: 0.25,
          format: (value) => String(Number(value.toFixed(2))).replace('-', '\u2212'),
          onPoint,
        }),
      ];
      drawCharts();
      describe();
    } catch (thrown) {
      // The next point of the curves asks again.
      chartsAsked = false;
      reportError(thrown);
    }
  }

  /** @returns {DiagramModel} */
  function diagramModel() {
    const { experiment, catalog, featureGrids, inputs } = scene;
    const features = experiment.data.features ?? [];
    const { layers: places, total } = parameterLayout(experiment, catalog);
    /** @type {DiagramLayer[]} */
    const layers = places.map(({ units, sources, offset }, index) => {
      const neurons = latest.neurons[index];
      const grids = neurons?.length === units * THUMBNAIL_CELLS ** 2 ? neurons : undefined;
      const range = rangeOf(catalog, experiment.network.layers[index].activation);
      const reach = range ? Math.max(Math.abs(range[0]), Math.abs(range[1])) : reachOf(grids ?? []);
      return { units, sources, offset, reach, grids };
    });
    return {
      inputs,
      inputGrids: featureGrids && gather(features, featureGrids),
      inputReach: 1,
      layers,
      parameters: latest.parameters?.length === total ? latest.parameters : undefined,
      columns: THUMBNAIL_CELLS,
      rows: THUMBNAIL_CELLS,
      classes: scene.classes,
      selected: scene.selected,
      numbers: scene.edgeNumbers,
      lit: scene.lit,
      neuron: scene.neuron,
      ailments: scene.ailments,
      flow: scene.flow,
      locked: heldPlaces(experiment.network),
      cut: new Set(experiment.network.cut),
      moving,
    };
  }

  /** @type {{ key: string, grids: ReadonlyMap<string, Float32Array>, all: Float32Array } | undefined} */
  let gathered;

  /**
   * The inputs' pictures in a row.
   * @param {readonly string[]} features
   * @param {ReadonlyMap<string, Float32Array>} grids
   */
  function gather(features, grids) {
    const key = features.join();
    if (gathered?.key !== key || gathered.grids !== grids) gathered = { key, grids, all: gatherAnew(features, grids) };
    return gathered.all;
  }

  /**
   * @param {readonly string[]} features
   * @param {ReadonlyMap<string, Float32Array>} grids
   */
  function gatherAnew(features, grids) {
    const cells = THUMBNAIL_CELLS ** 2;
    const all = new Float32Array(features.length * cells);
    features.forEach((feature, index) => {
      const values = grids.get(feature);
      if (!values) return;
      // Features differ in size (x, x², sin x): each is scaled to its own largest value, so that all show their shape.
      const scale = 1 / Math.max(1e-6, ...values.map(Math.abs));
      for (let cell = 0; cell < cells; ++cell) all[index * cells + cell] = values[cell] * scale;
    });
    return all;
  }

  /** @returns {SurfaceModel} */
  function surfaceModel() {
    const { classes, inspected, discrete, showTrain, showTest, train, test, batch, chosen, cross, area, extras } = scene;
    const domain = domainOf(scene.experiment.data, scene.catalog);
    const whole = { x: domain, y: domain };
    /** @param {Split} split @param {Points | undefined} points */
    const drawn = (split, points) => (points && extras?.points ? extras.points(points, latest.outcomes?.[split]) : points);
    /** @type {Omit<SurfaceModel, 'columns' | 'rows' | 'outputs' | 'center' | 'reach' | 'discrete' | 'contour'>} */
    const common = {
      classes,
      ...area,
      whole,
      names: ['x₁', 'x₂'],
      train: sketch ?? (showTrain ? drawn('train', train) : undefined),
      test: showTest && !sketch ? drawn('test', test) : undefined,
      batch: sketch ? undefined : batch,
      chosen,
      cross,
      overlays: extras?.overlays?.(latest),
      marks: sketch ? undefined : [...(extras?.marks?.(latest) ?? []), ...scene.marks],
      moving,
    };
    const grids = inspected && inspected.layer >= 0 ? latest.neurons[inspected.layer] : undefined;
    if (inspected && grids) {
      const { unit } = latest;
      const cells = THUMBNAIL_CELLS ** 2;
      // Until its own surface is here, the neuron's small picture stands for it.
      const sheet =
        unit?.layer === inspected.layer && unit.unit === inspected.unit
          ? unit
          : {
              area: whole,
              columns: THUMBNAIL_CELLS,
              rows: THUMBNAIL_CELLS,
              values: grids.subarray(inspected.unit * cells, (inspected.unit + 1) * cells),
            };
      const reach = diagramModel().layers[inspected.layer]?.reach ?? 1;
      const { values, columns, rows } = sheet;
      return { ...common, area: sheet.area, values, columns, rows, outputs: 1, center: 0, reach, discrete: false, contour: true };
    }
    const { surface: sheet } = latest;
    return {
      ...common,
      ...outputScaleOf(scene.experiment, classes, scene.catalog, scene.targetReach),
      area: sheet?.area,
      values: sheet?.values,
      columns: sheet?.columns ?? 1,
      rows: sheet?.rows ?? 1,
      outputs: sheet ? Math.max(1, Math.round(sheet.values.length / (sheet.columns * sheet.rows))) : 1,
      discrete: discrete && classes > 0,
      contour: classes > 0,
      levels: classes === 0 ? extras?.levels : undefined,
    };
  }

  /** Where numbers are written, by name. @type {Map<string, Element>} */
  const numbers = new Map();

  /**
   * @param {string} name
   * @param {string} text
   */
  function write(name, text) {
    const known = numbers.get(name);
    const element = known?.isConnected ? known : root.querySelector(`[data-number="${name}"]`);
    if (!element) return;
    numbers.set(name, element);
    const { firstChild } = element;
    // Another text in the same node is less to lay out than another node.
    if (!(firstChild instanceof Text)) element.textContent = text;
    else if (firstChild.data !== text) firstChild.data = text;
  }

  /** @param {Evaluation | undefined} evaluation */
  function scoreText(evaluation) {
    if (evaluation?.accuracy !== undefined) return formatPercent(evaluation.accuracy);
    return evaluation?.r2 === undefined ? scene.t('metric.none') : formatFixed(evaluation.r2, 3);
  }

  function writeCounters() {
    const { t } = scene;
    write('epoch', formatCount(latest.epoch));
    write('step', formatCount(latest.step));
    write('train-loss', latest.train ? formatNumber(latest.train.loss) : t('metric.none'));
    write('test-loss', latest.test ? formatNumber(latest.test.loss) : t('metric.none'));
    write('train-score', scoreText(latest.train));
    write('test-score', scoreText(latest.test));
  }

  /** The numbers beside the curves' keys: under the pointer, else the newest. */
  function writeKeys() {
    if (pointed !== undefined && pointed >= history.length) pointed = undefined;
    const index = pointed ?? history.length - 1;
    /** @param {number} curve @param {(value: number) => string} format */
    const at = (curve, format) => {
      const value = history.column(curve)[index];
      return value === null || value === undefined ? scene.t('metric.none') : format(value);
    };
    /** @param {number} value */
    const score = (value) => (scene.classes > 0 ? formatPercent(value) : formatFixed(value, 3));
    const epoch = history.places[index];
    write(
      'pointed-loss',
      pointed === undefined ? '' : scene.t('loss.at', { epoch: Math.floor(epoch), train: at(0, formatNumber), test: at(1, formatNumber) }),
    );
    write('key-train-score', at(2, score));
    write('key-test-score', at(3, score));
  }

  function drawCharts() {
    const { places } = history;
    const [lossChart, scoreChart] = charts;
    if (!chartsAsked && places.length > 1) fetchCharts();
    lossChart?.draw({ places, train: history.column(0), test: history.column(1), logarithmic: scene.logarithmic, branch: left?.[0] });
    scoreChart?.draw({ places, train: history.column(2), test: history.column(3), branch: left?.[1] });
    writeKeys();
  }

  /** A sentence with the run's numbers, for those who do not see the drawings. */
  function summary() {
    const { t, classes, language } = scene;
    const parts = [`${t('metric.trainLoss')} ${latest.train ? formatNumber(latest.train.loss) : t('metric.none')}`];
    if (latest.test) parts.push(`${t('metric.testLoss')} ${formatNumber(latest.test.loss)}`);
    parts.push(`${t(classes > 0 ? 'metric.trainAccuracy' : 'metric.trainR2')} ${scoreText(latest.train)}`);
    if (latest.test) parts.push(`${t(classes > 0 ? 'metric.testAccuracy' : 'metric.testR2')} ${scoreText(latest.test)}`);
    return t('state.summary', { epoch: latest.epoch, metrics: listed(parts, language) });
  }

  /** @param {readonly [number, number]} interval */
  function edgesText([low, high]) {
    return scene.t('output.interval', { low: formatField(low), high: formatField(high) });
  }

  function describe() {
    const { t, classes, experiment } = scene;
    const metrics = summary();
    const edges = { x1: edgesText(scene.area.x), x2: edgesText(scene.area.y) };
    const plane = t(classes > 0 ? 'output.summary.classes' : 'output.summary.values', { ...edges, metrics });
    const network = t('architecture.summary', {
      shape: widthsOf(experiment).map(formatCount).join(' → '),
      parameters: t('architecture.parameters', { count: parameterLayout(experiment, scene.catalog).total }),
    });
    surfaceCanvas.setAttribute('aria-label', spoken?.spokenPlane(plane, scene, latest) ?? plane);
    networkCanvas.setAttribute('aria-label', spoken?.spokenNetwork(network, scene) ?? network);
    lossBox.setAttribute('aria-label', t('loss.chart', { metrics }));
    scoreBox.setAttribute('aria-label', t(classes > 0 ? 'accuracy.chart' : 'r2.chart', { metrics }));
  }

  /**
   * @param {Frame} frame
   * @param {FrameRequest} request
   */
  function takeGrids(frame, request) {
    if (!request.surface) return;
    // What is drawn on demand depends on more than can be told from here.
    if (scene.extras) surfaceStale = true;
    if (frame.surface) {
      const { layer, unit } = request.surface;
      const before = unit === undefined ? latest.surface : latest.unit;
      if (!sameGrid(before, placeOfGrid(request.surface)) || !sameNumbers(before?.values, frame.surface)) surfaceStale = true;
      if (unit !== latest.unit?.unit || layer !== latest.unit?.layer) surfaceStale = true;
      const sheet = { ...placeOfGrid(request.surface), values: copyInto(before?.values, frame.surface) };
      if (layer === undefined || unit === undefined) latest.surface = sheet;
      else latest.unit = { ...sheet, layer, unit };
    }
    if (request.surface.unit === undefined) latest.unit = undefined;
    if (frame.sums && request.sums) {
      latest.sums = {
        ...placeOfGrid(request.sums),
        layers: frame.sums.map((sums, layer) => copyInto(latest.sums?.layers[layer], sums)),
      };
    } else if (!request.sums) latest.sums = undefined;
  }

  /** What each picture was drawn from. @type {readonly unknown[]} */
  let surfaceDrawn = [];
  /** @type {readonly unknown[]} */
  let networkDrawn = [];

  /** Whether there is more to be seen than was drawn. */
  let surfaceStale = true;
  let networkStale = true;
  /** Whether what was drawn is a picture that another was to follow at once. */
  let surfaceHasty = false;
  let networkHasty = false;

  function drawSurface() {
    surface.draw(surfaceModel());
    surfaceDrawn = surfaceParts(scene);
    surfaceStale = false;
    surfaceHasty = moving;
  }

  function drawNetwork() {
    diagram.draw(diagramModel());
    networkDrawn = networkParts(scene);
    networkStale = false;
    networkHasty = moving;
  }

  function forgetDrawn() {
    surfaceStale = true;
    networkStale = true;
  }

  /**
   * The run branches off: what came later leaves the curves, and stays to be seen beside them.
   * @param {number} at
   */
  function leave(at) {
    const from = Math.max(
      0,
      history.places.findLastIndex((each) => each <= at),
    );
    const places = history.places.slice(from);
    left = places.length > 1 ? [branchOf(0), branchOf(2)] : undefined;
    history.truncate(at);

    /** @param {number} column @returns {Branch} */
    function branchOf(column) {
      return { places, train: history.column(column).slice(from) };
    }
  }

  /** Whether the surface shows a neuron's output in place of the network's. */
  const showsNeuron = () => scene.inspected !== undefined && scene.inspected.layer >= 0;

  return {
    /**
     * @param {Frame} frame
     * @param {FrameRequest} request what was asked for
     * @param {{ last: boolean }} moment `last`: no other frame follows soon, so nothing may be left for later
     */
    drawFrame(frame, request, { last }) {
      const { progress } = frame;
      const drawnAt = performance.now();
      moving = !last;
      if (trainedAt !== undefined && progress.step > latest.step) seconds += (drawnAt - trainedAt) / 1000;
      trainedAt = last ? undefined : drawnAt;
      takeGrids(frame, request);
      waiting = false;
      const still = returned && progress.step === latest.step;
      if (progress.step < latest.step) {
        // Back to an earlier state: the curves go back with it.
        place = progress.epoch;
        history.truncate(place);
        returned = false;
      } else if (!still) {
        if (returned) leave(place);
        returned = false;
        place += (progress.step - latest.step) / stepsPerEpoch();
      }
      latest.step = progress.step;
      latest.epoch = progress.epoch;
      if (frame.parameters) {
        if (!sameNumbers(latest.parameters, frame.parameters)) networkStale = true;
        latest.parameters = copyInto(latest.parameters, frame.parameters);
      }
      if (frame.neurons) {
        // Other settings make other pictures of the same weights.
        if (latest.neurons.length !== frame.neurons.length) networkStale = true;
        if (frame.neurons.some((neurons, layer) => !sameNumbers(latest.neurons[layer], neurons))) networkStale = true;
        latest.neurons = frame.neurons.map((neurons, layer) => copyInto(latest.neurons[layer], neurons));
      }
      if (request.surface) latest.outcomes = structuredClone(frame.outcomes);
      if (frame.evaluate) {
        latest.train = frame.evaluate.train;
        latest.test = frame.evaluate.test;
      }
      const before = history.length;
      const none = Number.NaN;
      if (!still && frame.evaluate) {
        history.push(place, [
          latest.train?.loss ?? none,
          latest.test?.loss ?? none,
          latest.train?.accuracy ?? latest.train?.r2 ?? none,
          latest.test?.accuracy ?? latest.test?.r2 ?? none,
          seconds,
        ]);
      }
      const plane = frame.surface ?? (showsNeuron() && !latest.unit && frame.neurons);
      if (plane && (surfaceStale || networkStale || (surfaceHasty && last))) drawSurface();
      if (frame.neurons && (networkStale || (networkHasty && last))) drawNetwork();
      const now = performance.now();
      if (last || now - lastChart >= CHART_INTERVAL || history.length <= 2) {
        lastChart = now;
        writeCounters();
        drawCharts();
      }
      if (last || now - lastSummary >= SUMMARY_INTERVAL) {
        lastSummary = now;
        describe();
      }
      if (history.length !== before && history.length <= 2) onCurves();
    },
    /**
     * A finer picture of what was drawn last.
     * @param {Frame} frame
     * @param {FrameRequest} request
     */
    refine(frame, request) {
      if (waiting) return;
      moving = false;
      takeGrids(frame, request);
      drawSurface();
    },
    /** @param {Scene} next */
    setScene(next) {
      const redrawCurves = next.logarithmic !== scene.logarithmic || next.t !== scene.t;
      scene = next;
      if (waiting) return;
      // A choice in one drawing leaves the other as it is.
      if (surfaceParts(next).some((part, index) => part !== surfaceDrawn[index])) drawSurface();
      if (networkParts(next).some((part, index) => part !== networkDrawn[index])) drawNetwork();
      if (moving && !redrawCurves) {
        // A key is answered with what it changed; the words follow with the next picture.
        lastSummary = -Infinity;
        return;
      }
      writeCounters();
      if (redrawCurves) drawCharts();
      describe();
    },
    /**
     * Where a step near the last drawn one lies on the curves' axis.
     * @param {number} step
     */
    placeOf: (step) => place + (step - latest.step) / stepsPerEpoch(),
    /**
     * The run went to another moment of its past: the curves stay until training goes on from there.
     * @param {{ step: number, place: number }} moment
     */
    showMoment(moment) {
      latest.step = moment.step;
      place = moment.place;
      returned = true;
    },
    /** Points as they are painted, at once. @param {Points} points */
    sketch(points) {
      sketch = points;
      drawSurface();
    },
    /** The run has the sketched points: from its next frame on they are drawn as its own. */
    settleSketch() {
      sketch = undefined;
      surfaceStale = true;
    },
    /** A new run that goes on where another stood: the last pictures stay until its first frame is here. */
    relay() {
      waiting = true;
      forgetDrawn();
    },
    /** A new run: its curves begin again. The last pictures stay until its first frame is here, so that nothing flickers. */
    restart() {
      waiting = true;
      forgetDrawn();
      latest.step = 0;
      seconds = 0;
      trainedAt = undefined;
      history = createCurveHistory(CURVES);
      place = 0;
      returned = false;
      left = undefined;
      drawCharts();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      surface.setTheme(next);
      diagram.setTheme(next);
      for (const chart of charts) chart.setTheme(next);
    },
    /** @param {ParameterPlace} at */
    valueOf: (at) => latest.parameters?.[parameterIndex(scene.experiment, scene.catalog, at)] ?? 0,
    /** @param {number} layer */
    reachOf: (layer) => diagramModel().layers[layer]?.reach ?? 1,
    /** Whether a new run's first frame is still on its way. */
    get waiting() {
      return waiting;
    },
    get parameters() {
      return latest.parameters;
    },
    /** The last evaluations drawn. @returns {{ train?: Evaluation, test?: Evaluation }} */
    get evaluations() {
      return { train: latest.train, test: latest.test };
    },
    /** The neurons' sums over the plane, where they were asked for. */
    get sums() {
      return latest.sums;
    },
    /** What became of each point, where that was asked for. */
    get outcomes() {
      return latest.outcomes;
    },
    /** What was drawn last. */
    get step() {
      return latest.step;
    },
    get epoch() {
      return latest.epoch;
    },
    /** A copy of the losses' curves, with the seconds of training until then. */
    get curves() {
      return { places: [...history.places], train: [...history.column(0)], test: [...history.column(1)], seconds: [...history.column(4)] };
    },
    /** What is drawn now, for files. */
    drawings: () => ({
      pictures: { surface: surface.picture(), network: diagram.picture() },
      curves: { places: [...history.places], columns: [0, 1, 2, 3].map((curve) => [...history.column(curve)]) },
    }),
    get curvePoints() {
      return history.length;
    },
    surface,
    diagram,
    summary,
    dispose() {
      surface.dispose();
      diagram.dispose();
      disposed = true;
      for (const chart of charts) chart.dispose();
    },
  };
}
