/** @import { insideEn } from './inside-en.js' */

/**
 * “各层内部”面板的中文文字。
 * @type {Readonly<Record<keyof typeof insideEn, string>>}
 */
export const insideZh = Object.freeze({
  hint: '{count}个训练样本的加权和z落在激活函数曲线的什么位置。落在曲线平坦处的神经元几乎学不到东西：那里的斜率（虚线）接近零。',
  layer: '第{layer}层',
  output: '输出层',
  caption: '{layer} · {activation}',
  sensitive: '{share}落在敏感区',
  sentence: '{text}。',
  and: '、',
  dead: '已死亡：{units}',
  saturated: '已饱和：{units}',
  healthy: '每个神经元都能从一部分样本中学习。',
  sums: '{layer}的加权和z，从{low}到{high}：{sensitive}。',
  weights: '权重',
  'weights.summary': '{layer}的权重，从{low}到{high}。',
  gradients: '各层梯度|∂L/∂w|的平均大小',
  'gradients.hint': '对数坐标：如果前面几层只有最后一层的千分之一，梯度就在反传途中消失了。',
  more: '{units}，还有{count}个',
});
