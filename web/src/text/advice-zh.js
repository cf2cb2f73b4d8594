/** @import { adviceEn } from './advice-en.js' */

/**
 * 对搭配不当的设置的建议，中文。
 * @type {Readonly<Record<keyof typeof adviceEn, string>>}
 */
export const adviceZh = Object.freeze({
  logits: '这个损失函数自己会压缩输出，而{activation}在它之前已经压缩了一次：梯度会变弱。',
  'mend.logits': '输出层不用激活函数',
  reach: '输出层用{activation}，达不到这些数据的所有目标值。',
  'mend.reach': '输出层不用激活函数',
  flat: '阶跃函数的斜率处处为0：第{layer}层和它之前的各层无法靠梯度学习。',
  'mend.flat': '给第{layer}层换一个有斜率的函数',
  alike: '同一层的权重开始时全都一样，所以不管训练多久，这些神经元始终一样。',
  'mend.alike': '从随机权重开始',
});
