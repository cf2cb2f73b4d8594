import { html } from 'lit';
import { Panel } from './panel.js';
import { TakeAway } from '../../take-away/take-away.js';

/** @import { RemoteRun } from '../../../engine/client.js' */

if (!customElements.get('mlp-take-away')) customElements.define('mlp-take-away', TakeAway);

/** The trained network to take away, and weights to bring back. */
export class TakeAwayPanel extends Panel {
  /** Code is read at leisure. */
  static interval = 1000;

  /** @param {RemoteRun} run */
  async refresh(run) {
    await this.updateComplete;
    const content = this.renderRoot.querySelector('mlp-take-away');
    if (content instanceof TakeAway) await content.refresh(run);
  }

  render() {
    const { lab, running, language, theme } = this;
    if (!lab || !running) return html``;
    const { inputs, rows } = running.train;
    return html` <mlp-take-away .lab=${lab} .columns=${inputs.length / rows} .language=${language} .theme=${theme}></mlp-take-away> `;
  }
}
