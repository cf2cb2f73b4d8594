import { css, html } from 'lit';
import { Panel } from './panel.js';
import { tableLayers } from '../parameters.js';
import { ParameterTable } from '../../../ui/parameter-table.js';

/**
 * @import { RemoteRun } from '../../../engine/client.js'
 */

if (!customElements.get('mlp-parameter-table')) customElements.define('mlp-parameter-table', ParameterTable);

/** All weights and biases as tables of editable numbers. */
export class NumbersPanel extends Panel {
  static properties = { parameters: { state: true, hasChanged: () => true } };

  static styles = [
    Panel.styles,
    css`
      :host {
        min-height: 6rem;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {ArrayLike<number>} */
    this.parameters = [];
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    this.parameters = await run.call('parameters');
  }

  render() {
    const { lab, running, language, t } = this;
    if (!lab || !running || this.parameters.length === 0) return html``;
    return html`
      <mlp-parameter-table
        .language=${language}
        .layers=${tableLayers({ t, language, experiment: running.experiment, catalog: lab.catalog })}
        .parameters=${this.parameters}
        ?disabled=${lab.isLocked('parameters')}
        @change=${(/** @type {CustomEvent<{ index: number, value: number }>} */ { detail }) => lab.setParameter(detail.index, detail.value)}
      ></mlp-parameter-table>
    `;
  }
}
