/**
 * @import { phasesEn } from './phases-en.js'
 * @import { Message } from './text.js'
 */

/**
 * 逐阶段看一步训练的中文文字。
 * @type {Readonly<Record<keyof typeof phasesEn, Message>>}
 */
export const phasesZh = Object.freeze({
  title: '慢放一步',
  close: '关闭',
  phases: '一步的各个阶段',
  batch: '小批量',
  forward: '前向',
  loss: '损失',
  backward: '反向',
  update: '更新',
  begin: '开始这一步',
  'next.batch': '下一步：小批量',
  'next.forward': '接着：前向',
  'next.loss': '接着：损失',
  'next.backward': '接着：反向',
  'next.update': '接着：更新',

  'says.none': '训练的一步分五个阶段，可以一个一个地看；“单步”则一口气走完余下的阶段。',
  'says.batch.shuffle': '第{step}步：从{rows}个训练样本中取{count}个。每一轮重新打乱顺序，每个样本恰好用一次。',
  'says.batch.sequential': '第{step}步：从{rows}个训练样本中按数据的顺序取{count}个。',
  'says.batch.replacement': '第{step}步：从{rows}个训练样本中随机抽取{count}个，同一个样本可能抽中两次。',
  'says.batch.all': '第{step}步：全部{count}个训练样本。批量里包含所有样本，这一步就没有任何偶然。',
  'says.forward.mean': '从左到右，每个神经元把输入加权、求和、加上偏置，再经过激活函数。图中的数是整个批量的平均值。',
  'says.forward.sample': '从左到右，每个神经元把输入加权、求和、加上偏置，再经过激活函数。图中的数属于样本{sample}。',
  'says.forward.dropped': '打叉的神经元被随机失活略去，只在这一步、对这个样本有效。',
  'says.loss.mean': '每个答案与目标差多少：取各样本的平均，得到这个批量的损失{loss}。',
  'says.loss.sum': '每个答案与目标差多少：把各样本相加，得到这个批量的损失{loss}。',
  'says.backward': '从右到左，用链式法则求出损失随每个z、每个权重w怎样变化，这就是梯度。',
  'says.backward.sample': '图中的数是样本{sample}所占的份额；所有份额加起来，就是这个批量的梯度。',
  'says.backward.numbers': '图中的数是这个批量的梯度：连线上是∂L/∂w，神经元上是∂L/∂z。',
  'says.backward.penalty': '惩罚项给每个∂L/∂w加上{terms}。',
  'says.backward.held': '{count}个数被锁定或剪断，梯度为零。',
  'says.backward.clipped': '梯度长{norm}，超过了{limit}：裁剪把它整个乘以{factor}。',
  'says.backward.unclipped': '梯度长{norm}，没有超过{limit}，不必裁剪。',
  'says.update': '每个权重和偏置都逆着梯度走了一步：连线上的数是权重的变化，神经元上的数是偏置的变化。换下一个批量，再来一遍。',
  'says.update.diverges': '这一步得到的数不再有限：训练发散了。',
  'says.large': '这一步太大，无法逐个数字展示（{samples}个样本，{parameters}个参数）。换小一些的批量或网络就可以。',

  details: '这一阶段的数字：{phase}',
  'look.mean': '整个批量',
  'sample.look': '查看样本{sample}',
  target: '目标',
  output: '输出',
  probability: '概率',
  'loss.each': '损失',
  'delta.each': '∂L/∂z',
  rest: '……还有{count}个',

  layer: '层',
  'layer.of': '第{layer}层',
  'layer.output': '输出层',
  'layer.delta': '|∂L/∂z|的平均',
  'layer.gradient': '∂L/∂W的长度',

  parameter: '权重或偏置',
  gradient: '梯度g',
  before: '原来',
  change: '变化',
  after: '现在',
  'rule.of': '{parameter}，按{optimizer}更新：',
  'rule.rate': '学习率η = {rate}',
  'rule.step': '第t = {step}次更新',
  'parameter.learned': '第{layer}层学到的第{index}个数',
  'parameter.show': '查看这个数的更新规则：{parameter}',
});
