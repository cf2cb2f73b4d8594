/** The panel "How much data?" in English. */
export const amountEn = Object.freeze({
  hint: 'Trains this network anew on 100, 300, 1,000 … digits, always for the same number of steps. On few digits it learns them by heart: all of them right, and of others many wrong. More digits close the gap. The lab’s own run waits where it is, or goes on at half the pace.',
  steps: 'Steps each',
  start: 'Compare amounts of data',
  stop: 'Stop',
  going: 'On {count} digits',
  chart: 'Accuracy over the number of training digits; the numbers stand in the table.',
  samples: 'Training digits',
  train: 'Train (solid)',
  test: 'Test (dashed)',
  more: 'With all 60,000 digits fetched (choose more than 10,000 in Input), they are compared too.',
});
