/** @import { formulaEn } from './formula-en.js' */

/**
 * “公式”面板的中文文字。
 * @type {Readonly<Record<keyof typeof formulaEn, string>>}
 */
export const formulaZh = Object.freeze({
  form: '写法',
  'form.symbols': '符号',
  'form.numbers': '数字',
  hint: '整个网络，一层一行：权重写成矩阵W，偏置写成列向量b。指着一行，图中这一层的权重和偏置就会亮起来。',
  large: '神经元或输入超过十个的层只写出形状，具体数值见“数值”面板。',
  'copy.latex': '复制LaTeX',
  'copy.text': '复制为文本',
  copied: '已复制。',
  'copy.failed': '浏览器不允许本页复制。',
  diverged: '写不出公式：有些权重已经不是有限的数。',
  'piece.title': '所选点附近',
  piece: '这个网络里的每个函数都由直线段组成。在所选点所在的区域里，整个公式化简为',
  'piece.none': '这个网络里的每个函数都由直线段组成：在平面上选一个点，这里就会写出整个公式在那里化简成的一次式。',
});
