import { classShapes } from './color.js';

/**
 * The outline of a class's marker around (0, 0) as an SVG path, for canvases (see `markerPath`) and legends alike. All shapes cover about
 * the same area.
 * @param {number} index the class
 * @param {number} radius of the circle; the others are fitted to it
 */
export function markerOutline(index, radius) {
  switch (classShapes[index % classShapes.length]) {
    case 'circle':
      return `M${-radius} 0A${radius} ${radius} 0 1 1 ${radius} 0A${radius} ${radius} 0 1 1 ${-radius} 0Z`;
    case 'diamond':
      return polygon(regular(4, radius * 1.3, 0));
    case 'triangle':
      return polygon(regular(3, radius * 1.4, 0));
    case 'square':
      return polygon(regular(4, radius * 1.25, 1 / 8));
    case 'wedge':
      return polygon(regular(3, radius * 1.4, 1 / 2));
    case 'cross':
      return polygon(cross(radius * 1.35, 1 / 8));
    case 'pentagon':
      return polygon(regular(5, radius * 1.2, 0));
    case 'star':
      return polygon(star(radius * 1.5));
    case 'plus':
      return polygon(cross(radius * 1.35, 0));
    case 'hexagon':
      return polygon(regular(6, radius * 1.15, 1 / 12));
  }
}

/**
 * The marker as what a context fills and strokes.
 * @param {CanvasRenderingContext2D & { createPath?: (outline: string) => Path2D }} context one that writes down has paths of its own
 * @param {number} index the class
 * @param {number} radius
 */
export function markerPath(context, index, radius) {
  const outline = markerOutline(index, radius);
  return context.createPath?.(outline) ?? new Path2D(outline);
}

/** @param {readonly (readonly [number, number])[]} corners */
function polygon(corners) {
  return `M${corners.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join('L')}Z`;
}

/**
 * @param {number} radius
 * @param {number} turn in whole turns, from the top
 * @returns {[number, number]}
 */
function onCircle(radius, turn) {
  const angle = 2 * Math.PI * (turn - 0.25);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/**
 * @param {number} corners
 * @param {number} radius
 * @param {number} turn
 */
function regular(corners, radius, turn) {
  return Array.from({ length: corners }, (_, corner) => onCircle(radius, turn + corner / corners));
}

/** @param {number} radius */
function star(radius) {
  return Array.from({ length: 10 }, (_, corner) => onCircle(corner % 2 === 0 ? radius : radius * 0.45, corner / 10));
}

/**
 * @param {number} radius
 * @param {number} turn
 */
function cross(radius, turn) {
  const arm = Math.atan2(0.36, 1) / (2 * Math.PI);
  const tip = radius * Math.hypot(1, 0.36);
  const notch = radius * Math.hypot(0.36, 0.36);
  return [0, 1, 2, 3].flatMap((quarter) => [
    onCircle(tip, turn + quarter / 4 - arm),
    onCircle(tip, turn + quarter / 4 + arm),
    onCircle(notch, turn + quarter / 4 + 1 / 8),
  ]);
}
