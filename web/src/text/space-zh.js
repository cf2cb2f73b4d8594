/** @import { spaceEn } from './space-en.js' */

/**
 * “隐藏空间”面板的中文文字。
 * @type {Readonly<Record<keyof typeof spaceEn, string>>}
 */
export const spaceZh = Object.freeze({
  hint: '网络眼中的数据平面：某一层把网格和数据点放到了哪里。颜色是整个网络在那里给出的输出。',
  layer: '层',
  'layer.data': '数据',
  'layer.hidden': '第{layer}层',
  'layer.output': '输出',
  part: '激活之前或之后',
  'part.z': '加权和z',
  'part.a': '激活值a',
  axes: '从哪个方向看',
  'axes.neurons': '两个神经元',
  'axes.widest': '最宽的平面',
  across: '横向',
  up: '纵向',
  neuron: '神经元{unit}',
  play: '逐层播放',
  pause: '停止',
  'stage.data': '数据所在的平面，还没有经过任何一层。',
  'stage.z.first': 'z = W·x + b把特征旋转、拉伸、平移：直的仍然是直的。',
  'stage.z': 'z = W·a + b把第{layer}层的输出旋转、拉伸、平移：直的仍然是直的。',
  'stage.z.skip': 'z = W·a + b，输入是第{layer}层的输出，再加上各个特征。',
  'stage.a': '{activation}分别作用于每个神经元的加权和，沿坐标轴把平面弯曲。',
  'stage.a.identity': '没有激活函数，加权和保持不变。',
  'stage.one': '这一层只有一个神经元：纵向画的是数据的x₂，免得点都叠在一起。',
  'stage.widest': '{count}个神经元把数据点散得最开的平面，包含了方差的{share}。',
  'lines.neurons': '直线：下一层各个神经元等于零的地方，短线朝向正的一侧。',
  'lines.decision': '直线是输出从一类变为另一类的地方。',
  'lines.borders': '直线是各类之间的分界。',
  'lines.none': '这一层有{count}个神经元，下一层的分界在这张图里不是一条直线。',
  'lines.none.features': '用这些特征时，第一层的分界在平面上不是直线。',
  'axis.z': '神经元{unit}的z',
  'axis.a': '神经元{unit}的a',
  'axis.widest.1': '第一方向',
  'axis.widest.2': '第二方向',
  summary: '{stage}：{count}个点，横向从{left}到{right}，纵向从{bottom}到{top}。',
});
