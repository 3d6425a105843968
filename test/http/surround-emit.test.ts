import { EventEmitter } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Before, SurroundedEmit } from '../../src/http/surround-emit.js';

const test = suite('http/surround-emit');

function fail(): never {
  throw new Error('ours');
}

const FAILING: Readonly<Record<string, Before>> = {
  'before an event': fail,
  'after an event': () => fail,
};

for (const [when, before] of Object.entries(FAILING)) {
  test(`what fails ${when} is not the emitter's`, () => {
    const emitter = new EventEmitter();
    const seen: unknown[] = [];
    emitter.on('event', argument => seen.push(argument));
    new SurroundedEmit(before).ofObject(emitter);

    const hadListeners = emitter.emit('event', 1);

    assert.is(hadListeners, true);
    assert.equal(seen, [1]);
  });

  test(`what fails ${when} does not take the place of what a listener throws`, () => {
    const emitter = new EventEmitter();
    const own = new Error('own');
    emitter.on('event', () => {
      throw own;
    });
    new SurroundedEmit(before).ofObject(emitter);

    assert.throws(
      () => emitter.emit('event'),
      (thrown: unknown) => thrown === own,
    );
  });
}

test.run();
