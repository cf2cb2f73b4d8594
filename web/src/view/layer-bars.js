import { createCanvas } from './canvas.js';

/** @import { Theme } from './color.js' */
/** @import { Surface } from './canvas.js' */

/**
 * @typedef {object} LayerBarsModel
 * @property {readonly { name: string, value: number }[]} layers positive sizes; 0 has no bar
 * @property {(value: number) => string} format
 */

const FONT_SIZE = 13;
const NAME_WIDTH = 104;
const NUMBER_WIDTH = 76;
const BAR = 12;
const TICK_ROOM = 20;
const LEAST_DECADES = 2;

/**
 * The decades that an axis for these sizes spans, at least two.
 * @param {readonly number[]} values
 * @returns {[number, number]}
 */
export function decadesOf(values) {
  const sizes = values.filter((value) => value > 0 && Number.isFinite(value)).map((value) => Math.log10(value));
  if (sizes.length === 0) return [-LEAST_DECADES, 0];
  const high = Math.ceil(Math.max(...sizes));
  const low = Math.floor(Math.min(...sizes));
  return [Math.min(low, high - LEAST_DECADES), high];
}

/**
 * A bar for each layer on a logarithmic axis, so that sizes many decades apart can be compared.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} initialTheme
 */
export function createLayerBars(canvas, initialTheme) {
  let theme = initialTheme;
  /** @type {LayerBarsModel | undefined} */
  let model;
  const view = createCanvas(canvas, paint, () => theme.scale);

  /** @param {Surface} surface */
  function paint({ context, width, height, ratio }) {
    if (!model) return;
    const { layers, format } = model;
    const [low, high] = decadesOf(layers.map(({ value }) => value));
    const [left, right] = [NAME_WIDTH, width - NUMBER_WIDTH];
    const row = (height - TICK_ROOM) / layers.length;
    context.font = `${FONT_SIZE}px ${theme.font}`;
    const every = Math.max(1, Math.ceil((high - low) / Math.max(2, Math.floor((right - left) / 48))));
    for (let decade = low; decade <= high; decade += every) {
      const x = left + ((decade - low) / (high - low)) * (right - left);
      context.fillStyle = theme.line;
      context.fillRect(Math.round(x * ratio) / ratio, 0, 1 / ratio, height - TICK_ROOM);
      context.fillStyle = theme.inkFaint;
      context.textAlign = 'center';
      context.textBaseline = 'bottom';
      context.fillText(format(10 ** decade), x, height);
    }
    context.textBaseline = 'middle';
    layers.forEach(({ name, value }, index) => {
      const middle = (index + 0.5) * row;
      context.fillStyle = theme.inkSoft;
      context.textAlign = 'left';
      context.fillText(name, 0, middle, NAME_WIDTH - 8);
      context.textAlign = 'right';
      context.fillStyle = theme.ink;
      context.fillText(format(value), width, middle);
      if (!(value > 0) || !Number.isFinite(value)) return;
      const length = Math.max(1.5, ((Math.log10(value) - low) / (high - low)) * (right - left));
      context.fillStyle = theme.accent;
      context.fillRect(left, middle - BAR / 2, length, BAR);
    });
  }

  return {
    /** @param {LayerBarsModel} next */
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
