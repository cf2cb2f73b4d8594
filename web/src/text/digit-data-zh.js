/** @import { Message } from './text.js' */
/** @import { digitDataEn } from './digit-data-en.js' */

/**
 * 手写数字实验室关于数据的中文文字。
 * @type {Readonly<Record<keyof typeof digitDataEn, Message>>}
 */
export const digitDataZh = Object.freeze({
  loading: '正在取全部数字，{size} 已取 {percent}',
  cancel: '取消',
  'offer.title': '要用一万个以上的数字',
  'offer.text': '就要取来全部 60,000 个训练数字和 10,000 个测试数字：共 {size}，只取一次。',
  'offer.accept': '取 {size}',
  'offer.decline': '就用现有的',
  'samples.whole': '超过 10,000 个时取全部数字（{size}），测试数字也从 1,000 个变为 10,000 个。',
});
