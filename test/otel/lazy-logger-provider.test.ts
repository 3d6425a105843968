import type { LoggerProvider } from '@opentelemetry/api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLazyLoggerProvider } from '../../src/otel/lazy-logger-provider.js';

const test = suite('otel/lazy-logger-provider');

function recordingProvider() {
  const calls: unknown[] = [];
  const provider: LoggerProvider = {
    getLogger: (...scope) => ({
      emit: record => void calls.push([...scope, record.body]),
      enabled: () => false,
    }),
  };
  return { calls, provider };
}

test('loads on the first record, once, and passes the scope on', () => {
  const { calls, provider } = recordingProvider();
  let loads = 0;
  const lazy = createLazyLoggerProvider({
    load() {
      loads += 1;
      return provider;
    },
    claimed: () => undefined,
  });

  const logger = lazy.getLogger('app', '1.0.0', { schemaUrl: 'schema' });
  const other = lazy.getLogger('other');
  assert.is(loads, 0);
  logger.emit({ body: 'one' });
  other.emit({ body: 'two' });

  assert.is(loads, 1);
  assert.equal(calls, [
    ['app', '1.0.0', { schemaUrl: 'schema' }, 'one'],
    ['other', 'two'],
  ]);
  assert.is(logger.enabled(), false);
});

test('a logger moves to the provider claimed after it was taken, and stays', () => {
  const ours = recordingProvider();
  const own = recordingProvider();
  let claimed: LoggerProvider | undefined;
  const logger = createLazyLoggerProvider({
    load: () => ours.provider,
    claimed: () => claimed,
  }).getLogger('app');

  logger.emit({ body: 'before' });
  claimed = own.provider;
  logger.emit({ body: 'after' });
  claimed = undefined;
  logger.emit({ body: 'later' });

  assert.equal(ours.calls, [['app', 'before']]);
  assert.equal(own.calls, [
    ['app', 'after'],
    ['app', 'later'],
  ]);
});

test('a provider that fails to load is tried once and then logs nowhere', () => {
  let loads = 0;
  const logger = createLazyLoggerProvider({
    load() {
      loads += 1;
      throw new Error('missing file');
    },
    claimed: () => undefined,
  }).getLogger('app');

  logger.emit({ body: 'lost' });
  logger.emit({ body: 'lost' });

  assert.is(logger.enabled(), false);
  assert.is(loads, 1);
});

test('a claimed logger without enabled() counts as enabled', () => {
  const older = { getLogger: () => ({ emit() {} }) } as unknown as LoggerProvider;
  const lazy = createLazyLoggerProvider({
    load: () => recordingProvider().provider,
    claimed: () => older,
  });

  assert.is(lazy.getLogger('app').enabled(), true);
});

test.run();
