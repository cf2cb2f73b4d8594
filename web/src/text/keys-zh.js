/** What the list of keys says, in Chinese. */
export const keysZh = Object.freeze({
  title: '键盘操作',
  note: '本页的一切都可以不用鼠标完成。按Tab键在各部分之间移动，下列按键在获得焦点的部分中有效。',
  close: '关闭',

  page: '整个页面',
  'page.next': '移到下一个控件，或移回上一个',
  'page.press': '按下按钮，切换选框',
  'page.keys': '打开本表',

  slider: '滑块',
  'slider.step': '移动一步，同时按Shift移动十步',
  'slider.ends': '移到最小值或最大值',
  'slider.default': '恢复默认值',

  number: '数值框',
  'number.step': '增减一步，同时按Shift增减十步',
  'number.take': '采用输入的数值',
  'number.leave': '放弃输入，保持原值',

  network: '网络图',
  'network.unit': '在同一层的权重与偏置之间移动',
  'network.layer': '移到前一层或后一层',
  'network.edit': '修改数值',
  'network.lock': '锁定，训练时保持不变',
  'network.cut': '切断权重',
  'network.leave': '取消选择',

  plane: '平面',
  'plane.move': '移动十字线，同时按Shift移动更远',
  'plane.choose': '选择十字线处的点',
  'plane.leave': '收起十字线',
  'plane.zoom': '放大、缩小',
  'plane.whole': '整个平面',

  paint: '自己的数据点',
  'paint.move': '移动光标，同时按Shift移动更远',
  'paint.put': '放一个点',
  'paint.remove': '删除最近的点',
  'paint.class': '选择类别',
  'paint.undo': '撤销',

  pad: '手写板',
  'pad.move': '移动画笔，同时按Shift移动四倍远',
  'pad.pen': '落笔或提笔',
  'pad.undo': '撤销上一笔',
  'pad.clear': '清空手写板',

  gallery: '数字图片',
  'gallery.move': '在图片之间移动',
  'gallery.choose': '放到手写板上',
});
