import { html, nothing } from 'lit';
import { digitDataTranslator } from '../../text/digit-data.js';
import { formatFixed, formatPercent } from '../../text/text.js';
import { icon } from '../../ui/icons.js';

/**
 * @import { digitsTranslator } from '../../text/digits.js'
 * @import { Language } from '../../text/text.js'
 * @import { createDigitData } from './digit-data.js'
 */

/** @param {number} bytes */
export function formatMegabytes(bytes) {
  return `${formatFixed(bytes / 1e6, 1)}\u202fMB`;
}

/**
 * What there is to say while digits are fetched, or cannot be.
 * @param {ReturnType<typeof createDigitData>} data
 * @param {{ language: Language, words: ReturnType<typeof digitsTranslator> }} sight
 */
export function dataNotice(data, { language, words }) {
  const text = digitDataTranslator(language);
  const { state } = data;
  if (state.kind === 'idle') return nothing;
  if (state.kind === 'loading') {
    const percent = formatPercent(state.fraction, 0);
    return html`<div class="loading">
      <progress max="1" .value=${state.fraction} aria-label=${words('state.data.label')}></progress>
      <span aria-hidden="true">
        ${state.whole ? text('loading', { percent, size: formatMegabytes(state.bytes) }) : words('state.data', { percent })}
      </span>
      ${state.whole ? html`<button type="button" class="button" @click=${() => data.cancel()}>${text('cancel')}</button>` : nothing}
    </div>`;
  }
  if (state.kind === 'offer') {
    return html`<div class="message calm" role="status">
      <p class="text"><strong>${text('offer.title')}</strong> ${text('offer.text', { size: formatMegabytes(state.bytes) })}</p>
      <div class="actions">
        <button type="button" class="button primary" @click=${() => data.accept()}>
          ${text('offer.accept', { size: formatMegabytes(state.bytes) })}
        </button>
        <button type="button" class="button" @click=${() => data.cancel()}>${text('offer.decline')}</button>
      </div>
    </div>`;
  }
  const { reason, path } = state.error;
  return html`<div class="message" role="alert">
    ${icon('warning')}
    <p class="text">
      <strong>${words('state.file.title')}</strong>
      ${words(`state.file.${reason}`, { file: path })} ${state.whole ? text('own.kept') : words('state.file.meanwhile')}
    </p>
    <div class="actions">
      <button type="button" class="button primary" @click=${() => data.retry()}>${words('state.file.retry')}</button>
      ${state.whole ? html`<button type="button" class="button" @click=${() => data.cancel()}>${text('offer.decline')}</button>` : nothing}
    </div>
  </div>`;
}
