import { createCanvas, createGridImage, crisp } from './canvas.js';
import { mix, pack, scaleIndex } from './color.js';
import { traceContour } from './contour.js';
import { markerPath } from './marker.js';
import { makeStamp, stamp } from './point-stamps.js';

/** @import { Theme } from './color.js' */
/** @import { Surface } from './canvas.js' */

/**
 * @typedef {object} Points
 * @property {ArrayLike<number>} inputs [rows x 2]
 * @property {ArrayLike<number>} values a class index each, or a target each
 * @property {number} rows
 */

/**
 * @typedef {object} SurfaceModel
 * @property {Float32Array} [values] [rows x columns x outputs], row 0 at the bottom, at cell centres
 * @property {number} columns
 * @property {number} rows
 * @property {number} outputs
 * @property {number} center the value that is neutral: 0, or one half for a probability
 * @property {number} reach the distance from the centre at which the colour is full
 * @property {boolean} discrete only which side of the centre, or which class
 * @property {boolean} contour draw the line where the value is the centre
 * @property {number} classes 0 for values (regression)
 * @property {readonly [number, number]} x
 * @property {readonly [number, number]} y
 * @property {readonly [string, string]} names of the axes
 * @property {Points} [train]
 * @property {Points} [test]
 * @property {readonly [number, number]} [chosen] the point that is looked at
 * @property {readonly [number, number]} [cross] where the keyboard points
 */

/**
 * The brush over the plane: a ring as large as what it reaches.
 * @typedef {{ x: number, y: number, radius: number, color?: string }} Brush
 */

const MARGIN = Object.freeze({ left: 34, right: 6, top: 6, bottom: 28 });
const TICKS = 4;
const FONT_SIZE = 13;
const MARGIN_COLORS = 64;
const CHOSEN_RADIUS = 7;
/** From so many points on they are stamped: paths would hold the page up. */
const MANY_POINTS = 2500;
/** How near to a sample, in CSS pixels, the sample is meant. */
const SAMPLE_REACH = 8;

