/** What is said of the drawings, in English. */
export const spokenEn = Object.freeze({
  plane: '{text}. {more}.',
  network: '{text} {more}.',
  and: ', ',
  between: '; ',
  'wrong.train': { one: 'Misclassified: {wrong} of {count} training point', other: 'Misclassified: {wrong} of {count} training points' },
  'wrong.test': { one: '{wrong} of {count} test point', other: '{wrong} of {count} test points' },
  dead: 'Dead: {units}',
  saturated: 'Saturated: {units}',
  rest: 'and {count} more',
});
