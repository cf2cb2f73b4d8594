/** What is said of the drawings beyond the run's numbers, to those who do not see them. Pure. */
import { nameOfNeuron } from './parameters.js';
import { spokenTranslator } from '../../text/spoken.js';

/**
 * @import { Evaluation } from '../../engine/types.js'
 * @import { Scene } from './stage.js'
 */

/** Neurons that are named one by one; more are counted. */
const MOST_NAMED = 6;

/**
 * The surface's sentence with the points that lie on the wrong side.
 * @param {string} text
 * @param {Pick<Scene, 'classes' | 'language' | 'train' | 'test'>} scene
 * @param {{ train?: Evaluation, test?: Evaluation }} evaluations of all points of each split
 */
export function spokenPlane(text, { classes, language, train, test }, evaluations) {
  const t = spokenTranslator(language);
  const [trainWrong, testWrong] = [wrongOf(evaluations.train, train?.rows), wrongOf(evaluations.test, test?.rows)];
  if (classes === 0 || trainWrong === undefined) return text;
  const more = [
    t('wrong.train', { wrong: trainWrong, count: train?.rows ?? 0 }),
    ...(testWrong === undefined ? [] : [t('wrong.test', { wrong: testWrong, count: test?.rows ?? 0 })]),
  ];
  return t('plane', { text, more: more.join(t('and')) });
}

/**
 * The network's sentence with the neurons that learn no more, where they are known.
 * @param {string} text
 * @param {Pick<Scene, 'ailments' | 'catalog' | 'experiment' | 'language' | 't'>} scene
 */
export function spokenNetwork(text, scene) {
  const t = spokenTranslator(scene.language);
  const ill = (scene.ailments ?? []).flatMap((units, layer) => units.map((ailment, unit) => ({ ailment, layer, unit })));
  return /** @type {const} */ (['dead', 'saturated']).reduce((said, ailment) => {
    const places = ill.filter((place) => place.ailment === ailment);
    if (places.length === 0) return said;
    const names = places.slice(0, MOST_NAMED).map((place) => nameOfNeuron(scene, place));
    if (places.length > MOST_NAMED) names.push(t('rest', { count: places.length - MOST_NAMED }));
    return t('network', { text: said, more: t(ailment, { units: names.join(t('between')) }) });
  }, text);
}

/**
 * @param {Evaluation | undefined} evaluation
 * @param {number} [rows]
 */
function wrongOf(evaluation, rows = 0) {
  return evaluation?.accuracy === undefined || rows === 0 ? undefined : Math.round((1 - evaluation.accuracy) * rows);
}
