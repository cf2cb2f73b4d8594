/** Messages of the engine, of links and of files in Chinese: fetched with the first of them that a reader of Chinese gets. */

/** @import { Language } from '../text/text.js' */

/** What the engine and the links expect and find, in Chinese; what is not here (identifiers, numbers, quoted input) stays as it is. */
const phrases = Object.freeze(
  /** @type {Record<string, string>} */ ({
    'a number': '数字',
    'a whole number': '整数',
    'a finite number': '有限的数',
    'true or false': 'true或false',
    'an identifier': '标识符',
    "a document, JSON or a link's string": '文档、JSON或链接字符串',
    'identifiers separated by commas': '用逗号分隔的标识符',
    'an object': '对象',
    'an array': '数组',
    'an array of numbers': '数字数组',
    'an array of bytes': '字节数组',
    'gzip data': 'gzip压缩数据',
    both: '两者都有',
    neither: '两者都没有',
    'a list': '列表',
    'other characters or a cut string': '其他字符，或内容不完整',
    images: '图像',
    none: '没有',
  }),
);

/** @param {string} words */
const phrase = (words) => {
  const bytes = /^a text of (\d+) bytes$/.exec(words);
  if (bytes) return `${bytes[1]}字节的文本`;
  return Object.hasOwn(phrases, words) ? phrases[words] : words;
};

/** @type {Readonly<Record<string, string>>} */
const counted = Object.freeze({ features: '个特征', rows: '行' });

/** @type {Readonly<Record<string, string>>} */
const places = Object.freeze({ layer: '层号', unit: '单元号', input: '输入号' });

