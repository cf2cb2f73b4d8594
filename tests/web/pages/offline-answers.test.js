// Which requests the service worker answers, and what it takes for the site's files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerTo, cacheNames, isSound, pathWithin } from '../../../web/src/pages/offline-answers.js';

/** @import { SiteFiles } from '../../../web/src/pages/offline-answers.js' */

const scope = 'https://example.org/mlp/';

/** @type {SiteFiles} */
const files = {
  version: '1',
  pages: ['digits.html', 'index.html'],
  code: ['assets/index-aa.js', 'assets/engine-bb.wasm'],
  data: { 'assets/train-images-1.idx-cc.gz': [4, 9] },
};

/**
 * @param {string} url
 * @param {{ method?: string, mode?: string, headers?: Record<string, string> }} [request]
 */
const answer = (url, { method = 'GET', mode = 'cors', headers = {} } = {}) =>
  answerTo({ url: new URL(url, scope).href, method, mode, headers: new Headers(headers) }, scope, files);

describe('what the service worker answers', () => {
  it('pages: from the network, else as they were kept, whatever their query and whether or not their ending is shown', () => {
    for (const url of ['', '?lang=zh#v=1', 'index.html', 'index.html?theme=dark', 'index']) {
      assert.deepEqual(answer(url, { mode: 'navigate' }), { first: 'network', cache: 'shell', file: 'index.html' }, url);
    }
    for (const url of ['digits.html?lang=zh', 'digits']) assert.equal(answer(url, { mode: 'navigate' })?.file, 'digits.html', url);
  });

  it('files with a hash in their name: from the cache, the data from one of their own', () => {
    assert.deepEqual(answer('assets/index-aa.js'), { first: 'cache', cache: 'shell', file: 'assets/index-aa.js' });
    assert.deepEqual(answer('assets/train-images-1.idx-cc.gz'), {
      first: 'cache',
      cache: 'data',
      file: 'assets/train-images-1.idx-cc.gz',
    });
  });

  it('nothing else: other pages, other versions, other folders, other origins, other methods, parts of files', () => {
    for (const url of ['embed.html', 'lessons/index.html', '/index.html', '/mlp-2/', 'https://example.com/mlp/']) {
      assert.equal(answer(url, { mode: 'navigate' }), null, url);
    }
    for (const url of [
      'assets/index-dd.js',
      'embed/mlp-playground.js',
      '/assets/index-aa.js',
      'https://example.com/mlp/assets/index-aa.js',
      'toString',
    ]) {
      assert.equal(answer(url), null, url);
    }
    assert.equal(answer('assets/index-aa.js', { method: 'HEAD' }), null);
    assert.equal(answer('', { mode: 'navigate', method: 'POST' }), null);
    assert.equal(answer('assets/train-images-1.idx-cc.gz', { headers: { Range: 'bytes=0-1' } }), null);
  });

  it('the path within the folder is without query and hash', () => {
    assert.equal(pathWithin(`${scope}digits.html?lang=zh#v=1`, scope), 'digits.html');
    assert.equal(pathWithin('https://example.org/other/digits.html', scope), null);
  });
});

describe('the caches', () => {
  it("outdated is a version's own, never the data nor another folder's", () => {
    const { shell, data, isOutdated } = cacheNames(scope, '2');
    assert.equal(isOutdated(cacheNames(scope, '1').shell), true);
    assert.equal(cacheNames(scope, '1').data, data);
    for (const name of [shell, data, cacheNames(`${scope}deeper/`, '1').shell, cacheNames('https://example.org/', '1').shell, 'others']) {
      assert.equal(isOutdated(name), false, name);
    }
  });
});

describe('what is kept', () => {
  const page = '<script src="./assets/index-aa.js"></script>';
  /**
   * @param {string} file
   * @param {string} text
   * @param {{ status?: number, type?: string, content?: string }} [response]
   */
  const sound = (
    file,
    text,
    { status = 200, type = 'basic', content = file.endsWith('.html') ? 'text/html; charset=utf-8' : 'text/javascript' } = {},
  ) => isSound({ status, type, headers: new Headers({ 'Content-Type': content }) }, new TextEncoder().encode(text).buffer, file, files);

  it('whole answers of our own host', () => {
    assert.equal(sound('assets/index-aa.js', '1'), true);
    assert.equal(sound('index.html', page), true);
    for (const status of [204, 206, 404, 503]) assert.equal(sound('assets/index-aa.js', '1', { status }), false, String(status));
    for (const type of ['opaque', 'cors', 'error']) assert.equal(sound('assets/index-aa.js', '1', { type }), false, type);
    assert.equal(sound('assets/index-aa.js', ''), false);
  });

  it('no page in place of a script, and no page of another version', () => {
    assert.equal(sound('assets/index-aa.js', page, { content: 'text/html' }), false);
    assert.equal(sound('index.html', '<p>Sign in to use this network</p>'), false);
    assert.equal(sound('index.html', `${page}<link href="./assets/tokens-ee.css">`), false);
  });

  it('data of the size that they have, as stored or unpacked on the way', () => {
    const file = 'assets/train-images-1.idx-cc.gz';
    const content = 'application/gzip';
    assert.equal(sound(file, '1234', { content }), true);
    assert.equal(sound(file, '123456789', { content }), true);
    assert.equal(sound(file, '12345', { content }), false);
  });
});
