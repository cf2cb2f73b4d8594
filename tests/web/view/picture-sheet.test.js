// Several pictures on one sheet: each below its title, none over another.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pictureSheet } from '../../../web/src/view/picture-sheet.js';

/** @import { Theme } from '../../../web/src/view/color.js' */

const theme = /** @type {Theme} */ (/** @type {unknown} */ ({ ink: '#111', font: 'serif' }));

it('places columns side by side, and pictures of a column below each other', () => {
  /** Where each picture was painted, on a context that only counts its moves. @type {[string, number, number][]} */
  const painted = [];
  let [x, y] = [0, 0];
  /** @type {[number, number][]} */
  const saved = [];
  const context = /** @type {CanvasRenderingContext2D} */ (
    /** @type {unknown} */ ({
      save: () => saved.push([x, y]),
      restore: () => ([x, y] = saved.pop() ?? [0, 0]),
      translate: (/** @type {number} */ right, /** @type {number} */ down) => ([x, y] = [x + right, y + down]),
      fillText: (/** @type {string} */ text) => painted.push([text, x, y]),
    })
  );
  /** @param {string} title @param {number} width @param {number} height */
  const titled = (title, width, height) => ({
    title,
    picture: { width, height, paint: () => painted.push([`picture ${title}`, x, y]) },
  });
  const sheet = pictureSheet([[titled('a', 100, 50), titled('b', 80, 30)], [titled('c', 200, 40)]], theme);
  sheet.paint(context, 1);
  const place = new Map(painted.map(([text, right, down]) => [text, { right, down }]));
  /** @param {string} text */
  const at = (text) => place.get(text) ?? assert.fail(`${text} was not painted`);
  assert.equal(at('picture b').right, at('picture a').right);
  assert.ok(at('picture a').down > at('a').down, 'a title is above its picture');
  assert.ok(at('b').down >= at('picture a').down + 50, 'the next title is below');
  assert.ok(at('c').right >= at('a').right + 100, 'the next column is beside the widest');
  assert.ok(sheet.width >= at('picture c').right + 200);
  assert.ok(sheet.height >= at('picture b').down + 30);
});