/**
 * The decision surface or predicted values over the plane, with the points: training points filled, test points hollow.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createSurface(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {SurfaceModel | undefined} */
  let model;
  /** @type {Uint32Array[]} */
  let classScales = buildClassScales(theme);
  const grid = createGridImage(canvas.ownerDocument);
  const pointLayer = canvas.ownerDocument.createElement('canvas');
  let pointsStale = true;
  /** @type {Brush | undefined} */
  let brush;

  const view = createCanvas(canvas, paint);

  /** @param {Surface} surface */
  function plotOf({ width, height }) {
    const size = Math.max(1, Math.min(width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom));
    return { left: MARGIN.left, top: MARGIN.top, size };
  }

  /** @param {Surface} surface */
  function paint(surface) {
    if (!model) return;
    const { context, ratio } = surface;
    const { left, top, size } = plotOf(surface);
    if (model.values) {
      fillGrid(model);
      context.imageSmoothingEnabled = !model.discrete;
      context.imageSmoothingQuality = 'high';
      context.drawImage(grid.canvas, left, top, size, size);
      if (model.contour && model.classes <= 2) drawContour(context, model, left, top, size);
    } else {
      context.fillStyle = theme.sunken;
      context.fillRect(left, top, size, size);
    }
    drawPoints(surface, left, top, size);
    drawMarks(context, model, left, top, size);
    drawFrame(context, model, left, top, size, ratio);
    if (brush) drawBrush(context, model, brush, left, top, size);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {Brush} brush
   * @param {number} left
   * @param {number} top
   * @param {number} size
   */
  function drawBrush(context, { x, y }, brush, left, top, size) {
    const px = left + ((brush.x - x[0]) / (x[1] - x[0])) * size;
    const py = top + (1 - (brush.y - y[0]) / (y[1] - y[0])) * size;
    const radius = Math.max(5, (brush.radius / (x[1] - x[0])) * size);
    context.save();
    context.beginPath();
    context.rect(left, top, size, size);
    context.clip();
    context.beginPath();
    context.arc(px, py, radius, 0, 2 * Math.PI);
    // A light line around a dark one is seen on every colour of the surface.
    for (const [color, width] of /** @type {const} */ ([
      [theme.paper, 4],
      [brush.color ?? theme.ink, 2],
    ])) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.stroke();
    }
    context.restore();
  }

  /** @param {SurfaceModel} model */
  function fillGrid({ values, columns, rows, outputs, center, reach, discrete }) {
    if (!values) return;
    const pixels = grid.pixels(columns, rows);
    const { packed } = theme.values;
    for (let row = 0; row < rows; ++row) {
      let pixel = (rows - 1 - row) * columns;
      for (let index = row * columns, end = index + columns; index < end; ++index, ++pixel) {
        if (outputs === 1) {
          const value = (values[index] - center) / reach;
          pixels[pixel] = packed[scaleIndex(discrete ? Math.sign(value) : value)];
        } else {
          pixels[pixel] = classPixel(values, index * outputs, outputs, discrete);
        }
      }
    }
    grid.commit();
  }

  /**
   * The winner's colour, as strong as its lead over the second.
   * @param {Float32Array} values
   * @param {number} start
   * @param {number} outputs
   * @param {boolean} discrete
   */
  function classPixel(values, start, outputs, discrete) {
    let best = 0;
    let first = -Infinity;
    let second = -Infinity;
    for (let output = 0; output < outputs; ++output) {
      const value = values[start + output];
      if (value > first) {
        second = first;
        first = value;
        best = output;
      } else if (value > second) second = value;
    }
    const lead = discrete ? 1 : Math.min(1, Math.max(0, first - second));
    const scale = classScales[best % classScales.length];
    return scale[Math.round((Number.isFinite(lead) ? lead : 0) * (MARGIN_COLORS - 1))];
  }

  /**
   * The line where the model's value is its centre; for two outputs, where neither is larger.
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} left
   * @param {number} top
   * @param {number} size
   */
  function drawContour(context, { values, columns, rows, outputs, center }, left, top, size) {
    if (!values) return;
    /** @param {number} cell */
    const over = (cell) => (outputs === 1 ? values[cell] - center : values[cell * outputs + 1] - values[cell * outputs]);
    context.beginPath();
    traceContour(context, { columns, rows, over }, { left, top, width: size, height: size });
    context.strokeStyle = theme.ink;
    context.globalAlpha = 0.55;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
  }

  /**
   * The points change with the data and the size only: on the canvas they are kept as a layer of their own.
   * @param {Surface} surface
   * @param {number} left
   * @param {number} top
   * @param {number} size
   */
  function drawPoints(surface, left, top, size) {
    if (!model) return;
    if (surface !== view.surface) {
      paintPointsOn(surface.context, model, left, top, size);
      return;
    }
    const pixels = Math.max(1, Math.round(size * surface.ratio));
    if (pointsStale || pointLayer.width !== pixels) {
      pointLayer.width = pixels;
      pointLayer.height = pixels;
      const context = pointLayer.getContext('2d');
      if (!context) return;
      if ((model.train?.rows ?? 0) + (model.test?.rows ?? 0) > MANY_POINTS) {
        stampSplits(context, model, size, pixels / size);
      } else {
        context.setTransform(pixels / size, 0, 0, pixels / size, 0, 0);
        paintSplits(context, model, size);
      }
      pointsStale = false;
    }
    surface.context.imageSmoothingEnabled = false;
    surface.context.drawImage(pointLayer, left, top, size, size);
  }

  /**
   * Straight onto another context, where a layer of pixels would be in the way.
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} left
   * @param {number} top
   * @param {number} size
   */
  function paintPointsOn(context, model, left, top, size) {
    context.save();
    context.beginPath();
    context.rect(left, top, size, size);
    context.clip();
    context.translate(left, top);
    paintSplits(context, model, size);
    context.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} size
   */
  function paintSplits(context, model, size) {
    const radius = pointRadius((model.train?.rows ?? 0) + (model.test?.rows ?? 0), size);
    if (model.test) paintPoints(context, model, model.test, size, radius, false);
    if (model.train) paintPoints(context, model, model.train, size, radius, true);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {Points} points
   * @param {number} size
   * @param {number} radius
   * @param {boolean} filled
   */
  function paintPoints(context, model, points, size, radius, filled) {
    const { x, y, classes } = model;
    const paths = Array.from({ length: Math.max(1, classes) }, (_, index) => markerPath(context, index, radius));
    const transform = context.getTransform();
    context.lineJoin = 'round';
    for (let row = 0; row < points.rows; ++row) {
      const value = points.values[row];
      const px = ((points.inputs[row * 2] - x[0]) / (x[1] - x[0])) * size;
      const py = (1 - (points.inputs[row * 2 + 1] - y[0]) / (y[1] - y[0])) * size;
      context.translate(px, py);
      paintPoint(context, paths[classes > 0 ? value : 0] ?? paths[0], pointColor(model, value), filled);
      context.setTransform(transform);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Path2D} path
   * @param {string} color
   * @param {boolean} filled
   */
  function paintPoint(context, path, color, filled) {
    if (filled) {
      context.fillStyle = color;
      context.fill(path);
      context.strokeStyle = theme.paper;
      context.lineWidth = 0.75;
      context.stroke(path);
    } else {
      context.strokeStyle = theme.paper;
      context.lineWidth = 2.5;
      context.stroke(path);
      context.strokeStyle = color;
      context.lineWidth = 1.25;
      context.stroke(path);
    }
  }

  /**
   * @param {SurfaceModel} model
   * @param {number} value a class or a target
   */
  function pointColor({ classes, center, reach }, value) {
    if (classes > 2) return theme.classes[value % theme.classes.length];
    return theme.marks.css[scaleIndex(classes > 0 ? (value > 0 ? 1 : -1) : (value - center) / reach)];
  }

  /**
   * The same points as stamps, for a layer of pixels.
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} size
   * @param {number} ratio
   */
  function stampSplits(context, model, size, ratio) {
    const { x, y, classes, train, test } = model;
    const radius = pointRadius((train?.rows ?? 0) + (test?.rows ?? 0), size);
    const picture = context.createImageData(context.canvas.width, context.canvas.height);
    for (const [points, filled] of /** @type {const} */ ([
      [test, false],
      [train, true],
    ])) {
      if (!points) continue;
      /** By colour, and by class where each has its own shape. @type {Map<string, import('./point-stamps.js').Stamp>} */
      const stamps = new Map();
      for (let row = 0; row < points.rows; ++row) {
        const value = points.values[row];
        const color = pointColor(model, value);
        const shape = classes > 0 ? value : 0;
        const key = `${shape} ${color}`;
        let one = stamps.get(key);
        if (!one) {
          one = makeStamp(canvas.ownerDocument, 2 * radius + 1.25, ratio, (other) => {
            other.lineJoin = 'round';
            paintPoint(other, markerPath(other, shape, radius), color, filled);
          });
          stamps.set(key, one);
        }
        const across = (points.inputs[row * 2] - x[0]) / (x[1] - x[0]);
        const down = 1 - (points.inputs[row * 2 + 1] - y[0]) / (y[1] - y[0]);
        stamp(picture, one, Math.floor(across * size * ratio), Math.floor(down * size * ratio));
      }
    }
    context.putImageData(picture, 0, 0);
  }

  /**
   * A ring around the chosen point, and hairs across the plane where the keyboard points; each with a light edge, to be seen on any colour.
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} left
   * @param {number} top
   * @param {number} size
   */
  function drawMarks(context, { x, y, chosen, cross }, left, top, size) {
    context.beginPath();
    if (chosen) {
      const [px, py] = onCanvas({ x, y }, { left, top, size }, chosen);
      context.arc(px, py, CHOSEN_RADIUS, 0, 2 * Math.PI);
    }
    if (cross) {
      const [px, py] = onCanvas({ x, y }, { left, top, size }, cross);
      context.moveTo(left, py);
      context.lineTo(left + size, py);
      context.moveTo(px, top);
      context.lineTo(px, top + size);
    }
    for (const [width, color] of /** @type {const} */ ([
      [4, theme.paper],
      [1.75, theme.ink],
    ])) {
      context.lineWidth = width;
      context.strokeStyle = color;
      context.stroke();
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} left
   * @param {number} top
   * @param {number} size
   * @param {number} ratio
   */
  function drawFrame(context, { x, y, names }, left, top, size, ratio) {
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
      context.fillText(tickText(x[0] + part * (x[1] - x[0])), left + part * size, top + size + 8);
      context.textAlign = 'right';
      context.textBaseline = tick === 0 ? 'bottom' : last ? 'top' : 'middle';
      context.fillText(tickText(y[0] + part * (y[1] - y[0])), left - 7, top + (1 - part) * size);
    }
    context.fillStyle = theme.ink;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillText(names[0], left + size * 0.875, top + size + 8);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(names[1], left - 7, top + size * 0.125);
  }

  return {
    /** @param {SurfaceModel} next */
    draw(next) {
      if (!model || next.train !== model.train || next.test !== model.test || next.classes !== model.classes) pointsStale = true;
      if (model && model.reach !== next.reach && next.classes === 0) pointsStale = true;
      model = next;
      view.redraw();
    },
    /** @param {Brush | undefined} next */
    setBrush(next) {
      brush = next;
      view.redraw();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      pointsStale = true;
      classScales = buildClassScales(theme);
      view.redraw();
    },
    /**
     * The place in the plane under a point of the canvas, with the model's values there; nothing outside the plot.
     * @param {number} px
     * @param {number} py
     */
    probe(px, py) {
      if (!model) return undefined;
      const { left, top, size } = plotOf(view.surface);
      const across = (px - left) / size;
      const up = 1 - (py - top) / size;
      if (across < 0 || across > 1 || up < 0 || up > 1) return undefined;
      const x = model.x[0] + across * (model.x[1] - model.x[0]);
      const y = model.y[0] + up * (model.y[1] - model.y[0]);
      return { x, y, values: valuesAt(model, x, y) };
    },
    /**
     * The model's values at a place in the plane.
     * @param {number} x
     * @param {number} y
     */
    valuesAt: (x, y) => model && valuesAt(model, x, y),
    /**
     * The sample that is drawn under a point of the canvas, if any.
     * @param {number} px
     * @param {number} py
     * @returns {{ split: 'train' | 'test', row: number } | undefined}
     */
    sampleAt(px, py) {
      if (!model) return undefined;
      const plot = plotOf(view.surface);
      let nearest = SAMPLE_REACH;
      /** @type {{ split: 'train' | 'test', row: number } | undefined} */
      let found;
      for (const split of /** @type {const} */ (['train', 'test'])) {
        const points = model[split];
        if (!points) continue;
        for (let row = 0; row < points.rows; ++row) {
          const [x, y] = onCanvas(model, plot, [points.inputs[row * 2], points.inputs[row * 2 + 1]]);
          const distance = Math.hypot(x - px, y - py);
          if (distance < nearest) {
            nearest = distance;
            found = { split, row };
          }
        }
      }
      return found;
    },
    picture: view.picture,
    dispose: view.dispose,
  };
}

/**
 * Where a place of the plane is drawn.
 * @param {Pick<SurfaceModel, 'x' | 'y'>} model
 * @param {{ left: number, top: number, size: number }} plot
 * @param {readonly [number, number]} place
 * @returns {[number, number]}
 */
function onCanvas({ x, y }, { left, top, size }, [across, up]) {
  return [left + ((across - x[0]) / (x[1] - x[0])) * size, top + (1 - (up - y[0]) / (y[1] - y[0])) * size];
}

/**
 * @param {SurfaceModel} model
 * @param {number} x
 * @param {number} y
 */
function valuesAt({ x: [left, right], y: [bottom, top], columns, rows, outputs, values }, x, y) {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(((x - left) / (right - left)) * columns)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor(((y - bottom) / (top - bottom)) * rows)));
  const start = (row * columns + column) * outputs;
  return values?.slice(start, start + outputs);
}

/**
 * From undecided to certain for every class.
 * @param {Theme} theme
 */
function buildClassScales(theme) {
  return theme.classColors.map((color) =>
    Uint32Array.from({ length: MARGIN_COLORS }, (_, index) => pack(mix(theme.zero, color, (0.78 * index) / (MARGIN_COLORS - 1)))),
  );
}

/**
 * @param {number} count
 * @param {number} size
 */
function pointRadius(count, size) {
  const room = size / 330;
  if (count <= 60) return 5 * room;
  if (count <= 700) return 3 * room;
  if (count <= 2500) return 2.2 * room;
  return 1.6 * room;
}

/** @param {number} value */
function tickText(value) {
  return String(Number(value.toPrecision(3))).replace('-', '\u2212');
}
