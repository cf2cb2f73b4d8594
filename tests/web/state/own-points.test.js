// The reader's own points: every edit gives new ones, the old ones stay, and a history of them is undo and redo.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  MOST_CLASSES,
  brushed,
  copiedPoints,
  createHistory,
  createRandom,
  documentOfPoints,
  holdsPoints,
  nearestRow,
  noPoints,
  onGrid,
  ownPoints,
  pointsOfDocument,
  samePoints,
  withClassAdded,
  withFlippedLabels,
  withMovedRow,
  withOutlier,
  withPoints,
  withRow,
  withoutPointsNear,
  withoutRow,
} from "../../../web/src/state/own-points.js";

/** @import { OwnPoints } from '../../../web/src/state/own-points.js' */

const three = ownPoints(2, [0, 0, 1, 1, -3, 2], [0, 1, 1]);

/** @param {OwnPoints} points */
const plain = ({ classes, rows, inputs, values }) => ({ classes, rows, inputs: [...inputs], values: [...values] });

describe("own points", () => {
  it("are put on a grid of hundredths within the plane", () => {
    const points = withPoints(noPoints(2), [{ x: 1.23456, y: -7 }], 1);
    assert.deepEqual(plain(points), { classes: 2, rows: 1, inputs: [Math.fround(1.23), -6], values: [1] });
    assert.ok(Object.is(onGrid(-0.001), 0), "no negative zero");
    assert.equal(onGrid(Number.NaN), 0);
  });

  it("stay what they were when others are made of them", () => {
    const before = plain(three);
    withPoints(three, [{ x: 2, y: 2 }], 0);
    withMovedRow(three, 0, { x: 5, y: 5 });
    withRow(three, 1, { value: 0 });
    withFlippedLabels(three, 1, createRandom(1));
    withoutRow(three, 0);
    assert.deepEqual(plain(three), before);
  });

  it("are erased within reach only", () => {
    assert.deepEqual(plain(withoutPointsNear(three, { x: 0.5, y: 0.5 }, 0.8)), { classes: 2, rows: 1, inputs: [-3, 2], values: [1] });
    assert.equal(withoutPointsNear(three, { x: 5, y: -5 }, 0.8), three, "nothing near: nothing changes");
  });

  it("are found by place, the nearest first", () => {
    assert.equal(nearestRow(three, { x: 0.6, y: 0.6 }, 1), 1);
    assert.equal(nearestRow(three, { x: 0.6, y: 0.6 }, 0.1), -1);
    assert.equal(nearestRow(noPoints(2), { x: 0, y: 0 }, 9), -1);
  });

  it("are moved on the plane, and typed anywhere", () => {
    assert.deepEqual([...withMovedRow(three, 1, { x: 9, y: 0.5 }).inputs], [0, 0, 6, 0.5, -3, 2]);
    assert.deepEqual([...withRow(three, 1, { x: 9 }).inputs], [0, 0, 9, 1, -3, 2]);
  });

  it("come out of a document as they went in", () => {
    const values = ownPoints(0, [1, 2], [0.5]);
    for (const points of [three, values]) {
      const document = documentOfPoints(points);
      assert.equal(holdsPoints(document), true);
      assert.ok(samePoints(/** @type {OwnPoints} */ (pointsOfDocument(document)), points));
    }
    assert.equal(pointsOfDocument({ id: "table", columns: 2, inputs: [0, 0], labels: [2] })?.classes, 3, "classes follow from labels");
  });

  /** @type {[string, any][]} */
  const others = [
    ["a generated set", { id: "circle" }],
    ["other columns", { id: "table", columns: 3, inputs: [0, 0, 0], labels: [0] }],
    ["several targets", { id: "table", columns: 2, inputs: [0, 0], targets: [0, 1], outputs: 2 }],
    ["more classes than markers", { id: "table", columns: 2, inputs: [0, 0], labels: [0], classes: MOST_CLASSES + 1 }],
    ["descriptions of arrays", { id: "table", columns: 2, inputs: { type: "float32", length: 2 }, labels: [0] }],
    ["nothing", undefined],
  ];
  for (const [name, data] of others) {
    it(`are not in a document with ${name}`, () => {
      assert.equal(holdsPoints(data), false);
      assert.equal(pointsOfDocument(data), undefined);
    });
  }

  it("are copied from several splits in one", () => {
    const copy = copiedPoints(2, [
      { inputs: [0.123, 1], values: [1] },
      { inputs: [2, 3], values: [0] },
    ]);
    assert.deepEqual(plain(copy), { classes: 2, rows: 2, inputs: [Math.fround(0.12), 1, 2, 3], values: [1, 0] });
  });

  it("have no more classes than there are markers", () => {
    assert.equal(withClassAdded(three).classes, 3);
    assert.equal(withClassAdded(ownPoints(MOST_CLASSES, [], [])).classes, MOST_CLASSES);
  });
});

