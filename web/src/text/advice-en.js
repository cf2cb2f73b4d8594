/** Advice on settings that do not go together, in English. */
export const adviceEn = Object.freeze({
  logits: 'This loss squashes the output by itself, and {activation} does so before: the gradient grows weak.',
  'mend.logits': 'Output without activation',
  reach: '{activation} at the output cannot reach every target of these data.',
  'mend.reach': 'Output without activation',
  flat: 'The step function has slope 0 everywhere: layer {layer} and those before it learn nothing by gradients.',
  'mend.flat': 'Give layer {layer} a slope',
  alike: 'All weights of a layer start alike, so its neurons stay alike however long they train.',
  'mend.alike': 'Start from random weights',
});
