/** What the digits lab says about its data, in English. */
export const digitDataEn = Object.freeze({
  loading: 'Fetching all digits, {percent} of {size}',
  cancel: 'Cancel',
  'offer.title': 'More than 10,000 digits',
  'offer.text': 'come as all 60,000 training and 10,000 test digits: {size} to fetch, once.',
  'offer.accept': 'Fetch {size}',
  'offer.decline': 'Stay with what is here',
  'samples.whole': 'Beyond 10,000: all digits, {size} to fetch, and 10,000 test digits in place of 1,000.',
});
