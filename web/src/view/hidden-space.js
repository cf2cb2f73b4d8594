import { createCanvas, crisp } from './canvas.js';
import { mix, scaleIndex, toCss } from './color.js';
import { markerPath } from './marker.js';
import { formatField } from '../text/text.js';

/** @import { Surface } from './canvas.js' */
/** @import { Theme } from './color.js' */

/**
 * @typedef {object} HiddenSpaceModel
 * @property {number} side points on each side of the grid
 * @property {number} pitch points from one grid line to the next
 * @property {ArrayLike<number>} grid x and y of each point of the grid, row by row
 * @property {ArrayLike<number>} answers [points of the grid x outputs] of the whole network
 * @property {number} outputs
 * @property {number} center the answer that is neutral, where there is one output
 * @property {number} reach the distance from it at which the colour is full
 * @property {ArrayLike<number>} places x and y of each sample
 * @property {ArrayLike<number>} values a class index each, or a target each
 * @property {number} classes 0 for values
 * @property {{ center: number, reach: number }} targets how targets that are values are coloured
 * @property {readonly { from: readonly [number, number], to: readonly [number, number], normal: readonly [number, number], name: string }[]} lines
 *   `normal` points to a line's positive side, and is zero where it has none
 * @property {readonly [number, number]} [chosen] the place of the point that is looked at
 * @property {readonly [number, number]} x
 * @property {readonly [number, number]} y
 * @property {readonly [string, string]} names of the axes
 */

const MARGIN = Object.freeze({ left: 48, right: 14, top: 24, bottom: 42 });
const FONT_SIZE = 13;
const TICKS = 4;
const COLORS = 32;
const RADIUS = 3;
const CHOSEN_RADIUS = 7;
const TICK_LENGTH = 5;
const TICK_PITCH = 22;
/** How near to a sample, in CSS pixels, the sample is meant. */
const SAMPLE_REACH = 8;

