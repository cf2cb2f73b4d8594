/**
 * Errors as they leave the engine, and their form on the way between worker and page.
 */

/**
 * @typedef {'invalid-document' | 'invalid-argument' | 'needs-data' | 'bad-file' | 'out-of-memory' | 'disposed' | 'unsupported' | 'internal'} ErrorCode
 */

/** @typedef {{ name: 'EngineError', code: ErrorCode, path: string, message: string }} PlainError */

/** @type {ReadonlySet<string>} */
const codes = new Set([
  'invalid-document',
  'invalid-argument',
  'needs-data',
  'bad-file',
  'out-of-memory',
  'disposed',
  'unsupported',
  'internal',
]);

/** What went wrong (`code`), where in the input (`path`, empty for the whole), and a sentence that says so. */
export class EngineError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {{ path?: string, cause?: unknown }} [details]
   */
  constructor(code, message, { path = '', cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
    /** @type {ErrorCode} */
    this.code = code;
    this.path = path;
  }
}

/**
 * Whatever was thrown, as an EngineError: the module's own errors keep code and path; anything else, a trap above all, is `internal`.
 * @param {unknown} thrown
 * @returns {EngineError}
 */
export function asEngineError(thrown) {
  if (thrown instanceof EngineError) return thrown;
  if (thrown instanceof Error) {
    const { code, path } = /** @type {Error & { code?: unknown, path?: unknown }} */ (thrown);
    if (thrown.name === 'EngineError' && typeof code === 'string' && codes.has(code)) {
      return new EngineError(/** @type {ErrorCode} */ (code), thrown.message, {
        path: typeof path === 'string' ? path : '',
        cause: thrown,
      });
    }
    return new EngineError('internal', `The engine stopped unexpectedly (${thrown.name}: ${thrown.message}).`, { cause: thrown });
  }
  return new EngineError('internal', `The engine stopped unexpectedly (${String(thrown)}).`, { cause: thrown });
}

/**
 * An error as a plain object that a message can carry.
 * @param {unknown} thrown
 * @returns {PlainError}
 */
export function toPlain(thrown) {
  const { code, path, message } = asEngineError(thrown);
  return { name: 'EngineError', code, path, message };
}

/**
 * The error that `toPlain` described.
 * @param {PlainError} plain
 * @returns {EngineError}
 */
export function fromPlain(plain) {
  return new EngineError(plain.code, plain.message, { path: plain.path });
}
