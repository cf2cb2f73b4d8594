// The address and the experiment.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { EngineError } from '../../../web/src/engine/errors.js';
import { connectHash } from '../../../web/src/pages/hash.js';

/** @type {{ hash: string }} */
let location;
/** @type {string[]} */
let written;
/** @type {EventTarget} */
let windowEvents;

beforeEach(() => {
  location = { hash: '' };
  written = [];
  windowEvents = new EventTarget();
  mock.timers.enable({ apis: ['setTimeout'] });
  Object.assign(globalThis, {
    location,
    addEventListener: windowEvents.addEventListener.bind(windowEvents),
    removeEventListener: windowEvents.removeEventListener.bind(windowEvents),
    history: {
      state: null,
      replaceState(/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ hash) {
        location.hash = hash;
        written.push(hash);
      },
    },
  });
});
afterEach(() => mock.timers.reset());

/** A lab that reads "a=1" as the link "v=1&a=1". */
class FakeLab extends EventTarget {
  /** @type {(string | null)[]} */
  given = [];
  current = 'v=1';
  set experiment(/** @type {string | null} */ value) {
    this.given.push(value);
    this.current = value === null ? 'v=1' : value.replace(/^(v=1&)?/, 'v=1&');
    this.change();
  }
  link() {
    if (this.current === 'huge') throw new EngineError('invalid-argument', 'too large for a link');
    return this.current;
  }
  change() {
    this.dispatchEvent(new Event('mlp-change'));
  }
}

/** @param {FakeLab} lab */
const connect = (lab) => connectHash(/** @type {any} */ (lab));

describe('the address', () => {
  it('is taken up when the page opens, and left as it was typed', () => {
    location.hash = '#a=1';
    const lab = new FakeLab();
    connect(lab);
    lab.change();
    mock.timers.tick(1000);
    assert.deepEqual(lab.given, ['a=1']);
    assert.deepEqual(written, []);
  });

  it('stays empty until the reader changes something', () => {
    const lab = new FakeLab();
    connect(lab);
    lab.change();
    mock.timers.tick(1000);
    assert.deepEqual([lab.given, written], [[], []]);
    lab.current = 'v=1&b=2';
    lab.change();
    lab.current = 'v=1&b=3';
    lab.change();
    mock.timers.tick(1000);
    assert.deepEqual(written, ['#v=1&b=3']);
    assert.deepEqual(lab.given, [], 'what was written is not read back');
  });

  it('is followed when it changes, unless it names a place on the page', () => {
    const lab = new FakeLab();
    connect(lab);
    for (const hash of ['#a=1', '#a=1', '#laboratory', '#a=2', '']) {
      location.hash = hash;
      windowEvents.dispatchEvent(new Event('hashchange'));
      mock.timers.tick(1000);
    }
    assert.deepEqual(lab.given, ['a=1', 'a=2', null]);
    assert.deepEqual(written, []);
  });

  it('stays what it was where the experiment fits no link', () => {
    const lab = new FakeLab();
    connect(lab);
    lab.change();
    mock.timers.tick(1000);
    lab.current = 'huge';
    lab.change();
    mock.timers.tick(1000);
    assert.deepEqual(written, []);
  });

  it('leaves out own digits that are too many for it', () => {
    const lab = new FakeLab();
    connect(lab);
    lab.change();
    mock.timers.tick(1000);
    const link = mock.method(lab, 'link', (/** @type {object} */ extras) => {
      if (extras) return 'v=1&b=2';
      throw new EngineError('invalid-argument', 'too many', { path: 'own' });
    });
    lab.change();
    mock.timers.tick(1000);
    assert.deepEqual(written, ['#v=1&b=2']);
    assert.deepEqual(link.mock.calls.at(-1)?.arguments, [{ own: undefined }]);
  });

  it('is kept with what the lab has beside its document, which is in use again under the same address', () => {
    location.hash = '#a=1';
    const lab = new FakeLab();
    /** @type {string[]} */
    const kept = [];
    const opened = mock.fn();
    Object.assign(lab, { own: { used: true }, open: opened });
    connectHash(/** @type {any} */ (lab), { isFor: (link) => link === 'a=1', keep: (link) => kept.push(link) });
    assert.deepEqual(opened.mock.calls[0].arguments, [{ experiment: 'a=1', own: { used: true } }]);
    lab.change();
    mock.timers.tick(1000);
    assert.deepEqual(kept, ['a=1'], 'the address as it was typed');
    lab.current = 'v=1&b=2';
    lab.change();
    mock.timers.tick(1000);
    lab.current = 'huge';
    lab.change();
    mock.timers.tick(1000);
    assert.deepEqual(kept, ['a=1', 'v=1&b=2', 'v=1&b=2'], 'also what fits no link');
    location.hash = '#v=1&c=3';
    windowEvents.dispatchEvent(new Event('hashchange'));
    assert.deepEqual(lab.given, ['v=1&c=3'], 'another link is taken as it is');
  });

  it('is left alone once the two are taken apart', () => {
    const lab = new FakeLab();
    const off = connect(lab);
    lab.change();
    mock.timers.tick(1000);
    lab.current = 'v=1&b=2';
    lab.change();
    off();
    mock.timers.tick(1000);
    location.hash = '#a=1';
    windowEvents.dispatchEvent(new Event('hashchange'));
    assert.deepEqual([lab.given, written], [[], []]);
  });
});
