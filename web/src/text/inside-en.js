/** The words of the panel "Inside the layers" in English. */
export const insideEn = Object.freeze({
  hint: 'Where the sums z of {count} training points fall on each activation. Under a flat part of the curve a neuron hardly learns: its slope, the dashed line, is near zero.',
  layer: 'Layer {layer}',
  output: 'Output layer',
  caption: '{layer} · {activation}',
  sensitive: '{share} in the sensitive range',
  sentence: '{text}.',
  and: ', ',
  dead: 'Dead: {units}',
  saturated: 'Saturated: {units}',
  healthy: 'Every neuron learns from some points.',
  sums: 'Sums z of {layer}, from {low} to {high}: {sensitive}.',
  weights: 'Weights',
  'weights.summary': 'Weights of {layer}, from {low} to {high}.',
  gradients: 'Mean size of the gradient, |∂L/∂w|, layer by layer',
  'gradients.hint': 'A logarithmic axis: where the first layers have a thousandth of the last one, the gradient vanishes on its way back.',
  more: '{units} and {count} more',
});
