// Points as stamps of pixels: laid over one another as a canvas does it, and cut off at the picture's edge.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stamp } from "../../../web/src/view/point-stamps.js";

/** @param {number} width @param {number} height */
const picture = (width, height) => /** @type {ImageData} */ ({ width, height, data: new Uint8ClampedArray(4 * width * height) });
/** @param {ImageData} image @param {number} column @param {number} row */
const pixelOf = ({ data, width }, column, row) => [...data.slice(4 * (row * width + column), 4 * (row * width + column) + 4)];

/** Three by three pixels of one colour. @param {number[]} rgba */
const square = (rgba) => ({ size: 3, pixels: Uint8ClampedArray.from({ length: 36 }, (_, index) => rgba[index % 4]) });

describe("stamps", () => {
  it("lie with their middle on the pixel", () => {
    const image = picture(5, 5);
    stamp(image, square([10, 20, 30, 255]), 2, 2);
    assert.deepEqual(pixelOf(image, 1, 1), [10, 20, 30, 255]);
    assert.deepEqual(pixelOf(image, 3, 3), [10, 20, 30, 255]);
    assert.deepEqual(pixelOf(image, 0, 2), [0, 0, 0, 0]);
    assert.deepEqual(pixelOf(image, 4, 2), [0, 0, 0, 0]);
  });

  it("cover what lies below as far as they are opaque", () => {
    const image = picture(3, 3);
    stamp(image, square([200, 0, 0, 255]), 1, 1);
    stamp(image, square([0, 100, 0, 51]), 1, 1);
    assert.deepEqual(pixelOf(image, 1, 1), [160, 20, 0, 255]);
    stamp(image, square([9, 9, 9, 0]), 1, 1);
    assert.deepEqual(pixelOf(image, 1, 1), [160, 20, 0, 255]);
    const clear = picture(3, 3);
    stamp(clear, square([80, 90, 100, 51]), 1, 1);
    assert.deepEqual(pixelOf(clear, 1, 1), [80, 90, 100, 51], "over nothing they keep their colour");
  });

  it("are cut off at every edge, and leave a picture alone that they miss", () => {
    const image = picture(2, 2);
    stamp(image, square([1, 2, 3, 255]), 0, 0);
    assert.deepEqual(pixelOf(image, 1, 1), [1, 2, 3, 255]);
    const corner = picture(3, 3);
    stamp(corner, square([1, 2, 3, 255]), 3, 3);
    assert.deepEqual(pixelOf(corner, 2, 2), [1, 2, 3, 255]);
    assert.deepEqual(pixelOf(corner, 1, 2), [0, 0, 0, 0]);
    const missed = picture(2, 2);
    stamp(missed, square([1, 2, 3, 255]), 9, -9);
    assert.ok(missed.data.every((value) => value === 0));
  });
});
