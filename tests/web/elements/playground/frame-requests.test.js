// How finely the surface is asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pace, finerRequest, networkRequest, surfaceRequest } from '../../../../web/src/elements/playground/frame-requests.js';

/** @type {import('../../../../web/src/elements/playground/frame-requests.js').Wanted} */
const wanted = { domain: [-6, 6], area: { x: [-1, 1], y: [2, 4] } };

describe('the pace of pictures', () => {
  it('starts at 100 cells a side, and goes down while pictures are dear', () => {
    const pace = new Pace();
    assert.equal(pace.side, 100);
    for (let frame = 0; frame < 10; ++frame) pace.observe(40, true);
    assert.equal(pace.side, 32);
  });

  it('goes up after many cheap pictures, not after a few', () => {
    const pace = new Pace();
    for (let frame = 0; frame < 29; ++frame) pace.observe(1, true);
    pace.observe(9, true);
    for (let frame = 0; frame < 29; ++frame) pace.observe(1, true);
    assert.equal(pace.side, 100);
    pace.observe(1, true);
    assert.equal(pace.side, 140);
  });

  it('is finest at rest: as fine as the screen, or as there is time for', () => {
    const pace = new Pace();
    pace.observe(2, false);
    assert.equal(pace.restSide(240), 240);
    assert.equal(pace.restSide(2000), 300);
    pace.observe(100, false);
    assert.equal(pace.restSide(2000), 122);
    pace.observe(140, false);
    assert.equal(pace.restSide(2000), undefined, 'hardly finer');
    pace.observe(5000, false);
    assert.equal(pace.restSide(2000), undefined);
  });
});

describe('requests', () => {
  it('look where the reader looks, but at the neurons over the data', () => {
    const { surface, sums, outcomes } = surfaceRequest(wanted, 50);
    const { neurons } = networkRequest(wanted);
    assert.deepEqual(surface, { x: [-1, 1], y: [2, 4], columns: 50, rows: 50 });
    assert.deepEqual([neurons?.x, neurons?.y], [wanted.domain, wanted.domain]);
    assert.deepEqual([sums, outcomes], [undefined, undefined], 'what nobody wants costs nothing');
  });

  it('ask for one neuron, for sums and for outcomes when they are wanted', () => {
    const { surface, sums, outcomes } = surfaceRequest({ ...wanted, neuron: { layer: 1, unit: 2 }, sums: true, outcomes: ['test'] }, 100);
    assert.deepEqual([surface?.layer, surface?.unit], [1, 2]);
    assert.deepEqual(sums, { x: [-1, 1], y: [2, 4], columns: 72, rows: 72 });
    assert.deepEqual(outcomes, ['test']);
  });

  it('for the same moment once more leave out what would not be finer', () => {
    const request = finerRequest({ ...wanted, sums: true, outcomes: ['test'] }, 240);
    assert.deepEqual(Object.keys(request), ['surface', 'sums']);
    assert.deepEqual([request.surface?.columns, request.sums?.columns], [240, 160]);
  });
});