/**
 * The plane of the data where a layer puts it: its grid, in the colours of what the network answers, the samples, and the lines at which
 * the next layer turns, with short strokes on their positive side.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createHiddenSpace(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {HiddenSpaceModel | undefined} */
  let model;
  const view = createCanvas(canvas, paint, () => theme.scale);

  /** @param {Surface} surface */
  function plotOf({ width, height }) {
    const size = Math.max(1, Math.min(width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom));
    return { left: MARGIN.left, top: MARGIN.top, size };
  }

  /** @typedef {ReturnType<typeof plotOf>} Plot */

  /**
   * @param {HiddenSpaceModel} model
   * @param {Plot} plot
   */
  function toCanvas({ x, y }, { left, top, size }) {
    const [across, up] = [size / (x[1] - x[0]), size / (y[1] - y[0])];
    return {
      /** @param {number} value */
      x: (value) => left + (value - x[0]) * across,
      /** @param {number} value */
      y: (value) => top + size - (value - y[0]) * up,
    };
  }

  /** @param {Surface} surface */
  function paint(surface) {
    if (!model) return;
    const { context, ratio } = surface;
    const plot = plotOf(surface);
    const at = toCanvas(model, plot);
    context.save();
    context.beginPath();
    context.rect(plot.left, plot.top, plot.size, plot.size);
    context.clip();
    drawAxes(context, model, plot, at, ratio);
    drawCells(context, model, at);
    drawGrid(context, model, at);
    drawSamples(context, model, at);
    drawLines(context, model, at);
    drawChosen(context, model, at);
    context.restore();
    drawFrame(context, model, plot, ratio);
  }

  /** @typedef {ReturnType<typeof toCanvas>} At */

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HiddenSpaceModel} model
   * @param {Plot} plot
   * @param {At} at
   * @param {number} ratio
   */
  function drawAxes(context, { x, y }, { left, top, size }, at, ratio) {
    context.strokeStyle = theme.line;
    context.lineWidth = 1 / ratio;
    context.beginPath();
    if (x[0] < 0 && x[1] > 0) {
      context.moveTo(crisp(at.x(0), ratio), top);
      context.lineTo(crisp(at.x(0), ratio), top + size);
    }
    if (y[0] < 0 && y[1] > 0) {
      context.moveTo(left, crisp(at.y(0), ratio));
      context.lineTo(left + size, crisp(at.y(0), ratio));
    }
    context.stroke();
  }

  /**
   * What the network answers, carried along: cells of one colour in one path.
   * @param {CanvasRenderingContext2D} context
   * @param {HiddenSpaceModel} model
   * @param {At} at
   */
  function drawCells(context, model, at) {
    const { side, grid } = model;
    /** @type {Map<string, number[]>} */
    const byColor = new Map();
    for (let row = 0; row + 1 < side; ++row) {
      for (let column = 0; column + 1 < side; ++column) {
        const corner = row * side + column;
        const color = cellColor(model, [corner, corner + 1, corner + side, corner + side + 1]);
        byColor.set(color, [...(byColor.get(color) ?? []), corner]);
      }
    }
    context.lineWidth = 1;
    for (const [color, corners] of byColor) {
      context.fillStyle = color;
      context.strokeStyle = color;
      for (const corner of corners) {
        // Cell by cell: where the plane is folded, the cells of one path would cancel each other.
        context.beginPath();
        for (const point of [corner, corner + 1, corner + side + 1, corner + side]) {
          const [px, py] = [at.x(grid[2 * point]), at.y(grid[2 * point + 1])];
          if (point === corner) context.moveTo(px, py);
          else context.lineTo(px, py);
        }
        context.fill();
        // A hair beyond the edge: no seams between neighbours.
        context.stroke();
      }
    }
  }

  /**
   * @param {HiddenSpaceModel} model
   * @param {readonly number[]} corners
   */
  function cellColor({ answers, outputs, center, reach }, corners) {
    const mean = Array.from({ length: outputs }, (_, output) =>
      corners.reduce((sum, corner) => sum + answers[corner * outputs + output] / corners.length, 0),
    );
    if (outputs === 1) return theme.values.css[scaleIndex(Math.round(((mean[0] - center) / reach) * COLORS) / COLORS)];
    const best = mean.indexOf(Math.max(...mean));
    const second = Math.max(...mean.filter((_, output) => output !== best));
    const lead = Math.round(Math.min(1, Math.max(0, mean[best] - second)) * COLORS) / COLORS;
    const color = theme.classColors[best % theme.classColors.length];
    return toCss(color && Number.isFinite(lead) ? mix(theme.zero, color, 0.6 * lead) : theme.zero);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HiddenSpaceModel} model
   * @param {At} at
   */
  function drawGrid(context, { side, pitch, grid }, at) {
    context.lineJoin = 'round';
    for (const edges of [false, true]) {
      context.beginPath();
      for (let line = 0; line < side; line += pitch) {
        if ((line === 0 || line === side - 1) !== edges) continue;
        for (const across of [true, false]) {
          for (let step = 0; step < side; ++step) {
            const point = across ? line * side + step : step * side + line;
            const [px, py] = [at.x(grid[2 * point]), at.y(grid[2 * point + 1])];
            if (step === 0) context.moveTo(px, py);
            else context.lineTo(px, py);
          }
        }
      }
      context.strokeStyle = theme.inkSoft;
      context.globalAlpha = edges ? 0.9 : 0.4;
      context.lineWidth = edges ? 1.25 : 1;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HiddenSpaceModel} model
   * @param {At} at
   */
  function drawSamples(context, { places, values, classes, targets }, at) {
    const paths = Array.from({ length: Math.max(1, classes) }, (_, index) => markerPath(context, index, RADIUS));
    const transform = context.getTransform();
    for (let row = 0; row < values.length; ++row) {
      const value = values[row];
      context.translate(at.x(places[2 * row]), at.y(places[2 * row + 1]));
      const path = paths[classes > 0 ? value : 0] ?? paths[0];
      context.fillStyle =
        classes > 2
          ? theme.classes[value % theme.classes.length]
          : theme.marks.css[scaleIndex(classes > 0 ? (value > 0 ? 1 : -1) : (value - targets.center) / targets.reach)];
      context.fill(path);
      context.strokeStyle = theme.paper;
      context.lineWidth = 0.75;
      context.stroke(path);
      context.setTransform(transform);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HiddenSpaceModel} model
   * @param {At} at
   */
  function drawLines(context, { lines, x, y }, at) {
    context.font = `600 ${FONT_SIZE}px ${theme.font}`;
    for (const { from, to, normal, name } of lines) {
      const [start, end] = [from, to].map(([px, py]) => ({ x: at.x(px), y: at.y(py) }));
      const length = Math.hypot(end.x - start.x, end.y - start.y);
      // The window is as high as it is wide, and up is less on a canvas.
      const [nx, ny] = [normal[0] / (x[1] - x[0]), -normal[1] / (y[1] - y[0])];
      const size = Math.hypot(nx, ny);
      for (const [color, width] of /** @type {const} */ ([
        [theme.paper, 5],
        [theme.accent, 2],
      ])) {
        context.strokeStyle = color;
        context.lineWidth = width;
        context.beginPath();
        context.moveTo(start.x, start.y);
        context.lineTo(end.x, end.y);
        for (let along = TICK_PITCH / 2; size > 0 && along < length; along += TICK_PITCH) {
          const [px, py] = [start.x + ((end.x - start.x) * along) / length, start.y + ((end.y - start.y) * along) / length];
          context.moveTo(px, py);
          context.lineTo(px + (nx / size) * TICK_LENGTH, py + (ny / size) * TICK_LENGTH);
        }
        context.stroke();
      }
      if (!name) continue;
      const [px, py] = [start.x + (end.x - start.x) * 0.9, start.y + (end.y - start.y) * 0.9];
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.lineWidth = 4;
      context.strokeStyle = theme.paper;
      context.strokeText(name, px - (nx / size) * 12, py - (ny / size) * 12);
      context.fillStyle = theme.accent;
      context.fillText(name, px - (nx / size) * 12, py - (ny / size) * 12);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HiddenSpaceModel} model
   * @param {At} at
   */
  function drawChosen(context, { chosen }, at) {
    if (!chosen) return;
    for (const [color, width] of /** @type {const} */ ([
      [theme.paper, 4],
      [theme.ink, 1.75],
    ])) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(at.x(chosen[0]), at.y(chosen[1]), CHOSEN_RADIUS, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {HiddenSpaceModel} model
   * @param {Plot} plot
   * @param {number} ratio
   */
  function drawFrame(context, { x, y, names }, { left, top, size }, ratio) {
    context.strokeStyle = theme.line;
    context.lineWidth = 1 / ratio;
    context.strokeRect(crisp(left, ratio), crisp(top, ratio), Math.round(size * ratio) / ratio, Math.round(size * ratio) / ratio);
    context.fillStyle = theme.inkFaint;
    context.font = `${FONT_SIZE}px ${theme.font}`;
    for (let tick = 0; tick <= TICKS; ++tick) {
      const part = tick / TICKS;
      const last = tick === TICKS;
      context.textAlign = tick === 0 ? 'left' : last ? 'right' : 'center';
      context.textBaseline = 'top';
      context.fillText(tickText(x[0] + part * (x[1] - x[0])), left + part * size, top + size + 6);
      context.textAlign = 'right';
      context.textBaseline = tick === 0 ? 'bottom' : last ? 'top' : 'middle';
      context.fillText(tickText(y[0] + part * (y[1] - y[0])), left - 7, top + (1 - part) * size);
    }
    context.fillStyle = theme.ink;
    context.textBaseline = 'bottom';
    context.textAlign = 'right';
    context.fillText(names[0], left + size, top + size + 40, size);
    context.textAlign = 'left';
    context.fillText(names[1], 0, top - 6, left + size);
  }

  return {
    /** @param {HiddenSpaceModel} next */
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
     * The sample under a point of the canvas, if there is one.
     * @param {number} px
     * @param {number} py
     * @returns {number | undefined} its row
     */
    sampleAt(px, py) {
      if (!model) return undefined;
      const at = toCanvas(model, plotOf(view.surface));
      let nearest = SAMPLE_REACH;
      /** @type {number | undefined} */
      let found;
      for (let row = 0; row < model.values.length; ++row) {
        const distance = Math.hypot(at.x(model.places[2 * row]) - px / view.scale(), at.y(model.places[2 * row + 1]) - py / view.scale());
        if (distance < nearest) [nearest, found] = [distance, row];
      }
      return found;
    },
    picture: view.picture,
    dispose: view.dispose,
  };
}

/** A number on an axis that moves: three digits. @param {number} value */
const tickText = (value) => formatField(Number(value.toPrecision(3)));
