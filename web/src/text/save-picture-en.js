/** The words of the buttons that save a view as a picture, in English. */
export const savePictureEn = Object.freeze({
  save: 'Save as {format}',
  saved: 'Saved as {file}.',
});
