import { createCanvas, createGridImage, crisp } from './canvas.js';
import { scaleIndex } from './color.js';
import { createLineRaster } from './line-raster.js';
import { markerPath } from './marker.js';
import { formatFixed, formatWeight } from '../text/text.js';

/** @import { Theme } from './color.js' */
/** @import { Surface } from './canvas.js' */

/**
 * A weight (`source` is a unit of the layer before) or a bias (`source` is -1) of one neuron. Layer 0 is the first with weights.
 * @typedef {{ layer: number, unit: number, source: number }} ParameterPlace
 */

/**
 * A weight or bias, or several: those of every neuron of the layer where there is no unit, all of a neuron's where there is no source.
 * @typedef {{ layer: number, unit?: number, source?: number }} ParameterGroup
 */

/** Which lines carry their number. @typedef {typeof edgeNumbers[number]} EdgeNumbers */

/** @typedef {{ layer: number, unit: number }} NeuronPlace layer -1 is the inputs */

/**
 * @typedef {object} DiagramLayer
 * @property {number} units
 * @property {number} sources what each neuron has weights for: the layer before, and what more it sees
 * @property {number} offset of the layer's first weight in the parameters
 * @property {number} reach the output at which a thumbnail's colour is full
 * @property {Float32Array} [grids] [units x rows x columns], row 0 at the bottom
 */

/**
 * @typedef {object} DiagramModel
 * @property {readonly string[]} inputs names
 * @property {Float32Array} [inputGrids] [inputs x rows x columns]
 * @property {number} inputReach
 * @property {readonly DiagramLayer[]} layers
 * @property {Float32Array} [parameters]
 * @property {number} columns of a thumbnail
 * @property {number} rows of a thumbnail
 * @property {number} classes more than 2: the output neurons carry their class's marker
 * @property {ParameterPlace} [selected]
 * @property {EdgeNumbers} numbers
 * @property {ParameterGroup} [lit] marked from elsewhere
 * @property {NeuronPlace} [neuron] the chosen one
 * @property {readonly { layer: number, unit: number, source?: number }[]} locked weights, biases (source -1) and whole neurons
 * @property {ReadonlySet<string>} cut weights, as "layer.unit.source"
 * @property {readonly (readonly ('dead' | 'saturated' | undefined)[])[]} [ailments] what keeps neurons from learning, layer by layer
 * @property {DiagramFlow} [flow] what passes through the network, drawn over it
 * @property {boolean} [moving] the next picture follows at once: this one is drawn fast
 */

/**
 * @typedef {object} DiagramFlow
 * @property {ArrayLike<number>} [links] numbers that the lines carry in place of the weights, in the order of the parameters
 * @property {(value: number) => string} format of these numbers
 * @property {(canvas: FlowCanvas) => void} paint
 */

/**
 * What a flow is painted with. Layer -1 is the inputs.
 * @typedef {object} FlowCanvas
 * @property {CanvasRenderingContext2D} context
 * @property {Theme} theme
 * @property {number} layers
 * @property {(layer: number) => number} shown how many of a layer's neurons are drawn
 * @property {(layer: number) => number} node the side of a neuron's square
 * @property {(layer: number, unit: number) => Point} centre
 * @property {(layer: number) => number} widest the width of the heaviest line into a layer
 * @property {(layer: number, visit: (curve: Curve, index: number) => void) => void} eachLink into a layer, with its place among the parameters
 * @property {(curve: Curve) => void} stroke
 */

export const DRAWN_UNITS = 16;

/** None, those of the neuron that is looked at, or all that find room. */
export const edgeNumbers = /** @type {const} */ (['none', 'focus', 'all']);

