/**
 * Everything a trained network can be taken away as. A format is one row here and the module that writes it.
 */
import { toCpp } from './cpp.js';
import { toJavaScript } from './javascript.js';
import { toLatex } from './latex.js';
import { nameOf } from './model.js';
import { toNumPy } from './numpy.js';
import { toOnnx } from './onnx.js';
import { toPyTorch } from './pytorch.js';
import { toSafetensors } from './safetensors.js';
import { onnxUsage, safetensorsUsage } from './usage.js';
import { toWeightsJson } from './weights-json.js';

/** @import { Model } from './model.js' */

/**
 * @typedef {object} Exporter
 * @property {string} id
 * @property {Readonly<{ en: string, zh: string }>} label
 * @property {'code' | 'weights'} kind a program, or numbers for other programs
 * @property {string} extension
 * @property {string} mime
 * @property {(model: Model) => string | Uint8Array<ArrayBuffer>} encode
 * @property {(model: Model, file: string) => string} [usage] of a file that is no text: the program that reads it
 */

/** @type {readonly Exporter[]} */
export const exporters = Object.freeze([
  { id: 'pytorch', label: { en: 'PyTorch', zh: 'PyTorch' }, kind: 'code', extension: 'py', mime: 'text/x-python', encode: toPyTorch },
  { id: 'numpy', label: { en: 'NumPy', zh: 'NumPy' }, kind: 'code', extension: 'py', mime: 'text/x-python', encode: toNumPy },
  {
    id: 'javascript',
    label: { en: 'JavaScript', zh: 'JavaScript' },
    kind: 'code',
    extension: 'mjs',
    mime: 'text/javascript',
    encode: toJavaScript,
  },
  { id: 'cpp', label: { en: 'C++', zh: 'C++' }, kind: 'code', extension: 'hpp', mime: 'text/x-c++hdr', encode: toCpp },
  { id: 'latex', label: { en: 'LaTeX', zh: 'LaTeX' }, kind: 'code', extension: 'tex', mime: 'application/x-tex', encode: toLatex },
  {
    id: 'onnx',
    label: { en: 'ONNX', zh: 'ONNX' },
    kind: 'weights',
    extension: 'onnx',
    mime: 'application/octet-stream',
    encode: toOnnx,
    usage: onnxUsage,
  },
  {
    id: 'safetensors',
    label: { en: 'safetensors', zh: 'safetensors' },
    kind: 'weights',
    extension: 'safetensors',
    mime: 'application/octet-stream',
    encode: toSafetensors,
    usage: safetensorsUsage,
  },
  { id: 'json', label: { en: 'JSON', zh: 'JSON' }, kind: 'weights', extension: 'json', mime: 'application/json', encode: toWeightsJson },
]);

/**
 * The name of the file that an exporter writes: those with the same ending are told apart.
 * @param {Exporter} exporter
 * @param {Model} model
 */
export function fileNameOf({ id, extension }, model) {
  const others = exporters.some((other) => other.id !== id && other.extension === extension);
  return `${nameOf(model)}${others ? `-${id}` : ''}.${extension}`;
}
