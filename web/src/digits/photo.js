/** Finds the ink in a picture of a digit, whatever it was made with: dark on light or light on dark, scanned, painted or photographed. Pure. */

/** @import { Picture } from './normalise.js' */

/** Grey levels that ink has to stand out by. */
const FAINTEST = 24;
/** So much of what the border varies by is still paper. */
const PAPER_NOISE = 2;

/**
 * The ink of a picture on a square sheet, 0 where there is paper. What the picture's border is like is paper; what is transparent is
 * white.
 * @param {{ data: ArrayLike<number>, width: number, height: number }} image RGBA, 8 bits each
 * @returns {Picture | null} null where nothing stands out
 */
export function inkOfImage({ data, width, height }) {
  const grey = Float32Array.from({ length: width * height }, (_, pixel) => greyOf(data, 4 * pixel));
  const border = borderOf(grey, width, height);
  const paper = percentile(border, 0.5);
  const sign = paper >= 128 ? 1 : -1;
  const low =
    PAPER_NOISE *
    percentile(
      border.map((level) => Math.abs(level - paper)),
      0.95,
    );
  let darkest = 0;
  for (const level of grey) darkest = Math.max(darkest, sign * (paper - level));
  if (darkest < FAINTEST || low > darkest / 2) return null;
  const side = Math.max(width, height);
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  const values = new Uint8Array(side * side);
  grey.forEach((level, pixel) => {
    const place = (top + Math.floor(pixel / width)) * side + left + (pixel % width);
    values[place] = Math.round(255 * Math.max(0, (sign * (paper - level) - low) / (darkest - low)));
  });
  return { values, width: side, height: side };
}

/**
 * A pixel over white, as bright as it looks (Rec. 709).
 * @param {ArrayLike<number>} data
 * @param {number} place
 */
function greyOf(data, place) {
  const light = 0.2126 * data[place] + 0.7152 * data[place + 1] + 0.0722 * data[place + 2];
  return 255 + (light - 255) * (data[place + 3] / 255);
}

/**
 * @param {Float32Array} grey
 * @param {number} width
 * @param {number} height
 */
function borderOf(grey, width, height) {
  return grey.filter((_, pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    return row === 0 || column === 0 || row === height - 1 || column === width - 1;
  });
}

/**
 * @param {Float32Array} values
 * @param {number} part
 */
function percentile(values, part) {
  return Float32Array.from(values).sort()[Math.floor((values.length - 1) * part)];
}
