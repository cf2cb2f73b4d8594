/**
 * The service worker: keeps the site for visits without a network, and the digits' data for the next visit. Built into one classic script
 * beside the pages (see `build/offline.js`).
 */
import files from 'virtual:site-files';
import { answerTo, cacheNames, isSound, pathWithin } from './offline-answers.js';

/** @import { Answer } from './offline-answers.js' */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));
const { scope } = worker.registration;
const names = cacheNames(scope, files.version);

/** @param {string} file */
const addressOf = (file) => new URL(file, scope).href;

/**
 * The answer as it is kept: whole, and without what only the way here needed. A redirected answer could not be given for a page.
 * @param {string} file
 * @param {Response} response
 * @returns {Promise<Response | null>} null where it is not the file
 */
async function kept(file, response) {
  const body = await response.arrayBuffer();
  if (!isSound(response, body, file, files)) return null;
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  return new Response(body, { headers });
}

/** Fetches what a visit without a network needs. Fails as a whole, and is then tried again at the next visit. */
async function install() {
  const cache = await caches.open(names.shell);
  const keep = async (/** @type {string} */ file, /** @type {Response | null | undefined} */ response) => {
    if (!response) throw new Error(`${file} is not what the build made.`);
    await cache.put(addressOf(file), response);
  };
  await Promise.all([
    ...files.pages.map(async (file) => keep(file, await kept(file, await fetch(addressOf(file), { cache: 'no-cache' })))),
    // The version before has most of them under the same names.
    ...files.code.map(async (file) =>
      keep(file, (await caches.match(addressOf(file))) ?? (await kept(file, await fetch(addressOf(file))))),
    ),
  ]);
}

async function activate() {
  for (const name of await caches.keys()) if (names.isOutdated(name)) await caches.delete(name);
  const data = await caches.open(names.data);
  for (const request of await data.keys()) {
    if (!Object.hasOwn(files.data, pathWithin(request.url, scope) ?? '')) await data.delete(request);
  }
  // The first visit's later requests are kept too.
  await worker.clients.claim();
}

/**
 * @param {Answer} answer
 * @returns {Promise<Response | undefined>}
 */
async function find({ cache, file }) {
  try {
    return await (await caches.open(names[cache])).match(addressOf(file), { ignoreVary: true });
  } catch {
    // A cache that the browser lost or cannot read is an empty one.
    return undefined;
  }
}

/**
 * @param {Answer} answer
 * @param {Response} response
 */
async function keep({ cache, file }, response) {
  try {
    const whole = await kept(file, response);
    if (whole) await (await caches.open(names[cache])).put(addressOf(file), whole);
  } catch {
    // The visitor gave the request up, the connection broke or the disk is full: the page knows, and the next visit fetches it again.
  }
}

/**
 * @param {FetchEvent} event
 * @param {Answer} answer
 */
async function answerFromCache(event, answer) {
  const found = await find(answer);
  if (found) return found;
  const response = await fetch(event.request);
  event.waitUntil(keep(answer, response.clone()));
  return response;
}

/**
 * @param {Request} request
 * @param {Answer} answer
 */
async function answerFromNetwork(request, answer) {
  try {
    return await fetch(request);
  } catch (thrown) {
    const found = await find(answer);
    if (found) return found;
    throw thrown;
  }
}

/**
 * Data that a page had fetched before this worker was there.
 * @param {readonly string[]} addresses
 */
async function keepData(addresses) {
  for (const url of addresses) {
    const file = pathWithin(url, scope);
    if (file === null || !Object.hasOwn(files.data, file)) continue;
    /** @type {Answer} */
    const answer = { first: 'cache', cache: 'data', file };
    if (await find(answer)) continue;
    const response = await fetch(url).catch(() => null);
    if (response) await keep(answer, response);
  }
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => event.waitUntil(keepData(event.data)));
worker.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request, scope, files);
  if (answer === null) return;
  event.respondWith(answer.first === 'network' ? answerFromNetwork(event.request, answer) : answerFromCache(event, answer));
});
