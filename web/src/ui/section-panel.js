import { LitElement, css, html } from 'lit';
import { baseStyles } from './styles.js';
import { icon } from './icons.js';

/**
 * A titled part of a lab. Where it may fold (`foldable`), the title is a button that opens and closes it; elsewhere it is a plain
 * heading and the content always shows. What stands in `slot="tools"` stays on the title's line. Fires `toggle` with the new state.
 */
export class SectionPanel extends LitElement {
  static properties = {
    heading: { type: String },
    foldable: { type: Boolean, reflect: true },
    open: { type: Boolean, reflect: true },
    level: { type: Number },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        min-height: var(--control-height);
      }

      .heading {
        margin: 0;
        font-size: var(--text-body);
        font-weight: var(--weight-strong);
        line-height: var(--leading-control);
      }

      button {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--control-height);
        margin: 0;
        padding: 0 var(--space-1) 0 0;
        border: 0;
        background: none;
        cursor: pointer;
      }

      .icon-drawing {
        width: 0.75rem;
        height: 0.75rem;
        fill: none;
        stroke: var(--ink-soft);
        stroke-width: 1.8;
        stroke-linecap: round;
        stroke-linejoin: round;
        transition: transform var(--fast) var(--ease);
      }

      button[aria-expanded='true'] .icon-drawing {
        transform: rotate(90deg);
      }

      .body {
        padding-top: var(--space-2);
      }
    `,
  ];

  constructor() {
    super();
    this.heading = '';
    this.foldable = false;
    this.open = false;
    this.level = 2;
  }

  render() {
    const shown = !this.foldable || this.open;
    return html`
      <div class="head" part="head">
        <div class="heading" role="heading" aria-level=${this.level}>
          ${
            this.foldable
              ? html`<button type="button" aria-expanded=${shown} aria-controls="body" @click=${this.#onToggle}>
                  ${icon('more')}${this.heading}
                </button>`
              : this.heading
          }
        </div>
        <slot name="tools" ?hidden=${!shown}></slot>
      </div>
      <div class="body" id="body" part="body" ?hidden=${!shown}><slot></slot></div>
    `;
  }

  #onToggle() {
    this.open = !this.open;
    this.dispatchEvent(new CustomEvent('toggle', { detail: this.open, bubbles: false }));
  }
}
