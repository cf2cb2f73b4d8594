import { css } from 'lit';

/** The five elements as a plan: data flow from left to right; below 44 rem they stack, the surface first. */
export const playgroundStyles = css`
  :host {
    display: block;
    min-width: 0;
    color: var(--ink);
  }

  .lab {
    display: grid;
    min-width: 0;
  }

  mlp-section {
    padding: var(--space-2) 0 var(--space-4);
  }

  .lab[data-layout='wide'] {
    grid-template:
      'toolbar toolbar toolbar' auto
      'notice notice notice' auto
      'phases phases phases' auto
      'input architecture output' auto
      'input architecture loss' 1fr
      'optimizer optimizer optimizer' auto
      'panels panels panels' auto
      / 14.5rem minmax(0, 1fr) 18.75rem;
    column-gap: var(--space-6);
  }

  .lab[data-layout='medium'] {
    grid-template:
      'toolbar toolbar' auto
      'notice notice' auto
      'phases phases' auto
      'output input' auto
      'architecture architecture' auto
      'loss loss' auto
      'optimizer optimizer' auto
      'panels panels' auto
      / minmax(0, 22rem) minmax(0, 1fr);
    column-gap: var(--space-5);
  }

  .toolbar {
    grid-area: toolbar;
  }

  .notice {
    grid-area: notice;
  }

  .phases {
    grid-area: phases;
    min-width: 0;
  }

  .advice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-3);
    margin: var(--space-3) 0 0;
    color: var(--ink-soft);
    line-height: var(--leading-text);
  }

  .input {
    grid-area: input;
  }

  .architecture {
    grid-area: architecture;
  }

  .output {
    grid-area: output;
  }

  .loss {
    grid-area: loss;
  }

  .optimizer {
    grid-area: optimizer;
  }

  .panels {
    grid-area: panels;
  }

  .panel-buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    padding: var(--space-2) 0;
  }

  .panel {
    border-top: var(--hairline) solid var(--line);
  }

  /* Parts are hidden: the rest shares the room in columns of its own. */
  .lab[data-layout='loose'] {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18.75rem), 1fr));
    column-gap: var(--space-6);
  }

  .lab[data-layout='loose'] > * {
    grid-area: auto;
  }

  .lab[data-layout='loose'] > :is(.toolbar, .notice, .phases, .optimizer, .panels) {
    grid-column: 1 / -1;
  }

  .lab[data-layout='narrow'] {
    grid-template-columns: minmax(0, 1fr);
  }

  .lab[data-layout='narrow'] > * {
    grid-area: auto;
  }

  .lab[data-layout='wide'] > .architecture {
    position: relative;
    display: flex;
    flex-direction: column;
  }

  .lab:not([data-layout='narrow']) > .optimizer,
  .lab > .panels,
  .lab[data-layout='wide'] > .loss,
  .lab[data-layout='medium'] > .architecture,
  .lab[data-layout='medium'] > .loss,
  .lab[data-layout='narrow'] > mlp-section:not(.output) {
    border-top: var(--hairline) solid var(--line);
  }

  /* Hairlines between the columns, in the middle of the gap. */
  .lab[data-layout='wide'] > .architecture::before,
  .lab[data-layout='wide'] > .architecture::after {
    content: '';
    position: absolute;
    inset-block: 0;
    width: var(--hairline);
    background: var(--line);
  }

  .lab[data-layout='wide'] > .architecture::before {
    left: calc(var(--space-6) / -2);
  }

  .lab[data-layout='wide'] > .architecture::after {
    right: calc(var(--space-6) / -2);
  }

  .lab-notice {
    margin-top: var(--space-3);
  }

  /* Toolbar: what one does, what came of it, how fast. */
  .toolbar {
    display: flex;
    align-items: center;
    gap: var(--space-3) var(--space-4);
    flex-wrap: wrap;
    min-height: 3.75rem;
    padding-block: var(--space-2);
    border-bottom: var(--hairline) solid var(--line);
  }

  .transport {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }

  .transport .primary {
    min-width: 6.5rem;
    min-height: max(2.5rem, var(--control-height));
    font-size: var(--text-body);
  }

  .transport .button:not(.primary) {
    min-height: max(2.5rem, var(--control-height));
  }

  .step-tools {
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }

  .toolbar .step-tools {
    margin-left: calc(-1 * var(--space-3));
  }

  .step-tools .button {
    padding-inline: var(--space-1);
  }

  .step-tools mlp-select {
    width: 5.5rem;
  }

  .metrics {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    margin: 0;
  }

  .lab:is([data-layout='medium'], [data-layout='loose']) .metrics {
    order: 1;
    flex-basis: 100%;
  }

  .lab:is([data-layout='medium'], [data-layout='loose']) .speed {
    margin-left: auto;
  }

  .files {
    padding-block: var(--space-3);
  }

  .metrics > div {
    min-width: 4.75rem;
  }

  .metrics dt {
    color: var(--ink-faint);
    white-space: nowrap;
  }

  .metrics dd {
    margin: 0.1rem 0 0;
    font-size: var(--text-large);
    white-space: nowrap;
  }

  .speed {
    width: 11rem;
  }

  /* Everything on one line: what the panels and curves tell as well goes first. */
  @media (max-width: 84rem) {
    .lab[data-layout='wide'] .metrics > .secondary {
      display: none;
    }
  }

  .lab[data-layout='narrow'] > .transport-bar {
    position: sticky;
    bottom: 0;
    z-index: 1;
    display: flex;
    gap: var(--space-2);
    margin-inline: calc(-1 * var(--space-4));
    padding: var(--space-2) var(--space-4) max(var(--space-2), env(safe-area-inset-bottom));
    border-top: var(--hairline) solid var(--line);
    background: var(--paper);
  }

  .transport-bar .button {
    min-height: 3rem;
  }

  .transport-bar .button:not(.primary, .icon) {
    min-width: 4.5rem;
  }

  .transport-bar .button.icon {
    width: 3rem;
  }

  .transport-bar .button.primary {
    flex: 1;
  }

  .lab[data-layout='narrow'] > .metrics {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    padding-bottom: var(--space-3);
  }

  .lab[data-layout='narrow'] > .metrics > div {
    min-width: 0;
  }

  .lab[data-layout='narrow'] > .metrics > .secondary {
    display: none;
  }

  /* Notices push, they never cover. */
  .notice:not(:empty) {
    padding-top: var(--space-3);
  }

  .message {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3) var(--space-4);
    padding: var(--space-3) var(--space-4);
    border: var(--hairline) solid var(--warning);
    border-radius: var(--radius);
    background: var(--warning-wash);
  }

  .message .text {
    flex: 1 1 20rem;
    margin: 0;
    line-height: var(--leading-text);
  }

  .message strong {
    color: var(--warning);
    font-weight: var(--weight-strong);
  }

  .message .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  /* Input */
  .stack {
    display: grid;
    gap: var(--space-3);
    min-width: 0;
  }

  .caption {
    display: flex;
    justify-content: space-between;
    gap: var(--space-2);
    color: var(--ink-soft);
  }

  .caption .current {
    color: var(--ink);
  }

  fieldset.choices {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .thumbnails {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(2rem, 1fr));
    gap: 0.375rem;
    margin-top: var(--space-2);
  }

  .thumbnail {
    position: relative;
    display: block;
    aspect-ratio: 1;
    border: var(--hairline) solid var(--line);
    border-radius: var(--radius-small);
    background: var(--paper-raised);
    cursor: pointer;
  }

  .thumbnail:hover {
    border-color: var(--line-strong);
  }

  .thumbnail:has(:checked) {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
  }

  .thumbnail:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .thumbnail .icon-drawing {
    position: absolute;
    inset: 0;
    width: 1.25rem;
    height: 1.25rem;
    margin: auto;
    pointer-events: none;
  }

  .thumbnail input,
  .feature input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }

  .thumbnail mlp-thumbnail {
    height: 100%;
  }

  legend.caption {
    padding: 0;
  }

  .features {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(4.25rem, 1fr));
    gap: var(--space-1);
    margin-top: var(--space-2);
  }

  .feature {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-height: var(--control-height);
    padding: 0.2rem 0.3rem;
    border: var(--hairline) solid transparent;
    border-radius: var(--radius-small);
    color: var(--ink-faint);
    white-space: nowrap;
    cursor: pointer;
  }

  .feature .picture {
    flex: none;
    width: 1.375rem;
    height: 1.375rem;
    border: var(--hairline) solid var(--line);
    opacity: 0.45;
  }

  .feature:hover {
    border-color: var(--line);
    color: var(--ink);
  }

  .feature:has(:checked) {
    color: var(--ink);
  }

  .feature:has(:checked) .picture {
    border-color: var(--line-strong);
    opacity: 1;
    outline: 1px solid var(--accent);
    outline-offset: 1px;
  }

  .feature:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }

  /* Architecture: the heads and the drawing share one grid of equal columns. */
  .tools {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    color: var(--ink-soft);
  }

  .architecture::part(body) {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }

  .network {
    display: flex;
    flex: 1;
    flex-direction: column;
    overflow-x: auto;
    overflow-y: hidden;
  }

  .network-inner {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: min-content;
  }

  .heads {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(5.25rem, 1fr);
    min-height: 3.75rem;
  }

  .head {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: flex-start;
    min-width: 0;
    color: var(--ink-soft);
    text-align: center;
  }

  .head .name {
    display: flex;
    align-items: center;
    min-height: 1.5rem;
  }

  .head .count {
    padding-top: 0.1rem;
    color: var(--ink-faint);
    white-space: nowrap;
  }

  .head mlp-select {
    width: min(100%, 7rem);
  }

  .drawing {
    position: relative;
    flex: 1;
    min-height: 20rem;
    border-radius: var(--radius-small);
  }

  .drawing canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    touch-action: pan-x pan-y;
  }

  .drawing[data-on] canvas {
    cursor: pointer;
  }

  .inspector {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-4);
    min-height: 3rem;
    padding-top: var(--space-2);
  }

  .inspector .hint {
    margin: 0;
    color: var(--ink-faint);
    line-height: var(--leading-text);
  }

  .inspector .subject {
    flex: 1;
    min-width: 0;
  }

  .lab[data-layout='narrow'] .inspector {
    flex-wrap: wrap;
  }

  .lab[data-layout='narrow'] .inspector .subject {
    flex-basis: 100%;
  }

  .lock-tools {
    display: flex;
    flex: none;
    gap: var(--space-2);
  }

  .inspector mlp-select {
    flex: none;
    width: 11.5rem;
  }

  .inspector .subject mlp-number {
    max-width: 36rem;
  }

  .reading {
    display: flex;
    gap: var(--space-3);
    min-width: 0;
    white-space: nowrap;
  }

  .reading .number {
    font-weight: var(--weight-strong);
  }

  /* Legends */
  .scale {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    color: var(--ink-soft);
    white-space: nowrap;
  }

  .scale .bar {
    flex: 1;
    min-width: 3.5rem;
    height: 0.5rem;
    border: var(--hairline) solid var(--line);
    forced-color-adjust: none;
  }

  .bar.values {
    background: linear-gradient(in oklab to right, var(--value-negative), var(--value-zero), var(--value-positive));
  }

  .bar.marks {
    background: linear-gradient(in oklab to right, var(--mark-negative), var(--mark-zero), var(--mark-positive));
  }

  .marker {
    flex: none;
    width: 0.875rem;
    height: 0.875rem;
    overflow: visible;
    forced-color-adjust: none;
  }

  .legend {
    display: grid;
    gap: var(--space-1);
    padding-left: 2.125rem;
    padding-right: 0.375rem;
  }

  .classes {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-3);
    color: var(--ink-soft);
  }

  .classes span {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
  }

  .toggles {
    display: flex;
    margin-left: -2.125rem;
    margin-right: -0.375rem;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--space-2);
  }

  .toggles .points {
    display: flex;
    gap: var(--space-3);
  }

  .toggles .swatch {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
  }

  .plane {
    border-radius: var(--radius-small);
    outline-offset: -2px;
  }

  .toggles > .button {
    margin-left: calc(-1 * var(--space-2));
  }

  .legend > .button {
    justify-self: start;
    margin-left: -2.125rem;
  }

  .surface {
    display: block;
    cursor: crosshair;
    width: 100%;
    max-width: 30rem;
    aspect-ratio: 1;
    touch-action: pan-y;
  }

  .surface[data-painting] {
    cursor: crosshair;
    touch-action: none;
  }

  .surface[data-hand] {
    cursor: grab;
    touch-action: none;
  }

  .legend > mlp-plane-tools {
    margin-left: -34px;
  }

  .lab[data-layout='narrow'] .surface {
    max-width: none;
    max-height: 72vh;
  }

  .readout {
    color: var(--ink-soft);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* Curves */
  .curves {
    display: flex;
    align-items: center;
    gap: var(--space-2) var(--space-3);
    color: var(--ink-soft);
    white-space: nowrap;
  }

  .curves .key {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
  }

  .curves .key::before {
    content: '';
    width: 1rem;
    border-top: 2px solid var(--ink);
  }

  .curves .key.test::before {
    border-top: 2px dashed var(--accent);
  }

  .curves .number {
    display: inline-block;
    min-width: 3.3em;
    color: var(--ink);
    text-align: right;
  }

  .chart {
    position: relative;
    height: 5.5rem;
    min-width: 0;
    overflow: hidden;
  }

  .chart.small {
    height: 4rem;
  }

  .chart-head {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-3);
    margin-block: var(--space-1);
    color: var(--ink-soft);
  }

  .lab:not([data-layout='wide']) .chart {
    height: 9rem;
  }

  .plot {
    position: absolute;
    inset: 0;
  }

  .pointed {
    position: absolute;
    top: 0;
    right: 14px;
    margin: 0;
    padding: 0 var(--space-1);
    background: var(--paper);
    pointer-events: none;
  }

  .chart[data-empty] .plot {
    visibility: hidden;
  }

  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    margin: 0;
    color: var(--ink-faint);
    text-align: center;
  }

  /* Optimizer */
  .strip {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr));
    gap: var(--space-4) var(--space-6);
    align-items: start;
  }

  .more {
    margin-top: var(--space-4);
    padding-top: var(--space-4);
    border-top: var(--hairline) solid var(--line);
  }

  /* Shown to a room: network and surface side by side above all else, and what a room does not need put away. */
  :host([projector]) .lab[data-layout='medium']:not(.digits) {
    grid-template:
      'toolbar toolbar' auto
      'notice notice' auto
      'architecture output' auto
      'input loss' auto
      'optimizer optimizer' auto
      'panels panels' auto
      / minmax(0, 1fr) 21rem;
  }

  :host([projector]) .lab[data-layout='medium'] .metrics {
    order: 0;
    flex-basis: auto;
  }

  :host([projector]) .speed {
    width: 10.5rem;
  }

  :host([projector]) .lab[data-layout='medium']:not(.digits) > .architecture {
    border-top: 0;
  }

  :host([projector]) .lab[data-layout='medium']:not(.digits) > .input {
    border-top: var(--hairline) solid var(--line);
  }

  :host([projector]) :is(mlp-menu, mlp-seed, .transport .icon, .inspector > :not(.subject), .hint, .about, .unfolder, .metrics .secondary) {
    display: none;
  }

  :host([projector]) .metrics dd {
    font-size: var(--text-title);
    font-weight: var(--weight-strong);
  }

  @media (pointer: coarse) {
    .heads {
      grid-auto-columns: minmax(5.5rem, 1fr);
    }

    .head .name {
      min-height: 2.75rem;
    }

    .features {
      grid-template-columns: repeat(auto-fill, minmax(5rem, 1fr));
    }

    .thumbnails {
      grid-template-columns: repeat(auto-fill, minmax(3rem, 1fr));
    }
  }

  @media (forced-colors: active) {
    canvas {
      forced-color-adjust: none;
    }

    .thumbnail:has(:checked),
    .feature:has(:checked) .picture {
      outline: 2px solid Highlight;
    }
  }

  @media print {
    .toolbar .transport,
    .transport-bar,
    .speed,
    .inspector .hint {
      display: none;
    }
  }
`;
