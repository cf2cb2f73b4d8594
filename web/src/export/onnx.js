/**
 * The network as an ONNX model: one input `input` [batch, columns] in the data's own units, one output `output` [batch, outputs].
 * Field numbers are those of onnx.proto3.
 */
import { block, concat, float, integer } from './protobuf.js';
import { formulaOf, headline } from './text.js';

/** @import { Model } from './model.js' */

/** @typedef {Record<string, number>} Attributes */
/** @typedef {ReturnType<typeof createGraph>} Graph */
/** @typedef {(graph: Graph, x: string, parameters: Readonly<Record<string, number>>) => string} ActivationNodes */

const LANGUAGE = 'ONNX';
const IR_VERSION = 8;
const OPERATOR_SET = 17;

/** TensorProto.DataType and AttributeProto.AttributeType. */
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;

/** Each adds nodes after the value named x, and names the result. @type {Readonly<Record<string, ActivationNodes>>} */
export const activations = Object.freeze({
  identity: (_graph, x) => x,
  step: (graph, x) => graph.node('Cast', [graph.node('Greater', [x, graph.constant(0)])], { to: FLOAT }),
  sigmoid: (graph, x) => graph.node('Sigmoid', [x]),
  'hard-sigmoid': (graph, x) => graph.node('HardSigmoid', [x], {}, { alpha: 1 / 6, beta: 0.5 }),
  tanh: (graph, x) => graph.node('Tanh', [x]),
  hardtanh: (graph, x, { min, max }) => graph.node('Clip', [x, graph.constant(min), graph.constant(max)]),
  relu: (graph, x) => graph.node('Relu', [x]),
  'leaky-relu': (graph, x, { slope }) => graph.node('LeakyRelu', [x], {}, { alpha: slope }),
  prelu: (graph, x, { slope }) => graph.node('PRelu', [x, graph.constant(slope)]),
  elu: (graph, x, { alpha }) => graph.node('Elu', [x], {}, { alpha }),
  selu: (graph, x) => graph.node('Selu', [x]),
  gelu: (graph, x) => {
    const erf = graph.node('Erf', [graph.node('Mul', [x, graph.constant(Math.SQRT1_2)])]);
    const half = graph.node('Mul', [x, graph.constant(0.5)]);
    return graph.node('Mul', [half, graph.node('Add', [erf, graph.constant(1)])]);
  },
  silu: (graph, x) => graph.node('Mul', [x, graph.node('Sigmoid', [x])]),
  softplus: (graph, x) => graph.node('Softplus', [x]),
  softsign: (graph, x) => graph.node('Softsign', [x]),
  sine: (graph, x) => graph.node('Sin', [x]),
});

/** Each names a column that is computed of the raw columns. @type {Readonly<Record<string, (graph: Graph) => string>>} */
export const features = Object.freeze({
  x1: (graph) => graph.column(1),
  x2: (graph) => graph.column(2),
  'x1-squared': (graph) => graph.node('Mul', [graph.column(1), graph.column(1)]),
  'x2-squared': (graph) => graph.node('Mul', [graph.column(2), graph.column(2)]),
  'x1-x2': (graph) => graph.node('Mul', [graph.column(1), graph.column(2)]),
  'sin-x1': (graph) => graph.node('Sin', [graph.column(1)]),
  'sin-x2': (graph) => graph.node('Sin', [graph.column(2)]),
  'cos-x1': (graph) => graph.node('Cos', [graph.column(1)]),
  'cos-x2': (graph) => graph.node('Cos', [graph.column(2)]),
});

