/** @import { savePictureEn } from './save-picture-en.js' */

/**
 * 把视图存为图片的按钮，中文文字。
 * @type {Readonly<Record<keyof typeof savePictureEn, string>>}
 */
export const savePictureZh = Object.freeze({
  save: '存为{format}',
  saved: '已存为{file}。',
});
