import { LitElement, css, html, nothing } from 'lit';
import { baseStyles } from '../ui/styles.js';
import { createCanvas } from '../view/canvas.js';

/** @import { Picture, Surface } from '../view/canvas.js' */
/** @import { Theme } from '../view/color.js' */

/**
 * @typedef {object} PictureItem
 * @property {string} label what a screen reader says and the pointer shows
 * @property {string} [caption] the word below the picture
 * @property {boolean} [wrong] marks the caption
 * @property {string} [note] a number below that
 */

/**
 * @template M
 * @typedef {{ draw: (model: M) => void, setTheme: (theme: Theme) => void, dispose: () => void }} PictureView
 */

/** On a narrow screen six pictures stand side by side: this many hundredths of the width each. */
const NARROW_SHARE = 15;

/** Of captions in a picture that leaves the page, in CSS pixels. */
const CAPTION_SIZE = 13;

/** Where a picture stands in the grid, in CSS pixels. @typedef {{ x: number, y: number, width: number, height: number }} Place */

/**
 * Small pictures side by side, each of which can be chosen. One stop of the Tab key: within it the arrow keys walk. The pictures are
 * drawn with `draw`, as often as one likes, without touching the rest. Fires `change` with the index in `event.detail`.
 * What is seen is one canvas behind the buttons: a hundred of them on a page cost the browser more than all that is drawn on them.
 */
export class PictureGrid extends LitElement {
  static properties = {
    label: { type: String },
    items: { attribute: false },
    selected: { type: Number },
    theme: { attribute: false },
    view: { attribute: false },
    size: { type: Number },
    columns: { type: Number },
    smooth: { type: Boolean, reflect: true },
    strips: { type: Boolean, reflect: true },
    current: { state: true },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        container-type: inline-size;
      }

      .grid {
        position: relative;
        display: grid;
        grid-template-columns: repeat(var(--columns, auto-fill), var(--track, 56px));
        gap: var(--picture-gap, 6px);
        align-items: start;
      }

      .sheet {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        pointer-events: none;
      }

      button {
        position: relative;
        display: block;
        width: 100%;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
        border-radius: 2px;
        background: none;
        color: var(--ink-soft);
        cursor: pointer;
        touch-action: manipulation;
      }

      .picture {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        border-radius: 2px;
        outline: var(--hairline) solid var(--line);
      }

      @media (pointer: coarse) {
        :host(:not([strips])) .grid {
          grid-template-columns: repeat(auto-fill, minmax(var(--touch-target), 1fr));
        }
      }

      :host([strips]) .grid {
        gap: 1px;
      }

      :host([strips]) button {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }

      :host([strips]) .picture {
        flex: 1;
        min-width: 0;
        height: 0.9rem;
        aspect-ratio: auto;
        border-radius: 0;
      }

      :host([strips]) .caption {
        order: -1;
        min-width: 1ch;
        padding: 0;
      }

      button:hover .picture {
        outline-color: var(--line-strong);
      }

      button[aria-pressed='true'] .picture {
        outline: 2px solid var(--accent);
      }

      .caption {
        display: block;
        min-height: 1.3em;
        padding-top: 0.1rem;
        text-align: center;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        line-height: var(--leading-control);
      }

      .remark {
        display: block;
        color: var(--ink-faint);
        font-size: 0.6875rem;
        text-align: center;
        line-height: var(--leading-control);
      }

      .wrong {
        color: var(--warning);
        font-weight: var(--weight-strong);
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    /** @type {readonly PictureItem[]} */
    this.items = [];
    this.selected = -1;
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {((canvas: HTMLCanvasElement, theme: Theme) => PictureView<never>) | undefined} */
    this.view = undefined;
    /** Side of a picture in CSS pixels; with a number of columns, the largest that it may be. */
    this.size = 56;
    /** How many stand side by side; 0 for as many as fit. */
    this.columns = 0;
    this.smooth = false;
    /** Whether each picture is a low strip of its own width; its caption stands before it. */
    this.strips = false;
    this.current = 0;
    /** What the views draw on, one pixel for each value; on no page. @type {HTMLCanvasElement[]} */
    this.canvases = [];
    /** @type {PictureView<never>[]} */
    this.views = [];
    /** @type {((view: PictureView<never>, index: number) => void) | undefined} */
    this.painter = undefined;
  }

  /** @type {ReturnType<typeof createCanvas> | undefined} */
  #sheet;
  /** Of the pictures on the sheet, and the size that it had when they were read: they are read again when they may have moved. */
  /** @type {Place[]} */
  #places = [];
  #placedFor = '';

  /**
   * Draws every picture, now or as soon as they exist.
   * @template M
   * @param {(view: PictureView<M>, index: number) => void} painter
   */
  draw(painter) {
    this.painter = /** @type {(view: PictureView<never>, index: number) => void} */ (painter);
    if (this.views.length === this.items.length) this.#paintAll();
  }

