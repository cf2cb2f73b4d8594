import { css } from 'lit';

/** What every control and lab starts from: box model, type, focus, native elements stripped to the grey interface. */
export const baseStyles = css`
  :host {
    box-sizing: border-box;
    color: var(--ink);
    font-family: var(--font);
    font-size: var(--text-small);
    line-height: var(--leading-control);
    font-variant-numeric: tabular-nums;
    -webkit-tap-highlight-color: transparent;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }

  [hidden] {
    display: none !important;
  }

  /* Named, as the generic family follows the language: a Chinese font has no brackets that grow with what they hold. */
  math {
    font-family: 'Cambria Math', 'STIX Two Math', 'Latin Modern Math', 'Noto Sans Math', 'DejaVu Math TeX Gyre', math;
    math-style: normal;
  }

  button,
  input,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Buttons: plain (a hairline frame), primary (the one thing to do), quiet (an icon or a word in running text). */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-width: var(--control-height);
    min-height: var(--control-height);
    margin: 0;
    padding: 0 var(--space-3);
    border: var(--hairline) solid var(--line);
    border-radius: var(--radius);
    background: var(--paper-raised);
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    touch-action: manipulation;
    transition:
      background-color var(--fast) var(--ease),
      border-color var(--fast) var(--ease);
  }

  .button:hover {
    border-color: var(--line-strong);
  }

  .button:active {
    background: var(--paper-sunken);
  }

  .button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-wash);
    color: var(--accent-strong);
  }

  .button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: var(--weight-strong);
  }

  .button.primary:hover {
    border-color: var(--accent-strong);
    background: var(--accent-strong);
  }

  .button.quiet {
    border-color: transparent;
    background: none;
  }

  .button.quiet:hover {
    background: var(--paper-sunken);
  }

  .button.small {
    min-width: 0;
    min-height: min(var(--control-height), 1.75rem);
    padding: 0 var(--space-2);
  }

  @media (pointer: coarse) {
    .button.small {
      min-width: var(--control-height);
      min-height: var(--control-height);
    }
  }

  .button.icon {
    padding: 0;
    width: var(--control-height);
  }

  .button:disabled {
    border-color: var(--line);
    background: none;
    color: var(--ink-faint);
    cursor: default;
  }

  .button.quiet:disabled {
    border-color: transparent;
  }

  @media (forced-colors: active) {
    .button.primary,
    .button[aria-pressed='true'] {
      forced-color-adjust: none;
    }

    .button:disabled {
      color: GrayText;
    }
  }

  .icon-drawing {
    flex: none;
    width: 1rem;
    height: 1rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon-drawing .solid {
    fill: currentcolor;
  }
`;

/** A labelled field: name on the left, value on the right, the control below. */
export const fieldStyles = css`
  .field {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: baseline;
    column-gap: var(--space-2);
    row-gap: 0.125rem;
    min-width: 0;
  }

  .field > .control {
    grid-column: 1 / -1;
  }

  .label {
    min-height: 1.5rem;
    color: var(--ink-soft);
    line-height: 1.5rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .note {
    grid-column: 1 / -1;
    margin: 0;
    color: var(--ink-faint);
    line-height: var(--leading-text);
  }

  .note.wrong {
    color: var(--warning);
  }
`;

/** What uPlot needs to lay out its layers; its own sheet styles a legend that is not used here. */
export const plotStyles = css`
  .uplot,
  .u-wrap {
    position: relative;
    width: 100%;
  }

  .u-wrap {
    user-select: none;
  }

  .u-wrap canvas {
    position: relative;
    display: block;
    width: 100%;
    height: 100%;
  }

  .u-over,
  .u-under,
  .u-axis {
    position: absolute;
  }

  .u-under {
    overflow: hidden;
  }

  .u-cursor-x,
  .u-cursor-y,
  .u-cursor-pt {
    position: absolute;
    top: 0;
    left: 0;
    pointer-events: none;
    will-change: transform;
  }

  .u-cursor-x {
    height: 100%;
    border-right: var(--hairline) dashed var(--line-strong);
  }

  .u-cursor-pt {
    border: 1px solid;
    border-radius: 50%;
    background-clip: padding-box !important;
  }

  .u-off {
    display: none;
  }
`;
