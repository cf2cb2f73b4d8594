// Words and numbers as the reader sees them, and numbers as the reader types them.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import {
  createTranslator,
  formatCount,
  formatField,
  formatFixed,
  formatNumber,
  formatPercent,
  formatProbability,
  formatWeight,
  labelIn,
  languageOf,
  languages,
  listed,
  parseNumber,
  shortPower,
  translator,
} from '../../../web/src/text/text.js';

describe('language', () => {
  it('is Chinese for every tag of Chinese, English for all others', () => {
    for (const tag of ['zh', 'zh-CN', 'ZH-Hant-TW', 'zh-Hans']) assert.equal(languageOf(tag), 'zh', tag);
    for (const tag of ['en', 'de-AT', 'zhx', '', null, undefined]) assert.equal(languageOf(tag), 'en', String(tag));
  });

  it('of a label falls back to English', () => {
    assert.equal(labelIn({ en: 'Circle', zh: '圆' }, 'zh'), '圆');
    assert.equal(labelIn(/** @type {any} */ ({ en: 'Circle' }), 'zh'), 'Circle');
  });
});

describe('translator', () => {
  const tables = {
    en: { digits: { one: '{count} digit', other: '{count} digits' }, place: 'from {from} to {to}, {from} again' },
    zh: { digits: '{count} 个数字', place: '{from} 到 {to}' },
  };
  const en = createTranslator(tables, 'en');

  it('chooses the plural form by the count', () => {
    assert.equal(en('digits', { count: 1 }), '1 digit');
    assert.equal(en('digits', { count: 0 }), '0 digits');
    assert.equal(en('digits', { count: 1234 }), '1,234 digits');
    assert.equal(createTranslator(tables, 'zh')('digits', { count: 1 }), '1 个数字');
  });

  it('puts values into every place, and leaves places without a value', () => {
    assert.equal(en('place', { from: 'a', to: -2 }), 'from a to \u22122, a again');
    assert.equal(en('place', { from: 'a' }), 'from a to {to}, a again');
  });

  it('takes values as they are: neither patterns nor places of their own', () => {
    assert.equal(en('place', { from: '$&{to}', to: 'b' }), 'from $&{to} to b, $&{to} again');
  });

  it('of the laboratory speaks both languages', () => {
    assert.equal(translator('en')('transport.train'), 'Train');
    assert.equal(translator('zh')('transport.train'), '训练');
  });
});

describe('Chinese texts', () => {
  it('leave the space beside Latin letters and digits to the typography', async () => {
    const folder = new URL('../../../web/src/text/', import.meta.url);
    const files = (await readdir(folder)).filter((name) => /(?:^|-)zh\.js$/.test(name));
    assert.ok(files.length > 20);
    for (const file of files) {
      const typed = (await readFile(new URL(file, folder), 'utf8')).match(
        /.*(?:\p{Script=Han} [\w{}±−²₀-₉]|[\w{}±²₀-₉%] \p{Script=Han}).*/gu,
      );
      assert.deepEqual(typed ?? [], [], file);
    }
  });
});

