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
  load: '读入数字',
  back: '找回先前的{count}个',
  'load.note': '在这里保存的总览图，或一对IDX文件（压缩与否均可，请同时选中两个）。',
  carried: '用它们训练时，链接会带上它们；存成文件的实验总是带着。',
  'carried.large': '数量太多，链接装不下：请把实验存成文件，文件里全都有。',
  kept: '这个浏览器会留着它们，下次打开还在。',
  'load.done': '读入了{count}个数字。',
  'load.room': '最多{most}个：读入了前{count}个，其余{left}个没有读入。',
  'load.missing': '图片要和标签一起读入；{file}缺少另一半。',
  'load.foreign': '{file}既不是IDX文件，也不是在这里保存的总览图。总览图经别的程序另存后，里面的数字就没有了。',
  'load.mismatch': '{file}不合要求：要一个最多1,000张28×28图片的文件，以及同样多的标签，标签为0到9。',
  'load.damaged': '{file}已损坏。',
});
