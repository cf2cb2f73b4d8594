/** What is said when files and links were made or opened, in English. */
export const filesEn = Object.freeze({
  'link.copied': 'The link is copied.',
  'link.forbidden': 'The browser does not let this page copy. The link: {link}',
  'file.saved': 'Saved as {name}.',
  'file.opened': 'Opened {name}.',
  'file.kept': 'The experiment stays as it was.',
});
