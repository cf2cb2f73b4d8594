/**
 * The weights and biases of an experiment by place: their names in the reader's language, their order among the parameters, and the
 * way that the keyboard walks over them.
 */
import { entryOf } from '../../state/edits.js';
import { parameterLayout, sourcesOf, widthsOf } from '../../state/parameter-layout.js';
import { DRAWN_UNITS } from '../../view/network-diagram.js';
import { formatCount, labelIn } from '../../text/text.js';

/**
 * @import { Catalog, FilledExperiment } from '../../engine/types.js'
 * @import { ParameterLayer } from '../../ui/parameter-table.js'
 * @import { NeuronPlace, ParameterPlace } from '../../view/network-diagram.js'
 * @import { Sight } from './sight.js'
 */

/** What names need of a sight. @typedef {Pick<Sight, 't' | 'language' | 'experiment' | 'catalog'>} Naming */

/**
 * @param {FilledExperiment} experiment
 * @param {Catalog} catalog
 * @param {ParameterPlace} place
 */
export function parameterIndex(experiment, catalog, { layer, unit, source }) {
  const { units, sources, offset } = parameterLayout(experiment, catalog).layers[layer];
  return source < 0 ? offset + units * sources + unit : offset + unit * sources + source;
}

/**
 * Whether the experiment has this weight, bias or neuron at all.
 * @param {FilledExperiment} experiment
 * @param {ParameterPlace | NeuronPlace} place
 */
export function hasPlace(experiment, place) {
  const widths = widthsOf(experiment);
  const source = 'source' in place ? place.source : -1;
  return place.layer + 1 < widths.length && place.unit < widths[place.layer + 1] && source < sourcesOf(experiment, place.layer);
}

/**
 * @param {Naming} sight
 * @param {NeuronPlace} place
 * @returns {string}
 */
export function nameOfNeuron({ t, language, experiment, catalog }, { layer, unit }) {
  if (layer < 0) {
    const id = experiment.data.features?.[unit] ?? '';
    const feature = entryOf(catalog.features, id);
    return feature ? labelIn(feature.label, language) : id;
  }
  const widths = widthsOf(experiment);
  if (layer + 2 < widths.length) return t('parameter.neuron', { layer: layer + 1, unit: unit + 1 });
  return widths[layer + 1] > 1 ? t('parameter.output', { unit: unit + 1 }) : t('parameter.output.only');
}

/**
 * @param {Naming} sight
 * @param {ParameterPlace} place
 */
export function nameOfParameter(sight, { layer, unit, source }) {
  const target = nameOfNeuron(sight, { layer, unit });
  if (source < 0) return sight.t('parameter.bias.of', { target });
  return sight.t('parameter.weight.of', { source: nameOfSource(sight, layer, source), target });
}

/**
 * What a weight of a layer belongs to: a neuron of the layer before, or behind a skip edge a feature.
 * @param {Naming} sight
 * @param {number} layer
 * @param {number} source
 */
function nameOfSource(sight, layer, source) {
  const before = widthsOf(sight.experiment)[layer];
  return nameOfNeuron(sight, source < before ? { layer: layer - 1, unit: source } : { layer: -1, unit: source - before });
}

/**
 * The layers as the table of numbers lists them.
 * @param {Naming} sight
 * @returns {ParameterLayer[]}
 */
export function tableLayers(sight) {
  const { layers } = parameterLayout(sight.experiment, sight.catalog);
  const widths = widthsOf(sight.experiment);
  return layers.map(({ units, sources, offset }, layer) => ({
    name: layer === layers.length - 1 ? sight.t('numbers.output') : sight.t('numbers.layer', { layer: layer + 1 }),
    units,
    offset,
    sources: Array.from({ length: sources }, (_, unit) =>
      layer === 0 || unit >= widths[layer] ? nameOfSource(sight, layer, unit) : formatCount(unit + 1),
    ),
  }));
}

/**
 * The weight or bias that a key leads to; undefined for keys that lead nowhere. Up and down walk through a layer, neuron by neuron, its
 * weights first and then its bias; left and right change the layer.
 * @param {FilledExperiment} experiment
 * @param {ParameterPlace | undefined} from
 * @param {string} key
 * @returns {ParameterPlace | undefined}
 */
export function walk(experiment, from, key) {
  if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) return undefined;
  if (!from) return { layer: 0, unit: 0, source: 0 };
  const widths = widthsOf(experiment);
  const drawn = widths.map((width) => Math.min(width, DRAWN_UNITS));
  const { layer, unit, source } = from;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const next = Math.min(drawn.length - 2, Math.max(0, layer + (key === 'ArrowRight' ? 1 : -1)));
    return { layer: next, unit: Math.min(unit, drawn[next + 1] - 1), source: Math.min(source, drawn[next] - 1) };
  }
  const skips = sourcesOf(experiment, layer) > widths[layer] ? drawn[0] : 0;
  const perUnit = drawn[layer] + skips + 1;
  const last = drawn[layer + 1] * perUnit - 1;
  const within = source < 0 ? perUnit - 1 : source < widths[layer] ? source : drawn[layer] + source - widths[layer];
  const position = unit * perUnit + within;
  const wanted = { ArrowUp: position - 1, ArrowDown: position + 1, Home: 0, End: last }[key] ?? position;
  const at = Math.min(last, Math.max(0, wanted));
  const reached = at % perUnit;
  const found = reached === perUnit - 1 ? -1 : reached < drawn[layer] ? reached : widths[layer] + reached - drawn[layer];
  return { layer, unit: Math.floor(at / perUnit), source: found };
}
