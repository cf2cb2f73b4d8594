/**
 * What the parts of the experiments' panel share: a training from start to end beside the lab's own run, and their styles.
 */
import { css } from 'lit';
import { createTranslator } from '../../../text/text.js';
import { experimentsEn } from '../../../text/experiments-en.js';
import { experimentsZh } from '../../../text/experiments-zh.js';

/**
 * @import { Language } from '../../../text/text.js'
 * @import { Trial } from '../../../state/trials.js'
 * @import { PanelLab } from './panel.js'
 */

/** @param {Language} language */
export const experimentsTranslator = (language) => createTranslator({ en: experimentsEn, zh: experimentsZh }, language);

/**
 * Trains in the lab's worker, in a run of its own.
 * @param {PanelLab} lab
 * @param {number} epochs
 * @returns {Trial}
 */
export function trialOf(lab, epochs) {
  return async (experiment) => {
    const run = await lab.client.createRun(experiment);
    try {
      await run.call('train', { epochs });
      const split = (experiment.data.testFraction ?? 0) > 0 ? 'test' : 'train';
      const { loss, accuracy, r2 } = await run.call('evaluate', split);
      return { loss, score: accuracy ?? r2 ?? Number.NaN };
    } finally {
      run.dispose();
    }
  };
}

export const trialStyles = css`
  .settings {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--space-3) var(--space-5);
    margin-bottom: var(--space-4);
  }

  .settings > * {
    width: 13rem;
  }

  .settings > .button {
    width: auto;
  }

  progress {
    width: 12rem;
    accent-color: var(--accent);
  }

  .going {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: var(--control-height);
    font-variant-numeric: tabular-nums;
  }

  .hint {
    margin: 0 0 var(--space-3);
    color: var(--ink-soft);
    line-height: var(--leading-text);
  }
`;
