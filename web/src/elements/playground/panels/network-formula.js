import { css, html, nothing } from 'lit';
import { affineFormula } from './formula.js';
import { Panel } from './panel.js';
import { affineOf, featuresOf, piecewiseLinear, tracePoint } from '../trace.js';
import { copyText } from '../../take-away/save.js';
import { latexLines, toLatex } from '../../../export/latex.js';
import { createModel } from '../../../export/model.js';
import { EngineError } from '../../../engine/errors.js';
import { classesOf, columnsOf, idOf } from '../../../state/edits.js';
import { formulaEn } from '../../../text/formula-en.js';
import { formulaZh } from '../../../text/formula-zh.js';
import { createTranslator } from '../../../text/text.js';
import { mathOf, parseTex, plainOf } from '../../../ui/tex.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { Line } from '../../../export/latex.js'
 * @import { Model } from '../../../export/model.js'
 * @import { ChosenPoint } from '../trace.js'
 */

/** @typedef {'symbols' | 'numbers'} Form */

/** Outputs whose straight pieces are written out. */
const MOST_PIECES = 10;

const tables = { en: formulaEn, zh: formulaZh };
const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

/** The whole network as one formula, in symbols or with its numbers; and the straight piece that it is around the chosen point. */
export class NetworkFormulaPanel extends Panel {
  static properties = {
    point: { attribute: false },
    form: { state: true },
    model: { state: true },
    pieces: { state: true },
    diverged: { state: true },
    said: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }

      p {
        max-width: var(--measure);
        margin: 0 0 var(--space-3);
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      .tools p {
        margin: 0;
      }

      h3 {
        margin: var(--space-4) 0 var(--space-1);
        font-size: var(--text-small);
        font-weight: var(--weight-strong);
      }

      .lines {
        margin: var(--space-3) 0;
        overflow-x: auto;
      }

      .line {
        width: fit-content;
        min-width: 100%;
        padding: var(--space-2) var(--space-3);
        font-size: var(--text-body);
      }

      .line[data-layer]:hover {
        background: var(--accent-wash);
      }

      .bold {
        font-weight: 700;
      }

      .matrix mtd {
        padding: 0.2em 0.35em;
        text-align: right;
      }

      .cases mtd {
        padding: 0.2em 0.5em;
        text-align: left;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {ChosenPoint | undefined} */
    this.point = undefined;
    /** @type {Form} */
    this.form = 'numbers';
    /** @type {Model | undefined} */
    this.model = undefined;
    /** The network around the chosen point. @type {ReturnType<typeof affineOf>} */
    this.pieces = undefined;
    this.diverged = false;
    this.said = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.lab?.light(undefined);
  }

  get #t() {
    return translators[this.language];
  }

  /** Whether the network is straight between its folds, in the coordinates of the plane. */
  get #straight() {
    const { data, network } = this.running?.experiment ?? {};
    return (
      network?.layers.every(({ activation }) => piecewiseLinear.has(idOf(activation))) === true &&
      data?.features?.every((feature) => /^x\d+$/.test(feature)) === true
    );
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('point')) this.frameDrawn();
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab, point } = this;
    if (!lab) return;
    const [parameters, scaling] = await Promise.all([run.call('parameters'), run.call('scaling')]);
    const { experiment } = run;
    this.pieces = point && this.#straight ? await this.#piecesAt(run, point) : undefined;
    try {
      this.model = createModel({
        experiment,
        catalog: lab.catalog,
        columns: columnsOf(experiment.data, lab.catalog) ?? 2,
        parameters,
        scaling,
      });
      this.diverged = false;
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      this.diverged = true;
    }
  }

  /**
   * @param {RemoteRun} run
   * @param {ChosenPoint} point
   */
  async #piecesAt(run, point) {
    const { lab } = this;
    if (!lab) return undefined;
    const { catalog, client } = lab;
    const { experiment } = run;
    const features = featuresOf(experiment.data.features ?? [], point.inputs);
    if (!features) return undefined;
    const trace = await tracePoint(client, run, point, { features, catalog, classes: classesOf(experiment, catalog) });
    return affineOf(experiment, trace);
  }

  render() {
    const { model, diverged } = this;
    const t = this.#t;
    if (diverged) return html`<p>${t('diverged')}</p>`;
    if (!model) return html``;
    const lines = latexLines(model, { numbers: this.form === 'numbers' });
    const told = this.form === 'numbers' && lines.some(({ tex }) => tex.includes('\\mathbb{R}'));
    return html`
      <p>${t('hint')}</p>
      <div class="tools">
        <mlp-segmented
          small
          .label=${t('form')}
          .value=${this.form}
          .choices=${/** @type {const} */ (['symbols', 'numbers']).map((id) => ({ id, label: t(`form.${id}`) }))}
          @change=${(/** @type {CustomEvent<Form>} */ { detail }) => (this.form = detail)}
        ></mlp-segmented>
        <button type="button" class="button small" @click=${() => this.#copy(toLatex(model))}>${t('copy.latex')}</button>
        <button type="button" class="button small" @click=${() => this.#copy(`${lines.map(textOf).join('\n')}\n`)}>
          ${t('copy.text')}
        </button>
        <p role="status">${this.said}</p>
      </div>
      <div class="lines" tabindex="0" role="group" aria-label=${this.t('panel.formula')} @pointerleave=${() => this.lab?.light(undefined)}>
        ${lines.map((line) => this.#line(line))}
      </div>
      ${told ? html`<p>${t('large')}</p>` : nothing} ${this.#straight ? this.#piece() : nothing}
    `;
  }

  /** @param {Line} line */
  #line({ tex, layer }) {
    return html`
      <div class="line" data-layer=${layer ?? nothing} @pointerenter=${() => this.lab?.light(layer === undefined ? undefined : { layer })}>
        ${mathOf(parseTex(tex.replace('&', '')))}
      </div>
    `;
  }

  #piece() {
    const t = this.#t;
    const { pieces } = this;
    if (!pieces) return html`<p>${t('piece.none')}</p>`;
    return html`
      <h3>${t('piece.title')}</h3>
      <p>${t('piece')}</p>
      <div class="lines">
        ${pieces
          .slice(0, MOST_PIECES)
          .map((piece, output) => html`<div class="line">${affineFormula(piece, pieces.length > 1 ? output + 1 : undefined)}</div>`)}
      </div>
    `;
  }

  /** @param {string} text */
  async #copy(text) {
    this.said = this.#t((await copyText(text)) ? 'copied' : 'copy.failed');
  }
}

/** @param {Line} line */
const textOf = ({ tex }) => plainOf(parseTex(tex.replace('&', '')));
