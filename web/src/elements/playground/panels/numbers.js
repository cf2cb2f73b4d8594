import { css, html } from 'lit';
import { Panel } from './panel.js';
import { sumText } from '../architecture-section.js';
import { lockTools } from '../lock-tools.js';
import { hasPlace, nameOfParameter, parameterIndex, tableLayers } from '../parameters.js';
import { deviationOf } from '../../../state/statistics.js';
import { isCut, isHeld } from '../../../state/locks.js';
import { parameterLayout } from '../../../state/parameter-layout.js';
import { numbersTranslator } from '../../../text/numbers.js';
import { formatNumber } from '../../../text/text.js';
import { ParameterTable } from '../../../ui/parameter-table.js';

/**
 * @import { RemoteRun } from '../../../engine/client.js'
 * @import { FilledExperiment } from '../../../engine/types.js'
 * @import { TablePlace } from '../../../ui/parameter-table.js'
 * @import { ParameterPlace } from '../../../view/network-diagram.js'
 * @import { PanelLab, Running } from './panel.js'
 */

if (!customElements.get('mlp-parameter-table')) customElements.define('mlp-parameter-table', ParameterTable);

const FIRST = Object.freeze({ layer: 0, unit: 0, source: 0 });

/** All weights and biases as tables of editable numbers, with their gradients, and how widely they are spread. */
export class NumbersPanel extends Panel {
  static properties = {
    parameters: { state: true, hasChanged: () => true },
    gradients: { state: true },
    withGradients: { state: true },
    start: { state: true },
    chosen: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      :host {
        min-height: 6rem;
      }

      .hint {
        max-width: var(--measure);
        margin: 0 0 var(--space-3);
        color: var(--ink-faint);
        line-height: var(--leading-text);
      }

      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        min-height: var(--control-height);
        margin-bottom: var(--space-4);
        color: var(--ink-soft);
      }

      .lock-tools {
        display: flex;
        gap: var(--space-2);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {ArrayLike<number>} */
    this.parameters = [];
    /** @type {Float32Array | undefined} */
    this.gradients = undefined;
    this.withGradients = false;
    /** What the initializer drew, and for which run. @type {{ running: Running, parameters: Float32Array } | undefined} */
    this.start = undefined;
    /** The cell that was entered last. @type {ParameterPlace | undefined} */
    this.chosen = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.lab?.light(undefined);
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab, running } = this;
    if (!lab || !running) return;
    if (this.start?.running !== running) await this.#askStart(lab, running);
    const [parameters, gradients] = await Promise.all([
      run.call('parameters'),
      this.withGradients ? run.call('gradients', 'train') : undefined,
    ]);
    this.parameters = parameters;
    this.gradients = gradients;
  }

  /**
   * The parameters that training began with: those of a fresh run.
   * @param {PanelLab} lab
   * @param {Running} running
   */
  async #askStart(lab, running) {
    const fresh = await lab.client.createRun({ ...running.experiment, data: running.source.data });
    try {
      this.start = { running, parameters: await fresh.call('parameters') };
    } finally {
      fresh.dispose();
    }
  }

  render() {
    const { lab, running, language, t } = this;
    if (!lab || !running || this.parameters.length === 0) return html``;
    const text = numbersTranslator(language);
    const { experiment } = running;
    const naming = { t, language, experiment, catalog: lab.catalog };
    const places = parameterLayout(experiment, lab.catalog).layers;
    const layers = tableLayers(naming).map((layer, index) => ({ ...layer, notes: this.#notesOf(places[index]) }));
    const besides = /** @type {const} */ (['none', 'gradients']);
    return html`
      <p class="hint">${text('hint')} ${text('hint.lock')} ${text('reading')}</p>
      <div class="tools">
        <mlp-segmented
          small
          .label=${text('beside')}
          .value=${this.withGradients ? 'gradients' : 'none'}
          .choices=${besides.map((id) => ({ id, label: text(`beside.${id}`) }))}
          @change=${(/** @type {CustomEvent<'none' | 'gradients'>} */ { detail }) => {
            this.withGradients = detail === 'gradients';
            if (!this.withGradients) this.gradients = undefined;
            this.frameDrawn();
          }}
        ></mlp-segmented>
        ${this.#chosenTools(lab, experiment)}
      </div>
      <mlp-parameter-table
        .language=${language}
        .layers=${layers}
        .parameters=${this.parameters}
        .gradients=${this.withGradients ? this.gradients : undefined}
        .marks=${marksOf(experiment, lab)}
        ?disabled=${lab.isLocked('parameters')}
        @change=${(/** @type {CustomEvent<{ index: number, value: number }>} */ { detail }) => lab.setParameter(detail.index, detail.value)}
        @point=${(/** @type {CustomEvent<TablePlace | undefined>} */ { detail }) => lab.light(detail)}
        @choose=${(/** @type {CustomEvent<ParameterPlace>} */ { detail }) => {
          this.chosen = detail;
          lab.light(detail);
        }}
        @focusout=${() => lab.light(undefined)}
      ></mlp-parameter-table>
    `;
  }

  /**
   * Lock and cut for the cell that was entered; until then for the first, so that nothing that can be pressed appears behind a
   * keyboard's back.
   * @param {PanelLab} lab
   * @param {FilledExperiment} experiment
   */
  #chosenTools(lab, experiment) {
    const { t, language } = this;
    const text = numbersTranslator(language);
    const chosen = this.chosen && hasPlace(experiment, this.chosen) ? this.chosen : FIRST;
    const sight = {
      t,
      language,
      experiment: lab.shown,
      catalog: lab.catalog,
      trainRows: 1,
      locked: (/** @type {string} */ path) => lab.isLocked(path),
      edit: (/** @type {FilledExperiment} */ next) => void lab.edit(next),
    };
    return html`<span>${text('chosen', { name: nameOfParameter(sight, chosen) })}</span> ${lockTools(sight, chosen)}`;
  }

  /**
   * How many parameters a layer has, and how widely its weights are spread.
   * @param {ReturnType<typeof parameterLayout>['layers'][number]} place
   */
  #notesOf(place) {
    const text = numbersTranslator(this.language);
    const { units, sources, offset } = place;
    const [now, start] = [this.parameters, this.start?.parameters ?? []].map((parameters) =>
      formatNumber(deviationOf(Array.from({ length: units * sources }, (_, index) => parameters[offset + index]))),
    );
    return [text('count', { sum: sumText(place) }), this.start ? text('spread', { now, start }) : ''].filter(Boolean);
  }
}

/**
 * The weights and biases that training leaves as they are.
 * @param {FilledExperiment} experiment
 * @param {PanelLab} lab
 * @returns {ReadonlyMap<number, 'locked' | 'cut'>}
 */
function marksOf(experiment, { catalog }) {
  const { network } = experiment;
  /** @type {Map<number, 'locked' | 'cut'>} */
  const marks = new Map();
  if (!network.locked?.length && !network.cut?.length) return marks;
  parameterLayout(experiment, catalog).layers.forEach(({ units, sources }, layer) => {
    for (let unit = 0; unit < units; ++unit) {
      for (let source = -1; source < sources; ++source) {
        const place = { layer, unit, source };
        const mark = isCut(network, place) ? 'cut' : isHeld(network, place) ? 'locked' : undefined;
        if (mark) marks.set(parameterIndex(experiment, catalog, place), mark);
      }
    }
  });
  return marks;
}
