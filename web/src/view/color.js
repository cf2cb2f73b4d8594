/**
 * Colour as data: the value scale (negative, zero, positive) as a table of packed pixels, and the classes with their marker shapes.
 * Scales are mixed in OKLab, where equal steps look equal.
 */

/** @typedef {readonly [number, number, number]} Lab lightness, green to red, blue to yellow */

/**
 * @typedef {object} Theme the roles of tokens.css as canvas colours
 * @property {string} paper
 * @property {string} sunken
 * @property {string} line
 * @property {string} lineStrong
 * @property {string} ink
 * @property {string} inkSoft
 * @property {string} inkFaint
 * @property {string} accent
 * @property {string} font
 * @property {number} scale how much larger than usual the page's type is
 * @property {ValueScale} values fills: surfaces, thumbnails
 * @property {ValueScale} marks lines and small marks on the background
 * @property {readonly string[]} classes
 * @property {readonly Lab[]} classColors
 * @property {Lab} zero
 */

/**
 * @typedef {object} ValueScale
 * @property {Uint32Array} packed 256 pixels from -1 to 1
 * @property {readonly string[]} css the same colours for strokes and fills
 */

export const CLASS_LIMIT = 10;
const SCALE_SIZE = 256;

/** Marker shapes by class; each tells its class without colour. */
export const classShapes = Object.freeze(
  /** @type {const} */ (['circle', 'diamond', 'triangle', 'square', 'wedge', 'cross', 'pentagon', 'star', 'plus', 'hexagon']),
);

/**
 * @param {Lab} negative
 * @param {Lab} zero
 * @param {Lab} positive
 * @returns {ValueScale}
 */
export function createValueScale(negative, zero, positive) {
  const packed = new Uint32Array(SCALE_SIZE);
  const css = [];
  for (let index = 0; index < SCALE_SIZE; ++index) {
    const value = (index / (SCALE_SIZE - 1)) * 2 - 1;
    const color = mix(zero, value < 0 ? negative : positive, Math.abs(value));
    packed[index] = pack(color);
    css.push(toCss(color));
  }
  return { packed, css };
}

/**
 * The index of a value between -1 and 1 in a scale; beyond, and not a number, it stays at the ends and at zero.
 * @param {number} value
 */
export function scaleIndex(value) {
  const index = Math.round((value + 1) * ((SCALE_SIZE - 1) / 2));
  return index >= 0 ? (index < SCALE_SIZE ? index : SCALE_SIZE - 1) : value < 0 ? 0 : SCALE_SIZE >> 1;
}

/**
 * @param {Lab} from
 * @param {Lab} to
 * @param {number} part
 * @returns {Lab}
 */
export function mix(from, to, part) {
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, from[2] + (to[2] - from[2]) * part];
}

/**
 * An opaque pixel as canvases store it (red in the lowest byte).
 * @param {Lab} color
 */
export function pack(color) {
  const [red, green, blue] = toBytes(color);
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

/** @param {Lab} color */
export function toCss(color) {
  const [red, green, blue] = toBytes(color);
  return `rgb(${red}, ${green}, ${blue})`;
}

/**
 * A computed colour as OKLab: `oklch(…)`, `oklab(…)`, `lab(…)` (which style sheets are compiled to for older browsers), or `rgb(…)`.
 * @param {string} text
 * @returns {Lab}
 */
export function parseColor(text) {
  const numbers = (text.match(/-?[\d.]+(?:e[+-]?\d+)?%?/gi) ?? []).map((part) =>
    part.endsWith('%') ? Number(part.slice(0, -1)) / 100 : Number(part),
  );
  const [first = 0, second = 0, third = 0] = numbers;
  if (text.startsWith('oklch')) {
    const angle = (third * Math.PI) / 180;
    return [first, second * Math.cos(angle), second * Math.sin(angle)];
  }
  if (text.startsWith('oklab')) return [first, second, third];
  if (text.startsWith('lab')) return fromCieLab(first, second, third);
  if (text.startsWith('rgb')) return fromLinear(toLinear(first / 255), toLinear(second / 255), toLinear(third / 255));
  if (text.startsWith('color(srgb ')) return fromLinear(toLinear(first), toLinear(second), toLinear(third));
  throw new Error(`Expected a computed colour, got "${text}".`);
}

/**
 * CIE Lab, which is relative to D50, by way of linear sRGB (CSS Color 4, sample code of section 18).
 * @param {number} lightness
 * @param {number} a
 * @param {number} b
 * @returns {Lab}
 */
function fromCieLab(lightness, a, b) {
  const middle = (lightness + 16) / 116;
  /** @param {number} f */
  const linear = (f) => (f ** 3 > 216 / 24389 ? f ** 3 : (116 * f - 16) / (24389 / 27));
  const x = linear(middle + a / 500) * 0.9642956764;
  const y = linear(middle);
  const z = linear(middle - b / 200) * 0.8251046025;
  return fromLinear(
    3.1341359569 * x - 1.6173863321 * y - 0.4906619461 * z,
    -0.978795503 * x + 1.9162543774 * y + 0.0334427351 * z,
    0.0719553918 * x - 0.2289768264 * y + 1.4053860351 * z,
  );
}

/** @param {number} value an sRGB component from 0 to 1 */
function toLinear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** @param {number} value */
function toGamma(value) {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

/**
 * Björn Ottosson's OKLab from linear sRGB.
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 * @returns {Lab}
 */
function fromLinear(red, green, blue) {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/**
 * @param {Lab} color
 * @returns {[number, number, number]}
 */
function toBytes([lightness, a, b]) {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    toByte(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    toByte(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** @param {number} linear */
function toByte(linear) {
  return Math.round(Math.min(1, Math.max(0, toGamma(linear))) * 255);
}
