/**
 * The experiment as a link's string: `v=1&data.id=xor&training.optimizer.learningRate=0.1`. Dotted paths of what differs from the
 * defaults, with indices for layers, readable and editable by hand.
 *
 * - Lists of words are separated by commas: `data.features=x1,x2,sin-x1`, `network.locked=0,1.2.bias`.
 * - `network.layers.length` stands where their number differs; hidden layers are counted from 0, and the last one is the output,
 *   whose units follow from data and loss and are never written.
 * - Where an operation is not the default's, all its parameters are written, except those at the catalog's fallback.
 * - Own points and digits and weights are in the one field `packed` (see packed.js).
 *
 * Links are hostile until checked: sizes first, then names, then values; what cannot be used is reported with its path, never dropped
 * in silence. Ranges are the engine's to check.
 */
import { EngineError } from '../engine/errors.js';
import { fromBase64Url, toBase64Url } from './base64.js';
import { pack, unpack } from './packed.js';

/** @import { Catalog, CatalogEntry, Experiment, FilledExperiment, Issue, Layer } from '../engine/types.js' */
/** @import { Points } from './packed.js' */

/** @typedef {Record<string, unknown>} Node */

export const LINK_VERSION = 1;

/** What a link of this version means that names no data set. */
const UNNAMED_DATASET = 'circle';
/** The data that own digits are added to. */
const OWN_DATASET = 'mnist';

/** Longer links do not survive mail, chat and some servers, and nothing that is made by hand comes near. */
export const MAXIMUM_LENGTH = 1 << 18;
/** More own points than these make an address that browsers show, and chats cut, badly; up to 13,000 characters remain. */
export const MOST_LINK_POINTS = 2000;
/** Bytes of own digits that come to as many characters. */
export const MOST_LINK_OWN = 9750;
const MAXIMUM_FIELDS = 256;
const MAXIMUM_LAYERS = 64;
const MAXIMUM_DEPTH = 6;

const NAME = /^[a-z][A-Za-z0-9]*$/;
const WORD = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** In lists also places of parameters, `0.1.bias`. */
const LISTED = /^[a-z0-9]+([-.][a-z0-9]+)*$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const FORBIDDEN = new Set(['constructor', 'prototype']);

/** Which of the catalog's tables the operation at a path is from. */
const tableOf = Object.freeze(
  /** @type {Record<string, keyof Catalog>} */ ({
    data: 'datasets',
    'data.scaling': 'scalings',
    'network.initializer': 'initializers',
    'training.loss': 'losses',
    'training.optimizer': 'optimizers',
    'training.schedule': 'schedules',
    'training.sampling': 'samplings',
    activation: 'activations',
  }),
);

/** Fields of `data` beside those of a generated set; whether they fit the set is the engine's to say. */
const dataFields = new Set([
  'id',
  'samples',
  'noise',
  'labelNoise',
  'testFraction',
  'features',
  'seed',
  'columns',
  'outputs',
  'classes',
  'scaling',
]);
const bulkFields = Object.freeze(['inputs', 'labels', 'targets', 'images', 'testImages', 'testLabels']);

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/**
 * @param {unknown} value
 * @returns {string | undefined} the identifier of an operation
 */
function idOf(value) {
  if (typeof value === 'string') return value;
  return isNode(value) && typeof value.id === 'string' ? value.id : undefined;
}

/**
 * @param {Catalog | undefined} catalog
 * @param {string} path
 * @param {string} id
 * @returns {CatalogEntry | undefined}
 */
function entryOf(catalog, path, id) {
  const table = catalog?.[tableOf[path.endsWith('.activation') ? 'activation' : path]];
  return Array.isArray(table) ? /** @type {CatalogEntry[]} */ (table).find((entry) => entry.id === id) : undefined;
}

/** What a layer that the defaults do not have is without. */
const noDropout = Object.freeze({ dropout: 0 });

/**
 * The layer that stands for `index` of `length` in the defaults: hidden layers by their number, the output by its place at the end.
 * @param {readonly Layer[]} defaults
 * @param {number} index
 * @param {number} length
 * @returns {Layer}
 */
function defaultLayer(defaults, index, length) {
  if (index === length - 1) {
    const { units: _, ...output } = defaults[defaults.length - 1] ?? {};
    return output;
  }
  return index < defaults.length - 1 ? { ...noDropout, ...defaults[index] } : noDropout;
}

// Encoding.

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {string}
 */
function scalar(value, path) {
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && WORD.test(value)) return value;
  throw new EngineError('invalid-argument', `${path}: expected a number, true, false or an identifier, got ${JSON.stringify(value)}`, {
    path,
  });
}

