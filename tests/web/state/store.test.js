// The small observable.
import assert from "node:assert/strict";
import { it } from "node:test";
import { createStore } from "../../../web/src/state/store.js";

it("tells listeners of a burst of changes once, with the value before", async () => {
  const store = createStore(1);
  /** @type {number[][]} */
  const heard = [];
  const off = store.subscribe((value, before) => heard.push([value, before]));
  store.set(2);
  store.update((value) => value + 1);
  assert.equal(store.get(), 3);
  assert.deepEqual(heard, []);
  await Promise.resolve();
  assert.deepEqual(heard, [[3, 1]]);
  off();
  store.set(9);
  await Promise.resolve();
  assert.equal(heard.length, 1);
});

it("says nothing when a burst ends where it began", async () => {
  const store = createStore("a");
  let calls = 0;
  store.subscribe(() => (calls += 1));
  store.set("b");
  store.set("a");
  await Promise.resolve();
  assert.equal(calls, 0);
});

it("takes changes made by a listener as the next burst", async () => {
  const store = createStore(0);
  /** @type {number[]} */
  const seen = [];
  store.subscribe((value) => {
    seen.push(value);
    if (value < 3) store.set(value + 1);
  });
  store.set(1);
  for (let i = 0; i < 4; i += 1) await Promise.resolve();
  assert.deepEqual(seen, [1, 2, 3]);
});
