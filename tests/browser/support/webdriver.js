/**
 * WebKitGTK through its own driver: a client of the few commands of the W3C's WebDriver protocol that the tests need, and the
 * processes behind it. The browser shows itself on a virtual display of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Milliseconds that a program may take to come up, on a machine that does much else. */
const PATIENCE = 60_000;

/** @returns {Promise<number>} a port that was free a moment ago */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a program in a process group of its own, so that it ends together with everything it has started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  /** @type {string | null} */
  let ended = null;
  child.once('error', (error) => (ended = `${command} could not be started: ${error.message}`));
  child.once('exit', (code, signal) => (ended ??= `${command} ended with ${signal ?? code}`));
  return {
    child,
    requireAlive() {
      if (ended !== null) throw new Error(ended);
    },
    async stop() {
      if (ended !== null || child.pid === undefined) return;
      const gone = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await gone;
    },
  };
}

/** A virtual display with a number that no other has. @returns {Promise<{ name: string, stop: () => Promise<void> }>} */
async function openDisplay() {
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const output = /** @type {import('node:stream').Readable} */ (server.child.stdio[3]);
  const number = await Promise.race([
    once(output, 'data').then(([text]) => String(text).trim()),
    once(server.child, 'error').then(([error]) => Promise.reject(new Error('Xvfb could not be started.', { cause: error }))),
    once(server.child, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb ended with ${code}.`))),
  ]);
  return { name: `:${number}`, stop: server.stop };
}

/**
 * One command of the protocol.
 * @param {string} address
 * @param {'GET' | 'POST' | 'DELETE'} method
 * @param {object} [body]
 */
async function command(address, method, body) {
  const response = await fetch(address, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${address}: ${value?.error}: ${value?.message}`);
  return value;
}

/**
 * Opens WebKitGTK's browser.
 * @param {string} driverPath
 * @param {string} browserPath
 */
export async function openWebKit(driverPath, browserPath) {
  const display = await openDisplay();
  const port = await freePort();
  const driver = start(driverPath, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display.name,
      LC_ALL: 'C', // navigator.language is then a tag that Intl does not know; pages have to live with it
      // Root may run it, and a machine without a graphics card.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await driver.stop();
    await display.stop();
  };

  try {
    const giveUp = Date.now() + PATIENCE;
    for (;;) {
      driver.requireAlive();
      try {
        await command(`${origin}/status`, 'GET');
        break;
      } catch (thrown) {
        if (Date.now() > giveUp) throw thrown;
        await pause(20);
      }
    }
    const { sessionId, capabilities } = await command(`${origin}/session`, 'POST', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: browserPath, args: ['--automation'] } } },
    });
    const session = `${origin}/session/${sessionId}`;
    await command(`${session}/timeouts`, 'POST', { script: 5 * PATIENCE, pageLoad: PATIENCE });

    return {
      version: `WebKitGTK ${capabilities.browserVersion}`,

      /** @param {string} url */
      goto: (url) => command(`${session}/url`, 'POST', { url }),

      /**
       * Calls a function in the page and waits for what it promises.
       * @template Argument, Result
       * @param {(argument: Argument) => Promise<Result>} called
       * @param {Argument} argument
       * @returns {Promise<Result>}
       */
      async evaluate(called, argument) {
        const { result, error } = await command(`${session}/execute/async`, 'POST', {
          script: `const [argument, done] = arguments;
            (${called})(argument).then((result) => done({ result }), (error) => done({ error: error + '\\n' + error.stack }));`,
          args: [argument],
        });
        if (error) throw new Error(error);
        return result;
      },

      async close() {
        try {
          await command(session, 'DELETE');
        } finally {
          await stop();
        }
      },
    };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}
