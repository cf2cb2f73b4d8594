/** What the editor of the reader's own points says, in English. */
export const ownDataEn = Object.freeze({
  'tools.label': 'Own points',
  'tool.look': 'Only look',
  'tool.brush': 'Brush',
  'tool.erase': 'Eraser',
  'tool.move': 'Move points',
  'tool.class': 'Class {class}',
  'tool.classes': 'Class to paint',
  'tool.addClass': 'One class more',
  'tool.value': 'Value to paint',
  'tool.size': 'Size',
  'tool.size.fine': 'fine',
  'tool.undo': 'Undo',
  'tool.redo': 'Redo',
  'tool.clear': 'Remove all points',
  'tool.more': 'More',
  'more.outlier': 'Add an outlier',
  'more.flip': 'Flip labels',
  'more.flip.values': 'Flip signs',
  'more.flip.share': 'Share',
  'more.copy': 'Copy “{name}”',

  'surface.keys':
    'Arrow keys move the cursor, with Shift further. Space puts a point, Delete removes the nearest one, the digits choose the class, Control and Z takes back.',

  'note.count': { one: '{count} point', other: '{count} points' },
  'note.empty': 'Paint a point to begin.',
  'note.large': 'Too many points for a link (at most {limit}): save them as a file.',
  'note.full': 'There is room for {limit} points.',

  'said.cursor': 'x₁ {x}, x₂ {y}',
  'said.put': '{what} at x₁ {x}, x₂ {y}. {points}.',
  'said.removed': 'Removed. {points}.',
  'said.nothing': 'No point near.',
  'said.class': 'Class {class}',
  'said.value': 'Value {value}',
  'said.changed': '{points}.',
});