describe("an outlier", () => {
  it("lies at the rim, across from a point of its class", () => {
    const points = ownPoints(2, [2, 1, 2.5, 1], [1, 1]);
    const { rows, inputs, values } = withOutlier(points, createRandom(3));
    assert.equal(rows, 3);
    assert.equal(values[2], 1);
    assert.ok(inputs[4] < -5 && inputs[5] < 0);
  });

  it("can be the first point", () => {
    const { inputs } = withOutlier(noPoints(2), createRandom(1));
    assert.ok(Math.hypot(inputs[0], inputs[1]) > 5);
  });
});

describe("flipped labels", () => {
  it("are as many as asked for, each of another class", () => {
    const before = ownPoints(3, new Float32Array(200), new Float32Array(100).fill(2));
    const after = withFlippedLabels(before, 0.25, createRandom(7));
    assert.equal(after.values.filter((value) => value !== 2).length, 25);
    assert.ok(after.values.every((value) => value >= 0 && value < 3));
  });

  it("are the sign of values, and at least one", () => {
    assert.deepEqual([...withFlippedLabels(ownPoints(0, [0, 0], [0.5]), 0.01, createRandom(1)).values], [-0.5]);
    assert.equal(withFlippedLabels(noPoints(2), 1, createRandom(1)).rows, 0);
  });
});

describe("a brush", () => {
  it("puts one point where a fine one touches, and then one at every step", () => {
    const first = brushed(undefined, { x: 1, y: 1 }, 0, createRandom(1));
    assert.deepEqual(first, { places: [{ x: 1, y: 1 }], end: { x: 1, y: 1 } });
    const stroke = brushed({ x: 0, y: 0 }, { x: 1, y: 0 }, 0, createRandom(1));
    assert.equal(stroke.places.length, 3);
    assert.ok(stroke.end.x > 0.8 && stroke.end.x < 1, "the rest of the way waits for the next piece");
    assert.equal(brushed({ x: 0, y: 0 }, { x: 0.1, y: 0 }, 0, createRandom(1)).places.length, 0);
  });

  it("scatters within its disc when it is broad", () => {
    const { places } = brushed(undefined, { x: 1, y: -1 }, 1.5, createRandom(5));
    assert.ok(places.length > 5);
    assert.ok(places.every(({ x, y }) => Math.hypot(x - 1, y + 1) <= 1.5));
    assert.ok(new Set(places.map(({ x }) => x)).size === places.length);
  });
});

describe("the history", () => {
  it("goes back and forth, and forgets what was undone when something else is done", () => {
    const history = createHistory(three);
    const [four, two] = [withPoints(three, [{ x: 1, y: 0 }], 0), withoutRow(three, 0)];
    assert.equal(history.canUndo, false);
    assert.equal(history.push(four), true);
    history.undo();
    assert.equal(history.present, three);
    assert.equal(history.canRedo, true);
    history.redo();
    assert.equal(history.present, four);
    history.undo();
    history.push(two);
    assert.equal(history.canRedo, false);
    history.redo();
    assert.equal(history.present, two);
  });

  it("takes no note of what changes nothing, and ends at both ends", () => {
    const history = createHistory(three);
    assert.equal(history.push(ownPoints(2, three.inputs, three.values)), false);
    history.undo();
    history.redo();
    assert.equal(history.present, three);
  });

  it("is bounded in steps and in bytes", () => {
    const history = createHistory(noPoints(2));
    for (let step = 1; step <= 300; ++step) history.push(ownPoints(2, [step, 0], [0]));
    let steps = 0;
    for (; history.canUndo; ++steps) history.undo();
    assert.equal(steps, 200);
    const large = createHistory(noPoints(2));
    for (let step = 1; step <= 100; ++step) large.push(ownPoints(2, new Float32Array(120_000).fill(step), new Float32Array(60_000)));
    for (steps = 0; large.canUndo; ++steps) large.undo();
    assert.ok(steps > 10 && steps < 60, String(steps));
  });
});

describe("random numbers", () => {
  it("repeat with their seed, and neighbouring seeds differ from the start", () => {
    const first = [1, 2, 3, 4].map((seed) => createRandom(seed)());
    assert.equal(new Set(first.map((value) => value.toFixed(2))).size, 4);
    const [a, b] = [createRandom(9), createRandom(9)];
    for (let i = 0; i < 100; ++i) assert.equal(a(), b());
  });

  it("fill the interval evenly", () => {
    const random = createRandom(0);
    const counts = new Array(10).fill(0);
    for (let i = 0; i < 10_000; ++i) counts[Math.floor(random() * 10)] += 1;
    assert.ok(
      counts.every((count) => count > 850 && count < 1150),
      counts.join(),
    );
  });
});
