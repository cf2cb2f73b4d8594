/**
 * The parts of the READMEs that follow from the engine: the table of limits and the table of operations.
 *   node tests/support/readme.js     writes them anew into both files
 */
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createEngine } from 'mlp-playground';
import { root } from './sources.js';

/** @import { Catalog, CatalogEntry } from 'mlp-playground' */

/** @typedef {'en' | 'zh'} Language */

/** @type {Readonly<Record<Language, string>>} */
export const readmes = Object.freeze({ en: 'README.md', zh: 'README.zh-CN.md' });

/** In the order of the table. @type {Readonly<Record<string, Readonly<Record<Language, string>>>>} */
const limitNames = Object.freeze({
  layers: { en: 'hidden layers', zh: '隐藏层' },
  units: { en: 'units of a layer', zh: '每层的单元' },
  samples: { en: 'samples', zh: '样本' },
  columns: { en: 'own columns', zh: '自有数据的列' },
  classes: { en: 'classes', zh: '类别' },
  outputs: { en: 'outputs', zh: '输出' },
  dropout: { en: 'dropout', zh: '丢弃' },
  paths: { en: 'entries of locked, cut', zh: 'locked、cut 的条目' },
  testFraction: { en: 'test fraction', zh: '测试比例' },
  labelNoise: { en: 'label noise', zh: '标签噪声' },
  penalty: { en: 'l1, l2', zh: 'l1、l2' },
  clipNorm: { en: 'clipNorm', zh: 'clipNorm' },
  memory: { en: 'memory of a run', zh: '每次训练的内存' },
});

/** Kinds of operations, in the order of the table. @type {Readonly<Record<string, Readonly<Record<Language, string>>>>} */
const kindNames = Object.freeze({
  datasets: { en: 'data sets', zh: '数据集' },
  features: { en: 'features', zh: '特征' },
  scalings: { en: 'scaling of images', zh: '图片的缩放' },
  activations: { en: 'activations', zh: '激活函数' },
  initializers: { en: 'initializers', zh: '初始化' },
  losses: { en: 'losses', zh: '损失函数' },
  optimizers: { en: 'optimizers', zh: '优化器' },
  schedules: { en: 'schedules', zh: '学习率计划' },
  samplings: { en: 'sampling', zh: '抽样' },
});

const headings = Object.freeze({
  en: ['kind', 'identifiers, with parameters and their defaults'],
  zh: ['种类', '标识符，括号内是参数和默认值'],
});

/**
 * @param {readonly (readonly string[])[]} rows the first is the heading
 */
function table(rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const [heading, ...body] = rows;
  return [line(heading), `|${'---|'.repeat(heading.length)}`, ...body.map(line)].join('\n');
}

/**
 * Names and keys belong together: what has no name in both languages is a mistake here, and not left out of the table.
 * @param {Readonly<Record<string, Readonly<Record<Language, string>>>>} names
 * @param {readonly string[]} keys
 * @param {string} what
 */
function requireNames(names, keys, what) {
  const unnamed = keys.filter((key) => !Object.hasOwn(names, key));
  const gone = Object.keys(names).filter((key) => !keys.includes(key));
  if (unnamed.length + gone.length > 0) {
    throw new Error(
      `${what}: tests/support/readme.js has no name for [${unnamed}] and names for [${gone}], which the catalog does not have`,
    );
  }
}

/**
 * @param {Catalog} catalog
 * @param {Language} language
 */
export function limitsTable({ limits }, language) {
  requireNames(limitNames, Object.keys(limits), 'limits');
  const value = (/** @type {string} */ key) => (key === 'memory' ? `${limits[key] / 2 ** 20} MiB` : limits[key].toLocaleString('en'));
  const keys = Object.keys(limitNames);
  return table([keys.map((key) => limitNames[key][language]), keys.map(value)]);
}

/** @param {CatalogEntry} entry */
function operation({ id, parameters = [] }) {
  const settings = parameters.map(({ name, fallback }) => `${name} ${fallback}`).join(', ');
  return settings ? `\`${id}\` (${settings})` : `\`${id}\``;
}

/**
 * @param {Catalog} catalog
 * @param {Language} language
 */
export function catalogTable(catalog, language) {
  const kinds = Object.entries(catalog).flatMap(([kind, entries]) => (Array.isArray(entries) ? [kind] : []));
  requireNames(kindNames, kinds, 'kinds of operations');
  const entriesOf = (/** @type {string} */ kind) => /** @type {CatalogEntry[]} */ (/** @type {Record<string, unknown>} */ (catalog)[kind]);
  return table([
    headings[language],
    ...Object.entries(kindNames).map(([kind, name]) => [name[language], entriesOf(kind).map(operation).join(', ')]),
  ]);
}

/**
 * The README with its tables as the catalog has them.
 * @param {string} text
 * @param {Catalog} catalog
 * @param {Language} language
 */
export function withTables(text, catalog, language) {
  const tables = { limits: limitsTable(catalog, language), catalog: catalogTable(catalog, language) };
  return Object.entries(tables).reduce((result, [name, content]) => {
    const [opening, closing] = [`<!-- ${name} -->\n`, `<!-- /${name} -->\n`];
    const from = result.indexOf(opening);
    const to = result.indexOf(closing);
    if (from < 0 || to < from)
      throw new Error(`${readmes[language]}: there is no place for the table between "${opening.trim()}" and "${closing.trim()}"`);
    return `${result.slice(0, from + opening.length)}${content}\n${result.slice(to)}`;
  }, text);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const catalog = (await createEngine({ variant: 'reproducible' })).catalog();
  for (const [language, name] of /** @type {[Language, string][]} */ (Object.entries(readmes))) {
    const file = new URL(name, root);
    await writeFile(file, withTables(await readFile(file, 'utf8'), catalog, language));
  }
}
