/** @import { Message } from './text.js' */
/** @import { ownDigitsEn } from './own-digits-en.js' */

/**
 * “自己写的数字”面板的中文文字。
 * @type {Readonly<Record<keyof typeof ownDigitsEn, Message>>}
 */
export const ownDigitsZh = Object.freeze({
  about: '在画板上写一个数字，在下方点它是几：网络会带着它继续学，已经学到的不会丢。',
  count: '自己写的数字：{count}个',
  use: '用它们训练',
  'use.on': '它们排在训练数字的最前面。',
  'use.off': '它们暂不参与训练。',
  grid: '自己写的数字',
  digit: '自己写的第{number}个，是{label}',
  remove: '删除',
  'remove.all': '全部删除',
  choose: '点一个，可以放到画板上，也可以删除。',
  save: '保存',
  'save.images': '图片（IDX）',
  'save.labels': '标签（IDX）',
  'save.gzip': '压缩（.gz）',
  'save.sheet': '总览图（PNG）',
  saved: '已保存{file}。',
  load: '读入图片和标签',
  'load.note': '一对IDX文件，压缩与否均可，请同时选中两个。实验文件和链接不包含自己写的数字。',
  'load.done': '读入了{count}个数字。',
  'load.wrong': '这不是一个28×28的图片文件加一个标签文件。',
});
