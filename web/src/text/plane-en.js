/** The words of what is shown on the plane on demand, in English. */
export const planeEn = Object.freeze({
  zoom: 'Part of the plane',
  'zoom.in': 'Nearer (+)',
  'zoom.out': 'Farther (−)',
  'zoom.hand': 'Hand: dragging moves the plane',
  'zoom.wheel': 'Ctrl and wheel zoom',
  'zoom.hint':
    'Ctrl and wheel or two fingers zoom; dragging with Shift moves the plane. Beyond the dashed frame, where no data are, the network extrapolates.',
  folds: 'Fold lines',
  'folds.layer': 'Layer {layer}',
  'folds.hint':
    'On each line one neuron changes from one straight piece to the next. Choose a point: inside its region the network is one straight formula.',
  'folds.smooth': 'These neurons bend smoothly, without a fold: on its line, a neuron’s sum z is 0, the middle of its bend.',
  'folds.mixed': 'Neurons with straight pieces change piece on their lines; of smooth ones the line is where their sum z is 0.',
  'folds.none': 'No neuron bends here: every activation is the identity.',
  'folds.region': 'In the region of the chosen point:',
  losses: 'Points sized by their loss',
  'losses.hint': 'The area of a point grows with its own loss.',
  'losses.wrong': 'A ring: taken for another class.',
  'losses.of': 'loss {loss}',
  arrows: 'Arrows down the loss',
  'arrows.hint':
    'An arrow at a training point shows where it would have to lie for its own loss to fall fastest: the longer, the faster. Long arrows stand at points that the network gets wrong, and where its answer changes quickly.',
  levels: 'Level lines',
  answers: 'Answers as a table',
  'answers.values': 'The network’s answers at {places} × {places} places of the plane: x₁ to the right, x₂ upwards.',
  'answers.two':
    'The network’s answers at {places} × {places} places of the plane, x₁ to the right, x₂ upwards: from class 0 at the low end to class 1 at the high end.',
  'answers.classes': 'The winning class and its output at {places} × {places} places of the plane: x₁ to the right, x₂ upwards.',
});
