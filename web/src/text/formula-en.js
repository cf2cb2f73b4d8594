/** The words of the panel "Formula" in English. */
export const formulaEn = Object.freeze({
  form: 'Written with',
  'form.symbols': 'Symbols',
  'form.numbers': 'Numbers',
  hint: 'The whole network, layer by layer: its weights as matrices W, its biases as columns b. Point at a line, and its weights and biases light up in the drawing.',
  large: 'Layers with more than ten neurons or inputs are told by their shapes; their numbers stand in “Numbers”.',
  'copy.latex': 'Copy LaTeX',
  'copy.text': 'Copy as text',
  copied: 'Copied.',
  'copy.failed': 'The browser does not let this page copy.',
  diverged: 'There is no formula: some weights are no longer finite numbers.',
  'piece.title': 'Around the chosen point',
  piece:
    'Every function in this network consists of straight pieces. In the region around the chosen point the whole formula comes down to',
  'piece.none':
    'Every function in this network consists of straight pieces: choose a point of the plane, and the piece that the whole formula comes down to there stands here.',
});
