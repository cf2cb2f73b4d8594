/**
 * What the service worker answers and what it keeps, as plain functions: the worker itself only carries it out.
 */

/**
 * What the build knows of the site it made. Names are relative to the site's folder; all but the pages' carry a hash of their contents.
 * @typedef {object} SiteFiles
 * @property {string} version differs whenever any of the files does
 * @property {readonly string[]} pages
 * @property {readonly string[]} code scripts, style sheets, pictures, engines
 * @property {Readonly<Record<string, readonly number[]>>} data the sizes in bytes that each may have: as stored, and unpacked, since a
 *   server may unpack a file on the way
 */

/**
 * @typedef {object} Answer
 * @property {'network' | 'cache'} first where it is looked for first; the other one is for when it is not there
 * @property {'shell' | 'data'} cache
 * @property {string} file
 */

/**
 * The names of the caches. All sites of an origin see each other's, so the folder is part of them; the data outlive a version.
 * @param {string} scope the address of the site's folder
 * @param {string} version
 */
export function cacheNames(scope, version) {
  const own = `mlp-playground:${new URL(scope).pathname}:`;
  const shell = `${own}shell:${version}`;
  const data = `${own}data`;
  return { shell, data, isOutdated: (/** @type {string} */ name) => name.startsWith(own) && name !== shell && name !== data };
}

/**
 * @param {string} url
 * @param {string} scope the address of the site's folder
 * @returns {string | null} the path within the folder, without query and hash; null for what lies elsewhere
 */
export function pathWithin(url, scope) {
  const { origin, pathname } = new URL(url);
  const folder = new URL(scope);
  return origin === folder.origin && pathname.startsWith(folder.pathname) ? pathname.slice(folder.pathname.length) : null;
}

/**
 * How a request is answered: pages from the network as long as there is one, so that a new version is seen at once; what has a hash in its
 * name from the cache.
 * @param {{ url: string, method: string, mode: string, headers: Pick<Headers, 'has'> }} request
 * @param {string} scope the address of the site's folder
 * @param {SiteFiles} files
 * @returns {Answer | null} null: it is none of the worker's business
 */
export function answerTo({ url, method, mode, headers }, scope, files) {
  if (method !== 'GET' || headers.has('range')) return null;
  const path = pathWithin(url, scope);
  if (path === null) return null;
  if (mode === 'navigate') {
    // Many hosts show a page without its ending.
    const file = path === '' ? 'index.html' : path.endsWith('.html') ? path : `${path}.html`;
    return files.pages.includes(file) ? { first: 'network', cache: 'shell', file } : null;
  }
  if (files.code.includes(path)) return { first: 'cache', cache: 'shell', file: path };
  return Object.hasOwn(files.data, path) ? { first: 'cache', cache: 'data', file: path } : null;
}

/**
 * Whether an answer is the file that was asked for, whole. What is kept once is never asked for again, so that the error page of a proxy,
 * sent with status 200, must not be taken for a script.
 * @param {{ status: number, type: string, headers: Pick<Headers, 'get'> }} response
 * @param {ArrayBuffer} body
 * @param {string} file
 * @param {SiteFiles} files
 */
export function isSound({ status, type, headers }, body, file, files) {
  if (status !== 200 || type !== 'basic') return false;
  if (Object.hasOwn(files.data, file)) return files.data[file].includes(body.byteLength);
  const isHtml = /^text\/html\b/.test(headers.get('content-type') ?? '');
  if (!files.pages.includes(file)) return !isHtml && body.byteLength > 0;
  // A host that puts a new version into place may for a while send the page of one and the scripts of the other.
  const named = new TextDecoder().decode(body).match(/\bassets\/[\w.-]+/g) ?? [];
  return isHtml && named.length > 0 && named.every((each) => files.code.includes(each));
}
