/**
 * What a lab's controls do to the experiment: each function takes a filled document and gives the one the reader meant.
 * Whatever follows from a change (a loss that fits the task, an output layer that fits the loss) follows here.
 */

import { withKeptPaths } from './locks.js';

/** @import { Catalog, CatalogEntry, ChoiceParameter, DataSection, FilledExperiment, Hyperparameter, Layer, NumberParameter, Operation } from '../engine/types.js' */

/**
 * @param {Operation | undefined} operation
 * @returns {string}
 */
export function idOf(operation) {
  return typeof operation === 'string' ? operation : (operation?.id ?? '');
}

/**
 * @param {readonly CatalogEntry[]} table
 * @param {Operation | undefined} operation
 */
export function entryOf(table, operation) {
  const id = idOf(operation);
  return table.find((entry) => entry.id === id);
}

/**
 * A parameter's value: as the document has it, else its default.
 * @param {Operation | undefined} operation
 * @param {{ name: string, fallback: number | boolean | string }} parameter
 * @returns {number} for a switch, 0 or 1
 */
export function parameterOf(operation, { name, fallback }) {
  const value = typeof operation === 'object' ? operation[name] : undefined;
  return Number(typeof value === 'number' || typeof value === 'boolean' ? value : fallback);
}

/**
 * Whether a parameter is a number, not a switch or a choice.
 * @param {Hyperparameter} parameter
 * @returns {parameter is NumberParameter}
 */
export function isNumeric(parameter) {
  return parameter.scale !== 'toggle' && parameter.scale !== 'choice';
}

/**
 * Whether a parameter names one of a few things.
 * @param {Hyperparameter} parameter
 * @returns {parameter is ChoiceParameter}
 */
export function isChoice(parameter) {
  return parameter.scale === 'choice';
}

/**
 * An operation with one parameter set.
 * @param {Operation | undefined} operation
 * @param {string} name
 * @param {number | boolean} value
 * @returns {Operation}
 */
export function withParameter(operation, name, value) {
  return { ...(typeof operation === 'object' ? operation : {}), id: idOf(operation), [name]: value };
}

/**
 * How many classes the data have; 0 for regression.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 */
export function classesOf({ data }, catalog) {
  if (typeof data.classes === 'number') return data.classes;
  const entry = entryOf(catalog.datasets, data.id);
  if (entry) return datasetClasses(entry);
  return data.targets === undefined ? 2 : 0;
}

/**
 * How many classes a data set has unless told otherwise; 0 for regression.
 * @param {CatalogEntry} dataset
 * @returns {number}
 */
export function datasetClasses(dataset) {
  return typeof dataset.classes === 'number' ? dataset.classes : 2;
}

/**
 * How many columns the data's rows have; undefined for images, whose files say it.
 * @param {DataSection} data
 * @param {Catalog} catalog
 * @returns {number | undefined}
 */
export function columnsOf(data, catalog) {
  const columns = entryOf(catalog.datasets, data.id)?.dimensions ?? data.columns;
  return typeof columns === 'number' ? columns : undefined;
}

/**
 * Where the data's inputs lie, on every axis.
 * @param {DataSection} data
 * @param {Catalog} catalog
 * @returns {[number, number]}
 */
export function domainOf(data, catalog) {
  const entry = entryOf(catalog.datasets, data.id) ?? catalog.datasets[0];
  const [low, high] = /** @type {[number, number]} */ (entry.domain);
  return [low, high];
}

/**
 * Whether a loss can measure these data: its tasks, and the number of classes it can tell apart.
 * @param {CatalogEntry} loss
 * @param {number} classes 0 for regression
 */
export function lossFits(loss, classes) {
  const tasks = /** @type {readonly string[] | undefined} */ (loss.tasks);
  return !tasks || tasks.includes(classes > 0 ? 'classification' : 'regression');
}

/**
 * The loss that one would start with for these data.
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 */
function naturalLoss(experiment, catalog) {
  const classes = classesOf(experiment, catalog);
  const fitting = catalog.losses.filter((loss) => lossFits(loss, classes));
  const wanted = classes === 0 ? 'mse' : classes === 2 ? idOf(catalog.defaults.training.loss) : 'cross-entropy';
  return (fitting.find((loss) => loss.id === wanted) ?? fitting[0] ?? catalog.losses[0]).id;
}

/**
 * The layers with the output's unit count left to the engine, which derives it from data and loss.
 * @param {readonly Layer[]} layers
 * @returns {Layer[]}
 */
function openOutput(layers) {
  return layers.map((layer, index) => (index === layers.length - 1 ? { activation: layer.activation } : layer));
}

/**
 * @param {FilledExperiment} experiment
 * @param {Layer[]} layers
 * @returns {FilledExperiment}
 */
function withLayers(experiment, layers) {
  return { ...experiment, network: { ...experiment.network, layers } };
}

/**
 * @param {FilledExperiment} experiment
 * @param {Record<string, unknown>} training
 * @returns {FilledExperiment}
 */
export function withTraining(experiment, training) {
  return { ...experiment, training: { ...experiment.training, ...training } };
}

/**
 * Another data set: seed, noise and features stay; so do samples and split, unless the sets differ in what they usually have (a truth
 * table has four rows and no test). Loss and output follow when the task is another.
 * @param {FilledExperiment} experiment
 * @param {string} id
 * @param {Catalog} catalog
 * @returns {FilledExperiment}
 */