/** @type {readonly [RegExp, (...groups: string[]) => string][]} */
const sentences = [
  [/^unknown; no experiment has such a setting$/, () => '实验中没有这项设置'],
  [/^unknown; expected (.+)$/, (known) => `没有这项设置；可用的有${known}`],
  [/^(?:data: )?image files are too large for a link; save the experiment as a file$/, () => '链接装不下图像文件，请把实验存成文件'],
  [
    /^(?:own: )?there are more own digits than a link holds; save the experiment as a file$/,
    () => '自己写的数字太多，链接装不下，请把实验存成文件',
  ],
  [
    /^(?:data\.inputs: )?expected at most (\d+) points in a link, got (\d+); save the experiment as a file$/,
    (most, got) => `链接最多装${most}个点，实际为${got}，请把实验存成文件`,
  ],
  [/^own digits belong to data\.id=(\S+), not to (.+)$/, (id) => `自己写的数字只能用于data.id=${id}`],
  [/^expected v=(\d+) in the link, got none; .*$/, (version) => `链接中缺少v=${version}，按版本${version}读取`],
  [
    /^expected (\d+), got (.+): the link was made by another version.*$/,
    (expected, got) => `链接来自另一个版本（${got}），此处只能读取版本${expected}`,
  ],
  [
    /^expected (\d+), got (.+); this document is from another version$/,
    (expected, got) => `文档来自另一个版本（${got}），此处只能读取版本${expected}`,
  ],
  [/^expected JSON or a link's string \((.+)\)$/, (reason) => `应为JSON或链接字符串（${reason}）`],
  [/^leaves none of the (\d+) rows? for training$/, (rows) => `共${rows}行数据，没有一行留给训练`],
  [/^"(.+)" is for classes, but the data's targets are numbers$/, (loss) => `“${loss}”只适用于分类，而这些数据的目标是数值`],
  [/^"mnist" is a recipe: .+$/, () => '“mnist”需要图像文件，请在手写数字页面使用'],
  [/^expected (\d+), which data and loss ask for, got (.+)$/, (expected, got) => `数据和损失函数要求${expected}，实际为${got}`],
  [
    /^expected a list of (\d+) to (\d+) layers, the output layer last, got (.+)$/,
    (low, high, got) => `应为${low}到${high}层的列表，输出层在最后；实际为${phrase(got)}`,
  ],
  [/^expected a list of at least one of (.+), got (.+)$/, (known, got) => `应至少列出以下之一：${known}；实际为${phrase(got)}`],
  [
    /^"(.+)" does not fit the plane: expected data with 2 inputs, got (.+)$/,
    (id, got) => `“${id}”不适合平面：应为有2个输入的数据，实际为${phrase(got)}`,
  ],
  [
    /^expected one of (.+), or an object with such an id, got (.+)$/,
    (known, got) => `应为以下之一，或带有这样标识符的对象：${known}；实际为${phrase(got)}`,
  ],
  [/^expected an object such as (.+), got (.+)$/, (example, got) => `应为对象，如${example}；实际为${phrase(got)}`],
  [/^expected (\d+) to (\d+); only the output layer's may be left out$/, (low, high) => `应在${low}到${high}之间；只有输出层可以省略`],
  [/^expected at most (\d+) (features|rows), got (\d+)$/, (most, what, got) => `最多${most} ${counted[what]}，实际为${got}`],
  [/^expected at most (\d+) levels$/, (most) => `嵌套最多${most}层`],
  [/^expected an object with at most (\d+) members$/, (most) => `对象最多有${most}个成员`],
  [/^expected the number of input columns$/, () => '缺少输入的列数'],
  [/^expected rows x columns numbers, row by row$/, () => '缺少输入：应逐行列出，共“行数 × 列数”个数'],
  [
    /^expected a multiple of (\d+) numbers(?: \(columns\))?, .*got (\d+)$/,
    (columns, got) => `数字的个数应为列数${columns}的倍数，实际为${got}`,
  ],
  [/^expected (\d+) numbers for (\d+) rows, got (\d+)$/, (expected, rows, got) => `${rows}行应有${expected}个数，实际为${got}`],
  [
    /^expected either targets \(regression\) or labels \(classification\), got (both|neither)$/,
    (got) => `应有targets（回归）或labels（分类）之一，实际${phrase(got)}`,
  ],
  [/^expected labels below (\d+)(?: \(classes\))?, got (\d+)$/, (classes, got) => `标签应小于类别数${classes}，实际为${got}`],
  [
    /^expected (\S+) of at most (\S+), got \1 (\S+) and \2 (\S+)$/,
    (low, high, from, to) => `${low}不应大于${high}，实际${low}为${from}，${high}为${to}`,
  ],
  [/^expected 0: the output layer drops nothing, got (.+)$/, (got) => `输出层不做丢弃，应为0，实际为${got}`],
  [/^expected false: without a hidden layer there is nothing to skip, got true$/, () => '没有隐藏层，无可跨越，应为false，实际为true'],
  [
    /^expected a list of at most (\d+) texts such as "0\.1\.2", got (.+)$/,
    (most, got) => `应为最多${most}项的列表，每项形如 "0.1.2"；实际为${phrase(got)}`,
  ],
  [
    /^expected an? (layer|unit|input) from 0 to (\d+), got (.+)$/,
    (part, last, got) => `${places[part]}应在0到${last}之间，实际为${phrase(got)}`,
  ],
  [/^expected a link, "layer\.unit\.input", got (.+)$/, (got) => `应为一条连接：“层.单元.输入”；实际为${phrase(got)}`],
  [
    /^expected "layer", "layer\.unit", "layer\.unit\.input" or "layer\.unit\.bias", got (.+)$/,
    (got) => `应为“层”“层.单元”“层.单元.输入”或“层.单元.bias”；实际为${phrase(got)}`,
  ],
  [/^expected mean and std together$/, () => 'mean和std应同时给出'],
  [/^expected (\d+) labels, one per image, got (\d+)$/, (expected, got) => `每张图像一个标签，应有${expected}个，实际为${got}`],
  [/^expected images of (\d+) pixels at most, got (\d+)$/, (most, got) => `图像最多${most}像素，实际为${got}`],
  [/^expected images of (\d+) pixels, got (\d+)$/, (pixels, got) => `图像应有${pixels}像素，实际为${got}`],
  [/^expected test images and test labels together$/, () => '测试图像和测试标签应同时给出'],
  [/^expected the bytes of an IDX file, got (.+)$/, (got) => `应为IDX文件的字节，实际为${phrase(got)}`],
  [/^expected the bytes of an IDX file$/, () => '缺少IDX文件的字节'],
  [/^expected an IDX file, got gzip data; unpack it first$/, () => '应为IDX文件，实际为gzip压缩数据；请先解压'],
  [/^expected an IDX file, which starts with two zero bytes$/, () => '应为IDX文件，其开头是两个零字节'],
  [/^expected an IDX header of (\d+) bytes, got a file of (\d+)$/, (header, got) => `IDX文件头应有${header}字节，而文件只有${got}字节`],
  [/^expected unsigned bytes \(type 8\), got type (\d+)$/, (type) => `应为无符号字节（类型8），实际为类型${type}`],
  [/^expected (\d+) dimensions?, got (\d+)$/, (expected, got) => `应有${expected}个维度，实际为${got}`],
  [/^dimension (\d+) is empty$/, (dimension) => `第${dimension}维为空`],
  [
    /^dimension (\d+) says (\d+), more than the file's (\d+) bytes$/,
    (dimension, says, bytes) => `第${dimension}维标明${says}，超过了文件的${bytes}字节`,
  ],
  [
    /^the file is (cut short|too long): expected (more than )?(\d+) bytes of values, got (\d+)$/,
    (fault, more, expected, got) =>
      `文件${fault === 'too long' ? '过长' : '不完整'}：应有${more ? '超过' : ''}${expected}字节的数值，实际为${got}`,
  ],
  [/^expected once, got it twice; the first one counts$/, () => '重复出现，以第一次为准'],
  [/^expected name=value, got a name alone$/, () => '应为“名称=值”，实际只有名称'],
  [/^"(.+)" is listed twice$/, (name) => `“${name}”重复出现`],
  [/^expected one of (.+), got (.+)$/, (known, got) => `应为以下之一：${known}；实际为${phrase(got)}`],
  [/^expected (?:a whole number from )?(\S+) to (\S+), got (.+)$/, (low, high, got) => `应在${low}到${high}之间，实际为${phrase(got)}`],
  [
    /^This browser cannot run the engine: it has no WebAssembly SIMD\./,
    () => '此浏览器无法运行计算引擎：它不支持WebAssembly SIMD。Chrome和Edge自版本91起支持，Firefox自89起支持，Safari自16.4起支持。',
  ],
  [
    /^This page's content-security policy forbids the engine's worker: (.+)$/,
    () => '本页的内容安全策略不允许启动计算引擎的worker：worker-src中需要有blob:。',
  ],
  [
    /^The engine's worker could not be started\. A content-security policy .+$/,
    () => '无法启动计算引擎的worker，可能是本页的内容安全策略不允许：worker-src中需要有blob:。',
  ],
  [/^The engine's file could not be loaded(?:: | \()(.+?)\)?\.$/, (reason) => `无法加载计算引擎的文件（${reason}）。`],
  [/^There is not enough memory for the engine; .+$/, () => '内存不足，无法启动计算引擎；请关闭其他页面后重试。'],
  [
    /^this answer would need (\d+) MiB; the limit is (\d+) MiB\./,
    (needed, limit) => `这个结果需要${needed} MiB内存，上限是${limit} MiB；请减少行数。`,
  ],
  [
    /^this run would need (\d+) MiB; the limit is (\d+) MiB\./,
    (needed, limit) => `这次训练需要${needed} MiB内存，上限是${limit} MiB；请减少样本或神经元。`,
  ],
  [/^The engine stopped unexpectedly \((.+)\)\.$/, (reason) => `计算引擎意外停止（${reason}）。`],
  [/^expected shape (.+), got no such tensor$/, (shape) => `应为形状${shape}，实际没有这个张量`],
  [/^expected shape (.+), got (.+)$/, (shape, got) => `应为形状${shape}，实际为${got}`],
  [/^expected (.+), got (.+)$/, (expected, got) => `应为${phrase(expected)}，实际为${phrase(got)}`],
  [/^expected (.+)$/, (expected) => `应为${phrase(expected)}`],
];

/**
 * What is wrong with a setting, or what failed, in the reader's language.
 * @param {Language} language
 * @param {string} message
 */
export function issueIn(language, message) {
  if (language === 'en') return message;
  for (const [pattern, write] of sentences) {
    const match = pattern.exec(message);
    if (match) return write(...match.slice(1));
  }
  return message;
}
