/** The single-file script for other sites: registers every lab. */
import '../engine/script-url.js';

export * from '../elements/index.js';
