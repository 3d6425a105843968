import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SlotOffers } from '../../src/otel/slot-offers.js';
import type { TracingGlobals } from '../../src/tracing/lazy-globals.js';

const test = suite('otel/slot-offers');

const TRACING = { trace: {}, context: {}, propagation: {} } as TracingGlobals;

interface Api {
  [type: string]: unknown;
}

function offering(mayShow = () => true) {
  const calls: string[] = [];
  const offers = new SlotOffers(
    {
      logs: () => undefined,
      tracing: TRACING,
      onTracing: () => void calls.push('tracing'),
    },
    mayShow,
    () => void calls.push('none left'),
  );
  return { offers, calls };
}

test('an object shows our tracing, without a property that is seen', () => {
  const { offers } = offering();
  const api: Api = { version: '1.9.0' };

  assert.ok(offers.offerOn(api, false));

  assert.is(api.trace, TRACING.trace);
  assert.is(api.context, TRACING.context);
  assert.equal(Object.keys(api), ['version']);
});

for (const type of ['trace', 'context', 'propagation']) {
  test(`who registers ${type} ends ours on this object and on later ones`, () => {
    const { offers, calls } = offering();
    const api: Api = { version: '1.9.0' };
    offers.offerOn(api, false);
    const theirs = {};

    api[type] = theirs;

    assert.is(api[type], theirs);
    assert.equal(Object.keys(api), ['version', type]);
    assert.equal(calls, ['tracing', 'none left']);
    assert.not(offers.offerOn({}, false));
    assert.not(offers.hasTracing);
  });

  test(`an object that has ${type} already ends ours at once`, () => {
    const { offers, calls } = offering();
    const api: Api = { version: '1.9.0', [type]: 'theirs' };

    assert.not(offers.offerOn(api, false));

    assert.equal(api, { version: '1.9.0', [type]: 'theirs' });
    assert.equal(calls, ['tracing']);
  });
}

test('who registers logs alone leaves us the tracing', () => {
  const { offers, calls } = offering();
  const api: Api = { version: '1.10.0' };
  offers.offerOn(api, true);

  api.logs = 'theirs';

  assert.is(api.trace, TRACING.trace);
  assert.is(offers.claimedLogs, 'theirs');
  assert.equal(calls, []);
});

test('to one who is registering everything is free', () => {
  const { offers } = offering(() => false);
  const api: Api = { version: '1.10.0' };
  offers.offerOn(api, true);

  assert.equal([api.trace, api.context, api.propagation, api.logs], Array(4).fill(undefined));
});

test('a frozen object ends ours, for it would not tell of theirs', () => {
  const { offers, calls } = offering();

  assert.not(offers.offerOn(Object.freeze({ version: '1.9.0' }), false));

  assert.equal(calls, ['tracing']);
});

test('an object from which all is taken back is as it was', () => {
  const { offers } = offering();
  const api: Api = { version: '1.10.0', diag: 'theirs' };
  offers.offerOn(api, true);

  offers.takeBack(api);

  assert.equal(Object.getOwnPropertyNames(api), ['version', 'diag']);
});

test.run();
