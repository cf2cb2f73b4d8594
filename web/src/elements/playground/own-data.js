/**
 * The reader's own points in a lab: what was done to them, the run that is made of them, and a copy that outlives other data sets and
 * the page's next visit within a session.
 */
import { classesOf, withOwnData } from '../../state/edits.js';
import { fromBase64Url, toBase64Url } from '../../state/base64.js';
import { MOST_LINK_POINTS } from '../../state/link.js';
import {
  copiedPoints,
  createHistory,
  documentOfPoints,
  holdsPoints,
  noPoints,
  ownPoints,
  pointsOfDocument,
} from '../../state/own-points.js';
import { pack, unpack } from '../../state/packed.js';

/**
 * @import { Experiment } from '../../engine/types.js'
 * @import { OwnPoints } from '../../state/own-points.js'
 * @import { PlaygroundElement } from '../playground.js'
 */

const STORAGE_KEY = 'mlp-playground.own-data';

/** Fires `change` whenever the points are others. */
export class OwnData extends EventTarget {
  #lab;
  #history;
  /** The arrays of which runs were asked for: one that comes back is no news. @type {WeakSet<object>} */
  #sent = new WeakSet();
  /** The last generated data that were seen, for copies. @type {{ id: string, points: OwnPoints } | undefined} */
  #seen;

  /** What the copy was made of. @type {object | undefined} */
  #seenPoints;

  /** @param {PlaygroundElement} lab */
  constructor(lab) {
    super();
    this.#lab = lab;
    this.#history = createHistory(remembered() ?? noPoints(2));
  }

  get points() {
    return this.#history.present;
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /** Whether the points are what the lab is about, and may be changed. */
  get active() {
    const { data } = this.#lab.shown;
    return this.editable && holdsPoints(data);
  }

  get editable() {
    return !this.#lab.isLocked('data.inputs') && !this.#lab.isLocked('data.id');
  }

  /** No run can be made of no points: the lab waits for the first one. */
  get empty() {
    return this.active && this.points.rows === 0;
  }

  get tooLargeForLink() {
    return this.points.rows > MOST_LINK_POINTS;
  }

  get limit() {
    return Number(this.#lab.catalog.limits.samples);
  }

  /** The points that are on the plane, own or not; undefined where the data have other inputs. */
  get shown() {
    if (this.active) return this.points;
    this.see();
    return this.#lab.running?.experiment.data.id === this.#seen?.id ? this.#seen?.points : undefined;
  }

  /** What can be copied: the points of the last data set that was not the reader's own. */
  get seen() {
    return this.#seen;
  }

  /** Takes note of what the lab shows, so that it can be copied. */
  see() {
    const { running } = this.#lab;
    if (!running || running.experiment.data.id === 'table' || running.train === this.#seenPoints) return;
    this.#seenPoints = running.train;
    this.#seen = this.#copyOfShown();
  }

  /** Makes the points the lab's data: those of before where there are any, else a copy of what is seen. */
  async start() {
    if (this.active) return;
    // Where nothing can be copied there is a point of each class, as no run can be made of none.
    if (this.points.rows === 0) {
      const beginning = this.#seen?.points ?? ownPoints(2, [-2, 0, 2, 0], [0, 1]);
      if (this.canUndo) this.#history.push(beginning);
      else this.#history = createHistory(beginning);
    }
    await this.#apply(true);
  }

  /**
   * Other points. What was learned stays, unless they come from elsewhere.
   * @param {OwnPoints} points
   * @param {{ keep?: boolean }} [options]
   */
  async change(points, { keep = true } = {}) {
    if (!this.#history.push(points) && this.active) return;
    await this.#apply(keep);
  }

  async undo() {
    this.#history.undo();
    await this.#apply(true);
  }

  async redo() {
    this.#history.redo();
    await this.#apply(true);
  }

  /**
   * Points that are just being painted: they are drawn, and taken when the stroke ends.
   * @param {OwnPoints} points
   */
  sketch(points) {
    this.#lab.stage?.sketch(points);
  }

  /**
   * A run stands ready: its data may be own points that came with a link or a file, or those that were asked for here.
   * @param {Experiment} experiment with its bulk arrays
   */
  runCreated(experiment) {
    const inputs = /** @type {object | undefined} */ (experiment.data?.inputs);
    const points = pointsOfDocument(experiment.data);
    if (!points || !inputs) {
      this.see();
      this.#lab.stage?.settleSketch();
    } else if (inputs === this.points.inputs) {
      this.#lab.stage?.settleSketch();
    } else if (!this.#sent.has(inputs)) {
      this.#history.push(points);
      this.#sent.add(inputs);
      this.#lab.stage?.settleSketch();
      remember(points);
    }
    // Else more was painted meanwhile: that stays on the plane, the run that has it is on its way.
    this.#changed();
  }

  #copyOfShown() {
    const { running, catalog } = this.#lab;
    if (!running) return undefined;
    const parts = [running.train, ...(running.test ? [running.test] : [])];
    if (parts.some(({ inputs, rows }) => inputs.length !== rows * 2)) return undefined;
    return { id: running.experiment.data.id, points: copiedPoints(classesOf(running.experiment, catalog), parts) };
  }

  /** @param {boolean} keep */
  async #apply(keep) {
    const { points } = this;
    remember(points);
    this.sketch(points);
    this.#changed();
    if (points.rows === 0) {
      await this.#lab.pause();
      return;
    }
    this.#sent.add(points.inputs);
    await this.#lab.edit(withOwnData(this.#lab.shown, documentOfPoints(points), this.#lab.catalog), { keep });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
    this.#lab.requestUpdate();
  }
}

/** @returns {OwnPoints | undefined} */
function remembered() {
  try {
    const { classes, packed } = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}');
    const bytes = typeof packed === 'string' ? fromBase64Url(packed) : null;
    const points = bytes ? unpack(bytes).points : undefined;
    const values = points?.labels ?? points?.targets;
    return points && values && points.columns === 2 && Number.isInteger(classes) ? ownPoints(classes, points.inputs, values) : undefined;
  } catch (error) {
    // No storage, or not our text: there is nothing to remember, and that is a state like any other.
    if (error instanceof DOMException || error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @param {OwnPoints} points */
function remember(points) {
  if (points.rows === 0) return;
  const { columns, inputs, labels, targets, classes = 0, outputs } = documentOfPoints(points);
  try {
    const packed = toBase64Url(pack({ points: { columns, inputs, labels, targets, outputs } }));
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ classes, packed }));
  } catch (error) {
    // A browser without storage, or a full one: the points live as long as the page.
    if (!(error instanceof DOMException)) throw error;
  }
}
