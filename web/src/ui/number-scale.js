/**
 * Where a number sits on a slider, and which numbers its arrow keys stop at. Linear scales stop at even steps, logarithmic scales at
 * 1, 1.5, 2, 3, 5, 7 of each decade (and at zero, when zero is allowed), lists at their members.
 */

const MANTISSAS = [1, 1.5, 2, 3, 5, 7];
const LINEAR_STEPS = 100;

/**
 * @typedef {object} NumberScale
 * @property {number} positions the slider runs from 0 to this
 * @property {number} decade positions that Shift and an arrow key jump over
 * @property {(value: number) => number} positionOf
 * @property {(position: number) => number} valueAt the nearest stop
 */

/**
 * @param {object} range
 * @param {number} range.minimum
 * @param {number} range.maximum
 * @param {'linear' | 'log' | 'integer'} [range.scale]
 * @param {boolean} [range.whole] whole numbers only, also on a logarithmic scale
 * @param {number} [range.step]
 * @param {readonly number[]} [range.stops]
 * @returns {NumberScale}
 */
export function createNumberScale({ minimum, maximum, scale = 'linear', whole = scale === 'integer', step, stops }) {
  if (stops) return listScale(stops);
  if (scale === 'log') return listScale(logarithmicStops(minimum, maximum, whole));
  const width = step ?? (whole ? Math.max(1, Math.round((maximum - minimum) / 1000)) : roundStep((maximum - minimum) / LINEAR_STEPS));
  const positions = Math.max(1, Math.ceil((maximum - minimum) / width - 1e-9));
  return {
    positions,
    decade: 10,
    positionOf: (value) => clamp((value - minimum) / width, 0, positions),
    valueAt: (position) => {
      const value = clamp(minimum + Math.round(position) * width, minimum, maximum);
      return Number(value.toPrecision(12));
    },
  };
}

/**
 * @param {readonly number[]} stops in rising order
 * @returns {NumberScale}
 */
function listScale(stops) {
  const last = stops.length - 1;
  return {
    positions: last,
    decade: MANTISSAS.length,
    positionOf: (value) => {
      const above = stops.findIndex((stop) => stop >= value);
      if (above < 0) return last;
      if (above === 0 || stops[above] === value) return above;
      const from = stops[above - 1];
      const part = from > 0 && Number.isFinite(stops[above]) ? Math.log(value / from) / Math.log(stops[above] / from) : 0.5;
      return above - 1 + part;
    },
    valueAt: (position) => stops[clamp(Math.round(position), 0, last)],
  };
}

/**
 * @param {number} minimum
 * @param {number} maximum
 * @param {boolean} whole
 */
function logarithmicStops(minimum, maximum, whole) {
  const smallest = minimum > 0 ? minimum : whole ? 1 : Math.min(1e-5, maximum / 1000);
  const stops = new Set(minimum > 0 ? [minimum] : [minimum, smallest]);
  for (let exponent = Math.floor(Math.log10(smallest)); exponent <= Math.log10(maximum); ++exponent) {
    for (const mantissa of MANTISSAS) {
      const value = Number(`${mantissa}e${exponent}`);
      if (value > smallest && value < maximum && (!whole || Number.isInteger(value))) stops.add(value);
    }
  }
  stops.add(maximum);
  return [...stops].sort((a, b) => a - b);
}

/**
 * The next larger of 1, 2, 5 times a power of ten.
 * @param {number} width
 */
function roundStep(width) {
  const power = 10 ** Math.floor(Math.log10(width) + 1e-9);
  const mantissa = width / power;
  const rounded = mantissa <= 1 + 1e-9 ? 1 : mantissa <= 2 + 1e-9 ? 2 : mantissa <= 5 + 1e-9 ? 5 : 10;
  return Number((rounded * power).toPrecision(3));
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
