/**
 * Writes down as SVG what a view draws: as much of a canvas's drawing context as the views use. Text stays text, curves stay curves;
 * what is drawn from pixels becomes an embedded picture.
 */
import { parseColor, toCss } from './color.js';

/** @typedef {{ outline: string }} Outline */

/**
 * What only a page can do.
 * @typedef {object} Helpers
 * @property {(text: string, font: string) => number} measure the width of a text
 * @property {(image: CanvasImageSource, x: number, y: number, width: number, height: number) => string} imageUrl a part of a picture as a `data:` URL
 */

/** How far the baseline lies below the given height, in parts of the font's size. */
const baselines = Object.freeze(/** @type {Record<string, number>} */ ({ top: 0.86, middle: 0.35, bottom: -0.2, alphabetic: 0 }));
const anchors = Object.freeze(
  /** @type {Record<string, string>} */ ({ left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' }),
);

const initialState = Object.freeze({
  fillStyle: '#000',
  strokeStyle: '#000',
  globalAlpha: 1,
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  imageSmoothingEnabled: true,
  imageSmoothingQuality: 'low',
  /** @type {readonly number[]} */
  dash: [],
  x: 0,
  y: 0,
  groups: 0,
});

/** @typedef {{ -readonly [K in keyof typeof initialState]: (typeof initialState)[K] extends boolean ? boolean : (typeof initialState)[K] extends number ? number : (typeof initialState)[K] extends string ? string : (typeof initialState)[K] }} State */

/** Properties that views set on a context and that are part of what `save` keeps. */
const properties = /** @type {const} */ ([
  'fillStyle',
  'strokeStyle',
  'globalAlpha',
  'lineWidth',
  'lineCap',
  'lineJoin',
  'font',
  'textAlign',
  'textBaseline',
  'imageSmoothingEnabled',
  'imageSmoothingQuality',
]);

/**
 * @param {number} width in CSS pixels
 * @param {number} height
 * @param {Helpers} helpers
 */
export function createSvgContext(width, height, { measure, imageUrl }) {
  /** @type {State} */
  let state = { ...initialState };
  /** @type {State[]} */
  const stack = [];
  /** @type {string[]} */
  const elements = [];
  /** @type {string[]} */
  let path = [];
  let clips = 0;

  /** @param {number} x @param {number} y */
  const point = (x, y) => `${short(x + state.x)} ${short(y + state.y)}`;
  const alpha = () => (state.globalAlpha < 1 ? ` opacity="${short(state.globalAlpha)}"` : '');
  const fill = () => `fill="${colorText(state.fillStyle)}"`;
  const stroke = () => {
    const parts = [`fill="none" stroke="${colorText(state.strokeStyle)}" stroke-width="${short(state.lineWidth)}"`];
    if (state.lineCap !== 'butt') parts.push(`stroke-linecap="${state.lineCap}"`);
    if (state.lineJoin !== 'miter') parts.push(`stroke-linejoin="${state.lineJoin}"`);
    if (state.dash.length > 0) parts.push(`stroke-dasharray="${state.dash.map(short).join(' ')}"`);
    return parts.join(' ');
  };
  /** @param {Outline | undefined} outline @param {string} style */
  const draw = (outline, style) => {
    if (outline && typeof outline.outline !== 'string')
      throw new TypeError('expected a path from createPath: others cannot be written down');
    const place = outline && (state.x !== 0 || state.y !== 0) ? ` transform="translate(${point(0, 0)})"` : '';
    const d = outline ? outline.outline : path.join('');
    if (d !== '') elements.push(`<path d="${d}" ${style}${alpha()}${place}/>`);
  };
  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {string} style */
  const rectangle = (x, y, w, h, style) =>
    elements.push(
      `<rect x="${short(x + state.x)}" y="${short(y + state.y)}" width="${short(w)}" height="${short(h)}" ${style}${alpha()}/>`,
    );

  const context = {
    save() {
      stack.push(state);
      state = { ...state, groups: 0 };
    },
    restore() {
      for (let group = 0; group < state.groups; ++group) elements.push('</g>');
      state = stack.pop() ?? state;
    },
    /** @param {number} x @param {number} y */
    translate(x, y) {
      state.x += x;
      state.y += y;
    },
    getTransform: () => ({ a: 1, b: 0, c: 0, d: 1, e: state.x, f: state.y }),
    /** @param {{ a: number, b: number, c: number, d: number, e: number, f: number }} transform */
    setTransform({ a, b, c, d, e, f }) {
      if (a !== 1 || b !== 0 || c !== 0 || d !== 1) throw new RangeError('a drawing written as SVG is moved, never scaled or turned');
      state.x = e;
      state.y = f;
    },
    beginPath() {
      path = [];
    },
    /** @param {number} x @param {number} y */
    moveTo(x, y) {
      path.push(`M${point(x, y)}`);
    },
    /** @param {number} x @param {number} y */
    lineTo(x, y) {
      path.push(`${path.length === 0 ? 'M' : 'L'}${point(x, y)}`);
    },
    /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} x @param {number} y */
    bezierCurveTo(x1, y1, x2, y2, x, y) {
      path.push(`C${point(x1, y1)} ${point(x2, y2)} ${point(x, y)}`);
    },
    /** @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end */
    arc(x, y, radius, start, end) {
      const at = (/** @type {number} */ angle) => point(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
      // An arc in SVG has two different ends: a circle is drawn as two halves.
      const middle = (start + end) / 2;
      const large = Math.abs(end - start) / 2 > Math.PI ? 1 : 0;
      const sweep = end > start ? 1 : 0;
      const arm = `A${short(radius)} ${short(radius)} 0 ${large} ${sweep} `;
      path.push(`${path.length === 0 ? 'M' : 'L'}${at(start)}${arm}${at(middle)}${arm}${at(end)}`);
    },
    /** @param {number} x @param {number} y @param {number} w @param {number} h */
    rect(x, y, w, h) {
      path.push(`M${point(x, y)}h${short(w)}v${short(h)}h${short(-w)}Z`);
    },
    closePath() {
      path.push('Z');
    },
    /** Until the state is restored. */
    clip() {
      clips += 1;
      elements.push(`<clipPath id="clip${clips}"><path d="${path.join('')}"/></clipPath><g clip-path="url(#clip${clips})">`);
      state.groups += 1;
    },
    /** @param {Outline} [outline] */
    fill: (outline) => draw(outline, fill()),
    /** @param {Outline} [outline] */
    stroke: (outline) => draw(outline, stroke()),
    /** @param {number} x @param {number} y @param {number} w @param {number} h */
    fillRect: (x, y, w, h) => rectangle(x, y, w, h, fill()),
    /** @param {number} x @param {number} y @param {number} w @param {number} h */
    strokeRect: (x, y, w, h) => rectangle(x, y, w, h, stroke()),
    /** @param {readonly number[]} dash */
    setLineDash(dash) {
      state.dash = dash;
    },
    /** @param {string} text */
    measureText: (text) => ({ width: measure(text, state.font) }),
    /** @param {string} text @param {number} x @param {number} y @param {number} [widest] */
    fillText(text, x, y, widest = Infinity) {
      const { size, weight, family } = fontOf(state.font);
      const squeezed = measure(text, state.font) > widest ? ` textLength="${short(widest)}" lengthAdjust="spacingAndGlyphs"` : '';
      const anchor = anchors[state.textAlign] === 'start' ? '' : ` text-anchor="${anchors[state.textAlign]}"`;
      const place = `x="${short(x + state.x)}" y="${short(y + state.y + size * baselines[state.textBaseline])}"`;
      const font = `font-family="${escaped(family)}" font-size="${short(size)}"${weight ? ` font-weight="${weight}"` : ''}`;
      elements.push(`<text ${place} ${font}${anchor}${squeezed} ${fill()}${alpha()}>${escaped(text)}</text>`);
    },
    /**
     * @param {CanvasImageSource & { width: number, height: number }} image
     * @param {...number} places the place on the canvas; before it, where there are eight, the part of the picture
     */
    drawImage(image, ...places) {
      const [left, top, w, h] = places.length === 8 ? places.slice(0, 4) : [0, 0, image.width, image.height];
      const [x, y, shownWidth, shownHeight] = places.slice(-4);
      const rendering = state.imageSmoothingEnabled ? '' : ' image-rendering="pixelated"';
      elements.push(
        `<image x="${short(x + state.x)}" y="${short(y + state.y)}" width="${short(shownWidth)}" height="${short(shownHeight)}"` +
          ` preserveAspectRatio="none"${rendering}${alpha()} href="${imageUrl(image, left, top, w, h)}"/>`,
      );
    },
    /** What stands for a `Path2D`, which keeps its outline to itself. @param {string} outline @returns {Outline} */
    createPath: (outline) => ({ outline }),
  };
  for (const name of properties) {
    Object.defineProperty(context, name, {
      get: () => state[name],
      set: (value) => {
        Object.assign(state, { [name]: value });
      },
    });
  }

  return {
    context: /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)),
    /** @param {string} [background] */
    toString(background) {
      const [w, h] = [short(width), short(height)];
      const paper = background ? `<rect width="${w}" height="${h}" fill="${colorText(background)}"/>\n` : '';
      const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">`;
      return `${head}\n${paper}${elements.join('\n')}\n</svg>\n`;
    },
  };
}

/** Three decimals are finer than any screen. @param {number} value */
function short(value) {
  return String(Number(value.toFixed(3)));
}

/** Colours as every program that reads SVG knows them. @param {string} color */
function colorText(color) {
  return /^(?:#|rgb\()/.test(color) ? color : toCss(parseColor(color));
}

/** @param {string} font `600 13px family` */
function fontOf(font) {
  const [, weight, size, family] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(font) ?? [];
  if (family === undefined) throw new RangeError(`expected a font such as "13px serif", got "${font}"`);
  return { weight, size: Number(size), family };
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
