import { LitElement, css, html, nothing } from 'lit';
import { icon } from './icons.js';
import { baseStyles, buttonStyles } from './styles.js';

/** @import { IconName } from './icons.js' */

/** @typedef {{ id: string, label: string, icon: IconName, disabled?: boolean, reason?: string }} MenuItem */

/**
 * A button with a short menu of actions. Fires `choose` with the item's id in `event.detail`; what came of it is shown in its place, as
 * `message`.
 */
export class MenuControl extends LitElement {
  static properties = {
    label: { type: String },
    drawing: { type: String },
    items: { attribute: false },
    message: { type: String },
    open: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        position: relative;
        display: inline-block;
      }

      .items {
        display: grid;
      }

      .sheet {
        position: absolute;
        top: calc(100% + var(--space-1));
        left: 0;
        z-index: 2;
        min-width: 100%;
        width: max-content;
        max-width: min(20rem, 80vw);
        padding: var(--space-1);
        border: var(--hairline) solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--paper-raised);
      }

      .sheet .button {
        justify-content: flex-start;
        min-height: max(var(--control-height), var(--touch-target));
      }

      .message {
        margin: 0;
        padding: var(--space-2) var(--space-3);
        color: var(--ink-soft);
        line-height: var(--leading-text);
        overflow-wrap: anywhere;
      }

      .message:empty {
        padding: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    /** @type {IconName} */
    this.drawing = 'more';
    /** @type {readonly MenuItem[]} */
    this.items = [];
    this.message = '';
    this.open = false;
  }

  render() {
    return html`
      <button
        type="button"
        class="button"
        id="opener"
        aria-haspopup="menu"
        aria-expanded=${this.open}
        @click=${() => (this.open ? this.#close() : this.#show())}
        @keydown=${this.#onOpenerKey}
      >
        ${icon(this.drawing)}${this.label}
      </button>
      ${
        this.open
          ? html`
              <div class="sheet" @focusout=${this.#onFocusOut} @keydown=${this.#onKey}>
                <div role="menu" aria-label=${this.label} class="items">
                  ${this.items.map(
                    ({ id, label, icon: drawing, disabled = false, reason }) => html`
                      <button
                        type="button"
                        class="button quiet"
                        role="menuitem"
                        title=${disabled && reason ? reason : nothing}
                        ?disabled=${disabled}
                        @click=${() => this.dispatchEvent(new CustomEvent('choose', { detail: id }))}
                      >
                        ${icon(drawing)}${label}
                      </button>
                    `,
                  )}
                </div>
                <p class="message" role="status">${this.message}</p>
              </div>
            `
          : nothing
      }
    `;
  }

  async #show() {
    this.message = '';
    this.open = true;
    await this.updateComplete;
    this.#entries()[0]?.focus();
  }

  #close() {
    this.open = false;
    const opener = this.renderRoot.querySelector('#opener');
    if (opener instanceof HTMLElement) opener.focus();
  }

  /** @returns {HTMLButtonElement[]} */
  #entries() {
    return [.../** @type {NodeListOf<HTMLButtonElement>} */ (this.renderRoot.querySelectorAll('[role="menuitem"]:enabled'))];
  }

  /** @param {KeyboardEvent} event */
  #onOpenerKey(event) {
    if (event.key !== 'ArrowDown' || this.open) return;
    event.preventDefault();
    this.#show();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const entries = this.#entries();
    const at = entries.findIndex((entry) => entry.matches(':focus'));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === 'Escape') this.#close();
    else if (next !== undefined) entries.at(next % entries.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {FocusEvent} event */
  #onFocusOut({ relatedTarget }) {
    // A press on the button itself closes by its click; a file chooser takes the focus of the window, not of the menu.
    const inside = relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget);
    if (!inside && document.hasFocus()) this.open = false;
  }
}
