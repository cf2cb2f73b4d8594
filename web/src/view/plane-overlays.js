/** What is drawn over the decision surface on demand. Each is a function of its data to an overlay, so that pictures have it too. */
import { traceContour } from './contour.js';

/**
 * @import { Theme } from './color.js'
 * @import { Area } from './plane.js'
 * @import { Overlay, Plot, Points } from './surface.js'
 */

/**
 * The lines of one layer.
 * @typedef {object} LayerLines
 * @property {ArrayLike<number>} sums [units x rows x columns]
 * @property {number} units
 * @property {readonly number[]} levels of the sum, at which a neuron changes piece
 * @property {string} label of the layer
 */

/** @typedef {{ area: Area, columns: number, rows: number }} Grid */

/** Dashes tell the layers apart without colour. */
const DASHES = Object.freeze(/** @type {readonly (readonly number[])[]} */ ([[], [7, 4], [2, 3], [9, 3, 2, 3]]));
const HALO = 2;
/** More lines than this stay without labels. */
const MOST_LABELS = 12;
const LABEL_SIZE = 11;
const LABEL_DISTANCE = 16;
const RING = 6.5;
/** The longest arrow, the shortest that is drawn, and the two sides of a head, in CSS pixels. */
const LONGEST_ARROW = 30;
const SHORTEST_ARROW = 2;
const HEAD = 4;

/** @param {number} layer */
export function dashOf(layer) {
  return DASHES[layer % DASHES.length];
}

/**
 * Where the grid lies on the canvas.
 * @param {Plot} plot
 * @param {Area} area
 */
function boxOf({ at }, area) {
  const [left, bottom] = at([area.x[0], area.y[0]]);
  const [right, top] = at([area.x[1], area.y[1]]);
  return { left, top, width: right - left, height: bottom - top };
}

/**
 * Strokes the path over a lighter, wider one, so that it is seen on any colour.
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {string} color
 * @param {number} width
 * @param {readonly number[]} dash
 */
function strokeOver(context, theme, color, width, dash = []) {
  context.strokeStyle = theme.paper;
  context.globalAlpha = 0.7;
  context.lineWidth = width + HALO;
  context.stroke();
  context.globalAlpha = 1;
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.stroke();
  context.setLineDash([]);
}

/**
 * Where each neuron changes piece: straight in the first layer, bent by those before it in the deeper ones.
 * @param {Grid} grid
 * @param {readonly LayerLines[]} layers the first layer first
 * @param {{ layer: number, unit: number } | undefined} highlight
 * @returns {Overlay}
 */
export function foldLines(grid, layers, highlight) {
  const { columns, rows } = grid;
  const cells = columns * rows;
  const labelled = layers.reduce((sum, { units, levels }) => sum + units * levels.length, 0) <= MOST_LABELS;
  return (context, plot, theme) => {
    const box = boxOf(plot, grid.area);
    /** @type {{ x: number, y: number, text: string, strong: boolean }[]} */
    const labels = [];
    /** @param {number} layer @param {number} unit */
    const trace = (layer, unit) => {
      const { sums, levels, label } = layers[layer];
      const outermost = createOutermost(plot);
      const tracing = {
        /** @param {number} x @param {number} y */
        moveTo(x, y) {
          outermost.see(x, y);
          context.moveTo(x, y);
        },
        /** @param {number} x @param {number} y */
        lineTo: (x, y) => context.lineTo(x, y),
      };
      for (const level of levels) {
        const start = unit * cells;
        traceContour(tracing, { columns, rows, over: (cell) => sums[start + cell] - level }, box);
      }
      const { place } = outermost;
      const strong = highlight?.layer === layer && highlight.unit === unit;
      if (place && (labelled || strong)) labels.push({ ...place, text: `${label}.${unit + 1}`, strong });
    };
    layers.forEach(({ units }, layer) => {
      context.beginPath();
      for (let unit = 0; unit < units; ++unit) trace(layer, unit);
      strokeOver(context, theme, theme.ink, layers.length > 1 && layer === 0 ? 1.5 : 1.25, dashOf(layer));
    });
    if (highlight && layers[highlight.layer] && highlight.unit < layers[highlight.layer].units) {
      context.beginPath();
      trace(highlight.layer, highlight.unit);
      strokeOver(context, theme, theme.accent, 2.5, dashOf(highlight.layer));
    }
    drawLabels(context, plot, theme, labels);
  };
}

/**
 * Remembers of a line the place that is farthest out but still within the plane.
 * @param {Plot} plot
 */
