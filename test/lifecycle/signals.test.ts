import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { signalName } from '../../src/lifecycle/signals.js';

const test = suite('lifecycle/signals');

const names: [unknown, string | undefined][] = [
  ['SIGINT', 'SIGINT'],
  [15, 'SIGTERM'],
  [undefined, 'SIGTERM'],
  [null, 'SIGTERM'],
  ['', 'SIGTERM'],
  [0, undefined],
  ['SIGNOTHING', undefined],
  [{}, undefined],
];

for (const [signal, name] of names) {
  test(`process.kill(pid, ${JSON.stringify(signal)}) sends ${name ?? 'no signal'}`, () => {
    assert.is(signalName(signal), name);
  });
}

test.run();
