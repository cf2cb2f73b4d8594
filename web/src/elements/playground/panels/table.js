import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { entryOf } from '../../../state/edits.js';
import { ExpressionError, functionNames, parseExpression } from '../../../state/expression.js';
import { gates, sampleFormula, truthTable } from '../../../state/formula-data.js';
import { FEWEST_CLASSES, MOST_CLASSES, noPoints, withPoints, withRow, withoutRow } from '../../../state/own-points.js';
import { tableEn } from '../../../text/table-en.js';
import { tableZh } from '../../../text/table-zh.js';
import { createTranslator, formatField, labelIn, listed, parseNumber } from '../../../text/text.js';
import { icon } from '../../../ui/icons.js';
import { Panel } from './panel.js';

/**
 * @import { PropertyValues, TemplateResult } from 'lit'
 * @import { CellIssue, Columns, Import, TableError, TextTable } from '../../../state/delimited-text.js'
 * @import { OwnPoints } from '../../../state/own-points.js'
 * @import { OwnData } from '../own-data.js'
 */

/** @typedef {'rows' | 'text' | 'formula' | 'truth'} Source */
/** @typedef {typeof import('../../../state/delimited-text.js')} DelimitedText */

const tables = { en: tableEn, zh: tableZh };
const translators = Object.freeze({ en: createTranslator(tables, 'en'), zh: createTranslator(tables, 'zh') });

const PAGE = 100;
const SHOWN_ISSUES = 8;
/** Browsers lay out long texts in a field slowly: they are read, not shown. */
const LONGEST_SHOWN_TEXT = 20_000;
const MOST_SAMPLES = 2000;
const SPREAD = Object.freeze({ low: -3, high: 3 });
const PLAIN = Object.freeze({ low: 0, high: 1 });

/** @type {readonly Source[]} */
const sources = Object.freeze(['rows', 'text', 'formula', 'truth']);

/** The points as rows that can be edited, and three ways to get others: text or file, a formula, a truth table. */
export class TablePanel extends Panel {
  static properties = {
    own: { state: true },
    source: { state: true },
    page: { state: true },
    wrong: { state: true },
    text: { state: true },
    table: { state: true },
    columns: { state: true },
    kind: { state: true },
    scale: { state: true },
    used: { state: true },
    formula: { state: true },
    formulaKind: { state: true },
    samples: { state: true },
    seed: { state: true },
    answers: { state: true },
    spread: { state: true },
  };

  static styles = [
    Panel.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
        min-height: 12rem;
      }

      .sources {
        overflow-x: auto;
      }

