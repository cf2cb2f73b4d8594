/** “三维曲面”面板的中文文字。 */
export const surface3dZh = Object.freeze({
  height: '高度',
  output: '输出',
  class: '类别{class}',
  neuron: '{neuron}的输出',
  view: '三维曲面',
  keys: '左右方向键转动曲面，上下方向键改变俯仰，Home键复位。',
  hint: '拖动或用方向键转动。大头针的针头是这个点应在的高度：针杆的长度就是误差。',
  pins: '用大头针表示点',
  summary: 'x₁、x₂平面上的曲面：从{low}到{high}，最高处在 ({x}，{y}) 附近。转动{turn}度，俯角{tilt}度。',
  aim: '目标曲面与差距',
  'aim.gap':
    '绿色是曲面应有的样子，取自数据集的{points}个无噪声点。两个曲面之间的差距就是误差：平方的均值是{square}，绝对值的均值是{size}；训练损失是{loss}。',
});
