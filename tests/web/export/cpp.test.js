// The exported C++ header, compiled and run.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { toCpp } from '../../../web/src/export/cpp.js';
import { assertClose, cases, folderFor, succeed } from './support.js';

const flags = ['-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Werror'];

describe('the network as a C++ header', () => {
  it('answers as the engine does', async (test) => {
    const folder = await folderFor(test);
    // All headers in one program, each in a namespace of its own: compiling one by one takes long.
    const program = ['#include <algorithm>', '#include <array>', '#include <cmath>', '#include <cstddef>', '#include <cstdio>'];
    const calls = [];
    for (const [index, { model, inputs }] of cases.entries()) {
      await writeFile(join(folder, `network${index}.hpp`), toCpp(model));
      program.push(`namespace case${index} {`, `#include "network${index}.hpp"`, '}');
      calls.push(`  answer<case${index}::mlp_network::inputs>(case${index}::mlp_network::predict, ${inputs.length / model.columns});`);
    }
    program.push(
      'template <std::size_t N, class Predict> void answer(Predict predict, int rows) {',
      '  for (int row = 0; row < rows; ++row) {',
      '    std::array<float, N> x{};',
      '    if (std::fread(x.data(), sizeof(float), N, stdin) != N) std::perror("inputs");',
      '    for (const float y : predict(x)) std::printf("%.9g ", static_cast<double>(y));',
      '  }',
      '  std::printf("\\n");',
      '}',
      'int main() {',
      ...calls,
      '}',
    );
    const [source, binary, data] = ['main.cpp', 'main', 'inputs'].map((name) => join(folder, name));
    await writeFile(source, program.join('\n'));
    await writeFile(data, Buffer.concat(cases.map(({ inputs }) => new Uint8Array(inputs.buffer))));
    succeed('g++', [...flags, '-O1', '-o', binary, source]);
    const lines = succeed('sh', ['-c', `"${binary}" < "${data}"`])
      .trim()
      .split('\n');
    cases.forEach(({ name, answers }, index) => assertClose(name, lines[index].trim().split(' ').map(Number), answers));
  });

  it('includes what it needs', async (test) => {
    const folder = await folderFor(test);
    const header = join(folder, 'network.hpp');
    const source = join(folder, 'main.cpp');
    for (const name of ['classes', 'activation gelu', 'every feature']) {
      const found = cases.find((each) => each.name === name);
      await writeFile(header, toCpp(/** @type {typeof cases[number]} */ (found).model));
      await writeFile(
        source,
        '#include "network.hpp"\nint main() { return mlp_network::predict({}).size() == mlp_network::outputs ? 0 : 1; }\n',
      );
      succeed('g++', [...flags, '-fsyntax-only', source]);
    }
  });
});
