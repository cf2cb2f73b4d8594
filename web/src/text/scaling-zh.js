/** @import { scalingEn } from './scaling-en.js' */

/**
 * “为什么要缩放像素？”面板的中文文字。
 * @type {Readonly<Record<keyof typeof scalingEn, string>>}
 */
export const scalingZh = Object.freeze({
  hint: '{count}个训练数字在第一层的加权和z落在哪里。彩线是激活函数，虚线是它的斜率。这一层要学的东西都要经过这个斜率传回来：斜率接近零的地方，几乎什么也传不回来。',
  'hint.softmax':
    '{count}个训练数字的十个得分z落在哪里。这里没有激活函数把它们压平（彩线就是z本身，虚线是它的斜率）：softmax按得分之差算出概率。',
  again: '和“输入”里是同一个设置。换一个，网络就重新开始。',
  chart: '第一层的加权和z，从{low}到{high}，激活函数是{activation}。{flat}',
  caption: '第一层的加权和z · {activation}',
  'caption.softmax': '十个得分z',
  deviation: '加权和的标准差',
  flat: '落在斜率不到最大值5%之处的',
  'flat.both': '{activation}两头都是平的：落在那里的加权和已经饱和，神经元几乎学不动。',
  'flat.one':
    '{activation}一边是平的，不管怎样缩放都有大约一半的加权和落在那里。随像素变大的是另一半，每一步也跟着变大：同样的学习率就太大了。',
  'flat.none': '{activation}处处不平。随像素变大的是它的输出，每一步也跟着变大：同样的学习率就太大了。',
  lead: '最高分比第二名高',
  sure: '最高分的概率',
  softmax:
    '领先几分，是有把握的程度之分；领先几十上百分，就成了“一定是”，不论对错。错的时候，领先多少，损失就有多大：没训练过的网络，损失应该在ln 10 = 2.30左右，而不是五十。',
  statistics: '所用的训练数字',
  'statistics.mean': '均值',
  'statistics.deviation': '标准差',
  'statistics.paper': '白纸',
  'statistics.ink': '全黑',
  'statistics.raw': '0到255（原样）',
  'statistics.unit': '0到1',
  'statistics.network': '网络得到的',
  'statistics.all': 'MNIST全部60,000个：取0到1时是0.1307和0.3081，取0到255时就是33.32和78.57。',
  transfer: '网络不变，测试数字换一种缩放',
  'transfer.accuracy': '认对的',
  'transfer.learned': '{scaling}（训练时用的）',
  'transfer.note': '共{count}个测试数字。训练数字怎样缩放，别的数字就要用同样的数怎样缩放。',
  'transfer.wait': '请先训练：没训练过的网络只是乱猜。',
  measured: '结果差多少',
  'measured.early': '一轮后的测试准确率',
  'measured.accuracy': '十轮后',
  'measured.loss': '测试损失',
  'measured.note':
    '实测：线性softmax（784–10），全部60,000个数字，三个随机种子，学习率0.01，动量0.9，每批128个。原样输入时错误多出一半，而且每一个都错得斩钉截铁，损失才这样大。',
});
