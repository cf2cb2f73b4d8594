/** Seen from the side: a parallel projection of a box, -1 to 1 along each axis, onto the paper. */

/**
 * @typedef {object} Eye
 * @property {number} turn around the upright axis, in radians
 * @property {number} tilt 0 from the side, π/2 from above
 */

/**
 * @param {Eye} eye
 * @param {{ x: number, y: number, scale: number }} paper the middle of the box on it, and the length of one unit
 */
export function createProjection({ turn, tilt }, { x: middleX, y: middleY, scale }) {
  const [cosTurn, sinTurn] = [Math.cos(turn), Math.sin(turn)];
  const [cosTilt, sinTilt] = [Math.cos(tilt), Math.sin(tilt)];
  return {
    /**
     * @param {number} x
     * @param {number} y
     * @param {number} z upwards
     * @returns {[number, number]}
     */
    at(x, y, z) {
      const across = x * cosTurn - y * sinTurn;
      const away = x * sinTurn + y * cosTurn;
      return [middleX + across * scale, middleY - (z * cosTilt + away * sinTilt) * scale];
    },
    /** How far away a place on the ground is: larger is farther. @param {number} x @param {number} y */
    depth: (x, y) => x * sinTurn + y * cosTurn,
  };
}

/**
 * The order in which the cells of one axis are drawn, the farthest first.
 * @param {number} count
 * @param {boolean} rising whether the axis leads away from the eye
 * @returns {number[]}
 */
export function farthestFirst(count, rising) {
  const order = Array.from({ length: count }, (_, index) => index);
  return rising ? order.reverse() : order;
}
