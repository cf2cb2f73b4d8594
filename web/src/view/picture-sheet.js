/** Several pictures on one sheet, for files: column by column, each with its title above it. */

/**
 * @import { Picture } from './canvas.js'
 * @import { Theme } from './color.js'
 */

/** @typedef {{ title: string, picture: Picture }} TitledPicture */

const MARGIN = 16;
const FONT_SIZE = 13;
const TITLE = 24;
const GAP = 16;

/**
 * @param {readonly (readonly TitledPicture[])[]} columns
 * @param {Theme} theme
 * @returns {Picture}
 */
export function pictureSheet(columns, theme) {
  /** @type {{ title: string, picture: Picture, x: number, y: number }[]} */
  const placed = [];
  let x = MARGIN;
  let bottom = MARGIN;
  for (const column of columns) {
    let y = MARGIN;
    for (const { title, picture } of column) {
      placed.push({ title, picture, x, y });
      y += TITLE + picture.height + GAP;
    }
    bottom = Math.max(bottom, y - GAP);
    x += Math.max(0, ...column.map(({ picture }) => picture.width)) + GAP;
  }
  return {
    width: x - GAP + MARGIN,
    height: bottom + MARGIN,
    paint(context, ratio) {
      for (const { title, picture, x, y } of placed) {
        context.save();
        context.translate(x, y);
        context.font = `600 ${FONT_SIZE}px ${theme.font}`;
        context.fillStyle = theme.ink;
        context.textAlign = 'left';
        context.textBaseline = 'top';
        context.fillText(title, 0, 0, picture.width);
        context.translate(0, TITLE);
        picture.paint(context, ratio);
        context.restore();
      }
    },
  };
}
