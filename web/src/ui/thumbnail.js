import { LitElement, css, html } from 'lit';
import { createThumbnail } from '../view/thumbnail.js';

/**
 * @import { Theme } from '../view/color.js'
 * @import { Picture } from '../view/thumbnail.js'
 */

/** A small picture of a data set or of a function over the plane, decoration to the choice that it stands in. */
export class Thumbnail extends LitElement {
  static properties = {
    picture: { attribute: false },
    theme: { attribute: false },
  };

  static styles = css`
    :host {
      display: block;
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
      forced-color-adjust: none;
    }
  `;

  /** @type {ReturnType<typeof createThumbnail> | undefined} */
  #view;

  constructor() {
    super();
    /** @type {Picture | undefined} */
    this.picture = undefined;
    /** @type {Theme | undefined} */
    this.theme = undefined;
  }

  render() {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  updated() {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas || !this.theme || !this.picture) return;
    this.#view ??= createThumbnail(canvas);
    this.#view.draw(this.picture, this.theme);
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#view?.dispose();
    this.#view = undefined;
  }
}
