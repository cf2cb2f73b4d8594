/**
 * What the tests do with a lab on a page, and what they see of it. Nothing here waits for a time: only for something to be so.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fnv1a } from '../../support/hash.js';

/**
 * @import { Locator } from 'playwright-core'
 * @import { LabElement } from '../../../web/src/elements/lab-element.js'
 * @import { Experiment } from '../../../web/src/engine/types.js'
 */

/** The engine's tables, as the pages have them. */
export const catalog = JSON.parse(await readFile(new URL('../../../web/generated/catalog.json', import.meta.url), 'utf8'));

/**
 * Waits until something holds of the lab.
 * @template [T=undefined]
 * @param {Locator} lab
 * @param {(given: { lab: LabElement, argument: T }) => unknown} predicate runs in the page; a promise would count as yes
 * @param {T} [argument]
 */
export async function until(lab, predicate, argument) {
  const element = await lab.elementHandle();
  try {
    await lab.page().waitForFunction(/** @type {any} */ (predicate), { lab: element, argument });
  } catch (thrown) {
    throw new Error(`waited in vain for ${predicate}\nthe lab: ${await describe(lab)}`, { cause: thrown });
  }
}

/**
 * Asks the worker, picture by picture, until the answer is yes.
 * @param {Locator} lab
 * @param {() => Promise<boolean>} question
 */
export async function eventually(lab, question) {
  for (let asked = 0; asked < 1000; ++asked) {
    if (await question()) return;
    await pictures(lab, 1);
  }
  throw new Error(`asked in vain: ${question}\nthe lab: ${await describe(lab)}`);
}

/** The lab's state in a line, for messages. @param {Locator} lab */
const describe = (lab) =>
  lab.evaluate((/** @type {LabElement} */ { labState, playing, progress, notice }) =>
    JSON.stringify({ labState, playing, progress, notice }),
  );

/** Waits until the lab has a run. @param {Locator} lab */
export const ready = (lab) => until(lab, ({ lab: { labState, run } }) => labState === 'ready' && run !== null);

/**
 * Gives the lab a document, and waits until it runs.
 * @param {Locator} lab
 * @param {Experiment} experiment
 */
export async function give(lab, experiment) {
  await lab.evaluate(
    (/** @type {LabElement} */ element, document) =>
      new Promise((resolve) => {
        element.addEventListener('mlp-change', () => resolve(undefined), { once: true });
        element.experiment = document;
      }),
    experiment,
  );
}

/** @param {Locator} lab @returns {Promise<Experiment>} the complete document */
export const experimentOf = (lab) => lab.evaluate((/** @type {LabElement} */ element) => element.experiment);

/** @param {Locator} lab */
export async function parametersOf(lab) {
  const numbers = await lab.evaluate(async (/** @type {LabElement} */ { run }) => [...((await run?.call('parameters')) ?? [])]);
  return Float32Array.from(numbers);
}

/** The 64-bit FNV-1a hash of the parameters' bytes, as in tests/fixtures. @param {Locator} lab */
export const hashOf = async (lab) => fnv1a(new Uint8Array((await parametersOf(lab)).buffer));

/** Steps as the worker counts them. @param {Locator} lab */
export async function stepOf(lab) {
  return lab.evaluate(async (/** @type {LabElement} */ { run }) => {
    // The answer to any question carries the worker's own count.
    await run?.call('parameters');
    return run?.progress.step ?? -1;
  });
}

/**
 * Whether the worker stands still: a dozen pictures later it has counted no step.
 * @param {Locator} lab
 */
export async function standsStill(lab) {
  const before = await stepOf(lab);
  await pictures(lab, 12);
  return (await stepOf(lab)) === before;
}

/**
 * Waits for a number of frames of the display.
 * @param {Locator} lab
 * @param {number} count
 */
export async function pictures(lab, count) {
  await lab.evaluate(async (_, frames) => {
    for (let frame = 0; frame < frames; ++frame) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
}

/**
 * A counter of the playground's, as a number: "96.8 %" is 96.8.
 * @param {Locator} lab
 * @param {'epoch' | 'step' | 'train-loss' | 'test-loss' | 'test-score'} name
 */
export async function counter(lab, name) {
  const text = await lab.locator(`dd[data-number="${name}"]`).textContent();
  return Number.parseFloat((text ?? '').replaceAll(',', ''));
}

/**
 * Waits until a counter of the playground's shows a number.
 * @param {Locator} lab
 * @param {'epoch' | 'step' | 'test-score'} name
 * @param {number} minimum
 * @param {number} [maximum]
 */
export const untilCounter = (lab, name, minimum, maximum = Infinity) =>
  until(
    lab,
    ({ lab: { renderRoot }, argument: wanted }) => {
      const text = renderRoot.querySelector(`dd[data-number="${wanted.name}"]`)?.textContent ?? '';
      const value = Number.parseFloat(text.replaceAll(',', ''));
      return value >= wanted.minimum && value <= wanted.maximum;
    },
    { name, minimum, maximum: Math.min(maximum, Number.MAX_VALUE) },
  );

/**
 * The button of that name in a lab.
 * @param {Locator} lab
 * @param {string} name
 */
export const button = (lab, name) => lab.getByRole('button', { name, exact: true });

/**
 * Types a number into a control and leaves it with Enter.
 * @param {Locator} lab
 * @param {string} label of the control
 * @param {string} value
 */
export async function type(lab, label, value) {
  const field = lab.getByRole('textbox', { name: `${label}, value`, exact: true });
  await field.fill(value);
  await field.press('Enter');
}

/**
 * Training at full speed, by the slider as a visitor sets it.
 * @param {Locator} lab
 */
export async function fullSpeed(lab) {
  await lab.getByRole('slider', { name: 'Speed', exact: true }).press('End');
}

/**
 * Runs in the page. A copy is read: the lab's own canvas stays one that is only drawn on.
 * @param {HTMLCanvasElement} canvas
 */
function readPixels(canvas) {
  const { width, height } = canvas;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  context.drawImage(canvas, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  let hash = 0;
  for (const pixel of pixels) hash = (Math.imul(hash, 31) + pixel) >>> 0;
  return { hash, colors: new Set(pixels).size };
}

/**
 * What a canvas shows, as one number that changes with any pixel, and how many different colours it has.
 * @param {Locator} canvas
 * @returns {Promise<{ hash: number, colors: number }>}
 */
export function pixelsOf(canvas) {
  return canvas.evaluate(readPixels);
}

/**
 * The pictures of a grid, each as it was drawn before it was laid on the sheet that is seen.
 * @param {Locator} grid of `mlp-picture-grid`
 */
export async function picturesOf(grid) {
  /** @typedef {import('../../../web/src/digits/picture-grid.js').PictureGrid} PictureGrid */
  const count = await grid.evaluate((element) => /** @type {PictureGrid} */ (element).canvases.length);
  const canvases = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      grid.evaluateHandle((element, place) => /** @type {PictureGrid} */ (element).canvases[place], index),
    ),
  );
  return Promise.all(canvases.map((canvas) => canvas.evaluate(readPixels)));
}
