import { LitElement, css, html, nothing } from 'lit';
import { canTrace, heldIndices, meanOutputs, shareOf, sumDeltas, traceBatch } from './batch-trace.js';
import { nameOfNeuron, nameOfParameter, parameterIndex } from './parameters.js';
import { phaseAfter, phases, standingOf, wayTo } from './phases.js';
import { createFeatureProbe } from './trace.js';
import { formatMoved, updateFormula } from './update-formula.js';
import { updateRule } from './update-rule.js';
import { classesOf, entryOf, idOf } from '../../state/edits.js';
import { parameterLayout } from '../../state/parameter-layout.js';
import { phasesTranslator } from '../../text/phases.js';
import { formatCount, formatField, formatFixed, formatNumber, labelIn, translator } from '../../text/text.js';
import { icon } from '../../ui/icons.js';
import { baseStyles, buttonStyles } from '../../ui/styles.js';
import { createFlow, formatSlope } from '../../view/network-flow.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../engine/client.js'
 * @import { CommandResults } from '../../engine/commands.js'
 * @import { Budget, FilledExperiment, Progress } from '../../engine/types.js'
 * @import { Language } from '../../text/text.js'
 * @import { DiagramFlow, ParameterPlace } from '../../view/network-diagram.js'
 * @import { Points } from '../../view/surface.js'
 * @import { BatchTrace, SampleTrace } from './batch-trace.js'
 * @import { PanelLab, Running } from './panels/panel.js'
 * @import { Phase } from './phases.js'
 * @import { createStage } from './stage.js'
 * @import { ChosenPoint } from './trace.js'
 */

/**
 * What a phase puts on the page: its name, and what the drawings show of it.
 * @typedef {{ phase: Phase, batch?: Points, flow?: DiagramFlow }} StagedPhase
 */

/**
 * What the strip asks of the lab beyond what panels do.
 * @typedef {PanelLab & {
 *   visible: boolean,
 *   selected: ParameterPlace | undefined,
 *   stage: ReturnType<typeof createStage> | undefined,
 *   pause: () => Promise<void>,
 *   advance: (budget: Budget) => Promise<Progress>,
 *   chooseParameter: (place: ParameterPlace) => void,
 *   showPhase: (staged: StagedPhase | undefined) => void,
 *   togglePhases: (open: boolean) => Promise<void>,
 * }} StripLab
 */

/** @typedef {CommandResults['foresee'] & { experiment: FilledExperiment }} Foreseen */

/** The step that is gone through. @typedef {{ phase: Phase, foreseen: Foreseen, trace: BatchTrace | undefined }} Shown */

/** A row of the table of all parameters. @typedef {{ index: number, place: ParameterPlace | undefined, name: string }} ParameterRow */

/** Milliseconds that a phase stays in slow motion. */
const SLOW_PHASE = 800;
/** Milliseconds that values take through the whole network. */
const MOTION = 240;
const MOST_SAMPLES = 40;
const MOST_OUTPUTS = 4;
const MOST_PARAMETERS = 60;

/** For the lab around the strip. */
export const phaseStyles = css`
  /* What a phase of a step concerns lights up, with an arrow for the way that it takes. */
  .lab[data-phase='batch'] > .input,
  .lab[data-phase='forward'] > :is(.input, .architecture, .output),
  .lab[data-phase='loss'] > :is(.output, .loss),
  .lab[data-phase='backward'] > :is(.loss, .output, .architecture),
  .lab[data-phase='update'] > :is(.optimizer, .architecture) {
    box-shadow: inset 0 2px var(--accent);
  }

  .lab[data-layout='wide'][data-phase] > :is(.input, .output, .loss, .optimizer) {
    position: relative;
  }

  .lab[data-layout='wide'][data-phase] > mlp-section:not(.architecture)::before {
    position: absolute;
    z-index: 1;
    padding: 0 0.2rem;
    background: var(--paper);
    color: var(--accent);
    font-size: 1.5rem;
    font-weight: var(--weight-strong);
    line-height: 1;
    transform: translate(-50%, -50%);
  }

  .lab[data-layout='wide'][data-phase='forward'] > :is(.input, .output)::before {
    content: '→' / '';
    top: 10rem;
    left: calc(var(--space-6) / -2);
  }

  .lab[data-layout='wide'][data-phase='forward'] > .input::before {
    left: calc(100% + var(--space-6) / 2);
  }

  .lab[data-layout='wide'][data-phase='loss'] > .loss::before {
    content: '↓' / '';
    top: 0;
    left: 50%;
  }

  .lab[data-layout='wide'][data-phase='backward'] > .loss::before {
    content: '↑' / '';
    top: 0;
    left: 50%;
  }

  .lab[data-layout='wide'][data-phase='backward'] > .output::before {
    content: '←' / '';
    top: 10rem;
    left: calc(var(--space-6) / -2);
  }

  .lab[data-layout='wide'][data-phase='update'] > .optimizer::before {
    content: '↑' / '';
    top: 0;
    left: 50%;
  }
`;