/**
 * @param {string} path
 * @param {unknown} value
 * @param {unknown} fallback
 * @param {Catalog | undefined} catalog
 * @param {[string, string][]} fields
 */
function encodeValue(path, value, fallback, catalog, fields) {
  if (value === undefined) return;
  if (Array.isArray(value)) {
    const words = value.map((word, i) => (typeof word === 'string' && LISTED.test(word) ? word : scalar(word, `${path}[${i}]`))).join(',');
    if (!Array.isArray(fallback) || words !== fallback.join(',')) fields.push([path, words]);
  } else if (isNode(value)) {
    encodeNode(path, value, fallback, catalog, fields);
  } else if (isNode(fallback) && idOf(fallback) !== undefined) {
    encodeNode(path, { id: value }, fallback, catalog, fields);
  } else if (value !== fallback) {
    fields.push([path, scalar(value, path)]);
  }
}

/**
 * @param {string} path
 * @param {Node} node
 * @param {unknown} fallback
 * @param {Catalog | undefined} catalog
 * @param {[string, string][]} fields
 */
function encodeNode(path, node, fallback, catalog, fields) {
  const id = idOf(node);
  const known = isNode(fallback) ? fallback : {};
  // The parameters of one operation say nothing of another's that happens to have the same names.
  const base = id === undefined || id === idOf(fallback) ? known : fallbacks(entryOf(catalog, path, id));
  if (id !== undefined && id !== idOf(fallback)) fields.push([`${path}.id`, scalar(id, `${path}.id`)]);
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'id') encodeValue(`${path}.${key}`, value, base[key], catalog, fields);
  }
}

/**
 * @param {CatalogEntry | undefined} entry
 * @returns {Node}
 */
function fallbacks(entry) {
  return Object.fromEntries((entry?.parameters ?? []).map(({ name, fallback }) => [name, fallback]));
}

/**
 * @param {readonly Layer[]} layers
 * @param {readonly Layer[]} defaults
 * @param {Catalog | undefined} catalog
 * @param {[string, string][]} fields
 */
function encodeLayers(layers, defaults, catalog, fields) {
  if (layers.length !== defaults.length) fields.push(['network.layers.length', String(layers.length)]);
  layers.forEach((layer, i) => {
    const { units, ...rest } = layer;
    const own = i === layers.length - 1 ? rest : layer;
    encodeNode(`network.layers.${i}`, own, defaultLayer(defaults, i, layers.length), catalog, fields);
  });
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {ArrayLike<number>}
 */
function requireBulk(value, path) {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return /** @type {ArrayLike<number>} */ (/** @type {unknown} */ (value));
  }
  throw new EngineError('needs-data', `${path}: expected the points themselves, got a description of them`, { path });
}

/**
 * @param {Node} data
 * @returns {Points | undefined}
 */
function pointsOf(data) {
  if (data.id !== 'table') return undefined;
  const inputs = Float32Array.from(requireBulk(data.inputs, 'data.inputs'));
  const columns = Number(data.columns);
  if (!Number.isInteger(columns) || columns < 1 || inputs.length % columns !== 0) {
    throw new EngineError('invalid-argument', `data.columns: expected a divisor of ${inputs.length}, got ${String(data.columns)}`, {
      path: 'data.columns',
    });
  }
  if (data.labels !== undefined) return { columns, inputs, labels: Uint16Array.from(requireBulk(data.labels, 'data.labels')) };
  return { columns, inputs, targets: Float32Array.from(requireBulk(data.targets, 'data.targets')), outputs: Number(data.outputs ?? 1) };
}

/** A document without anything: what is compared with it is written in full. @type {FilledExperiment} */
const nothing = Object.freeze({ version: LINK_VERSION, data: { id: '' }, network: { layers: [] }, training: {} });

/**
 * The link's string of an experiment, without `#`.
 * @param {Experiment} experiment with its bulk arrays
 * @param {FilledExperiment} defaults the complete defaults of its data set; with those of another set, everything is written
 * @param {{ catalog?: Catalog, parameters?: Float32Array, own?: Uint8Array }} [extras] with the catalog, parameters at their fallback are
 *   left out; `parameters` are weights to carry along, `own` the digits lab's own digits
 * @returns {string}
 * @throws {EngineError} for what no link can hold
 */
