/** What leaves the page: files and the clipboard. */

/**
 * Hands a file to the browser's downloads.
 * @param {string} name
 * @param {string} mime
 * @param {BlobPart} content
 */
export function saveFile(name, mime, content) {
  const url = URL.createObjectURL(new Blob([content], { type: mime }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The download has begun when the click returns, but some browsers read the file only then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} false where the browser forbids it
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (thrown) {
    // No clipboard outside secure contexts (a TypeError), none where the reader or a frame's policy forbids it.
    if (thrown instanceof TypeError || (thrown instanceof DOMException && thrown.name === 'NotAllowedError')) return false;
    throw thrown;
  }
}
