import { createCanvas, createGridImage, crisp } from './canvas.js';
import { mix, pack, scaleIndex } from './color.js';
import { traceBorders, traceContour } from './contour.js';
import { markerPath } from './marker.js';
import { niceTicks, sameArea } from './plane.js';

/** @import { Theme } from './color.js' */
/** @import { Surface } from './canvas.js' */
/** @import { Area } from './plane.js' */

/**
 * @typedef {object} Points
 * @property {ArrayLike<number>} inputs [rows x 2]
 * @property {ArrayLike<number>} values a class index each, or a target each
 * @property {number} rows
 * @property {ArrayLike<number>} [sizes] how large each is drawn, as parts of the usual radius
 */

/**
 * Where the plane is drawn, for what is drawn over it.
 * @typedef {object} Plot
 * @property {number} left in CSS pixels
 * @property {number} top
 * @property {number} size
 * @property {(place: readonly [number, number]) => [number, number]} at where a place of the plane is drawn
 */

/** Draws over the surface, within its edges. @typedef {(context: CanvasRenderingContext2D, plot: Plot, theme: Theme) => void} Overlay */

/**
 * @typedef {object} SurfaceModel
 * @property {Float32Array} [values] [rows x columns x outputs], row 0 at the bottom, at cell centres
 * @property {number} columns
 * @property {number} rows
 * @property {number} outputs
 * @property {number} center the value that is neutral: 0, or one half for a probability
 * @property {number} reach the distance from the centre at which the colour is full
 * @property {boolean} discrete only which side of the centre, or which class
 * @property {boolean} contour draw the line where the value is the centre, or the borders between classes
 * @property {readonly number[]} [levels] further values to draw lines at
 * @property {number} classes 0 for values (regression)
 * @property {readonly [number, number]} x what is seen of the plane
 * @property {readonly [number, number]} y
 * @property {Area} [area] what the values cover, where it is not what is seen
 * @property {Area} whole where the data lie
 * @property {readonly [string, string]} names of the axes
 * @property {Points} [train]
 * @property {Points} [test]
 * @property {Points} [batch] training points that stand out; all others step back
 * @property {readonly [number, number]} [chosen] the point that is looked at
 * @property {readonly [number, number]} [cross] where the keyboard points
 * @property {readonly Overlay[]} [overlays] between the surface and its points
 * @property {readonly Overlay[]} [marks] over the points
 * @property {boolean} [moving] the next picture follows at once: this one is drawn fast
 */

/**
 * The brush over the plane: a ring as large as what it reaches.
 * @typedef {{ x: number, y: number, radius: number, color?: string }} Brush
 */

const MARGIN = Object.freeze({ left: 34, right: 6, top: 6, bottom: 28 });
const FONT_SIZE = 13;
/** CSS pixels from one number at the edge to the next, at least. */
const TICK_DISTANCE = 43;
const TICK_GAP = 8;
/** Numbers at the left edge are squeezed when they are longer. */
const WIDEST_NUMBER = 31;
/** Points are drawn in so many sizes between none and the usual one. */
const SIZE_STEPS = 8;
const MARGIN_COLORS = 64;
const CHOSEN_RADIUS = 7;
/** From so many points on they are stamped: paths would hold the page up. */
const MANY_POINTS = 2500;
/** What is left of the points that are not in the batch, and how much larger those are that are. */
const ASIDE = 0.3;
const BATCH_SIZE = 1.7;
/** How near to a sample, in CSS pixels, the sample is meant. */
const SAMPLE_REACH = 8;

/** @typedef {typeof import('./point-stamps.js').stampPoints} StampPoints */
/** @typedef {import('./point-stamps.js').Stamps} Stamps */

/** Fetched for the first data set with so many points; null where it cannot be had, and paths have to do. @type {StampPoints | null | undefined} */
let stampPoints;

