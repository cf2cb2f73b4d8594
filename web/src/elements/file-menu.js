import { html, nothing } from 'lit';

/**
 * @import { TemplateResult } from 'lit'
 * @import { FileLab } from './files.js'
 * @import { Translate } from '../text/text.js'
 */

/**
 * The menu with a lab's link and file, and files that are dropped anywhere on the lab. What it does is fetched with the first use.
 */
export class FileMenu {
  #lab;
  #accept;

  /**
   * @param {FileLab} lab
   * @param {{ accept: string }} options `accept` the kinds of files that it opens, as a file input has them
   */
  constructor(lab, { accept }) {
    this.#lab = lab;
    this.#accept = accept;
    lab.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files') && this.#mayOpen) event.preventDefault();
    });
    lab.addEventListener('drop', (event) => {
      const [file] = event.dataTransfer?.files ?? [];
      if (!file || event.defaultPrevented || !this.#mayOpen) return;
      event.preventDefault();
      this.#open(file);
    });
  }

  /** A file would change what the author holds fast. */
  get #mayOpen() {
    const { lock } = this.#lab;
    return (lock === null || lock.size === 0) && this.#lab.isShown('files');
  }

  /**
   * Nothing but the link where the author holds parts of the experiment fast.
   * @param {Translate} t
   * @returns {TemplateResult | typeof nothing}
   */
  render(t) {
    if (!this.#lab.isShown('files')) return nothing;
    return html`
      <mlp-menu
        .label=${t('files.label')}
        .drawing=${'file'}
        .items=${[
          { id: 'link', icon: 'link', label: t('files.link') },
          { id: 'save', icon: 'download', label: t('files.save'), disabled: this.#lab.labState !== 'ready' },
          { id: 'open', icon: 'open', label: t('files.open'), disabled: !this.#mayOpen, reason: t('state.locked') },
        ]}
        @choose=${this.#onChoose}
      ></mlp-menu>
      <input id="file" type="file" hidden accept=${this.#accept} @change=${this.#onFileChosen} />
    `;
  }

  /** @param {CustomEvent<'link' | 'save' | 'open'> & { target: HTMLElement }} event */
  #onChoose = async ({ detail, target }) => {
    if (detail === 'open') {
      const input = this.#lab.renderRoot.querySelector('#file');
      if (input instanceof HTMLInputElement) input.click();
      return;
    }
    try {
      const files = await import('./files.js');
      const message = await (detail === 'link' ? files.copyLink(this.#lab) : files.saveExperiment(this.#lab));
      Object.assign(target, { message });
    } catch (thrown) {
      this.#lab.showError(thrown);
    }
  };

  /** @param {Event & { target: HTMLInputElement }} event */
  #onFileChosen = ({ target }) => {
    const [file] = target.files ?? [];
    if (file) this.#open(file);
    // The same file, mended, may be chosen again.
    target.value = '';
  };

  /** @param {File} file */
  async #open(file) {
    try {
      const { openFile } = await import('./files.js');
      const message = await openFile(this.#lab, file);
      const menu = this.#lab.renderRoot.querySelector('mlp-menu');
      if (menu) Object.assign(menu, { message });
    } catch (thrown) {
      this.#lab.showError(thrown);
    }
  }
}
