import { html } from 'lit';
import { DigitsPanel } from './panel.js';
import { PICTURE_SIZE } from '../../../digits/normalise.js';
import { TakeAway } from '../../take-away/take-away.js';

/** @import { RemoteRun } from '../../../engine/client.js' */

if (!customElements.get('mlp-take-away')) customElements.define('mlp-take-away', TakeAway);

/** The network that reads digits to take away, and weights to bring back. */
export class TakeAwayPanel extends DigitsPanel {
  /** Code is read at leisure. */
  static interval = 1000;

  /** @param {RemoteRun} run */
  async refresh(run) {
    await this.updateComplete;
    const content = this.renderRoot.querySelector('mlp-take-away');
    if (content instanceof TakeAway) await content.refresh(run);
  }

  render() {
    const { lab, language, theme } = this;
    return html`<mlp-take-away .lab=${lab} .columns=${PICTURE_SIZE ** 2} .language=${language} .theme=${theme}></mlp-take-away>`;
  }
}
