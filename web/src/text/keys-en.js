/** What the list of keys says, in English. */
export const keysEn = Object.freeze({
  title: 'Keys',
  note: 'Everything on this page can be done without a mouse. Tab goes from part to part; these keys work in the part that has the focus.',
  close: 'Close',

  page: 'Everywhere',
  'page.next': 'To the next control, and back',
  'page.press': 'Press a button, switch a box',
  'page.keys': 'This list',

  slider: 'Sliders',
  'slider.step': 'One step; with Shift ten',
  'slider.ends': 'To the smallest, to the largest value',
  'slider.default': 'Back to the default',

  number: 'Numbers',
  'number.step': 'One step; with Shift ten',
  'number.take': 'Take what was typed',
  'number.leave': 'Leave the number as it was',

  network: 'Network',
  'network.unit': 'Over the weights and biases of a layer',
  'network.layer': 'To the layer before or after',
  'network.edit': 'Change the number',
  'network.lock': 'Lock it: training leaves it as it is',
  'network.cut': 'Cut the weight',
  'network.leave': 'Choose nothing',

  plane: 'Plane',
  'plane.move': 'Move the cross-hair; with Shift further',
  'plane.choose': 'Choose the point under it',
  'plane.leave': 'Take the cross-hair away',
  'plane.zoom': 'Nearer, farther',
  'plane.whole': 'The whole plane',

  paint: 'Your own points',
  'paint.move': 'Move the cursor; with Shift further',
  'paint.put': 'Put a point',
  'paint.remove': 'Remove the nearest point',
  'paint.class': 'Choose the class',
  'paint.undo': 'Take back',

  pad: 'Drawing pad',
  'pad.move': 'Move the pen; with Shift four times as far',
  'pad.pen': 'Pen down, pen up',
  'pad.undo': 'Take back the last stroke',
  'pad.clear': 'Clear the pad',

  gallery: 'Pictures of digits',
  'gallery.move': 'From picture to picture',
  'gallery.choose': 'Put it on the pad',
});
