import { createCanvas, createGridImage, crisp } from './canvas.js';
import { scaleIndex } from './color.js';
import { traceContour } from './contour.js';
import { formatField } from '../text/text.js';

/** @import { Surface } from './canvas.js' */
/** @import { Theme } from './color.js' */

/**
 * @typedef {object} LandscapeModel
 * @property {ArrayLike<number>} losses [rows x columns], row 0 at the bottom, at cell centres
 * @property {number} columns
 * @property {number} rows
 * @property {readonly [number, number]} x
 * @property {readonly [number, number]} y
 * @property {readonly [string, string]} names of the axes
 * @property {string} legend what the colours stand for
 * @property {boolean} logarithmic colours by the loss's logarithm
 * @property {ArrayLike<number>} path where the run came along: x and y of each moment, oldest first
 * @property {readonly [number, number]} present where it is
 * @property {readonly [number, number]} [downhill] the direction in which the loss falls the fastest
 * @property {readonly [number, number]} lowest the place of the smallest loss
 * @property {readonly [number, number]} [cross] where the keyboard points
 */

const MARGIN = Object.freeze({ left: 48, right: 84, top: 22, bottom: 42 });
const FONT_SIZE = 13;
const TICKS = 4;
const BAR = Object.freeze({ gap: 16, width: 10 });
const LABEL_PITCH = 18;
/** Logarithmic colours end here, seen from the top: a loss of exactly zero has no logarithm. */
const DEEPEST = 1e-6;
const LEAST_LEVELS = 6;
const ARROW = 0.14;
const HEAD = 8;
/** The mantissas of round numbers, from few to many. */
const series = Object.freeze([[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]]);

/**
 * How losses are spread over the colours.
 * @param {ArrayLike<number>} losses
 * @param {boolean} logarithmic
 */
export function lossScale(losses, logarithmic) {
  let [least, most] = [Infinity, -Infinity];
  for (let index = 0; index < losses.length; ++index) {
    if (!Number.isFinite(losses[index])) continue;
    least = Math.min(least, losses[index]);
    most = Math.max(most, losses[index]);
  }
  if (least > most) [least, most] = [0, 1];
  const logs = logarithmic && most > 0;
  const low = logs ? Math.max(least, most * DEEPEST) : least;
  const span = logs ? Math.log(most / low) : most - low;
  return {
    low,
    high: most,
    /** From 0 at the lowest to 1 at the highest; what is no number is as high as anything. @param {number} loss */
    partOf(loss) {
      if (!Number.isFinite(loss)) return 1;
      if (!(span > 0)) return 0;
      const part = (logs ? Math.log(Math.max(loss, low) / low) : loss - low) / span;
      return Math.min(1, Math.max(0, part));
    },
    /** Round losses at which lines are drawn, the lowest first. @returns {number[]} */
    levels: () => (logs ? logarithmicLevels(low, most) : evenLevels(low, most)),
  };
}

/**
 * @param {number} low
 * @param {number} high
 */
function logarithmicLevels(low, high) {
  for (const mantissas of series) {
    const levels = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); ++power) {
      for (const mantissa of mantissas) {
        const level = Number(`${mantissa}e${power}`);
        if (level > low && level < high) levels.push(level);
      }
    }
    if (levels.length >= LEAST_LEVELS) return levels;
  }
  return evenLevels(low, high);
}

/**
 * @param {number} low
 * @param {number} high
 */
