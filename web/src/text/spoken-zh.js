/** @import { spokenEn } from './spoken-en.js' */

/**
 * 朗读图形时的中文文字。
 * @type {Readonly<Record<keyof typeof spokenEn, string>>}
 */
export const spokenZh = Object.freeze({
  plane: '{text}。{more}。',
  network: '{text}{more}。',
  and: '，',
  between: '；',
  'wrong.train': '{count}个训练点中判错{wrong}个',
  'wrong.test': '{count}个测试点中判错{wrong}个',
  dead: '已死亡：{units}',
  saturated: '已饱和：{units}',
  rest: '另有{count}个',
});