export function withDataset(experiment, id, catalog) {
  const before = entryOf(catalog.datasets, experiment.data.id);
  const after = entryOf(catalog.datasets, id);
  const { features } = experiment.data;
  // Own points have none of what a generator asks for.
  const { noise, labelNoise, seed } = before ? experiment.data : catalog.defaults.data;
  const usual = before?.samples !== after?.samples || before?.testFraction !== after?.testFraction;
  const { samples, testFraction } = /** @type {DataSection} */ (usual ? after : experiment.data);
  const parameters = Object.fromEntries((after?.parameters ?? []).map(({ name, fallback }) => [name, fallback]));
  const flipped = after?.task === 'classification' && labelNoise !== undefined ? { labelNoise } : {};
  return withFittingOutput(
    { ...experiment, data: { id, ...parameters, samples, noise, ...flipped, testFraction, features, seed } },
    experiment,
    catalog,
  );
}

/**
 * @param {FilledExperiment} experiment
 * @param {Record<string, unknown>} data
 * @param {Catalog} catalog
 * @returns {FilledExperiment}
 */
export function withData(experiment, data, catalog) {
  return withFittingOutput({ ...experiment, data: { ...experiment.data, ...data } }, experiment, catalog);
}

/**
 * Own points instead of what was there: all of them are for training, as painted points would change sides at every stroke otherwise,
 * until the reader sets some apart.
 * @param {FilledExperiment} experiment
 * @param {Record<string, unknown> & { id: string }} table
 * @param {Catalog} catalog
 * @returns {FilledExperiment}
 */
export function withOwnData(experiment, table, catalog) {
  const { id, testFraction, features, seed } = experiment.data;
  const split = { testFraction: id === 'table' ? testFraction : 0, features, seed };
  return withFittingOutput({ ...experiment, data: { ...split, ...table } }, experiment, catalog);
}

/**
 * @param {FilledExperiment} next
 * @param {FilledExperiment} before
 * @param {Catalog} catalog
 * @returns {FilledExperiment}
 */
function withFittingOutput(next, before, catalog) {
  const loss = entryOf(catalog.losses, next.training.loss);
  const classes = classesOf(next, catalog);
  const open = withKeptPaths(withLayers(next, openOutput(next.network.layers)), before, classes === classesOf(before, catalog));
  const kindBefore = Math.min(3, classesOf(before, catalog));
  if (loss && lossFits(loss, classes) && Math.min(3, classes) === kindBefore) return open;
  return withLoss(open, naturalLoss(next, catalog), catalog);
}

/**
 * Another loss. One that works on logits wants an output layer without activation.
 * @param {FilledExperiment} experiment
 * @param {string} id
 * @param {Catalog} catalog
 * @returns {FilledExperiment}
 */
export function withLoss(experiment, id, catalog) {
  const loss = entryOf(catalog.losses, id);
  const layers = openOutput(experiment.network.layers);
  const output = layers[layers.length - 1];
  const changed = loss?.logits
    ? withLayers(experiment, [...layers.slice(0, -1), { ...output, activation: 'identity' }])
    : withLayers(experiment, layers);
  return withTraining(withKeptPaths(changed, experiment, id === idOf(experiment.training.loss)), { loss: id });
}

/**
 * Another optimizer, at the rate that is its own default; momentum and the like start at theirs.
 * @param {FilledExperiment} experiment
 * @param {string} id
 * @returns {FilledExperiment}
 */
export function withOptimizer(experiment, id) {
  return withTraining(experiment, { optimizer: { id } });
}

/**
 * @param {FilledExperiment} experiment
 * @param {number} hidden how many hidden layers
 * @returns {FilledExperiment}
 */
export function withHiddenLayers(experiment, hidden) {
  const layers = openOutput(experiment.network.layers);
  const kept = layers.slice(0, -1).slice(0, hidden);
  const pattern = kept[kept.length - 1] ?? { units: 4, activation: 'tanh' };
  while (kept.length < hidden) kept.push({ ...pattern, units: Math.min(pattern.units ?? 4, 4) });
  const changed = withLayers(experiment, [...kept, layers[layers.length - 1]]);
  return withKeptPaths(hidden > 0 ? changed : withSkip(changed, false), experiment, true);
}

/**
 * Whether the output layer sees the features too.
 * @param {FilledExperiment} experiment
 * @param {boolean} skip
 * @returns {FilledExperiment}
 */
export function withSkip(experiment, skip) {
  if (skip === (experiment.network.skip ?? false)) return experiment;
  return withKeptPaths({ ...experiment, network: { ...experiment.network, skip } }, experiment, true);
}

/**
 * @param {FilledExperiment} experiment
 * @param {number} index of the layer
 * @param {Partial<Layer>} change
 * @returns {FilledExperiment}
 */
export function withLayer(experiment, index, change) {
  const layers = openOutput(experiment.network.layers);
  layers[index] = { ...layers[index], ...change };
  return withKeptPaths(withLayers(experiment, layers), experiment, true);
}

/**
 * The features with one switched on or off, in the catalog's order.
 * @param {FilledExperiment} experiment
 * @param {string} id
 * @param {Catalog} catalog
 * @returns {FilledExperiment}
 */
export function withFeature(experiment, id, catalog) {
  const chosen = new Set(experiment.data.features ?? []);
  if (!chosen.delete(id)) chosen.add(id);
  return withData(
    experiment,
    { features: catalog.features.map((feature) => feature.id).filter((feature) => chosen.has(feature)) },
    catalog,
  );
}

/**
 * Whether an initializer gives all weights of a layer the same number.
 * @param {Operation | undefined} initializer
 */
export const startsAlike = (initializer) => ['zeros', 'constant'].includes(idOf(initializer));

/**
 * Whether some settings may not go together: a cheap look, before the advice on it is fetched.
 * @param {FilledExperiment} experiment
 */
export function mayNeedAdvice({ network: { layers, initializer } }) {
  const output = idOf(layers[layers.length - 1].activation);
  return output !== 'identity' || startsAlike(initializer) || layers.some(({ activation }) => idOf(activation) === 'step');
}
