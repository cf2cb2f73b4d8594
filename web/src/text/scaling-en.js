/** The words of the panel "Why scale pixels?" in English. */
export const scalingEn = Object.freeze({
  hint: 'Where the sums z of the first layer fall, for {count} training digits. The coloured line is the activation, the dashed one its slope. Whatever the layer learns comes back through that slope: where it is near zero, next to nothing arrives.',
  'hint.softmax':
    'Where the ten scores z fall, for {count} training digits. No activation flattens them (the line is z itself, the dashed one its slope): the softmax makes probabilities of the differences between them.',
  again: 'The same setting as under Input. Another choice starts the network anew.',
  chart: 'Sums z of the first layer, from {low} to {high}, under {activation}. {flat}',
  caption: 'Sums z of the first layer · {activation}',
  'caption.softmax': 'The ten scores z',
  deviation: 'Standard deviation of the sums',
  flat: 'Where the slope is below 5% of its largest',
  'flat.both': '{activation} is flat on both sides: sums out there are saturated, and their neurons hardly learn.',
  'flat.one':
    '{activation} is flat on one side, so about half of the sums are out there whatever the scale. What grows with the pixels is the other half, and with it every step: the same learning rate becomes too large.',
  'flat.none':
    '{activation} stays steep. What grows with the pixels are its outputs, and with them every step: the same learning rate becomes too large.',
  lead: 'Best score above the second',
  sure: 'Probability of the best',
  softmax:
    'A lead of a few units is a graded guess. A lead of tens or hundreds is certainty, right or wrong, and where it is wrong the loss is as large as the lead: an untrained network should cost about ln 10 = 2.30, not fifty.',
  statistics: 'The training digits in use',
  'statistics.mean': 'Mean',
  'statistics.deviation': 'Standard deviation',
  'statistics.paper': 'Paper',
  'statistics.ink': 'Full ink',
  'statistics.raw': '0 to 255, as stored',
  'statistics.unit': '0 to 1',
  'statistics.network': 'As the network gets them',
  'statistics.all': 'All 60,000 of MNIST: 0.1307 and 0.3081 from 0 to 1, which are 33.32 and 78.57 from 0 to 255.',
  transfer: 'The same network, test digits scaled otherwise',
  'transfer.accuracy': 'Read right',
  'transfer.learned': '{scaling} (learned)',
  'transfer.note': 'Of {count} test digits. Whatever scales the training digits has to scale all others, with the same numbers.',
  'transfer.wait': 'Train first: an untrained network only guesses.',
  measured: 'What it comes to',
  'measured.early': 'Test accuracy, 1 epoch',
  'measured.accuracy': '10 epochs',
  'measured.loss': 'Test loss',
  'measured.note':
    'Measured with the linear softmax, 784–10, on all 60,000 digits, with three seeds: learning rate 0.01, momentum 0.9, batches of 128. With raw pixels there are half as many mistakes again, each of them with full conviction: hence the loss.',
});
