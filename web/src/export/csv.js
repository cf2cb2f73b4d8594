/** Tables as CSV (RFC 4180), for spreadsheets and plotting programs. */

/**
 * @param {readonly (readonly (string | number | null | undefined)[])[]} rows what is not there is an empty cell
 * @returns {string}
 */
export function toCsv(rows) {
  return rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

/** @param {string | number | null | undefined} cell */
function cellText(cell) {
  const text = typeof cell === 'number' && !Number.isFinite(cell) ? '' : String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
