import { css, html, nothing } from 'lit';
import { Panel } from './panels/panel.js';
import { classesOf } from '../../state/edits.js';
import { planeTranslator } from '../../text/plane.js';
import { formatField, formatFixed, formatNumber } from '../../text/text.js';

/**
 * @import { PropertyValues } from 'lit'
 * @import { RemoteRun } from '../../engine/client.js'
 * @import { Area } from '../../view/plane.js'
 */

/** Places along each axis, the edges among them. */
const PLACES = 7;

/** The surface as numbers: the network's answers at a few places of what is seen of the plane. */
export class AnswersTable extends Panel {
  static properties = {
    area: { attribute: false },
    shown: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      .frame {
        overflow-x: auto;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      p {
        margin: 0 0 var(--space-2);
        color: var(--ink-soft);
        line-height: var(--leading-text);
      }

      th,
      td {
        height: 1.75rem;
        padding: 0 0.15rem;
        border: var(--hairline) solid var(--line);
        text-align: right;
        white-space: nowrap;
      }

      th {
        color: var(--ink-faint);
        font-weight: normal;
      }

      .class {
        display: block;
        font-weight: var(--weight-strong);
      }
    `,
  ];

  constructor() {
    super();
    /** What is seen of the plane, where it is not the whole. @type {Area | undefined} */
    this.area = undefined;
    /** @type {{ values: Float32Array, area: Area } | undefined} */
    this.shown = undefined;
  }

  /** @param {RemoteRun} run */
  async refresh(run) {
    const { lab } = this;
    if (!lab) return;
    const area = lab.area ?? lab.wholeArea;
    // Values are those at the cells' centres: the grid reaches half a cell beyond the edges.
    const [x, y] = [area.x, area.y].map(([low, high]) => {
      const half = (high - low) / (PLACES - 1) / 2;
      return /** @type {[number, number]} */ ([low - half, high + half]);
    });
    const values = await run.call('surface', { x, y, columns: PLACES, rows: PLACES });
    this.shown = { values, area };
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (changed.has('area')) this.frameDrawn();
  }

  render() {
    const { lab, running, shown } = this;
    if (!lab || !running || !shown) return html``;
    const t = planeTranslator(this.language);
    const { values, area } = shown;
    const outputs = values.length / PLACES ** 2;
    const places = Array.from({ length: PLACES }, (_, place) => place);
    /** @param {readonly [number, number]} edges @param {number} place */
    const at = ([low, high], place) => formatField(Number((low + ((high - low) * place) / (PLACES - 1)).toPrecision(3)));
    /** @param {number} row @param {number} column */
    const answer = (row, column) => {
      const start = (row * PLACES + column) * outputs;
      const all = values.subarray(start, start + outputs);
      const best = all.indexOf(Math.max(...all));
      const value = all[Math.max(0, best)];
      const text = Math.abs(value) >= 100 ? formatNumber(value) : formatFixed(value);
      return html`<td>${outputs > 1 && best >= 0 ? html`<span class="class">${best}</span>` : nothing}${text}</td>`;
    };
    const kind = classesOf(running.experiment, lab.catalog) === 0 ? 'values' : outputs > 1 ? 'classes' : 'two';
    return html`
      <p id="about">${t(`answers.${kind}`, { places: PLACES })}</p>
      <div class="frame" role="region" tabindex="0" aria-label=${t('answers')}>
        <table aria-describedby="about">
          <thead>
            <tr>
              <th scope="col">x₂\\x₁</th>
              ${places.map((column) => html`<th scope="col">${at(area.x, column)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${places.toReversed().map(
              (row) => html`
                <tr>
                  <th scope="row">${at(area.y, row)}</th>
                  ${places.map((column) => answer(row, column))}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}
