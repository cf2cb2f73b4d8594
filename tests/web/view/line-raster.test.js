// Curves drawn as pixels: as wide as they should be wherever they run, over what is there, and cut off at the edges.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLineRaster } from '../../../web/src/view/line-raster.js';

const COLOR = 0xff204080;

/** @param {number} width @param {number} height */
function rasterOf(width, height) {
  /** @type {Uint32Array | undefined} */
  let pixels;
  const context = /** @type {CanvasRenderingContext2D} */ (
    /** @type {unknown} */ ({
      canvas: { width, height },
      createImageData: () => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
      putImageData: (/** @type {ImageData} */ { data }) => (pixels = new Uint32Array(data.buffer)),
    })
  );
  const raster = createLineRaster(context);
  raster.clear();
  return {
    ...raster,
    /** How much of each pixel is covered, column by column. @returns {number[][]} */
    columns() {
      raster.commit();
      return Array.from({ length: width }, (_, x) =>
        Array.from({ length: height }, (__, y) => ((pixels?.[y * width + x] ?? 0) >>> 24) / 255),
      );
    },
    pixel: (/** @type {number} */ x, /** @type {number} */ y) => {
      raster.commit();
      return (pixels?.[y * width + x] ?? 0) >>> 0;
    },
  };
}

const sum = (/** @type {readonly number[]} */ values) => values.reduce((a, b) => a + b, 0);

describe('a rastered curve', () => {
  it('covers its width where it is level, also between two rows and when it is thin', () => {
    for (const [at, width] of [
      [10, 3],
      [10.5, 3],
      [10.3, 4.4],
      [10.5, 0.75],
      [10, 0.75],
    ]) {
      const raster = rasterOf(40, 20);
      raster.curve(5, at, 35, at, width, COLOR);
      const columns = raster.columns();
      assert.ok(Math.abs(sum(columns[20]) - width) < 0.02, `${width} at ${at}: ${sum(columns[20])}`);
      const middle = sum(columns[20].map((part, y) => part * (y + 0.5))) / sum(columns[20]);
      assert.ok(Math.abs(middle - at) < 0.02, `${width} at ${at}: ${middle}`);
      assert.deepEqual([sum(columns[4]), sum(columns[35])], [0, 0], 'and nothing before or behind it');
    }
  });

  it('is as wide where it is steep: what lies above each other is more by the slope', () => {
    const raster = rasterOf(100, 220);
    raster.curve(0, 10, 100, 210, 4, COLOR);
    const columns = raster.columns();
    // In its middle the curve is twice as steep as from end to end.
    assert.ok(Math.abs(sum(columns[50]) - 4 * Math.hypot(1, 4)) < 0.2, String(sum(columns[50])));
    const middle = sum(columns[50].map((part, y) => part * (y + 0.5))) / sum(columns[50]);
    assert.ok(Math.abs(middle - 112) < 0.3, `half a column beyond the middle: ${middle}`);
  });

  it('lies over what was there', () => {
    const raster = rasterOf(10, 10);
    raster.curve(0, 5, 10, 5, 6, 0xff0000ff);
    raster.curve(0, 5, 10, 5, 1, 0xff00ff00);
    // Half of each of the two rows in the middle.
    for (const row of [4, 5]) assert.equal(raster.pixel(5, row), 0xff00807f);
    assert.equal(raster.pixel(5, 3), 0xff0000ff);
    assert.equal(raster.pixel(5, 0), 0);
  });

  it('is cut off at every edge, and gone after the next beginning', () => {
    const raster = rasterOf(10, 10);
    raster.curve(-5, -20, 30, 40, 3, COLOR);
    raster.curve(20, 5, 30, 5, 3, COLOR);
    assert.ok(sum(raster.columns().map(sum)) > 0);
    raster.clear();
    assert.equal(sum(raster.columns().map(sum)), 0);
  });
});
