/**
 * Registers every lab; safe to load more than once.
 */
import { define } from './define.js';
import { DigitsElement } from './digits.js';
import { PlaygroundElement } from './playground.js';

define('mlp-playground', PlaygroundElement);
define('mlp-digits', DigitsElement);

export { DigitsElement, PlaygroundElement };