/** One training step, phase by phase. */
export class PhaseStrip extends LitElement {
  static properties = {
    lab: { attribute: false },
    running: { attribute: false },
    language: { type: String },
    point: { attribute: false },
    selected: { attribute: false },
    slow: { type: Boolean },
    shown: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        container-type: inline-size;
        border-bottom: var(--hairline) solid var(--line);
      }

      .strip {
        display: grid;
        grid-template-columns: minmax(0, 35rem) minmax(0, 1fr) auto;
        gap: var(--space-2) var(--space-6);
        padding: var(--space-3) 0;
      }

      .course {
        display: flex;
        flex-direction: column;
        gap: var(--space-2);
        min-width: 0;
        min-height: 11.25rem;
      }

      ol {
        position: relative;
        display: flex;
        gap: var(--space-1);
        max-width: 100%;
        margin: 0;
        padding: 0;
        overflow-x: auto;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        gap: var(--space-1);
      }

      li:not(:last-child)::after {
        content: '→';
        color: var(--ink-faint);
      }

      li .number {
        color: var(--ink-faint);
      }

      [aria-current='step'] {
        border-color: var(--accent);
        background: var(--accent-wash);
        color: var(--accent-strong);
        font-weight: var(--weight-strong);
      }

      /* The strong word decides the width, so nothing moves when the phase changes. */
      .word::after {
        content: attr(data-word);
        display: block;
        height: 0;
        overflow: hidden;
        visibility: hidden;
        font-weight: var(--weight-strong);
      }

      li .button {
        gap: var(--space-1);
      }

      .next {
        align-self: flex-start;
        min-width: 12.5rem;
      }

      .close {
        grid-row: 1;
        grid-column: 3;
        align-self: start;
      }

      .says {
        margin: 0;
        line-height: var(--leading-text);
      }

      .says p {
        margin: 0;
      }

