/** The timeline's text in English. */
export const timelineEn = Object.freeze({
  moments: 'Moments of this run',
  empty: 'Train, and the moments of the run gather here: drag to go back to any of them.',
  at: 'Epoch {epoch}, step {step}',
  position: '{index} of {count}',
  first: 'To the start',
  earlier: 'Earlier',
  later: 'Later',
  last: 'To the latest',
  returned:
    'Train, and the run branches off here; of what came later the grey curve remains. With the same settings the same moment always goes on to the same numbers, bit for bit.',
  live: 'This is the latest moment. As long as settings and weights are left alone, Reset and {step} steps give exactly these numbers again, bit for bit.',
  stop: 'Stop by itself',
  'stop.hint': 'Leave a field empty to train on.',
  epochs: 'after epochs',
  loss: 'at train loss',
  accuracy: 'at accuracy',
  plateau: 'without progress for epochs',
  wrong: '“{text}” is not a number from {minimum} to {maximum}.',
});