      .scroll {
        max-height: 24rem;
        max-width: 34rem;
        overflow: auto;
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius-small);
      }

      table {
        width: 100%;
        border-collapse: collapse;
      }

      th,
      td {
        padding: 0 var(--space-2);
        border-bottom: var(--hairline) solid var(--line);
        text-align: right;
      }

      thead th {
        position: sticky;
        top: 0;
        z-index: 1;
        height: var(--control-height);
        background: var(--paper-raised);
        color: var(--ink-soft);
        font-weight: normal;
      }

      tbody th {
        color: var(--ink-faint);
        font-weight: normal;
      }

      td input,
      .formula input,
      textarea {
        box-sizing: border-box;
        padding: 0 var(--space-2);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius-small);
        background: var(--paper-raised);
        font-variant-numeric: tabular-nums;
      }

      td input {
        width: 100%;
        min-width: 4rem;
        height: var(--touch-target);
        border-color: transparent;
        background: none;
        text-align: right;
      }

      td input:hover:enabled {
        border-color: var(--line);
      }

      td input:focus {
        border-color: var(--accent);
        background: var(--paper-raised);
        outline: 2px solid var(--accent);
        outline-offset: -1px;
      }

      [aria-invalid='true'] {
        border-color: var(--warning) !important;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-2) var(--space-4);
      }

      .pager {
        align-items: center;
      }

      /* The buttons stay under the pointer while the numbers between them grow. */
      .pager span {
        min-width: 12em;
        text-align: center;
      }

      .row > mlp-select,
      .row > mlp-number,
      .row > mlp-seed {
        width: 11.5rem;
      }

      .block {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
        max-width: 46rem;
      }

      label.text {
        margin-bottom: calc(-1 * var(--space-2));
        color: var(--ink-soft);
      }

      textarea {
        width: 100%;
        min-height: 7rem;
        padding: var(--space-2);
        color: inherit;
        font: inherit;
        font-family: var(--font-code);
        resize: vertical;
      }

      .formula input {
        width: 100%;
        height: 2.5rem;
        font-family: var(--font-code);
        font-size: var(--text-body);
      }

      p,
      ul {
        margin: 0;
        line-height: var(--leading-text);
      }

      .wrong {
        color: var(--warning);
        overflow-wrap: anywhere;
      }

      .hint,
      ul {
        color: var(--ink-soft);
        overflow-wrap: anywhere;
      }

      .truth {
        width: auto;
        justify-self: start;
      }

      .truth :is(th, td) {
        padding: var(--space-1) var(--space-4);
        color: var(--ink);
        text-align: center;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {OwnData | undefined} */
    this.own = undefined;
    /** @type {Source} */
    this.source = 'rows';
    this.page = 0;
    /** What is wrong with what was typed or read, as a sentence. */
    this.wrong = '';
    this.text = '';
    /** @type {TextTable | undefined} */
    this.table = undefined;
    /** @type {Columns} */
    this.columns = { x1: 0, x2: 1, target: 2 };
    /** @type {'classes' | 'values'} */
    this.kind = 'classes';
    this.scale = false;
    /** What has just become the reader's own. */
    this.used = '';
    this.formula = 'x2 > 3 sin(x1)';
    /** @type {'classes' | 'values'} */
    this.formulaKind = 'classes';
    this.samples = 300;
    this.seed = 1;
    /** @type {readonly number[]} */
    this.answers = gates.xor;
    this.spread = true;
  }

  /** @type {DelimitedText | undefined} */
  #reader;
  #redraw = () => this.requestUpdate();

  get words() {
    return translators[this.language];
  }

  get editable() {
    return this.own?.editable === true;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.own?.removeEventListener('change', this.#redraw);
    this.own = undefined;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    super.updated(changed);
    if (!this.own && this.lab && this.isConnected) this.#connect();
  }

  async #connect() {
    const { lab } = this;
    if (!lab) return;
    try {
      const { own } = await lab.ownData();
      if (this.own || !this.isConnected) return;
      this.own = own;
      own.addEventListener('change', this.#redraw);
    } catch (thrown) {
      lab.showError(thrown);
    }
  }

  /**
   * A file that was dropped or chosen.
   * @param {Blob} file
   */
  async readFile(file) {
    this.source = 'text';
    try {
      // A file beyond all limits is refused by its size: its first part is enough to say so.
      await this.read(await file.slice(0, 1 << 25).text());
    } catch (thrown) {
      this.lab?.showError(thrown);
    }
  }

  /**
   * A table as text: what is in it is shown, with the columns that one would most likely choose.
   * @param {string} text
   */
  async read(text) {
    this.text = text;
    this.wrong = '';
    this.used = '';
    this.table = undefined;
    if (text.trim() === '') return;
    const reader = await import('../../../state/delimited-text.js');
    this.#reader = reader;
    if (this.text !== text) return;
    try {
      this.table = reader.readTable(text, Number(this.lab?.catalog.limits.samples));
    } catch (thrown) {
      if (!(thrown instanceof reader.TableError)) throw thrown;
      this.#refuse(thrown);
      return;
    }
    if (this.table.columns < 3) {
      this.table = undefined;
      this.wrong = this.words('text.problem.three');
      return;
    }
    const { columns, kind } = reader.guessColumns(this.table);
    this.columns = columns;
    this.kind = kind;
    this.scale = reader.wantsScaling(this.table, [columns.x1, columns.x2]);
  }

  /** @param {TableError} error */
  #refuse({ problem, limit, row }) {
    this.wrong = this.words(`text.problem.${problem}`, { limit, row });
  }

  /** @param {OwnPoints} points */
  #use(points) {
    this.own?.change(points, { keep: false });
    this.page = 0;
    this.used = this.words('text.used', { count: points.rows });
  }

  render() {
    const t = this.words;
    if (!this.lab || !this.own) return html``;
    const views = {
      rows: () => this.#rows(),
      text: () => this.#textSource(),
      formula: () => this.#formulaSource(),
      truth: () => this.#truthSource(),
    };
    return html`
      <div class="sources">
        <mlp-segmented
          .label=${t('source.label')}
          .value=${this.source}
          .choices=${sources.map((id) => ({ id, label: t(`source.${id}`) }))}
          @change=${(/** @type {CustomEvent<Source>} */ event) => this.#show(event.detail)}
        ></mlp-segmented>
      </div>
      ${this.editable ? nothing : html`<p class="hint">${t('rows.held')}</p>`} ${views[this.source]()}
      <p class="wrong" role="alert" ?hidden=${this.wrong === ''}>${this.wrong}</p>
      <p class="hint" role="status">${this.used}</p>
    `;
  }

  /** @param {Source} source */
  #show(source) {
    this.source = source;
    this.wrong = '';
    this.used = '';
  }

  // Rows.

  #rows() {
    const t = this.words;
    const { lab, own } = this;
    if (!lab || !own) return html``;
    const points = own.shown ?? noPoints(FEWEST_CLASSES);
    const pages = Math.max(1, Math.ceil(points.rows / PAGE));
    const page = Math.min(this.page, pages - 1);
    const from = page * PAGE;
    const to = Math.min(points.rows, from + PAGE);
    const valueName = t(points.classes > 0 ? 'rows.class' : 'rows.value');
    const entry = own.active ? undefined : entryOf(lab.catalog.datasets, lab.running?.experiment.data.id);
    const name = entry ? labelIn(entry.label, this.language) : this.t('input.own');
    return html`
      ${own.active || !this.editable ? nothing : html`<p class="hint">${t('rows.copy')}</p>`}
      <div class="scroll" tabindex="0" role="region" aria-label=${t('rows.label', { name })}>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('rows.number')}</th>
              <th scope="col">x₁</th>
              <th scope="col">x₂</th>
              <th scope="col">${valueName}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${Array.from({ length: to - from }, (_, index) => this.#row(points, from + index, valueName))}
          </tbody>
        </table>
      </div>
      <div class="row pager">
        <button type="button" class="button" ?disabled=${!this.editable || points.rows >= own.limit} @click=${() => this.#addRow(points)}>
          ${icon('plus')}${t('rows.add')}
        </button>
        ${
          pages > 1
            ? html`
                <button type="button" class="button" ?disabled=${page === 0} @click=${() => (this.page = page - 1)}>
                  ${t('rows.before')}
                </button>
                <span>${t('rows.pages', { from: from + 1, to, count: points.rows })}</span>
                <button type="button" class="button" ?disabled=${page === pages - 1} @click=${() => (this.page = page + 1)}>
                  ${t('rows.after')}
                </button>
              `
            : nothing
        }
      </div>
    `;
  }

  /**
   * @param {OwnPoints} points
   * @param {number} row
   * @param {string} valueName
   */
  #row(points, row, valueName) {
    const t = this.words;
    /** @param {string} column @param {number} value @param {'x' | 'y' | 'value'} field */
    const cell = (column, value, field) => html`
      <td>
        <input
          type="text"
          inputmode="decimal"
          aria-label=${t('rows.cell', { row: row + 1, column })}
          .value=${live(formatField(value))}
          ?disabled=${!this.editable}
          @change=${(/** @type {Event & { target: HTMLInputElement }} */ event) => this.#type(points, row, field, column, event.target)}
        />
      </td>
    `;
    return html`
      <tr>
        <th scope="row">${row + 1}</th>
        ${cell('x₁', points.inputs[row * 2], 'x')} ${cell('x₂', points.inputs[row * 2 + 1], 'y')}
        ${cell(valueName, points.values[row], 'value')}
        <td>
          <button
            type="button"
            class="button quiet icon"
            aria-label=${t('rows.remove', { row: row + 1 })}
            title=${t('rows.remove', { row: row + 1 })}
            ?disabled=${!this.editable}
            @click=${() => this.own?.change(withoutRow(points, row))}
          >
            ${icon('close')}
          </button>
        </td>
      </tr>
    `;
  }

  /**
   * @param {OwnPoints} points
   * @param {number} row
   * @param {'x' | 'y' | 'value'} field
   * @param {string} column
   * @param {HTMLInputElement} input
   */
  #type(points, row, field, column, input) {
    const t = this.words;
    const value = Math.fround(parseNumber(input.value));
    const label = field === 'value' && points.classes > 0;
    const right = label ? Number.isInteger(value) && value >= 0 && value < MOST_CLASSES : Number.isFinite(value);
    input.setAttribute('aria-invalid', String(!right));
    if (!right) {
      const expected = label ? t('expected.class', { most: MOST_CLASSES - 1 }) : t('expected.number');
      this.wrong = t('rows.wrong', { row: row + 1, column, expected, got: input.value });
      return;
    }
    this.wrong = '';
    const changed = withRow(points, row, { [field]: value });
    this.own?.change(label ? { ...changed, classes: Math.max(points.classes, value + 1) } : changed);
  }

  /** @param {OwnPoints} points */
  #addRow(points) {
    const added = withPoints(points, [{ x: 0, y: 0 }], 0);
    this.own?.change(added);
    this.page = Math.floor((added.rows - 1) / PAGE);
  }

  // Text and files.

  #textSource() {
    const t = this.words;
    return html`
      <div class="block" @dragover=${(/** @type {DragEvent} */ event) => event.preventDefault()} @drop=${this.#onDrop}>
        <p class="hint">${t('text.hint')}</p>
        <label class="text" for="text">${t('text.label')}</label>
        <textarea
          id="text"
          spellcheck="false"
          .value=${live(this.text.length <= LONGEST_SHOWN_TEXT ? this.text : '')}
          placeholder=${this.text.length <= LONGEST_SHOWN_TEXT ? nothing : t('text.long')}
          ?disabled=${!this.editable}
          @paste=${this.#onPaste}
          @input=${(/** @type {Event & { target: HTMLTextAreaElement }} */ event) => this.#readSafely(event.target.value)}
        ></textarea>
        <div class="row">
          <button type="button" class="button" ?disabled=${!this.editable} @click=${this.#choose}>
            ${icon('open')}${t('text.choose')}
          </button>
          <input type="file" hidden accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain" @change=${this.#onFile} />
        </div>
        ${this.table && this.#reader ? this.#importView(this.table, this.#reader) : nothing}
      </div>
    `;
  }

  /** @param {string} text */
  async #readSafely(text) {
    try {
      await this.read(text);
    } catch (thrown) {
      this.lab?.showError(thrown);
    }
  }

  /**
   * Long texts go past the field, which would take its time to insert them line by line.
   * @param {ClipboardEvent & { currentTarget: HTMLTextAreaElement }} event
   */
  #onPaste(event) {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted.length <= LONGEST_SHOWN_TEXT) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    this.#readSafely(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
  }

  #choose() {
    const input = this.renderRoot.querySelector('input[type="file"]');
    if (input instanceof HTMLInputElement) input.click();
  }

  /** @param {Event & { target: HTMLInputElement }} event */
  #onFile({ target }) {
    const [file] = target.files ?? [];
    if (file) this.readFile(file);
    // The same file, mended, may be chosen again.
    target.value = '';
  }

  /** @param {DragEvent} event */
  #onDrop(event) {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || !this.editable) return;
    event.preventDefault();
    event.stopPropagation();
    this.readFile(file);
  }

  /**
   * @param {TextTable} table
   * @param {DelimitedText} reader
   */
  #importView(table, reader) {
    const t = this.words;
    const result = reader.importTable(table, { columns: this.columns, kind: this.kind, scale: this.scale });
    const choices = Array.from({ length: table.columns }, (_, column) => ({ id: String(column), label: this.#columnName(table, column) }));
    /** @param {keyof Columns} field */
    const menu = (field) => html`
      <mlp-select
        .label=${t(`text.${field}`)}
        .value=${String(this.columns[field])}
        .choices=${choices}
        @change=${(/** @type {CustomEvent<string>} */ event) => this.#chooseColumn(table, reader, field, Number(event.detail))}
      ></mlp-select>
    `;
    return html`
      <div class="row">
        ${menu('x1')} ${menu('x2')} ${menu('target')}
        <mlp-select
          .label=${t('text.kind')}
          .value=${this.kind}
          .choices=${[
            { id: 'classes', label: t('text.kind.classes') },
            { id: 'values', label: t('text.kind.values') },
          ]}
          @change=${(/** @type {CustomEvent<'classes' | 'values'>} */ event) => (this.kind = event.detail)}
        ></mlp-select>
      </div>
      <mlp-toggle
        .label=${t('text.scale')}
        .checked=${this.scale}
        @change=${(/** @type {CustomEvent<boolean>} */ event) => (this.scale = event.detail)}
      ></mlp-toggle>
      ${this.scale ? this.#scalingNote(table, result) : nothing}
      ${
        result.classNames.length > 0
          ? html`<p class="hint">
              ${t('text.classes', {
                names: listed(
                  result.classNames.map((name, index) => `${index} = ${name}`),
                  this.language,
                ),
              })}
            </p>`
          : nothing
      }
      ${this.#issues(table, result)}
      <div class="row">
        <button
          type="button"
          class="button primary"
          ?disabled=${result.points.rows === 0 || !this.editable}
          @click=${() => this.#use(result.points)}
        >
          ${t('text.use', { count: result.points.rows })}
        </button>
      </div>
    `;
  }

  /**
   * @param {TextTable} table
   * @param {DelimitedText} reader
   * @param {keyof Columns} field
   * @param {number} column
   */
  #chooseColumn(table, reader, field, column) {
    this.columns = { ...this.columns, [field]: column };
    if (field === 'target') this.kind = reader.kindOf(table, column);
    else this.scale = reader.wantsScaling(table, [this.columns.x1, this.columns.x2]);
  }

  /**
   * @param {TextTable} table
   * @param {number} column
   */
  #columnName(table, column) {
    return table.names[column] || this.words('text.column', { column: column + 1 });
  }

  /**
   * @param {TextTable} table
   * @param {Import} result
   */
  #scalingNote(table, { scaling }) {
    const t = this.words;
    /** @type {[string, keyof Columns][]} */
    const lines = [
      ['x₁', 'x1'],
      ['x₂', 'x2'],
      ...(this.kind === 'values' ? /** @type {[string, keyof Columns][]} */ ([['y', 'target']]) : []),
    ];
    return html`
      <ul>
        ${lines.map(([axis, field]) => {
          const { middle, factor } = scaling[field];
          const column = this.#columnName(table, this.columns[field]);
          return html`<li>${t('text.scaled', { axis, column, middle: formatField(middle), factor: formatField(factor) })}</li>`;
        })}
      </ul>
    `;
  }

  /**
   * @param {TextTable} table
   * @param {Import} result
   */
  #issues(table, { issues }) {
    if (issues.length === 0) return nothing;
    const t = this.words;
    /** @param {CellIssue} issue */
    const sentence = ({ row, column, expected, got }) =>
      t('rows.wrong', {
        row,
        column: this.#columnName(table, column),
        expected: expected === 'class' ? t('expected.classes', { most: MOST_CLASSES }) : t(`expected.${expected}`),
        got: got.length > 40 ? `${got.slice(0, 40)}…` : got,
      });
    return html`
      <div class="wrong" role="alert">
        <p>${t('text.wrong', { count: issues.length })}</p>
        <ul class="wrong">
          ${issues.slice(0, SHOWN_ISSUES).map((issue) => html`<li>${sentence(issue)}</li>`)}
          ${issues.length > SHOWN_ISSUES ? html`<li>${t('text.rest', { count: issues.length - SHOWN_ISSUES })}</li>` : nothing}
        </ul>
      </div>
    `;
  }

  // Formula.

  #formulaSource() {
    const t = this.words;
    const functions = functionNames.join(' ');
    return html`
      <form class="block formula" @submit=${this.#drawFormula}>
        <div class="row">
          <mlp-segmented
            .label=${t('formula.kind')}
            .value=${this.formulaKind}
            .choices=${[
              { id: 'classes', label: t('formula.classes') },
              { id: 'values', label: t('formula.values') },
            ]}
            @change=${(/** @type {CustomEvent<'classes' | 'values'>} */ event) => this.#chooseFormulaKind(event.detail)}
          ></mlp-segmented>
        </div>
        <label class="text" for="formula">${t('source.formula')}</label>
        <input
          id="formula"
          type="text"
          spellcheck="false"
          autocapitalize="off"
          autocomplete="off"
          .value=${live(this.formula)}
          aria-invalid=${this.wrong !== ''}
          ?disabled=${!this.editable}
          @input=${(/** @type {Event & { target: HTMLInputElement }} */ event) => (this.formula = event.target.value)}
        />
        <p class="hint">
          ${this.formulaKind === 'classes' ? t('formula.classes.hint', { functions, most: MOST_CLASSES - 1 }) : t('formula.values.hint', { functions })}
        </p>
        <div class="row">
          <mlp-number
            .language=${this.language}
            .label=${t('formula.samples')}
            .value=${this.samples}
            .minimum=${1}
            .maximum=${MOST_SAMPLES}
            .limit=${this.own?.limit ?? MOST_SAMPLES}
            .fallback=${300}
            .scale=${'log'}
            .whole=${true}
            @input=${(/** @type {CustomEvent<number>} */ event) => (this.samples = event.detail)}
          ></mlp-number>
          <mlp-seed
            .language=${this.language}
            .label=${t('formula.seed')}
            .value=${this.seed}
            @change=${(/** @type {CustomEvent<number>} */ event) => (this.seed = event.detail)}
          ></mlp-seed>
          <button type="submit" class="button primary" ?disabled=${!this.editable}>${t('formula.use')}</button>
        </div>
      </form>
    `;
  }

  /** @param {'classes' | 'values'} kind */
  #chooseFormulaKind(kind) {
    this.formulaKind = kind;
    if (kind === 'values' && this.formula === 'x2 > 3 sin(x1)') this.formula = 'sin(x1) cos(x2)';
    this.wrong = '';
  }

  /** @param {Event} event */
  #drawFormula(event) {
    event.preventDefault();
    const t = this.words;
    this.wrong = '';
    this.used = '';
    try {
      const result = sampleFormula(parseExpression(this.formula), { samples: this.samples, seed: this.seed, kind: this.formulaKind });
      if ('wrong' in result) {
        const { x1, x2, value } = result.wrong;
        this.wrong = t('formula.wrong', { x1: formatField(x1), x2: formatField(x2), value: formatField(value), most: MOST_CLASSES - 1 });
      } else if (result.points.rows === 0) {
        this.wrong = t('formula.none');
      } else {
        this.#use(result.points);
        if (result.left > 0) this.used = `${this.used} ${t('formula.left', { count: result.left })}`;
      }
    } catch (thrown) {
      if (!(thrown instanceof ExpressionError)) throw thrown;
      this.wrong = t(`formula.problem.${thrown.problem}`, { position: thrown.position, got: thrown.got });
    }
  }

  // Truth table.

  /** @returns {TemplateResult} */
  #truthSource() {
    const t = this.words;
    const known = /** @type {(keyof typeof gates)[]} */ (Object.keys(gates));
    const gate = known.find((name) => gates[name].every((answer, row) => answer === this.answers[row]));
    return html`
      <div class="block">
        <div class="row">
          <mlp-segmented
            .label=${t('truth.gates')}
            .value=${gate ?? 'own'}
            .choices=${[...known.map((id) => ({ id, label: t(`truth.${id}`) })), ...(gate ? [] : [{ id: 'own', label: t('truth.custom') }])]}
            @change=${(/** @type {CustomEvent<string>} */ event) => this.#chooseGate(event.detail)}
          ></mlp-segmented>
        </div>
        <table class="truth">
          <thead>
            <tr>
              <th scope="col">x₁</th>
              <th scope="col">x₂</th>
              <th scope="col">y</th>
            </tr>
          </thead>
          <tbody>
            ${this.answers.map((answer, row) => {
              const [a, b] = [row >> 1, row & 1];
              return html`
                <tr>
                  <td>${a}</td>
                  <td>${b}</td>
                  <td>
                    <button
                      type="button"
                      class="button"
                      aria-label="${t('truth.output', { a: String(a), b: String(b) })}: ${answer}"
                      ?disabled=${!this.editable}
                      @click=${() => (this.answers = this.answers.map((value, index) => (index === row ? 1 - value : value)))}
                    >
                      ${answer}
                    </button>
                  </td>
                </tr>
              `;
            })}
          </tbody>
        </table>
        <mlp-toggle
          .label=${t('truth.spread')}
          .checked=${this.spread}
          @change=${(/** @type {CustomEvent<boolean>} */ event) => (this.spread = event.detail)}
        ></mlp-toggle>
        <div class="row">
          <button
            type="button"
            class="button primary"
            ?disabled=${!this.editable}
            @click=${() => this.#use(truthTable(this.answers, this.spread ? SPREAD : PLAIN))}
          >
            ${t('truth.use')}
          </button>
        </div>
      </div>
    `;
  }

  /** @param {string} name */
  #chooseGate(name) {
    if (Object.hasOwn(gates, name)) this.answers = gates[/** @type {keyof typeof gates} */ (name)];
  }
}