const LARGEST_NODE = 52;
const LARGEST_PITCH = 80;
const FULL_WEIGHT = 1;
/** A weight of this size, and any larger one, is drawn as wide as lines get: a part of the room between neurons. */
const WIDEST_WEIGHT = 5;
const THINNEST_LINE = 0.75;
const WIDEST_LINE = 7;
/** How much of a line is left that does not touch the neuron under the pointer. */
const ASIDE = 0.3;
const HIT_DISTANCE = 7;
const SLOPE_PART = 14;
const BADGE_RADIUS = 6;
const FONT_SIZE = 13;
const LABEL_ROOM = 26;
/** Room above and below the neurons where skip edges pass, and how far these lie apart. */
const SKIP_ROOM = 28;
const SKIP_PITCH = 4;
const SKIP_LANES = 4;
/** Straight pieces of a skip edge that the pointer is held against. */
const SKIP_PIECES = 32;
/** Where on a line the sign of a locked weight stands: near the neuron that it belongs to. */
const LOCK_PART = 0.8;
const NUMBER_FONT_SIZE = 11;
const NUMBER_SIZE = Object.freeze({ width: 36, height: 15 });
/** Slopes and changes have more digits than weights. */
const FLOW_NUMBER_WIDTH = 48;
/** Parts of the way along a line where its number may stand, the best first. */
const numberParts = Object.freeze([0.5, 0.36, 0.64, 0.24, 0.76]);

/**
 * The course of a line: a cubic Bézier curve.
 * @typedef {{ from: Point, first: Point, second: Point, to: Point }} Curve
 */

/** @typedef {{ x: number, y: number }} Point */

