import { createCanvas } from './canvas.js';
import { mix, scaleIndex, toCss } from './color.js';
import { createProjection, farthestFirst } from './projection.js';

/**
 * @import { Surface } from './canvas.js'
 * @import { Theme } from './color.js'
 * @import { Area } from './plane.js'
 * @import { Eye } from './projection.js'
 */

/** A sample as a pin: its head is where the surface should be. @typedef {{ x: number, y: number, target: number, color: string }} Pin */

/**
 * @typedef {object} Model3d
 * @property {Float32Array} values [rows x columns], row 0 at the smallest y, at cell centres
 * @property {number} columns
 * @property {number} rows
 * @property {Area} area
 * @property {number} center the value at half height
 * @property {number} reach how far from it the box ends
 * @property {number} [classIndex] of the class whose probability is the height
 * @property {Float32Array} [targets] what the values should be, cell by cell; NaN where nothing tells
 * @property {readonly Pin[]} pins
 * @property {readonly [string, string, string]} names of the axes
 * @property {Eye} eye
 */

/** The box is lower than it is wide. */
const HEIGHT = 0.62;
/** What is higher or lower than the box still shows a little. */
const OVERSHOOT = 1.15;
/** So many pieces do the lines of the mesh cut each side into. */
const MESH = 8;
const COLORS = 64;
const FONT_SIZE = 13;
/** Room for the corners of the box however it is turned. */
const ROOM = 3.05;
const PIN_RADIUS = 2.6;
/** What the surface should be is seen through; so is the gap. */
const AIM_ALPHA = 0.22;
const GAP_ALPHA = 0.22;
/** How far above the top the name of the height stands, in CSS pixels: it keeps clear of the number there. */
const NAME_LIFT = 1.3 * FONT_SIZE;