describe('numbers', () => {
  /** @type {[number, string][]} */
  const measured = [
    [0, '0.00'],
    [1, '1.00'],
    [-0.5, '\u22120.500'],
    [0.03217, '0.0322'],
    [9.996, '10.0'],
    [99.96, '100'],
    [1234.5, '1,235'],
    [999_999.9, '1,000,000'],
    [1e6, '1.00\u202f×\u202f10⁶'],
    [0.00001234, '1.23\u202f×\u202f10⁻⁵'],
    [-4.5e-12, '\u22124.50\u202f×\u202f10⁻¹²'],
    [Infinity, '∞'],
    [-Infinity, '\u2212∞'],
    [NaN, 'NaN'],
  ];
  for (const [value, text] of measured) it(`writes ${value} with three digits as ${text}`, () => assert.equal(formatNumber(value), text));

  it('keep their width: decimals are fixed, and there is no minus zero', () => {
    assert.equal(formatFixed(-0.001), '0.00');
    assert.equal(formatFixed(-1.5), '\u22121.50');
    assert.equal(formatFixed(1234.567, 1), '1,234.6');
    assert.equal(formatFixed(NaN), 'NaN');
    assert.deepEqual([0, 0.1234, -12.345, 123.45].map(formatWeight), ['0.000', '0.123', '\u221212.35', '123.5']);
  });

  it('that are weights keep three significant digits when they are small', () => {
    assert.deepEqual([0.05, -0.0025, 0.0004].map(formatWeight), ['0.0500', '\u22120.00250', '0.000400']);
    assert.equal(shortPower(formatWeight(-2.5e-5)), '\u22122.50e\u22125');
  });

  it('are written alike in both languages, as Intl writes them but for the sign', () => {
    for (const language of languages) {
      const percent = new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1 });
      for (const value of [0, 7, 1234, -60_000, 1_234_567]) {
        assert.equal(formatCount(value), new Intl.NumberFormat(language).format(value).replace('-', '\u2212'), language);
        assert.equal(formatPercent(value / 1e7, 1), percent.format(Number((value / 1e7).toFixed(3))).replace('-', '\u2212'), language);
      }
      for (const value of [0.25, -1.5, 1234.75]) {
        const fixed = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
        assert.equal(formatFixed(value), fixed.format(value).replace('-', '\u2212'), language);
      }
    }
  });

  it('one after another are separated as the language does', () => {
    assert.equal(listed(['0.5', '\u22121'], 'en'), '0.5, \u22121');
    assert.equal(listed(['0.5', '\u22121'], 'zh'), '0.5，\u22121');
  });

  it('of probabilities have four decimals, and three digits where these would hide what is left', () => {
    const written = [0.5, 0.00012, 1e-4, 0.99984, 1, 0, -0.25, -1].map(formatProbability);
    assert.deepEqual(written, ['0.5000', '0.0001', '0.0001', '0.9998', '1.0000', '0.0000', '−0.2500', '−1.0000']);
    const sure = [3.21e-7, -3.21e-7, 1 - 2.5e-5].map(formatProbability);
    assert.deepEqual(sure, [formatNumber(3.21e-7), formatNumber(-3.21e-7), `1 − ${formatNumber(2.5e-5)}`]);
  });

  it('of things have thousands separators, of parts a percent sign', () => {
    assert.equal(formatCount(1234567), '1,234,567');
    assert.equal(formatCount(-1000), '\u22121,000');
    assert.equal(formatPercent(0.968), '96.8%');
    assert.equal(formatPercent(1, 0), '100%');
    assert.equal(formatPercent(NaN), 'NaN');
  });

  it('in a field are as short as they are exact', () => {
    assert.equal(formatField(0.03), '0.03');
    assert.equal(formatField(0.1 + 0.2), '0.3');
    assert.equal(formatField(-5), '\u22125');
    assert.equal(formatField(0.00001), '1e\u22125');
  });

  it('that are written can be typed again', () => {
    for (const value of [0, 1, -5, 0.03, -0.00001, 2.5e-7, 60_000, 1_234_567]) {
      assert.equal(parseNumber(formatField(value)), value);
      if (Number.isInteger(value)) assert.equal(parseNumber(formatCount(value)), value);
    }
    for (const value of [0.5, -0.0025, 2.5e-5, -1.23e-12, 4e7]) {
      assert.equal(parseNumber(formatWeight(value)), value);
      assert.equal(parseNumber(shortPower(formatWeight(value))), value);
    }
    for (const fraction of [0, 0.05, 0.968, 1]) assert.ok(Math.abs(parseNumber(formatPercent(fraction)) - fraction) < 1e-12);
  });

  it('may be typed as people type them', () => {
    assert.equal(parseNumber('1e-3'), 0.001);
    assert.equal(parseNumber('−2,5'.replace(',', '.')), -2.5);
    assert.equal(parseNumber('–.5'), -0.5);
    assert.equal(parseNumber('1/4'), 0.25);
    assert.equal(parseNumber(' 12 % '), 0.12);
    assert.equal(parseNumber('60,000'), 60_000);
  });

  for (const text of ['', ' ', 'abc', '1.2.3', '0x10', '1e', '--1', '1/', 'Infinity', '%', '1//2', '1/2/3']) {
    it(`are not read out of ${JSON.stringify(text)}`, () => assert.ok(Number.isNaN(parseNumber(text))));
  }
});
