import { EngineError } from '../engine/errors.js';

/**
 * missing: the server has no such file · unreachable: no answer · truncated: it ends too early · oversized: more bytes than it may have ·
 * foreign: not an IDX file · mismatch: an IDX file of another shape · damaged: the bytes are not the ones that were packed
 * @typedef {'missing' | 'unreachable' | 'truncated' | 'oversized' | 'foreign' | 'mismatch' | 'damaged'} DataFileReason
 */

/** A data file that cannot be used: the engine's `bad-file`, with a reason that the page can say in the reader's language. */
export class DataFileError extends EngineError {
  /**
   * @param {DataFileReason} reason
   * @param {string} file
   * @param {string} message what was expected and what was found
   * @param {{ cause?: unknown }} [options]
   */
  constructor(reason, file, message, { cause } = {}) {
    super('bad-file', `${file}: ${message}`, { path: file, cause });
    this.name = 'DataFileError';
    /** @type {DataFileReason} */
    this.reason = reason;
  }
}