function createOutermost({ left, top, size }) {
  let nearest = Infinity;
  /** @type {{ x: number, y: number } | undefined} */
  let place;
  return {
    /** @param {number} x @param {number} y */
    see(x, y) {
      const distance = Math.min(x - left, left + size - x, y - top, top + size - y);
      if (distance < 0 || distance >= nearest) return;
      nearest = distance;
      place = { x, y };
    },
    get place() {
      return place;
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {Theme} theme
 * @param {{ x: number, y: number, text: string, strong: boolean }[]} labels
 */
function drawLabels(context, { left, top, size }, theme, labels) {
  context.font = `600 ${LABEL_SIZE}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  /** @type {{ x: number, y: number }[]} */
  const taken = [];
  // The chosen neuron's label goes first: where two would lie over each other, the first one stays.
  for (const { x, y, text, strong } of [...labels].sort((a, b) => Number(b.strong) - Number(a.strong))) {
    const width = context.measureText(text).width + 6;
    const height = LABEL_SIZE + 4;
    const px = Math.min(left + size - width / 2 - 1, Math.max(left + width / 2 + 1, x));
    const py = Math.min(top + size - height / 2 - 1, Math.max(top + height / 2 + 1, y));
    if (taken.some((other) => Math.abs(other.x - px) < width + 2 && Math.abs(other.y - py) < LABEL_DISTANCE)) continue;
    taken.push({ x: px, y: py });
    context.fillStyle = theme.paper;
    context.globalAlpha = 0.9;
    context.fillRect(px - width / 2, py - height / 2, width, height);
    context.globalAlpha = 1;
    context.fillStyle = strong ? theme.accent : theme.ink;
    context.fillText(text, px, py + 0.5);
  }
}

/**
 * The edge of the region around a place in which no neuron changes piece.
 * @param {Grid} grid
 * @param {readonly LayerLines[]} layers
 * @param {readonly [number, number]} place
 * @returns {Overlay | undefined} undefined where the place is out of sight
 */
export function regionAround({ area, columns, rows }, layers, [x, y]) {
  const column = Math.floor(((x - area.x[0]) / (area.x[1] - area.x[0])) * columns);
  const row = Math.floor(((y - area.y[0]) / (area.y[1] - area.y[0])) * rows);
  if (column < 0 || row < 0 || column >= columns || row >= rows) return undefined;
  const inside = insideOf(layers, columns * rows, row * columns + column);
  return (context, plot, theme) => {
    context.beginPath();
    traceContour(context, { columns, rows, over: (cell) => inside[cell] }, boxOf(plot, area));
    strokeOver(context, theme, theme.accent, 2.5);
  };
}

/**
 * How far, in some neuron's sum, each cell is from leaving the region of one cell: above 0 inside, below 0 outside.
 * @param {readonly LayerLines[]} layers
 * @param {number} cells
 * @param {number} home
 */
export function insideOf(layers, cells, home) {
  const inside = new Float32Array(cells).fill(Infinity);
  for (const { sums, units, levels } of layers) {
    for (let unit = 0; unit < units; ++unit) {
      const start = unit * cells;
      for (const level of levels) {
        const side = sums[start + home] > level ? 1 : -1;
        for (let cell = 0; cell < cells; ++cell) inside[cell] = Math.min(inside[cell], side * (sums[start + cell] - level));
      }
    }
  }
  return inside;
}

/**
 * Rings around points.
 * @param {Pick<Points, 'inputs'>} points
 * @param {Iterable<number>} rows
 * @param {{ strong?: boolean }} [options] `strong`: few points that are looked at, among many
 * @returns {Overlay}
 */
export function ringsAround({ inputs }, rows, { strong = false } = {}) {
  return (context, { at }, theme) => {
    context.beginPath();
    for (const row of rows) {
      const [x, y] = at([inputs[row * 2], inputs[row * 2 + 1]]);
      context.moveTo(x + RING, y);
      context.arc(x, y, RING, 0, 2 * Math.PI);
    }
    if (strong) {
      strokeOver(context, theme, theme.accent, 2);
      return;
    }
    context.strokeStyle = theme.ink;
    context.lineWidth = 1;
    context.stroke();
  };
}

/**
 * Arrows at points, the longest of one length.
 * @param {ArrayLike<number>} places [rows x 2]
 * @param {ArrayLike<number>} directions as many, in the units of the plane
 * @returns {Overlay}
 */
export function arrowsAt(places, directions) {
  let most = 0;
  for (let row = 0; row < directions.length; row += 2) most = Math.max(most, Math.hypot(directions[row], directions[row + 1]));
  return (context, { at }, theme) => {
    if (!(most > 0) || !Number.isFinite(most)) return;
    context.beginPath();
    for (let row = 0; row < directions.length; row += 2) {
      const size = Math.hypot(directions[row], directions[row + 1]);
      const length = (size / most) * LONGEST_ARROW;
      if (!(length >= SHORTEST_ARROW)) continue;
      const [x, y] = at([places[row], places[row + 1]]);
      // Upwards on the plane is upwards on the screen, where y grows downwards.
      const [across, down] = [directions[row] / size, -directions[row + 1] / size];
      const [tipX, tipY] = [x + across * length, y + down * length];
      const head = Math.min(HEAD, length / 2);
      context.moveTo(x, y);
      context.lineTo(tipX, tipY);
      context.moveTo(tipX - head * (across + down), tipY - head * (down - across));
      context.lineTo(tipX, tipY);
      context.lineTo(tipX - head * (across - down), tipY - head * (down + across));
    }
    strokeOver(context, theme, theme.ink, 1.25);
  };
}
