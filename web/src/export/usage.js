/** Programs that read the files which are no text, to be shown in their place. */
import { exampleRow } from './python.js';

/** @import { Model } from './model.js' */

/**
 * @param {Model} model
 * @param {string} file
 */
export function onnxUsage(model, file) {
  return `import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession("${file}")
x = np.array(${exampleRow(model)}, dtype=np.float32)
print(session.run(["output"], {"input": x})[0])
`;
}

/**
 * @param {Model} model
 * @param {string} file
 */
export function safetensorsUsage({ tensors }, file) {
  return `from safetensors.numpy import load_file

tensors = load_file("${file}")
${tensors.map(({ name, shape }) => `print(tensors["${name}"].shape)  # (${shape.join(', ')}${shape.length === 1 ? ',' : ''})\n`).join('')}`;
}
