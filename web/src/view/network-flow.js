/**
 * What passes through the network in one phase of a training step, painted over its drawing: values from left to right, slopes from
 * right to left, changes where they are made.
 */
import { scaleIndex } from './color.js';
import { pointOn } from './network-diagram.js';
import { formatFixed } from '../text/text.js';

/** @import { Curve, DiagramFlow, FlowCanvas } from './network-diagram.js' */

/**
 * @typedef {object} FlowNumbers
 * @property {'forward' | 'backward' | 'update'} kind
 * @property {readonly (ArrayLike<number> | undefined)[]} neurons the number of every neuron, layer by layer, the inputs first
 * @property {ArrayLike<number>} [links] the number of every weight, in the order of the parameters
 * @property {readonly (Uint8Array | undefined)[]} [kept] of each layer, the inputs left out: 0 for a neuron that is dropped
 */

const FONT_SIZE = 11;
const TAG_HEIGHT = 14;
/** Smaller neurons have no room for a number. */
const SMALLEST_NODE = 22;
const THINNEST_LINE = 0.75;
const DOT_RADIUS = 3;

/**
 * A small number that shows its size: two digits, and one with a power of ten below a thousandth.
 * @param {number} value
 */
export function formatSlope(value) {
  const size = Math.abs(value);
  if (size === 0 || size >= 0.1 || !Number.isFinite(value)) return formatFixed(value);
  if (size < 9.5e-4) return value.toExponential(0).replaceAll('-', '\u2212');
  return value.toPrecision(2).replace('-', '\u2212');
}

/**
 * A flow that can be watched on its way: `progress` goes from 0 to 1.
 * @param {FlowNumbers} numbers
 * @returns {DiagramFlow & { progress: number }}
 */
export function createFlow({ kind, neurons, links, kept }) {
  const format = kind === 'forward' ? formatFixed : formatSlope;
  const largest = links ? largestOf(links) : 0;
  const flow = {
    progress: 1,
    links: undefined,
    format,
    /** @param {FlowCanvas} canvas */
    paint(canvas) {
      const { context, layers } = canvas;
      context.save();
      context.lineCap = 'round';
      // The ways between columns of neurons, in the order in which they are passed.
      const ways = Array.from({ length: layers }, (_, index) => (kind === 'backward' ? layers - 1 - index : index));
      const passed = kind === 'update' ? layers : flow.progress * layers;
      ways.forEach((layer, index) => {
        const part = kind === 'update' ? flow.progress : Math.min(1, Math.max(0, passed - index));
        if (links) drawLinks(canvas, layer, links, largest, kind === 'update' ? part : Number(part > 0));
        if (part > 0 && part < 1 && kind !== 'update') drawDots(canvas, layer, kind === 'backward' ? 1 - part : part);
      });
      for (let layer = -1; layer < layers; ++layer) {
        const reached = kind === 'forward' ? passed >= layer + 1 : kind === 'backward' ? passed >= layers - 1 - layer : flow.progress > 0;
        const mask = layer >= 0 ? kept?.[layer] : undefined;
        for (let unit = 0; unit < canvas.shown(layer); ++unit) {
          if (mask?.[unit] === 0) crossOut(canvas, layer, unit);
          const value = neurons[layer + 1]?.[unit];
          if (reached && value !== undefined) drawTag(canvas, layer, unit, format(value));
        }
      }
      context.restore();
    },
  };
  // The lines carry their numbers only when everything has arrived: until then they would stand on an empty way.
  return Object.defineProperty(flow, 'links', { enumerable: true, get: () => (flow.progress >= 1 ? links : undefined) });
}

/** @param {ArrayLike<number>} values */
function largestOf(values) {
  let largest = 0;
  for (let index = 0; index < values.length; ++index) if (Math.abs(values[index]) > largest) largest = Math.abs(values[index]);
  return largest;
}

/**
 * @param {FlowCanvas} canvas
 * @param {number} layer
 * @param {ArrayLike<number>} values
 * @param {number} largest
 * @param {number} part how far they have come into sight
 */
function drawLinks({ context, theme, eachLink, stroke, widest }, layer, values, largest, part) {
  if (part === 0) return;
  const room = widest(layer) - THINNEST_LINE;
  context.globalAlpha = part;
  eachLink(layer, (curve, index) => {
    const value = largest > 0 ? values[index] / largest : 0;
    context.strokeStyle = theme.marks.css[scaleIndex(Math.sign(value) * Math.sqrt(Math.abs(value)))];
    context.lineWidth = THINNEST_LINE + room * Math.min(1, Math.abs(value));
    stroke(curve);
  });
  context.globalAlpha = 1;
}

/**
 * What is on its way, as dots on the lines.
 * @param {FlowCanvas} canvas
 * @param {number} layer
 * @param {number} part of the way, from left to right
 */
function drawDots({ context, theme, eachLink }, layer, part) {
  context.fillStyle = theme.accent;
  eachLink(layer, (/** @type {Curve} */ curve) => {
    const { x, y } = pointOn(curve, part);
    context.beginPath();
    context.arc(x, y, DOT_RADIUS, 0, 2 * Math.PI);
    context.fill();
  });
}

/**
 * A neuron's number, on its lower edge.
 * @param {FlowCanvas} canvas
 * @param {number} layer
 * @param {number} unit
 * @param {string} text
 */
function drawTag({ context, theme, node, centre }, layer, unit, text) {
  const side = node(layer);
  if (side < SMALLEST_NODE) return;
  const { x, y } = centre(layer, unit);
  context.font = `600 ${FONT_SIZE}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const width = Math.ceil(context.measureText(text).width) + 6;
  const top = Math.round(y + side / 2 - TAG_HEIGHT - 1);
  const left = Math.round(x - width / 2);
  context.fillStyle = theme.paper;
  context.fillRect(left, top, width, TAG_HEIGHT);
  context.strokeStyle = theme.lineStrong;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, width - 1, TAG_HEIGHT - 1);
  context.fillStyle = theme.ink;
  context.fillText(text, left + width / 2, top + TAG_HEIGHT / 2 + 0.5);
}

/**
 * A neuron that dropout leaves out.
 * @param {FlowCanvas} canvas
 * @param {number} layer
 * @param {number} unit
 */
function crossOut({ context, theme, node, centre }, layer, unit) {
  const { x, y } = centre(layer, unit);
  const half = node(layer) / 2;
  context.globalAlpha = 0.6;
  context.fillStyle = theme.paper;
  context.fillRect(x - half, y - half, 2 * half, 2 * half);
  context.globalAlpha = 1;
  context.beginPath();
  context.moveTo(x - half, y - half);
  context.lineTo(x + half, y + half);
  context.moveTo(x + half, y - half);
  context.lineTo(x - half, y + half);
  for (const [width, color] of /** @type {const} */ ([
    [4, theme.paper],
    [2, theme.ink],
  ])) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