/**
 * Values over the plane as a landscape, drawn from the farthest cell to the nearest.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createSurface3d(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {Model3d | undefined} */
  let model;
  const view = createCanvas(canvas, (surface) => {
    if (model) paint(surface, model);
  });

  /**
   * @param {Surface} surface
   * @param {Model3d} model
   */
  function paint({ context, width, height }, model) {
    const { values, columns, rows, eye } = model;
    const lift = HEIGHT * Math.cos(eye.tilt) + Math.SQRT2 * Math.sin(eye.tilt);
    const scale = Math.min(width / ROOM, (height - 2 * FONT_SIZE) / (2 * lift + 0.35));
    const projection = createProjection(eye, { x: width / 2, y: height / 2, scale });
    const heights = Float32Array.from(values, (value) => heightOf(model, value));
    /** @param {number} column @param {number} row */
    const corner = (column, row) => projection.at(alongGrid(column, columns), alongGrid(row, rows), heights[row * columns + column]);
    const aims = model.targets && Float32Array.from(model.targets, (value) => (Number.isNaN(value) ? value : heightOf(model, value)));
    drawBox(context, projection, model);
    const pins = pinsByCell(model);
    const color = colorOf(model);
    const mesh = Math.max(1, Math.round((columns - 1) / MESH));
    context.lineJoin = 'round';
    for (const row of farthestFirst(rows - 1, projection.depth(0, 1) > 0)) {
      for (const column of farthestFirst(columns - 1, projection.depth(1, 0) > 0)) {
        const at = row * columns + column;
        const here = pins.get(at) ?? [];
        for (const pin of here) if (!pin.above) drawPin(context, projection, pin);
        const corners = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)];
        const mean = (values[at] + values[at + 1] + values[at + columns] + values[at + columns + 1]) / 4;
        const edges = { bottom: row % mesh === 0, left: column % mesh === 0 };
        const aim = aims && aimOf(projection, aims, columns, rows, column, row);
        const aimIsBelow = aim !== undefined && aim.height < (heights[at] + heights[at + columns + 1]) / 2;
        if (aim && aimIsBelow) drawAim(context, aim.corners, corners, edges);
        drawCell(context, corners, color(mean), edges);
        if (aim && !aimIsBelow) drawAim(context, aim.corners, corners, edges);
        for (const pin of here) if (pin.above) drawPin(context, projection, pin);
      }
    }
    drawNames(context, projection, model);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {[number, number][]} corners
   * @param {string} color
   * @param {{ bottom: boolean, left: boolean }} mesh which edges are lines
   */
  function drawCell(context, [a, b, c, d], color, { bottom, left }) {
    context.beginPath();
    context.moveTo(a[0], a[1]);
    for (const [x, y] of [b, c, d]) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = color;
    context.fill();
    // Its own edge closes the seam to the neighbours.
    context.strokeStyle = color;
    context.lineWidth = 0.75;
    context.stroke();
    if (!bottom && !left) return;
    context.beginPath();
    context.moveTo(...(left ? d : a));
    context.lineTo(a[0], a[1]);
    if (bottom) context.lineTo(b[0], b[1]);
    context.strokeStyle = theme.ink;
    context.globalAlpha = 0.28;
    context.lineWidth = 0.75;
    context.stroke();
    context.globalAlpha = 1;
  }

  /**
   * A cell of what the surface should be, and along the lines of the mesh the gap to what it is.
   * @param {CanvasRenderingContext2D} context
   * @param {readonly [number, number][]} corners
   * @param {readonly [number, number][]} own of the surface
   * @param {{ bottom: boolean, left: boolean }} edges
   */
  function drawAim(context, corners, own, { bottom, left }) {
    /** @param {readonly (readonly [number, number])[]} places @param {string} color @param {number} alpha */
    const fill = (places, color, alpha) => {
      context.beginPath();
      places.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      context.closePath();
      context.fillStyle = color;
      context.globalAlpha = alpha;
      context.fill();
      context.globalAlpha = 1;
    };
    if (bottom) fill([corners[0], corners[1], own[1], own[0]], theme.ink, GAP_ALPHA);
    if (left) fill([corners[0], corners[3], own[3], own[0]], theme.ink, GAP_ALPHA);
    fill(corners, theme.accent, AIM_ALPHA);
    if (!bottom && !left) return;
    context.beginPath();
    context.moveTo(...(left ? corners[3] : corners[0]));
    context.lineTo(...corners[0]);
    if (bottom) context.lineTo(...corners[1]);
    context.strokeStyle = theme.accent;
    context.lineWidth = 1;
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {ReturnType<typeof createProjection>} projection
   * @param {{ x: number, y: number, head: number, foot: number, color: string }} pin
   */
  function drawPin(context, projection, { x, y, head, foot, color }) {
    const [footX, footY] = projection.at(x, y, foot);
    const [headX, headY] = projection.at(x, y, head);
    context.beginPath();
    context.moveTo(footX, footY);
    context.lineTo(headX, headY);
    context.strokeStyle = theme.ink;
    context.globalAlpha = 0.6;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
    context.beginPath();
    context.arc(headX, headY, PIN_RADIUS, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
    context.strokeStyle = theme.paper;
    context.lineWidth = 0.75;
    context.stroke();
  }

  /** @param {Model3d} model @returns {(value: number) => string} */
  function colorOf({ center, reach, classIndex }) {
    if (classIndex === undefined) return (value) => theme.values.css[scaleIndex((value - center) / reach)];
    const full = theme.classColors[classIndex % theme.classColors.length];
    const scale = Array.from({ length: COLORS }, (_, index) => toCss(mix(theme.zero, full, (0.78 * index) / (COLORS - 1))));
    return (value) => scale[Math.round(Math.min(1, Math.max(0, value)) * (COLORS - 1))] ?? scale[0];
  }

  /**
   * The ground, and the height of the neutral value.
   * @param {CanvasRenderingContext2D} context
   * @param {ReturnType<typeof createProjection>} projection
   * @param {Model3d} model
   */
  function drawBox(context, projection, { eye }) {
    const corners = /** @type {const} */ ([
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ]);
    for (const [z, dash] of /** @type {const} */ ([
      [-HEIGHT, []],
      [0, [4, 4]],
    ])) {
      context.beginPath();
      corners.forEach(([x, y], index) => {
        const place = projection.at(x, y, z);
        if (index === 0) context.moveTo(...place);
        else context.lineTo(...place);
      });
      context.closePath();
      if (z < 0) {
        context.fillStyle = theme.sunken;
        context.fill();
      }
      context.setLineDash([...dash]);
      context.strokeStyle = theme.lineStrong;
      context.lineWidth = 1;
      context.stroke();
      context.setLineDash([]);
    }
    const [x, y] = farCorner(eye);
    context.beginPath();
    context.moveTo(...projection.at(x, y, -HEIGHT));
    context.lineTo(...projection.at(x, y, HEIGHT));
    context.stroke();
  }

  /**
   * Names and ends of the axes, along the two front edges of the ground and up the farthest corner.
   * @param {CanvasRenderingContext2D} context
   * @param {ReturnType<typeof createProjection>} projection
   * @param {Model3d} model
   */
  function drawNames(context, projection, { area, names, eye, center, reach }) {
    const [farX, farY] = farCorner(eye);
    context.font = `${FONT_SIZE}px ${theme.font}`;
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    /** @param {string} text @param {[number, number, number]} place @param {string} color */
    const write = (text, [x, y, z], color) => {
      context.fillStyle = color;
      context.fillText(text, ...projection.at(x, y, z));
    };
    const outside = 1.16;
    const ground = -HEIGHT;
    write(names[0], [0, -farY * outside, ground], theme.ink);
    write(names[1], [-farX * outside, 0, ground], theme.ink);
    for (const end of /** @type {const} */ ([-1, 1])) {
      const index = (end + 1) / 2;
      write(numberText(area.x[index]), [end * 0.88, -farY * outside, ground], theme.inkFaint);
      write(numberText(area.y[index]), [-farX * outside, end * 0.88, ground], theme.inkFaint);
    }
    const [x, y] = [farX * 1.08, farY * 1.08];
    write(numberText(center + reach), [x, y, HEIGHT], theme.inkFaint);
    write(numberText(center), [x, y, 0], theme.inkFaint);
    const [across, down] = projection.at(x, y, HEIGHT);
    context.fillStyle = theme.ink;
    context.fillText(names[2], across, Math.max(FONT_SIZE / 2, down - NAME_LIFT));
  }

  return {
    /** @param {Model3d} next */
    draw(next) {
      model = next;
      view.redraw();
    },
    /** @param {Theme} next */
    setTheme(next) {
      theme = next;
      view.redraw();
    },
    picture: view.picture,
    dispose: view.dispose,
  };
}

/** The corner of the ground that is farthest from the eye. @param {Eye} eye */
function farCorner({ turn }) {
  return [Math.sin(turn) >= 0 ? 1 : -1, Math.cos(turn) >= 0 ? 1 : -1];
}

/**
 * The corners of a cell of what the surface should be, where all of them are known.
 * @param {ReturnType<typeof createProjection>} projection
 * @param {Float32Array} aims heights
 * @param {number} columns
 * @param {number} rows
 * @param {number} column
 * @param {number} row
 * @returns {{ corners: [number, number][], height: number } | undefined}
 */
function aimOf(projection, aims, columns, rows, column, row) {
  const places = /** @type {const} */ ([
    [column, row],
    [column + 1, row],
    [column + 1, row + 1],
    [column, row + 1],
  ]);
  const heights = places.map(([c, r]) => aims[r * columns + c]);
  if (heights.some(Number.isNaN)) return undefined;
  return {
    corners: places.map(([c, r], index) => projection.at(alongGrid(c, columns), alongGrid(r, rows), heights[index])),
    height: (heights[0] + heights[2]) / 2,
  };
}

/** The centre of a cell, between -1 and 1. @param {number} index @param {number} count */
function alongGrid(index, count) {
  return ((index + 0.5) / count) * 2 - 1;
}

/**
 * @param {Pick<Model3d, 'center' | 'reach'>} model
 * @param {number} value
 */
function heightOf({ center, reach }, value) {
  const part = (value - center) / reach;
  return HEIGHT * Math.min(OVERSHOOT, Math.max(-OVERSHOOT, Number.isFinite(part) ? part : 0));
}

/**
 * The pins, by the cell that they stand in, each with the height of the surface there.
 * @param {Model3d} model
 */
function pinsByCell(model) {
  const { values, columns, rows, area } = model;
  /** @type {Map<number, { x: number, y: number, head: number, foot: number, above: boolean, color: string }[]>} */
  const pins = new Map();
  for (const { x, y, target, color } of model.pins) {
    const across = (x - area.x[0]) / (area.x[1] - area.x[0]);
    const up = (y - area.y[0]) / (area.y[1] - area.y[0]);
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) continue;
    const column = Math.min(columns - 2, Math.max(0, Math.floor(across * columns - 0.5)));
    const row = Math.min(rows - 2, Math.max(0, Math.floor(up * rows - 0.5)));
    const at = row * columns + column;
    const [partX, partY] = [across * columns - 0.5 - column, up * rows - 0.5 - row];
    const value =
      (values[at] * (1 - partX) + values[at + 1] * partX) * (1 - partY) +
      (values[at + columns] * (1 - partX) + values[at + columns + 1] * partX) * partY;
    const [head, foot] = [heightOf(model, target), heightOf(model, value)];
    const here = pins.get(at) ?? [];
    here.push({ x: across * 2 - 1, y: up * 2 - 1, head, foot, above: head >= foot, color });
    pins.set(at, here);
  }
  return pins;
}

/** @param {number} value */
function numberText(value) {
  return String(Number(value.toPrecision(3))).replace('-', '\u2212');
}