function evenLevels(low, high) {
  if (!(high > low)) return [];
  const power = 10 ** Math.floor(Math.log10((high - low) / LEAST_LEVELS));
  const step = ([5, 2].find((mantissa) => (high - low) / (mantissa * power) >= LEAST_LEVELS) ?? 1) * power;
  const first = Math.floor(low / step) + 1;
  const count = Math.max(0, Math.ceil(high / step) - first);
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/**
 * The loss over a plane of parameters, as heat with lines of equal loss; the way that the run took, where it is, and which way is down.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createLandscape(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {LandscapeModel | undefined} */
  let model;
  const grid = createGridImage(canvas.ownerDocument);
  const view = createCanvas(canvas, paint, () => theme.scale);

  /** @param {Surface} surface */
  function plotOf({ width, height }) {
    const size = Math.max(1, Math.min(width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom));
    return { left: MARGIN.left, top: MARGIN.top, size };
  }

  /** @typedef {ReturnType<typeof plotOf>} Plot */

  /** @param {Surface} surface */
  function paint(surface) {
    if (!model) return;
    const { context, ratio } = surface;
    const plot = plotOf(surface);
    const scale = lossScale(model.losses, model.logarithmic);
    const levels = scale.levels();
    drawHeat(context, model, plot, scale);
    context.save();
    context.beginPath();
    context.rect(plot.left, plot.top, plot.size, plot.size);
    context.clip();
    drawLevels(context, model, plot, levels);
    drawWay(context, model, plot);
    context.restore();
    drawFrame(context, model, plot, ratio);
    drawLegend(context, model, plot, scale, levels);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {LandscapeModel} model
   * @param {Plot} plot
   * @param {ReturnType<typeof lossScale>} scale
   */
  function drawHeat(context, { losses, columns, rows }, { left, top, size }, scale) {
    const pixels = grid.pixels(columns, rows);
    const { packed } = theme.values;
    for (let row = 0; row < rows; ++row) {
      for (let column = 0; column < columns; ++column) {
        pixels[(rows - 1 - row) * columns + column] = packed[scaleIndex(scale.partOf(losses[row * columns + column]))];
      }
    }
    grid.commit();
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.drawImage(grid.canvas, left, top, size, size);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {LandscapeModel} model
   * @param {Plot} plot
   * @param {readonly number[]} levels
   */
  function drawLevels(context, { losses, columns, rows }, { left, top, size }, levels) {
    context.beginPath();
    for (const level of levels)
      traceContour(context, { columns, rows, over: (cell) => losses[cell] - level }, { left, top, width: size, height: size });
    context.strokeStyle = theme.ink;
    context.globalAlpha = 0.35;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
  }

  /**
   * @param {LandscapeModel} model
   * @param {Plot} plot
   * @param {number} x
   * @param {number} y
   */
  function onCanvas(model, { left, top, size }, x, y) {
    return {
      x: left + ((x - model.x[0]) / (model.x[1] - model.x[0])) * size,
      y: top + (1 - (y - model.y[0]) / (model.y[1] - model.y[0])) * size,
    };
  }

  /**
   * Everything that lies on the landscape: dark with a light edge, to be seen on any colour.
   * @param {CanvasRenderingContext2D} context
   * @param {LandscapeModel} model
   * @param {Plot} plot
   */
  function drawWay(context, model, plot) {
    const { path, present, lowest, downhill, cross } = model;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    /** @param {string} color @param {number} width @param {() => void} trace */
    const edged = (color, width, trace) => {
      for (const [paint, extra] of /** @type {const} */ ([
        [theme.paper, 2.5],
        [color, 0],
      ])) {
        context.strokeStyle = paint;
        context.lineWidth = width + extra;
        context.beginPath();
        trace();
        context.stroke();
      }
    };
    const least = onCanvas(model, plot, ...lowest);
    edged(theme.ink, 1.75, () => {
      context.moveTo(least.x - 5, least.y);
      context.lineTo(least.x + 5, least.y);
      context.moveTo(least.x, least.y - 5);
      context.lineTo(least.x, least.y + 5);
    });
    if (path.length > 2) {
      edged(theme.ink, 1.5, () => {
        for (let index = 0; index < path.length; index += 2) {
          const at = onCanvas(model, plot, path[index], path[index + 1]);
          if (index === 0) context.moveTo(at.x, at.y);
          else context.lineTo(at.x, at.y);
        }
      });
      const start = onCanvas(model, plot, path[0], path[1]);
      context.fillStyle = theme.paper;
      context.strokeStyle = theme.ink;
      context.lineWidth = 1.5;
      context.beginPath();
      context.rect(start.x - 3.5, start.y - 3.5, 7, 7);
      context.fill();
      context.stroke();
    }
    const here = onCanvas(model, plot, ...present);
    if (downhill) {
      const length = Math.hypot(...downhill);
      // Up is less on a canvas.
      const [dx, dy] = [downhill[0] / length, -downhill[1] / length];
      const tip = { x: here.x + dx * ARROW * plot.size, y: here.y + dy * ARROW * plot.size };
      edged(theme.accent, 2, () => {
        context.moveTo(here.x, here.y);
        context.lineTo(tip.x, tip.y);
        for (const side of [-1, 1]) {
          context.moveTo(tip.x, tip.y);
          context.lineTo(tip.x - HEAD * (dx * 0.8 - side * dy * 0.6), tip.y - HEAD * (dy * 0.8 + side * dx * 0.6));
        }
      });
    }
    context.beginPath();
    context.arc(here.x, here.y, 5.5, 0, 2 * Math.PI);
    context.fillStyle = theme.accent;
    context.fill();
    context.strokeStyle = theme.paper;
    context.lineWidth = 2;
    context.stroke();
    if (!cross) return;
    const at = onCanvas(model, plot, ...cross);
    edged(theme.ink, 1, () => {
      context.moveTo(plot.left, at.y);
      context.lineTo(plot.left + plot.size, at.y);
      context.moveTo(at.x, plot.top);
      context.lineTo(at.x, plot.top + plot.size);
    });
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {LandscapeModel} model
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
      context.fillText(formatField(tickOf(x, part)), left + part * size, top + size + 6);
      context.textAlign = 'right';
      context.textBaseline = tick === 0 ? 'bottom' : last ? 'top' : 'middle';
      context.fillText(formatField(tickOf(y, part)), left - 7, top + (1 - part) * size);
    }
    context.fillStyle = theme.ink;
    context.textBaseline = 'bottom';
    context.textAlign = 'right';
    context.fillText(names[0], left + size, top + size + 40, size);
    context.textAlign = 'left';
    context.fillText(names[1], 0, top - 5, left + size);
  }

  /**
   * The colours with the losses that have a line.
   * @param {CanvasRenderingContext2D} context
   * @param {LandscapeModel} model
   * @param {Plot} plot
   * @param {ReturnType<typeof lossScale>} scale
   * @param {readonly number[]} levels
   */
  function drawLegend(context, { legend }, { left, top, size }, scale, levels) {
    const x = left + size + BAR.gap;
    const { css } = theme.values;
    const steps = Math.ceil(size);
    for (let step = 0; step < steps; ++step) {
      context.fillStyle = css[scaleIndex(1 - (step + 0.5) / steps)];
      context.fillRect(x, top + (step / steps) * size, BAR.width, size / steps + 0.5);
    }
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, top + 0.5, BAR.width - 1, size - 1);
    context.fillStyle = theme.inkFaint;
    context.strokeStyle = theme.inkSoft;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.beginPath();
    let before = Infinity;
    for (const level of levels) {
      const y = top + (1 - scale.partOf(level)) * size;
      context.moveTo(x, y);
      context.lineTo(x + BAR.width, y);
      if (before - y < LABEL_PITCH || y < top + FONT_SIZE / 2) continue;
      before = y;
      context.fillText(formatField(level), x + BAR.width + 6, y);
    }
    context.globalAlpha = 0.5;
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = theme.inkSoft;
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    context.fillText(legend, left + size + MARGIN.right, top - 5);
  }

  return {
    /** @param {LandscapeModel} next */
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
     * The place of the plane under a point of the canvas; nothing outside the plot.
     * @param {number} px
     * @param {number} py
     * @returns {[number, number] | undefined}
     */
    placeAt(px, py) {
      if (!model) return undefined;
      const { left, top, size } = plotOf(view.surface);
      const [across, up] = [(px / view.scale() - left) / size, 1 - (py / view.scale() - top) / size];
      if (across < 0 || across > 1 || up < 0 || up > 1) return undefined;
      return [model.x[0] + across * (model.x[1] - model.x[0]), model.y[0] + up * (model.y[1] - model.y[0])];
    },
    picture: view.picture,
    dispose: view.dispose,
  };
}

/**
 * A number on an axis, with as many digits as the axis needs.
 * @param {readonly [number, number]} range
 * @param {number} part
 */
function tickOf([low, high], part) {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(high - low)));
  return Number((low + part * (high - low)).toFixed(Math.min(12, decimals)));
}