export function encodeLink(experiment, defaults, { catalog, parameters, own } = {}) {
  /** @type {[string, string][]} */
  const fields = [['v', String(LINK_VERSION)]];
  const data = /** @type {Node} */ (experiment.data ?? {});
  if (data.id === 'idx') {
    throw new EngineError('invalid-argument', 'data: image files are too large for a link; save the experiment as a file', {
      path: 'data',
    });
  }
  const id = data.id ?? UNNAMED_DATASET;
  const base = defaults.data.id === id ? defaults : nothing;
  if (id !== UNNAMED_DATASET) fields.push(['data.id', scalar(id, 'data.id')]);
  const settings = Object.entries(data).filter(([key]) => key !== 'id' && !bulkFields.includes(key));
  for (const [key, value] of settings) encodeValue(`data.${key}`, value, base.data[key], catalog, fields);
  const { layers, ...network } = experiment.network ?? {};
  if (layers) encodeLayers(layers, base.network.layers, catalog, fields);
  encodeNode('network', network, base.network, catalog, fields);
  encodeNode('training', experiment.training ?? {}, base.training, catalog, fields);
  const points = pointsOf(data);
  const rows = points ? points.inputs.length / points.columns : 0;
  if (rows > MOST_LINK_POINTS) {
    throw new EngineError(
      'invalid-argument',
      `data.inputs: expected at most ${MOST_LINK_POINTS} points in a link, got ${rows}; save the experiment as a file`,
      { path: 'data.inputs' },
    );
  }
  if (own && own.length > MOST_LINK_OWN) {
    throw new EngineError('invalid-argument', 'own: there are more own digits than a link holds; save the experiment as a file', {
      path: 'own',
    });
  }
  if (points || parameters || own) fields.push(['packed', toBase64Url(pack({ points, parameters, own }))]);
  const link = fields.map(([key, value]) => `${key}=${value}`).join('&');
  if (link.length > MAXIMUM_LENGTH) {
    throw new EngineError(
      'invalid-argument',
      `A link holds at most ${MAXIMUM_LENGTH} characters, this one would need ${link.length}; save the experiment as a file`,
    );
  }
  return link;
}

// Decoding.

/**
 * @param {string} text
 * @returns {number | boolean | string | undefined} undefined for anything that no field can hold
 */
function readScalar(text) {
  if (NUMBER.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (text === 'true' || text === 'false') return text === 'true';
  return WORD.test(text) ? text : undefined;
}

/**
 * @param {string} text
 * @param {unknown} fallback
 * @returns {{ value: unknown } | { expected: string }}
 */
function readValue(text, fallback) {
  if (Array.isArray(fallback)) {
    const words = text === '' ? [] : text.split(',');
    return words.length <= MAXIMUM_FIELDS && words.every((word) => LISTED.test(word))
      ? { value: words }
      : { expected: 'identifiers separated by commas' };
  }
  const value = readScalar(text);
  if (typeof fallback === 'number' && typeof value !== 'number') return { expected: 'a number' };
  if (typeof fallback === 'boolean' && typeof value !== 'boolean') return { expected: 'true or false' };
  if (typeof fallback === 'string' && typeof value !== 'string') return { expected: 'an identifier' };
  return value === undefined ? { expected: 'a number, true, false or an identifier' } : { value };
}

/**
 * The fields of a link, each once.
 * @param {string} text
 * @param {Issue[]} issues
 * @returns {Map<string, string>}
 */
function readFields(text, issues) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  const parts = text.split('&').filter(Boolean);
  if (parts.length > MAXIMUM_FIELDS) {
    issues.push({ path: '', message: `expected at most ${MAXIMUM_FIELDS} fields in a link, got ${parts.length}` });
    return fields;
  }
  for (const part of parts) {
    const at = part.indexOf('=');
    const raw = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    try {
      const [key, value] = raw.map(decodeURIComponent);
      if (at < 0) issues.push({ path: shown(key), message: 'expected name=value, got a name alone' });
      else if (fields.has(key)) issues.push({ path: shown(key), message: 'expected once, got it twice; the first one counts' });
      else fields.set(key, value);
    } catch (thrown) {
      if (!(thrown instanceof URIError)) throw thrown;
      issues.push({ path: shown(raw[0]), message: 'expected percent-encoded text, got a broken one' });
    }
  }
  return fields;
}

