import { css } from 'lit';

/** What differs from the playground's plan: a wider output for the pad, the weights in the middle, the gallery down the left side. */
export const digitsStyles = css`
  .lab.digits[data-layout='wide'] {
    grid-template:
      'toolbar toolbar toolbar' auto
      'notice notice notice' auto
      'input architecture output' auto
      'input architecture loss' auto
      'input optimizer loss' auto
      'input confusion loss' 1fr
      'panels panels panels' auto
      / 15.25rem minmax(0, 1fr) 24rem;
  }

  .lab.digits[data-layout='medium'] {
    grid-template:
      'toolbar toolbar' auto
      'notice notice' auto
      'output input' auto
      'loss input' auto
      'architecture architecture' auto
      'optimizer optimizer' auto
      'confusion confusion' auto
      'panels panels' auto
      / minmax(0, 1fr) 15.25rem;
  }

  .confusion {
    grid-area: confusion;
  }

  /* Beside the confusion table there is room for curves that one can read. */
  .lab.digits[data-layout='wide'] .chart {
    height: 9rem;
  }

  .lab[data-layout='narrow'] > .confusion {
    grid-area: auto;
  }

  .lab.digits[data-layout='wide'] > .architecture {
    display: block;
  }

  .lab.digits[data-layout='wide'] > :is(.optimizer, .confusion, .loss),
  .lab.digits[data-layout='medium'] > :is(.confusion, .loss) {
    border-top: var(--hairline) solid var(--line);
  }

  .lab.digits[data-layout='wide'] > :is(.optimizer, .confusion) {
    margin-top: calc(-1 * var(--lift, 0px));
  }

  /* The hairlines between the columns run past every section of the middle one. */
  .lab.digits[data-layout='wide'] > :is(.optimizer, .confusion) {
    position: relative;
  }

  .lab.digits[data-layout='wide'] > :is(.optimizer, .confusion)::before,
  .lab.digits[data-layout='wide'] > :is(.optimizer, .confusion)::after {
    content: '';
    position: absolute;
    inset-block: 0;
    width: var(--hairline);
    background: var(--line);
  }

  .lab.digits[data-layout='wide'] > :is(.optimizer, .confusion)::before {
    left: calc(var(--space-6) / -2);
  }

  .lab.digits[data-layout='wide'] > :is(.optimizer, .confusion)::after {
    right: calc(var(--space-6) / -2);
  }

  .lab.digits .strip {
    grid-template-columns: repeat(auto-fill, minmax(10.75rem, 1fr));
    gap: var(--space-3) var(--space-5);
  }

  .about {
    margin: 0;
    color: var(--ink-faint);
    line-height: var(--leading-text);
  }

  .scaling {
    display: grid;
    gap: var(--space-1);
  }

  .scaling .label {
    color: var(--ink-soft);
  }

  .layers {
    display: grid;
    gap: var(--space-2);
    margin-bottom: var(--space-4);
  }

  .layer {
    display: grid;
    grid-template-columns: minmax(0, 16rem) 8rem;
    align-items: end;
    gap: var(--space-3);
  }

  .shape {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--space-4);
    margin: 0 0 var(--space-4);
    color: var(--ink-soft);
    line-height: var(--leading-text);
  }

  .lab.digits[data-layout='narrow'] .optimizer .speed {
    width: auto;
    margin-bottom: var(--space-3);
  }

  .teaching {
    display: grid;
    grid-template-columns: repeat(5, minmax(0, 1fr));
    gap: var(--space-1);
    margin-block: var(--space-3) var(--space-1);
    color: var(--ink-soft);
  }

  .teaching > span {
    grid-column: 1 / -1;
  }

  .teaching .button {
    justify-content: center;
    padding-inline: 0;
  }

  @media (pointer: fine) {
    .teaching {
      grid-template-columns: repeat(10, minmax(0, 1fr));
    }

    .teaching .button {
      min-width: 0;
    }
  }

  .teaching.named {
    grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr));
  }

  .teaching.named .button {
    height: auto;
    white-space: normal;
  }

  .class-names {
    display: grid;
    gap: var(--space-1);
  }

  .class-names input {
    width: 100%;
    min-height: var(--control-height);
    padding: 0 var(--space-2);
    border: var(--hairline) solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--paper-raised);
    color: inherit;
    font: inherit;
  }

  .class-names input[aria-invalid='true'] {
    border-color: var(--warning);
  }

  .class-names .wrong {
    color: var(--warning);
  }

  .class-names .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  .follow {
    margin-top: var(--space-3);
  }

  .own-images {
    display: grid;
    gap: var(--space-2);
  }

  .photo {
    justify-items: start;
    margin-top: var(--space-3);
  }

  .own-images .button {
    position: relative;
    justify-self: start;
    min-width: 0;
    max-width: 100%;
    height: auto;
    white-space: normal;
  }

  .own-images .button:focus-within {
    outline: 2px solid var(--accent);
  }

  .limit {
    display: grid;
    grid-template-columns: minmax(9rem, 11rem) minmax(0, 1fr);
    align-items: end;
    gap: var(--space-3);
    margin-bottom: var(--space-3);
  }

  .way {
    display: grid;
    gap: var(--space-1);
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
  }

  .way progress {
    width: 100%;
    height: 0.4rem;
    accent-color: var(--accent);
  }

  .goal {
    display: grid;
    gap: var(--space-2);
    margin-bottom: var(--space-3);
    padding: var(--space-2) var(--space-3);
    border: var(--hairline) solid var(--line);
    border-radius: var(--radius);
    color: var(--ink-soft);
    line-height: var(--leading-text);
  }

  .goal[data-reached] {
    border-color: var(--accent);
  }

  .goal p {
    margin: 0;
  }

  .goal .button {
    display: block;
    margin-top: var(--space-1);
  }

  .goal strong {
    display: block;
    color: var(--ink);
    font-weight: var(--weight-strong);
  }

  .message.calm {
    border-color: var(--line-strong);
    background: var(--paper-sunken);
  }

  .message.calm strong {
    color: inherit;
  }

  .loading {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    margin: 0;
    min-height: var(--control-height);
    color: var(--ink-soft);
  }

  .loading progress {
    flex: 1;
    max-width: 16rem;
    height: 0.4rem;
    accent-color: var(--accent);
  }
`;
