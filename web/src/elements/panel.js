import { LitElement, css } from 'lit';
import { translator } from '../text/text.js';
import { baseStyles, buttonStyles, fieldStyles } from '../ui/styles.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../engine/client.js'
 * @import { Language } from '../text/text.js'
 * @import { Theme } from '../view/color.js'
 */

/**
 * What every panel asks of the lab that it belongs to.
 * @typedef {object} PanelOwner
 * @property {RemoteRun | null} run
 * @property {boolean} playing
 * @property {(thrown: unknown) => void} showError
 */

/** Milliseconds between two updates while training runs: panels are read, not watched. */
const INTERVAL = 200;

/**
 * A panel of a lab: closed at first, loaded when it is opened for the first time, at no cost while it is closed. It asks the run itself
 * for what it shows, in `refresh`, which is called after frames at reading speed and once more when the last one is drawn.
 * @template {PanelOwner} Owner
 */
export class LabPanel extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    lab: { attribute: false },
    language: { type: String },
    theme: { attribute: false },
  };

  /** @type {import('lit').CSSResultGroup} */
  static styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
    `,
  ];

  /** Milliseconds between two calls of `refresh` while training runs. */
  static interval = INTERVAL;

  #busy = false;
  #stale = false;
  #refreshedAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super();
    /** @type {Owner | undefined} */
    this.lab = undefined;
    /** @type {Language} */
    this.language = 'en';
    /** @type {Theme | undefined} */
    this.theme = undefined;
  }

  /** The labs' common words. A panel with words of its own makes its own translator of them. */
  get t() {
    return translator(this.language);
  }

  /** Whether there is something to show of the run. */
  get prepared() {
    return true;
  }

  /**
   * Fetches and shows what the panel shows of the run as it is now. Called never twice at once.
   * @param {RemoteRun} _run
   * @returns {Promise<void> | void}
   */
  refresh(_run) {}

  /** The run was drawn: the panel follows when it is its time. */
  frameDrawn() {
    this.#stale = true;
    this.#schedule();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('theme')) this.frameDrawn();
  }

  #schedule() {
    if (this.#busy || this.#timer !== undefined || !this.#stale) return;
    const { interval } = /** @type {typeof LabPanel} */ (this.constructor);
    const wait = this.lab?.playing ? this.#refreshedAt + interval - performance.now() : 0;
    if (wait <= 0) this.#refresh();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#refresh();
      }, wait);
    }
  }

  async #refresh() {
    const run = this.lab?.run;
    if (!run || run.disposed || !this.prepared || !this.isConnected) return;
    this.#stale = false;
    this.#busy = true;
    this.#refreshedAt = performance.now();
    try {
      await this.refresh(run);
    } catch (thrown) {
      // What was asked of a run that another has replaced meanwhile concerns nobody.
      if (this.lab?.run === run) this.lab.showError(thrown);
    } finally {
      this.#busy = false;
      this.#schedule();
    }
  }
}