  #paintAll() {
    if (this.painter) this.views.forEach(this.painter);
    this.#sheet?.redraw();
  }

  /** @param {Surface} surface */
  #paintSheet({ context, width, height }) {
    const size = `${width} ${height}`;
    if (this.#places.length !== this.views.length || this.#placedFor !== size) {
      this.#places = placesIn(this.renderRoot);
      this.#placedFor = size;
    }
    context.imageSmoothingEnabled = this.smooth;
    this.#places.forEach((place, index) => context.drawImage(this.canvases[index], place.x, place.y, place.width, place.height));
  }

  /**
   * All pictures as they stand side by side, with their captions, as one picture.
   * @param {Theme} theme
   * @returns {Picture}
   */
  picture(theme) {
    const whole = this.renderRoot.querySelector('.grid')?.getBoundingClientRect();
    if (!whole || this.views.length === 0) return { width: 0, height: 0, paint: () => {} };
    const captions = [...this.renderRoot.querySelectorAll('button')].map((button) =>
      button.querySelector('.caption')?.getBoundingClientRect(),
    );
    const cells = placesIn(this.renderRoot).map((place, index) => {
      const words = captions[index];
      return {
        canvas: this.canvases[index],
        place,
        caption: words && {
          text: this.items[index]?.caption ?? '',
          x: words.left + words.width / 2 - whole.left,
          y: words.top + words.height / 2 - whole.top,
        },
      };
    });
    return {
      width: Math.max(...cells.map(({ place }) => place.x + place.width)),
      height: whole.height,
      paint(context) {
        context.imageSmoothingEnabled = false;
        context.font = `${CAPTION_SIZE}px ${theme.font}`;
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        context.fillStyle = theme.ink;
        for (const { canvas, place, caption } of cells) {
          context.drawImage(canvas, place.x, place.y, place.width, place.height);
          if (caption?.text) context.fillText(caption.text, caption.x, caption.y);
        }
      },
    };
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const { theme, view } = this;
    if (changed.has('size') || changed.has('columns')) {
      const { size, columns } = this;
      this.style.setProperty('--columns', columns > 0 ? String(columns) : 'auto-fill');
      this.style.setProperty('--track', columns > 0 ? `minmax(0, ${size}px)` : `min(${size}px, ${NARROW_SHARE}cqi)`);
    }
    if (!theme || !view) return;
    const count = this.items.length;
    const kept = changed.has('view') ? 0 : count;
    for (const old of this.views.splice(kept)) old.dispose();
    this.canvases.splice(kept);
    for (let index = this.views.length; index < count; ++index) {
      const canvas = this.ownerDocument.createElement('canvas');
      this.canvases.push(canvas);
      this.views.push(view(canvas, theme));
    }
    if (changed.has('theme')) for (const each of this.views) each.setTheme(theme);
    this.#places = [];
    const sheet = this.renderRoot.querySelector('canvas');
    if (sheet && !this.#sheet) this.#sheet = createCanvas(sheet, (surface) => this.#paintSheet(surface));
    if (changed.has('items') || changed.has('view')) this.#paintAll();
    else this.#sheet?.redraw();
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sheet?.dispose();
    this.#sheet = undefined;
  }

  render() {
    const current = Math.min(this.current, Math.max(0, this.items.length - 1));
    return html`
      <div class="grid" role="group" aria-label=${this.label} @keydown=${this.#onKey}>
        <canvas class="sheet" aria-hidden="true"></canvas>
        ${this.items.map(
          ({ label, caption, wrong, note }, index) => html`
            <button
              type="button"
              aria-label=${label}
              title=${label}
              aria-pressed=${index === this.selected ? 'true' : 'false'}
              tabindex=${index === current ? 0 : -1}
              @click=${() => this.#choose(index)}
              @focus=${() => (this.current = index)}
            >
              <span class="picture"></span>
              ${caption === undefined ? nothing : html`<span class="caption ${wrong ? 'wrong' : ''}">${caption}</span>`}
              ${note === undefined ? nothing : html`<span class="remark">${note}</span>`}
            </button>
          `,
        )}
      </div>
    `;
  }

  /** @param {number} index */
  #choose(index) {
    this.dispatchEvent(new CustomEvent('change', { detail: index, bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = this.renderRoot.querySelectorAll('button');
    const columns = columnsOf(buttons);
    const last = buttons.length - 1;
    const target = {
      ArrowLeft: this.current - 1,
      ArrowRight: this.current + 1,
      ArrowUp: this.current - columns,
      ArrowDown: this.current + columns,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    if (target >= 0 && target <= last) buttons[target].focus();
  }
}

/**
 * How many stand in the first row.
 * @param {NodeListOf<HTMLElement>} elements
 */
function columnsOf(elements) {
  const top = elements[0]?.offsetTop;
  const below = [...elements].findIndex((element) => element.offsetTop !== top);
  return below < 0 ? elements.length : below;
}

/**
 * Where the pictures stand, measured from the grid's corner.
 * @param {Element | DocumentFragment} root
 * @returns {Place[]}
 */
function placesIn(root) {
  const whole = root.querySelector('.grid')?.getBoundingClientRect();
  if (!whole) return [];
  return [...root.querySelectorAll('.picture')].map((picture) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    return { x: left - whole.left, y: top - whole.top, width, height };
  });
}
