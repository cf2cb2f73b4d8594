// The exported Python, run by a Python that has NumPy or PyTorch; where none has, the test says that it was skipped.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { toNumPy } from '../../../web/src/export/numpy.js';
import { toPyTorch } from '../../../web/src/export/pytorch.js';
import { toSafetensors } from '../../../web/src/export/safetensors.js';
import { assertClose, cases, folderFor, pythonWith, succeed } from './support.js';

/** Imports every exported module, asks it, and writes a line of answers for each. */
const runner = `
import array, importlib.util, json, sys

def load(path):
    spec = importlib.util.spec_from_file_location("network", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

folder, count = sys.argv[1], int(sys.argv[2])
for index in range(count):
    module = load(f"{folder}/{index}.py")
    rows = json.load(open(f"{folder}/{index}.json"))
    print(json.dumps(answer(module, rows)))
`;

/**
 * @param {string} folder
 * @param {string} python
 * @param {string} answer the Python function that asks a module
 * @param {(model: typeof cases[number]['model']) => string} encode
 */
async function assertAnswers(folder, python, answer, encode) {
  for (const [index, { model, inputs }] of cases.entries()) {
    const { columns } = model;
    const rows = Array.from({ length: inputs.length / columns }, (_, row) => [...inputs.subarray(row * columns, (row + 1) * columns)]);
    await writeFile(join(folder, `${index}.py`), encode(model));
    await writeFile(join(folder, `${index}.json`), JSON.stringify(rows));
  }
  await writeFile(join(folder, 'run.py'), `${answer}\n${runner}`);
  const lines = succeed(python, [join(folder, 'run.py'), folder, String(cases.length)])
    .trim()
    .split('\n');
  cases.forEach(({ name, answers }, index) => assertClose(name, JSON.parse(lines[index]).flat(), answers));
}

const numpy = pythonWith('numpy');
const torch = pythonWith('torch');
const safetensors = pythonWith('safetensors.numpy');

describe('the network in Python', () => {
  it('answers as the engine does, with NumPy', { skip: numpy ? false : 'no Python here has NumPy' }, async (test) => {
    const answer = 'import numpy as np\n\ndef answer(module, rows):\n    return module.Network().predict(np.array(rows)).tolist()';
    await assertAnswers(await folderFor(test), /** @type {string} */ (numpy), answer, toNumPy);
  });

  it('answers as the engine does, with PyTorch', { skip: torch ? false : 'no Python here has PyTorch' }, async (test) => {
    const answer = 'import torch\n\ndef answer(module, rows):\n    return module.trained_network().predict(torch.tensor(rows)).tolist()';
    await assertAnswers(await folderFor(test), /** @type {string} */ (torch), answer, toPyTorch);
  });

  it('runs as a program', { skip: numpy ? false : 'no Python here has NumPy' }, async (test) => {
    const folder = await folderFor(test);
    const file = join(folder, 'network.py');
    for (const { model } of cases.slice(-1)) {
      await writeFile(file, toNumPy(model));
      succeed(/** @type {string} */ (numpy), [file]);
    }
  });

  it('reads the weights with the safetensors package', { skip: safetensors ? false : 'no Python here has safetensors' }, async (test) => {
    const folder = await folderFor(test);
    for (const { name, model, parameters } of cases.slice(0, 3)) {
      const file = join(folder, 'weights.safetensors');
      await writeFile(file, toSafetensors(model));
      const read =
        'import json, sys\nfrom safetensors.numpy import load_file\nprint(json.dumps({k: v.reshape(-1).tolist() for k, v in load_file(sys.argv[1]).items()}))';
      const tensors = JSON.parse(succeed(/** @type {string} */ (safetensors), ['-c', read, file]));
      assertClose(
        name,
        model.tensors.flatMap((tensor) => tensors[tensor.name]),
        parameters,
      );
    }
  });
});
