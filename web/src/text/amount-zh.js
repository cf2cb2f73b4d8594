/** @import { Message } from './text.js' */
/** @import { amountEn } from './amount-en.js' */

/**
 * “要多少数据？”面板的中文文字。
 * @type {Readonly<Record<keyof typeof amountEn, Message>>}
 */
export const amountZh = Object.freeze({
  hint: '用100、300、1,000……个数字把这个网络各从头训练一次，步数相同。数字少时，网络会死记硬背：学过的全对，没见过的错很多。数字越多，差距越小。实验室自己的训练停在原处，或者以一半的速度继续。',
  steps: '每次训练的步数',
  start: '比较数据量',
  stop: '停止',
  going: '正在用{count}个数字训练',
  chart: '准确率随训练数字个数的变化，具体数值见表格。',
  samples: '训练数字',
  train: '训练（实线）',
  test: '测试（虚线）',
  more: '取来全部60,000个数字后（在“输入”里选一万个以上），也会一起比较。',
});
