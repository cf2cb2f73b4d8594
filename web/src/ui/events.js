/**
 * Keeps a native event of an inner field inside its control: outside, `input` and `change` always carry the control's own value.
 * @param {Event} event
 */
export function stop(event) {
  event.stopPropagation();
}

/**
 * Entering a number field selects it, so that typing replaces it.
 * @param {FocusEvent & { target: HTMLInputElement }} event
 */
export function selectAll(event) {
  event.target.select();
}
