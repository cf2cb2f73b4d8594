/** @import { Message } from './text.js' */
/** @import { digitDataEn } from './digit-data-en.js' */

/**
 * 手写数字实验室关于数据的中文文字。
 * @type {Readonly<Record<keyof typeof digitDataEn, Message>>}
 */
export const digitDataZh = Object.freeze({
  loading: '正在取全部数字，{size}已取{percent}',
  cancel: '取消',
  'offer.title': '要用一万个以上的数字',
  'offer.text': '就要取来全部60,000个训练数字和10,000个测试数字：共{size}，只取一次。',
  'offer.accept': '取{size}',
  'offer.decline': '就用现有的',
  'samples.whole': '超过10,000个时取全部数字（{size}），测试数字也从1,000个变为10,000个。',

  limit: '训练到',
  'limit.none': '我按暂停为止',
  'limit.epochs': '{count}轮',
  'limit.steps': '{count}步',
  'way.label': '训练进度',
  'way.epochs': '{done} / {total}轮',
  'way.steps': '{done} / {total}步',
  'way.left': '，还要{time}',
  'time.seconds': '{count}秒',
  'time.minutes': '{count}分钟',
  'time.hours': '{count}小时',

  goal: '教程的结果：用{samples}个数字训练{limit}，测试准确率{result}。',
  'goal.result': '{accuracy}、损失{loss}',
  'goal.line': '曲线图里用点线标出。',
  'goal.reached': '达到了（种子不同会略有出入）：{result}。',
  'goal.notYet': '没有达到：{result}。',
  'goal.amount': '只用{count}个数字，别指望能达到。',
  'goal.fetch': '用全部60,000个（{size}）',
  'goal.use': '用全部60,000个',
  glance: '训练途中，训练数字的曲线只按前{count}个计算；停下来时按全部计算。',

  statistics: '所用的{count}个数字，像素取0到1时均值是{mean}，标准差是{deviation}。',
  'statistics.own': '所用的{count}个数字，加上您写的{own}个，像素取0到1时均值是{mean}，标准差是{deviation}。',
  'statistics.all': '全部60,000个是0.1307和0.3081。',

  'photo.choose': '数字的图片 …',
  'photo.about': '也可以粘贴或拖进来，深底浅字、浅底深字都行。',
  'photo.large': '图片太大：最多{megabytes} MB，边长最多{pixels}像素。',
  'photo.unreadable': '这个文件不能当作图片读取。',
  'photo.blank': '没有找到笔迹：图片里没有和边缘明显不同的地方。',

  'own.choose': '自己的图片（IDX文件）…',
  'own.about': '和MNIST同样格式的文件，例如Fashion-MNIST：图片和标签，有测试文件也一起选。也可以拖到这里。',
  'own.note': '这是您自己的图片。链接装不下它们：请把实验存成文件。',
  'own.leave': '换回MNIST',
  names: '类别名称',
  'names.example': 'T恤，裤子，…',
  'names.about': '依次写出类别0到9是什么，用逗号隔开。',
  'names.many': '写了{given}个名称，而类别只有{most}个。',
  'names.long': '名称太长：有{given}个字，最多{most}个。',
  'names.none': '只用数字',
  'own.refused': '这些文件没有采用。',
  'own.alone': '图片要和标签文件一起给；{file}缺少另一半。',
  'own.mismatch': '{file}不合要求：要6到60,000张28×28像素的图片，以及同样多的标签，标签为0到9。',
  'own.damaged': '{file}已损坏，无法解压。',
  'own.kept': '原来的数据没有变。',
});
