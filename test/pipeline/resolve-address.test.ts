import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AddressResolver } from '../../src/pipeline/resolve-address.js';

const test = suite('pipeline/resolve-address');

type Address = { readonly address: string; readonly family: number };

function lookupAll(resolver: AddressResolver, hostname: string): Promise<Address[]> {
  return promisify(resolver.lookup as never)(hostname as never, { all: true } as never);
}

test('localhost is known in both families without asking', async () => {
  let isAnswered = false;

  new AddressResolver().lookup('localhost', { all: true }, (error, addresses) => {
    isAnswered = true;
    assert.is(error, null);
    assert.equal(addresses, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  });

  assert.is(isAnswered, true);
});

test('a single address is given with its family', () => {
  new AddressResolver().lookup('localhost', {}, (error, address, family) => {
    assert.equal([error, address, family], [null, '127.0.0.1', 4]);
  });
});

test('an address stays what it is', async () => {
  assert.equal(await lookupAll(new AddressResolver(), '127.0.0.2'), [
    { address: '127.0.0.2', family: 4 },
  ]);
});

test('a name is asked for once, and again when it is to be forgotten', async () => {
  const resolver = new AddressResolver();
  await lookupAll(resolver, '127.0.0.2');
  let isSynchronous = false;
  const ask = () => {
    isSynchronous = false;
    const asking = new Promise<void>(resolve => {
      resolver.lookup('127.0.0.2', { all: true }, () => {
        isSynchronous = true;
        resolve();
      });
    });
    const wasKnown = isSynchronous;
    return asking.then(() => wasKnown);
  };

  assert.is(await ask(), true);
  resolver.forget();
  assert.is(await ask(), false);
  assert.is(await ask(), true);
});

test('a name nobody knows is an error, and not remembered', async () => {
  const resolver = new AddressResolver();

  for (let i = 0; i < 2; i++) {
    const error = await lookupAll(resolver, 'collector.invalid').catch(reason => reason);
    assert.ok(error instanceof Error);
  }
});

test.run();