      /* As high as what is said beside it, whatever it holds. */
      .details {
        grid-column: 2;
        height: 0;
        min-height: 100%;
        overflow: auto;
        overscroll-behavior-inline: contain;
      }

      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        height: 1.45rem;
        padding: 0 var(--space-2);
        text-align: right;
        white-space: nowrap;
      }

      th {
        color: var(--ink-faint);
        font-weight: normal;
      }

      :is(th, td):first-child {
        padding-left: 0;
        text-align: left;
      }

      tbody tr {
        border-top: var(--hairline) solid var(--line);
      }

      th[scope='row'] {
        position: sticky;
        left: 0;
        background: var(--paper);
      }

      thead th {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--paper);
      }

      [data-chosen],
      [data-chosen] th[scope='row'] {
        background: var(--accent-wash);
      }

      .look {
        min-width: 2rem;
        height: 1.45rem;
        padding: 0 var(--space-1);
        border: 0;
        border-radius: var(--radius-small);
        background: none;
        cursor: pointer;
        text-align: inherit;
      }

      .look:hover {
        text-decoration: underline;
      }

      .look[aria-pressed='true'] {
        color: var(--accent-strong);
        font-weight: var(--weight-strong);
      }

      .faint {
        color: var(--ink-soft);
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.15em 0.4em;
        min-height: 1.75rem;
        font-size: var(--text-body);
      }

      @media (pointer: coarse) {
        .look {
          min-width: 2.75rem;
          height: 2.75rem;
        }
      }

      @container (max-width: 64rem) {
        .strip {
          grid-template-columns: minmax(0, 1fr) auto;
        }

        .course {
          min-height: 0;
        }

        .close {
          grid-column: 2;
        }

        .details {
          grid-row: 2;
          grid-column: 1 / -1;
          height: 11.25rem;
          min-height: 0;
        }
      }

      @container (max-width: 30rem) {
        .strip {
          grid-template-columns: minmax(0, 1fr);
        }

        .close {
          grid-column: 1;
          justify-self: end;
        }

        .course {
          grid-row: 2;
        }

        .details {
          grid-row: 3;
        }

        ol {
          flex-wrap: wrap;
        }

        .next {
          width: 100%;
        }
      }

      @media (forced-colors: active) {
        [aria-current='step'] {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
        }
      }
    `,
  ];

  /** @type {Promise<void> | undefined} */
  #going;
  /** @type {{ key: string, probe: ReturnType<typeof createFeatureProbe> } | undefined} */
  #probe;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** The highest that the strip has been at its present width: it shrinks no more, so that what lies below keeps its place. */
  #largest = { width: 0, height: 0 };
  #animation = 0;

  constructor() {
    super();
    /** @type {StripLab | undefined} */
    this.lab = undefined;
    /** @type {Running | undefined} */
    this.running = undefined;
    /** @type {Language} */
    this.language = 'en';
    /** @type {ChosenPoint | undefined} */
    this.point = undefined;
    /** @type {ParameterPlace | undefined} */
    this.selected = undefined;
    /** Whether it goes on by itself. */
    this.slow = false;
    /** @type {Shown | undefined} */
    this.shown = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    cancelAnimationFrame(this.#animation);
    this.clear();
    // The worker need not keep a run for a strip that is closed.
    this.#probe?.probe.then(
      (probe) => probe.dispose(),
      () => undefined,
    );
    this.#probe = undefined;
  }

  /** The step that was gone through is none of this run any more. */
  clear() {
    this.shown = undefined;
    this.lab?.showPhase(undefined);
  }

  /** On by one phase. */
  next() {
    return this.go(phaseAfter(this.shown?.phase));
  }

  /** Through all that is left of the step; a whole one where none is under way. */
  finish() {
    // After an update the step that follows is a new one, up to its own update.
    if (this.shown?.phase === 'update') this.shown = undefined;
    return this.go('update');
  }

  /**
   * Shows a phase, and makes the step where that is what it takes. A press while the answer to the one before is on its way is none.
   * @param {Phase} phase
   * @returns {Promise<void>}
   */
  go(phase) {
    this.#going ??= this.#go(phase).finally(() => {
      this.#going = undefined;
      // Pictures that came meanwhile were not looked at.
      this.frameDrawn();
    });
    return this.#going;
  }

  /** @param {Phase} phase */
  async #go(phase) {
    const { lab } = this;
    const run = lab?.run;
    if (!lab || !run || !lab.running) return;
    try {
      if (!this.slow) await lab.pause();
      if (run.progress.status === 'diverged') return;
      const way = wayTo(this.shown?.phase, phase);
      const shown = way.foresee || !this.shown ? await this.#foresee(lab, run) : this.shown;
      if (way.step) await lab.advance({ steps: 1 });
      if (run !== lab.run || !this.isConnected) return;
      this.shown = { ...shown, phase };
      this.#present({ moving: true });
    } catch (thrown) {
      // What was asked of a run that another has replaced meanwhile concerns nobody.
      if (run === lab.run) lab.showError(thrown);
    }
  }

  /**
   * @param {StripLab} lab
   * @param {RemoteRun} run
   * @returns {Promise<Omit<Shown, 'phase'>>}
   */
  async #foresee(lab, run) {
    const { experiment, train } = /** @type {Running} */ (lab.running);
    const foreseen = { ...(await run.call('foresee')), experiment };
    const { rows, parameters } = foreseen;
    if (!canTrace(rows.length, parameters.length)) return { foreseen, trace: undefined };
    const features = experiment.data.features ?? [];
    const columns = train.inputs.length / train.rows;
    const key = JSON.stringify([features, columns]);
    if (this.#probe?.key !== key) {
      this.#probe?.probe.then(
        (probe) => probe.dispose(),
        () => undefined,
      );
      this.#probe = { key, probe: createFeatureProbe(lab.client, features, columns) };
    }
    const inputs = Array.from(rows, (row) => Array.from({ length: columns }, (_, column) => train.inputs[row * columns + column])).flat();
    const trace = await traceBatch(lab.client, {
      experiment,
      catalog: lab.catalog,
      classes: classesOf(experiment, lab.catalog),
      foreseen,
      features: await (await this.#probe.probe).at(inputs),
      targets: Array.from(rows, (row) => train.values[row]),
    });
    return { foreseen, trace };
  }

  /** The run was drawn: what is shown of the step may not be true any more. */
  frameDrawn() {
    const { lab, shown } = this;
    const { stage, run } = lab ?? {};
    if (!lab || !shown || !stage || !run || this.#going) return;
    const experiment = lab.running?.experiment ?? shown.foreseen.experiment;
    const standing = standingOf(shown.phase, shown.foreseen, { step: stage.step, parameters: stage.parameters, experiment });
    if (standing === 'gone') this.clear();
    else if (standing === 'changed') this.#refresh(lab, run, shown.phase);
  }

  /**
   * The same phase of the step that it has become.
   * @param {StripLab} lab
   * @param {RemoteRun} run
   * @param {Phase} phase
   */
  #refresh(lab, run, phase) {
    const renew = async () => {
      try {
        const shown = await this.#foresee(lab, run);
        if (run !== lab.run || !this.isConnected) return;
        this.shown = { ...shown, phase };
        this.#present({ moving: false });
      } catch (thrown) {
        if (run === lab.run) lab.showError(thrown);
      }
    };
    this.#going = renew().finally(() => {
      this.#going = undefined;
      this.frameDrawn();
    });
  }

  firstUpdated() {
    // Whoever opens the step wants to see how it begins.
    if (!this.lab?.playing) this.next();
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    // Another sample is looked at: its numbers take the place of the others.
    if (changed.has('point') && this.shown) this.#present({ moving: false });
    this.#keepHeight();
    const list = this.renderRoot.querySelector('ol');
    const current = this.renderRoot.querySelector('li:has([aria-current])');
    // Where they do not all find room, the present phase is in sight.
    if (list && current instanceof HTMLElement) list.scrollLeft = current.offsetLeft + current.offsetWidth / 2 - list.clientWidth / 2;
    if (changed.has('slow')) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (this.slow) this.#play();
    }
  }

  #keepHeight() {
    const course = this.renderRoot.querySelector('.course');
    if (!(course instanceof HTMLElement)) return;
    const { offsetWidth: width, offsetHeight } = course;
    const before = width === this.#largest.width ? this.#largest.height : 0;
    this.#largest = { width, height: Math.max(before, before === 0 ? 0 : offsetHeight) };
    course.style.minHeight = this.#largest.height > 0 ? `${this.#largest.height}px` : '';
    if (before === 0) this.#largest.height = course.offsetHeight;
  }

  async #play() {
    const { lab } = this;
    if (!this.slow || !lab) return;
    if (lab.visible) await this.next();
    if (!this.slow || !this.isConnected) return;
    if (lab.progress?.status === 'diverged') await lab.pause();
    else this.#timer = setTimeout(() => this.#play(), SLOW_PHASE);
  }

  /** Which of the batch's samples is looked at; undefined for all of them. @returns {SampleTrace | undefined} */
  get #sample() {
    const { sample } = this.point ?? {};
    if (sample?.split !== 'train') return undefined;
    return this.shown?.trace?.samples.find(({ row }) => row === sample.row);
  }

  /**
   * Puts the phase on the drawings.
   * @param {{ moving: boolean }} how
   */
  #present({ moving }) {
    const { lab, shown } = this;
    if (!lab || !shown) return;
    cancelAnimationFrame(this.#animation);
    const { phase, foreseen } = shown;
    const flow = this.#flow();
    const train = lab.running?.train;
    const batch = phase === 'update' || !train ? undefined : pick(train, foreseen.rows);
    const still = !moving || matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (flow && !still) flow.progress = 0;
    lab.showPhase({ phase, batch, flow });
    if (flow && !still) this.#move(flow, performance.now());
  }

  /**
   * @param {ReturnType<typeof createFlow>} flow
   * @param {number} started
   */
  #move(flow, started) {
    this.#animation = requestAnimationFrame((now) => {
      const part = Math.min(1, Math.max(0, (now - started) / MOTION));
      // Eased out: what arrives slows down.
      flow.progress = 1 - (1 - part) ** 2;
      this.lab?.stage?.diagram.redraw();
      if (part < 1) this.#move(flow, started);
    });
  }

  #flow() {
    const { shown, lab } = this;
    if (!shown || !lab) return undefined;
    const { phase, foreseen, trace } = shown;
    const { layers, total } = parameterLayout(foreseen.experiment, lab.catalog);
    if (phase === 'update') {
      const links = foreseen.after.parameters.map((value, index) => value - foreseen.parameters[index]);
      const biases = layers.map(({ offset, units, sources }) => links.subarray(offset + units * sources, offset + units * (sources + 1)));
      return createFlow({ kind: 'update', neurons: [undefined, ...biases], links });
    }
    if (!trace || phase === 'batch') return undefined;
    const sample = this.#sample;
    const samples = sample ? [sample] : trace.samples;
    // What is left out for one sample is there for another: only a sample of its own shows it.
    const kept = sample?.kept;
    if (phase !== 'backward') {
      const means = meanOutputs(samples);
      return createFlow({
        kind: 'forward',
        neurons: phase === 'loss' ? means.map((_, layer) => (layer === layers.length ? means[layer] : undefined)) : means,
        kept,
      });
    }
    const links = sample ? shareOf(sample, layers, total) : trace.gradient.loss;
    return createFlow({ kind: 'backward', neurons: [undefined, ...sumDeltas(samples)], links, kept });
  }

  get #text() {
    return phasesTranslator(this.language);
  }

  render() {
    const { lab, shown } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const phase = shown?.phase;
    const blocked = lab.progress?.status === 'diverged' || !this.running;
    const following = phaseAfter(phase);
    return html`
      <section class="strip" aria-label=${text('title')}>
        <div class="course">
          <ol aria-label=${text('phases')}>
            ${phases.map(
              (each, index) => html`
                <li>
                  <button
                    type="button"
                    class="button small"
                    aria-current=${each === phase ? 'step' : nothing}
                    ?disabled=${blocked}
                    @click=${() => this.go(each)}
                  >
                    <span class="number">${index + 1}</span><span class="word" data-word=${text(each)}>${text(each)}</span>
                  </button>
                </li>
              `,
            )}
          </ol>
          <button type="button" class="button next" ?disabled=${blocked || this.slow} @click=${() => this.next()}>
            ${icon('step')}${text(phase === undefined ? 'begin' : `next.${following}`)}
          </button>
          <div class="says" aria-live=${this.slow ? 'off' : 'polite'}>
            <p>${shown ? this.#says(shown) : text('says.none')}</p>
            ${shown ? this.#more(shown) : nothing}
          </div>
        </div>
        ${
          shown
            ? html`<div class="details" tabindex="0" role="region" aria-label=${text('details', { phase: text(shown.phase) })}>
                ${this.#details(shown)}
              </div>`
            : nothing
        }
        <button
          type="button"
          class="button quiet small close"
          aria-label=${text('close')}
          title=${text('close')}
          @click=${() => lab.togglePhases(false)}
        >
          ${icon('close')}
        </button>
      </section>
    `;
  }

  /** @param {Shown} shown */
  #says({ phase, foreseen, trace }) {
    const text = this.#text;
    const { experiment, rows, parameters, after, progress } = foreseen;
    const { training } = experiment;
    const sample = this.#sample;
    // Chinese sentences follow one another without a space.
    const gap = this.language === 'zh' ? '' : ' ';
    const number = sample ? formatCount(sample.row + 1) : '';
    if (!trace && phase !== 'batch' && phase !== 'update') {
      return text('says.large', { samples: rows.length, parameters: parameters.length });
    }
    if (phase === 'batch') {
      const all = this.running?.train.rows ?? rows.length;
      const sampling = training.sampling ?? 'shuffle';
      const key = rows.length === all && sampling !== 'replacement' ? 'all' : sampling;
      return text(/** @type {'says.batch.shuffle'} */ (`says.batch.${key}`), { step: progress.step + 1, count: rows.length, rows: all });
    }
    if (phase === 'forward') {
      const dropped = sample?.kept.some((mask) => mask?.includes(0));
      return [
        text(sample ? 'says.forward.sample' : 'says.forward.mean', { sample: number }),
        dropped ? text('says.forward.dropped') : '',
      ].join(gap);
    }
    if (phase === 'loss') {
      return text(idOf(training.loss) === 'sse' ? 'says.loss.sum' : 'says.loss.mean', { loss: formatNumber(trace?.loss ?? Number.NaN) });
    }
    if (phase === 'update') return text(after.progress.status === 'diverged' ? 'says.update.diverges' : 'says.update');
    return [text('says.backward'), sample ? text('says.backward.sample', { sample: number }) : text('says.backward.numbers')].join(gap);
  }

  /**
   * What else there is to say: what acts on the gradient, and the rule of the update.
   * @param {Shown} shown
   */
  #more(shown) {
    if (!shown.trace) return nothing;
    if (shown.phase === 'backward') return html`${this.#renderPenalties(shown, shown.trace)} ${this.#renderLayers(shown, shown.trace)}`;
    return shown.phase === 'update' ? this.#renderRule(shown, shown.trace) : nothing;
  }

  /** @param {Shown} shown */
  #details(shown) {
    const { phase, trace } = shown;
    if (phase === 'update') return this.#renderUpdate(shown);
    return trace ? this.#renderSamples(shown, trace) : nothing;
  }

  /** @param {Shown} shown */
  #naming({ foreseen }) {
    const { catalog } = /** @type {StripLab} */ (this.lab);
    return { t: translator(this.language), language: this.language, experiment: foreseen.experiment, catalog };
  }

  /**
   * The samples side by side, each a column that grows as the step goes on.
   * @param {Shown} shown
   * @param {BatchTrace} trace
   */
  #renderSamples(shown, trace) {
    const { lab } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const { experiment } = shown.foreseen;
    const loss = entryOf(lab.catalog.losses, experiment.training.loss);
    const naming = this.#naming(shown);
    const sample = this.#sample;
    const drawn = trace.samples.slice(0, MOST_SAMPLES);
    const reached = phases.indexOf(shown.phase);
    const whole = classesOf(experiment, lab.catalog) > 0;
    const outputs = trace.samples[0].layers[trace.samples[0].layers.length - 1].outputs.length;
    const listed = Array.from({ length: Math.min(MOST_OUTPUTS, outputs) }, (_, unit) => unit);
    /** @param {string} name @param {number} unit */
    const ofOutput = (name, unit) => (outputs > 1 ? `${name} ${unit + (whole ? 0 : 1)}` : name);
    /** @type {{ name: string, from: number, value: (sample: SampleTrace) => string }[]} */
    const rows = [
      ...Array.from(trace.samples[0].features, (_, unit) => ({
        name: nameOfNeuron(naming, { layer: -1, unit }),
        from: 0,
        value: (/** @type {SampleTrace} */ { features }) => formatFixed(features[unit]),
      })),
      { name: text('target'), from: 0, value: ({ target }) => formatFixed(target, whole ? 0 : 2) },
      ...listed.map((unit) => ({
        name: ofOutput(text(loss?.logits ? 'probability' : 'output'), unit),
        from: phases.indexOf('forward'),
        value: (/** @type {SampleTrace} */ each) => formatFixed(this.#prediction(experiment, each)[unit], 3),
      })),
      { name: text('loss.each'), from: phases.indexOf('loss'), value: (each) => formatNumber(each.loss) },
      ...listed.map((unit) => ({
        name: ofOutput(text('delta.each'), unit),
        from: phases.indexOf('backward'),
        value: (/** @type {SampleTrace} */ { layers }) => formatSlope(layers[layers.length - 1].deltas[unit]),
      })),
    ];
    const rest = trace.samples.length - drawn.length;
    return html`
      <table>
        <thead>
          <tr>
            <th scope="row">
              <button type="button" class="look" aria-pressed=${sample === undefined} @click=${() => lab.choosePoint(undefined)}>
                ${text('look.mean')}
              </button>
            </th>
            ${drawn.map(
              (each) => html`
                <th scope="col" ?data-chosen=${each.row === sample?.row}>
                  <button
                    type="button"
                    class="look"
                    aria-pressed=${each.row === sample?.row}
                    aria-label=${text('sample.look', { sample: each.row + 1 })}
                    @click=${() => lab.chooseSample('train', each.row)}
                  >
                    ${formatCount(each.row + 1)}
                  </button>
                </th>
              `,
            )}
            ${rest > 0 ? html`<th scope="col">${text('rest', { count: rest })}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${rows
            .filter(({ from }) => from <= reached)
            .map(
              ({ name, value }) => html`
                <tr>
                  <th scope="row">${name}</th>
                  ${drawn.map((each) => html`<td ?data-chosen=${each.row === sample?.row}>${value(each)}</td>`)}
                </tr>
              `,
            )}
        </tbody>
      </table>
    `;
  }

  /**
   * A sample's answer: probabilities where the loss makes them of the outputs.
   * @param {FilledExperiment} experiment
   * @param {SampleTrace} sample
   * @returns {number[]}
   */
  #prediction(experiment, { layers }) {
    const scores = Array.from(layers[layers.length - 1].outputs);
    const loss = entryOf(this.lab?.catalog.losses ?? [], experiment.training.loss);
    if (!loss?.logits) return scores;
    if (!loss.classIndices) return scores.map((score) => 1 / (1 + Math.exp(-score)));
    const highest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - highest));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  }

  /**
   * The gradient's size in every layer.
   * @param {Shown} shown
   * @param {BatchTrace} trace
   */
  #renderLayers({ foreseen }, { samples, gradient }) {
    const { lab } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const { layers } = parameterLayout(foreseen.experiment, lab.catalog);
    const deltas = sumDeltas(samples);
    return html`
      <table>
        <thead>
          <tr>
            <th scope="col">${text('layer')}</th>
            <th scope="col">${text('layer.delta')}</th>
            <th scope="col">${text('layer.gradient')}</th>
          </tr>
        </thead>
        <tbody>
          ${layers.map(
            ({ offset, units, sources }, layer) => html`
              <tr>
                <th scope="row">${layer === layers.length - 1 ? text('layer.output') : text('layer.of', { layer: layer + 1 })}</th>
                <td>${formatNumber(deltas[layer].reduce((sum, delta) => sum + Math.abs(delta), 0) / units)}</td>
                <td>${formatNumber(lengthOf(gradient.loss.subarray(offset, offset + units * sources)))}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    `;
  }

  /**
   * What acts on the gradient before the optimizer has it.
   * @param {Shown} shown
   * @param {BatchTrace} trace
   */
  #renderPenalties({ foreseen }, { gradient }) {
    const { lab } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const { experiment } = foreseen;
    const { l1 = 0, l2 = 0, clipNorm = 0 } = experiment.training;
    const held = heldIndices(experiment, lab.catalog).size;
    const terms = [l1 > 0 ? `${formatField(l1)} · sign(w)` : '', l2 > 0 ? `${formatField(l2)} · w` : ''].filter(Boolean).join(' + ');
    const clip = { norm: formatNumber(gradient.norm), limit: formatField(clipNorm), factor: formatNumber(gradient.factor) };
    return html`
      ${terms ? html`<p>${text('says.backward.penalty', { terms })}</p>` : nothing}
      ${held > 0 ? html`<p>${text('says.backward.held', { count: held })}</p>` : nothing}
      ${clipNorm > 0 ? html`<p>${text(gradient.factor < 1 ? 'says.backward.clipped' : 'says.backward.unclipped', clip)}</p>` : nothing}
    `;
  }

  /**
   * All parameters that the table has room for, those that change most first.
   * @param {Shown} shown
   * @returns {ParameterRow[]}
   */
  #parameterRows(shown) {
    const { lab } = this;
    if (!lab) return [];
    const { experiment, parameters, after } = shown.foreseen;
    const naming = this.#naming(shown);
    const text = this.#text;
    const { layers } = parameterLayout(experiment, lab.catalog);
    const change = (/** @type {number} */ index) => Math.abs(after.parameters[index] - parameters[index]);
    const order = Array.from(parameters, (_, index) => index).sort((a, b) => change(b) - change(a) || a - b);
    return order.slice(0, MOST_PARAMETERS).map((index) => {
      const layer = layers.findLastIndex(({ offset }) => offset <= index);
      const { offset, units, sources } = layers[layer];
      const within = index - offset;
      if (within >= units * (sources + 1)) {
        const name = text('parameter.learned', { index: within - units * (sources + 1) + 1, layer: layer + 1 });
        return { index, place: undefined, name };
      }
      const isBias = within >= units * sources;
      const place = isBias
        ? { layer, unit: within - units * sources, source: -1 }
        : { layer, unit: Math.floor(within / sources), source: within % sources };
      return { index, place, name: nameOfParameter(naming, place) };
    });
  }

  /**
   * The parameter whose update is written out: the chosen one, else the one that changes most.
   * @param {Shown} shown
   */
  #parameterOf(shown) {
    const { lab, selected } = this;
    const [first] = this.#parameterRows(shown);
    if (!lab || !selected) return first;
    return {
      index: parameterIndex(shown.foreseen.experiment, lab.catalog, selected),
      name: nameOfParameter(this.#naming(shown), selected),
    };
  }

  /**
   * @param {Shown} shown
   * @param {BatchTrace} trace
   */
  #renderRule(shown, { gradient }) {
    const { lab } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const { experiment, parameters, optimizer } = shown.foreseen;
    const { optimizer: operation } = experiment.training;
    const { index, name } = this.#parameterOf(shown);
    const count = parameters.length;
    const memory = Array.from({ length: optimizer.values.length / count }, (_, row) => optimizer.values[row * count + index]);
    const given = { weight: parameters[index], gradient: gradient.taken[index], memory, rate: optimizer.rate, step: optimizer.step };
    const entry = entryOf(lab.catalog.optimizers, operation);
    const id = idOf(operation);
    const rate = text('rule.rate', { rate: formatField(optimizer.rate) });
    return html`
      <p>${text('rule.of', { optimizer: entry ? labelIn(entry.label, this.language) : '', parameter: name })}</p>
      ${updateFormula(updateRule(operation, given).lines, id)}
      <p class="faint">${id.startsWith('adam') ? `${rate} · ${text('rule.step', { step: optimizer.step })}` : rate}</p>
    `;
  }

  /** @param {Shown} shown */
  #renderUpdate(shown) {
    const { lab } = this;
    if (!lab) return nothing;
    const text = this.#text;
    const { parameters, after } = shown.foreseen;
    const rows = this.#parameterRows(shown);
    const chosen = this.#parameterOf(shown).index;
    const gradient = shown.trace?.gradient.taken;
    return html`
      <table>
        <thead>
          <tr>
            <th scope="col">${text('parameter')}</th>
            ${gradient ? html`<th scope="col">${text('gradient')}</th>` : nothing}
            <th scope="col">${text('before')}</th>
            <th scope="col">${text('change')}</th>
            <th scope="col">${text('after')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ index, place, name }) => html`
              <tr ?data-chosen=${index === chosen} @pointerenter=${() => lab.light(place)} @pointerleave=${() => lab.light(undefined)}>
                <th scope="row">
                  ${
                    place
                      ? html`<button
                          type="button"
                          class="look"
                          aria-pressed=${index === chosen}
                          title=${text('parameter.show', { parameter: name })}
                          @click=${() => lab.chooseParameter(place)}
                        >
                          ${name}
                        </button>`
                      : name
                  }
                </th>
                ${gradient ? html`<td>${formatSlope(gradient[index])}</td>` : nothing}
                <td>${formatMoved(parameters[index])}</td>
                <td>${formatSlope(after.parameters[index] - parameters[index])}</td>
                <td>${formatMoved(after.parameters[index])}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      ${parameters.length > rows.length ? html`<p class="faint">${text('rest', { count: parameters.length - rows.length })}</p>` : nothing}
    `;
  }
}

/**
 * The rows of a batch as points.
 * @param {Points} points
 * @param {Uint32Array} rows
 * @returns {Points}
 */
function pick({ inputs, values, rows: all }, rows) {
  const columns = inputs.length / all;
  return {
    inputs: Array.from(rows, (row) => Array.from({ length: columns }, (_, column) => inputs[row * columns + column])).flat(),
    values: Array.from(rows, (row) => values[row]),
    rows: rows.length,
  };
}

/** @param {Float64Array} values */
function lengthOf(values) {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
