/** What is said when files and links were made or opened, in Chinese. */
export const filesZh = Object.freeze({
  'link.copied': '链接已复制。',
  'link.forbidden': '浏览器不允许本页复制。链接：{link}',
  'file.saved': '已保存为{name}。',
  'file.opened': '已打开{name}。',
  'file.kept': '实验保持原样。',
});