/**
 * @param {Model} model
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function toOnnx(model) {
  const graph = createGraph();
  const { layers, scaling, outcome } = model;
  let inputs = 'input';
  if (model.features) {
    const columns = model.features.map((id) => {
      const plain = /^x(\d+)$/.exec(id);
      return plain ? graph.column(Number(plain[1])) : formulaOf(features, id, LANGUAGE)(graph);
    });
    inputs = graph.node('Concat', columns, { axis: 1 });
  }
  if (scaling) {
    const scaled = graph.node('Mul', [inputs, graph.tensor('scale', [scaling.scale.length], scaling.scale)]);
    inputs = graph.node('Add', [scaled, graph.tensor('offset', [scaling.offset.length], scaling.offset)]);
  }
  let x = inputs;
  layers.forEach(({ units, sources, skip, weights, biases, activation }, index) => {
    const below = skip ? graph.node('Concat', [x, inputs], { axis: 1 }) : x;
    const matrix = graph.tensor(`layer${index + 1}.weight`, [units, sources], weights);
    const vector = graph.tensor(`layer${index + 1}.bias`, [units], biases);
    x = formulaOf(activations, activation.id, LANGUAGE)(
      graph,
      graph.node('Gemm', [below, matrix, vector], { transB: 1 }),
      activation.parameters,
    );
  });
  if (outcome === 'sigmoid') x = graph.node('Sigmoid', [x]);
  if (outcome === 'softmax') x = graph.node('Softmax', [x], { axis: 1 });
  return modelBytes(graph.bytes(model, x), headline(model).join(' '));
}

/** Nodes and constants in the order in which they are asked for. */
function createGraph() {
  /** @type {Uint8Array[]} */
  const nodes = [];
  /** @type {Map<string, Uint8Array>} */
  const tensors = new Map();
  /** @type {Map<number, string>} */
  const columns = new Map();
  let values = 0;

  const graph = {
    /**
     * @param {string} operator
     * @param {readonly string[]} inputs
     * @param {Attributes} [integers]
     * @param {Attributes} [floats]
     * @returns the name of its output
     */
    node(operator, inputs, integers = {}, floats = {}) {
      const output = `${operator.toLowerCase()}${++values}`;
      const attributes = [
        ...Object.entries(integers).map(([name, value]) => [block(1, name), integer(3, value), integer(20, ATTRIBUTE_INT)]),
        ...Object.entries(floats).map(([name, value]) => [block(1, name), float(2, value), integer(20, ATTRIBUTE_FLOAT)]),
      ];
      nodes.push(
        concat([
          ...inputs.map((name) => block(1, name)),
          block(2, output),
          block(3, output),
          block(4, operator),
          ...attributes.map((attribute) => block(5, attribute)),
        ]),
      );
      return output;
    },
    /**
     * @param {string} name
     * @param {readonly number[]} shape
     * @param {Float32Array} numbers
     */
    tensor(name, shape, numbers) {
      const bytes = new Uint8Array(numbers.length * 4);
      const view = new DataView(bytes.buffer);
      numbers.forEach((value, i) => view.setFloat32(i * 4, value, true));
      tensors.set(name, concat([...shape.map((side) => integer(1, side)), integer(2, FLOAT), block(8, name), block(9, bytes)]));
      return name;
    },
    /** A single number, for operators that take it as an input. @param {number} value */
    constant(value) {
      return graph.tensor(`constant ${value}`, [], Float32Array.of(value));
    },
    /** A raw column as a matrix of one column. @param {number} number from 1 */
    column(number) {
      const known = columns.get(number);
      if (known !== undefined) return known;
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigInt64(0, BigInt(number - 1), true);
      const index = `column ${number}`;
      tensors.set(index, concat([integer(1, 1), integer(2, INT64), block(8, index), block(9, bytes)]));
      const output = graph.node('Gather', ['input', index], { axis: 1 });
      columns.set(number, output);
      return output;
    },
    /**
     * The finished graph; the result is handed on under the name that callers know.
     * @param {Model} model
     * @param {string} result the name of the value that the model answers
     */
    bytes(model, result) {
      nodes.push(concat([block(1, result), block(2, 'output'), block(3, 'output'), block(4, 'Identity')]));
      return concat([
        ...nodes.map((node) => block(1, node)),
        block(2, 'mlp-playground'),
        ...[...tensors.values()].map((tensor) => block(5, tensor)),
        block(11, valueInfo('input', model.columns)),
        block(12, valueInfo('output', model.outputs)),
      ]);
    },
  };
  return graph;
}

/**
 * A matrix [batch, columns] of floats.
 * @param {string} name
 * @param {number} columns
 */
function valueInfo(name, columns) {
  const shape = [block(1, [block(2, 'batch')]), block(1, [integer(1, columns)])];
  return [block(1, name), block(2, [block(1, [integer(1, FLOAT), block(2, shape)])])];
}

/**
 * @param {Uint8Array} graph
 * @param {string} documentation
 */
function modelBytes(graph, documentation) {
  return concat([
    integer(1, IR_VERSION),
    block(2, 'mlp-playground'),
    block(6, documentation),
    block(7, graph),
    block(8, [block(1, ''), integer(2, OPERATOR_SET)]),
  ]);
}
