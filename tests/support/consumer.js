/**
 * The package as somebody else gets it: packed, unpacked into an empty project, and nothing of this repository around it.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from './sources.js';

export const execute = promisify(execFile);
export const web = fileURLToPath(new URL('web/', root));

/**
 * @param {Readonly<Record<string, string>>} files the project's own, by their paths
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function createProject(files) {
  const folder = await mkdtemp(join(tmpdir(), 'mlp-consumer-'));
  const installed = join(folder, 'node_modules', 'mlp-playground');
  await mkdir(installed, { recursive: true });
  await execute('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: web });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no file');
  await execute('tar', ['-x', '--strip-components=1', '-C', installed, '-f', join(folder, tarball)]);
  for (const [path, text] of Object.entries({ 'package.json': '{ "type": "module", "private": true }\n', ...files }))
    await writeFile(join(folder, path), text);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What every consumer does: `train(engine)` gives the accuracy on xor, and a few parameters to compare. */
export const training = `
export function train(engine) {
  const run = engine.createRun({
    data: { id: 'xor' },
    network: { layers: [{ units: 8, activation: 'tanh' }, { activation: 'identity' }] },
    training: { optimizer: { id: 'adam', learningRate: 0.01 } },
  });
  run.train({ epochs: 100 });
  return { accuracy: run.evaluate('test').accuracy, parameters: [...run.parameters().slice(0, 4)], sets: engine.catalog().datasets.length };
}
`;
