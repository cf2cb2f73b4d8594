/** The network as a PyTorch module whose `forward` gives scores, as PyTorch's losses want them, and `predict` what is shown. */
import { BRACKETS, exampleRow, featureLines, layerExpressions, packedParameters } from './python.js';
import { constantsText, floatText, formulaOf, headline, isPacked } from './text.js';

/** @import { Model, ModelActivation } from './model.js' */
/** @import { Formulas } from './text.js' */

const LANGUAGE = 'PyTorch';

/** @type {Formulas} */
export const activations = Object.freeze({
  identity: 'x',
  step: '(x > 0).to(x.dtype)',
  sigmoid: 'torch.sigmoid(x)',
  'hard-sigmoid': 'F.hardsigmoid(x)',
  tanh: 'torch.tanh(x)',
  hardtanh: 'F.hardtanh(x, min, max)',
  relu: 'F.relu(x)',
  'leaky-relu': 'F.leaky_relu(x, slope)',
  prelu: 'F.prelu(x, slope)',
  elu: 'F.elu(x, alpha)',
  selu: 'F.selu(x)',
  gelu: 'F.gelu(x)',
  silu: 'F.silu(x)',
  softplus: 'F.softplus(x)',
  softsign: 'F.softsign(x)',
  sine: 'torch.sin(x)',
});

/** @type {Formulas} */
export const features = Object.freeze({
  x1: 'x1',
  x2: 'x2',
  'x1-squared': 'x1 ** 2',
  'x2-squared': 'x2 ** 2',
  'x1-x2': 'x1 * x2',
  'sin-x1': 'torch.sin(x1)',
  'sin-x2': 'torch.sin(x2)',
  'cos-x1': 'torch.cos(x1)',
  'cos-x2': 'torch.cos(x2)',
});

/**
 * @param {Model} model
 * @returns {string}
 */
export function toPyTorch(model) {
  const forward = forwardLines(model);
  const functional = forward.some((line) => line.includes('F.'));
  const head = [
    `"""${headline(model).join('\n')}"""`,
    ...(isPacked(model) ? ['import base64', ''] : []),
    'import torch',
    ...(functional ? ['import torch.nn.functional as F'] : []),
    'from torch import nn',
  ];
  const floats = (/** @type {string} */ bytes) => `torch.frombuffer(bytearray(${bytes}), dtype=torch.float32)`;
  const parts = [
    `${head.join('\n')}\n`,
    ...(isPacked(model) ? [packedParameters(model, floats)] : []),
    classText(model, forward),
    trainedText(model),
    `if __name__ == "__main__":\n    network = trained_network()\n    print(network.predict(torch.tensor(${exampleRow(model)})))\n`,
  ];
  return parts.join('\n\n');
}

/**
 * @param {Model} model
 * @param {readonly string[]} forward
 */
function classText(model, forward) {
  const layers = model.layers.flatMap(({ units, sources, activation }, index) => [
    `self.layer${index + 1} = nn.Linear(${sources}, ${units})`,
    ...[...activation.learned].map((name) => `self.${name}${index + 1} = nn.Parameter(torch.zeros(1))`),
  ]);
  const predict = { raw: 'self(x)', sigmoid: 'torch.sigmoid(self(x))', softmax: 'torch.softmax(self(x), dim=1)' }[model.outcome];
  /** @param {readonly string[]} lines */
  const block = (lines) => lines.map((line) => `        ${line}\n`).join('');
  return `class Network(nn.Module):
    def __init__(self):
        super().__init__()
${block(layers)}
    def forward(self, x):
        """x: ${model.columns} numbers in a row, as many rows as you like."""
${block(forward)}
    @torch.no_grad()
    def predict(self, x):
        return ${predict}
`;
}

/** @param {Model} model */
function forwardLines(model) {
  const { scaling, layers } = model;
  const lines = featureLines(model, features, LANGUAGE, (list) => `torch.stack(${list}, dim=1)`);
  if (scaling) {
    const [scale, offset] = [scaling.scale, scaling.offset].map((values) => {
      const text = constantsText(values, '        ', BRACKETS);
      return values.length === 1 ? text : `x.new_tensor(${text})`;
    });
    lines.push(`x = x * ${scale} + ${offset}`);
  }
  if (layers.some(({ skip }) => skip)) lines.push('inputs = x');
  layers.forEach(({ skip, activation }, index) => {
    if (skip) lines.push('x = torch.cat([x, inputs], dim=1)  # the output layer also sees the inputs');
    lines.push(`x = self.layer${index + 1}(x)`);
    if (activation.id !== 'identity') lines.push(`x = ${activationText(activation, index + 1)}`);
  });
  lines.push('return x');
  return lines;
}

/**
 * The formula with the activation's parameters in their places.
 * @param {ModelActivation} activation
 * @param {number} number of the layer, from 1
 */
function activationText({ id, parameters, learned }, number) {
  return formulaOf(activations, id, LANGUAGE).replace(/\b[a-z]+\b/g, (word) => {
    if (!Object.hasOwn(parameters, word)) return word;
    return learned.has(word) ? `self.${word}${number}` : floatText(parameters[word]);
  });
}

/** @param {Model} model */
function trainedText(model) {
  const expressions = layerExpressions(
    model,
    (rows) => `torch.tensor(${rows})`,
    (values) => `torch.tensor(${values})`,
    '        ',
  );
  const entries = model.layers.flatMap(({ activation }, index) => [
    `"layer${index + 1}.weight": ${expressions[index].weights},`,
    `"layer${index + 1}.bias": ${expressions[index].biases},`,
    ...[...activation.learned].map((name) => `"${name}${index + 1}": torch.tensor([${floatText(activation.parameters[name])}]),`),
  ]);
  return `def trained_network():
    network = Network()
    network.load_state_dict({
${entries.map((entry) => `        ${entry}\n`).join('')}    })
    return network.eval()
`;
}