/** @param {string} text */
function shown(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * Whether an operation at this path can have such a parameter; whether the one that is chosen has it is the engine's to say.
 * @param {Catalog | undefined} catalog
 * @param {string} path
 * @param {string} name
 */
function isParameter(catalog, path, name) {
  const table = catalog?.[tableOf[path]];
  if (name === 'id' || !Array.isArray(table)) return true;
  return /** @type {CatalogEntry[]} */ (table).some(({ parameters = [] }) => parameters.some((parameter) => parameter.name === name));
}

/**
 * Whether the document can have such a field.
 * @param {string[]} names
 * @param {FilledExperiment | Experiment} defaults
 * @param {Catalog | undefined} catalog
 */
function isKnown([section, field, ...rest], defaults, catalog) {
  if (field === undefined) return false;
  if (section === 'data') {
    if (rest.length === 0) return dataFields.has(field) || isParameter(catalog, 'data', field);
    return field === 'scaling' && rest.length === 1 && ['id', 'mean', 'std'].includes(rest[0]);
  }
  if (section === 'network' && field === 'layers') {
    const [index = '', key, ...inner] = rest;
    if (index === 'length') return key === undefined;
    if (!/^\d{1,3}$/.test(index) || inner.length > 1) return false;
    if (key === 'units' || key === 'dropout') return inner.length === 0;
    return key === 'activation' && (inner.length === 0 || isParameter(catalog, 'activation', inner[0]));
  }
  if (section !== 'network' && section !== 'training') return false;
  const own = /** @type {Node} */ (defaults[section] ?? {});
  if (!Object.hasOwn(own, field)) return false;
  if (rest.length === 0) return true;
  return rest.length === 1 && idOf(own[field]) !== undefined && isParameter(catalog, `${section}.${field}`, rest[0]);
}

/**
 * Sets `names` in `target`, making the nodes on the way; an identifier that is given parameters becomes a node.
 * @param {Node} target
 * @param {string[]} names
 * @param {unknown} value
 */
function setIn(target, names, value) {
  let node = target;
  for (const name of names.slice(0, -1)) {
    const next = Object.hasOwn(node, name) ? node[name] : undefined;
    if (!isNode(next)) node[name] = typeof next === 'string' ? { id: next } : {};
    node = /** @type {Node} */ (node[name]);
  }
  const last = names[names.length - 1];
  const present = Object.hasOwn(node, last) ? node[last] : undefined;
  if (isNode(present) && typeof value === 'string') present.id ??= value;
  else node[last] = value;
}

/**
 * @param {unknown} root
 * @param {string[]} names
 * @returns {unknown}
 */
function getIn(root, names) {
  let value = root;
  for (const name of names) value = isNode(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/**
 * The default that a field's text is read after.
 * @param {string[]} names
 * @param {FilledExperiment | Experiment} defaults
 */
function fallbackOf(names, defaults) {
  const path = names.join('.');
  if (path === 'network.layers.length') return 1;
  if (path.startsWith('network.layers.')) return names[3] === 'units' || names[3] === 'dropout' ? 1 : undefined;
  if (path === 'data.features') return [];
  const known = getIn(defaults, names);
  // An operation in full is chosen by its identifier alone.
  return isNode(known) ? '' : known;
}

/**
 * Operations of which only parameters were given are those of the defaults.
 * @param {Node} section
 * @param {Node} defaults
 */
function completeOperations(section, defaults) {
  for (const [key, value] of Object.entries(section)) {
    if (isNode(value) && value.id === undefined) section[key] = { id: idOf(defaults[key]), ...value };
  }
}

/**
 * @param {Map<string, Node>} given by index
 * @param {number | undefined} length as the link says
 * @param {readonly Layer[]} defaults
 * @param {Issue[]} issues
 * @returns {Layer[]}
 */
function readLayers(given, length, defaults, issues) {
  const highest = Math.max(-1, ...[...given.keys()].map(Number));
  const count = length ?? Math.max(defaults.length, highest + 1);
  if (!Number.isInteger(count) || count < 1 || count > MAXIMUM_LAYERS) {
    issues.push({ path: 'network.layers.length', message: `expected a whole number from 1 to ${MAXIMUM_LAYERS}, got ${count}` });
    return defaults.map((layer) => ({ ...layer }));
  }
  return Array.from({ length: count }, (_, i) => {
    const own = given.get(String(i));
    given.delete(String(i));
    const base = defaultLayer(defaults, i, count);
    const layer = { ...base, ...own };
    completeOperations(layer, base);
    return layer;
  });
}

/**
 * @param {string} text
 * @param {Node} data
 * @param {Issue[]} issues
 * @returns {{ parameters?: Float32Array, own?: Uint8Array }} the weights and the own digits, if there are any
 */
function readPacked(text, data, issues) {
  const bytes = fromBase64Url(text);
  if (!bytes) {
    issues.push({ path: 'packed', message: 'expected base64url, got other characters or a cut string' });
    return {};
  }
  try {
    const { points, ...others } = unpack(bytes);
    if (points && data.id !== 'table') throw new RangeError(`points belong to data.id=table, not to ${String(data.id ?? 'the default')}`);
    if (others.own && data.id !== OWN_DATASET)
      throw new RangeError(`own digits belong to data.id=${OWN_DATASET}, not to ${String(data.id ?? 'the default')}`);
    if (points) Object.assign(data, points);
    return others;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    issues.push({ path: 'packed', message: thrown.message });
    return {};
  }
}

/**
 * Reads a link's string. What cannot be used is left out and reported; the rest is a partial document that the engine completes.
 * @param {string} text with or without its `#` or `?`
 * @param {FilledExperiment | Experiment | ((dataset: string | undefined) => FilledExperiment | Experiment)} defaults the complete defaults, or
 *   a function that gives those of a data set
 * @param {{ catalog?: Catalog, options?: readonly string[] }} [extras] `options`: names that are the page's own, such as `lang`
 * @returns {{ experiment: Experiment, parameters?: Float32Array, own?: Uint8Array, options: Record<string, string>, issues: Issue[] }}
 */
export function decodeLink(text, defaults, { catalog, options: optionNames = [] } = {}) {
  /** @type {Issue[]} */
  const issues = [];
  /** @type {Record<string, string>} */
  const options = {};
  if (text.length > MAXIMUM_LENGTH) {
    issues.push({ path: '', message: `expected a link of at most ${MAXIMUM_LENGTH} characters, got ${text.length}` });
    return { experiment: {}, options, issues };
  }
  const fields = readFields(text.trim().replace(/^[#?]/, ''), issues);
  for (const name of optionNames) {
    const value = fields.get(name);
    if (value !== undefined) options[name] = value;
    fields.delete(name);
  }
  const version = fields.get('v');
  fields.delete('v');
  if (fields.size === 0 && version === undefined) return { experiment: {}, options, issues };
  if (version === undefined) {
    issues.push({ path: 'v', message: `expected v=${LINK_VERSION} in the link, got none; it is read as version ${LINK_VERSION}` });
  } else if (version !== String(LINK_VERSION)) {
    issues.push({
      path: 'v',
      message: `expected ${LINK_VERSION}, got ${shown(version)}: the link was made by another version of the laboratory and cannot be read by this one`,
    });
    return { experiment: {}, options, issues };
  }
  const dataset = fields.get('data.id');
  const complete = typeof defaults === 'function' ? defaults(dataset) : defaults;
  return { ...readExperiment(fields, complete, catalog, issues), options, issues };
}

/**
 * @param {Map<string, string>} fields
 * @param {FilledExperiment | Experiment} defaults
 * @param {Catalog | undefined} catalog
 * @param {Issue[]} issues
 * @returns {{ experiment: Experiment, parameters?: Float32Array, own?: Uint8Array }}
 */
function readExperiment(fields, defaults, catalog, issues) {
  /** @type {Node} */
  const experiment = {};
  /** @type {Map<string, Node>} */
  const layers = new Map();
  /** @type {number | undefined} */
  let layerCount;
  for (const [path, text] of fields) {
    if (path === 'packed') continue;
    const names = path.split('.');
    const wellFormed =
      names.length <= MAXIMUM_DEPTH && names.every((name) => (NAME.test(name) || /^\d{1,3}$/.test(name)) && !FORBIDDEN.has(name));
    if (!wellFormed || !isKnown(names, defaults, catalog)) {
      issues.push({ path: shown(path), message: 'unknown; no experiment has such a setting' });
      continue;
    }
    const read = readValue(text, fallbackOf(names, defaults));
    if ('expected' in read) {
      issues.push({ path, message: `expected ${read.expected}, got "${shown(text)}"` });
      continue;
    }
    if (path === 'network.layers.length') {
      layerCount = Number(read.value);
    } else if (names[1] === 'layers') {
      const index = String(Number(names[2]));
      const layer = layers.get(index) ?? {};
      layers.set(index, layer);
      setIn(layer, names.slice(3), read.value);
    } else {
      setIn(experiment, names, read.value);
    }
  }
  if (layers.size > 0 || layerCount !== undefined) {
    setIn(experiment, ['network', 'layers'], readLayers(layers, layerCount, defaults.network?.layers ?? [], issues));
    for (const index of layers.keys())
      issues.push({ path: `network.layers.${index}`, message: `expected a layer below network.layers.length, got layer ${index}` });
  }
  for (const name of /** @type {const} */ (['data', 'network', 'training'])) {
    const section = experiment[name];
    if (isNode(section)) completeOperations(section, defaults[name] ?? {});
  }
  const packed = fields.get('packed');
  if (packed === undefined) return { experiment };
  /** @type {Node} */
  const data = isNode(experiment.data) ? experiment.data : {};
  return { experiment, ...readPacked(packed, data, issues) };
}
