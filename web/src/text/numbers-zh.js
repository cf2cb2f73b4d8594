/** @import { numbersEn } from './numbers-en.js' */

/**
 * “数值”面板的中文文字。
 * @type {Readonly<Record<keyof typeof numbersEn, string>>}
 */
export const numbersZh = Object.freeze({
  hint: '一行是一个神经元：先是各个权重，最后是偏置；z等于这一行乘以各个输入，再加偏置。直接输入就能修改（也可以写1/2），或者用方向键。',
  'hint.lock': '进入哪个单元格，按钮就锁定或切断哪个权重。',
  reading: '按行看，是一个神经元由什么组成；按列看，是一个输入怎样起作用。指向一行或一列，图中会标出对应的连线。',
  beside: '数值旁边',
  'beside.none': '只看数值',
  'beside.gradients': '连同梯度',
  values: '权重W和偏置b',
  gradients: '训练损失的梯度∂L/∂W和∂L/∂b',
  'gradient.of': '梯度：{place}',
  sum: '这一行的和：所有输入都为1时的z',
  unit: '神经元{unit}',
  large: '这一层有{count}个数，放不进一张表。',
  count: '参数：{sum}',
  spread: '权重的标准差：{now}，开始时为{start}',
  locked: '已锁定',
  cut: '已切断',
  chosen: '选中：{name}',
});