async function loadStamps() {
  try {
    ({ stampPoints } = await import('./point-stamps.js'));
  } catch (thrown) {
    stampPoints = null;
    reportError(thrown);
  }
}

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
  /** Whether the layer's points were stamped because they were moving. */
  let pointsHasty = false;
  /** Points as pixels, by what they look like. @type {Stamps} */
  const stamps = new Map();
  /** @type {Brush | undefined} */
  let brush;

  const view = createCanvas(canvas, paint, () => theme.scale);

  function repaintPoints() {
    pointsStale = true;
    view.redraw();
  }

  /** The square that is drawn on, its edges on pixels. @param {Surface} surface @returns {Plot} */
  function plotOf({ width, height, ratio }) {
    /** @param {number} position */
    const onPixel = (position) => Math.round(position * ratio) / ratio;
    const room = Math.max(1, Math.min(width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom));
    const [left, top, size] = [onPixel(MARGIN.left), onPixel(MARGIN.top), Math.floor(room * ratio) / ratio];
    return { left, top, size, at: (place) => (model ? onCanvas(model, { left, top, size }, place) : [left, top]) };
  }

  /** @param {Surface} surface */
  function paint(surface) {
    if (!model) return;
    paintPlane(surface);
    drawAxes(surface.context, model, plotOf(surface));
  }

  /** @param {Surface} surface */
  function repaintPlane(surface) {
    const { left, top, size } = plotOf(surface);
    // The frame's line reaches a pixel beyond.
    const side = size + 1 / surface.ratio;
    surface.context.clearRect(left, top, side, side);
    paintPlane(surface);
  }

  /** Everything within the plane's edges. @param {Surface} surface */
  function paintPlane(surface) {
    if (!model) return;
    const { context, ratio } = surface;
    const plot = plotOf(surface);
    const { left, top, size } = plot;
    context.fillStyle = theme.sunken;
    context.fillRect(left, top, size, size);
    within(context, plot, () => drawValues(context, plot));
    for (const overlay of model.overlays ?? []) within(context, plot, () => overlay(context, plot, theme));
    drawPoints(surface, left, top, size);
    for (const overlay of model.marks ?? []) within(context, plot, () => overlay(context, plot, theme));
    within(context, plot, () => drawMarks(context, plot));
    drawFrame(context, plot, ratio);
    if (brush) drawBrush(context, model, brush, left, top, size);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Plot} plot
   * @param {() => void} draw
   */
  function within(context, { left, top, size }, draw) {
    context.save();
    context.beginPath();
    context.rect(left, top, size, size);
    context.clip();
    draw();
    context.restore();
  }

  /**
   * The values as an image, its lines, and, from farther away, where the data lie.
   * @param {CanvasRenderingContext2D} context
   * @param {Plot} plot
   */
  function drawValues(context, plot) {
    if (!model) return;
    const { values, x, y, whole, columns, rows, outputs, center, discrete, contour, moving, levels = [] } = model;
    if (values) {
      fillGrid(model);
      context.imageSmoothingEnabled = !discrete;
      // Where no graphics card scales it, the best quality costs as much as all else that is drawn here.
      context.imageSmoothingQuality = moving ? 'low' : 'high';
      const area = model.area ?? { x, y };
      const [left, bottom] = plot.at([area.x[0], area.y[0]]);
      const [right, top] = plot.at([area.x[1], area.y[1]]);
      context.drawImage(grid.canvas, left, top, right - left, bottom - top);
      const box = { left, top, width: right - left, height: bottom - top };
      context.strokeStyle = theme.ink;
      context.lineWidth = 1;
      context.beginPath();
      for (const level of levels) traceContour(context, { columns, rows, over: (cell) => values[cell] - level }, box);
      context.globalAlpha = 0.3;
      if (levels.length > 0) context.stroke();
      context.beginPath();
      if (contour && outputs > 1) traceBorders(context, { values, columns, rows, outputs }, box);
      else if (contour) traceContour(context, { columns, rows, over: (cell) => values[cell] - center }, box);
      context.globalAlpha = 0.55;
      context.stroke();
      context.globalAlpha = 1;
    }
    if (sameArea({ x, y }, whole)) return;
    const [left, bottom] = plot.at([whole.x[0], whole.y[0]]);
    const [right, top] = plot.at([whole.x[1], whole.y[1]]);
    context.strokeStyle = theme.ink;
    context.lineWidth = 1;
    context.globalAlpha = 0.4;
    context.setLineDash([4, 4]);
    context.strokeRect(left, top, right - left, bottom - top);
    context.setLineDash([]);
    context.globalAlpha = 1;
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
      const many = (model.train?.rows ?? 0) + (model.test?.rows ?? 0) > MANY_POINTS;
      const hasty = model.moving === true && (model.train?.sizes ?? model.test?.sizes) !== undefined;
      if ((many || hasty) && stampPoints === undefined) loadStamps().then(repaintPoints);
      pointsHasty = hasty && stampPoints !== null;
      if ((many || hasty) && stampPoints) stampSplits(stampPoints, context, model, size, pixels / size);
      else if (!many || stampPoints === null) {
        context.setTransform(pixels / size, 0, 0, pixels / size, 0, 0);
        paintSplits(context, model, size);
      }
      pointsStale = false;
    }
    surface.context.imageSmoothingEnabled = false;
    surface.context.globalAlpha = model.batch ? ASIDE : 1;
    surface.context.drawImage(pointLayer, left, top, size, size);
    surface.context.globalAlpha = 1;
    if (model.batch) paintPointsOn(surface.context, model, left, top, size, paintBatch);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} size
   */
  function paintBatch(context, model, size) {
    const radius = pointRadius((model.train?.rows ?? 0) + (model.test?.rows ?? 0), size) * BATCH_SIZE;
    if (model.batch) paintPoints(context, model, model.batch, size, radius, true);
  }

  /**
   * Straight onto another context, where a layer of pixels would be in the way.
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} left
   * @param {number} top
   * @param {number} size
   * @param {(context: CanvasRenderingContext2D, model: SurfaceModel, size: number) => void} [paintAll]
   */
  function paintPointsOn(context, model, left, top, size, paintAll = paintSplits) {
    context.save();
    context.beginPath();
    context.rect(left, top, size, size);
    context.clip();
    context.translate(left, top);
    paintAll(context, model, size);
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
    /** @type {Map<number, Path2D>} */
    const paths = new Map();
    /** @param {number} shape @param {number} step */
    const pathOf = (shape, step) => {
      const key = shape * 64 + step;
      const path = paths.get(key) ?? markerPath(context, shape, (radius * step) / SIZE_STEPS);
      paths.set(key, path);
      return path;
    };
    const transform = context.getTransform();
    context.lineJoin = 'round';
    for (let row = 0; row < points.rows; ++row) {
      const value = points.values[row];
      const px = ((points.inputs[row * 2] - x[0]) / (x[1] - x[0])) * size;
      const py = (1 - (points.inputs[row * 2 + 1] - y[0]) / (y[1] - y[0])) * size;
      if (px < -radius || px > size + radius || py < -radius || py > size + radius) continue;
      const path = pathOf(classes > 0 ? value : 0, sizeStep(points, row));
      context.translate(px, py);
      paintPoint(context, path, pointColor(model, value), filled);
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
   * @param {StampPoints} stampPoints
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {number} size
   * @param {number} ratio
   */
  function stampSplits(stampPoints, context, model, size, ratio) {
    const { classes, train, test } = model;
    const radius = pointRadius((train?.rows ?? 0) + (test?.rows ?? 0), size);
    stampPoints(context, [test, train], { ...model, size, ratio, reach: 2 * radius + 1.25, stamps }, (points, row) => {
      const value = points.values[row];
      const color = pointColor(model, value);
      const shape = classes > 0 ? value : 0;
      const step = sizeStep(points, row);
      return {
        key: `${points === train} ${shape} ${step} ${color} ${radius} ${ratio}`,
        paint: (other) => {
          other.lineJoin = 'round';
          paintPoint(other, markerPath(other, shape, (radius * step) / SIZE_STEPS), color, points === train);
        },
      };
    });
  }

  /**
   * A ring around the chosen point, and hairs across the plane where the keyboard points; each with a light edge, to be seen on any colour.
   * @param {CanvasRenderingContext2D} context
   * @param {Plot} plot
   */
  function drawMarks(context, { left, top, size, at }) {
    if (!model) return;
    const { chosen, cross } = model;
    context.beginPath();
    if (chosen) {
      const [px, py] = at(chosen);
      context.arc(px, py, CHOSEN_RADIUS, 0, 2 * Math.PI);
    }
    if (cross) {
      const [px, py] = at(cross);
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
   * @param {Plot} plot
   * @param {number} ratio
   */
  function drawFrame(context, { left, top, size }, ratio) {
    context.strokeStyle = theme.line;
    context.lineWidth = 1 / ratio;
    context.strokeRect(crisp(left, ratio), crisp(top, ratio), Math.round(size * ratio) / ratio, Math.round(size * ratio) / ratio);
  }

  /**
   * The numbers and names around the plane: they stay while it is drawn anew.
   * @param {CanvasRenderingContext2D} context
   * @param {SurfaceModel} model
   * @param {Plot} plot
   */
  function drawAxes(context, { x, y, names }, { left, top, size, at }) {
    context.font = `${FONT_SIZE}px ${theme.font}`;
    /** @param {string} text */
    const widthOf = (text) => context.measureText(text).width;
    const below = ticksBelow(x, size, widthOf);
    context.fillStyle = theme.inkFaint;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const tick of below) {
      const half = widthOf(tickText(tick)) / 2;
      const [px] = at([tick, y[0]]);
      context.fillText(tickText(tick), Math.min(left + size - half, Math.max(left + half, px)), top + size + 8);
    }
    const beside = niceTicks(y[0], y[1], Math.max(1, Math.floor(size / TICK_DISTANCE)));
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const tick of beside) {
      const [, py] = at([x[0], tick]);
      const middle = Math.min(top + size - FONT_SIZE / 2, Math.max(top + FONT_SIZE / 2, py));
      context.fillText(tickText(tick), left - 7, middle, WIDEST_NUMBER - 4);
    }
    // The names stand in the last gap between numbers, where nothing else does.
    context.fillStyle = theme.ink;
    context.fillText(names[1], left - 7, at([x[0], lastGap(beside, y)])[1]);
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillText(names[0], at([lastGap(below, x), y[0]])[0], top + size + 8);
  }

  return {
    /** @param {SurfaceModel} next */
    draw(next) {
      const before = model;
      model = next;
      if (!before || next.train !== before.train || next.test !== before.test || next.classes !== before.classes) pointsStale = true;
      if (before && !sameArea(next, before)) pointsStale = true;
      if (before && before.reach !== next.reach && next.classes === 0) pointsStale = true;
      if (pointsHasty && !next.moving) pointsStale = true;
      if (before && sameArea(next, before) && next.names.join() === before.names.join()) view.repaint(repaintPlane);
      else view.redraw();
    },
    /** @param {Brush | undefined} next */
    setBrush(next) {
      brush = next;
      view.redraw();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      stamps.clear();
      pointsStale = true;
      classScales = buildClassScales(theme);
      view.redraw();
    },
    /**
     * The place in the plane under a point of the canvas in CSS pixels, with the model's values there; nothing outside the plot.
     * @param {number} px
     * @param {number} py
     */
    probe(px, py) {
      if (!model) return undefined;
      const { left, top, size } = plotOf(view.surface);
      const across = (px / view.scale() - left) / size;
      const up = 1 - (py / view.scale() - top) / size;
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
          const distance = Math.hypot(x - px / view.scale(), y - py / view.scale());
          if (distance < nearest) {
            nearest = distance;
            found = { split, row };
          }
        }
      }
      return found;
    },
    /** Where the plane is drawn on the canvas, in CSS pixels. */
    get plot() {
      return plotOf(view.surface);
    },
    /** Of a point of the usual size, in CSS pixels. */
    get pointRadius() {
      return pointRadius((model?.train?.rows ?? 0) + (model?.test?.rows ?? 0), plotOf(view.surface).size);
    },
    /** Of the device, along each side of the plane. */
    get pixels() {
      return Math.round(plotOf(view.surface).size * view.surface.ratio);
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
function valuesAt(model, x, y) {
  const { columns, rows, outputs, values } = model;
  const {
    x: [left, right],
    y: [bottom, top],
  } = model.area ?? model;
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

/**
 * How large a point is drawn, in steps.
 * @param {Points} points
 * @param {number} row
 */
function sizeStep({ sizes }, row) {
  return sizes ? Math.max(1, Math.round(sizes[row] * SIZE_STEPS)) : SIZE_STEPS;
}

/**
 * Numbers below the plane: fewer where they are long.
 * @param {readonly [number, number]} interval
 * @param {number} size of the plane in CSS pixels
 * @param {(text: string) => number} widthOf
 */
function ticksBelow([low, high], size, widthOf) {
  const ticks = niceTicks(low, high, Math.max(1, Math.floor(size / TICK_DISTANCE)));
  const widest = Math.max(0, ...ticks.map((tick) => widthOf(tickText(tick)) + TICK_GAP));
  return widest * ticks.length <= size ? ticks : niceTicks(low, high, Math.max(1, Math.floor(size / widest)));
}

/**
 * @param {readonly number[]} ticks
 * @param {readonly [number, number]} interval
 */
function lastGap(ticks, [low, high]) {
  const [before = low, last = high] = ticks.slice(-2);
  return (before + last) / 2;
}

/** @param {number} value */
function tickText(value) {
  return String(Number(value.toPrecision(6))).replace('-', '\u2212');
}
