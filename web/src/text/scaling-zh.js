/** @import { scalingEn } from './scaling-en.js' */

/**
 * “为什么要缩放像素？”面板的中文文字。
 * @type {Readonly<Record<keyof typeof scalingEn, string>>}
 */
export const scalingZh = Object.freeze({
  hint: '{count} 个训练数字在第一层的加权和 z 落在哪里。彩线是激活函数，虚线是它的斜率。这一层要学的东西都要经过这个斜率传回来：斜率接近零的地方，几乎什么也传不回来。',
  'hint.softmax':
    '{count} 个训练数字的十个得分 z 落在哪里。这里没有激活函数把它们压平（彩线就是 z 本身，虚线是它的斜率）：softmax 按得分之差算出概率。',
  again: '和“输入”里是同一个设置。换一个，网络就重新开始。',
  chart: '第一层的加权和 z，从 {low} 到 {high}，激活函数是 {activation}。{flat}',
  caption: '第一层的加权和 z · {activation}',
  'caption.softmax': '十个得分 z',
  deviation: '加权和的标准差',
  flat: '落在斜率不到最大值 5 % 之处的',
  'flat.both': '{activation} 两头都是平的：落在那里的加权和已经饱和，神经元几乎学不动。',
  'flat.one':
    '{activation} 一边是平的，不管怎样缩放都有大约一半的加权和落在那里。随像素变大的是另一半，每一步也跟着变大：同样的学习率就太大了。',
  'flat.none': '{activation} 处处不平。随像素变大的是它的输出，每一步也跟着变大：同样的学习率就太大了。',
  lead: '最高分比第二名高',
  sure: '最高分的概率',
  softmax:
    '领先几分，是有把握的程度之分；领先几十上百分，就成了“一定是”，不论对错。错的时候，领先多少，损失就有多大：没训练过的网络，损失应该在 ln 10 = 2.30 左右，而不是五十。',
  statistics: '所用的训练数字',
  'statistics.mean': '均值',
  'statistics.deviation': '标准差',
  'statistics.paper': '白纸',
  'statistics.ink': '全黑',
  'statistics.raw': '0 到 255（原样）',
  'statistics.unit': '0 到 1',
  'statistics.network': '网络得到的',
  'statistics.all': 'MNIST 全部 60,000 个：取 0 到 1 时是 0.1307 和 0.3081，取 0 到 255 时就是 33.32 和 78.57。',
  transfer: '网络不变，测试数字换一种缩放',
  'transfer.accuracy': '认对的',
  'transfer.learned': '{scaling}（训练时用的）',
  'transfer.note': '共 {count} 个测试数字。训练数字怎样缩放，别的数字就要用同样的数怎样缩放。',
  'transfer.wait': '请先训练：没训练过的网络只是乱猜。',
  measured: '结果差多少',
  'measured.early': '一轮后的测试准确率',
  'measured.accuracy': '十轮后',
  'measured.loss': '测试损失',
  'measured.note':
    '实测：线性 softmax（784–10），全部 60,000 个数字，三个随机种子，学习率 0.01，动量 0.9，每批 128 个。原样输入时错误多出一半，而且每一个都错得斩钉截铁，损失才这样大。',
});
