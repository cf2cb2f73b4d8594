// Moments to go back to, and reasons to stop.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStopWatch, createTimeline } from '../../../web/src/state/timeline.js';

/** @import { FilledExperiment } from '../../../web/src/engine/types.js' */

const experiment = /** @type {FilledExperiment} */ (/** @type {unknown} */ ({}));

/**
 * @param {number} step
 * @param {number} [bytes]
 */
const moment = (step, bytes = 10) => ({ step, epoch: step / 10, place: step / 10, experiment, snapshot: new Uint8Array(bytes) });

describe('a timeline', () => {
  it('keeps few moments of a long run, the first among them, evenly spread', () => {
    const timeline = createTimeline({ moments: 16 });
    for (let step = 0; step < 10_000; ++step) if (timeline.wants(step)) timeline.add(moment(step));
    const steps = timeline.moments.map(({ step }) => step);
    assert.ok(steps.length <= 16 && steps.length >= 8, `${steps.length}`);
    assert.equal(steps[0], 0);
    const gaps = steps.slice(1).map((step, index) => step - steps[index]);
    assert.ok(Math.max(...gaps) <= 2 * Math.min(...gaps), gaps.join());
    assert.ok(steps[steps.length - 1] > 9_000);
  });

  it('finds the last moment before a step', () => {
    const timeline = createTimeline();
    for (const step of [0, 10, 20]) timeline.add(moment(step));
    assert.equal(timeline.before(19)?.step, 10);
    assert.equal(timeline.before(20)?.step, 20);
    assert.equal(timeline.before(-1), undefined);
  });

  it('forgets what came after the step that training goes on from', () => {
    const timeline = createTimeline();
    for (const step of [0, 10, 20]) timeline.add(moment(step));
    timeline.branch(12);
    assert.deepEqual(
      timeline.moments.map(({ step }) => step),
      [0, 10],
    );
    timeline.add(moment(15));
    assert.equal(timeline.moments.length, 3);
  });

  it('holds no more bytes than it may', () => {
    const timeline = createTimeline({ bytes: 100 });
    for (let step = 0; step < 50; ++step) timeline.add(moment(step, 30));
    assert.ok(timeline.moments.length <= 3);
    const huge = createTimeline({ bytes: 100 });
    huge.add(moment(0, 80));
    assert.equal(huge.moments.length, 0);
  });
});

describe('a stop watch', () => {
  it('stops at each condition once it becomes true', () => {
    const watch = createStopWatch();
    const conditions = { epochs: 10, loss: 0.1, accuracy: 0.95 };
    watch.start(conditions, { epoch: 0, loss: 1, accuracy: 0.5 });
    assert.equal(watch.check(conditions, { epoch: 5, loss: 0.5, accuracy: 0.7 }), undefined);
    assert.equal(watch.check(conditions, { epoch: 6, loss: 0.1, accuracy: 0.7 }), 'loss');
    watch.start(conditions, { epoch: 6, loss: 0.1, accuracy: 0.7 });
    assert.equal(watch.check(conditions, { epoch: 7, loss: 0.09, accuracy: 0.7 }), undefined, 'was true at the start');
    assert.equal(watch.check(conditions, { epoch: 8, loss: 0.09, accuracy: 0.95 }), 'accuracy');
    assert.equal(watch.check(conditions, { epoch: 10, loss: 0.09, accuracy: 0.9 }), 'epochs');
  });

  it('sees a plateau: so many epochs without a lower loss', () => {
    const watch = createStopWatch();
    watch.start({ plateau: 5 }, { epoch: 0, loss: 1 });
    assert.equal(watch.check({ plateau: 5 }, { epoch: 4, loss: 0.5 }), undefined);
    assert.equal(watch.check({ plateau: 5 }, { epoch: 8, loss: 0.49999 }), undefined);
    assert.equal(watch.check({ plateau: 5 }, { epoch: 9, loss: 0.49999 }), 'plateau');
  });

  it('never stops for numbers that are not there', () => {
    const watch = createStopWatch();
    watch.start({ loss: 1, accuracy: 0.1 }, { epoch: 0 });
    assert.equal(watch.check({ loss: 1, accuracy: 0.1 }, { epoch: 1 }), undefined);
  });
});
