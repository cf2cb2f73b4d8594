/** The words of the panel "Surface in 3-D" in English. */
export const surface3dEn = Object.freeze({
  height: 'Height',
  output: 'Output',
  class: 'Class {class}',
  neuron: 'Output of {neuron}',
  view: 'Surface in 3-D',
  keys: 'Left and right arrow keys turn the surface, up and down tilt it. Home puts it back.',
  hint: 'Drag it, or use the arrow keys, to turn it. A pin’s head is where its point should be: the stem is the error.',
  pins: 'Points as pins',
  summary: 'Surface over x₁ and x₂: from {low} to {high}, highest near ({x}, {y}). Turned by {turn} degrees, tilted by {tilt}.',
  aim: 'Target surface and gap',
  'aim.gap':
    'Green: what the surface should be, from {points} points of the data set without noise. The gap between the two is the error: the mean of its squares is {square}, of its sizes {size}; the train loss is {loss}.',
});
