/**
 * A static file server for one folder, on the loopback interface only. tools/serve runs it; the browser tests import it.
 *   node static-server.js FOLDER PORT
 */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const host = '127.0.0.1';

/** @type {Readonly<Record<string, string>>} */
const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

/** Sent with every answer: as on a static host, a new build is seen at once, and any page may use the files. */
const defaultHeaders = { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff', 'Access-Control-Allow-Origin': '*' };

/**
 * The file that an address means, or where the browser has to go instead.
 * @param {string} folder a real path
 * @param {string} path the address's path, still encoded
 * @returns {Promise<{ file: string, size: number } | { location: string } | null>} null: there is nothing to be had
 */
async function resolveFile(folder, path) {
  let file;
  let information;
  try {
    const name = decodeURIComponent(path);
    if (name.includes('\0')) return null;
    // Links are followed first, so what counts is where the file really lies.
    file = await realpath(join(folder, name));
    if (file !== folder && !file.startsWith(folder + sep)) return null;
    information = await stat(file);
    if (information.isDirectory()) {
      if (!path.endsWith('/')) return { location: `${path.slice(path.lastIndexOf('/') + 1)}/` };
      file = join(file, 'index.html');
      information = await stat(file);
    }
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    if (error instanceof URIError || code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'EACCES') return null;
    throw error;
  }
  return information.isFile() ? { file, size: information.size } : null;
}

/**
 * Serves a folder until close() is called.
 * @param {object} options
 * @param {string} [options.folder] without one only `pages` are served
 * @param {number} [options.port] 0, the default, takes any free one
 * @param {Record<string, string>} [options.headers] sent with every answer, after the default ones
 * @param {Record<string, string>} [options.pages] what is in no file, by path; HTML unless the path's ending says otherwise
 * @returns {Promise<{ origin: string, port: number, requests: string[], close: () => Promise<void> }>} `requests`: the paths asked for, so far
 */
export async function startServer({ folder, port = 0, headers = {}, pages = {} }) {
  const root = folder === undefined ? null : await realpath(folder);
  /** @type {string[]} */
  const requests = [];

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      process.stderr.write(`${request.method} ${request.url}: ${error}\n`);
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end('The server failed.\n');
    });
  });

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    for (const [name, value] of Object.entries({ ...defaultHeaders, ...headers })) response.setHeader(name, value);
    const path = (request.url ?? '/').split(/[?#]/, 1)[0];
    requests.push(path);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { 'Content-Type': 'text/plain', Allow: 'GET, HEAD' }).end('Only GET and HEAD are served.\n');
      return;
    }
    if (Object.hasOwn(pages, path)) {
      response
        .writeHead(200, { 'Content-Type': contentTypes[extname(path)] ?? contentTypes['.html'] })
        .end(request.method === 'HEAD' ? undefined : pages[path]);
      return;
    }
    const found = root === null ? null : await resolveFile(root, path);
    if (found === null) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found.\n');
      return;
    }
    if ('location' in found) {
      response.writeHead(301, { Location: found.location }).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': contentTypes[extname(found.file).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': found.size,
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const content = createReadStream(found.file);
    content.on('error', (error) => response.destroy(error));
    response.on('close', () => content.destroy());
    content.pipe(response);
  }

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://${host}:${address.port}`,
    port: address.port,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The command line of tools/serve. */
async function main() {
  const [folder, port] = process.argv.slice(2);
  try {
    const server = await startServer({ folder, port: Number(port) });
    process.stdout.write(`MLP Playground is at ${server.origin}/ (Ctrl+C stops it)\n`);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => server.close().finally(() => process.exit(0)));
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    process.stderr.write(
      code === 'EADDRINUSE'
        ? `serve: port ${port} is in use by another program; choose another one with --port.\n`
        : code === 'EACCES'
          ? `serve: port ${port} may not be used by this user; choose one above 1023 with --port.\n`
          : `serve: ${message}\n`,
    );
    process.exitCode = 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