/**
 * Every neuron with what it computes over the plane, every weight as a line and every bias as a stem below its neuron: width by
 * magnitude, colour by sign.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createNetworkDiagram(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {DiagramModel | undefined} */
  let model;
  /** @type {ParameterPlace | undefined} */
  let pointed;
  /** @type {NeuronPlace | undefined} */
  let pointedNeuron;
  const atlas = createGridImage(canvas.ownerDocument);
  const view = createCanvas(canvas, paint, () => theme.scale);
  const raster = createLineRaster(view.surface.context);

  /**
   * Equal columns for the layers; in each, the neurons as large and as far apart as its height allows. Layer -1 is the inputs.
   * @param {DiagramModel} model
   */
  function layoutOf(model) {
    const { width, height } = view.surface;
    const counts = [model.inputs.length, ...model.layers.map((layer) => layer.units)];
    const shown = counts.map((count) => Math.min(count, DRAWN_UNITS));
    const crowded = counts.some((count) => count > DRAWN_UNITS);
    const margin = model.layers.some(({ sources }, layer) => sources > counts[layer]) ? SKIP_ROOM : 0;
    const room = height - 2 * margin - (crowded ? LABEL_ROOM : 0);
    const column = width / counts.length;
    const pitches = shown.map((count) => Math.min(LARGEST_PITCH, room / count));
    const nodes = pitches.map((pitch) => Math.round(Math.min(LARGEST_NODE, pitch * 0.7, column * 0.45)));
    const stems = pitches.map((pitch, index) => Math.max(5, Math.min(10, (pitch - nodes[index]) * 0.55)));
    return {
      counts,
      shown,
      /** The side of a neuron's square. @param {number} layer */
      node: (layer) => nodes[layer + 1],
      /** The length of a bias's stem. @param {number} layer */
      stem: (layer) => stems[layer + 1],
      /** The width of the heaviest line into a layer. @param {number} layer */
      widest: (layer) => Math.min(WIDEST_LINE, Math.max(2.5, Math.min(pitches[layer], pitches[layer + 1]) * 0.09)),
      /** @param {number} layer */
      x: (layer) => (layer + 1.5) * column,
      /**
       * @param {number} layer
       * @param {number} unit
       */
      y: (layer, unit) => margin + room / 2 + (unit - (shown[layer + 1] - 1) / 2) * pitches[layer + 1] - stems[layer + 1] / 2,
    };
  }

  /** @param {Surface} surface */
  function paint(surface) {
    if (!model) return;
    const { context, ratio } = surface;
    const layout = layoutOf(model);
    context.lineCap = 'round';
    // Other contexts than the canvas's get lines, not pixels.
    const hasty = model.moving === true && !model.flow && !pointedNeuron && surface === view.surface;
    if (hasty) rasterWeights(model, layout, ratio);
    drawWeights(context, model, layout, hasty);
    drawNeurons(context, model, layout, ratio);
    model.flow?.paint(flowCanvas(context, model, layout));
    drawNumbers(context, model, layout);
    drawEmphasis(context, model, layout);
    drawLocks(context, model, layout);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @returns {FlowCanvas}
   */
  function flowCanvas(context, model, layout) {
    return {
      context,
      theme,
      layers: model.layers.length,
      shown: (layer) => layout.shown[layer + 1],
      node: layout.node,
      widest: layout.widest,
      centre: (layer, unit) => ({ x: layout.x(layer), y: layout.y(layer, unit) }),
      eachLink(layer, visit) {
        for (const source of drawnSources(model, layout, layer)) {
          for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
            const place = { layer, unit, source };
            visit(curveOf(layout, place), parameterIndex(model, place));
          }
        }
      },
      stroke: (curve) => strokeCurve(context, curve),
    };
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {boolean} rastered whether the plain lines are there already
   */
  function drawWeights(context, model, layout, rastered) {
    const rest = model.flow?.links ? ASIDE : 1;
    for (let layer = 0; layer < model.layers.length; ++layer) {
      const all = drawnSources(model, layout, layer);
      const sources = rastered ? all.filter((source) => source >= layout.counts[layer] || model.cut.size > 0) : all;
      for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
        const into = !pointedNeuron || (pointedNeuron.layer === layer && pointedNeuron.unit === unit);
        for (const source of sources) {
          const place = { layer, unit, source };
          if (rastered && isPlain(model, layout, place)) continue;
          context.globalAlpha = into || sameNeuron(pointedNeuron, originOf(layout, place)) ? rest : ASIDE;
          strokeWeight(context, layout, place, model.parameters?.[parameterIndex(model, place)], isCut(model, place));
        }
        context.globalAlpha = into ? rest : ASIDE;
        strokeBias(context, layout, { layer, unit, source: -1 }, model.parameters?.[biasIndex(model, layer, unit)]);
      }
    }
    context.globalAlpha = 1;
  }

  /**
   * Whether a weight's line goes straight across to the next layer, without a gap.
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {ParameterPlace} place
   */
  function isPlain(model, { counts }, place) {
    return place.source < counts[place.layer] && !isCut(model, place);
  }

  /**
   * All plain lines, as pixels.
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {number} ratio
   */
  function rasterWeights(model, layout, ratio) {
    raster.clear();
    for (let layer = 0; layer < model.layers.length; ++layer) {
      const left = (layout.x(layer - 1) + layout.node(layer - 1) / 2) * ratio;
      const right = (layout.x(layer) - layout.node(layer) / 2) * ratio;
      const widest = layout.widest(layer);
      for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
        for (let source = 0; source < layout.shown[layer]; ++source) {
          const place = { layer, unit, source };
          if (!isPlain(model, layout, place)) continue;
          const value = model.parameters?.[parameterIndex(model, place)] ?? 0;
          const [from, to] = [layout.y(layer - 1, source) * ratio, layout.y(layer, unit) * ratio];
          raster.curve(left, from, right, to, widthOf(widest, value) * ratio, theme.marks.packed[scaleIndex(value / FULL_WEIGHT)]);
        }
      }
    }
    raster.commit();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} widest
   * @param {number} value
   */
  function setStroke(context, widest, value) {
    context.strokeStyle = theme.marks.css[scaleIndex(value / FULL_WEIGHT)];
    context.lineWidth = widthOf(widest, value);
  }

  /**
   * The sources of a layer that have a line: the neurons of the layer before and, behind a skip edge, the inputs.
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {number} layer
   */
  function drawnSources(model, { counts, shown }, layer) {
    const before = Array.from({ length: shown[layer] }, (_, source) => source);
    if (model.layers[layer].sources <= counts[layer]) return before;
    return [...before, ...Array.from({ length: shown[0] }, (_, input) => counts[layer] + input)];
  }

  /**
   * The neuron or input that a weight's line comes from.
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {ParameterPlace} place
   * @returns {NeuronPlace}
   */
  function originOf({ counts }, { layer, source }) {
    return source < counts[layer] ? { layer: layer - 1, unit: source } : { layer: -1, unit: source - counts[layer] };
  }

  /**
   * Straight across to the next layer; a skip edge goes around the neurons between, above them or below.
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {ParameterPlace} place
   * @returns {Curve}
   */
  function curveOf(layout, place) {
    const origin = originOf(layout, place);
    const { layer, unit } = place;
    const from = { x: layout.x(origin.layer) + layout.node(origin.layer) / 2, y: layout.y(origin.layer, origin.unit) };
    const to = { x: layout.x(layer) - layout.node(layer) / 2, y: layout.y(layer, unit) };
    const middle = (from.x + to.x) / 2;
    if (origin.layer === layer - 1) return { from, first: { x: middle, y: from.y }, second: { x: middle, y: to.y }, to };
    const inputs = layout.shown[0];
    const above = origin.unit < inputs / 2;
    const lane = SKIP_PITCH * (((above ? origin.unit : inputs - 1 - origin.unit) % SKIP_LANES) + 3.5);
    const edges = Array.from({ length: layer }, (_, between) => {
      const half = layout.node(between) / 2;
      const lowest = layout.y(between, layout.shown[between + 1] - 1) + half + layout.stem(between);
      return above ? layout.y(between, 0) - half : lowest;
    });
    const passed = above ? Math.min(...edges) - lane : Math.max(...edges) + lane;
    // The middle of the curve has 3/4 of its height from the control points and 1/8 from each end.
    const y = (passed - (from.y + to.y) / 8) / 0.75;
    return { from, first: { x: from.x, y }, second: { x: to.x, y }, to };
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Curve} curve
   */
  function strokeCurve(context, { from, first, second, to }) {
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.bezierCurveTo(first.x, first.y, second.x, second.y, to.x, to.y);
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {ParameterPlace} place
   * @param {number} [value]
   * @param {boolean} [cut]
   */
  function strokeWeight(context, layout, place, value = 0, cut = false) {
    setStroke(context, layout.widest(place.layer), value);
    if (cut) {
      context.strokeStyle = theme.lineStrong;
      context.setLineDash([2, 4]);
    }
    strokeCurve(context, curveOf(layout, place));
    if (cut) context.setLineDash([]);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {ParameterPlace} place
   * @param {number} [value]
   */
  function strokeBias(context, layout, { layer, unit }, value = 0) {
    const x = layout.x(layer) - layout.node(layer) * 0.28;
    const top = layout.y(layer, unit) + layout.node(layer) / 2;
    const bottom = top + layout.stem(layer);
    setStroke(context, layout.widest(layer), value);
    context.lineCap = 'butt';
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
    context.lineCap = 'round';
    context.fillStyle = context.strokeStyle;
    context.beginPath();
    context.arc(x, bottom, Math.max(1.75, context.lineWidth / 2), 0, 2 * Math.PI);
    context.fill();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {number} ratio
   */
  function drawNeurons(context, model, layout, ratio) {
    fillAtlas(model, layout.shown);
    const { columns, rows } = model;
    context.imageSmoothingEnabled = true;
    context.font = `${FONT_SIZE}px ${theme.font}`;
    for (let layer = -1; layer < model.layers.length; ++layer) {
      const node = layout.node(layer);
      const x = layout.x(layer) - node / 2;
      const grids = layer < 0 ? model.inputGrids : model.layers[layer].grids;
      for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
        const y = layout.y(layer, unit) - node / 2;
        const left = Math.round(x * ratio) / ratio;
        const top = Math.round(y * ratio) / ratio;
        if (grids) {
          context.drawImage(atlas.canvas, unit * columns, (layer + 1) * rows, columns, rows, left, top, node, node);
        } else {
          context.fillStyle = theme.sunken;
          context.fillRect(left, top, node, node);
        }
        const place = { layer, unit };
        const here = sameNeuron(pointedNeuron, place) || sameNeuron(model.neuron, place);
        context.strokeStyle = here ? theme.accent : theme.lineStrong;
        context.lineWidth = here ? 2 : 1 / ratio;
        context.strokeRect(crisp(left, ratio), crisp(top, ratio), node - 1 / ratio, node - 1 / ratio);
        const ailment = model.ailments?.[layer]?.[unit];
        if (ailment) drawBadge(context, ailment, left + node, top);
        context.fillStyle = theme.ink;
        if (layer < 0) {
          context.textAlign = 'right';
          context.textBaseline = 'middle';
          context.fillText(model.inputs[unit], left - 8, top + node / 2, Math.max(24, x - 8));
        } else if (layer === model.layers.length - 1 && model.classes > 2) {
          context.translate(left + node + 12, top + node / 2);
          context.fillStyle = theme.classes[unit % theme.classes.length];
          context.fill(markerPath(context, unit, 4.5));
          context.translate(-(left + node + 12), -(top + node / 2));
        }
      }
      const hidden = layout.counts[layer + 1] - layout.shown[layer + 1];
      if (hidden > 0) {
        context.fillStyle = theme.inkSoft;
        context.textAlign = 'center';
        context.textBaseline = 'bottom';
        context.fillText(`+ ${hidden}`, layout.x(layer), view.surface.height - 4);
      }
    }
  }

  /**
   * A small sign on a neuron's corner: a cross on a dead one, a bar on one that is saturated.
   * @param {CanvasRenderingContext2D} context
   * @param {'dead' | 'saturated'} ailment
   * @param {number} x
   * @param {number} y
   */
  function drawBadge(context, ailment, x, y) {
    context.beginPath();
    context.arc(x, y, BADGE_RADIUS, 0, 2 * Math.PI);
    context.fillStyle = ailment === 'dead' ? theme.ink : theme.paper;
    context.fill();
    context.strokeStyle = ailment === 'dead' ? theme.paper : theme.ink;
    context.lineWidth = 1.5;
    context.stroke();
    const arm = BADGE_RADIUS * 0.45;
    context.beginPath();
    if (ailment === 'dead') {
      context.moveTo(x - arm, y - arm);
      context.lineTo(x + arm, y + arm);
      context.moveTo(x + arm, y - arm);
      context.lineTo(x - arm, y + arm);
    } else {
      context.moveTo(x - arm * 1.2, y);
      context.lineTo(x + arm * 1.2, y);
    }
    context.stroke();
  }

  /**
   * All thumbnails as one picture: a row for each layer, the inputs first.
   * @param {DiagramModel} model
   * @param {readonly number[]} shown
   */
  function fillAtlas(model, shown) {
    const { columns, rows } = model;
    const width = columns * Math.max(...shown);
    const pixels = atlas.pixels(width, rows * shown.length);
    const { packed } = theme.values;
    for (let layer = -1; layer < model.layers.length; ++layer) {
      const grids = layer < 0 ? model.inputGrids : model.layers[layer].grids;
      const reach = layer < 0 ? model.inputReach : model.layers[layer].reach;
      if (!grids) continue;
      for (let unit = 0; unit < shown[layer + 1]; ++unit) {
        for (let row = 0; row < rows; ++row) {
          let pixel = ((layer + 1) * rows + (rows - 1 - row)) * width + unit * columns;
          for (let index = (unit * rows + row) * columns, end = index + columns; index < end; ++index, ++pixel) {
            pixels[pixel] = packed[scaleIndex(grids[index] / reach)];
          }
        }
      }
    }
    atlas.commit();
  }

  /**
   * A padlock on whatever training leaves as it is.
   * @param {CanvasRenderingContext2D} context
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   */
  function drawLocks(context, model, layout) {
    for (const { layer, unit, source } of model.locked) {
      if (source === undefined) {
        if (layer >= model.layers.length || unit >= layout.shown[layer + 1]) continue;
        const half = layout.node(layer) / 2;
        drawLock(context, layout.x(layer) + half - 1, layout.y(layer, unit) + half - 1);
        continue;
      }
      const place = { layer, unit, source };
      if (!isDrawn(model, place, layout)) continue;
      const { x, y } = source < 0 ? placeOf(place, layout) : pointOn(curveOf(layout, place), LOCK_PART);
      drawLock(context, x, y);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} x
   * @param {number} y
   */
  function drawLock(context, x, y) {
    context.fillStyle = theme.paper;
    context.fillRect(x - 5, y - 6.5, 10, 12);
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.25;
    context.beginPath();
    context.arc(x, y - 1.5, 2.25, Math.PI, 2 * Math.PI);
    context.stroke();
    context.fillStyle = theme.ink;
    context.fillRect(x - 3.5, y - 1, 7, 5);
  }

  /**
   * Numbers on the lines, each where it covers no other; a line for which there is no such place goes without.
   * @param {CanvasRenderingContext2D} context
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   */
  function drawNumbers(context, model, layout) {
    const focus = pointedNeuron ?? model.neuron;
    const { links, format = formatFixed } = model.flow ?? {};
    const numbers = links ? 'all' : model.numbers;
    const values = links ?? model.parameters;
    const numberWidth = links ? FLOW_NUMBER_WIDTH : NUMBER_SIZE.width;
    if (numbers === 'none' || (numbers === 'focus' && !focus)) return;
    context.font = `${NUMBER_FONT_SIZE}px ${theme.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let layer = 0; layer < model.layers.length; ++layer) {
      const from = layout.x(layer - 1) + layout.node(layer - 1) / 2;
      const to = layout.x(layer) - layout.node(layer) / 2;
      if (to - from < numberWidth * 2) continue;
      /** @type {{ x: number, y: number }[]} */
      const placed = [];
      for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
        for (let source = 0; source < layout.shown[layer]; ++source) {
          const wanted =
            sameNeuron(focus, { layer, unit }) ||
            sameNeuron(focus, { layer: layer - 1, unit: source }) ||
            (numbers === 'all' && !pointedNeuron);
          if (!wanted) continue;
          const [start, end] = [layout.y(layer - 1, source), layout.y(layer, unit)];
          const spots = numberParts.map((part) => ({ x: from + (to - from) * part, y: start + (end - start) * curvePart(part) }));
          const spot = spots.find(({ x, y }) =>
            placed.every((other) => Math.abs(other.x - x) >= numberWidth || Math.abs(other.y - y) >= NUMBER_SIZE.height),
          );
          if (!spot) continue;
          placed.push(spot);
          context.globalAlpha = 0.85;
          context.fillStyle = theme.paper;
          context.fillRect(spot.x - numberWidth / 2, spot.y - NUMBER_SIZE.height / 2, numberWidth, NUMBER_SIZE.height);
          context.globalAlpha = 1;
          context.fillStyle = theme.ink;
          context.fillText(format(values?.[parameterIndex(model, { layer, unit, source })] ?? 0), spot.x, spot.y + 0.5);
        }
      }
    }
  }

  /**
   * The weights and biases that are marked from elsewhere.
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @returns {ParameterPlace[]}
   */
  function placesIn(model, layout) {
    if (!model.lit || model.lit.layer >= model.layers.length) return [];
    const { layer, unit, source } = model.lit;
    const units = unit === undefined ? Array.from({ length: layout.shown[layer + 1] }, (_, index) => index) : [unit];
    const sources = source === undefined ? [...drawnSources(model, layout, layer), -1] : [source];
    return units.flatMap((each) => sources.map((from) => ({ layer, unit: each, source: from })));
  }

  /**
   * The line under the pointer and the one being edited, drawn once more with its number.
   * @param {CanvasRenderingContext2D} context
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   */
  function drawEmphasis(context, model, layout) {
    const lit = placesIn(model, layout);
    for (const place of [...lit, model.selected, pointed]) {
      if (!place || !isDrawn(model, place, layout)) continue;
      const value = model.parameters?.[parameterIndex(model, place)] ?? 0;
      const at = placeOf(place, layout);
      context.save();
      context.lineWidth = 0;
      if (place.source >= 0) {
        strokeWeight(context, layout, place, value);
        outline(context, layout, place);
        strokeWeight(context, layout, place, value, isCut(model, place));
      } else {
        strokeBias(context, layout, place, value);
        context.strokeStyle = theme.accent;
        context.lineWidth = 1.5;
        context.beginPath();
        context.arc(at.x, at.y, 6.5, 0, 2 * Math.PI);
        context.stroke();
      }
      context.restore();
      // The numbers of many would lie on top of each other.
      if (lit.length <= 1 || !lit.includes(place)) drawNumber(context, value, at.x, at.y + (place.source >= 0 ? 0 : 18));
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {ParameterPlace} place
   */
  function outline(context, layout, place) {
    const width = context.lineWidth;
    const curve = curveOf(layout, place);
    for (const [extra, color] of /** @type {const} */ ([
      [6, theme.accent],
      [3, theme.paper],
    ])) {
      context.strokeStyle = color;
      context.lineWidth = width + extra;
      strokeCurve(context, curve);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} value
   * @param {number} x
   * @param {number} y
   */
  function drawNumber(context, value, x, y) {
    const text = formatWeight(value);
    context.font = `600 ${FONT_SIZE}px ${theme.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const width = context.measureText(text).width + 12;
    const left = Math.min(view.surface.width - width, Math.max(0, x - width / 2));
    const top = Math.min(view.surface.height - 22, Math.max(0, y - 11));
    context.fillStyle = theme.paper;
    context.fillRect(left, top, width, 22);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.strokeRect(left, top, width, 22);
    context.fillStyle = theme.ink;
    context.fillText(text, left + width / 2, top + 11.5);
  }

  /**
   * @param {DiagramModel} model
   * @param {ParameterPlace} place
   * @param {ReturnType<typeof layoutOf>} layout
   */
  function isDrawn(model, place, layout) {
    const { layer, unit, source } = place;
    if (layer >= model.layers.length || unit >= layout.shown[layer + 1] || source >= model.layers[layer].sources) return false;
    const origin = originOf(layout, place);
    return source < 0 || origin.unit < layout.shown[origin.layer + 1];
  }

  /**
   * The middle of a weight's line, or the end of a bias's stem.
   * @param {ParameterPlace} place
   * @param {ReturnType<typeof layoutOf>} layout
   */
  function placeOf(place, layout) {
    const { layer, unit, source } = place;
    if (source < 0) {
      const node = layout.node(layer);
      return { x: layout.x(layer) - node * 0.28, y: layout.y(layer, unit) + node / 2 + layout.stem(layer) };
    }
    return pointOn(curveOf(layout, place), 0.5);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} reach how far from a line still counts
   * @returns {{ parameter?: ParameterPlace, neuron?: NeuronPlace }}
   */
  function find(x, y, reach) {
    if (!model) return {};
    const layout = layoutOf(model);
    for (let layer = -1; layer < model.layers.length; ++layer) {
      const half = layout.node(layer) / 2;
      for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
        if (layer >= 0) {
          const bias = placeOf({ layer, unit, source: -1 }, layout);
          if (Math.hypot(x - bias.x, y - bias.y) < Math.max(5, reach)) return { parameter: { layer, unit, source: -1 } };
        }
        if (Math.abs(x - layout.x(layer)) <= half && Math.abs(y - layout.y(layer, unit)) <= half) return { neuron: { layer, unit } };
      }
    }
    return { parameter: nearestWeight(layout, x, y, reach) ?? nearestSkip(model, layout, x, y, reach) };
  }

  /**
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {number} x
   * @param {number} y
   * @param {number} reach
   */
  function nearestWeight(layout, x, y, reach) {
    /** @type {ParameterPlace | undefined} */
    let best;
    let closest = reach;
    for (let layer = 0; layer + 1 < layout.shown.length; ++layer) {
      const from = layout.x(layer - 1) + layout.node(layer - 1) / 2;
      const to = layout.x(layer) - layout.node(layer) / 2;
      if (x < from || x > to) continue;
      const part = curvePart((x - from) / (to - from));
      const slope = (to - from) / SLOPE_PART;
      for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
        const end = layout.y(layer, unit);
        for (let source = 0; source < layout.shown[layer]; ++source) {
          const start = layout.y(layer - 1, source);
          const distance = Math.abs(start + (end - start) * part - y);
          const ahead = (end - start) * (curvePart(Math.min(1, (x + slope - from) / (to - from))) - part);
          const across = (distance * slope) / Math.hypot(slope, ahead);
          if (across < closest) {
            closest = across;
            best = { layer, unit, source };
          }
        }
      }
    }
    return best;
  }

  /**
   * @param {DiagramModel} model
   * @param {ReturnType<typeof layoutOf>} layout
   * @param {number} x
   * @param {number} y
   * @param {number} reach
   */
  function nearestSkip(model, layout, x, y, reach) {
    /** @type {ParameterPlace | undefined} */
    let best;
    let closest = reach;
    const layer = model.layers.length - 1;
    for (const source of drawnSources(model, layout, layer).slice(layout.shown[layer])) {
      for (let unit = 0; unit < layout.shown[layer + 1]; ++unit) {
        const curve = curveOf(layout, { layer, unit, source });
        let start = curve.from;
        for (let piece = 1; piece <= SKIP_PIECES; ++piece) {
          const end = pointOn(curve, piece / SKIP_PIECES);
          const distance = distanceToLine(x, y, start, end);
          start = end;
          if (distance >= closest) continue;
          closest = distance;
          best = { layer, unit, source };
        }
      }
    }
    return best;
  }

  return {
    /** @param {DiagramModel} next */
    draw(next) {
      model = next;
      view.redraw();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      view.redraw();
    },
    /**
     * Marks what lies under a point of the canvas and tells what it is.
     * @param {number} x
     * @param {number} y
     * @param {{ touch?: boolean }} [how]
     */
    point(x, y, { touch = false } = {}) {
      const found = find(x / view.scale(), y / view.scale(), touch ? HIT_DISTANCE * 2 : HIT_DISTANCE);
      const changed = !samePlace(found.parameter, pointed) || !sameNeuron(found.neuron, pointedNeuron);
      pointed = found.parameter;
      pointedNeuron = found.neuron;
      if (changed) view.redraw();
      return found;
    },
    leave() {
      if (!pointed && !pointedNeuron) return;
      pointed = undefined;
      pointedNeuron = undefined;
      view.redraw();
    },
    redraw: view.redraw,
    picture: view.picture,
    dispose: view.dispose,
  };
}

/**
 * How wide a weight is drawn.
 * @param {number} widest
 * @param {number} value
 */
function widthOf(widest, value) {
  if (!Number.isFinite(value)) return THINNEST_LINE;
  return THINNEST_LINE + (widest - THINNEST_LINE) * Math.min(1, Math.abs(value) / WIDEST_WEIGHT);
}

/**
 * Where a weight or bias stands among the parameters.
 * @param {DiagramModel} model
 * @param {ParameterPlace} place
 */
function parameterIndex(model, { layer, unit, source }) {
  if (source < 0) return biasIndex(model, layer, unit);
  return model.layers[layer].offset + unit * model.layers[layer].sources + source;
}

/**
 * @param {DiagramModel} model
 * @param {number} layer
 * @param {number} unit
 */
function biasIndex(model, layer, unit) {
  const { offset, units, sources } = model.layers[layer];
  return offset + units * sources + unit;
}

/**
 * @param {DiagramModel} model
 * @param {ParameterPlace} place
 */
function isCut({ cut }, { layer, unit, source }) {
  return cut.size > 0 && cut.has(`${layer}.${unit}.${source}`);
}

/**
 * @param {Curve} curve
 * @param {number} t from 0 to 1
 * @returns {Point}
 */
export function pointOn({ from, first, second, to }, t) {
  const rest = 1 - t;
  const [a, b, c, d] = [rest ** 3, 3 * rest * rest * t, 3 * rest * t * t, t ** 3];
  return { x: a * from.x + b * first.x + c * second.x + d * to.x, y: a * from.y + b * first.y + c * second.y + d * to.y };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Point} start
 * @param {Point} end
 */
function distanceToLine(x, y, start, end) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const along = ((x - start.x) * dx + (y - start.y) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - start.x - part * dx, y - start.y - part * dy);
}

/**
 * @param {ParameterPlace | undefined} a
 * @param {ParameterPlace | undefined} b
 */
function samePlace(a, b) {
  return a === b || (a !== undefined && b !== undefined && a.layer === b.layer && a.unit === b.unit && a.source === b.source);
}

/**
 * @param {NeuronPlace | undefined} a
 * @param {NeuronPlace | undefined} b
 */
function sameNeuron(a, b) {
  return a === b || (a !== undefined && b !== undefined && a.layer === b.layer && a.unit === b.unit);
}

/**
 * How far a weight's curve has risen (0 to 1) at a part of its way across. The curve is a cubic Bézier whose control points stand at
 * half the way: across = 1.5 t (1 - t)² + 1.5 t² (1 - t) + t³, solved for t by bisection; rise = 3 t² - 2 t³.
 * @param {number} across
 */
function curvePart(across) {
  let low = 0;
  let high = 1;
  for (let round = 0; round < 12; ++round) {
    const t = (low + high) / 2;
    const x = 1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t;
    if (x < across) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return t * t * (3 - 2 * t);
}
